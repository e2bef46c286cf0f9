"""Waking a worker. The row in PostgreSQL is the truth, so a broker that is dead or silent never fails a request."""

import logging
from typing import Any

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def wake(task: str, *args: Any) -> None:
    """After commit, tell a worker that there is `task` to do. If nobody hears it, the sweeper sends it again."""
    transaction.on_commit(lambda: _send(task, args))


def _send(task: str, args: tuple[Any, ...]) -> None:
    try:
        current_app.send_task(task, args=args, retry=False)
    except (OperationalError, OSError):
        logger.warning("The broker did not take %s; the sweeper will send it again.", task)
