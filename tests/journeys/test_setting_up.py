"""From nothing to a lead who sees the first update due, through the mailbox, without anybody at the command line."""

import pytest

from tests.conftest import DEMO_DAY
from tests.journeys.steps import MID_MERSEY, follow, is_on, link, press, sees, sees_heading, sign_in
from tests.journeys.test_accessibility import Inspector

PASSWORD = "five calm green herons"
OWN = "/p/riverside-cyp/"


@pytest.fixture
def process_settings():
    return {"TRACKER_NOW": f"{DEMO_DAY}T19:00:00", "TRACKER_MODE": "demo"}  # keeps its mails in a folder


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_programme_from_nothing_to_the_leads_first_update(window, javascript):
    """Given an administrator of another programme, when they answer the questions and invite a lead, then the lead
    follows the link from the mail, chooses a password and finds the first update.
    """
    page = window(javascript=javascript)
    sign_in(page, "admin", to=f"{MID_MERSEY}manage/")
    follow(page, "Create another programme")
    page.get_by_label("What is the programme called?").fill("Riverside CYP")
    press(page, "Create and continue")
    sees_heading(page, "In which places does it work?")
    page.get_by_label("Places that are not in the list").fill("Riverside North")
    press(page, "Save and continue")

    follow(page, "Leave and go on later")
    sees(page, "This programme is being set up")
    follow(page, "Go on setting up")
    sees_heading(page, "Which organisations take part?")
    page.go_back()
    page.go_back()
    is_on(page, f"{OWN}manage/setup/partners/")
    press(page, "Save and continue")
    sees_heading(page, "When are updates due?")
    page.get_by_label("How many working days before the end of the month does the update open?").fill("15")
    press(page, "Show these months")
    sees(page, "not saved yet")
    press(page, "Save and continue")
    page.get_by_label("Names of the first workstreams").fill("Crisis care\nSchools")
    press(page, "Save and continue")

    page.get_by_label("Name", exact=True).fill("Robin Hale")
    page.get_by_label("Email address").fill("robin.hale@demo.example")
    page.get_by_label("Do they lead a workstream?").select_option("Crisis care")
    press(page, "Add this person")
    sees(page, "An email with a link has been sent to robin.hale@demo.example.")
    press(page, "That is everybody for now")
    sees_heading(page, "What is ready")
    sees(page, "Name a lead for Schools.")
    press(page, "Finish setting up")
    sees(page, "Riverside CYP is set up.")

    lead = window(javascript=javascript)
    lead.goto("/demo/mailbox/")
    lead.locator("a", has_text="/invitation/").first.click()
    sees_heading(lead, "You are invited to Riverside CYP")
    lead.get_by_label("Choose a password", exact=True).fill(PASSWORD)
    lead.get_by_label("Password again").fill(PASSWORD)
    press(lead, "Save password and go in")
    sees(lead, "Welcome. Your account is ready, and you belong to Riverside CYP.")
    lead.goto(f"{OWN}workstreams/crisis-care/")
    link(lead, "Write the November 2026 update").click()
    sees_heading(lead, "November 2026 update")


def test_the_pages_of_managing_at_two_widths(page):
    """Given the demo, when an administrator walks through Manage, then axe finds nothing and nothing moves sideways."""
    inspector = Inspector(page)
    manage = f"{MID_MERSEY}manage/"
    sign_in(page, "admin", to=manage)
    inspector.visit(
        manage,
        *[f"{manage}{part}/" for part in ("people", "people/add", "workstreams", "new-workstream", "new")],
        *[f"{manage}setup/{step}/" for step in ("name", "places", "partners", "months", "people", "ready")],
        *[f"{manage}{part}/" for part in ("places", "places/add", "organisations", "organisations/add", "view-as")],
        *[f"{manage}workstreams/access-and-crisis/{part}" for part in ("", "edit/", "status/", "appoint/")],
        "/invitation/no-such-link/",
    )
    page.goto(f"{manage}people/")
    follow(page, "Nadia Farrant")
    inspector.look("a person")
    follow(page, "Close the account of Nadia Farrant")
    press(page, "Close the account")
    inspector.look("closing an account, with errors")
    page.goto(f"{manage}people/add/")
    press(page, "Add person")
    inspector.look("adding a person, with errors")
    page.goto("/demo/mailbox/")
    page.goto(f"{manage}view-as/")
    page.get_by_label("Commissioner").check()
    press(page, "Begin")
    inspector.look("viewing as a commissioner")
    press(page, "Stop viewing as")
    sees(page, "You are no longer viewing as Commissioner.")

    assert inspector.found == []
    assert inspector.seen == 26
