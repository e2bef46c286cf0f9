"""A month as it is played by everybody who has a part in it, and the next one, in real windows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.steps import (
    MID_MERSEY,
    WORKSTREAM,
    choose,
    follow,
    hears,
    is_on,
    press,
    rows,
    sees,
    sees_errors,
    sees_heading,
    sign_in,
)
from workstreams.models import MonthlyUpdate

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.conftest import Process
    from tests.journeys.conftest import OpenWindow

OCTOBER, NOVEMBER = f"{WORKSTREAM}updates/2026-10/", f"{WORKSTREAM}updates/2026-11/"
UPDATES = f"{MID_MERSEY}updates/?month=2026-10"
NAME = "Access and crisis redesign"
ASK = "Agree that the home treatment team may go live four weeks later, once the night rota is filled"
QUESTION = "Take the Knowsley funding question to the programme board with two costed options."
NIGHTS, POSTS = "The night team has begun", "The night team has begun: 6 of 8 posts are filled"
PROMISE = "Fill the last two posts of the night team"
DOUBT = "The rota of the last week of October has 5 empty nights."
COVERED = "All 5 nights were covered by agency staff on the day."
GO_LIVE = "Go live on 14 December, with the board told this week."


def row(page: Page, name: str) -> Locator:
    return rows(page).filter(has_text=name)


def promise(page: Page, text: str) -> Locator:
    return page.get_by_role("group", name=text)


def says(page: Page, text: str, outcome: str) -> None:
    promise(page, text).get_by_role("radio", name=re.compile(f"^{outcome}")).check()


def progress(page: Page) -> Locator:
    return page.get_by_label("What has moved on since last month?")


def the_office_chases(office: Page) -> None:
    sign_in(office, "office", to=UPDATES)
    sees(office, "8 of 11 updates are in. 3 are late and 1 of them silent.")
    expect(row(office, "Complex needs hub")).to_contain_text("Silent")
    expect(row(office, NAME)).to_contain_text("Nadia Farrant: taken by the mail server")
    follow(office, "Chase all 3")
    sees_heading(office, "Do you want to chase 1 person for October 2026?")
    sees(office, "Rhys Montague: no account, so no email")
    press(office, "Send")
    sees(office, "Nadia Farrant will get an email.")
    sees(office, "Nobody could be written to for Complex needs hub and Data and outcomes.")
    expect(row(office, NAME)).to_contain_text("Chased 18 November 2026")


def two_write_at_once(lead: Page, deputy: Page) -> None:
    """What the second typed is shown beside what the first saved, and nothing is overwritten."""
    for page, who in ((lead, "lead"), (deputy, "deputy")):
        sign_in(page, who)
        page.goto(f"{OCTOBER}edit/")
    says(lead, QUESTION, "Done")
    hears(lead, "Draft saved")
    says(deputy, QUESTION, "Dropped")
    promise(deputy, QUESTION).get_by_label("Why was it dropped?").fill("The board has no room for it")
    hears(deputy, re.compile(r"^Not saved\. "))
    press(deputy, "Check your answers")
    sees_heading(deputy, "There are two versions of the October 2026 update")
    sees(deputy, "The board has no room for it")
    press(deputy, "Use my text")
    expect(promise(deputy, QUESTION).get_by_role("radio", name="Dropped")).to_be_checked()


def the_lead_sends(lead: Page, words: str) -> None:
    progress(lead).fill(words)
    press(lead, "Check your answers")
    press(lead, "Confirm and send")
    sees_heading(lead, "October 2026 update sent")


def the_lead_sends_late(lead: Page) -> None:
    lead.goto(f"{OCTOBER}edit/")
    lead.get_by_label("What will you do before the next update?").fill(PROMISE)
    choose(lead, "Amber")
    lead.get_by_label("Why did you choose this rating?").fill("Two posts are still vacant.")
    the_lead_sends(lead, NIGHTS)
    sees(lead, "12 days late")


def it_comes_back_with_a_reason(office: Page, lead: Page) -> None:
    office.goto(UPDATES)
    row(office, NAME).get_by_role("link", name=re.compile("^Return")).click()
    office.get_by_label("What has to be changed?").fill("Say how many posts are filled.")
    press(office, "Continue")
    press(office, "Return the update")
    expect(row(office, NAME)).to_contain_text("Say how many posts are filled.")
    lead.goto(MID_MERSEY)
    lead.get_by_role("button", name=re.compile("^Go on with the October 2026 update")).click()
    sees(lead, "Say how many posts are filled.")
    expect(progress(lead)).to_have_value(NIGHTS)
    the_lead_sends(lead, POSTS)
    office.reload()
    row(office, NAME).get_by_role("button", name=re.compile("^Acknowledge")).click()
    expect(row(office, NAME)).to_contain_text("by Priya Venkataraman")


def a_rating_is_doubted_and_explained(assurer: Page, lead: Page, slt: Page) -> None:
    sign_in(assurer, "assurer", to=OCTOBER)
    follow(assurer, "Give a second opinion")
    choose(assurer, "Red")
    assurer.get_by_label("Why?").fill(DOUBT)
    press(assurer, "Keep this rating")
    is_on(assurer, OCTOBER)
    sees(assurer, DOUBT)
    lead.goto(MID_MERSEY)
    lead.get_by_role("link", name="The assurance reviewer says Red: The rota of the last week").click()
    press(lead, "Save answer")
    sees_errors(lead, "Enter your answer")
    lead.get_by_label("Your answer").fill(COVERED)
    press(lead, "Save answer")
    is_on(lead, f"{WORKSTREAM}ratings/")
    sign_in(slt, "slt", to=WORKSTREAM)
    for said in ("The ratings differ", COVERED, "Why is it Amber?"):
        sees(slt, said)


def an_ask_is_answered(slt: Page, lead: Page) -> None:
    slt.goto(MID_MERSEY)
    asks = slt.get_by_role("region", name="Help and decisions wanted")
    waiting = asks.locator("ul > li").count()
    follow(asks, ASK)
    sees(slt, "The workstream says that it cannot go on without this.")
    follow(slt, "Answer this ask")
    press(slt, "Send your answer")
    sees_errors(slt, "Select your answer", "Enter a sentence")
    slt.get_by_role("radio", name="Yes").check()
    slt.get_by_label("Say it in a sentence").fill(GO_LIVE)
    press(slt, "Send your answer")
    sees(slt, "Answered: yes")
    sees(slt, "It is recorded as a decision")
    slt.goto(MID_MERSEY)
    expect(slt.get_by_role("region", name="Help and decisions wanted").locator("ul > li")).to_have_count(waiting - 1)
    lead.goto(MID_MERSEY)
    expect(lead.get_by_role("region", name="Come back to you")).to_contain_text(GO_LIVE)
    lead.goto(f"{WORKSTREAM}registers/")
    expect(rows(lead.get_by_role("region", name="Decisions")).first).to_contain_text(ASK)


def the_office_closes_and_freezes(office: Page) -> None:
    office.goto(MID_MERSEY)
    follow(office, "Close October 2026")
    sees(office, "2 updates are not in: Complex needs hub (12 days late. Silent since June 2026) and Data and outcomes")
    office.get_by_label("What was decided about the updates that are not in?").fill("Both report in November.")
    press(office, "Continue")
    press(office, "Close October 2026")
    sees(office, "Both report in November.")
    follow(office, "Freeze October 2026")
    press(office, "Freeze October 2026")
    sees(office, "October 2026 is frozen.")
    expect(office.get_by_role("link", name="Open October 2026 again")).to_have_count(0)
    expect(office.get_by_role("link", name=re.compile("^Return"))).to_have_count(0)


def the_commissioner_reads_what_is_published(commissioner: Page) -> None:
    sign_in(commissioner, "commissioner", to=MID_MERSEY)
    expect(commissioner.get_by_role("button", name=re.compile("^Download the .* commissioner report"))).to_be_visible()
    for words in (NAME, POSTS, "October 2026 is frozen"):
        expect(commissioner.get_by_text(words)).to_have_count(0)
    commissioner.goto(OCTOBER)
    sees_heading(commissioner, "You cannot do this")


def the_next_month_asks_what_became_of_it(lead: Page) -> None:
    lead.goto(f"{NOVEMBER}edit/")
    expect(promise(lead, QUESTION)).to_have_count(0)
    says(lead, PROMISE, "Done")
    progress(lead).fill("Every post is filled")
    choose(lead, "Green")
    lead.get_by_label("Why did you choose this rating?").fill("Nothing is vacant any more.")
    hears(lead, "Draft saved")
    lead.reload()
    expect(promise(lead, PROMISE).get_by_role("radio", name="Done")).to_be_checked()


def history_tells_it(slt: Page) -> None:
    slt.goto(f"{OCTOBER}history/")
    story = slt.locator(".app-history__entry")
    for said in (
        "returned the update “October 2026”, because “Say how many posts are filled”",
        "acknowledged the update",
    ):
        expect(story.filter(has_text=said).first).to_be_visible()
    slt.goto(f"{MID_MERSEY}history/")
    expect(slt.locator(".app-history__entry").filter(has_text="Both report in November").first).to_be_visible()


def test_a_month_is_played_by_everybody_and_the_next_one_begins(window: OpenWindow, server: Process) -> None:
    """Given October past its due day with three updates missing,
    when the office chases, two people write at once, the lead sends late, the office returns it with a reason and the
    lead sends it again; when a reviewer doubts the rating and SLT says yes to what was asked; when October is closed
    with the late ones listed and frozen; and when three weeks have passed,
    then nobody opens October again, the commissioner has seen only what is published, November asks what became of
    October's promise, October's dashboard stands as it was frozen, and history tells who did what.
    """
    office, lead, deputy, assurer, slt, commissioner = (window() for _ in range(6))
    the_office_chases(office)
    two_write_at_once(lead, deputy)
    the_lead_sends_late(lead)
    it_comes_back_with_a_reason(office, lead)
    a_rating_is_doubted_and_explained(assurer, lead, slt)
    an_ask_is_answered(slt, lead)
    the_office_closes_and_freezes(office)
    the_commissioner_reads_what_is_published(commissioner)
    update = MonthlyUpdate.objects.get(workstream__slug="access-and-crisis", period__month="2026-10-01")
    assert [event.kind for event in update.events.all()] == ["submitted", "returned", "submitted", "acknowledged"]

    server.environment["TRACKER_NOW"] = "2026-12-09T10:00:00"
    server.restart()

    the_next_month_asks_what_became_of_it(lead)
    office.goto(MID_MERSEY)
    sees_heading(office, "Programme dashboard: November 2026")
    office.goto(f"{MID_MERSEY}?as_at=2026-10")
    sees(office, "This is October 2026 as it was frozen on 18 November 2026")
    history_tells_it(slt)
