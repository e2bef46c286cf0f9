"""Plans that hang together: a lead moves what others wait for, an approver agrees to a new baseline, and the office
changes many milestones at once, on a page and as a spreadsheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import (
    MID_MERSEY,
    WORKSTREAM,
    follow,
    is_on,
    link,
    press,
    rows,
    sees,
    sees_errors,
    sees_heading,
    sign_in,
)

if TYPE_CHECKING:
    from pathlib import Path

SPEC = "Single CYPMHS specification agreed with commissioners"
TEAMS = "Two new school teams working in Halton and Warrington"
RECORD = "Single transition record working in the clinical system"
ROADMAP = f"{MID_MERSEY}roadmap/"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_lead_sees_what_depends_on_a_milestone_before_its_date_moves(window, javascript):
    """Given a milestone for which school teams of another workstream wait,
    when its lead types a date that is too late for them,
    then they are named with their date, nothing is saved yet, and only a second step saves it."""
    page = window(javascript=javascript)
    sign_in(page, "lead", to=f"{WORKSTREAM}plan/")
    page.get_by_role("link", name=re.compile(f"Change date.*{SPEC}")).click()
    page.get_by_label("New date").fill("June 2027")
    page.get_by_label("Why does the date change?").fill("A council asked for another round")
    press(page, "Continue")
    sees(page, "Nothing is saved yet.")
    sees(page, TEAMS)
    sees(page, "Begins before this is done")
    if javascript:
        press(page, "Change something")
        expect(page.get_by_label("New date")).to_have_value("June 2027")
        page.get_by_label("New date").fill("July 2027")
        press(page, "Continue")
    press(page, "Save new date")
    if javascript:
        expect(page.locator("tr.app-row-editing")).to_have_count(0)
    else:
        sees(page, f"“{SPEC}” has been saved.")
    page.goto(f"{WORKSTREAM}plan/")
    sees(rows(page).filter(has_text=SPEC), "July 2027" if javascript else "June 2027")


def test_an_approver_agrees_to_a_new_baseline_that_somebody_else_asked_for(page: Page):
    """Given a new baseline that waits, when an approver reads why and agrees,
    then it counts from now on and the first plan is still told."""
    sign_in(page, "approver", to=f"{MID_MERSEY}workstreams/")
    follow(page, "Roadmap of all milestones")
    follow(page, "1 new baseline waits for your decision")
    page.get_by_role("link", name=re.compile(f"Decide.*{RECORD}")).click()
    sees_heading(page, "Decide on a new baseline")
    press(page, "Save decision")
    sees_errors(page, "Select whether you agree")
    page.get_by_label("Yes, it counts from now on").check()
    press(page, "Save decision")
    sees(page, "You have agreed to the new baseline.")
    follow(page, RECORD)
    sees(page, "New baseline agreed: first planned for")


def test_the_office_changes_many_at_once_and_brings_a_spreadsheet_in(page: Page, tmp_path: Path):
    """Given a month in which much moved, when the office changes rows on one page and then brings in a spreadsheet
    with mistakes, then each mistake is told by its cell, nothing is saved, and the corrected file is."""
    sign_in(page, "office", to=ROADMAP)
    follow(page, "Change many milestones")
    sees_heading(page, "Change many milestones")
    page.get_by_label(f"Date of {SPEC}").fill("soon")
    press(page, "Continue")
    sees_errors(page, "Enter a date such as 24 December 2026, March 2027 or Spring 2027")
    page.get_by_label(f"Date of {SPEC}").fill("March 2027")
    page.get_by_label("Why do the dates change?").fill("Agreed at the board")
    press(page, "Continue")
    sees_heading(page, "Check what will change")
    sees(page, "because “Agreed at the board”")
    press(page, "Save 1 change")
    sees(page, "1 milestone has been changed.")
    with page.expect_download(timeout=60_000) as started:  # the first one loads the spreadsheet library
        link(page, "Download as a spreadsheet").click(timeout=60_000)
    file = tmp_path / "plan.xlsx"
    started.value.save_as(file)
    wrong = changed(file, {"Due": "one day", "Owner": "Nobody Known"}, SPEC)
    bring_in(page, wrong)
    sees_heading(page, "2 cells or rows have to be put right")
    sees(page, "column E (Owner)")
    sees(page, "“one day” is not a date")
    right = changed(file, {"Due": "April 2027", "Why the date changes": "Agreed again", "Owner": "Nadia Farrant"}, SPEC)
    bring_in(page, right)
    sees_heading(page, "Check what will change")
    sees(page, "Date: from March 2027 to April 2027, because “Agreed again”")
    press(page, "Save 1 change")
    is_on(page, ROADMAP)
    sees(rows(page).filter(has_text=SPEC), "April 2027")


def changed(file: Path, cells: dict[str, str], title: str) -> Path:
    """A copy of a downloaded file with other cells in the row of one milestone."""
    book = openpyxl.load_workbook(file)
    sheet = book["Milestones"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    (number,) = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, columns["Milestone"]).value == title]
    for heading, value in cells.items():
        sheet.cell(number, columns[heading]).value = value
    made = file.with_name(f"{len(cells)}-{file.name}")
    book.save(made)
    return made


def bring_in(page: Page, file: Path) -> None:
    page.goto(f"{ROADMAP}sheet/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Continue").click(timeout=60_000)
