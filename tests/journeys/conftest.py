"""Journeys: a person's whole job in a real browser, on the demo as it stands in the evening of `DEMO_DAY`.

Each journey begins with the demo as it was told, under a name that stays: so the web server of a test process stays,
too, and reconnects as it would after the database was restarted. A journey with settings of its own gets a server of
its own.

Every window remembers what the browser complained about. A journey with a console error, an error in a script, a breach
of the content security policy or a page that failed on the server is a failed journey, whatever it saw.
"""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING, Any, Protocol

import psycopg
import pytest

from tests.conftest import DEMO_DAY, django_uses, running, web_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response
    from pytest_django.plugin import DjangoDbBlocker

    from tests.conftest import Database, Databases, DemoWorld, Process

# An answer that a journey asks for on purpose, such as a refusal; Chromium and HTMX write each into the console.
ANSWERS_MEANT = re.compile(r"(Failed to load resource: .* a status of|Response Status Error Code) 4(03|04|09|22) ")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


EVENING = {"TRACKER_NOW": f"{DEMO_DAY}T19:00:00"}


OTHERS_OUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""


class Stage:
    """What the journeys of one test process share: the name of a database, a folder, and the server on both."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        self.databases, self.folder = databases, folder
        self.database = databases.named(f"tracker_test_{os.getpid()}_0")
        self.web: Process | None = None
        self.begun_with: dict[str, str] = {}

    def set_up(self, world: DemoWorld) -> None:
        """The demo as it was told, whatever the journey before has made of it."""
        if self.web:
            with psycopg.connect(self.database.app_url, autocommit=True) as application:
                application.execute(OTHERS_OUT)  # a role may end its own connections, and nobody else's
        self.databases.drop(self.database)
        self.databases.clone(world.database, self.database)
        for kept in ("reports", "mailbox"):
            shutil.rmtree(self.folder / kept, ignore_errors=True)
        shutil.copytree(world.reports, self.folder / "reports")

    def server(self, environment: dict[str, str]) -> Process:
        """The server that stands, or one that begins now."""
        if self.web is None:
            self.web = web_process(environment, self.folder)
            self.web.start()
            self.begun_with = dict(self.web.environment)
        return self.web

    def leave(self) -> None:
        """After a journey: a server that was stopped or told something else does not stand for the next one."""
        web = self.web
        if web and (web.process is None or web.process.poll() is not None or web.environment != self.begun_with):
            self.end()

    def end(self) -> None:
        """Stop the server."""
        if self.web:
            self.web.stop()
        self.web = None


@pytest.fixture(scope="session")
def stage(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    shared = Stage(databases, tmp_path_factory.mktemp("journeys"))
    yield shared
    shared.end()
    databases.drop(shared.database)


@pytest.fixture
def process_folder(stage: Stage) -> Path:
    return stage.folder


@pytest.fixture
def committed_db(stage: Stage, demo_world: DemoWorld, django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    stage.set_up(demo_world)
    with django_db_blocker.unblock(), django_uses(stage.database):
        yield stage.database


@pytest.fixture
def process_settings() -> dict[str, str]:
    return EVENING


@pytest.fixture
def server(
    stage: Stage, process_environment: dict[str, str], process_settings: dict[str, str], tmp_path: Path
) -> Iterator[Process]:
    if process_settings == EVENING:
        yield stage.server(process_environment)
        stage.leave()
    else:
        with running(web_process(process_environment, tmp_path)) as web:
            yield web


class OpenWindow(Protocol):
    """Opens a browser window with cookies of its own: another person, or the same one elsewhere."""

    def __call__(self, *, javascript: bool = True, width: int = 1280) -> Page: ...


def listen(page: Page, complaints: list[str]) -> None:
    """Remember what goes wrong in a window."""

    def console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not ANSWERS_MEANT.match(message.text):
            complaints.append(f"{page.url}: {message.text}")

    def answer(response: Response) -> None:
        if response.status >= 500:
            complaints.append(f"{response.url}: status {response.status}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", answer)


@pytest.fixture
def window(browser: Browser, server: Process) -> Iterator[OpenWindow]:
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_window(*, javascript: bool = True, width: int = 1280) -> Page:
        options: dict[str, Any] = {"locale": "en-GB", "timezone_id": "Europe/London"}
        context = browser.new_context(
            base_url=server.url, java_script_enabled=javascript, viewport={"width": width, "height": 900}, **options
        )
        context.set_default_timeout(10_000)
        context.on("page", lambda page: listen(page, complaints))
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(window: OpenWindow) -> Page:
    return window()
