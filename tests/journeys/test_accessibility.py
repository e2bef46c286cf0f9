"""Every kind of page in every state, at the width of a desk and of a phone: axe finds nothing, nothing moves sideways.

axe is put into the page past its content security policy; the pages themselves are always loaded with it, and a breach
of it fails the journey (see conftest).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from programme import tables
from programme.actions import programmes
from programme.models import ReportingPeriod, User
from programme.roles import Role
from reporting import actions
from reporting.pdf import Reason, Stage
from tests.conftest import DEMO_DAY
from tests.journeys.steps import (
    MID_MERSEY,
    WORKSTREAM,
    choose,
    follow,
    give_name_and_password,
    hears,
    link,
    press,
    rows,
    sees,
    sees_heading,
    sign_in,
)

if TYPE_CHECKING:
    from reporting.models import BoardReport

DESK, PHONE = (1280, 900), (320, 640)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async rules => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']})).violations
    .map(each => `${each.id}: ${each.nodes[0].html} (${each.nodes.length})`)"""
OWN_RULES = """() => {
    const found = [], ids = [...document.querySelectorAll('[id]')].map(each => each.id)
    if (document.querySelectorAll('h1').length !== 1) found.push('not exactly one h1')
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) found.push(`id ${id} twice`)
    for (const cell of document.querySelectorAll('td')) if (!cell.innerText.trim()) found.push('an empty cell')
    return found
}"""
SIDEWAYS = """() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const right = each => each.getBoundingClientRect().right
    if (scrollWidth <= clientWidth) return []
    const widest = [...document.body.querySelectorAll('*')].sort((one, other) => right(other) - right(one))[0]
    return [`${scrollWidth} pixels wide: ${widest.outerHTML.slice(0, 120)}`]
}"""
NOVEMBER = f"{WORKSTREAM}updates/2026-11/"
TARGET = "Four-hour crisis target met in all four places for three months running"
RED = f"{MID_MERSEY}workstreams/eating-disorders/"


