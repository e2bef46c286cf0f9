"""Composing a board report: what each edition says, in which order, and what it never says."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.status import Rag
from programme.timeline import Timeline
from reporting import board
from reporting.board import SECTIONS, SectionFailedError, compose, facts_of
from reporting.board_blocks import Asked, Board, Bullets, Cell, Section, Table
from reporting.board_facts import from_record, to_record
from reporting.board_parts import milestones, wording
from reporting.board_parts.appendix import rules
from reporting.board_parts.summary import waiting
from reporting.editions import Edition
from workstreams.rag import Thresholds

SAMPLE: dict[str, Any] = json.loads((Path(__file__).parent.parent / "data/snapshot_v3.json").read_text())
FACTS = facts_of(SAMPLE)
OUTSIDE = (Edition.COMMISSIONER, Edition.YOUNG_PEOPLE)


def texts(value: Any) -> Iterator[str]:
    """Every text in a board or a part of it, a drawing by its sentence."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Timeline):
        yield value.title
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def said(value: Any) -> str:
    return " ".join(texts(value))


def section(made: Board, key: str) -> Section:
    return next(each for each in made.sections if each.key == key)


def titles(made: Board) -> list[str]:
    return [each.title for each in made.sections]


@pytest.fixture(scope="module")
def full() -> Board:
    return compose(SAMPLE, Edition.FULL)


# -- what stands where -------------------------------------------------------------------------------------------------


def test_the_full_pack_has_what_matters_first_and_definitions_last(full):
    names = [each.name for each in FACTS.workstreams]
    assert titles(full) == [
        "Summary",
        "What changed",
        "Ratings",
        "Off track and at risk",
        "Milestones",
        "Roadmap",
        "Gates",
        *names,
        "Risks and issues",
        "Money",
        "What we heard",
        "Corrections since the last report",
        "How to read this report",
    ]


def test_the_decisions_asked_of_the_board_come_before_everything_else(full):
    first = section(full, "summary").blocks[0]
    assert isinstance(first, Asked)
    assert first.title == "4 decisions are asked of the board"
    assert [text for text, _ in first.items] == [ask.text for ask in waiting(FACTS)]


def test_no_decision_is_said_too():
    made = compose(SAMPLE | {"asks": []}, Edition.FULL)
    first = section(made, "summary").blocks[0]
    assert isinstance(first, Asked)
    assert (first.title, first.items) == ("No decision is asked of the board", ())


def test_the_worst_rating_stands_first_and_what_differs_is_named(full):
    rows = next(block for block in section(full, "ratings").blocks if isinstance(block, Table)).rows
    severities = [cells[1].rating.severity for cells in rows if cells[1].rating]
    assert severities == sorted(severities)
    assert len(rows) == len(FACTS.workstreams)
    assert "Getting advice digital front door" in said(section(full, "ratings").blocks[1:])


def test_the_office_s_decision_to_report_all_the_same_is_printed(full):
    assert FACTS.readiness.decision in said(section(full, "summary"))
    assert "Complex needs hub: 6 days late (Rhys Montague)" in said(section(full, "reading"))


def test_the_report_says_with_which_report_it_compares_itself(full):
    assert "Compared with the report for September 2026, version 1" in said(section(full, "changes"))


# -- nothing lost ------------------------------------------------------------------------------------------------------


def test_the_full_pack_loses_nothing_of_the_record(full):
    whole = said(full)
    wanted = [
        *(each.name for each in FACTS.workstreams),
        *(each.rating_reason for each in FACTS.workstreams),
        *(item for each in FACTS.workstreams if each.update for part in each.update.sections for item in part.items),
        *(objective.text for each in FACTS.workstreams for objective in each.objectives),
        *(milestone.title for milestone in FACTS.milestones),
        *(ask.text for ask in FACTS.asks),
        *(risk.text for risk in FACTS.risks),
        *(issue.text for issue in FACTS.issues),
        *(voice.said for voice in FACTS.voices.voices),
        *(line.source for line in FACTS.money),
        *(each.reason for each in FACTS.corrections),
        *(gate.name for gate in FACTS.gates.gates),
        *(condition.text for gate in FACTS.gates.gates for condition in gate.conditions),
        *(change.text for change in FACTS.changes),
    ]
    assert [text for text in wanted if text not in whole] == []


