"""Two months of reports: published, compared, sent by a link, checked, superseded and withdrawn.

Given October's draft waits for approval and September's report is published;
when the approver approves it and the office publishes it, telling commissioners;
then the commissioner, who sees nothing of the full pack, finds it first, learns what changed since September and takes
a copy, and the office sees who did;
and whoever was sent a link reads it without an account, learns that the file is genuine, and that a changed one is not.
When a second version is made and published, the first says that it is superseded;
when that is withdrawn, its reason stands where the report stood, and the link to the first still opens what it was for.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from programme.models import Mail
from tests.journeys.steps import (
    MID_MERSEY,
    follow,
    is_on,
    press,
    says_why_the_office_reports_now,
    sees,
    sees_heading,
    sign_in,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

REPORTS = f"{MID_MERSEY}reports/"
OCTOBER = "October 2026 board report, version {}"
BUILT_WITHIN = 90_000  # milliseconds, on a busy machine


def path_of(page: Page) -> str:
    return re.sub(r"^http://[^/]+", "", page.url)


def approve_and_publish(approver: Page, office: Page, report: str) -> None:
    approver.goto(report)
    follow(approver, "Approve")
    press(approver, "Approve the report")
    sees(approver, "You have approved the report.")
    office.goto(report)
    follow(office, "Publish")
    expect(office.get_by_role("checkbox", name="Commissioner")).to_be_checked()
    press(office, "Publish the report")
    sees(office, "The report is published.")


def takes_a_copy(page: Page) -> bytes:
    with page.expect_download() as taken:
        page.get_by_role("button", name=re.compile("^Download PDF")).click()
    return Path(taken.value.path()).read_bytes()


def takes_it_in_word(page: Page) -> str:
    with page.expect_download() as taken:
        follow(page, "Word document")
    return taken.value.suggested_filename


def makes_a_link(office: Page, for_whom: str) -> str:
    follow(office, "Links for people without an account")
    office.get_by_label("Who is the link for?").fill(for_whom)
    press(office, "Make the link")
    return office.locator("main p.app-code").first.inner_text()


def withdraws(office: Page, report: str, why: str) -> None:
    office.goto(report)
    follow(office, "Withdraw this report")
    office.get_by_label("Why is it withdrawn?").fill(why)
    press(office, "Withdraw the report")


def checks(page: Page, pdf: Path) -> None:
    page.goto("/verify/")
    page.locator("input[type=file]").set_input_files(pdf)
    press(page, "Check the file")


def test_two_months_of_reports(page, window, worker, tmp_path):
    office, approver, commissioner, outsider = page, window(), window(), window()
    for who, role in ((office, "office"), (approver, "approver"), (commissioner, "commissioner")):
        sign_in(who, role, to=REPORTS)

    office.get_by_role("link", name=re.compile("^October 2026, version 1.*commissioner")).click()
    sees_heading(office, OCTOBER.format(1))
    first = path_of(office)
    approve_and_publish(approver, office, first)

    # The commissioner: the latest first, what changed since September, a copy.
    assert Mail.objects.filter(to__email="commissioner@demo.example", key__startswith="report_published").count() == 1
    commissioner.goto(REPORTS)
    expect(commissioner.get_by_text("full pack")).to_have_count(0)
    sees(commissioner, "The latest published report is the commissioner report for October 2026.")
    press(commissioner, "Compare")
    sees_heading(commissioner, "Compare two reports")
    sees(commissioner, "From September 2026, version 1, to October 2026, version 1: commissioner report.")
    expect(commissioner.locator("#comparison li").first).to_contain_text(re.compile(r" went from | milestones? "))
    commissioner.goto(first)
    pdf = tmp_path / "october.pdf"
    pdf.write_bytes(takes_a_copy(commissioner))
    office.goto(first)
    sees(office, "Who has taken a copy")

    # Somebody without an account: a link, the file, and whether it is genuine.
    address = makes_a_link(office, "Harbourside council")
    outsider.goto(address)
    sees(outsider, "This report was shared with Harbourside council.")
    assert takes_a_copy(outsider) == pdf.read_bytes()
    assert takes_it_in_word(outsider) == "mid-mersey-commissioner-2026-10-v1.docx"
    checks(outsider, pdf)
    sees(outsider, "This file is genuine.")
    sees(outsider, "October 2026, commissioner report, version 1")
    pdf.write_bytes(pdf.read_bytes() + b"\n% signed by somebody else")
    checks(outsider, pdf)
    sees(outsider, "This file has been changed.")

    # A second version, made by the worker, supersedes the first; then it is withdrawn.
    office.goto(f"{REPORTS}new/?month=2026-10")
    office.get_by_role("radio", name="Commissioner report").check()
    says_why_the_office_reports_now(office)
    press(office, "Create board report")
    sees_heading(office, OCTOBER.format(2))
    second = path_of(office)
    expect(office.locator(".nhsuk-lede-text")).to_contain_text("Waiting for approval", timeout=BUILT_WITHIN)
    sees(office, "The board meets next week.")
    approve_and_publish(approver, office, second)
    commissioner.goto(first)
    sees(commissioner, "Superseded by version 2")
    follow(commissioner, "Version 2 of this report")
    is_on(commissioner, second)

    withdraws(office, second, "One team was counted twice.")
    commissioner.reload()
    sees(commissioner, "One team was counted twice.")
    expect(commissioner.get_by_role("button", name=re.compile("^Download PDF"))).to_have_count(0)
    outsider.goto(address)
    sees(outsider, "A later version has been published since.")
