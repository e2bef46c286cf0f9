"""A member of the senior leadership team reads the dashboard."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import MID_MERSEY, follow, hears, is_on, link, rows, sees, sees_heading, sign_in

WORST_FIRST = [
    "Neurodevelopmental pathway",
    "Eating disorders (CEDS)",
    "Access and crisis redesign",
    "Complex needs hub",
    "Data and outcomes",
    "Workforce and training",
    "0 to 25 pathway and transitions",
    "Mental health support teams in schools",
    "Perinatal and 0 to 5",
    "Getting advice digital front door",
    "Participation and co-production",
    "Whole-school approach in primary schools",
]
RED = WORST_FIRST[:2]


@pytest.fixture
def slt(page: Page) -> Page:
    sign_in(page, "slt")
    follow(page, "Mid Mersey CYP mental health transformation")
    return page


def names(page: Page) -> Locator:
    """The workstreams in the table, from the top."""
    return rows(page.locator("#dashboard-workstreams")).locator("th a")


def choose_rating(page: Page, rating: str) -> None:
    page.get_by_label("Rating", exact=True).select_option(rating)


def heading(page: Page, column: str) -> Locator:
    return page.locator("#dashboard-workstreams").get_by_role("columnheader", name=column)


def sort_by(page: Page, column: str) -> None:
    heading(page, column).get_by_role("link").click()


def is_whole_page(page: Page) -> None:
    expect(page.get_by_role("banner")).to_have_count(1)
    sees_heading(page, "Programme dashboard: October 2026")


def test_the_dashboard_says_in_one_sentence_how_things_stand(slt):
    sees_heading(slt, "Programme dashboard: October 2026")
    expect(slt.locator(".nhsuk-lede-text")).to_have_text(
        "2 workstreams are off track and 3 are at risk. 3 of 11 updates for October 2026 are not in. "
        "2 milestones are overdue. 3 workstreams are rated better by the lead than by the rules or a reviewer. "
        "Eating disorders (CEDS) got worse since the month before."
    )
    evening = re.compile(r"As at 18 November 2026 at 7(:\d\d)?pm\.")  # it runs on while other journeys are played
    expect(slt.get_by_text(evening)).to_be_visible()


def test_the_worst_stand_first_and_silence_is_never_hidden(slt):
    expect(names(slt)).to_have_text(WORST_FIRST)
    silent = rows(slt.locator("#dashboard-workstreams")).filter(has_text="Complex needs hub")

    expect(silent).to_contain_text("Not reported")
    expect(silent).to_contain_text("Was Amber in June 2026")
    expect(silent).to_contain_text("Silent since June 2026")


def test_filtering_changes_the_table_the_address_and_what_is_announced(slt):
    choose_rating(slt, "Red")

    expect(names(slt)).to_have_text(RED)
    hears(slt, "2 workstreams shown")
    expect(slt).to_have_url(re.compile(r"/p/mid-mersey/\?.*\brating=red\b"))
    is_whole_page(slt)


def test_the_address_of_a_filtered_table_can_be_sent_to_somebody_else(slt, window):
    choose_rating(slt, "Red")
    hears(slt, "2 workstreams shown")
    colleague = window()

    sign_in(colleague, "approver", to=slt.url)

    expect(names(colleague)).to_have_text(RED)
    expect(colleague.get_by_label("Rating", exact=True)).to_have_value("red")
    is_whole_page(colleague)


def test_back_brings_the_whole_table_back(slt):
    choose_rating(slt, "Red")
    expect(names(slt)).to_have_text(RED)

    slt.go_back()

    is_on(slt, MID_MERSEY)
    expect(names(slt)).to_have_text(WORST_FIRST)
    expect(slt.get_by_label("Rating", exact=True)).to_have_value("")
    is_whole_page(slt)


def test_sorting_turns_round_on_the_second_press_and_keeps_the_filter(slt):
    choose_rating(slt, "Not reported")
    hears(slt, "3 workstreams shown")

    sort_by(slt, "Workstream")
    expect(heading(slt, "Workstream")).to_have_attribute("aria-sort", "ascending")
    is_on(slt, f"{MID_MERSEY}?rating=not_reported&sort=name")
    sort_by(slt, "Workstream")

    expect(heading(slt, "Workstream")).to_have_attribute("aria-sort", "descending")
    expect(names(slt)).to_have_text(["Data and outcomes", "Complex needs hub", "Access and crisis redesign"])


def test_a_filter_that_matches_nothing_says_so_and_offers_the_way_out(slt):
    choose_rating(slt, "Complete")

    hears(slt, "0 workstreams shown")
    sees(slt, "No workstream matches these filters.")
    follow(slt, "Show all running workstreams")
    expect(names(slt)).to_have_text(WORST_FIRST)


def test_a_red_can_be_followed_to_its_reason_and_its_plan(slt):
    follow(slt, "Eating disorders (CEDS)")
    sees_heading(slt, "Eating disorders (CEDS) Example")
    expect(slt.locator(".nhsuk-lede-text")).to_contain_text("Red")

    follow(slt, "Plan")

    sees(slt, "milestones: ")
    expect(link(slt, "Add a milestone")).to_have_count(0)
