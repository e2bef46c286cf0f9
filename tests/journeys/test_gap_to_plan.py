"""From a gap to the work that fills it, as the senior leadership team walks it, and back, as a lead does."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.steps import MID_MERSEY, follow, press, sees, sees_errors, sees_heading, sign_in
from tests.journeys.test_accessibility import Inspector

THRIVE = f"{MID_MERSEY}thrive/"


def test_slt_finds_the_gap_and_sees_the_plan_and_a_lead_what_their_work_answers(page: Page) -> None:
    """
    Given gaps that a mapper recorded and recommendations from reports and workshops,
    when somebody of the senior leadership team follows the sentence on the dashboard,
    then they decide on the gap that waits, with a reason, walk from a gap to the milestone that fills it, and read in
    the plan when that is, and what was accepted and has no work;
    and when the lead opens their workstream, it says by itself which recommendation it answers.
    """
    sign_in(page, "slt", to=MID_MERSEY)
    follow(page, "Gaps, and what will fill them")
    follow(page, "No interpreters for young refugees")
    follow(page, "Decide")
    page.get_by_label("Yes, accept it").check()
    press(page, "Save the decision")
    sees_errors(page, "Enter why")
    page.get_by_label("Why?").fill("They are turned away today")
    press(page, "Save the decision")
    sees(page, "The decision is recorded.")
    page.goto(f"{THRIVE}gaps/?state=accepted")
    follow(page, "Crisis help comes late in two places")
    follow(page, "Send somebody within four hours, in every place.")
    sees(page, "It was accepted, and a milestone ahead will bring it about.")
    page.goto(f"{THRIVE}plan/")
    sees(page, "Accepted, without living work")
    sees(page, "Settle who pays within two days, from one pooled fund.")
    inspector = Inspector(page)
    inspector.visit(f"{THRIVE}plan/", f"{THRIVE}gaps/", f"{THRIVE}targets/", f"{THRIVE}recommendations/")
    assert inspector.found == []

    page.context.clear_cookies()
    sign_in(page, "lead", to=f"{MID_MERSEY}workstreams/access-and-crisis/")
    answered = page.get_by_role("region", name="Gaps and recommendations")
    expect(answered).to_contain_text("Send somebody within four hours")
    follow(answered, "Crisis help comes late in two places")
    sees_heading(page, "Crisis help comes late in two places")
