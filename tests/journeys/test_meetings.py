"""A meeting is written down by the office, and what was agreed there is found and done by its owner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.steps import (
    MID_MERSEY,
    WORKSTREAM,
    follow,
    press,
    rows,
    sees,
    sees_errors,
    sees_heading,
    sign_in,
)
from tests.journeys.test_accessibility import Inspector

if TYPE_CHECKING:
    from playwright.sync_api import Page

NIGHTS = "Night rota task and finish group"
TO_DO = "Ask the agency for its price for January"
DECIDED = "Nights in January are filled from the agency"


def write_down(office: Page) -> None:
    office.get_by_role("group", name="Who came?").get_by_label("Nadia Farrant").check()
    office.get_by_label("Notes (optional)").fill("December is full. January has 4 empty nights.")
    office.get_by_label("Decision 1: what was decided?").fill(DECIDED)
    office.get_by_label("Action 1: what is to be done?").fill(TO_DO)
    office.get_by_label("Action 1: by whom?").select_option("Nadia Farrant")
    due = office.get_by_role("group", name="Action 1: by when?")
    for part, text in (("Day", "20"), ("Month", "12"), ("Year", "2026")):
        due.get_by_label(part).fill(text)
    press(office, "Save the minutes")


def test_the_office_holds_a_meeting_and_the_owner_of_an_action_finds_it_and_does_it(window):
    """Given a group, when the office minutes an action and a decision, then its owner finds the action and ends it."""
    office, lead = window(), window()
    looking, reading = Inspector(office), Inspector(lead)
    sign_in(office, "office", to=f"{MID_MERSEY}programme/")
    follow(office, "Registers: risks, decisions and groups")
    looking.look("registers of the programme")
    office.get_by_role("link", name="Groups and meetings").click()
    looking.look("groups")
    follow(office, NIGHTS)
    looking.look("a group")
    follow(office, "Write down a meeting")
    office.get_by_label("Action 1: by whom?").select_option("Nadia Farrant")
    press(office, "Save the minutes")
    sees_errors(office, "Enter what is to be done")
    looking.look("minutes, with errors")
    write_down(office)
    sees(office, "1 decision was taken and 1 action was agreed.")
    looking.look("a meeting")
    follow(office, DECIDED)
    sees(office, f"by {NIGHTS}.")
    looking.look("a decision")

    sign_in(lead, "lead", to=MID_MERSEY)
    follow(lead, "Your actions")
    sees_heading(lead, "Actions")
    mine = rows(lead).filter(has_text=TO_DO)
    expect(mine).to_contain_text(f"Minuted at {NIGHTS}")
    expect(mine).to_contain_text("20 December 2026")
    reading.look("actions")
    lead.get_by_label("Where from").select_option("Actions")
    expect(lead).to_have_url(re.compile("kind=action"))
    follow(mine, TO_DO)
    reading.look("an action")
    follow(lead, "Done or dropped")
    lead.get_by_label("What was done, or why is it dropped?").fill("They ask for 9,400 pounds.")
    press(lead, "Save")
    sees(lead, "The action is done.")
    lead.goto(f"{MID_MERSEY}actions/")
    expect(rows(lead).filter(has_text=TO_DO)).to_have_count(0)
    assert [*looking.found, *reading.found] == []


def test_a_risk_is_scored_again_and_an_ask_passed_on_by_its_lead(window):
    """Given a scored risk and an ask, when its lead scores and passes them on, then every step stays to be read."""
    page = window()
    inspector = Inspector(page)
    sign_in(page, "lead", to=f"{WORKSTREAM}registers/")
    inspector.look("registers")
    page.get_by_role("link", name=re.compile("^Score again.*Two experienced nurses")).click()
    page.get_by_label("How likely is it?").select_option("5: almost certain")
    press(page, "Keep this score")
    sees_errors(page, "Enter why it is scored like this")
    inspector.look("scoring, with errors")
    page.get_by_label("Why is it scored like this now?").fill("Both have handed in their notice.")
    press(page, "Keep this score")
    sees(page, "20 Extreme")
    expect(rows(page).last).to_contain_text("up from 16")
    inspector.look("a risk")

    page.goto(f"{MID_MERSEY}asks/")
    page.get_by_role("link", name="Agree that the home treatment team").click()
    sees(page, "Passed up to CYP transformation steering group")
    follow(page, "Pass it back down")
    page.get_by_label("Why does it go back?").fill("The board has left the day to the group.")
    press(page, "Pass it back down")
    sees(page, "Passed back down to Night rota task and finish group")
    inspector.look("an ask that was passed on")
    assert inspector.found == []
