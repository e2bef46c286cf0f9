"""What changed since the last period: each milestone under one heading, the worst first, and nothing invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.dates import FuzzyDate
from reporting.what_changed import Heading, MilestoneFacts, Told, WhatChanged, milestone_changes
from workstreams.slippage import Statements

SINCE, TODAY = date(2026, 10, 7), date(2026, 11, 4)
NONE = Statements()


def on(year: int, month: int, day: int) -> FuzzyDate:
    return FuzzyDate.day(date(year, month, day))


def planned(*days: FuzzyDate) -> Statements:
    """A baseline and the forecasts after it."""
    return Statements(baseline=days[0], forecasts=days[1:])


def done(when: FuzzyDate) -> Statements:
    return Statements(baseline=on(2026, 10, 31), actual=when)


def facts(before: Statements, now: Statements) -> MilestoneFacts:
    return MilestoneFacts(7, "Rota signed off", "Crisis", "crisis", before, now)


AUTUMN = FuzzyDate.season(2026, "autumn")
MARCH, APRIL = FuzzyDate.month(2027, 3), FuzzyDate.month(2027, 4)


@pytest.mark.parametrize(
    ("before", "now", "heading", "words"),
    [
        (planned(MARCH), planned(MARCH), None, ""),
        (planned(MARCH), planned(MARCH, APRIL), Heading.SLIPPED, "March 2027 to April 2027, 30 to 31 days later"),
        (
            planned(MARCH, APRIL),
            planned(MARCH, APRIL, MARCH),
            Heading.BROUGHT_FORWARD,
            "April 2027 to March 2027, 30 to 31 days earlier",
        ),
        (planned(on(2026, 10, 20)), planned(on(2026, 10, 20)), Heading.NEWLY_OVERDUE, "was due 20 October 2026"),
        # Overdue already at the end of the last period: nothing new.
        (planned(on(2026, 10, 1)), planned(on(2026, 10, 1)), None, ""),
        # A window is overdue only after its last day.
        (planned(AUTUMN), planned(AUTUMN), None, ""),
        # Moved, and missed again: overdue tells more than slipped.
        (
            planned(on(2026, 10, 10)),
            planned(on(2026, 10, 10), on(2026, 11, 2)),
            Heading.NEWLY_OVERDUE,
            "was due 2 November 2026",
        ),
        (planned(on(2026, 10, 31)), done(on(2026, 11, 1)), Heading.COMPLETED, "done 1 November 2026"),
        (done(on(2026, 10, 1)), done(on(2026, 10, 1)), None, ""),
        # A milestone added since has not moved.
        (NONE, planned(MARCH), None, ""),
        # 'Done' that nobody confirmed is neither delivered nor late.
        (planned(on(2026, 10, 20)), Statements(baseline=on(2026, 10, 20), said_done=True), None, ""),
        (NONE, NONE, None, ""),
    ],
)
def test_a_milestone_stands_under_the_one_heading_that_tells_most(before, now, heading, words):
    expected = {heading: (Told(f"Rota signed off (Crisis): {words}", "crisis", 7),)} if heading else {}
    assert milestone_changes([facts(before, now)], SINCE, TODAY) == expected


days = st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(FuzzyDate.day)
statements = st.builds(
    Statements, baseline=st.none() | days, forecasts=st.lists(days, max_size=3).map(tuple), actual=st.none() | days
)


@given(st.lists(st.builds(facts, statements, statements), max_size=6))
def test_no_milestone_is_told_twice(milestones):
    told = milestone_changes(milestones, SINCE, TODAY)
    assert sum(len(each) for each in told.values()) <= len(milestones)


@given(statements)
def test_what_stayed_the_same_can_only_have_become_overdue(same):
    assert set(milestone_changes([facts(same, same)], SINCE, TODAY)) <= {Heading.NEWLY_OVERDUE}


def test_the_sentence_counts_worst_first_and_says_when_nothing_changed():
    one, two = Told("a", "a"), Told("b", "b")
    changed = WhatChanged(SINCE, {Heading.COMPLETED: (one,), Heading.WORSE: (one, two), Heading.SILENT: ()})
    assert changed.sentence == "Since 7 October 2026: 2 workstreams got worse and 1 milestone was completed."
    assert [heading for heading, _ in changed.headings] == [Heading.WORSE, Heading.COMPLETED]
    assert WhatChanged(SINCE, {}).sentence == "Nothing has changed since 7 October 2026."
