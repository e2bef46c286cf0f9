"""A lead's ordinary month: promises answered, nothing changed, a slip put right."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import (
    WORKSTREAM,
    answer,
    choose,
    follow,
    give_name_and_password,
    is_on,
    press,
    sees,
    sees_errors,
    sees_heading,
    sign_in,
)

OCTOBER, NOVEMBER = f"{WORKSTREAM}updates/2026-10/", f"{WORKSTREAM}updates/2026-11/"
QUESTION = "Take the Knowsley funding question to the programme board with two costed options."
ADVISERS = "Invite the young advisers to read the final specification in plain English."
COUNCILS = "Meet both councils together and settle the three points still open."


@pytest.fixture
def lead(page: Page) -> Page:
    sign_in(page, "lead")
    return page


def promise(page: Page, text: str) -> Locator:
    return page.get_by_role("group", name=text)


def says(page: Page, text: str, outcome: str) -> None:
    promise(page, text).get_by_role("radio", name=re.compile(f"^{outcome}")).check()


def progress(page: Page) -> Locator:
    return page.get_by_label("What has moved on since last month?")


def an_ordinary_month(page: Page) -> None:
    """Three promises answered, one point, one ask, a rating."""
    says(page, QUESTION, "Done")
    says(page, ADVISERS, "Dropped")
    promise(page, ADVISERS).get_by_label("Why was it dropped?").fill("they have read it already")
    says(page, COUNCILS, "Moved")
    promise(page, COUNCILS).get_by_label("When will it be done?").fill("early March 2027")
    progress(page).fill("The specification is signed")
    page.get_by_label("What help or decision do you need?").fill("May we start in Halton first?")
    page.get_by_label("By which day do you need the answer?").fill("11 December 2026")
    choose(page, "Amber")
    page.get_by_label("Why did you choose this rating?").fill("Funding for evenings is still open.")


def test_an_ordinary_month_with_promises(lead):
    """Given last time's next steps, when the lead answers them, then readers see what became of each."""
    lead.goto(f"{NOVEMBER}edit/")
    expect(promise(lead, COUNCILS)).to_contain_text("moved once")
    an_ordinary_month(lead)
    press(lead, "Check your answers")
    sees_heading(lead, "Check your answers before you send the November 2026 update")
    told = answer(lead, "What became of your next steps")
    for words in (f"{QUESTION} Done", f"{COUNCILS} Moved to early March 2027", f"{ADVISERS} Dropped because they"):
        expect(told).to_contain_text(words)
    expect(answer(lead, "Help wanted")).to_contain_text("May we start in Halton first? Wanted by 11 December 2026.")
    press(lead, "Confirm and send")
    sees_heading(lead, "November 2026 update sent")

    follow(lead, "Read the update as it was sent")

    sees(lead, f"{COUNCILS} (moved to early March 2027)")


def test_what_an_answer_lacks_is_said_where_it_is_missing(lead):
    lead.goto(f"{NOVEMBER}edit/")
    says(lead, COUNCILS, "Moved")
    promise(lead, COUNCILS).get_by_label("When will it be done?").fill("when the moon is full")
    progress(lead).fill("The specification is signed")
    choose(lead, "Red")
    lead.get_by_label("Why did you choose this rating?").fill("Stuck")

    press(lead, "Check your answers")

    sees_errors(
        lead,
        "Enter a date such as 24 December 2026, March 2027 or Spring 2027",
        "Say what will bring it back to Green",
        "Enter who will do it",
        "Enter by which day",
    )
    expect(promise(lead, COUNCILS).get_by_label("When will it be done?")).to_have_value("when the moon is full")


def test_no_change_is_one_tap(lead):
    """Given a month that is late, when nothing has changed, then one tap says so and the report says who checked."""
    lead.goto(f"{OCTOBER}edit/")
    press(lead, "No change, I have checked")
    is_on(lead, f"{OCTOBER}sent/")
    sees_heading(lead, "October 2026: no change")

    follow(lead, "Read the update as it was sent")

    sees(lead, "No change, checked by Nadia Farrant")
    sees(lead, "The words of September 2026 stand.")


def test_words_typed_a_moment_before_no_change_are_kept(lead):
    lead.goto(f"{OCTOBER}edit/")
    progress(lead).fill("Typed a moment ago")
    press(lead, "No change, I have checked")

    is_on(lead, f"{OCTOBER}edit/")
    sees(lead, "There is a draft with words in it.")
    expect(progress(lead)).to_have_value("Typed a moment ago")


def test_answers_given_after_the_session_ended_are_offered_after_signing_in(lead):
    lead.goto(f"{NOVEMBER}edit/")
    lead.context.clear_cookies(name="session")
    says(lead, COUNCILS, "Moved")
    promise(lead, COUNCILS).get_by_label("When will it be done?").fill("early March 2027")
    press(lead, "Check your answers")
    sees_heading(lead, "Sign in")

    give_name_and_password(lead, "lead")

    is_on(lead, f"{NOVEMBER}edit/")
    offer = lead.locator(".app-offered")
    for words in (COUNCILS, "Moved to a later date", "early March 2027"):
        expect(offer).to_contain_text(words)


def test_a_slip_is_corrected_after_the_month_and_both_texts_stay_readable(lead):
    """Given a sent month, when the lead corrects it, then readers see the new text, the reason and the old text."""
    lead.goto(f"{WORKSTREAM}updates/2026-09/")
    follow(lead, "Correct this update")
    press(lead, "Save the correction")
    sees_errors(lead, "Say why the update is corrected")
    lead.get_by_label("Why is it corrected?").fill("the figure was last year's")
    progress(lead).fill("The later shift lifted four-hour responses to 86 per cent")

    press(lead, "Save the correction")

    sees(lead, "because: the figure was last year's")
    sees(lead, "The later shift lifted four-hour responses to 86 per cent")
    lead.get_by_text("The text as it was sent").click()
    sees(lead, "The later shift lifted four-hour responses to 88 per cent, the best month so far.")


def test_without_scripts_every_field_is_there(window):
    """Given no scripts, when the lead opens the form, then what choices reveal is there all the time and is taken."""
    page = window(javascript=False)
    sign_in(page, "lead")
    page.goto(f"{NOVEMBER}edit/")
    says(page, QUESTION, "Moved")
    promise(page, QUESTION).get_by_label("When will it be done?").fill("Spring 2027")
    says(page, ADVISERS, "Done")
    progress(page).fill("The specification is signed")
    choose(page, "Red")
    page.get_by_label("Why did you choose this rating?").fill("The funding has gone.")
    page.get_by_label("What will bring it back to Green?").fill("Ask the board for the reserve")
    page.get_by_label("Who will do it?").fill("Nadia Farrant")
    page.get_by_label("By which day?").fill("18 December 2026")
    press(page, "Check your answers")
    expect(answer(page, "Rating")).to_contain_text("Ask the board for the reserve (Nadia Farrant, by 18 December 2026)")
    press(page, "Confirm and send")
    sees_heading(page, "November 2026 update sent")
