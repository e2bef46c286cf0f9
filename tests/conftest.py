"""What every test stands on: real PostgreSQL as the application's role, real Valkey, real processes, no network.

The owner role migrates one *template* database, named after everything that shapes it and kept between runs. Each
test process clones it and connects as the application's role, so a right the application lacks is missing here too.

* `db` (or the mark `django_db`): the process's clone, rolled back after the test.
* `committed_db`: a fresh clone for this test only; what is written is committed and other processes see it.
* `demo_db`: the same, but with the demo programmes as they stand on `DEMO_DAY`, and their PDFs.
* `server`, `worker`, `beat`: gunicorn, Celery worker and beat as real processes on that clone.
* `browser`, `page`: Chromium; `page` opens addresses on `server`.

Nothing is ever flushed or truncated: the application may not, and protected tables must never learn to allow it.
"""

from __future__ import annotations

import fcntl
import hashlib
import itertools
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import django
import psutil
import psycopg
import pytest
import redis
from django.conf import settings
from psycopg import sql

from programme import clock
from programme.embedded import (
    ADDRESSES,
    VALKEY_DATABASES,
    die_with_parent,
    free_port,
    postgres_version,
    prepare_database,
)
from tests.no_network import sitecustomize as no_network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).resolve().parent.parent
SERVICES_GIVEN = all(os.environ.get(name) for name in ADDRESSES)
NO_SERVICES = (
    "These tests need PostgreSQL and Valkey. Run them through bin/test, which starts both: bin/test tests/… -k …"
)
NO_FLUSH = (
    "This test would empty tables by TRUNCATE, which the application's role may not do. Use the fixture committed_db "
    "instead: it gives the test a fresh database of its own."
)
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
START_SECONDS, STOP_SECONDS = 40, 10
DEMO_DAY = date(2026, 11, 18)  # October is overdue for some, November can be written, nothing falls on a weekend


def at(url: str, path: str) -> str:
    """Return the same address with another database name or number."""
    return urlsplit(url)._replace(path=f"/{path}").geturl()


def claim_valkey_database() -> int:
    """Take a Valkey database no other test process uses; the lock stays until this process ends, however it ends."""
    folder = ROOT / ".local" / "test" / "valkey-databases"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, VALKEY_DATABASES):
        lock = os.open(folder / f"{number}.lock", os.O_WRONLY | os.O_CREAT)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return number
    raise RuntimeError("All Valkey databases are taken by running tests.")


# Before Django's settings are read. Tests of pure rules run without any service, on addresses that answer nobody.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings")
os.environ["TRACKER_MODE"] = "test"
if SERVICES_GIVEN:
    os.environ["REDIS_URL"] = at(os.environ["REDIS_URL"], str(claim_valkey_database()))
else:
    for _name in ADDRESSES:
        os.environ[_name] = "redis://127.0.0.1:1/0" if _name == "REDIS_URL" else "postgresql://x:x@127.0.0.1:1/x"
# pytest-django reads the settings earlier still where the environment names them, as bin/test's and xdist's does.
settings.REDIS_URL = settings.CELERY_BROKER_URL = os.environ["REDIS_URL"]
django.setup()


# -- pytest itself -----------------------------------------------------------------------------------------------------


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark and (mark.kwargs.get("transaction") or mark.kwargs.get("reset_sequences") or True in mark.args):
            raise pytest.UsageError(f"{item.nodeid}: {NO_FLUSH}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say above pytest's last line which checks of bin/test failed before the tests began."""
    failed = os.environ.get("FAILED_CHECKS")
    if failed:
        terminalreporter.section("checks", red=True)
        terminalreporter.line(f"FAILED before the tests (see above): {failed}")


@pytest.fixture(autouse=True)
def clock_starts_with_the_test() -> None:
    """TRACKER_NOW runs on from when it is first asked for: in each test anew, however long the others took."""
    clock._offset.cache_clear()


@pytest.fixture
def transactional_db() -> None:
    pytest.fail(NO_FLUSH)


@pytest.fixture
def live_server() -> None:
    pytest.fail(f"{NO_FLUSH} For a running web server use the fixture server.")


# -- databases ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Database:
    """One database of the tests, and how each role reaches it."""

    name: str
    app_url: str
    owner_url: str

    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.app_url, "DATABASE_OWNER_URL": self.owner_url}


