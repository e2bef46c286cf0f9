"""Two who answer the same ask, and the pages of asks, registers and ratings. The rest is in test_played_month.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.steps import (
    MID_MERSEY,
    WORKSTREAM,
    follow,
    link,
    press,
    sees,
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
