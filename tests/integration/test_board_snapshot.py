"""Freezing a month for its reports: every section is read, as at the moment, in queries that do not grow."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.roles import Role
from programme.status import Rag
from reporting import snapshots
from reporting.board import compose, facts_of
from reporting.editions import Edition
from tests.factories import heard, money, people, reports, work
from workstreams import report_sections

AT = datetime(2026, 11, 4, 12, tzinfo=UTC)


@pytest.fixture
def told(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Any:
    """A programme with something to say in every section."""
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    settings.MEDIA_ROOT = tmp_path
    programme = work.programme("Own")
    crisis = work.workstream(programme, "Crisis care")
    work.sent_update(crisis, work.SEPTEMBER, rating=Rag.RED, reason="The rota has gaps.")
    work.milestone(crisis, "Rota agreed", when="June 2026", moved_to=["August 2026", "September 2026"])
    work.milestone(crisis, "Line opens", when="20 November 2026")
    work.ask(crisis, is_blocking=True)
    work.risk(crisis)
    work.issue(crisis)
    heard.voice(programme, workstream=crisis, took_part=3)
    heard.answered(programme)
    money.line(crisis)
    return programme


def frozen(programme: Any) -> Any:
    by = people.member(programme, Role.OFFICE)
    return snapshots.compose(period=work.period(programme, work.SEPTEMBER), by=by, at=AT, version=4)


def test_every_section_is_in_the_record(told):
    facts = facts_of(json.loads(snapshots.canonical(frozen(told))))
    (crisis,) = facts.workstreams
    slipped = next(m for m in facts.milestones if m.title == "Rota agreed")
    assert (facts.version, facts.period.status) == (4, "Open: updates for the month could still be sent")
    assert (crisis.rating, crisis.path.action, crisis.path.owner) == (
        Rag.RED, "Two agency nurses start", "The service manager",
    )  # fmt: skip
    assert (crisis.derived, crisis.assured) == (Rag.RED, None)
    assert (slipped.moves, slipped.slip_days, slipped.workstream) == (2, 92, "crisis-care")
    assert [ask.text for ask in facts.asks] == ["Fund two more nurses"]
    assert (facts.risks[0].score, facts.risks[0].action) == (12, "")
    assert (facts.issues[0].severity, facts.money[0].budget) == ("High", 100_000)
    assert [(voice.is_answered, voice.took_part) for voice in facts.voices.voices] == [
        (False, "fewer than 5"),
        (True, "not recorded"),
    ]
    assert [each.rating for each in facts.definitions][:3] == [Rag.RED, Rag.AMBER, Rag.GREEN]


def test_the_number_of_people_is_nowhere_in_the_record(told):
    record = frozen(told)
    record.pop("dashboard")
    assert record["voices"]["audiences"] == [("Young people", 2, "fewer than 5")]
    assert '"took_part":3' not in snapshots.canonical(record)


def test_the_same_moment_gives_the_same_record(told):
    assert snapshots.canonical(frozen(told)) == snapshots.canonical(frozen(told))


def test_what_comes_later_is_not_in_it(told):
    crisis = told.workstreams.get()
    before = frozen(told)
    work.ask(crisis, "Asked later", at=datetime(2026, 11, 5, 9, tzinfo=UTC))
    assert [ask["text"] for ask in frozen(told)["asks"]] == [ask["text"] for ask in before["asks"]]


def test_it_compares_itself_with_the_last_report_that_was_published(told):
    office, approver = people.member(told, Role.OFFICE), people.member(told, Role.APPROVER)
    reports.published(work.period(told, work.SEPTEMBER), office, approver)
    work.sent_update(told.workstreams.get(), work.OCTOBER, rating=Rag.AMBER, at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    record = snapshots.compose(period=work.period(told, work.OCTOBER), by=office, at=AT)
    assert record["since"]["report"] == "the report for September 2026, version 1"
    assert record["since"]["ratings"] == {"crisis-care": "red"}
    assert [c["text"] for c in record["changes"] if c["heading"] == "Got better"] == ["Crisis care: Red to Amber"]


def test_queries_do_not_grow_with_the_programme(told):
    with CaptureQueriesContext(connection) as one:
        frozen(told)
    for name in ("Waiting lists", "Schools"):
        each = work.workstream(told, name)
        work.sent_update(each, work.SEPTEMBER)
        work.milestone(each, f"{name} opens", when="December 2026")
        work.ask(each)
        work.risk(each)
        money.line(each)
        heard.voice(told, workstream=each)
    with CaptureQueriesContext(connection) as three:
        frozen(told)
    assert len(three) == len(one)


@pytest.mark.parametrize(
    ("reader", "section"),
    [
        ("milestones", "Milestones"),
        ("asks", "Decisions asked of the board"),
        ("decisions", "Decisions"),
        ("risks", "Risks"),
        ("issues", "Issues"),
        ("voices", "What we heard"),
        ("money", "Money"),
        ("corrections", "Corrections"),
        ("gates", "Gates"),
        ("plain_pages", "In plain language"),
        ("definitions", "Definitions"),
    ],
)
def test_a_section_that_cannot_be_read_is_named(told, monkeypatch, reader, section):
    def broken(*_: object) -> None:
        raise KeyError("score")

    monkeypatch.setattr(report_sections, reader, broken)
    with pytest.raises(snapshots.SectionNotReadError, match=f"The section “{section}” could not be read: 'score'"):
        frozen(told)


def test_every_edition_can_be_made_of_it(told):
    record = json.loads(snapshots.canonical(frozen(told)))
    assert [compose(record, edition).kind for edition in Edition] == [edition.value for edition in Edition]
