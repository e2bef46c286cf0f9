"""Closing well: the days of the checks, what a pack lacks, and the one sentence of a closed workstream."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstreams.closing import (
    CHECK_MONTHS,
    Held,
    MilestoneSaid,
    ObjectiveSaid,
    PackSaid,
    checks,
    closed_sentence,
    due_on,
    missing,
    next_check,
)

CLOSED = date(2026, 8, 4)
TODAY = date(2026, 11, 4)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    ("closed_on", "months", "due"),
    [
        (date(2026, 8, 4), 3, date(2026, 11, 4)),
        (date(2026, 8, 4), 6, date(2027, 2, 4)),
        (date(2026, 12, 31), 3, date(2027, 3, 31)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_a_check_is_due_on_the_closing_day_some_months_on(closed_on, months, due):
    assert due_on(closed_on, months) == due


@given(days)
def test_checks_come_one_after_the_other_and_never_much_too_early_or_late(closed_on):
    due = [due_on(closed_on, months) for months in CHECK_MONTHS]
    assert due == sorted(set(due))
    for day, months in zip(due, CHECK_MONTHS, strict=True):
        assert abs((day - closed_on) - timedelta(days=30.44 * months)) < timedelta(days=4)


def test_a_check_is_overdue_from_the_day_after_and_never_once_it_is_answered():
    on_the_day = checks(CLOSED, {}, TODAY)
    assert [check.state_words for check in on_the_day] == [
        "Due on 4 November 2026", "Due on 4 February 2027", "Due on 4 August 2027"
    ]  # fmt: skip
    late = checks(CLOSED, {}, TODAY + timedelta(days=1))
    assert (late[0].is_overdue, late[0].state_words) == (True, "Overdue by 1 day")
    answered = checks(CLOSED, {3: Held.PARTLY}, TODAY + timedelta(days=100))
    assert (answered[0].state_words, answered[0].is_overdue) == ("Partly held", False)
    following = next_check(answered)
    assert following is not None
    assert (following.name, following.is_overdue) == ("6-month check", True)


BECAUSE = "This workstream closed on 4 August 2026 because “It runs by itself”; the crisis manager owns it now, and "


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"every": checks(CLOSED, {}, TODAY)}, f"{BECAUSE}the 3-month check is due on 4 November 2026."),
        (
            {"every": checks(CLOSED, {3: Held.HELD}, date(2027, 2, 10))},
            f"{BECAUSE}the 6-month check is overdue by 6 days.",
        ),
        (
            {"every": checks(CLOSED, dict.fromkeys(CHECK_MONTHS, Held.NOT_HELD), TODAY)},
            f"{BECAUSE}its 12-month check says: not held.",
        ),
        (
            {"every": (), "owner": "", "why": "", "status": "stopped"},
            "This workstream stopped on 4 August 2026; who owns it now has not been recorded.",
        ),
    ],
)
def test_a_closed_workstream_says_when_why_who_and_what_next_in_one_sentence(about, sentence):
    told = {"status": "completed", "why": "It runs by itself.", "owner": "The crisis manager"} | about
    assert closed_sentence(closed_on=CLOSED, **told) == sentence


WHOLE = PackSaid(
    "It runs", CLOSED, "The manager", "Begin early",
    objectives=[ObjectiveSaid(1, "Answer at night", "met", "The figures")],
    milestones=[
        MilestoneSaid(2, "Rota agreed", "move", target=7),
        MilestoneSaid(3, "Film made", "drop", reason="No money"),
        MilestoneSaid(4, "Review after a year", "stay", lies_after=True),
    ],
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        (WHOLE, set()),
        (PackSaid("", None, " ", ""), {"why", "closes_on", "owner", "lessons"}),
        (PackSaid("a", CLOSED, "b", "c", waiting_voices=2), {"voices"}),
        (PackSaid("a", CLOSED, "b", "c", waiting_voices=2, voices="By letter"), set()),
        (PackSaid("a", CLOSED, "b", "c", objectives=[ObjectiveSaid(1, "x")]), {"objective-1-outcome"}),
        (PackSaid("a", CLOSED, "b", "c", objectives=[ObjectiveSaid(1, "x", "met")]), {"objective-1-evidence"}),
        (PackSaid("a", CLOSED, "b", "c", milestones=[MilestoneSaid(2, "x")]), {"milestone-2-fate"}),
        (PackSaid("a", CLOSED, "b", "c", milestones=[MilestoneSaid(2, "x", "move")]), {"milestone-2-target"}),
        (PackSaid("a", CLOSED, "b", "c", milestones=[MilestoneSaid(2, "x", "drop")]), {"milestone-2-reason"}),
        (PackSaid("a", CLOSED, "b", "c", milestones=[MilestoneSaid(2, "x", "stay")]), {"milestone-2-fate"}),
    ],
)
def test_a_pack_that_lacks_something_says_where(said, lacks):
    assert set(missing(said)) == lacks
