"""The rules of stage gates: panels, criteria, outcomes, how a gate stands, in which order; and their drawing."""

from datetime import date
from itertools import combinations

import pytest

from programme.dates import FuzzyDate
from programme.gate_strip import LOOKS, StripGate, gate_strip
from workstreams.gate_rules import (
    NO_CONDITION,
    NOT_CONDITIONAL,
    UNNAMED,
    GateState,
    Outcome,
    Placed,
    Sector,
    condition_words,
    criteria_sentence,
    gate_standing,
    gates_sentence,
    order_doubts,
    outcome_problem,
    panel,
)
from workstreams.slippage import as_statements, standing

TODAY = date(2026, 11, 4)
S = Sector


# -- panels ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sectors", "gap", "also"),
    [
        ([], "", ""),
        (list(S), "", ""),
        # The panel of a final submission as it was once published: no young people, no families.
        (
            [S.COMMISSIONERS, S.COUNCIL, S.PUBLIC_HEALTH],
            "No young people and no parents or carers are on this panel.",
            "It also has no seat for the NHS provider, schools and colleges, the voluntary sector and primary care.",
        ),
        (
            [S.COMMISSIONERS, S.COUNCIL, S.PUBLIC_HEALTH, S.YOUNG_PEOPLE, S.PARENTS_CARERS, S.SCHOOLS, S.VOLUNTARY],
            "",
            "It has no seat for the NHS provider and primary care.",
        ),
        (
            [S.NHS, S.COUNCIL, S.SCHOOLS, S.VOLUNTARY, S.PRIMARY_CARE, S.YOUNG_PEOPLE],
            "No parents or carers are on this panel.",
            "",
        ),
        (
            [S.NHS, S.COUNCIL, S.SCHOOLS, S.VOLUNTARY, S.PRIMARY_CARE, S.PARENTS_CARERS],
            "No young people are on this panel.",
            "",
        ),
    ],
)
def test_a_panel_without_young_people_or_families_is_pointed_out(sectors, gap, also):
    read = panel([each.value for each in sectors])
    assert (read.gap, read.also, read.is_recorded) == (gap, also, bool(sectors))


def test_only_a_panel_with_both_young_people_and_families_has_no_gap():
    for size in range(1, len(S) + 1):
        for held in combinations(S, size):
            assert (panel([*held]).gap == "") is (set(held) >= UNNAMED), held


# -- criteria ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], "No criteria have been set."),
        (["met"], "The only criterion is met."),
        (["met", "met", "met"], "All 3 criteria are met."),
        (["met", "met"], "Both criteria are met."),
        (["not_known"], "The only criterion is not known yet."),
        (["met", "met", "not_met", "not_known"], "2 of 4 criteria are met, 1 is not met and 1 is not known yet."),
        (["met", "not_met", "not_met"], "1 of 3 criteria is met and 2 are not met."),
    ],
)
def test_criteria_are_one_sentence(states, said):
    assert criteria_sentence(states) == said


# -- outcomes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "about", "problem"),
    [
        (Outcome.PASSED, {}, ""),
        (Outcome.PASSED, {"criteria": ["met", "met"]}, ""),
        (
            Outcome.PASSED,
            {"criteria": ["met", "not_known"]},
            "Not every criterion is met. Say why the gate is passed all the same.",
        ),
        (Outcome.PASSED, {"criteria": ["not_met"], "reason": "The board took the risk"}, ""),
        (Outcome.PASSED, {"conditions": 1}, NOT_CONDITIONAL),
        (Outcome.CONDITIONS, {}, NO_CONDITION),
        (Outcome.CONDITIONS, {"conditions": 2, "criteria": ["not_met"]}, ""),
        (Outcome.DEFERRED, {}, "Say why it is deferred."),
        (Outcome.DEFERRED, {"reason": "  "}, "Say why it is deferred."),
        (Outcome.DEFERRED, {"reason": "No quorum"}, ""),
        (Outcome.STOPPED, {}, "Say why it is stopped."),
        (Outcome.STOPPED, {"reason": "No money", "conditions": 1}, NOT_CONDITIONAL),
        (Outcome.PASSED, {"decided_before": True}, "Say why the gate is decided again."),
    ],
)
def test_what_an_outcome_needs(kind, about, problem):
    assert outcome_problem(kind, **({"reason": "", "conditions": 0} | about)) == problem


# -- how a gate stands -------------------------------------------------------------------------------------------------


def dates(*windows):
    kinds = ["baseline", *["forecast"] * len(windows)]
    return standing(as_statements(list(zip(kinds, windows, strict=False))), TODAY)