class Inspector:
    """Looks at states one after another and remembers what is wrong with each."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []
        self.seen = 0

    def visit(self, *paths: str) -> None:
        for path in paths:
            self.page.goto(path)
            self.look(path)

    def look(self, state: str) -> None:
        self.seen += 1
        self.page.bring_to_front()  # a tab in the background does not lay its menu out anew
        for width, height in (DESK, PHONE):
            self.page.set_viewport_size({"width": width, "height": height})
            wrong = [*self._axe(), *self.page.evaluate(OWN_RULES)]
            wrong += self.page.evaluate(SIDEWAYS)
            self.found += [f"{state} at {width}: {each}" for each in wrong]
        self.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})

    def _axe(self) -> list[str]:
        tools = self.page.context.new_cdp_session(self.page)
        tools.send("Page.setBypassCSP", {"enabled": True})
        self.page.evaluate(AXE_SCRIPT)
        violations: list[str] = self.page.evaluate(RUN_AXE, RULES)
        tools.send("Page.setBypassCSP", {"enabled": False})
        tools.detach()
        return violations


@pytest.fixture
def inspector(page: Page) -> Inspector:
    return Inspector(page)


def new_report() -> BoardReport:
    period = ReportingPeriod.objects.get(programme__slug="mid-mersey", month="2026-10-01")
    return actions.request_report(period=period, by=User.objects.get(email="office@demo.example"))


def a_person_without_a_role() -> None:
    person = programmes.add_person(name="Wren Okafor-Hale", organisation=None, by=None)
    programmes.add_account(person=person, email="nobody@demo.example", password="demo-programme", is_demo=True, by=None)


def an_empty_programme() -> None:
    programme = programmes.create(name="Greener Vale", slug="greener-vale", by=None)
    office = User.objects.get(email="office@demo.example")
    programmes.give_role(programme=programme, user=office, role=Role.OFFICE, since=DEMO_DAY, by=None)


def test_the_inspector_finds_what_is_wrong(inspector):
    inspector.page.goto("/help/")
    inspector.page.evaluate("""() => {
        const picture = document.querySelector('main').appendChild(document.createElement('img'))
        picture.width = 1400
        picture.id = 'maincontent'
        document.querySelector('main').appendChild(document.createElement('h1'))
    }""")

    inspector.look("help, spoilt")

    found = "\n".join(inspector.found)
    for fault in ("at 1280: image-alt: <img", "at 320: image-alt: <img", "not exactly one h1", "id maincontent twice"):
        assert fault in found
    assert re.search(r"at 320: 14\d\d pixels wide", found)


def test_before_signing_in(inspector):
    page = inspector.page
    inspector.visit("/sign-in/", "/help/", "/help/glossary/", "/help/who-can-do-what/", "/accessibility/")
    inspector.visit("/password/reset/", "/password/reset/sent/", "/password/reset/abc-def/", "/sign-up/")

    page.goto("/sign-in/")
    press(page, "Sign in")
    inspector.look("sign-in with nothing filled in")
    give_name_and_password(page, "slt", "not-the-password")
    sees(page, "The email address or password is not right.")
    inspector.look("sign-in with wrong details")
    page.goto("/password/reset/")
    press(page, "Send the link")
    inspector.look("password reset without an address")

    assert inspector.found == []
    assert inspector.seen == 12


def test_a_leads_pages(inspector):
    sign_in(inspector.page, "lead")
    inspector.visit(MID_MERSEY, f"{MID_MERSEY}programme/", "/account/", "/account/password/", "/sign-out/")
    inspector.visit(*[f"{MID_MERSEY}workstreams/?show={group}" for group in ("current", "paused", "completed")])
    inspector.visit(WORKSTREAM, f"{WORKSTREAM}updates/", f"{WORKSTREAM}plan/", NOVEMBER)
    inspector.visit(f"{WORKSTREAM}updates/2026-09/", f"{WORKSTREAM}updates/2026-10/", RED, f"{RED}plan/")

    inspector.visit(f"{WORKSTREAM}updates/2026-09/correct/", f"{WORKSTREAM}updates/2026-10/no-change/")
    inspector.visit(f"{RED}updates/2026-09/")
    inspector.visit(f"{RED}updates/2026-11/edit/")
    sees_heading(inspector.page, "You cannot do this")
    inspector.visit(f"{MID_MERSEY}workstreams/nothing-here/")
    sees_heading(inspector.page, "Page not found")

    assert inspector.found == []
    assert inspector.seen == 21


def test_the_monthly_update_in_every_state(inspector):
    page = inspector.page
    sign_in(page, "lead")
    inspector.visit(f"{NOVEMBER}edit/")
    press(page, "Check your answers")
    inspector.look("update with errors")
    page.get_by_label("What has moved on since last month?").fill("Two night workers have started")
    hears(page, "Draft saved")
    inspector.look("update with its draft saved")

    other = page.context.new_page()
    other.goto(f"{NOVEMBER}edit/")
    other.get_by_label("What has moved on since last month?").fill("Three night workers have started")
    press(other, "Save draft and leave")
    choose(page, "Green")
    page.get_by_label("Why is it not Amber?").fill("The new date is agreed")
    press(page, "Check your answers")
    sees_heading(page, "There are two versions of the November 2026 update")
    inspector.look("conflict")
    press(page, "Use my text")
    inspector.look("check your answers")
    press(page, "Confirm and send")
    inspector.look("receipt")
    inspector.visit(NOVEMBER, f"{NOVEMBER}recall/")

    assert inspector.found == []
    assert inspector.seen == 8


def test_the_plan_while_it_is_changed(inspector):
    page = inspector.page
    sign_in(page, "lead", to=f"{WORKSTREAM}plan/")
    row = rows(page).filter(has_text=TARGET)
    follow(row, f"Change date of {TARGET}")
    expect(page.locator("tr.app-row-editing h3")).to_be_focused()
    inspector.look("changing a date in place")
    press(page.locator("tr.app-row-editing"), "Save new date")
    expect(page.locator("tr.app-row-editing .nhsuk-error-summary")).to_be_focused()
    inspector.look("changing a date in place, with errors")
    follow(page.locator("tr.app-row-editing"), "Cancel")
    row.get_by_role("link", name=re.compile("^Mark as done")).click()
    expect(page.get_by_label("When was it done?")).to_be_visible()
    inspector.look("marking as done in place")

    page.goto(f"{WORKSTREAM}plan/")
    milestone = row.get_by_role("link", name=TARGET, exact=True).get_attribute("href") or ""
    inspector.visit(milestone, f"{milestone}date/", f"{milestone}done/", f"{WORKSTREAM}plan/add/")
    press(page, "Add milestone")
    inspector.look("adding a milestone, with errors")

    assert inspector.found == []
    assert inspector.seen == 8


def test_plans_that_hang_together(inspector):
    page, plan = inspector.page, f"{WORKSTREAM}plan/"
    sign_in(page, "office", to=plan)
    spec = rows(page).filter(has_text="Single CYPMHS specification").get_by_role("link").first
    milestone = spec.get_attribute("href") or ""
    inspector.visit(milestone, f"{milestone}edit/", f"{milestone}waits/", f"{milestone}baseline/", f"{plan}pilot/")
    press(page, "Add to the plan")
    inspector.look("planning a pilot, with errors")
    page.goto(f"{milestone}date/")
    page.get_by_label("New date").fill("June 2027")
    page.get_by_label("Why does the date change?").fill("Another round")
    press(page, "Continue")
    sees(page, "Nothing is saved yet.")
    inspector.look("what depends on a milestone")
    inspector.visit(f"{MID_MERSEY}workstreams/getting-advice/plan/")

    assert inspector.found == []
    assert inspector.seen == 8


def test_the_roadmap_and_many_milestones_at_once(inspector, window):
    page, roadmap = inspector.page, f"{MID_MERSEY}roadmap/"
    sign_in(page, "office", to=roadmap)
    inspector.visit(roadmap, f"{roadmap}?months=all", f"{roadmap}edit/", f"{roadmap}sheet/", f"{roadmap}baselines/")
    page.goto(f"{roadmap}edit/")
    page.get_by_label("Date of Single CYPMHS specification").fill("soon")
    press(page, "Continue")
    inspector.look("many milestones, with errors")
    page.get_by_label("Date of Single CYPMHS specification").fill("June 2027")
    page.get_by_label("Why do the dates change?").fill("Another round")
    press(page, "Continue")
    inspector.look("many milestones, to check")
    page.goto(f"{roadmap}sheet/")
    press(page, "Continue")
    inspector.look("no spreadsheet chosen")
    sheet = tables.written([tables.Sheet("Plan", ("ID", "Milestone"), [("x", "Rota")])])
    page.locator("input[type=file]").set_input_files({"name": "plan.xlsx", "mimeType": tables.XLSX, "buffer": sheet})
    press(page, "Continue")
    inspector.look("a spreadsheet with mistakes")
    slt = Inspector(window())
    sign_in(slt.page, "slt", to=f"{roadmap}baselines/")
    slt.page.get_by_role("link", name=re.compile("^Decide")).click()
    slt.look("deciding on a new baseline")

    assert inspector.found + slt.found == []
    assert inspector.seen == 9


def test_the_offices_pages(inspector):
    page = inspector.page
    an_empty_programme()
    sign_in(page, "office")
    inspector.visit("/", MID_MERSEY, f"{MID_MERSEY}?rating=complete", f"{MID_MERSEY}updates/", f"{MID_MERSEY}reports/")
    inspector.visit(*[f"/p/greener-vale/{part}" for part in ("", "updates/", "workstreams/", "programme/", "reports/")])
    inspector.visit(f"{MID_MERSEY}reports/new/", f"{MID_MERSEY}programme/edit/")
    page.get_by_label("Mandate").fill("")
    press(page, "Save")
    inspector.look("programme with errors")

    other = page.context.new_page()
    for each in (page, other):
        each.goto(f"{MID_MERSEY}programme/edit/")
        each.get_by_label("Mandate").fill("Quick and kind help")
    press(other, "Save")
    press(page, "Save")
    sees(page, "Somebody else saved while you were typing")
    inspector.look("programme changed by somebody else")

    assert inspector.found == []
    assert inspector.seen == 14


def test_a_report_in_every_state(inspector, window):
    page = inspector.page
    report = new_report()
    address = f"{MID_MERSEY}reports/{report.pk}/"
    sign_in(page, "office", to=address)
    inspector.look("report that waits for a worker")
    taken = actions.claim(report_id=report.pk)
    assert taken is not None
    actions.at_stage(taken, Stage.DRAWING)
    expect(page.locator("#progress-label")).to_have_text("Drawing the pages")
    inspector.look("report that is being made")
    actions.fail(taken, Reason.MEMORY.sentence)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    inspector.look("report that failed")

    actions.retry(report=report, by=User.objects.get(email="office@demo.example"))
    actions.build(report_id=report.pk)
    inspector.visit(address)
    sees(page, "You created this report, so somebody else has to approve it.")
    approver = Inspector(window())
    sign_in(approver.page, "approver")
    approver.visit(address, f"{address}approve/")
    press(approver.page, "Approve the report")
    approver.look("report that was just approved")
    inspector.visit(address, f"{address}publish/")
    press(page, "Publish the report")
    inspector.look("report that was just published")

    assert inspector.found + approver.found == []
    assert inspector.seen + approver.seen == 10


@pytest.mark.parametrize("role", ["commissioner", "mapper", "slt"])
def test_a_readers_pages(inspector, role):
    sign_in(inspector.page, role)

    inspector.visit("/", MID_MERSEY, f"{MID_MERSEY}programme/", f"{MID_MERSEY}reports/", "/account/")

    assert inspector.found == []


def test_somebody_without_a_role_is_told_so(inspector):
    a_person_without_a_role()
    sign_in(inspector.page, "nobody")
    sees(inspector.page, "You are signed in, but you have no role in any programme yet.")

    inspector.look("home without a role")

    assert inspector.found == []


@pytest.mark.parametrize("path", [MID_MERSEY, f"{WORKSTREAM}plan/", f"{NOVEMBER}edit/", "/help/"])
def test_the_first_key_leads_past_the_menu(page, path):
    sign_in(page, "lead")
    page.goto(path)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def test_a_date_is_changed_by_keyboard_alone(page):
    sign_in(page, "lead", to=f"{WORKSTREAM}plan/")
    row = rows(page).filter(has_text=TARGET)
    link(row, f"Change date of {TARGET}").focus()

    page.keyboard.press("Enter")
    expect(page.locator("tr.app-row-editing h3")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("24 February 2027")
    page.keyboard.press("Tab")
    page.keyboard.type("The rota is not full before then")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    hears(page, re.compile(r"^Saved\. .*: 24 February 2027, planned$"))
    expect(link(row, f"Change date of {TARGET}")).to_be_focused()


def test_history_and_handing_over(inspector):
    page, transitions = inspector.page, f"{MID_MERSEY}workstreams/pathway-0-25/"
    sign_in(page, "deputy")
    inspector.visit(MID_MERSEY, f"{transitions}handover/", f"{transitions}history/", f"{transitions}handover/note/")
    press(page, "Save note")
    inspector.look("hand-over note with nothing written")
    inspector.visit(f"{MID_MERSEY}history/", f"{transitions}updates/2026-10/history/")
    expect(page.locator(".app-history__entry a").first).to_be_visible()

    assert inspector.found == []
    assert inspector.seen == 7