class Databases:
    """Makes the template and its clones, always as the owner role."""

    def __init__(self, app_url: str, owner_url: str) -> None:
        self.app_url, self.owner_url = app_url, owner_url
        self.numbers = itertools.count(1)

    def named(self, name: str) -> Database:
        return Database(name, at(self.app_url, name), at(self.owner_url, name))

    def template(self) -> Database:
        """Return the migrated template, made now if no earlier run made the same one."""
        template = self.named(f"tracker_template_{self._shape()}")
        with psycopg.connect(self.owner_url, autocommit=True) as owner:
            owner.execute("SELECT pg_advisory_lock(hashtext('tracker test template'))")
            known = {name for (name,) in owner.execute("SELECT datname FROM pg_database")}
            if template.name not in known:
                half_made = self.named(f"{template.name}_new")
                self._drop(owner, half_made.name)
                owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half_made.name)))
                self._migrate(half_made)
                owner.execute(
                    sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                        sql.Identifier(half_made.name), sql.Identifier(template.name)
                    )
                )
            self._clear_up(owner, known - {template.name})
        return template

    def clone(self, template: Database, copy: Database | None = None) -> Database:
        copy = copy or self.named(f"tracker_test_{os.getpid()}_{next(self.numbers)}")
        with psycopg.connect(self.owner_url, autocommit=True) as owner:
            owner.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(copy.name), sql.Identifier(template.name)
                )
            )
        prepare_database(copy.owner_url, copy.app_url)  # a clone copies rights inside the database, not on it
        return copy

    def exists(self, database: Database) -> bool:
        with psycopg.connect(self.owner_url) as owner:
            found = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database.name]).fetchone()
        return found is not None

    def rename(self, database: Database, new: Database) -> None:
        with psycopg.connect(self.owner_url, autocommit=True) as owner:
            owner.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(database.name), sql.Identifier(new.name)
                )
            )

    def drop(self, database: Database) -> None:
        with psycopg.connect(self.owner_url, autocommit=True) as owner:
            self._drop(owner, database.name)

    def _drop(self, owner: psycopg.Connection, name: str) -> None:
        """Drop a database and whoever is connected; the superuser's autovacuum is not the owner's to end, so wait."""
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        for _ in range(50):
            try:
                owner.execute(statement)
            except psycopg.errors.InsufficientPrivilege:
                time.sleep(0.1)
            else:
                return

    def _migrate(self, database: Database) -> None:
        prepare_database(database.owner_url, database.app_url)
        for command in (["migrate", "--verbosity=0", "--skip-checks"], ["createcachetable"]):
            done = subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env=os.environ | database.environment(),
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                pytest.exit(f"manage.py {command[0]} failed:\n{done.stdout}{done.stderr}", returncode=1)

    def _shape(self) -> str:
        """Return a hash over everything that shapes the template."""
        total = hashlib.sha256(postgres_version().encode())
        files = [ROOT / "requirements.txt"]
        files += [ROOT / "programme" / f"{name}.py" for name in ("embedded", "protection", "made_at_once")]
        for app in ("programme", "workstreams", "thrive", "reporting"):
            files += sorted((ROOT / app).rglob("migrations/*.py"))
        for file in files:
            total.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
        return total.hexdigest()[:12]

    def _clear_up(self, owner: psycopg.Connection, names: set[str]) -> None:
        """Drop older templates, and clones whose test process was killed before it could."""
        for name in names:
            clone = re.fullmatch(r"tracker_test_(\d+)_\d+", name)
            if name.startswith("tracker_template_") or (clone and not psutil.pid_exists(int(clone[1]))):
                with suppress(psycopg.errors.ObjectInUse, psycopg.errors.InvalidCatalogName):
                    owner.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


@contextmanager
def django_uses(database: Database) -> Iterator[None]:
    """Point this process's Django, and the environment its children inherit, at a database."""
    from django.db import connection

    before = {name: os.environ[name] for name in database.environment()}
    name_before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database.name
    os.environ.update(database.environment())
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name_before
        os.environ.update(before)


@pytest.fixture(scope="session")
def databases() -> Databases:
    if not SERVICES_GIVEN:
        pytest.exit(NO_SERVICES, returncode=pytest.ExitCode.USAGE_ERROR)
    return Databases(os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"])


@pytest.fixture(scope="session")
def template_db(databases: Databases) -> Database:
    return databases.template()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, databases: Databases, template_db: Database
) -> Iterator[None]:
    """Replaces pytest-django's: this process's own clone, as the application's role."""
    database = databases.clone(template_db)
    with django_db_blocker.unblock(), django_uses(database):
        yield
    databases.drop(database)


