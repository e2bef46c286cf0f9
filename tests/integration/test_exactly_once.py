"""A report that was asked for is made, and made once, whatever is killed, lost or doubled on the way.

Every process is real: workers, beat, the child that renders, PostgreSQL, Valkey. What is rendered is the demo's report.
The lease is short and beat ticks every second, so that a test waits for seconds where the product waits for a minute.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import psutil
import psycopg
import pytest
import redis
from django.apps import apps
from django.conf import settings
from playwright.sync_api import expect

from programme.embedded import die_with_parent, free_port, valkey_server
from programme.models import ReportingPeriod, User
from programme.queue import wake
from reporting import actions
from reporting.models import BoardReport
from reporting.pdf import Reason, Stage
from tests.conftest import beat_process, running, worker_process
from tests.journeys.steps import press, says_why_the_office_reports_now, sees_heading, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import Database, Process

pytestmark = [pytest.mark.journey, pytest.mark.slow]

State = BoardReport.State
NEW_REPORT = "/p/mid-mersey/reports/new/"
PATIENCE = 90  # seconds; a busy machine is no failure
KILLS = int(os.environ.get("TRACKER_KILLS", "1"))  # of each kind; `bin/bench kills` asks for twenty
EACH_STAGE = pytest.mark.parametrize("stage", [Stage.LAYING_OUT, Stage.DRAWING, Stage.TAGGING])
OFTEN = pytest.mark.parametrize("time_", range(KILLS), ids=lambda number: f"kill {number + 1}")


@pytest.fixture
def committed_db(demo_db: Database) -> Database:
    return demo_db


@pytest.fixture
def process_settings() -> dict[str, str]:
    return {"REPORT_LEASE_SECONDS": "3", "SWEEP_SECONDS": "1"}


@pytest.fixture
def sleeping_worker(process_environment: dict[str, str], tmp_path: Path) -> Iterator[Process]:
    """A worker that the test starts itself."""
    process = worker_process(process_environment, tmp_path)
    yield process
    process.stop()


@pytest.fixture
def second_worker(process_environment: dict[str, str], tmp_path: Path) -> Iterator[Process]:
    process = worker_process(process_environment, tmp_path, "second")
    yield process
    process.stop()


@pytest.fixture
def second_beat(process_environment: dict[str, str], tmp_path: Path) -> Iterator[Process]:
    with running(beat_process(process_environment, tmp_path, "second-beat")) as process:
        yield process


# -- what is done and seen ---------------------------------------------------------------------------------------------


def ask(programme: str = "mid-mersey", month: str = "2026-10-01") -> int:
    """As the programme office, for the report of a month."""
    period = ReportingPeriod.objects.get(programme__slug=programme, month=month)
    return actions.request_report(period=period, by=User.objects.get(email="office@demo.example")).pk


def row(report: int) -> BoardReport:
    return BoardReport.objects.get(pk=report)


def wait(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"Waited {PATIENCE} seconds for {what}."
        time.sleep(0.01)


def wait_until(report: int, state: State) -> None:
    wait(lambda: row(report).state == state, f"the report to be {state}; it is {row(report).state}")


def wait_for_stage(report: int, stage: Stage, attempt: int = 1) -> None:
    def there() -> bool:
        now = row(report)
        return now.stage == actions.STAGE_WORDS[stage] and now.attempt == attempt

    wait(there, f"{stage} of attempt {attempt}")


def files(report: int) -> list[str]:
    """Everything that the storage holds of a report, half-made files too."""
    return sorted(str(path.relative_to(settings.MEDIA_ROOT)) for path in settings.MEDIA_ROOT.rglob(f"{report}-*"))


def times(report: int, state: State) -> int:
    """How often the history says that the report came into a state."""
    history = apps.get_model("reporting", "BoardReportEvent").objects.filter(pgh_obj_id=report, state=state)
    return len(set(history.values_list("attempt", flat=True)))


def made_once(report: int, *, attempt: int) -> None:
    done = row(report)
    assert (done.state, done.attempt, done.failure, done.lease_until) == (State.DRAFT, attempt, "", None)
    assert files(report) == [done.file]
    assert len(actions.file_of(done)) == done.size  # which compares the fingerprint, too
    assert times(report, State.DRAFT) == 1


def renderers(worker: Process) -> list[psutil.Process]:
    """The children that are making a PDF."""
    found = []
    for child in worker.children():
        with suppress(psutil.NoSuchProcess):
            if "reporting.pdf" in child.cmdline():
                found.append(child)
    return found


@contextmanager
def held(database: Database, statement: str) -> Iterator[None]:
    """Hold a lock as the owner, so that whoever comes to it has to wait."""
    with psycopg.connect(database.owner_url) as owner:
        owner.execute(statement)
        yield
        owner.rollback()


def waiting_backends(database: Database) -> list[int]:
    """The application's connections that wait for a lock."""
    with psycopg.connect(database.app_url) as app:
        found = app.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return [pid for (pid,) in found]


