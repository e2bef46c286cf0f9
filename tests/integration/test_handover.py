"""Handing a workstream over: the successor's page, the last words of whoever leaves, the card on the first days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.history import recorded
from programme.models import Person, User
from programme.refusals import Refused
from programme.roles import Role
from programme.status import Rag
from tests.factories import people, work
from tests.integration.markup import faults, markup
from workstreams.actions import handover as actions
from workstreams.actions import registers
from workstreams.actions import workstreams as work_actions
from workstreams.models import Assignment, HandoverNote

pytestmark = pytest.mark.django_db

CRISIS = "/p/own/workstreams/crisis-care/"
PAGE, NOTE = f"{CRISIS}handover/", f"{CRISIS}handover/note/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


def person_of(account: User) -> Person:
    assert account.person is not None
    return account.person


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def before(programme):
    return people.user("Dana Whitlock")


@pytest.fixture
def workstream(programme, before):
    """Crisis care, whose lead stopped at the end of October."""
    made = work.workstream(programme, "Crisis care", lead=before)
    work.sent_update(made, work.SEPTEMBER, rating=Rag.AMBER)
    work.milestone(made, "Rota agreed", when="December 2026", moved_to=["January 2027", "March 2027"])
    work.ask(made)
    work.risk(made)
    with recorded(by=None, action="Ended an assignment"):
        made.assignments.update(until=date(2026, 10, 31))
    return made


@pytest.fixture
def successor(workstream, client):
    account = people.user("Jo Bramley")
    work_actions.assign(workstream=workstream, person=person_of(account), role="lead", since=date(2026, 11, 1), by=None)
    client.force_login(account)
    return account


def test_the_successor_reads_the_story_what_is_open_and_whom_to_ask(successor, client, workstream, before):
    actions.leave_note(
        workstream=workstream, person=before.person, text="Ring the <ward> first", by=before,
        at=datetime(2026, 10, 30, 15, tzinfo=UTC),
    )  # fmt: skip
    page = markup(client.get(PAGE))
    assert faults(page) == []
    for words in (
        "To help sooner.",
        "Ring the <ward> first Dana Whitlock, 30 October 2026",
        "October 2026 update: due on 6 November 2026",
        "Rota agreed: March 2027",
        "Moved twice: was December 2026",
        (
            "September 2026: Amber, at risk. Two posts are vacant. Interviews are on 20 November. "
            "“The crisis line is answered at night” and 1 more point."
        ),
        "0 milestones are done and 1 to come. “Rota agreed” has moved twice.",
        "Next steps of the September 2026 update. Agree the rota",
        "Fund two more nurses Asked 5 October 2026, wanted by 16 October 2026",
        "Risk: Nurses leave score 12 of 25",
        "Jo Bramley, lead from 1 November 2026",
        "Dana Whitlock, lead from 1 January 2026 to 31 October 2026",
    ):
        assert words in page.words


def test_the_page_of_a_workstream_with_nothing_says_so(programme, client):
    work.workstream(programme, "Crisis care")
    client.force_login(people.member(programme, Role.OFFICE))
    page = markup(client.get(PAGE))
    assert faults(page) == []
    for words in (
        "No update has been sent yet.", "No milestone has been added yet.", "No next steps are open.",
        "Every ask has been answered.", "No risk or issue is open.", "No milestone is waiting to be done.",
    ):  # fmt: skip
        assert words in page.words


def test_what_was_answered_or_closed_is_not_open(successor, client, workstream):
    from workstreams.actions import asks

    office = people.user()
    asks.answer(
        ask=workstream.asks.get(), kind="yes", sentence="From the reserve", day=work.TODAY, version=1, by=office
    )
    registers.close(entry=workstream.risks.get(), how="They stay", version=1, by=office)
    words = markup(client.get(PAGE)).words
    assert "Every ask has been answered." in words
    assert "No risk or issue is open." in words


def test_only_those_who_lead_sponsor_or_keep_it_read_the_page(programme, workstream, before, client):
    sponsor = people.user()
    work.assign(workstream, sponsor, Assignment.Role.SPONSOR)
    reader = people.member(programme, Role.READER)
    slt = people.member(programme, Role.SLT)
    # The lead who has left has no part in the programme any more, unless some other role keeps them in it.
    for account, status in ((sponsor, 200), (reader, 403), (slt, 403), (before, 404)):
        client.force_login(account)
        assert client.get(PAGE).status_code == status
    work.assign(work.workstream(programme), before, Assignment.Role.DEPUTY)
    client.force_login(before)
    assert client.get(PAGE).status_code == 200


def test_the_outgoing_lead_leaves_a_note_and_it_stays_as_it_is(programme, workstream, before, client):
    work.assign(work.workstream(programme), before, Assignment.Role.DEPUTY)
    client.force_login(before)
    empty = client.post(NOTE, {"person": "", "text": ""})
    assert (empty.status_code, faults(markup(empty))) == (422, [])
    typed = {"person": before.person_id, "text": "Ring the ward first\nThen the rota"}
    answer = client.post(NOTE, typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert [(n.person, n.by, n.text) for n in HandoverNote.objects.all()] == [
        (before.person, before, "Ring the ward first\nThen the rota")
    ]
    assert "Your note is on the hand-over page." in markup(client.get(PAGE)).words
    history = markup(client.get(f"{CRISIS}history/")).words
    assert "Dana Whitlock left a hand-over note" in history
    assert "Ring the ward" not in history


def test_the_office_writes_a_note_in_a_leads_name_and_the_page_says_so(programme, workstream, before, client):
    office = people.member(programme, Role.OFFICE, "Olu Office")
    client.force_login(office)
    stranger = people.person("A. Stranger")
    assert client.post(NOTE, {"person": stranger.pk, "text": "Hello"}).status_code == 422
    assert client.post(NOTE, {"person": before.person_id, "text": "Ring the ward"}).status_code == 302
    assert "Dana Whitlock, 4 November 2026, written down by Olu Office" in markup(client.get(PAGE)).words


def test_an_empty_note_is_refused_in_words(workstream):
    with pytest.raises(Refused, match="Write what whoever takes over should know"):
        actions.leave_note(workstream=workstream, text="  ", by=None)


@pytest.mark.parametrize(("days", "offered"), [(3, True), (60, True), (61, False)])
def test_the_page_is_offered_at_home_for_the_first_days(workstream, client, monkeypatch, days, offered):
    account = people.user("Jo Bramley")
    since = work.TODAY - timedelta(days=days)
    with recorded(by=None, action="Ended an assignment"):
        workstream.assignments.update(until=since - timedelta(days=1))
    work_actions.assign(workstream=workstream, person=person_of(account), role="lead", since=since, by=None)
    client.force_login(account)
    page = markup(client.get("/p/own/"))
    assert faults(page) == []
    assert ("You have taken over Crisis care" in page.words) is offered
    assert (PAGE in page.links("/p/own/")) is offered


def test_the_first_lead_of_a_workstream_takes_over_from_nobody(programme, client):
    lead = people.user()
    made = work.workstream(programme, "New strand", lead=lead)
    with recorded(by=None, action="Began"):
        made.assignments.update(since=work.TODAY)
    client.force_login(lead)
    assert "You have taken over" not in markup(client.get("/p/own/")).words


def test_the_number_of_queries_does_not_grow_with_what_is_handed_over(programme, workstream, before, client):
    client.force_login(people.member(programme, Role.OFFICE))
    costs = []
    for number in (1, 2, 3):
        work.ask(workstream, f"Ask {number}")
        work.risk(workstream, f"Risk {number}")
        work.issue(workstream, f"Issue {number}")
        actions.leave_note(workstream=workstream, text=f"Note {number}", by=before, person=before.person)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2]
