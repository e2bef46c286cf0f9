"""Reminders with everything real: two beats, two workers, PostgreSQL, Valkey and a mail server."""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from programme.embedded import free_port
from programme.history import recorded
from programme.models import Mail
from tests.conftest import beat_process, running, worker_process
from tests.factories import people, work
from tests.smtp_sink import Sink, smtp_sink
from workstreams.actions import reminding
from workstreams.models import Reminder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from programme.models import Programme

pytestmark = [pytest.mark.journey, pytest.mark.slow]

LEADS = 5
PATIENCE = 60  # seconds
PORT = free_port(0)
# The morning of the day on which October is due. A worker's children begin again at this moment, each for itself, so
# the test that has to wait for a second attempt takes the real clock.
MORNING = "2026-11-06T08:00:00"


@pytest.fixture
def programme(committed_db) -> Programme:
    made = work.programme("Own")
    for number in range(LEADS):
        work.workstream(made, lead=people.user(f"Lead {number}"))
    with recorded(by=None, action="Closed months long past"):
        made.periods.filter(month__lt=work.OCTOBER).update(closed_at=datetime(2026, 11, 1, tzinfo=UTC))
    return made


@pytest.fixture
def process_settings() -> dict[str, str]:
    return {"SWEEP_SECONDS": "1", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(PORT)}


@contextmanager
def two_of_each(environment: dict[str, str], folder: Path) -> Iterator[None]:
    workers = [worker_process(environment, folder, f"{name}-worker") for name in ("first", "second")]
    beats = [beat_process(environment, folder, f"{name}-beat") for name in ("first", "second")]
    with running(workers[0]), running(workers[1]), running(beats[0]), running(beats[1]):
        yield


def wait_until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"Waited {PATIENCE} seconds until {what}."
        time.sleep(0.2)


def all_arrived_once(sink: Sink) -> None:
    wait_until(lambda: len(sink.taken) >= LEADS, "all e-mails arrived")
    wait_until(lambda: not Mail.objects.exclude(state="delivered").exists(), "every row says so")
    time.sleep(3)  # several more ticks of each beat
    recipients = [taken["To"] for taken in sink.taken]
    assert len(set(recipients)) == len(recipients) == LEADS
    assert (Mail.objects.count(), Reminder.objects.count()) == (LEADS, LEADS)


def test_two_beats_and_two_workers_remind_everybody_once(programme, process_environment, tmp_path: Path) -> None:
    with smtp_sink(PORT) as sink, two_of_each(process_environment | {"TRACKER_NOW": MORNING}, tmp_path):
        all_arrived_once(sink)


def test_a_mail_server_that_comes_late_gets_every_email_once(programme, process_environment, tmp_path: Path) -> None:
    with two_of_each(process_environment, tmp_path):
        with recorded(by=None, action="Moved the days"):
            month = work.period(programme, work.OCTOBER)
            month.due_on = month.closes_on = date(2035, 1, 1)
            month.save()
        reminding.chase(period=month, by=people.user("Grace Office"))
        wait_until(lambda: Mail.objects.filter(attempts__result="later").exists(), "the mail server was missed")
        with smtp_sink(PORT) as sink:
            all_arrived_once(sink)
