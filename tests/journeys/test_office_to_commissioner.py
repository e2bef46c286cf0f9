"""The board report, from the programme office that asks for it to the commissioner who reads it."""

import re

import pytest
from playwright.sync_api import Download, Page, expect

from tests.journeys.steps import (
    MID_MERSEY,
    follow,
    is_accessible,
    is_on,
    link,
    press,
    reads,
    says_why_the_office_reports_now,
    sees,
    sees_heading,
    sign_in,
)

REPORTS = f"{MID_MERSEY}reports/"
OCTOBER_2 = "October 2026 board report, version 2"
BUILT_WITHIN = 90_000  # milliseconds, on a busy machine


@pytest.fixture
def office(page: Page, worker) -> Page:
    sign_in(page, "office", to=REPORTS)
    return page


@pytest.fixture
def finished(office: Page) -> str:
    """The address of a report that the office has had built."""
    create_report(office)
    waits_until_built(office)
    return path_of(office)


def path_of(page: Page) -> str:
    return re.sub(r"^http://[^/]+", "", page.url)


def create_report(page: Page) -> None:
    follow(page, "Create board report")
    sees_heading(page, "Create the October 2026 board report")
    page.get_by_role("radio", name="Commissioner report").check()
    says_why_the_office_reports_now(page)
    press(page, "Create board report")
    sees_heading(page, OCTOBER_2)


def waits_until_built(page: Page) -> None:
    """Without a finger lifted: the page asks by itself and ends by showing the report."""
    expect(page.locator(".nhsuk-lede-text")).to_contain_text("Waiting for approval", timeout=BUILT_WITHIN)


def approve(page: Page, report: str) -> None:
    page.goto(report)
    follow(page, "Approve")
    press(page, "Approve the report")
    sees(page, "You have approved the report.")


def publish(page: Page, report: str) -> None:
    page.goto(report)
    follow(page, "Publish")
    sees(page, "A published report is never changed.")
    press(page, "Publish the report")
    sees(page, "The report is published.")


def download(page: Page, name: str | re.Pattern[str]) -> Download:
    with page.expect_download() as taken:
        page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).click()
    return taken.value


def finds_nothing(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 404
    sees_heading(page, "Page not found")


def test_the_office_watches_the_report_being_made_and_may_look_away(office):
    create_report(office)
    expect(office.get_by_role("progressbar")).to_be_visible()
    expect(office.get_by_role("link", name="Refresh to check progress")).to_be_visible()

    office.reload()

    sees_heading(office, OCTOBER_2)
    waits_until_built(office)
    expect(link(office, "Approve")).to_have_count(0)
    sees(office, "You created this report, so somebody else has to approve it.")


def test_a_report_goes_from_the_office_by_the_approver_to_the_commissioner(office, finished, window, tmp_path):
    approver, commissioner = window(), window()
    sign_in(approver, "approver")
    sign_in(commissioner, "commissioner")
    finds_nothing(commissioner, finished)
    finds_nothing(commissioner, f"{finished}download/")

    approve(approver, finished)
    finds_nothing(commissioner, finished)
    expect(link(approver, "Publish")).to_have_count(0)
    publish(office, finished)

    commissioner.goto(REPORTS)
    expect(commissioner.get_by_role("heading", level=2).first).to_have_text("October 2026: commissioner report")
    taken = download(commissioner, re.compile("^Download October 2026, version 2"))
    assert taken.suggested_filename == "mid-mersey-commissioner-2026-10-v2.pdf"
    pdf = tmp_path / taken.suggested_filename
    taken.save_as(pdf)
    words = reads(pdf)
    assert "Access and crisis redesign" in words
    assert "2 workstreams are off track and 3 are at risk." in words
    assert is_accessible(pdf)


def test_the_office_cannot_approve_what_it_built_even_by_its_address(office, finished):
    answer = office.goto(f"{finished}approve/")

    assert answer is not None
    assert answer.status == 403
    sees_heading(office, "You cannot do this")


def test_the_office_sees_who_has_not_reported_before_it_creates_a_report(office):
    follow(office, "Create board report")
    sees(office, "12 days late. Silent since June 2026 (Rhys Montague)")

    office.get_by_role("navigation", name="Month").get_by_role("link", name="September 2026").click()

    sees_heading(office, "Create the September 2026 board report")
    is_on(office, f"{REPORTS}new/?month=2026-09")
