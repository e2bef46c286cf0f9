"""Waking a worker. The row in PostgreSQL is the truth, so a broker that is dead or silent never fails a request."""

import logging
from typing import Any

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

# A wake-up has a connection of its own that gives up after a second, because somebody is waiting for their page. The
# settings' longer times are the worker's, which waits for work on purpose. A fresh connection also knows nothing of a
# broker that has lost its memory in the meantime.
IMPATIENT = {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 0}


def wake(task: str, *args: Any) -> None:
    """After commit, tell a worker that there is `task` to do. If nobody hears it, the sweeper sends it again."""
    transaction.on_commit(lambda: _send(task, args))


def _send(task: str, args: tuple[Any, ...]) -> None:
    try:
        with current_app.connection_for_write(transport_options=IMPATIENT) as connection:
            current_app.send_task(task, args=args, retry=False, connection=connection)
    except (OperationalError, OSError):
        logger.warning("The broker did not take %s; the sweeper will send it again.", task)