def test_the_record_is_read_back_as_it_was_written():
    assert from_record(json.loads(json.dumps(to_record(FACTS)))) == FACTS


def test_composing_twice_gives_the_same():
    assert [compose(SAMPLE, edition) for edition in Edition] == [compose(SAMPLE, edition) for edition in Edition]


def test_every_link_leads_to_a_section_of_its_own_edition():
    for edition in Edition:
        made = compose(SAMPLE, edition)
        keys = [each.key for each in made.sections]
        links = {c.link for s in made.sections for b in s.blocks if isinstance(b, Table) for r in b.rows for c in r}
        assert links - {""} <= set(keys), edition
        assert len(keys) == len(set(keys)), edition


# -- what must not be said ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", OUTSIDE)
def test_nothing_internal_stands_in_an_edition_for_outside(edition):
    whole = said(compose(SAMPLE, edition))
    inside = [
        *(ask.text for ask in FACTS.asks),
        *(risk.text for risk in FACTS.risks),
        *(issue.text for issue in FACTS.issues),
        *(each.assured_why for each in FACTS.workstreams if each.assured_why),
        *(why for each in FACTS.workstreams for why in each.derived_why),
        *(each.path.owner for each in FACTS.workstreams if each.path.owner and each.path.owner not in each.leads),
        *(part for each in FACTS.workstreams if each.update for s in each.update.sections if s.key == "risks" for part in s.items),  # noqa: E501 - one line of the list
        FACTS.readiness.decision,
        *(gate.panel_gap for gate in FACTS.gates.gates if gate.panel_gap),
        *FACTS.gates.doubts,
        "rated better by the lead",
    ]  # fmt: skip
    assert inside
    assert [text for text in inside if text in whole] == []


def test_commissioners_read_counts_of_what_was_heard_and_not_the_words():
    made = compose(SAMPLE, Edition.COMMISSIONER)
    assert [voice.said for voice in FACTS.voices.voices if voice.said in said(made)] == []
    assert "fewer than 5" in said(section(made, "voices"))


def test_the_young_persons_page_prints_only_what_was_answered_and_who_may_be_told():
    whole = said(compose(SAMPLE, Edition.YOUNG_PEOPLE))
    printed = [voice for voice in FACTS.voices.voices if voice.said in whole]
    assert printed
    assert all(voice.is_answered and voice.audience in {"Young people", "Parents and carers"} for voice in printed)
    assert [rag.word for rag in (Rag.RED, Rag.AMBER) if f" {rag.word} " in whole] == []


# -- short editions say what they leave out ----------------------------------------------------------------------------


def test_the_highlight_report_says_how_many_it_leaves_out():
    many = SAMPLE | {"asks": SAMPLE["asks"] * 3, "risks": SAMPLE["risks"] * 3}
    whole = said(compose(many, Edition.HIGHLIGHT))
    assert "8 more asks are in the pages of their workstreams." in whole
    assert re.search(r"\d+ more risks are in the full pack\.", whole)
    assert re.search(r"\d+ more workstreams? (is|are) in the full pack", whole)


def test_a_long_table_is_cut_and_says_where_the_rest_is():
    long = SAMPLE | {"risks": SAMPLE["risks"] * 60}
    made = section(compose(long, Edition.FULL), "risks")
    tables = [block for block in made.blocks if isinstance(block, Table)]
    assert len(tables[0].rows) == wording.MOST_ROWS
    assert "90 more risks are in the Excel workbook." in said(made)


def test_a_report_that_is_too_long_is_refused_by_the_name_of_its_longest_section():
    long = SAMPLE | {"workstreams": SAMPLE["workstreams"] * 60}
    with pytest.raises(SectionFailedError, match=r"The section “.+” could not be made: its tables have [\d,]+ rows"):
        compose(long, Edition.FULL)


# -- faults ------------------------------------------------------------------------------------------------------------

EVERY = [(edition, place, name) for edition in Edition for place, (name, _) in enumerate(SECTIONS[edition])]


