"""Everybody else: what each finds on signing in is true, and the main thing each came for can be done."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.steps import (
    MID_MERSEY,
    WORKSTREAM,
    choose,
    follow,
    hears,
    is_on,
    link,
    press,
    rows,
    sees,
    sees_heading,
    sign_in,
)

MID_MERSEY_NAME = "Mid Mersey CYP mental health transformation"
EVERYWHERE = ["Programme", "Workstreams", "THRIVE map", "Co-production log", "Reports", "Help"]


def comes_in(page: Page, role: str) -> None:
    """Signs in and, with more than one programme, chooses Mid Mersey."""
    sign_in(page, role)
    if not page.url.endswith(MID_MERSEY):
        sees_heading(page, "Your programmes")
        follow(page, MID_MERSEY_NAME)


def menu(page: Page) -> list[str]:
    items = page.get_by_role("navigation", name="Menu").locator("a.nhsuk-header__navigation-link")
    return [text.strip() for text in items.all_inner_texts()]


def takes_the_latest_report(page: Page) -> str:
    with page.expect_download() as taken:
        page.get_by_role(
            "button", name=re.compile("^Download the September 2026 (full pack|commissioner report)")
        ).click()
    return taken.value.suggested_filename


def test_a_facilitator_finds_the_maturity_reviews_and_can_read(page):
    comes_in(page, "facilitator")
    sees_heading(page, MID_MERSEY_NAME)
    assert menu(page) == ["Programme", "Workstreams", "THRIVE map", "Maturity", "Co-production log", "Reports", "Help"]

    follow(page, "Maturity reviews you prepare and close")
    sees_heading(page, "Maturity reviews")

    follow(page.get_by_role("navigation", name="Menu"), "Workstreams")

    sees_heading(page, "Workstreams")
    follow(page, "Eating disorders (CEDS)")
    sees(page, "Latest update")


def test_a_reader_and_a_commissioner_get_the_published_report(window):
    reader, commissioner = window(), window()
    comes_in(reader, "reader")
    comes_in(commissioner, "commissioner")

    assert menu(reader) == EVERYWHERE
    assert menu(commissioner) == ["Programme", "Reports", "Help"]

    assert takes_the_latest_report(reader) == "mid-mersey-board-report-2026-09-v1.pdf"
    assert takes_the_latest_report(commissioner) == "mid-mersey-commissioner-2026-09-v1.pdf"


def test_an_assurer_reads_everything_that_was_sent_and_may_say_what_they_think_of_it(page):
    comes_in(page, "assurer")
    assert menu(page) == ["Dashboard", "Programme", "Workstreams", "Updates", "THRIVE map", "Reports", "Help"]
    follow(page, "Neurodevelopmental pathway")
    follow(page.get_by_role("navigation", name="Workstream pages"), "Updates")
    follow(page, "October 2026")

    sees_heading(page, "October 2026 update")
    sees(page, "What happened to this update")
    expect(link(page, "Give a second opinion")).to_be_visible()


def test_a_sponsor_reads_and_does_not_write(page):
    comes_in(page, "sponsor")
    expect(page.get_by_role("region", name="Your updates")).to_have_count(0)

    page.goto(WORKSTREAM)

    sees(page, "Who to ask")
    expect(page.get_by_role("button", name=re.compile("^Write the"))).to_have_count(0)
    answer = page.goto(f"{WORKSTREAM}updates/2026-11/edit/")
    assert answer is not None
    assert answer.status == 403


def test_a_deputy_writes_in_the_leads_place(page):
    comes_in(page, "deputy")
    follow(page, "Write the November 2026 update of Access and crisis redesign")
    page.get_by_label("What has moved on since last month?").fill("The rota is filled to January")
    choose(page, "Amber")
    page.get_by_label("Why did you choose this rating?").fill("The rota holds only until January.")
    press(page, "Check your answers")

    press(page, "Confirm and send")

    sees_heading(page, "November 2026 update sent")
    follow(page, "Read the update as it was sent")
    sees(page, "by Owen Tattersley")


def test_an_administrator_changes_the_programmes_page_and_publishes_nothing(page):
    comes_in(page, "admin")
    follow(page.get_by_role("navigation", name="Menu"), "Programme")
    follow(page, "Change this page")
    page.get_by_label("Mandate").fill("Quick, fair and kind help for every child and young person.")

    press(page, "Save")

    is_on(page, f"{MID_MERSEY}programme/")
    sees(page, "Quick, fair and kind help for every child and young person.")
    page.goto(f"{MID_MERSEY}reports/")
    expect(link(page, "Create board report")).to_have_count(0)


def test_an_approver_finds_the_draft_that_waits(page):
    comes_in(page, "approver")
    follow(page, "Reports")
    page.get_by_role("link", name=re.compile("^October 2026, version 1.*full pack")).click()

    follow(page, "Approve")

    sees_heading(page, "Do you approve the October 2026 board report?")


def test_the_office_sees_whose_update_is_missing_and_moves_between_months(page):
    comes_in(page, "office")
    follow(page, "Updates")
    expect(page.locator(".nhsuk-lede-text")).to_contain_text("8 of 11 updates are in.")
    expect(rows(page).first).to_contain_text("Complex needs hub")

    page.get_by_role("navigation", name="Month").get_by_role("link", name="September 2026").click()

    sees_heading(page, "Updates for September 2026")
    is_on(page, f"{MID_MERSEY}updates/?month=2026-09")
    hears(page, "September 2026: 10 of 11 updates are in. 1 is late and 1 of them silent.")


def test_anybody_can_read_the_help_before_signing_in(page):
    page.goto("/help/")
    sees_heading(page, "Help")

    follow(page, "Who can do what")

    sees(page, "Programme office")
