"""Journeys: a person's whole job in a real browser, on the demo as it stands in the evening of `DEMO_DAY`.

Every window remembers what the browser complained about. A journey with a console error, an error in a script, a breach
of the content security policy or a page that failed on the server is a failed journey, whatever it saw.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests.conftest import DEMO_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

    from tests.conftest import Database, Process

# An answer that a journey asks for on purpose, such as a refusal; Chromium and HTMX write each into the console.
ANSWERS_MEANT = re.compile(r"(Failed to load resource: .* a status of|Response Status Error Code) 4(03|04|09|22) ")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture
def committed_db(demo_db: Database) -> Database:
    return demo_db


@pytest.fixture
def process_settings() -> dict[str, str]:
    return {"TRACKER_NOW": f"{DEMO_DAY}T19:00:00"}


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
