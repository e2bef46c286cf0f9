"""Asks: what a workstream wants from above, answered once, with the lead told and a yes recorded as a decision."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import people, work
from tests.integration.markup import faults, markup
from workstreams import asks as reading
from workstreams.actions import asks
from workstreams.lead_news import lead_news
from workstreams.models import Ask, AskEvent, Assignment, Decision
from workstreams.teams import teams_of

pytestmark = pytest.mark.django_db

LIST, NOW = "/p/own/asks/", datetime(2026, 11, 4, 12, tzinfo=UTC)
YES = {"kind": "yes", "sentence": "From the reserve", "day_day": "9", "day_month": "11", "day_year": "2026"}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def workstream():
    return work.workstream(work.programme("Own"), "Crisis care")


@pytest.fixture
def lead(workstream):
    return work.lead_of(workstream)


@pytest.fixture
def slt(workstream):
    return people.member(workstream.programme, Role.SLT, "Sol Senior")


def trail(ask: Ask) -> list[tuple[int, str, str]]:
    return [(event.number, event.kind, event.sentence) for event in ask.events.all()]


def recorded_as(row: Any) -> Any:
    """The one event of a row's history."""
    return type(row).history.rel.related_model.objects.get(pgh_obj=row.pk)


def answered(ask: Ask, by, kind: str = "yes", version: int = 1) -> AskEvent:
    return asks.answer(ask=ask, kind=kind, sentence="From the reserve", day=date(2026, 11, 9), version=version, by=by)


# -- actions -----------------------------------------------------------------------------------------------------------


def test_a_yes_is_a_decision_in_the_same_moment(workstream, slt):
    ask = work.ask(workstream, "Fund two more nurses.")
    answered(ask, slt)
    decision = Decision.objects.get()
    assert trail(ask) == [(1, "asked", ""), (2, "yes", "From the reserve")]
    assert (decision.ask, decision.text, decision.decider, decision.decided_on) == (
        ask, "Fund two more nurses: yes. From the reserve", "Sol Senior", date(2026, 11, 4),
    )  # fmt: skip
    event = recorded_as(decision)
    assert (event.pgh_context.metadata["user"], event.pgh_context.metadata["action"]) == (
        slt.pk, "Answered an ask with yes",
    )  # fmt: skip


def test_a_no_is_no_decision_and_ends_the_ask(workstream, slt):
    ask = work.ask(workstream)
    answered(ask, slt, "no")
    assert Decision.objects.count() == 0
    with pytest.raises(Refused, match="It stands as: Answered: no"):
        answered(ask, slt, version=2)


def test_what_needs_more_goes_back_and_waits_for_an_answer_again_after_the_reply(workstream, slt, lead):
    ask = work.ask(workstream)
    answered(ask, slt, "more_needed")
    with pytest.raises(Refused):
        answered(ask, slt, version=2)
    asks.reply(ask=ask, sentence="9,400 pounds a month", version=2, by=lead)
    assert Ask.objects.with_state().unanswered().get().version == 3
    answered(ask, slt, version=3)
    assert [kind for _, kind, _ in trail(ask)] == ["asked", "more_needed", "replied", "yes"]


def test_who_answers_second_is_told_and_changes_nothing(workstream, slt):
    ask = work.ask(workstream)
    answered(ask, slt)
    with pytest.raises(Stale) as stale:
        answered(ask, people.member(workstream.programme, Role.SLT), "no")
    assert (stale.value.current.kind, stale.value.current.by) == ("yes", slt)
    assert (ask.events.count(), Decision.objects.count()) == (2, 1)


def test_a_lead_withdraws_what_is_open_and_nothing_else(workstream, slt, lead):
    ask = work.ask(workstream)
    asks.withdraw(ask=ask, sentence="The post was filled", version=1, by=lead)
    assert Ask.objects.with_state().unanswered().count() == 0
    with pytest.raises(Refused):
        asks.withdraw(ask=ask, sentence="Again", version=2, by=lead)
    with pytest.raises(Refused, match="Say it in a sentence"):
        asks.withdraw(ask=work.ask(workstream), sentence=" ", version=1, by=lead)


