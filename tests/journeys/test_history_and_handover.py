"""History in words and handing over, as people meet them in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import MID_MERSEY, follow, press, sees, sees_heading, sign_in

pytestmark = pytest.mark.journey

TRANSITIONS = f"{MID_MERSEY}workstreams/pathway-0-25/"


def test_a_successor_finds_the_hand_over_page_at_home(page):
    """Given somebody who has just come to lead a workstream,
    when they sign in,
    then the dashboard leads to one page with the last words of the lead before, and whom to ask.
    """
    sign_in(page, "deputy")
    sees(page, "You have taken over 0 to 25 pathway and transitions")

    follow(page, "Read the hand-over page of 0 to 25 pathway and transitions")

    sees_heading(page, "Hand-over of 0 to 25 pathway and transitions")
    sees(page, "Ring Sunita first")
    sees(page, "lead from 1 September 2025 to 31 October 2026")


def test_the_office_looks_for_what_somebody_changed(page):
    """Given a programme with a past,
    when the office chooses milestones and a person,
    then it sees sentences about them only, and the address can be sent to a colleague.
    """
    sign_in(page, "office")
    page.goto(f"{MID_MERSEY}history/")
    page.get_by_label("What", exact=True).select_option("Milestones and dates")
    expect(page).to_have_url(re.compile("kind=milestones"))

    entries = page.locator(".app-history__entry")
    expect(entries.first).to_contain_text("milestone")
    follow(page, "Older changes")

    expect(page).to_have_url(re.compile("page=2"))
    expect(page.get_by_role("link", name="Newer changes")).to_be_visible()


def test_an_outgoing_lead_leaves_a_note(page):
    """Given a lead, when they leave a note, then it stands on the hand-over page with their name."""
    sign_in(page, "deputy")
    page.goto(f"{TRANSITIONS}handover/")
    follow(page, "Leave a note for whoever takes over")
    press(page, "Save note")
    sees(page, "There is a problem")
    page.get_by_label("What should whoever takes over know?").fill("The clinics share one key.")
    press(page, "Save note")
    sees_heading(page, "Hand-over of 0 to 25 pathway and transitions")
    sees(page, "The clinics share one key.")
