"""How a milestone stands and how far it has moved."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.dates import FuzzyDate
from programme.status import PlanState
from workstreams.slippage import DUE_SOON_DAYS, Statements, as_statements, is_after_closure, punctuality, standing

TODAY = date(2026, 11, 4)
SPRING = FuzzyDate.season(2027, "spring")
DECEMBER = FuzzyDate.month(2026, 12)
OCTOBER = FuzzyDate.month(2026, 10)
NOVEMBER = FuzzyDate.month(2026, 11)
ONCE = "Moved once: was October 2026, now 61 days later"
MET = "Planned for October 2026: done 2 days late"
AFTER_TWO = (
    "Moved once: was November 2026, now 30 to 31 days later. New baseline agreed twice: first planned for October 2026"
)
AGAIN = "New baseline agreed: first planned for October 2026"
SECOND = FuzzyDate.day(date(2026, 11, 2))


@pytest.mark.parametrize(
    ("statements", "state", "words", "movement"),
    [
        (Statements(), PlanState.UNDATED, "No date", "Baseline not recorded"),
        (Statements(FuzzyDate.undated()), PlanState.UNDATED, "No date", ""),
        (Statements(FuzzyDate.ongoing()), PlanState.UNDATED, "No date", ""),
        (Statements(SPRING), PlanState.PLANNED, "Planned", ""),
        (Statements(NOVEMBER), PlanState.DUE_SOON, "Due soon", ""),
        (Statements(OCTOBER), PlanState.OVERDUE, "Overdue by 4 days", ""),
        (Statements(FuzzyDate.day(date(2026, 11, 3))), PlanState.OVERDUE, "Overdue by 1 day", ""),
        (Statements(FuzzyDate.day(TODAY)), PlanState.DUE_SOON, "Due soon", ""),
        (Statements(FuzzyDate.open_from(date(2026, 1, 1))), PlanState.PLANNED, "Planned", ""),
        (Statements(FuzzyDate.open_until(date(2026, 10, 1))), PlanState.OVERDUE, "Overdue by 34 days", ""),
        (Statements(OCTOBER, (DECEMBER,)), PlanState.PLANNED, "Planned", ONCE),
        (
            Statements(DECEMBER, (SPRING, OCTOBER)),
            PlanState.OVERDUE,
            "Overdue by 4 days",
            "Moved twice: was December 2026, now 61 days earlier",
        ),
        (
            Statements(OCTOBER, (NOVEMBER, DECEMBER, SPRING)),
            PlanState.PLANNED,
            "Planned",
            "Moved 3 times: was October 2026, now 151 to 212 days later",
        ),
        (Statements(None, (SPRING,)), PlanState.PLANNED, "Planned", "Baseline not recorded"),
        (Statements(None, (OCTOBER, DECEMBER)), PlanState.PLANNED, "Planned", ONCE),
        (Statements(OCTOBER, (), SECOND), PlanState.DONE, "Done", MET),
        (Statements(None, (), SECOND), PlanState.DONE, "Done", "Baseline not recorded"),
        (Statements(OCTOBER, said_done=True), PlanState.SAID_DONE, "Said to be done", ""),
        (Statements(OCTOBER, (), SECOND, said_done=True), PlanState.DONE, "Done", MET),
        (Statements(DECEMBER, replaced=(OCTOBER,)), PlanState.PLANNED, "Planned", AGAIN),
        (
            Statements(DECEMBER, replaced=(OCTOBER,), moves_before=2),
            PlanState.PLANNED,
            "Planned",
            f"{AGAIN}, moved twice before that",
        ),
        (
            Statements(NOVEMBER, (DECEMBER,), replaced=(OCTOBER, SPRING), moves_before=1),
            PlanState.PLANNED,
            "Planned",
            f"{AFTER_TWO}, moved once before that",
        ),
        (
            Statements(NOVEMBER, (), SECOND, replaced=(OCTOBER,)),
            PlanState.DONE,
            "Done",
            f"Planned for November 2026: done on time. {AGAIN}",
        ),
    ],
)  # fmt: skip
def test_a_milestone_stands_as_its_statements_say(statements, state, words, movement):
    found = standing(statements, TODAY)
    assert (found.state, found.state_words, found.movement) == (state, words, movement)


@pytest.mark.parametrize(
    ("planned", "actual", "words"),
    [
        (OCTOBER, FuzzyDate.day(date(2026, 10, 31)), "done on time"),
        (OCTOBER, FuzzyDate.day(date(2026, 10, 1)), "done on time"),
        (OCTOBER, FuzzyDate.day(date(2026, 9, 30)), "done 1 day early"),
        (OCTOBER, FuzzyDate.day(date(2026, 11, 1)), "done 1 day late"),
        (OCTOBER, NOVEMBER, "done 1 to 30 days late"),
        (NOVEMBER, OCTOBER, "done 1 to 31 days early"),
        (FuzzyDate.day(date(2026, 10, 15)), OCTOBER, "done between 14 days early and 16 days late"),
        (OCTOBER, FuzzyDate.range(date(2026, 10, 20), date(2026, 11, 3)), "done 0 to 3 days late"),
        (FuzzyDate.open_until(date(2026, 10, 31)), SECOND, "done 2 days late"),
        (FuzzyDate.open_until(date(2026, 12, 31)), SECOND, "done on time"),
        (FuzzyDate.open_from(date(2026, 12, 1)), SECOND, "done 29 days early"),
        (FuzzyDate.ongoing(), SECOND, ""),
        (OCTOBER, FuzzyDate.open_from(date(2026, 12, 1)), ""),
    ],
)
def test_done_is_early_before_the_first_day_planned_and_late_after_the_last(planned, actual, words):
    assert punctuality(planned, actual) == words


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ([], Statements()),
        ([("baseline", OCTOBER), ("forecast", DECEMBER)], Statements(OCTOBER, (DECEMBER,))),
        ([("forecast", OCTOBER), ("forecast", DECEMBER)], Statements(None, (OCTOBER, DECEMBER))),
        (
            [("baseline", OCTOBER), ("forecast", DECEMBER), ("baseline", SPRING), ("forecast", NOVEMBER)],
            Statements(SPRING, (NOVEMBER,), replaced=(OCTOBER,), moves_before=1),
        ),
        (
            [("forecast", OCTOBER), ("forecast", DECEMBER), ("baseline", SPRING)],
            Statements(SPRING, (), replaced=(OCTOBER,), moves_before=1),
        ),
        ([("baseline", OCTOBER), ("actual", SECOND)], Statements(OCTOBER, (), SECOND)),
    ],
)
def test_a_later_baseline_takes_the_place_of_the_first_and_what_it_replaced_is_kept(said, wanted):
    assert as_statements(said) == wanted


@pytest.mark.parametrize(
    ("when", "closed", "after"),
    [
        (OCTOBER, None, False),
        (None, date(2026, 9, 1), False),
        (OCTOBER, date(2026, 9, 30), True),
        (OCTOBER, date(2026, 10, 1), False),
        (FuzzyDate.open_until(date(2026, 10, 31)), date(2026, 9, 30), True),
        (FuzzyDate.ongoing(), date(2026, 9, 30), False),
    ],
)
def test_a_milestone_lies_after_closure_when_every_day_it_can_mean_does(when, closed, after):
    assert is_after_closure(when, closed) is after


WINDOWS = st.builds(
    lambda start, length: FuzzyDate.range(start, start + timedelta(days=length)),
    st.dates(date(2025, 1, 1), date(2028, 12, 31)),
    st.integers(1, 120),
)
ALL = st.builds(
    Statements,
    st.none() | WINDOWS,
    st.lists(WINDOWS, max_size=4).map(tuple),
    st.none() | WINDOWS,
    st.booleans(),
)


@given(ALL, st.dates(date(2025, 1, 1), date(2029, 12, 31)))
def test_overdue_is_only_what_is_not_done_and_whose_latest_day_has_gone(statements, today):
    found = standing(statements, today)
    planned = statements.forecasts[-1] if statements.forecasts else statements.baseline
    open_still = statements.actual is None and not statements.said_done
    gone = open_still and planned is not None and planned.end is not None and planned.end < today
    assert (found.state is PlanState.OVERDUE) is gone
    assert found.days_overdue == ((today - planned.end).days if gone and planned and planned.end else 0)


@given(ALL, st.dates(date(2025, 1, 1), date(2029, 12, 31)))
def test_moves_are_the_dates_stated_after_the_first(statements, today):
    stated = len(statements.forecasts) + bool(statements.baseline)
    assert standing(statements, today).moves == max(0, stated - 1)


@given(ALL, st.dates(date(2025, 1, 1), date(2029, 12, 31)))
def test_a_later_forecast_never_changes_what_the_baseline_was(statements, today):
    moved = Statements(statements.baseline, (*statements.forecasts, SPRING), statements.actual, statements.said_done)
    first = statements.baseline or (statements.forecasts[0] if statements.forecasts else None)
    if first is not None:
        assert first.display() in standing(moved, today).movement


@given(ALL, st.dates(date(2025, 1, 1), date(2029, 12, 31)), st.integers(1, 400))
def test_time_alone_only_makes_a_milestone_more_pressing(statements, today, days):
    order = list(PlanState)
    now, later = standing(statements, today), standing(statements, today + timedelta(days=days))
    assert order.index(later.state) <= order.index(now.state)
    assert later.movement == now.movement


@given(st.integers(0, 400))
def test_due_soon_begins_thirty_days_before_the_latest_day(days):
    found = standing(Statements(FuzzyDate.day(TODAY + timedelta(days=days))), TODAY).state
    assert found is (PlanState.DUE_SOON if days <= DUE_SOON_DAYS else PlanState.PLANNED)


SAID = st.lists(st.tuples(st.sampled_from(["baseline", "forecast"]), WINDOWS), max_size=8)


@given(SAID)
def test_no_date_that_was_ever_planned_is_lost_from_the_count(said):
    found = as_statements(said)
    kept = len(found.forecasts) + found.moves_before + len(found.replaced) + bool(found.baseline)
    assert kept == len(said)


@given(SAID)
def test_the_date_that_counts_is_the_one_stated_last(said):
    assert standing(as_statements(said), TODAY).when == (said[-1][1] if said else None)


@given(WINDOWS, WINDOWS)
def test_who_is_done_inside_the_plan_is_on_time_and_nobody_else(planned, actual):
    inside = planned.start <= actual.start and actual.end <= planned.end
    assert (punctuality(planned, actual) == "done on time") is inside