def cut_off(database: Database) -> None:
    """End the connections of a killed process, as its machine's death would have."""
    with psycopg.connect(database.app_url) as app:
        for pid in waiting_backends(database):
            app.execute("SELECT pg_terminate_backend(%s)", [pid])


# The first thing a claim and the last thing a build do is to write a row of history; a stage writes none.
CLAIMING_AND_SAVING = "LOCK TABLE reporting_boardreportevent IN SHARE MODE"


# -- a worker is killed ------------------------------------------------------------------------------------------------


def test_a_worker_whose_report_is_cancelled_stops_and_leaves_nothing(worker):
    report = ask()
    wait_for_stage(report, Stage.LAYING_OUT)
    [renderer] = renderers(worker)

    actions.cancel(report=row(report), by=User.objects.get(email="office@demo.example"))

    wait(lambda: not renderer.is_running(), "the renderer to end")
    wait(lambda: f"Task {actions.BUILD_TASK}[" in succeeded(worker), "the worker to notice")
    assert (row(report).state, row(report).file, files(report)) == (State.CANCELLED, "", [])


@OFTEN
@EACH_STAGE
def test_a_worker_killed_while_it_makes_the_pdf(worker, beat, stage, time_):
    report = ask()
    wait_for_stage(report, stage)
    worker.kill()
    assert row(report).state == State.BUILDING
    assert files(report) == []

    worker.start()

    wait_until(report, State.DRAFT)
    made_once(report, attempt=2)


@OFTEN
def test_a_worker_killed_before_it_takes_the_report(sleeping_worker, beat, committed_db, time_):
    report = ask()
    with held(committed_db, CLAIMING_AND_SAVING):
        sleeping_worker.start()
        wait(lambda: waiting_backends(committed_db), "the worker to come for the report")
        sleeping_worker.kill()
        cut_off(committed_db)
    assert row(report).attempt == 0

    sleeping_worker.start()

    wait_until(report, State.DRAFT)
    made_once(report, attempt=1)


@OFTEN
def test_a_worker_killed_when_the_file_is_in_place_but_nobody_knows(worker, beat, committed_db, time_):
    report = ask()
    wait_for_stage(report, Stage.TAGGING)
    with held(committed_db, CLAIMING_AND_SAVING):
        wait(lambda: waiting_backends(committed_db), "the worker to save")
        left_behind = files(report)
        assert len(left_behind) == 1
        worker.kill()
        cut_off(committed_db)
    assert row(report).state == State.BUILDING

    worker.start()

    wait_until(report, State.DRAFT)
    made_once(report, attempt=2)
    assert row(report).file not in left_behind


def test_without_beat_looking_at_the_page_is_enough(worker, page):
    sign_in(page, "office", to=NEW_REPORT)
    says_why_the_office_reports_now(page)
    press(page, "Create board report")
    report = BoardReport.objects.latest("pk").pk
    wait_for_stage(report, Stage.LAYING_OUT)
    worker.kill()
    worker.start()

    expect(page.locator(".nhsuk-lede-text")).to_contain_text("Waiting for approval", timeout=PATIENCE * 1000)

    made_once(report, attempt=2)


def test_a_pool_process_killed_every_time_ends_in_words_and_can_be_tried_again(worker, beat):
    report = ask()
    for attempt in range(1, actions.ATTEMPTS + 1):
        wait_for_stage(report, Stage.LAYING_OUT, attempt)
        renderers(worker)[0].parent().kill()

    wait_until(report, State.FAILED)
    assert row(report).failure == "The report stopped 3 times while it was being made. You can try again."
    assert files(report) == []

    actions.retry(report=row(report), by=User.objects.get(email="office@demo.example"))
    wait_until(report, State.DRAFT)
    made_once(report, attempt=4)


# -- the child that renders is killed ----------------------------------------------------------------------------------


