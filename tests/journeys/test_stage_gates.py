"""A stage gate from its first line until the last of its conditions is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import MID_MERSEY, follow, press, rows, sees, sees_errors, sees_heading, sign_in
from tests.journeys.test_accessibility import Inspector

if TYPE_CHECKING:
    from tests.journeys.conftest import OpenWindow

GATES = f"{MID_MERSEY}gates/"
NAME = "Text line ready for all schools"


@pytest.fixture
def inspector(page: Page) -> Inspector:
    return Inspector(page)


def test_a_gate_is_set_decided_with_a_condition_and_the_condition_is_closed_by_its_owner(
    page: Page, window: OpenWindow
) -> None:
    """Given the office that adds a gate with a criterion and a panel, when the panel has no young people the page says
    so until they have a seat; when the senior leadership team passes it without a condition's owner they are told, and
    when they name the lead, the lead closes the condition with what shows that it is met.
    """
    sign_in(page, "office", to=GATES)
    follow(page, "Add a stage gate")
    page.get_by_label("What is the gate called?").fill(NAME)
    page.get_by_label("When is it held?").fill("early December 2026")
    press(page, "Add gate")
    rows(page).get_by_role("link", name=NAME).click()
    sees(page, "Early December 2026")
    follow(page, "Add a criterion")
    page.get_by_label("What has to be true?").fill("Nine in ten have an answer the same day")
    press(page, "Add criterion")
    for sector in ("Council", "Young people", "Parents and carers"):
        follow(page, "Add a seat")
        page.get_by_label(sector, exact=True).check()
        press(page, "Add seat")
        if sector == "Council":
            sees(page, "No young people and no parents or carers are on this panel.")
    expect(page.get_by_text("are on this panel")).to_have_count(0)
    address = page.url

    slt = window(javascript=False)
    sign_in(slt, "slt", to=address)
    follow(slt, "Record the outcome")
    slt.get_by_label("Passed with conditions").check()
    slt.get_by_label("Who decided it?").fill("Programme board")
    slt.get_by_label("What is the condition?").first.fill("Agree who answers at weekends")
    press(slt, "Record outcome")
    expect(slt.locator(".nhsuk-error-summary").get_by_role("link")).to_have_text([
        "Select who answers for the first condition", "Enter the day by which the first condition is met",
    ])  # fmt: skip
    slt.get_by_label("Who answers for it?").first.select_option("Nadia Farrant")
    due = slt.get_by_role("group", name="By when?").first
    for part, text in zip(("Day", "Month", "Year"), ("1", "12", "2026"), strict=True):
        due.get_by_label(part).fill(text)
    press(slt, "Record outcome")
    sees(slt, "Passed with conditions, 1 open")

    lead = window()
    sign_in(lead, "lead", to=address)
    lead.get_by_role("link", name="Close the condition Agree who answers at weekends").click()
    press(lead, "Close condition")
    sees_errors(lead, "Say what shows that it is met")
    lead.get_by_label("What shows that it is met?").fill("The rota of the crisis line covers weekends")
    press(lead, "Close condition")
    sees(lead, "Passed with conditions, all closed")
    follow(lead, "History of this gate")
    sees(lead, "Nadia Farrant closed a condition of a stage gate")


def test_the_pages_of_stage_gates(inspector: Inspector) -> None:
    page = inspector.page
    sign_in(page, "office")
    inspector.visit(GATES, "/p/camhs-redesign/gates/", f"{GATES}new/", "/p/community/gates/")
    page.goto(GATES)
    rows(page).get_by_role("link", name="First teams ready to open").click()
    sees_heading(page, "Gate 2: First teams ready to open")
    gate = page.url.partition("/p/")[2]
    close = rows(page).get_by_role("link", name="Close the condition").first.get_attribute("href") or ""
    visited = ("", "change/", "date/", "panel/", "criteria/", "evidence/", "outcome/", "conditions/", "history/")
    inspector.visit(*(f"/p/{gate}{end}" for end in visited), close, close.removesuffix("close/"))
    page.goto(f"/p/{gate}outcome/")
    press(page, "Record outcome")
    inspector.look("an outcome with errors")
    page.goto(f"/p/{gate}")
    page.get_by_role("link", name="Take out the seat").first.click()
    inspector.look("a seat to be taken out")

    assert inspector.found == []
    assert inspector.seen == 17