@pytest.fixture
def committed_db(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, databases: Databases, template_db: Database
) -> Iterator[Database]:
    """Give the test a fresh database of its own, where what it writes is committed."""
    database = databases.clone(template_db)
    with django_db_blocker.unblock(), django_uses(database):
        yield database
    databases.drop(database)


# -- the demo programmes -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DemoWorld:
    """The demo programmes as a database to clone, with the files of their reports."""

    database: Database
    reports: Path


def demo_shape() -> str:
    """Return a hash over everything the demo is made by."""
    total = hashlib.sha256(DEMO_DAY.isoformat().encode())
    files = [ROOT / "requirements.txt", ROOT / "static" / "src" / "board.css", *(ROOT / "fixtures").rglob("*.json")]
    files += (ROOT / "templates" / "reporting" / "board").rglob("*.html")
    for app in ("programme", "workstreams", "thrive", "reporting"):
        files += (ROOT / app).rglob("*.py")
    for file in sorted(files):
        total.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return total.hexdigest()[:12]


def build_demo_world(databases: Databases, template: Database, world: DemoWorld) -> None:
    """Tell the demo in a new database. It gets its name only when it is finished."""
    from django.test import override_settings

    from reporting.demo import build_demo

    half_made = databases.named(f"{world.database.name}_new")
    databases.drop(half_made)
    shutil.rmtree(world.reports, ignore_errors=True)
    databases.clone(template, half_made)
    with django_uses(half_made), override_settings(MEDIA_ROOT=world.reports):
        build_demo(today=DEMO_DAY)
    databases.rename(half_made, world.database)


def clear_up_demo_worlds(databases: Databases, folder: Path) -> None:
    """Drop worlds of an older shape that no other test process is using."""
    for file in folder.glob("*.lock"):
        with file.open("a") as lock, suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for name in (f"tracker_demo_{file.stem}", f"tracker_demo_{file.stem}_new"):
                databases.drop(databases.named(name))
            shutil.rmtree(folder / file.stem, ignore_errors=True)
            file.unlink()


@pytest.fixture(scope="session")
def demo_world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, databases: Databases, template_db: Database
) -> Iterator[DemoWorld]:
    """The demo, told once by whichever test process comes first and kept until something that shapes it changes."""
    folder, shape = ROOT / ".local" / "test" / "demo-worlds", demo_shape()
    folder.mkdir(parents=True, exist_ok=True)
    world = DemoWorld(databases.named(f"tracker_demo_{shape}"), folder / shape)
    with (folder / f"{shape}.lock").open("a") as in_use:
        with (folder / "building").open("a") as building:
            fcntl.flock(building, fcntl.LOCK_EX)
            fcntl.flock(in_use, fcntl.LOCK_SH)
            if not databases.exists(world.database):
                with django_db_blocker.unblock():
                    build_demo_world(databases, template_db, world)
            clear_up_demo_worlds(databases, folder)
        yield world


@pytest.fixture
def demo_db(
    demo_world: DemoWorld, django_db_blocker: DjangoDbBlocker, databases: Databases, process_folder: Path
) -> Iterator[Database]:
    """Give the test a demo of its own."""
    database = databases.clone(demo_world.database)
    shutil.copytree(demo_world.reports, process_folder / "reports")
    with django_db_blocker.unblock(), django_uses(database):
        yield database
    databases.drop(database)


# -- processes ---------------------------------------------------------------------------------------------------------