@OFTEN
@EACH_STAGE
def test_a_killed_renderer_is_tried_again_at_once(worker, stage, time_):
    report = ask()
    wait_for_stage(report, stage)

    renderers(worker)[0].kill()

    wait_until(report, State.DRAFT)
    made_once(report, attempt=2)


def test_a_renderer_killed_every_time_ends_in_words_and_can_be_tried_again(worker):
    report = ask()
    for attempt in range(1, actions.ATTEMPTS + 1):
        wait_for_stage(report, Stage.LAYING_OUT, attempt)
        renderers(worker)[0].kill()

    wait_until(report, State.FAILED)
    assert row(report).failure == Reason.STOPPED.sentence

    actions.retry(report=row(report), by=User.objects.get(email="office@demo.example"))
    wait_until(report, State.DRAFT)
    made_once(report, attempt=4)


# -- too much of a good thing ------------------------------------------------------------------------------------------


def test_the_same_report_woken_three_times_for_two_workers_is_built_once(sleeping_worker, second_worker):
    report = ask()
    for _ in range(3):
        wake(actions.BUILD_TASK, report)

    sleeping_worker.start()
    second_worker.start()

    wait(lambda: finished(sleeping_worker, second_worker, "reporting.build") == 4, "all four wake-ups to be dealt with")
    made_once(report, attempt=1)
    assert times(report, State.BUILDING) == 1


def finished(first: Process, second: Process, task: str) -> int:
    """How many tasks of a kind two workers have ended well."""
    return sum(
        line.count(f"Task {task}[") for log in (first.log_text, second.log_text) for line in log.splitlines()
        if " succeeded " in line
    )  # fmt: skip


def test_two_beats_and_two_workers_change_nothing(sleeping_worker, second_worker, beat, second_beat):
    report = ask()
    sleeping_worker.start()
    second_worker.start()

    wait_until(report, State.DRAFT)
    swept = finished(sleeping_worker, second_worker, "reporting.sweep")
    wait(lambda: finished(sleeping_worker, second_worker, "reporting.sweep") > swept + 3, "more sweeps")

    made_once(report, attempt=1)
    assert times(report, State.BUILDING) == 1


class TestThreeDaysWithoutBeat:
    """The clock stands three days after dates of the demo's two schedules, which nobody has been there to keep."""

    @pytest.fixture
    def process_settings(self) -> dict[str, str]:
        # Nobody is killed here, and two reports are made at once: nobody is to be taken for dead.
        return {"SWEEP_SECONDS": "1", "TRACKER_NOW": "2026-12-18T09:00:00"}

    def test_two_beats_and_two_workers_make_what_was_missed_once(
        self, sleeping_worker, second_worker, beat, second_beat
    ):
        sleeping_worker.start()
        second_worker.start()
        due = BoardReport.objects.filter(schedule__isnull=False)

        wait(lambda: due.filter(state=State.DRAFT).count() == 2, "the reports that were missed")
        swept = finished(sleeping_worker, second_worker, "reporting.sweep")
        wait(lambda: finished(sleeping_worker, second_worker, "reporting.sweep") > swept + 3, "more sweeps")

        made = [(str(report.period), report.edition, report.version) for report in due.order_by("edition")]
        assert made == [("November 2026", "commissioner", 1), ("November 2026", "full", 1)]
        for report in due:
            made_once(report.pk, attempt=1)


def test_two_people_asking_at_once_get_one_report(browser, page, server, committed_db):
    office, colleague = page, browser.new_context(base_url=server.url).new_page()
    for each in (office, colleague):
        sign_in(each, "office", to=NEW_REPORT)
        says_why_the_office_reports_now(each)

    with held(committed_db, "SELECT FROM programme_programme WHERE slug = 'mid-mersey' FOR UPDATE"):
        for each in (office, colleague):
            each.evaluate("document.querySelector('main form').requestSubmit()")
        wait(lambda: len(waiting_backends(committed_db)) == 2, "both to have asked")

    for each in (office, colleague):
        sees_heading(each, "October 2026 board report, version 2")
    assert office.url == colleague.url
    october = BoardReport.objects.filter(programme__slug="mid-mersey", period__month="2026-10-01")
    assert october.filter(edition="full").count() == 2
    colleague.context.close()


