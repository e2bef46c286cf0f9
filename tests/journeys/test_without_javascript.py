"""The whole main job in a browser that runs no script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import (
    MID_MERSEY,
    WORKSTREAM,
    answer,
    choose,
    follow,
    is_accessible,
    is_on,
    link,
    press,
    reads,
    rows,
    says_why_the_office_reports_now,
    sees,
    sees_heading,
    sign_in,
)

TARGET = "Four-hour crisis target met in all four places for three months running"
LOOKS = 60  # times somebody presses the link before giving up; each takes a second


@pytest.fixture
def plain(window):
    """Opens windows without JavaScript, signed in."""

    def open_plain(role: str) -> Page:
        page: Page = window(javascript=False)
        sign_in(page, role)
        return page

    return open_plain


def looks_until_built(page: Page) -> None:
    refresh = link(page, "Refresh to check progress")
    for _ in range(LOOKS):
        if not refresh.count():
            break
        refresh.click()
        page.wait_for_timeout(1000)  # a person waits before looking again
    expect(page.locator(".nhsuk-lede-text")).to_contain_text("Waiting for approval")


def test_a_lead_does_the_whole_month(plain):
    page = plain("lead")
    page.get_by_label("Rating", exact=True).select_option("red")
    press(page, "Apply filters")
    expect(page.locator(".app-result-count")).to_contain_text("2 workstreams shown.")
    assert "rating=red" in page.url

    page.goto(f"{WORKSTREAM}plan/")
    follow(page, f"Change date of {TARGET}")
    press(page, "Save new date")
    sees(page, "There is a problem")
    page.get_by_label("New date").fill("24 February 2027")
    page.get_by_label("Why does the date change?").fill("The rota is not full before then")
    press(page, "Save new date")
    is_on(page, f"{WORKSTREAM}plan/")
    sees(page, f"“{TARGET}” has been saved.")
    expect(rows(page).filter(has_text=TARGET)).to_contain_text("24 February 2027")

    page.goto(f"{WORKSTREAM}updates/2026-11/edit/")
    # Chromium takes scripts away but goes on hiding what is written for their absence.
    assert "<noscript>Your answers are saved when you press one of the two buttons.</noscript>" in page.content()
    expect(page.get_by_text("Your answers save as you type.")).to_be_hidden()
    page.get_by_label("What has moved on since last month?").fill("• Two workers started\n- The rota is filled")
    press(page, "Save draft and leave")
    sees(page, "Your draft is saved.")
    follow(page, "Write the November 2026 update")
    choose(page, "Green")
    page.get_by_label("Why is it not Amber?").fill("The new date is agreed")
    press(page, "Check your answers")
    expect(answer(page, "Progress").get_by_role("listitem")).to_have_text(["Two workers started", "The rota is filled"])
    press(page, "Confirm and send")
    sees_heading(page, "November 2026 update sent")


def test_two_windows_are_shown_both_texts(plain):
    first, second = plain("lead"), plain("deputy")
    for each, words in ((first, "From the lead"), (second, "From the deputy")):
        each.goto(f"{WORKSTREAM}updates/2026-11/edit/")
        each.get_by_label("What has moved on since last month?").fill(words)
    press(first, "Save draft and leave")

    press(second, "Check your answers")

    sees_heading(second, "There are two versions of the November 2026 update")
    sees(second, "From the lead")
    sees(second, "From the deputy")


def test_a_report_is_made_approved_published_and_downloaded(plain, worker, tmp_path):
    office, approver, commissioner = plain("office"), plain("approver"), plain("commissioner")
    office.goto(f"{MID_MERSEY}reports/new/")
    office.get_by_role("radio", name="Commissioner report").check()
    says_why_the_office_reports_now(office)
    press(office, "Create board report")
    sees_heading(office, "October 2026 board report, version 2")
    looks_until_built(office)

    approver.goto(office.url)
    follow(approver, "Approve")
    press(approver, "Approve the report")
    office.reload()
    follow(office, "Publish")
    press(office, "Publish the report")

    commissioner.goto(f"{MID_MERSEY}")
    with commissioner.expect_download() as taken:
        commissioner.get_by_role("button", name=re.compile("^Download the October 2026 commissioner report")).click()
    pdf = tmp_path / "report.pdf"
    taken.value.save_as(pdf)
    assert "Access and crisis redesign" in reads(pdf)
    assert is_accessible(pdf)
