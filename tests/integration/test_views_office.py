"""The office's page and what can be done from it; the months and their days; everybody's own e-mails."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.actions import mail, periods
from programme.models import Leave, Mail, MailAttempt, MailChoices
from programme.roles import Role
from programme.status import Rag
from reporting.models import Snapshot
from tests.factories import people, work
from tests.integration.markup import faults, markup
from workstreams.actions import office as saying
from workstreams.actions import reminding
from workstreams.models import UpdateEvent

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
UPDATES = "/p/own/updates/"
SEPTEMBER = "/p/own/updates/2026-09/"


@pytest.fixture(autouse=True)
def clock(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def programme():
    """September: in, in late, returned, begun, silent and late; nothing is due for October yet."""
    own = work.programme("Own")
    rows = {name: work.workstream(own, name) for name in ("Crisis", "Schools", "Housing", "Waiting", "Autism", "Night")}
    august = work.FIRST_MONTH.replace(month=8)
    for name in ("Crisis", "Schools", "Housing", "Waiting", "Night"):
        work.sent_update(rows[name], august)
    work.sent_update(rows["Crisis"], work.SEPTEMBER, rating=Rag.AMBER)
    work.sent_update(rows["Schools"], work.SEPTEMBER, at=datetime(2026, 10, 9, 9, tzinfo=UTC))
    sent = work.sent_update(rows["Housing"], work.SEPTEMBER)
    saying.return_update(
        update=sent.update, reason="Say how many", by=people.user("Second Office"), at=datetime(2026, 10, 8, tzinfo=UTC)
    )
    work.draft(rows["Waiting"], work.SEPTEMBER)
    return own


@pytest.fixture
def office(programme, client):
    account = people.member(programme, Role.OFFICE, "Grace Office")
    client.force_login(account)
    return account


def rows_of(page) -> list[list[str]]:
    """The cells of the table without their headings for phones."""
    found: list[list[str]] = []
    for element in page.elements:
        if element.tag == "tr" and "tbody" in element.parents:
            found.append([])
        if element.tag in {"th", "td"} and "tbody" in element.parents:
            found[-1].append(" ".join(element.text.split()))
    return found


def test_the_offices_own_card_says_whom_it_waits_for_what_is_due_and_what_can_be_closed(office, programme, client):
    page = markup(client.get("/p/own/"))
    assert faults(page) == []
    for said in (
        "Chase 4 updates for September 2026",
        "Autism: 28 days late. Silent for 6 months or more",
        "The October 2026 updates are due on 6 November 2026, in 2 days.",
        "September 2026 can be closed: its last day was 12 October 2026.",
    ):
        assert said in page.words
    client.force_login(people.member(programme, Role.SLT))
    assert "Your month" not in markup(client.get("/p/own/")).words


def test_every_expected_update_is_listed_most_pressing_first(office, client):
    answer = client.get(UPDATES)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (200, [])
    assert [(row[0].removeprefix("Workstream "), row[2].removeprefix("Update ")) for row in rows_of(page)] == [
        ("Autism", "Silent 28 days late. Silent for 6 months or more"),
        ("Night", "Late 28 days late"),
        ("Housing", "Returned Returned 8 October 2026, 28 days late Say how many"),
        ("Waiting", "Begun 3 answers written, not sent, 28 days late"),
        ("Schools", "In Sent 9 October 2026, 2 days late"),
        ("Crisis", "In Sent 7 October 2026"),
    ]
    assert "2 of 6 updates are in. 4 are late, 1 of them silent and 1 is back with the lead." in page.words


def test_no_change_checked_counts_as_in_and_apart(programme, office, client):
    night = programme.workstreams.get(name="Night")
    draft = work.draft(night, work.SEPTEMBER)
    UpdateEvent.objects.create(
        update=draft.update, kind=UpdateEvent.Kind.NO_CHANGE, at=datetime(2026, 10, 6, tzinfo=UTC)
    )
    row = next(row for row in rows_of(markup(client.get(UPDATES))) if "Night" in row[0])
    assert row[2] == "Update No change Checked 6 October 2026: nothing has changed"


@pytest.mark.parametrize(
    ("sort", "first"), [("name", "Autism"), ("-name", "Waiting"), ("-update", "Crisis"), ("nonsense", "Autism")]
)
def test_the_table_is_sorted_by_its_address(office, client, sort, first):
    answer = client.get(UPDATES, {"sort": sort, "month": "2026-09"}, headers=HTMX)
    assert first in rows_of(markup(answer))[0][0]
    assert faults(markup(answer), part=True) == []


def test_the_last_reminder_and_what_became_of_it_are_shown(programme, office, client):
    reminding.chase(period=work.period(programme, work.SEPTEMBER), by=office)
    night = rows_of(markup(client.get(UPDATES)))[1]
    assert night[3].endswith("waiting to be sent")
    mail.deliver_waiting()
    _, night, *_ = rows_of(markup(client.get(UPDATES)))
    assert night[3].startswith("Last reminder Chased 4 November 2026.")
    assert night[3].endswith("taken by the mail server")
    refused = Mail.objects.get(reminders__workstream__name="Autism")
    Mail.objects.filter(pk=refused.pk).update(state=Mail.State.REFUSED)
    MailAttempt.objects.create(
        mail=refused, number=2, at=datetime(2026, 11, 4, tzinfo=UTC), result="refused",
        words="The mail server refused it: 550 5.1.1 No such user here.",
    )  # fmt: skip
    page = markup(client.get(UPDATES))
    assert rows_of(page)[0][3].endswith(
        "refused by the mail server. The mail server refused it: 550 5.1.1 No such user here"
    )
    assert "1 reminder has not arrived." in page.words


def test_those_who_only_watch_see_states_and_nothing_to_do(programme, client):
    client.force_login(people.member(programme, Role.SLT))
    page = markup(client.get(UPDATES))
    assert faults(page) == []
    assert {
        e["href"] for e in page.all("a") if "/updates/2026-09/" in e["href"] and "workstreams" not in e["href"]
    } == set()
    assert len(rows_of(page)[0]) == 5


def test_the_number_of_queries_does_not_grow_with_the_workstreams(programme, office, client):
    client.get(UPDATES)
    reminding.chase(period=work.period(programme, work.SEPTEMBER), by=office)
    with CaptureQueriesContext(connection) as few:
        client.get(UPDATES)
    for _ in range(3):
        more = work.workstream(programme)
        work.sent_update(more, work.SEPTEMBER)
        work.workstream(programme)
    reminding.chase(period=work.period(programme, work.SEPTEMBER), by=office)
    with CaptureQueriesContext(connection) as many:
        client.get(UPDATES)
    assert len(many) == len(few)


def test_chasing_lists_who_gets_an_email_and_then_sends_it(office, client):
    address = f"{SEPTEMBER}chase/"
    page = markup(client.get(address))
    assert faults(page) == []
    assert "Do you want to chase 4 people for September 2026?" in page.words
    answer = client.post(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{UPDATES}?month=2026-09")
    assert "will get an email" in markup(client.get(UPDATES)).words
    again = markup(client.get(address))
    assert "Nobody can be chased for September 2026 today" in again.words
    assert again.words.count("Chased today already") == 4
    client.post(address)
    assert Mail.objects.count() == 4


def test_one_workstream_is_chased_alone(office, client):
    page = markup(client.get(f"{SEPTEMBER}chase/?only=night"))
    assert "Do you want to chase 1 person for September 2026?" in page.words
    client.post(f"{SEPTEMBER}chase/?only=night")
    assert list(Mail.objects.values_list("reminders__workstream__name", flat=True)) == ["Night"]


def test_an_update_goes_back_with_a_reason_after_a_page_that_says_what_happens(office, client):
    address = f"{SEPTEMBER}crisis/return/"
    assert faults(markup(client.get(address))) == []
    wrong = client.post(address, {"reason": ""})
    assert (wrong.status_code, faults(markup(wrong))) == (422, [])
    assert "Enter what has to be changed" in markup(wrong).words
    check = markup(client.post(address, {"reason": "Say how many"}))
    assert "Say how many" in check.words
    answer = client.post(address, {"reason": "Say how many", "confirm": "1"})
    assert answer.status_code == 302
    row = next(row for row in rows_of(markup(client.get(UPDATES))) if "Crisis" in row[0])
    assert row[2] == "Update Returned Returned 4 November 2026, 28 days late Say how many"
    assert client.get(address).status_code == 404


def test_an_update_is_acknowledged_once_and_never_ones_own(programme, office, client):
    address = f"{SEPTEMBER}schools/acknowledge/"
    assert client.post(address).status_code == 302
    row = next(row for row in rows_of(markup(client.get(UPDATES))) if "Schools" in row[0])
    assert row[2].endswith("Acknowledged 4 November 2026 by Grace Office")
    assert "Acknowledge" not in row[5]
    typed = work.told_update(programme.workstreams.get(name="Night"), work.OCTOBER, by=office)
    client.post("/p/own/updates/2026-10/night/acknowledge/")
    page = markup(client.get(f"{UPDATES}?month=2026-10"))
    assert "This update is your own, so somebody else has to acknowledge it." in page.words
    assert not typed.update.events.filter(kind="acknowledged").exists()


def test_closing_lists_who_is_late_and_keeps_what_was_decided(programme, office, client):
    address = f"{SEPTEMBER}close/"
    page = markup(client.get(address))
    assert faults(page) == []
    assert "4 updates are not in: Autism (28 days late. Silent for 6 months or more)" in page.words
    wrong = client.post(address, {"note": "", "confirm": "1"})
    assert (wrong.status_code, faults(markup(wrong))) == (422, [])
    check = markup(client.post(address, {"note": "All four report in October"}))
    assert "All four report in October" in check.words
    client.post(address, {"note": "All four report in October", "confirm": "1"})
    period = work.period(programme, work.SEPTEMBER)
    assert (period.closed_by, period.close_note) == (office, "All four report in October")
    said = markup(client.get(f"{UPDATES}?month=2026-09")).words
    assert "Closed 4 November 2026 at" in said
    assert "by Grace Office. All four report in October" in said


def test_a_closed_month_is_opened_again_until_it_is_frozen(programme, office, client):
    assert "Close September 2026 before you freeze it" in markup(client.get(f"{SEPTEMBER}freeze/")).words
    client.post(f"{SEPTEMBER}close/", {"note": "Later", "confirm": "1"})
    client.post(f"{SEPTEMBER}reopen/", {"reason": "One more", "confirm": "1"})
    assert work.period(programme, work.SEPTEMBER).closed_at is None
    client.post(f"{SEPTEMBER}close/", {"note": "Later", "confirm": "1"})
    page = markup(client.get(f"{SEPTEMBER}freeze/"))
    assert faults(page) == []
    assert "cannot be changed by anyone" in page.words
    assert client.post(f"{SEPTEMBER}freeze/").status_code == 302
    assert "September 2026 is frozen already" in markup(client.get(f"{SEPTEMBER}freeze/")).words
    assert work.period(programme, work.SEPTEMBER).frozen_by == office
    assert Snapshot.objects.get(kind="close").by == office
    client.post(f"{SEPTEMBER}reopen/", {"reason": "One more", "confirm": "1"})
    said = markup(client.get(f"{UPDATES}?month=2026-09")).words
    assert "September 2026 is frozen, so it stays as it is." in said
    assert "by Grace Office: nobody can change it." in said


# -- months and their days ---------------------------------------------------------------------------------------------

DAYS = {
    "version": 1, "opens_on_day": 26, "opens_on_month": 10, "opens_on_year": 2026, "due_on_day": 9, "due_on_month": 11,
    "due_on_year": 2026, "closes_on_day": 12, "closes_on_month": 11, "closes_on_year": 2026, "reason": "Training day",
}  # fmt: skip
OCTOBER = "/p/own/manage/periods/2026-10/"


def test_months_are_listed_with_their_days_and_how_they_stand(programme, office, client):
    periods.close(period=work.period(programme, date(2026, 8, 1)), by=office, note="Two were ill")
    page = markup(client.get("/p/own/manage/periods/"))
    assert faults(page) == []
    stands = {row[0].removeprefix("Month "): row[1].removeprefix("Stands ") for row in rows_of(page)}
    wanted = {"November 2026": "Upcoming", "October 2026": "Open", "September 2026": "Past its due day"}
    assert {month: stands[month] for month in wanted} == wanted
    assert stands["August 2026"] == "Closed"
    assert "Closed 4 November 2026 by Grace Office. Two were ill" in page.words


def test_a_month_gets_days_of_its_own_and_says_so(programme, office, client):
    assert faults(markup(client.get(OCTOBER))) == []
    assert client.post(OCTOBER, DAYS).status_code == 302
    assert work.period(programme, work.OCTOBER).due_on == date(2026, 11, 9)
    said = markup(client.get(OCTOBER)).words
    assert "Grace Office: Changed the month's days (Due 9 November 2026, was 6 November 2026; Closes" in said
    assert "Training day" in said


def test_days_out_of_order_are_refused_and_stay_in_the_form(office, client):
    answer = client.post(OCTOBER, DAYS | {"due_on_day": 20})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert "The closing day must be the same as or after the due day" in page.words
    early = client.post(OCTOBER, DAYS | {"opens_on_month": 9})
    assert "October 2026 cannot open before it begins." in markup(early).words


def test_two_people_changing_a_months_days_are_both_shown(programme, office, client):
    client.post(OCTOBER, DAYS)
    answer = client.post(OCTOBER, DAYS | {"due_on_day": 10})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (409, [])
    assert "They saved: opens 26 October 2026, due 9 November 2026" in page.words
    assert (
        client.post(OCTOBER, DAYS | {"due_on_day": 10, "version": page.by_id("id_version")["value"]}).status_code == 302
    )
    assert work.period(programme, work.OCTOBER).due_on == date(2026, 11, 10)


def test_the_days_of_a_closed_month_stay(programme, office, client):
    periods.close(period=work.period(programme, work.OCTOBER), by=office)
    page = markup(client.get(OCTOBER))
    assert faults(page) == []
    assert page.all("textarea") == []
    assert client.post(OCTOBER, DAYS | {"version": 2}).status_code == 422


# -- one's own e-mails -------------------------------------------------------------------------------------------------


def test_everybody_chooses_which_emails_they_get(office, client):
    page = markup(client.get("/account/notifications/"))
    assert faults(page) == []
    assert len([e for e in page.all("input") if e["type"] == "checkbox" and "checked" in e.attributes]) == 10
    client.post("/account/notifications/", {"due": "on", "returned": "on"})
    assert set(MailChoices.objects.get(user=office).off) == {
        "soon",
        "standing_in",
        "sponsor",
        "acknowledged",
        "answered",
        "report_waits",
        "report_published",
        "report_failed",
    }
    assert "Your choices are saved." in markup(client.get("/account/notifications/")).words


def test_everybody_says_when_they_are_away_and_takes_it_back(programme, client):
    night = programme.workstreams.get(name="Night")
    lead = work.lead_of(night)
    work.assign(night, people.user("Bo Deputy"), "deputy")
    client.force_login(lead)
    days = {
        "since_day": 9,
        "since_month": 11,
        "since_year": 2026,
        "until_day": 13,
        "until_month": 11,
        "until_year": 2026,
    }
    assert client.post("/account/leave/", days).status_code == 302
    page = markup(client.get("/account/leave/"))
    assert faults(page) == []
    assert "You are away from 9 November 2026 to 13 November 2026." in page.words
    assert [e.text for e in page.classed("nhsuk-summary-list__value")] == ["Bo Deputy"]
    again = client.post("/account/leave/", days)
    assert (again.status_code, faults(markup(again))) == (422, [])
    leave = Leave.objects.get()
    client.force_login(people.user("Somebody else"))
    assert client.get(f"/account/leave/{leave.pk}/cancel/").status_code == 404
    client.force_login(lead)
    assert faults(markup(client.get(f"/account/leave/{leave.pk}/cancel/"))) == []
    assert client.post(f"/account/leave/{leave.pk}/cancel/").status_code == 302
    assert not Leave.objects.exists()


def test_late_and_backfilled_updates_say_so_where_they_are_read(programme, office, client):
    night = programme.workstreams.get(name="Night")
    work.sent_update(night, work.SEPTEMBER, at=datetime(2026, 11, 4, 9, tzinfo=UTC))
    entered = "Entered 4 November 2026 for September 2026, after the month had passed"
    for address in ("/p/own/workstreams/night/updates/", "/p/own/workstreams/night/updates/2026-09/", UPDATES):
        assert entered in markup(client.get(address)).words
    assert "Sent 9 October 2026, 2 days late" in markup(client.get("/p/own/workstreams/schools/updates/")).words
