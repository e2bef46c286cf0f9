"""The workstream lead: November's update from the first pasted list to the receipt, and a date that moves."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.steps import (
    MID_MERSEY,
    WORKSTREAM,
    answer,
    choose,
    follow,
    give_name_and_password,
    hears,
    is_on,
    link,
    press,
    rows,
    sees,
    sees_errors,
    sees_heading,
    sign_in,
)

NOVEMBER = f"{WORKSTREAM}updates/2026-11/"
EDIT = f"{NOVEMBER}edit/"
PASTED = "• Two night workers have started\r\n• \tThe rota is filled to January\r\n\r\n3. Halton's room is ready"
POINTS = ["Two night workers have started", "The rota is filled to January", "Halton's room is ready"]
TARGET = "Four-hour crisis target met in all four places for three months running"
NO_RATING = "Select how the workstream is going"


@pytest.fixture
def lead(page: Page) -> Page:
    sign_in(page, "lead")
    return page


@pytest.fixture
def writing(lead: Page) -> Page:
    """A lead on the page of November's update."""
    lead.goto(EDIT)
    return lead


def progress(page: Page):
    return page.get_by_label("What has moved on since last month?")


def paste(page: Page, text: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    progress(page).focus()
    page.keyboard.press("Control+V")


def write_progress(page: Page, text: str) -> None:
    progress(page).fill(text)


def rate_amber(page: Page, reason: str) -> None:
    choose(page, "Amber")
    page.get_by_label("Why did you choose this rating?").fill(reason)


def check_answers(page: Page) -> None:
    press(page, "Check your answers")


def fill_the_update(page: Page) -> None:
    page.goto(EDIT)
    write_progress(page, "\n".join(POINTS))
    rate_amber(page, "Funding for evenings is still open.")
    check_answers(page)
    sees_heading(page, "Check your answers before you send the November 2026 update")


def send(page: Page) -> None:
    press(page, "Confirm and send")


def sees_receipt(page: Page) -> None:
    is_on(page, f"{NOVEMBER}sent/")
    sees_heading(page, "November 2026 update sent")


def times_sent(page: Page) -> int:
    """How often November's update was sent, as its own page tells it."""
    page.goto(NOVEMBER)
    return page.get_by_role("listitem").filter(has_text=re.compile(r"^Sent .* by Nadia Farrant$")).count()


def session_ends(context: BrowserContext) -> None:
    context.clear_cookies(name="session")


def a_last_autosave_comes_in_late(page: Page) -> None:
    """With the protection token of the page as it was before signing in again."""
    status = page.evaluate(
        """async path => (await fetch(path, {
            method: 'POST', headers: {'HX-Request': 'true'}, body: new URLSearchParams({progress: 'Half a wo'})
        })).status""",
        f"{NOVEMBER}autosave/",
    )
    assert status == 403


def sees_offer(page: Page, text: str) -> None:
    offer = page.locator(".app-offered")
    expect(offer).to_contain_text("You typed this before you were signed out")
    expect(offer).to_contain_text(text)


# -- the monthly update ------------------------------------------------------------------------------------------------


def test_a_lead_is_shown_first_what_is_to_be_written(lead):
    mine = lead.get_by_role("region", name="Your updates")

    expect(mine.locator("a")).to_have_text(
        [
            "Access and crisis redesign",
            "Write the October 2026 update of Access and crisis redesign",
            "Write the November 2026 update of Access and crisis redesign",
        ]
    )
    sees(mine, "Was due on 6 November 2026")
    sees(mine, "Due on 7 December 2026, in 19 days")


def test_a_lead_writes_checks_sends_and_recalls_the_update(lead):
    follow(lead, "Write the November 2026 update of Access and crisis redesign")
    is_on(lead, EDIT)
    sees(lead.get_by_role("complementary", name="Progress last time"), "You said in September 2026")
    paste(lead, PASTED)
    expect(progress(lead)).to_have_value("\n".join(POINTS))
    hears(lead, "Draft saved")

    lead.reload()
    expect(progress(lead)).to_have_value("\n".join(POINTS))
    check_answers(lead)
    sees_errors(lead, NO_RATING)
    follow(lead, NO_RATING)
    expect(lead.get_by_role("radio", name=re.compile("^Green"))).to_be_focused()

    rate_amber(lead, "Funding for evenings is still open.")
    check_answers(lead)
    expect(answer(lead, "Progress").get_by_role("listitem")).to_have_text(POINTS)
    send(lead)
    sees_receipt(lead)
    sees(lead, "It goes into the November 2026 board report, which is made after 11 December 2026.")

    follow(lead, "recall it")
    press(lead, "Recall the update")
    is_on(lead, EDIT)
    sees(lead, "The update is back with you.")
    expect(progress(lead)).to_have_value("\n".join(POINTS))
    expect(lead.get_by_role("radio", name=re.compile("^Amber"))).to_be_checked()


def test_sending_twice_sends_once(lead):
    fill_the_update(lead)
    other_tab = lead.context.new_page()
    other_tab.goto(f"{NOVEMBER}check/")

    lead.get_by_role("button", name="Confirm and send").dblclick()
    sees_receipt(lead)
    send(other_tab)

    sees_receipt(other_tab)
    assert times_sent(lead) == 1


def test_a_late_update_says_so_and_cannot_be_recalled(lead):
    lead.goto(f"{WORKSTREAM}updates/2026-10/edit/")
    sees(lead, "It was due on 6 November 2026.")
    write_progress(lead, "October was quiet")
    choose(lead, "Green")
    lead.get_by_label("Why is it not Amber?").fill("The new date is agreed")
    check_answers(lead)

    send(lead)

    sees_heading(lead, "October 2026 update sent")
    sees(lead, "12 days late")
    expect(link(lead, "recall it")).to_have_count(0)


def test_two_tabs_are_shown_both_texts_and_nothing_is_overwritten(writing):
    second = writing.context.new_page()
    second.goto(EDIT)
    write_progress(writing, "From the first tab")
    hears(writing, "Draft saved")

    write_progress(second, "From the second tab")
    hears(second, re.compile(r"^Not saved\. "))
    check_answers(second)

    sees_heading(second, "There are two versions of the November 2026 update")
    sees(second, "From the first tab")
    sees(second, "From the second tab")
    press(second, "Use my text")
    sees_errors(second, NO_RATING)
    expect(progress(second)).to_have_value("From the second tab")


def test_the_saved_text_can_be_kept(writing):
    second = writing.context.new_page()
    second.goto(EDIT)
    write_progress(writing, "From the first tab")
    hears(writing, "Draft saved")
    write_progress(second, "From the second tab")
    check_answers(second)

    follow(second, "Keep the saved text")

    expect(progress(second)).to_have_value("From the first tab")


def test_what_was_typed_when_the_session_ended_is_offered_after_signing_in(writing):
    session_ends(writing.context)
    write_progress(writing, "Typed after the session had ended")
    hears(writing, "You have been signed out. Your text is still on this page.")
    check_answers(writing)
    sees_heading(writing, "Sign in")

    give_name_and_password(writing, "lead")

    is_on(writing, EDIT)
    sees_offer(writing, "Typed after the session had ended")


def test_signing_in_again_in_a_new_tab_loses_nothing_either(writing):
    session_ends(writing.context)
    write_progress(writing, "Typed after the session had ended")
    with writing.context.expect_page() as opened:
        follow(writing, "Sign in again in a new tab")
    give_name_and_password(opened.value, "lead")
    opened.value.wait_for_url(re.compile(re.escape(MID_MERSEY)))

    press(writing, "Save draft and leave")

    sees_heading(writing, "This page was open for too long")
    a_last_autosave_comes_in_late(writing)
    follow(writing, "Go back to the page")
    sees_offer(writing, "Typed after the session had ended")


# -- a milestone, in place ---------------------------------------------------------------------------------------------


def test_a_date_is_changed_in_place(lead):
    lead.goto(f"{WORKSTREAM}plan/")
    row = rows(lead).filter(has_text=TARGET)
    expect(lead.locator("#plan-sentence")).to_have_text("15 milestones: 1 due soon, 3 planned, 11 done.")

    follow(row, f"Change date of {TARGET}")
    form = lead.locator("tr.app-row-editing")
    expect(form.get_by_role("heading", name=f"Change the date: {TARGET}")).to_be_focused()
    form.get_by_label("New date").fill("when the moon is full")
    press(form, "Save new date")

    is_on(lead, f"{WORKSTREAM}plan/")
    expect(form.locator(".nhsuk-error-summary")).to_be_focused()
    expect(form.locator(".nhsuk-error-summary").get_by_role("link")).to_have_text(
        ["Enter a date such as 24 December 2026, March 2027 or Spring 2027", "Say why the date changes"]
    )
    form.get_by_label("New date").fill("24 February 2027")
    form.get_by_label("Why does the date change?").fill("The rota is not full before then")
    press(form, "Save new date")

    expect(row).to_contain_text("24 February 2027")
    expect(row).to_contain_text("Moved once: was 6 December 2026, now 80 days later")
    expect(lead.locator("#plan-sentence")).to_have_text("15 milestones: 4 planned, 11 done.")
    expect(link(row, f"Change date of {TARGET}")).to_be_focused()
    hears(lead, f"Saved. {TARGET}: 24 February 2027, planned")


def test_cancelling_gives_the_row_and_the_focus_back(lead):
    lead.goto(f"{WORKSTREAM}plan/")
    row = rows(lead).filter(has_text=TARGET)
    follow(row, f"Change date of {TARGET}")

    follow(lead.locator("tr.app-row-editing"), "Cancel")

    expect(row).to_contain_text("6 December 2026")
    expect(link(row, f"Change date of {TARGET}")).to_be_focused()


def test_a_date_that_somebody_else_has_changed_is_shown_before_it_is_replaced(lead):
    second = lead.context.new_page()
    for each in (lead, second):
        each.goto(f"{WORKSTREAM}plan/")
        follow(rows(each).filter(has_text=TARGET), f"Change date of {TARGET}")
        each.locator("tr.app-row-editing").get_by_label("Why does the date change?").fill("The rota")
    lead.get_by_label("New date").fill("24 February 2027")
    press(lead, "Save new date")
    hears(lead, re.compile("^Saved"))

    second.get_by_label("New date").fill("25 March 2027")
    press(second, "Save new date")

    sees(second, "Somebody else has changed this milestone since you opened it. Check it, then save again.")
    expect(second.get_by_label("New date")).to_have_value("25 March 2027")
    press(second, "Save new date")
    hears(second, f"Saved. {TARGET}: 25 March 2027, planned")
