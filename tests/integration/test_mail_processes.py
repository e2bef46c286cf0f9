"""Reminders with everything real: two beats, two workers, PostgreSQL, Valkey and a mail server that comes late."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from programme.embedded import free_port
from programme.history import recorded
from programme.models import Mail
from tests.conftest import beat_process, running, worker_process
from tests.factories import people, work
from tests.smtp_sink import smtp_sink
from workstreams.models import Reminder

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.journey, pytest.mark.slow]

LEADS = 5
PATIENCE = 45
PORT = free_port(0)


@pytest.fixture
def process_settings() -> dict[str, str]:
    """The morning of the day on which October is due."""
    return {
        "TRACKER_NOW": "2026-11-06T08:00:00",
        "SWEEP_SECONDS": "1",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(PORT),
    }


def wait_until(condition, what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, (
            what,
            list(Mail.objects.values_list("state", "attempt", "next_try_at", "attempts__words")),
        )
        time.sleep(0.2)


def test_everybody_is_reminded_once_although_all_is_doubled_and_the_mail_server_comes_late(
    committed_db, process_environment, tmp_path: Path
) -> None:
    programme = work.programme("Own")
    for number in range(LEADS):
        work.workstream(programme, lead=people.user(f"Lead {number}"))
    with recorded(by=None, action="Closed months long past"):
        programme.periods.filter(month__lt=work.OCTOBER).update(closed_at=datetime(2026, 11, 1, tzinfo=UTC))
    names = ("first", "second")
    workers = [worker_process(process_environment, tmp_path, f"{name}-worker") for name in names]
    beats = [beat_process(process_environment, tmp_path, f"{name}-beat") for name in names]
    with running(workers[0]), running(workers[1]), running(beats[0]), running(beats[1]):
        wait_until(lambda: Mail.objects.filter(attempts__result="later").exists(), "the mail server was missed")
        with smtp_sink(PORT) as sink:
            wait_until(lambda: len(sink.taken) == LEADS, f"all arrived; {len(sink.taken)} have")
            time.sleep(5)  # several more ticks of each beat
            recipients = sorted(taken["To"] for taken in sink.taken)
    assert len(set(recipients)) == len(recipients) == LEADS
    assert (Mail.objects.count(), Reminder.objects.count()) == (LEADS, LEADS)
    wait_until(lambda: not Mail.objects.exclude(state="delivered").exists(), "every row says so")