def test_a_worker_that_was_only_asleep_changes_nothing_when_it_wakes(worker, second_worker, beat):
    report = ask()
    wait_for_stage(report, Stage.LAYING_OUT)
    asleep = [psutil.Process(worker.pid), *worker.children()]
    for process in asleep:
        process.suspend()
    second_worker.start()
    wait_until(report, State.DRAFT)
    made_once(report, attempt=2)
    as_it_was = row(report).__dict__

    for process in reversed(asleep):
        process.resume()
    wait(lambda: f"Task {actions.BUILD_TASK}[" in succeeded(worker), "the first worker to notice")

    made_once(report, attempt=2)
    assert {**row(report).__dict__, "_state": None} == {**as_it_was, "_state": None}


def succeeded(worker: Process) -> str:
    return "\n".join(line for line in worker.log_text.splitlines() if " succeeded " in line)


def test_an_attempts_number_is_never_used_twice(process_environment):
    """Or a worker of the first round that wakes in the second would be taken for its own successor."""
    report = ask()
    first = actions.claim(report_id=report)
    assert first is not None
    actions.fail(first, "It stopped.")
    actions.retry(report=row(report), by=User.objects.get(email="office@demo.example"))

    again = actions.claim(report_id=report)

    assert again is not None
    assert again.attempt == 4
    with pytest.raises(actions.LostLeaseError):
        actions.at_stage(first, Stage.DRAWING)
    assert row(report).stage == ""


# -- the broker is gone, silent, or has forgotten ----------------------------------------------------------------------


class Broker:
    """A Valkey of the test's own, which can die, fall silent and come back at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port(0)
        self.server: subprocess.Popen[bytes] | None = None
        self.hole: socket.socket | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        if self.hole:
            self.hole.close()
            self.hole = None
        words = [valkey_server(), "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--dir", self.folder]
        with (self.folder / "valkey.log").open("ab") as log:
            self.server = subprocess.Popen(
                list(map(str, words)),
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,  # noqa: PLW1509
            )
        wait(self._answers, "Valkey to start")

    def _answers(self) -> bool:
        with redis.Redis.from_url(self.url) as client, suppress(redis.RedisError):
            return bool(client.ping())
        return False

    def die(self) -> None:
        if self.server:
            self.server.send_signal(signal.SIGKILL)
            self.server.wait()
            self.server = None

    def fall_silent(self) -> None:
        """Connections are taken by the kernel and never answered."""
        self.die()
        self.hole = socket.create_server(("127.0.0.1", self.port), backlog=100)


class TestBroker:
    @pytest.fixture
    def broker(self, tmp_path: Path) -> Iterator[Broker]:
        broker = Broker(tmp_path)
        broker.start()
        yield broker
        broker.die()

    @pytest.fixture
    def process_settings(self, broker: Broker) -> dict[str, str]:
        return {"REPORT_LEASE_SECONDS": "3", "SWEEP_SECONDS": "1", "REDIS_URL": broker.url}

    @pytest.mark.parametrize("trouble", [Broker.die, Broker.fall_silent])
    def test_a_report_asked_for_without_a_broker_is_made_when_it_is_back(self, broker, worker, beat, page, trouble):
        sign_in(page, "office")
        usual = seconds_to_ask(page, "2026-09")
        trouble(broker)

        assert seconds_to_ask(page, "2026-10") < usual + 2
        report = BoardReport.objects.latest("pk").pk
        assert row(report).state == State.QUEUED

        broker.start()
        wait_until(report, State.DRAFT)
        made_once(report, attempt=1)

    def test_a_broker_that_has_forgotten_everything_loses_no_report(self, broker, worker, beat):
        stopped = [psutil.Process(worker.pid), *worker.children()]
        for process in stopped:
            process.suspend()
        reports = [ask(), ask("community"), ask("community", "2026-08-01")]
        with redis.Redis.from_url(broker.url) as client:
            client.flushall()

        for process in reversed(stopped):
            process.resume()

        for report in reports:
            wait_until(report, State.DRAFT)
            made_once(report, attempt=1)


def seconds_to_ask(page: Page, month: str) -> float:
    """From pressing the button to the answer, which is a redirect."""
    page.goto(f"{NEW_REPORT}?month={month}")
    says_why_the_office_reports_now(page)
    began = time.monotonic()
    with page.expect_response(lambda response: response.request.method == "POST") as asked:
        page.get_by_role("button", name="Create board report").click(no_wait_after=True)
    answered = asked.value
    assert answered.status == 302
    return time.monotonic() - began