@pytest.mark.parametrize(
    ("windows", "outcome", "about", "words"),
    [
        ([], None, {}, "No date"),
        ([FuzzyDate.month(2026, 10)], None, {}, "Outcome overdue by 4 days"),
        ([FuzzyDate.month(2026, 11)], None, {}, "Soon"),
        ([FuzzyDate.month(2027, 5)], None, {}, "Planned"),
        ([FuzzyDate.month(2026, 10)], "passed", {}, "Passed"),
        ([FuzzyDate.month(2026, 10)], "stopped", {}, "Stopped"),
        ([FuzzyDate.month(2026, 10)], "conditions", {"open_conditions": 2}, "Passed with conditions, 2 open"),
        ([], "conditions", {}, "Passed with conditions, all closed"),
        ([FuzzyDate.month(2026, 10)], "deferred", {"dated_since": False}, "Deferred, no new date yet"),
        ([FuzzyDate.month(2027, 1)], "deferred", {"dated_since": True}, "Deferred"),
        ([FuzzyDate.month(2026, 10)], "deferred", {"dated_since": True}, "Outcome overdue by 4 days"),
        ([FuzzyDate.ongoing()], None, {}, "No date"),
    ],
)
def test_a_gate_stands_by_its_newest_outcome_then_by_its_date(windows, outcome, about, words):
    assert gate_standing(outcome, dates(*windows), **about).state_words == words


def test_only_what_was_passed_or_stopped_is_decided():
    decided = {state for state in GateState if state.is_decided}
    assert decided == {GateState.PASSED, GateState.CONDITIONS, GateState.STOPPED}


@pytest.mark.parametrize(
    ("due", "closed", "words"),
    [
        (TODAY, None, "Open"),
        (date(2026, 11, 3), None, "Overdue by 1 day"),
        (date(2026, 10, 4), None, "Overdue by 31 days"),
        (date(2026, 10, 4), date(2026, 11, 1), "Closed"),
    ],
)
def test_a_condition_is_overdue_after_its_day(due, closed, words):
    assert condition_words(due_on=due, closed_on=closed, today=TODAY) == words


# -- order -------------------------------------------------------------------------------------------------------------


def placed(name, *, decided=False, when=None):
    return Placed(name, decided, when)


def test_a_gate_that_was_decided_out_of_turn_is_a_doubt():
    assert order_doubts([placed("One", decided=True), placed("Two"), placed("Three", decided=True)]) == [
        "“Three” was decided although “Two” before it has no outcome."
    ]


def test_a_gate_dated_before_the_one_before_it_is_a_doubt():
    first, second = FuzzyDate.month(2027, 3), FuzzyDate.month(2027, 1)
    assert order_doubts([placed("One", when=first), placed("Two", when=second)]) == [
        "“Two” is dated before “One”, which is gate 1."
    ]


@pytest.mark.parametrize("when", [None, FuzzyDate.undated(), FuzzyDate.open_from(date(2027, 1, 1))])
def test_what_has_no_last_day_is_never_out_of_order(when):
    gates = [placed("One", when=FuzzyDate.month(2027, 3)), placed("Two", when=when), placed("Three")]
    assert order_doubts(gates) == []


def test_gates_in_one_month_are_in_order():
    month = FuzzyDate.month(2027, 3)
    assert order_doubts([placed("One", when=month), placed("Two", when=FuzzyDate.day(date(2027, 3, 1)))]) == []


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"gates": 0, "decided": 0}, "No stage gates have been set."),
        ({"gates": 1, "decided": 1}, "The only gate has been decided."),
        ({"gates": 3, "decided": 3}, "All 3 gates have been decided."),
        (
            {"gates": 3, "decided": 1, "next_up": "“Two”, March 2027 (planned)"},
            "1 of 3 gates has been decided. Next: “Two”, March 2027 (planned).",
        ),
        (
            {"gates": 2, "decided": 2, "open_conditions": 3, "overdue_conditions": 1},
            "All 2 gates have been decided. 3 conditions are open, 1 of them overdue.",
        ),
        (
            {"gates": 2, "decided": 2, "open_conditions": 1, "overdue_conditions": 1},
            "All 2 gates have been decided. 1 condition is open and overdue.",
        ),
    ],
)
def test_all_gates_are_one_sentence(about, said):
    assert gates_sentence(**({"next_up": "", "open_conditions": 0, "overdue_conditions": 0} | about)) == said


# -- drawing -----------------------------------------------------------------------------------------------------------


def drawn(count, name="Model agreed"):
    return gate_strip([StripGate(n, name, "March 2027", "Planned", "planned") for n in range(1, count + 1)])


@pytest.mark.parametrize("count", [1, 4, 5, 8, 9])
def test_gates_stand_in_rows_of_four_inside_the_drawing(count):
    strip = drawn(count, "A long name of a gate that takes more lines than there are for it to take")
    assert (len(strip.gates), len(strip.rails)) == (count, -(-count // 4))
    for gate in strip.gates:
        assert len(gate.lines) <= 3
        assert all(0 <= each.x < strip.width and 0 < each.y < strip.height for each in (*gate.lines, *gate.notes))
    lowest = [max(label.y for label in gate.notes) for gate in strip.gates]
    assert lowest == sorted(lowest)
    assert max(lowest) < strip.height


def test_the_drawing_says_every_gate_in_its_title():
    strip = gate_strip([
        StripGate(1, "Agreed", "October 2025", "Passed", "passed"),
        StripGate(2, "Sign off", "No date yet", "No date", "undated"),
    ])  # fmt: skip
    assert strip.title == "Gate 1, Agreed: October 2025, passed; Gate 2, Sign off: No date yet, no date."
    assert gate_strip([]).title == "No gates yet."


def test_every_state_has_a_look_of_its_own():
    assert set(LOOKS) == {state.value for state in GateState}
    assert len(set(LOOKS.values())) == len(LOOKS)
