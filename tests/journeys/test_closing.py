"""A workstream closes well: its lead prepares, the senior leadership team agrees, the office looks back and reopens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.steps import MID_MERSEY, follow, press, rows, sees, sees_errors, sign_in
from tests.journeys.test_accessibility import Inspector

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import OpenWindow

TRANSITIONS = f"{MID_MERSEY}workstreams/pathway-0-25/"
CLOSING = f"{TRANSITIONS}closing/"
OBJECTIVES = ("Begin transition planning", "Open a young adult clinic in two places", "Agree one transition record")


@pytest.fixture
def inspector(page: Page) -> Inspector:
    return Inspector(page)


def choose_in(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def fill_the_pack(page: Page) -> None:
    page.get_by_label("Why does it close?").fill("Transitions are everyday work now.")
    closing_day = page.get_by_role("group", name="On which day does it close?")
    for part, typed in (("Day", "18"), ("Month", "11"), ("Year", "2026")):
        closing_day.get_by_label(part).fill(typed)
    page.get_by_label("Who owns it from then on?").fill("The transitions team manager")
    for number, objective in enumerate(OBJECTIVES, start=1):
        choose_in(page, objective, "Met" if number == 1 else "Partly met")
        page.get_by_label(f"What shows it (objective {number})?").fill("The audit of October 2026")
    record = "Single transition record working in the clinical system"
    choose_in(page, f"What becomes of it: {record}", "Another workstream takes it over")
    page.get_by_label(f"Which workstream takes “{record}” over?").select_option("Data and outcomes")
    clinics = "Young adult clinics open in Warrington and Knowsley"
    choose_in(page, f"What becomes of it: {clinics}", "It is dropped")
    page.get_by_label(f"Why is “{clinics}” dropped?").fill("Both clinics opened with another name.")
    for title in ("Six-month review of both clinics", "Young adult clinic in all four places"):
        choose_in(page, f"What becomes of it: {title}", "It stays here, after the closing day")
    page.get_by_label("What can others learn from it?").fill("Ring the adult team first.")
    page.get_by_label("Who will tell those who still wait for an answer, and when?").fill("The participation lead")


def test_a_workstream_closes_and_is_looked_at_again(inspector, window: OpenWindow):
    """Given a lead whose work is done,
    when they keep a closing pack as a draft, send it and the senior leadership team agrees with a sentence,
    then the workstream says when and why it closed, who owns it and which check is next; its unfinished milestones
    went where the pack said; the office answers the check, and opens the workstream again with everything on record.
    """
    page = inspector.page
    sign_in(page, "deputy", to=TRANSITIONS)
    follow(page, "Closing")
    follow(page, "Prepare the closing")
    page.get_by_label("Why does it close?").fill("Nearly done")
    press(page, "Save as a draft")
    sees(page, "Nobody else has been told.")
    fill_the_pack(page)
    page.get_by_label("Who owns it from then on?").fill("")
    press(page, "Send to the senior leadership team")
    sees_errors(page, "Enter who owns it from then on")
    inspector.look("a closing pack that lacks something")
    page.get_by_label("Who owns it from then on?").fill("The transitions team manager")
    press(page, "Send to the senior leadership team")
    sees(page, "A closing pack waits for the senior leadership team")

    slt = Inspector(window())
    sign_in(slt.page, "slt", to=CLOSING)
    follow(slt.page, "Decide whether it closes")
    slt.look("a closing to decide on")
    slt.page.get_by_label("Yes, I agree that it closes").check()
    slt.page.get_by_label("Why, in a sentence?").fill("The team is ready.")
    press(slt.page, "Save decision")
    sees(slt.page, "the 3-month check is due on 18 February 2027")
    slt.visit(TRANSITIONS, f"{TRANSITIONS}plan/", f"{MID_MERSEY}inconsistencies/", f"{TRANSITIONS}objectives/")
    slt.visit(f"{TRANSITIONS}history/day/?on_day=1&on_month=10&on_year=2026")
    sees(slt.page, "On 1 October 2026 it was current")

    office = Inspector(window())
    sign_in(office.page, "office", to=f"{MID_MERSEY}workstreams/data-and-outcomes/plan/")
    sees(office.page, "Single transition record working in the clinical system")
    office.page.goto(CLOSING)
    follow(office.page, "Answer the 3-month check")
    office.look("a check after closing")
    office.page.get_by_label("Partly held").check()
    office.page.get_by_label("What did you find?").fill("Two places of four go on as agreed.")
    office.page.get_by_label("What shows it?").fill("The audit of January 2027")
    press(office.page, "Save answer")
    assert "Partly held" in rows(office.page).first.inner_text()
    office.look("a closing with an answered check")
    follow(office.page, "Open this workstream again")
    office.look("opening a closed workstream again")
    office.page.get_by_label("Why is it opened again?").fill("Two places are not there yet.")
    press(office.page, "Open again")
    sees(office.page, "0 to 25 pathway and transitions is open again.")
    office.page.goto(CLOSING)
    sees(office.page, "It was closed and is open again")

    assert inspector.found + slt.found + office.found == []
    assert inspector.seen + slt.seen + office.seen == 10
