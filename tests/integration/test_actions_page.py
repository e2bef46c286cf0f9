"""The page of actions: what is mine, what is late and where it comes from, over every part of the product."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.clock import today
from programme.roles import Role
from programme.status import Rag
from reporting.action_sources import everything
from reporting.actions_page import Item, Kind, matching, sentence
from tests.factories import gates, groups, heard, people, work
from tests.integration.markup import faults, markup
from workstreams.actions import asks, registers, risks
from workstreams.actions import office as office_actions
from workstreams.actions.meetings import MinutedAction

pytestmark = pytest.mark.django_db

PAGE = "/p/own/actions/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def workstream(programme):
    return work.workstream(programme, "Crisis care", lead=people.user("Dana Lead"))


@pytest.fixture
def lead(workstream, client):
    account = work.lead_of(workstream)
    client.force_login(account)
    return account


def fill(workstream, owner) -> None:
    """Something of every kind."""
    programme = workstream.programme
    registers.add_action(
        programme=programme, workstream=workstream, text="Ring round", owner=owner, due_on=date(2026, 11, 1), by=None
    )
    group = groups.group(programme, workstream=workstream)
    groups.meeting(group, actions=[MinutedAction("Book a room", owner, date(2026, 11, 20))])
    work.ask(workstream, "Fund two more nurses")
    risk = work.risk(workstream)
    risks.score(
        risk=risk, likelihood=3, impact=3, reason="Looked", version=1, by=None, review_on=date(2026, 12, 1),
        at=datetime(2026, 10, 1, 9, tzinfo=UTC),
    )  # fmt: skip
    registers.change(entry=risk, version=2, by=None, owner=owner)
    work.milestone(workstream, when="September 2026")
    groups.link(workstream)
    groups.question(workstream)
    heard.voice(programme, workstream=workstream)
    gates.conditional(programme, owner=owner, workstream=workstream, name=f"Gate of {workstream.name}")


def shown(client, query: str) -> list[str]:
    page = markup(client.get(PAGE + query))
    assert faults(page) == []
    return [e.text.strip() for e in page.all("a") if "th" in e.parents and "tbody" in e.parents]


def test_a_milestone_nobody_owns_is_for_whoever_leads(workstream, lead, client):
    unowned = work.milestone(workstream, "Base opens", when="September 2026")
    assert unowned.owner is None
    assert "Base opens" in shown(client, "?whose=mine")
    client.force_login(people.member(workstream.programme, Role.OFFICE, "Pat Office"))
    words = markup(client.get(f"{PAGE}?whose=all")).words
    assert "Plan, no owner named" in words
    assert "Dana Lead" in words


def test_a_lead_sees_first_what_is_theirs_with_what_is_late_at_the_top(workstream, lead, client):
    fill(workstream, lead.person)
    work.sent_update(workstream, work.SEPTEMBER)
    page = markup(client.get(PAGE))
    assert faults(page) == []
    assert page.classed("nhsuk-lede-text")[0].text.strip() == "14 things wait for you, 9 of them late."
    rows = [e.text for e in page.all("tr") if "tbody" in e.parents]
    assert "March 2026 update of Crisis care" in rows[0]  # five more months were never sent
    assert "Agree the money" in rows[7]
    assert "Ring round" in rows[8]
    assert "Late: 1 November 2026, 3 days ago" in rows[8]
    words = page.words
    for each in ("Book a room", "Minuted at", "October 2026 update of Crisis care", "Promised in September 2026"):
        assert each in words
    assert "Fund two more nurses" not in words  # it waits for those above
    assert "Fund two more nurses" in shown(client, "?whose=all")


def test_filters_and_sorting_are_addresses_and_htmx_gets_the_part(workstream, lead, client):
    fill(workstream, lead.person)
    assert shown(client, "?whose=mine&kind=action") == ["Ring round", "Book a room"]
    assert shown(client, "?whose=mine&kind=action&sort=-due") == ["Book a room", "Ring round"]
    assert shown(client, "?whose=mine&when=late")[-1] == "Ring round"
    assert shown(client, "?whose=mine&when=soon&kind=action") == ["Book a room"]
    assert shown(client, "?whose=all&when=undated&kind=question") == ["Who answers at weekends?"]
    assert shown(client, "?whose=all&workstream=Nowhere&kind=nonsense&sort=nonsense") == shown(client, "?whose=all")
    part = client.get(f"{PAGE}?whose=mine", headers=HTMX)
    assert "<html" not in part.content.decode()
    assert faults(markup(part), part=True) == []
    assert "Ring round" in part.content.decode()


def test_those_above_see_the_asks_that_wait_for_their_answer(workstream, lead, client):
    fill(workstream, lead.person)
    unclear = work.ask(workstream, "Find a room", wanted_by=None)
    slt = people.member(workstream.programme, Role.SLT)
    asks.answer(ask=unclear, kind="more_needed", sentence="Where?", day=date(2026, 11, 9), version=1, by=slt)
    client.force_login(slt)
    assert shown(client, "?whose=mine") == ["Fund two more nurses"]
    client.force_login(lead)
    assert "Find a room" in shown(client, "?whose=mine&kind=ask")


def test_an_update_that_came_back_is_its_leads_and_seen_by_the_office_alone(workstream, lead, client):
    sent = work.sent_update(workstream, work.OCTOBER, at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    office = people.member(workstream.programme, Role.OFFICE)
    office_actions.return_update(update=sent.update, reason="Say which nights", by=office)
    assert "Returned by the office" in markup(client.get(f"{PAGE}?whose=mine&kind=update")).words
    client.force_login(office)
    assert "Returned by the office" in markup(client.get(f"{PAGE}?whose=all&kind=update")).words
    client.force_login(people.member(workstream.programme, Role.READER))
    assert "Returned by the office" not in markup(client.get(f"{PAGE}?whose=all")).words


def test_somebody_with_nothing_of_their_own_sees_everything_and_empty_pages_say_why(workstream, client):
    reader = people.member(workstream.programme, Role.READER)
    client.force_login(reader)
    assert "Nothing is open." in markup(client.get(PAGE)).words
    assert "What you own, what waits for your answer" in markup(client.get(f"{PAGE}?whose=mine")).words
    fill(workstream, people.person("Sam Owner"))
    assert "Sam Owner" in markup(client.get(PAGE)).words
    assert "Nothing matches these filters." in markup(client.get(f"{PAGE}?whose=all&kind=baseline")).words


def test_the_page_asks_the_database_as_often_for_three_as_for_one(workstream, lead, client):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{PAGE}?whose=all").status_code == 200
        return len(asked)

    fill(workstream, lead.person)
    work.sent_update(workstream, work.SEPTEMBER)
    first = count()
    for _ in range(2):
        other = work.workstream(workstream.programme, lead=lead)
        fill(other, lead.person)
        work.sent_update(other, work.SEPTEMBER, rating=Rag.AMBER)
    assert count() == first
    assert first <= 45


def test_every_item_leads_to_a_page(workstream, lead, client):
    fill(workstream, lead.person)
    work.sent_update(workstream, work.SEPTEMBER)
    answers = {item.href: client.get(item.href).status_code for item in items_of(workstream.programme, lead, client)}
    assert set(answers.values()) == {200}
    assert len(answers) >= 8


def items_of(programme, user, client):
    request = client.get(PAGE).wsgi_request
    return everything(programme, user, request.rights, today())


# -- words -------------------------------------------------------------------------------------------------------------


def item(due: date | None, **facts) -> Item:
    return Item(Kind.ACTION, "X", "Y", "Sam", True, due, "Crisis care", ("action", ()), **facts)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 4), "4 November 2026, today"),
        (date(2026, 11, 5), "5 November 2026, tomorrow"),
        (date(2026, 11, 3), "3 November 2026, yesterday"),
        (date(2026, 11, 14), "14 November 2026, in 10 days"),
        (date(2026, 10, 25), "25 October 2026, 10 days ago"),
        (None, ""),
    ],
)
def test_a_day_is_said_with_its_distance(due, words):
    assert item(due).due_words(work.TODAY) == words


def test_the_page_is_one_sentence():
    late, soon = item(date(2026, 11, 1)), item(date(2026, 11, 20))
    assert sentence([late, soon], work.TODAY, mine=True) == "2 things wait for you, 1 of them late."
    assert sentence([soon], work.TODAY, mine=True) == "1 thing waits for you. None is late."
    assert sentence([soon], work.TODAY, mine=False) == "1 thing is open in this programme. None is late."
    assert matching([late, soon], when="late", kind="", workstream="", day=work.TODAY) == [late]
    assert matching([late, soon], when="", kind="ask", workstream="", day=work.TODAY) == []
