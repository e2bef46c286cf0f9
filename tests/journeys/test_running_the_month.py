"""The programme office runs the month, and a lead finds what came back."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from programme.clock import LONDON
from programme.models import ReportingPeriod
from programme.status import Rag
from tests.conftest import DEMO_DAY
from tests.journeys.steps import follow, press, rows, sees, sees_heading, sign_in
from workstreams.actions import updates
from workstreams.models import Assignment, MonthlyUpdate, UpdateEvent, Workstream
from workstreams.sections import Section

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.journeys.conftest import OpenWindow

UPDATES = "/p/mid-mersey/updates/?month=2026-10"
EVENING = datetime.combine(DEMO_DAY, time(19), tzinfo=LONDON)


def row(page: Page, name: str) -> Locator:
    return rows(page).filter(has_text=name)


def the_lead_sends(words: str, at: datetime) -> None:
    """How a lead writes and sends has journeys of its own."""
    workstream = Workstream.objects.get(slug="access-and-crisis", programme__slug="mid-mersey")
    lead = Assignment.objects.leads().get(workstream=workstream, until=None).person
    updates.send(
        workstream=workstream,
        period=ReportingPeriod.objects.get(programme=workstream.programme, month="2026-10-01"),
        items={Section.PROGRESS: [words]},
        rating=Rag.GREEN,
        reason="",
        by=lead.user,
        at=at,
    )


def test_the_office_runs_october_and_the_lead_finds_what_came_back(window: OpenWindow) -> None:
    """Given October past its due day, three updates missing and one of their leads within reach of an email,
    when the office chases all and reads what comes, returns it with a reason and the lead sends it again,
    then the office acknowledges it, closes October with the late ones listed and freezes it, and nobody opens it again.
    """
    office, lead = window(), window()
    sign_in(office, "office", to=UPDATES)
    sees(office, "8 of 11 updates are in. 3 are late and 1 of them silent.")
    expect(row(office, "Complex needs hub")).to_contain_text("Silent")
    expect(row(office, "Access and crisis redesign")).to_contain_text("Nadia Farrant: taken by the mail server")

    follow(office, "Chase all 3")
    sees_heading(office, "Do you want to chase 1 person for October 2026?")
    sees(office, "Rhys Montague: no account, so no email")
    press(office, "Send")
    sees(office, "Nadia Farrant will get an email.")
    sees(office, "Nobody could be written to for Complex needs hub and Data and outcomes.")
    expect(row(office, "Access and crisis redesign")).to_contain_text("Chased 18 November 2026")

    the_lead_sends("The night team has begun", EVENING)
    office.reload()
    row(office, "Access and crisis redesign").get_by_role("link", name=re.compile("^Return")).click()
    office.get_by_label("What has to be changed?").fill("Say how many posts are filled.")
    press(office, "Continue")
    press(office, "Return the update")
    expect(row(office, "Access and crisis redesign")).to_contain_text("Say how many posts are filled.")

    sign_in(lead, "lead", to="/p/mid-mersey/")
    lead.get_by_role("button", name=re.compile("^Go on with the October 2026 update")).click()
    expect(lead.get_by_label("What has moved on since last month?")).to_have_value("The night team has begun")
    returned = UpdateEvent.objects.get(kind=UpdateEvent.Kind.RETURNED, update__period__month="2026-10-01")
    the_lead_sends("The night team has begun: 6 of 8 posts are filled", returned.at + timedelta(seconds=1))

    office.reload()
    row(office, "Access and crisis redesign").get_by_role("button", name=re.compile("^Acknowledge")).click()
    expect(row(office, "Access and crisis redesign")).to_contain_text("by Priya Venkataraman")

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
    update = MonthlyUpdate.objects.get(workstream__slug="access-and-crisis", period__month="2026-10-01")
    assert [event.kind for event in update.events.all()] == ["submitted", "returned", "submitted", "acknowledged"]
