"""What a workstream asks for is answered, and a rating that somebody doubts is asked about and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import (
    MID_MERSEY,
    WORKSTREAM,
    choose,
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
from tests.journeys.test_accessibility import Inspector

if TYPE_CHECKING:
    from playwright.sync_api import Page

ASK = "Agree that the home treatment team may go live four weeks later, once the night rota is filled"
SEPTEMBER = f"{WORKSTREAM}updates/2026-09/"


@pytest.fixture
def inspector(page: Page) -> Inspector:
    return Inspector(page)


def test_slt_answers_an_ask_from_the_dashboard_and_the_lead_finds_the_answer(window):
    """Given an ask past its day, when SLT says yes on its page, then the lead reads it at home and it is a decision."""
    slt, lead = window(), window()
    sign_in(slt, "slt", to=MID_MERSEY)
    asks = slt.get_by_role("region", name="Help and decisions wanted")
    waiting = asks.locator("ul > li").count()
    follow(asks, ASK)
    sees(slt, "The workstream says that it cannot go on without this.")
    follow(slt, "Answer this ask")

    press(slt, "Send your answer")
    sees_errors(slt, "Select your answer", "Enter a sentence")
    slt.get_by_role("radio", name="Yes").check()
    slt.get_by_label("Say it in a sentence").fill("Go live on 14 December, with the board told this week.")
    press(slt, "Send your answer")

    sees(slt, "Answered: yes")
    sees(slt, "It is recorded as a decision")
    slt.goto(MID_MERSEY)
    expect(slt.get_by_role("region", name="Help and decisions wanted").locator("ul > li")).to_have_count(waiting - 1)
    sign_in(lead, "lead", to=MID_MERSEY)
    expect(lead.get_by_role("region", name="Come back to you")).to_contain_text(
        "Go live on 14 December, with the board told this week."
    )
    lead.goto(f"{WORKSTREAM}registers/")
    expect(rows(lead.get_by_role("region", name="Decisions")).first).to_contain_text(ASK)


def test_who_answers_second_sees_the_first_answer_and_keeps_their_words(window):
    """Given two who have the same ask open, when both answer, then the second is shown the first and loses nothing."""
    first, second = window(), window()
    for page, role in ((first, "slt"), (second, "sponsor")):
        sign_in(page, role, to=f"{MID_MERSEY}asks/")
        follow(page, ASK)
        follow(page, "Answer this ask")
        page.get_by_role("radio", name="No", exact=True).check()
        page.get_by_label("Say it in a sentence").fill(f"Said by the {role}")

    press(first, "Send your answer")
    press(second, "Send your answer")

    sees_heading(second, "Somebody was faster")
    sees(second, "Said by the slt")
    sees(second, "Said by the sponsor")


def test_an_assurer_gives_a_second_opinion_and_the_lead_answers_the_question(window):
    """Given a sent update, when assurance rates it lower, then the lead is asked why and SLT reads the answer."""
    assurer, lead, slt = window(), window(), window()
    sign_in(assurer, "assurer", to=SEPTEMBER)
    follow(assurer, "Give a second opinion")
    choose(assurer, "Red")
    assurer.get_by_label("Why?").fill("The rota of the last week of September has 5 empty nights.")
    press(assurer, "Keep this rating")
    is_on(assurer, SEPTEMBER)
    sees(assurer, "The rota of the last week of September has 5 empty nights.")

    sign_in(lead, "lead", to=MID_MERSEY)
    asked = lead.get_by_role("link", name="The assurance reviewer says Red: The rota of the last week")
    asked.click()
    press(lead, "Save answer")
    sees_errors(lead, "Enter your answer")
    lead.get_by_label("Your answer").fill("All 5 nights were covered by agency staff on the day.")
    press(lead, "Save answer")

    is_on(lead, f"{WORKSTREAM}ratings/")
    sign_in(slt, "slt", to=WORKSTREAM)
    sees(slt, "The ratings differ")
    sees(slt, "All 5 nights were covered by agency staff on the day.")
    sees(slt, "Why is it Amber?")


def test_pages_of_asks_registers_and_ratings_are_for_everybody(inspector, window):
    page = inspector.page
    sign_in(page, "lead", to=f"{WORKSTREAM}registers/")
    inspector.look("registers")
    inspector.visit(*[f"{WORKSTREAM}registers/{name}/add/" for name in ("asks", "risks", "issues", "decisions")])
    page.goto(f"{WORKSTREAM}registers/actions/add/")
    press(page, "Add action")
    inspector.look("adding an action, with errors")
    page.goto(f"{WORKSTREAM}registers/")
    page.get_by_role("link", name="Done or dropped").first.click()
    press(page, "Close the action")
    inspector.look("closing an action, with errors")
    inspector.visit(f"{WORKSTREAM}ratings/", f"{MID_MERSEY}asks/", SEPTEMBER)
    page.goto(f"{WORKSTREAM}ratings/")
    page.get_by_role("link", name="Answer this question").first.click()
    inspector.look("answering a question")

    others = {role: Inspector(window()) for role in ("slt", "office", "assurer")}
    for role, each in others.items():
        sign_in(each.page, role, to=f"{MID_MERSEY}workstreams/workforce/ratings/")
        each.look(f"ratings as {role}")
    slt = others["slt"]
    slt.page.goto(f"{MID_MERSEY}asks/")
    follow(slt.page, ASK)
    slt.look("an ask")
    follow(slt.page, "Answer this ask")
    press(slt.page, "Send your answer")
    slt.look("answering, with errors")
    others["assurer"].visit(f"{SEPTEMBER}assure/")
    office = others["office"]
    follow(office.page, "Change the rules of this programme")
    office.page.get_by_label("Any milestone is past its latest day by more than").fill("400")
    press(office.page, "Save rules")
    office.look("rules, with errors")

    assert [found for each in (inspector, *others.values()) for found in each.found] == []
    assert link(office.page, "Cancel").count() == 1
