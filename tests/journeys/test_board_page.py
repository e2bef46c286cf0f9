"""The web page of a board report, opened as a file as its readers may do.

Given the report of a month, when somebody opens its web page at a desk or on a phone, then axe finds nothing, the page
does not move sideways, and its own policy lets nothing in that is not part of it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from reporting.board_html import board_web_page
from reporting.editions import Edition
from tests.journeys.test_accessibility import OWN_RULES, RULES, RUN_AXE, SIDEWAYS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage

RECORD = Path(__file__).parent.parent / "data/snapshot_v3.json"


@pytest.mark.parametrize("edition", [Edition.FULL, Edition.HIGHLIGHT, Edition.YOUNG_PEOPLE])
def test_reads_well_at_a_desk_and_on_a_phone(browser: Browser, tmp_path: Path, edition: Edition) -> None:
    file = tmp_path / "report.html"
    file.write_text(board_web_page(json.loads(RECORD.read_text()), edition), encoding="utf-8")
    assert {width: found(browser, file, width) for width in (1280, 320)} == {1280: [], 320: []}


def found(browser: Browser, file: Path, width: int) -> list[str]:
    """What axe, our own rules and the browser itself say against the page at a width."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", listen)
    page.goto(file.as_uri())
    page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.evaluate(AXE_SCRIPT)
    against = [*page.evaluate(RUN_AXE, RULES), *page.evaluate(OWN_RULES), *page.evaluate(SIDEWAYS), *said]
    page.close()
    return against
