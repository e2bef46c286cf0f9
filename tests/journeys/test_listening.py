"""What was heard until it is told back, and the page that staff read with its public link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import (
    MID_MERSEY,
    WORKSTREAM,
    follow,
    hears,
    is_on,
    press,
    rows,
    sees,
    sees_errors,
    sees_heading,
    sign_in,
)
from tests.journeys.test_accessibility import Inspector

if TYPE_CHECKING:
    from tests.journeys.conftest import OpenWindow

LOG = f"{MID_MERSEY}coproduction/"
SAID = "my daughter Emily says that nobody rings back"
PLAINLY = "Nobody rings back when they said they would"


@pytest.fixture
def inspector(page: Page) -> Inspector:
    return Inspector(page)


def day(page: Page, label: str, *parts: str) -> None:
    group = page.get_by_role("group", name=label)
    for name, value in zip(("Day", "Month", "Year"), parts, strict=True):
        group.get_by_label(name).fill(value)


def test_a_participation_lead_hears_decides_and_tells_back(page):
    """Given a participation lead with something heard at an event, when they type a young person's name they are
    warned and their words stay; when they write it without the name it is recorded, and each step after it until the
    people who said it have been told.
    """
    sign_in(page, "participation", to=LOG)
    sees(page, "have not been answered yet")
    follow(page, "Record what was heard")
    page.get_by_label("What did they say?").fill(SAID)
    page.get_by_label("When was it heard?").fill("2 November 2026")
    page.get_by_label("Participation group").check()
    page.get_by_label("Parents and carers").check()
    page.get_by_label("How many took part?").fill("3")
    page.get_by_label("Consulted").check()
    page.get_by_label("Which workstream is it about?").select_option("Access and crisis redesign")
    press(page, "Save")
    sees_errors(page, "“Emily” looks like the name of a person.")
    expect(page.get_by_label("What did they say?")).to_have_value(SAID)
    page.get_by_label("What did they say?").fill(PLAINLY)
    press(page, "Save")
    sees_heading(page, PLAINLY)
    sees(page, "Fewer than 5")

    follow(page, "Record what was decided")
    page.get_by_label("What will be done?").fill("Every team rings back the same day")
    page.get_by_label("Who decided it?").fill("Programme board")
    press(page, "Save")
    follow(page, "Record that it was done")
    page.get_by_label("What was done?").fill("A list of calls is checked at 4pm")
    press(page, "Save")
    follow(page, "Record that people were told")
    page.get_by_label("How were they told?").fill("At the parent forum")
    day(page, "On which day were they told?", "18", "11", "2026")
    press(page, "Save")

    sees(page, "Told back. Answered after 2 weeks.")
    page.goto(f"{LOG}?workstream=access-and-crisis&state=told")
    expect(rows(page).filter(has_text=PLAINLY)).to_have_count(1)


def test_the_log_is_filtered_by_addresses_and_is_read_by_staff(page, window: OpenWindow):
    """Given staff who read the log, when they filter it the address says so and Back undoes it; a commissioner finds no
    log at all.
    """
    sign_in(page, "reader", to=LOG)
    expect(page.get_by_role("button", name="Record what was heard")).to_have_count(0)
    before = rows(page).count()
    page.get_by_label("State").select_option("Answer overdue")
    hears(page, re.compile(r"^\d+ entr(y|ies) shown$"))
    assert 0 < rows(page).count() < before
    is_on(page, f"{LOG}?state=overdue&audience=&group=&workstream=")
    page.go_back()
    expect(rows(page)).to_have_count(before)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download as a spreadsheet (CSV)").click()
    assert taken.value.suggested_filename == "co-production-log-mid-mersey.csv"

    commissioner = window()
    sign_in(commissioner, "commissioner", to=LOG)
    sees_heading(commissioner, "You cannot do this")


def test_the_office_publishes_a_page_and_switches_its_link_on_and_off(page, window: OpenWindow):
    """Given a published page, when the office publishes it with other sections and switches its public link on,
    anybody with the link reads it without signing in; when the office switches it off, nobody does.
    """
    sign_in(page, "office", to=f"{WORKSTREAM}page/")
    sees(page, "Keeping this page")
    page.goto(f"{WORKSTREAM}page/prepare/?sections=purpose&sections=people&sections=journey")
    sees(page, "“Latest updates” is no longer on the page.")
    press(page, "Publish this page")
    sees(page, "The page has been published.")
    sees(page, "Nothing has changed since it was published.")
    follow(page, "Switch the public link on")
    press(page, "Switch on")
    link = page.locator("p.app-kept-lines a")
    address = re.sub(r"^https?://[^/]+", "", link.get_attribute("href") or "")

    stranger = window()
    stranger.goto(address)
    sees_heading(stranger, "Access and crisis redesign")
    expect(stranger.get_by_role("navigation", name="Menu")).to_have_count(0)
    sees(stranger, "The journey so far and what comes next")

    follow(page, "Copy as HTML for an intranet")
    clean = page.get_by_label("The page as HTML").input_value()
    assert clean.startswith("<h2>Access and crisis redesign</h2>")
    assert "class=" not in clean
    page.goto(f"{WORKSTREAM}page/")
    follow(page, "Switch the public link off")
    press(page, "Switch off")
    stranger.reload()
    sees_heading(stranger, "Page not found")


def test_the_participation_leads_pages(inspector):
    page = inspector.page
    sign_in(page, "participation")
    inspector.visit(LOG, f"{LOG}?group=rural", f"{LOG}new/", f"{WORKSTREAM}voices/", f"{WORKSTREAM}plain/")
    page.goto(f"{LOG}new/")
    page.get_by_label("What did they say?").fill(SAID)
    press(page, "Save")
    inspector.look("a voice with errors and a warning")
    page.goto(LOG)
    address = rows(page).get_by_role("link").first.get_attribute("href") or ""
    inspector.visit(address, f"{address}change/", f"{address}next/decided/")
    page.goto(f"{MID_MERSEY}workstreams/neurodevelopmental/plain/edit/")
    press(page, "Check the reading age")
    inspector.look("a page in plain language with its reading age")

    assert inspector.found == []
    assert inspector.seen == 10


def test_the_offices_pages_of_money_and_for_staff(inspector, window: OpenWindow):
    page = inspector.page
    sign_in(page, "office")
    inspector.visit(f"{MID_MERSEY}money/", f"{WORKSTREAM}money/", f"{WORKSTREAM}money/add/")
    press(page, "Save")
    inspector.look("a funding line with errors")
    page.goto(f"{WORKSTREAM}money/")
    address = rows(page).get_by_role("link").first.get_attribute("href") or ""
    inspector.visit(address, f"{address}change/", f"{address}remove/")
    inspector.visit(f"{WORKSTREAM}page/", f"{WORKSTREAM}page/prepare/", f"{WORKSTREAM}page/html/")
    inspector.visit(f"{WORKSTREAM}page/do/link-on/", f"{WORKSTREAM}page/do/withdraw/", f"{MID_MERSEY}page/prepare/")
    page.goto(f"{MID_MERSEY}page/")
    inspector.look("a programme's page with its public link")
    link = page.locator("p.app-kept-lines a").get_attribute("href") or ""
    public = Inspector(window())
    public.visit(re.sub(r"^https?://[^/]+", "", link))

    assert inspector.found + public.found == []
    assert inspector.seen + public.seen == 15