@pytest.mark.parametrize(("edition", "place", "name"), EVERY, ids=[f"{e}-{name}" for e, _, name in EVERY])
def test_a_section_that_fails_is_named_with_its_reason(edition, place, name):
    def broken(*_: object) -> Iterator[Section]:
        raise ZeroDivisionError("no months to divide by")

    listed = list(SECTIONS[edition])
    listed[place] = (name, broken)
    with pytest.raises(SectionFailedError) as failed:
        compose(SAMPLE, edition, sections={edition: listed})
    assert failed.value.section == name
    assert str(failed.value) == f"The section “{name}” could not be made: ZeroDivisionError: no months to divide by"


@pytest.mark.parametrize("content", [{"schema": 3}, {"schema": 9}, {}, SAMPLE | {"workstreams": 7}])
def test_a_record_that_is_not_one_is_refused_in_words(content):
    with pytest.raises(SectionFailedError, match="The section “The frozen record” could not be made"):
        compose(content, Edition.FULL)


# -- rules -------------------------------------------------------------------------------------------------------------


def test_milestones_are_sorted_by_what_presses(full):
    late = milestones.overdue(FACTS)
    assert [m.is_critical for m in late] == sorted((m.is_critical for m in late), reverse=True)
    slipped = [m.slip_days or 0 for m in milestones.slipped(FACTS)]
    assert slipped == sorted(slipped, reverse=True)
    ends = [m.end for m in milestones.due_next(FACTS) if m.end]
    assert ends == sorted(ends)
    assert all(FACTS.day <= end <= FACTS.day + timedelta(days=milestones.DUE_NEXT_DAYS) for end in ends)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Thresholds(), "Red: a milestone more than 30 days past its latest possible day; a critical one past it."),
        (Thresholds(red_overdue_days=1), "Red: a milestone more than 1 day past its latest possible day; a critical"),
        (Thresholds(amber_moves=3), "a milestone moved 3 times or more"),
    ],
)
def test_the_thresholds_in_force_are_printed(limits, words):
    assert words in " ".join(rules(limits))


def test_an_empty_programme_has_a_report_in_every_edition():
    kept = {"schema", "template", "programme", "period", "as_at", "as_at_label", "prepared_by", "audience", "since"}
    nothing = {key: value for key, value in SAMPLE.items() if key in kept}
    quiet = {"sentence": "No workstream has been rated yet.", "counts": [], "points": []}
    summary = quiet | {"updates_in": 0, "updates_expected": 0, "not_reported": []}
    for edition in Edition:
        assert compose(nothing | {"summary": summary}, edition).sections, edition


NAMES = st.text(min_size=1, max_size=60)


@settings(max_examples=40, deadline=None)
@given(titles=st.lists(NAMES, max_size=12), moved=st.lists(st.integers(-400, 400), max_size=12))
def test_whatever_milestones_say_each_stands_in_the_pack_once_as_open(titles, moved):
    first = SAMPLE["milestones"][-1] | {"state": "planned", "done_told_on": None, "start": None}
    ends = [(date(2026, 12, 1) + timedelta(days=days)).isoformat() for days in moved]
    told = enumerate(zip(titles, ends, strict=False))
    made = [first | {"title": f"{number} {title}", "end": end} for number, (title, end) in told]
    whole = compose(SAMPLE | {"milestones": made}, Edition.FULL)
    pages = [s for s in whole.sections if s.key.startswith("workstream-")]
    heads = [
        r[0]
        for s in pages
        for b in s.blocks
        if isinstance(b, Table) and b.columns[0].title == "Milestone"
        for r in b.rows
    ]
    assert [cell.text for cell in heads if isinstance(cell, Cell)] == [each["title"] for each in made]


def test_lists_of_the_record_are_shared_by_no_two_editions():
    """What is cut for one edition is not cut for the next."""
    compose(SAMPLE, Edition.HIGHLIGHT)
    points = [b for b in section(compose(SAMPLE, Edition.FULL), "summary").blocks if isinstance(b, Bullets)]
    assert len(points[0].items) >= len(FACTS.summary.points)
    assert set(board.TITLES) == set(Edition)