@dataclass
class Process:
    """A process of the product under test, with its log."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    url: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def pid(self) -> int:
        assert self.process is not None, f"{self.name} is not running"
        return self.process.pid

    @property
    def log_text(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def children(self) -> list[psutil.Process]:
        """Every process under this one, such as the worker's pool and the child that renders a PDF."""
        found: list[psutil.Process] = []
        with suppress(psutil.NoSuchProcess):
            found = psutil.Process(self.pid).children(recursive=True)
        return found

    def start(self) -> None:
        """Start it and wait until it is ready for work."""
        already_said = len(self.log_text)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,  # noqa: PLW1509  # one system call, and the tests start no threads
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._ready(self.log_text[already_said:]):
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"{self.name} did not start:\n{self.log_text[-4000:]}")
            time.sleep(0.05)

    def _ready(self, said: str) -> bool:
        if not self.url:
            return " ready." in said or "beat: Starting" in said
        try:
            with urllib.request.urlopen(f"{self.url}/health/", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        """Stop it as an operator would, and kill what does not stop."""
        if self.process is None:
            return
        under_it = self.children()
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for child in under_it:
            with suppress(psutil.NoSuchProcess):
                child.kill()
        self.process = None

    def kill(self) -> None:
        """Kill it and everything under it at once, as a power cut would."""
        assert self.process is not None, f"{self.name} is not running"
        for victim in [*self.children(), psutil.Process(self.pid)]:
            with suppress(psutil.NoSuchProcess):
                victim.kill()
        self.process.wait()
        self.process = None

    def restart(self) -> None:
        self.stop()
        self.start()


@pytest.fixture
def process_settings() -> dict[str, str]:
    """Settings for the processes of one test, such as TRACKER_NOW. Override it in a module or class."""
    return {}


@pytest.fixture
def process_folder(tmp_path: Path) -> Path:
    """Where the processes of one test keep reports, mail and logs."""
    return tmp_path


@pytest.fixture
def process_environment(
    committed_db: Database, process_settings: dict[str, str], process_folder: Path
) -> Iterator[dict[str, str]]:
    """The environment of every process of one test: its clone, its Valkey database, its folders, no network."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as valkey:
        valkey.flushdb()
    reports = process_folder / "reports"
    own = {
        "PYTHONPATH": os.pathsep.join([str(Path(no_network.__file__).parent), str(ROOT)]),
        "PYTHONUNBUFFERED": "1",
        "LOG_LEVEL": "INFO",
        "REPORTS_DIR": str(reports),
        "DEMO_MAILBOX_DIR": str(process_folder / "mailbox"),
    }
    environment = os.environ | committed_db.environment() | own | process_settings
    del environment["DATABASE_OWNER_URL"]  # the running product never has it
    media_root, settings.MEDIA_ROOT = settings.MEDIA_ROOT, reports
    yield environment
    settings.MEDIA_ROOT = media_root


@contextmanager
def running(process: Process) -> Iterator[Process]:
    process.start()
    try:
        yield process
    finally:
        process.stop()


def web_process(environment: dict[str, str], folder: Path) -> Process:
    """Gunicorn that is not started yet; its `url` is where it will answer."""
    port = free_port(0)
    command = [sys.executable, "-m", "gunicorn", "programme.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--threads", "4", "--graceful-timeout", "3", "--no-control-socket"]
    url = f"http://127.0.0.1:{port}"
    return Process("web", command, environment | {"PUBLIC_URL": url}, folder / "web.log", url)


@pytest.fixture
def server(process_environment: dict[str, str], process_folder: Path) -> Iterator[Process]:
    """Gunicorn on the test's own database; `server.url` is where."""
    with running(web_process(process_environment, process_folder)) as web:
        yield web


def worker_process(environment: dict[str, str], folder: Path, name: str = "worker") -> Process:
    """A Celery worker that is not started yet."""
    command = [sys.executable, "-m", "celery", "-A", "programme", "worker", "--concurrency", "1", "--loglevel", "INFO"]
    command += ["--without-gossip", "--without-mingle", "--hostname", f"{name}@%h"]
    return Process(name, command, environment, folder / f"{name}.log")


def beat_process(environment: dict[str, str], folder: Path, name: str = "beat") -> Process:
    """Celery beat that is not started yet."""
    command = [sys.executable, "-m", "celery", "-A", "programme", "beat", "--loglevel", "INFO", "--pidfile="]
    own = {"BEAT_SCHEDULE_FILE": str(folder / f"{name}-schedule")}
    return Process(name, command, environment | own, folder / f"{name}.log")


@pytest.fixture
def worker(process_environment: dict[str, str], tmp_path: Path) -> Iterator[Process]:
    """A Celery worker on the test's own database and queue. `worker.kill()` and `worker.start()` for kill tests."""
    with running(worker_process(process_environment, tmp_path)) as process:
        yield process


@pytest.fixture
def beat(process_environment: dict[str, str], tmp_path: Path) -> Iterator[Process]:
    """Celery beat; set SWEEP_SECONDS in `process_settings` to make it tick often."""
    with running(beat_process(process_environment, tmp_path)) as process:
        yield process


# -- browser -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole test process."""
    from playwright.sync_api import sync_playwright

    if not Path(CHROMIUM).exists():
        pytest.exit("Chromium is missing. Run: bin/setup --tests", returncode=pytest.ExitCode.USAGE_ERROR)
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser, server: Process) -> Iterator[Page]:
    """A fresh browser window (own cookies) whose addresses start at `server.url`."""
    with browser.new_context(base_url=server.url, locale="en-GB", timezone_id="Europe/London") as context:
        context.set_default_timeout(10_000)
        yield context.new_page()