def test_a_blocking_ask_names_its_day(workstream, lead):
    with pytest.raises(Refused, match="Say by which day"):
        asks.ask(workstream=workstream, text="Fund two nurses", is_blocking=True, by=lead)


def test_the_state_is_read_as_at_any_moment(workstream, slt):
    ask = work.ask(workstream)
    answered(ask, slt)
    before = Ask.objects.with_state(datetime(2026, 11, 1, tzinfo=UTC))
    assert (before.get().state, before.unanswered().count()) == ("asked", 1)
    assert Ask.objects.with_state(datetime(2026, 10, 1, tzinfo=UTC)).count() == 0
    assert Ask.objects.answered_since(datetime(2026, 11, 1, tzinfo=UTC)).get() == ask
    assert Ask.objects.answered_since(NOW.replace(hour=13)).count() == 0


# -- reading -----------------------------------------------------------------------------------------------------------


def test_what_blocks_and_is_late_is_read_first_with_its_age_in_working_days(workstream, slt):
    work.ask(workstream, "No day", wanted_by=None)
    work.ask(workstream, "Later", wanted_by=date(2026, 12, 1))
    work.ask(workstream, "Late", wanted_by=date(2026, 10, 16))
    work.ask(workstream, "Blocking", wanted_by=date(2026, 11, 4), is_blocking=True)
    answered(work.ask(workstream, "Answered"), slt)
    waiting = Ask.objects.filter(workstream__programme=workstream.programme).with_state().unanswered()
    lines = reading.pressing_first(reading.lines(waiting, work.TODAY))
    assert [(line.ask.text, line.age_words) for line in lines] == [
        ("Blocking", "Wanted today"),
        ("Late", "13 working days past 16 October 2026"),
        ("Later", "Wanted by 1 December 2026"),
        ("No day", "Asked 22 working days ago, by no stated day"),
    ]


def test_news_reaches_those_who_lead_and_nobody_else(workstream, slt, lead):
    more, said = work.ask(workstream, "More"), work.ask(workstream, "Said")
    answered(more, slt, "more_needed")
    answered(said, slt)
    teams = teams_of(workstream.programme, work.TODAY)
    assert (teams.written_by(lead), teams.written_by(slt)) == ({workstream.pk}, set())
    news = lead_news({workstream.pk}, NOW.replace(hour=13))
    assert ([line.ask for line in news.more_needed], [line.ask for line in news.answered]) == ([more], [said])
    assert not lead_news(set(), NOW)
    assert not lead_news({workstream.pk}, NOW.replace(month=12)).answered


# -- pages -------------------------------------------------------------------------------------------------------------


def test_an_ask_is_answered_on_its_page_and_the_lead_reads_it(workstream, slt, lead, client):
    ask = work.ask(workstream)
    client.force_login(slt)
    assert "Fund two more nurses" in markup(client.get("/p/own/")).words
    form = markup(client.get(f"{LIST}{ask.pk}/answer/"))
    assert (faults(form), form.by_id("id_version")["value"]) == ([], "1")
    answer = client.post(f"{LIST}{ask.pk}/answer/", YES | {"version": 1})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LIST}{ask.pk}/")
    page = markup(client.get(f"{LIST}{ask.pk}/"))
    assert faults(page) == []
    for words in ("Answered: yes by Sol Senior", "From the reserve", "Day: 9 November 2026", "recorded as a decision"):
        assert words in page.words
    client.force_login(lead)
    home = markup(client.get("/p/own/"))
    assert "Answered: yes by Sol Senior to “Fund two more nurses” (Crisis care): From the reserve" in home.words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": ""}, "Select your answer"),
        ({"sentence": ""}, "Enter a sentence"),
        ({"day_day": "", "day_month": "", "day_year": ""}, "Enter the day that goes with your answer"),
    ],
)
def test_what_is_missing_from_an_answer_is_said_and_the_rest_stays(workstream, slt, client, typed, said):
    ask = work.ask(workstream)
    client.force_login(slt)
    answer = client.post(f"{LIST}{ask.pk}/answer/", YES | {"version": 1} | typed)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert said in page.classed("nhsuk-error-summary")[0].text
    assert typed.get("sentence") == "" or "From the reserve" in page.by_id("id_sentence").text
    assert ask.events.count() == 1


