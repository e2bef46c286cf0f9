"""The office puts right what was filed wrongly, in a real browser: for a lead, in another month, entered twice."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from programme.roles import Role
from tests.factories import people, work
from workstreams.models import Assignment, MonthlyUpdate, Workstream

pytestmark = pytest.mark.journey
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The back link stands before the main region, as the design system puts it.
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"region": {"enabled": False}}}


@pytest.fixture
def process_settings():
    return {"TRACKER_NOW": work.NOW}


@pytest.fixture
def office(page, monkeypatch):
    """Signed in as the office of a programme with a silent workstream, a misfiled update and things entered twice."""
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    own = work.programme("Own")
    who = people.member(own, Role.OFFICE, "Olu Office")
    crisis = work.workstream(own, "Crisis care", lead=people.user("Dana Whitlock"))
    work.sent_update(work.workstream(own, "Schools", lead=people.user("Ravi Sen")), work.SEPTEMBER)
    work.sent_update(work.workstream(own, "Crisis line"), work.SEPTEMBER)
    work.assign(crisis, people.person("D. Whitlock"), Assignment.Role.SPONSOR)
    page.goto("/sign-in/")
    page.get_by_label("Email address").fill(who.email)
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def looked_at(page, name):
    """The state as it stands: no accessibility fault and nothing wider than a phone."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options=OPTIONS).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], (name, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_what_a_lead_told_the_office_is_entered_in_the_leads_name(office):
    office.goto("/p/own/workstreams/crisis-care/")
    office.get_by_role("link", name="Enter the October 2026 update on behalf of Dana Whitlock").click()
    expect(office.get_by_text("You are writing for Dana Whitlock")).to_be_visible()
    looked_at(office, "edit")
    office.get_by_label("What has moved on since last month?").fill("• The rota is agreed\n• Two nurses have started")
    office.get_by_role("radio", name="Green", exact=True).check()
    office.get_by_role("button", name="Check your answers").click()
    expect(office.get_by_role("alert")).to_contain_text("Enter who told you and when")
    looked_at(office, "error")
    office.get_by_label("Who told you and when?").fill("email from Dana, 3 November")
    office.get_by_role("button", name="Check your answers").click()
    expect(office.get_by_text("From email from Dana, 3 November")).to_be_visible()
    looked_at(office, "check")
    office.get_by_role("button", name="Confirm and send").click()
    line = "Entered by Olu Office on behalf of Dana Whitlock (from email from Dana, 3 November)."
    expect(office.get_by_text(line)).to_be_visible()
    looked_at(office, "receipt")
    office.get_by_role("link", name="Read the update as it was sent").click()
    expect(office.get_by_text(line)).to_be_visible()
    looked_at(office, "update")
    assert MonthlyUpdate.objects.get(period__month=work.OCTOBER).revisions.get().by_name == "Dana Whitlock"


def test_an_update_under_the_wrong_month_is_moved_with_its_trail(office):
    office.goto("/p/own/workstreams/schools/updates/2026-09/")
    office.get_by_role("link", name="Move this update to another month").click()
    looked_at(office, "move")
    office.get_by_label("Which month is it about?").select_option("October 2026")
    office.get_by_label("Why?").fill("The email was headed September by mistake")
    office.get_by_role("button", name="Continue").click()
    expect(office.get_by_text("September 2026, which will have no update")).to_be_visible()
    looked_at(office, "move check")
    office.get_by_role("button", name="Move the update").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("October 2026 update")
    expect(office.get_by_text("From September 2026 to October 2026. The email was headed")).to_be_visible()
    looked_at(office, "moved")
    office.get_by_role("link", name="Move this update to another month").click()
    office.goto("/p/own/updates/?month=2026-10")
    expect(office.get_by_role("row", name="Schools")).to_contain_text("Sent")


def test_people_and_workstreams_entered_twice_become_one_and_can_come_apart(office):
    office.goto("/p/own/programme/")
    office.get_by_role("link", name="People of this programme").click()
    looked_at(office, "people")
    office.get_by_role("link", name=re.compile("merge D. Whitlock into this person")).click()
    office.get_by_label("Why?").fill("The initial on the page is Dana’s")
    looked_at(office, "merge")
    office.get_by_role("button", name="Continue").click()
    looked_at(office, "merge check")
    office.get_by_role("button", name="Merge").click()
    expect(office.get_by_text("D. Whitlock has been merged into Dana Whitlock")).to_be_visible()
    looked_at(office, "people merged")

    office.goto("/p/own/workstreams/crisis-line/")
    office.get_by_role("link", name="Merge into another workstream").click()
    office.get_by_label("Which workstream stays?").select_option("Crisis care")
    office.get_by_label("Why?").fill("Entered twice")
    office.get_by_role("button", name="Continue").click()
    office.get_by_role("button", name="Merge").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("Crisis care")
    looked_at(office, "survivor")
    office.get_by_role("link", name="What Crisis line had").click()
    expect(office.get_by_text("The crisis line is answered at night")).to_be_visible()
    looked_at(office, "what it had")
    office.get_by_role("link", name="Undo the merge").click()
    office.get_by_label("Why?").fill("They are two after all")
    office.get_by_role("button", name="Continue").click()
    office.get_by_role("button", name="Undo the merge").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("Crisis line")
    assert Workstream.objects.get(slug="crisis-line").merged_into is None