def test_an_answer_that_comes_second_gets_a_page_with_both(workstream, slt, client):
    ask = work.ask(workstream)
    answered(ask, people.member(workstream.programme, Role.SLT, "Quick Answer"), "no")
    client.force_login(slt)
    answer = client.post(f"{LIST}{ask.pk}/answer/", YES | {"version": 1, "sentence": "Yes of course"})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (409, [])
    for words in ("Somebody was faster", "Answered: no by Quick Answer", "Yes of course"):
        assert words in page.words


def test_the_sponsor_answers_and_the_lead_replies_and_withdraws(workstream, slt, lead, client):
    ask, sponsor = work.ask(workstream), people.user("Spo Sponsor")
    work.assign(workstream, sponsor, Assignment.Role.SPONSOR)
    client.force_login(sponsor)
    client.post(f"{LIST}{ask.pk}/answer/", YES | {"version": 1, "kind": "more_needed"})
    client.force_login(lead)
    assert "More is needed for “Fund two more nurses”" in markup(client.get("/p/own/")).words
    assert client.post(f"{LIST}{ask.pk}/reply/", {"version": 2, "sentence": "9,400 pounds"}).status_code == 302
    assert client.post(f"{LIST}{ask.pk}/withdraw/", {"version": 3, "sentence": "Filled"}).status_code == 302
    assert [kind for _, kind, _ in trail(ask)] == ["asked", "more_needed", "replied", "withdrawn"]
    client.force_login(people.member(workstream.programme, Role.READER))
    words = markup(client.get(f"{LIST}{ask.pk}/")).words
    assert "Withdrawn by" in words
    assert "Answer this ask" not in words


def test_a_lead_asks_outside_the_update(workstream, lead, client):
    client.force_login(lead)
    address = "/p/own/workstreams/crisis-care/registers/asks/add/"
    wrong = markup(client.post(address, {"text": "", "is_blocking": "on"}))
    assert faults(wrong) == []
    for words in ("Enter what you need", "Enter the day by which you need the answer"):
        assert words in wrong.classed("nhsuk-error-summary")[0].text
    typed = {"text": "Fund two nurses", "wanted_by_day": "1", "wanted_by_month": "12", "wanted_by_year": "2026"}
    assert client.post(address, typed).headers["Location"] == "/p/own/workstreams/crisis-care/registers/"
    ask = Ask.objects.get()
    assert (ask.text, ask.wanted_by, ask.is_blocking, ask.by) == ("Fund two nurses", date(2026, 12, 1), False, lead)


@pytest.mark.parametrize("address", [LIST, "/p/own/", "/p/own/workstreams/crisis-care/registers/"])
def test_a_page_asks_the_database_as_often_for_three_asks_as_for_one(workstream, slt, lead, client, address):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    client.force_login(lead)
    for kind in ("yes", "more_needed", ""):
        made = work.ask(workstream, f"First {kind}")
        if kind:
            answered(made, slt, kind)
    client.get(address)
    first = count()
    for n in range(2):
        for kind in ("yes", "more_needed", ""):
            made = work.ask(workstream, f"Next {n} {kind}")
            if kind:
                answered(made, slt, kind)
    assert count() == first


def test_an_empty_page_says_that_nothing_waits(workstream, slt, client):
    client.force_login(slt)
    page = markup(client.get(LIST))
    assert faults(page) == []
    for words in ("No ask is waiting for an answer.", "No workstream has asked for", "No ask has been answered yet."):
        assert words in page.words
