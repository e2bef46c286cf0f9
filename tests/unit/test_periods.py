"""Which month is reported when: exactly one on every day, whatever the calendar does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.calendar import is_working_day
from programme.clock import LONDON
from programme.periods import (
    PeriodDays,
    PeriodRule,
    Stage,
    add_months,
    first_of_month,
    last_months,
    month_to_report,
    period_days,
    stage_of,
)

FIRST, LAST = date(2024, 1, 1), date(2036, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
EVERY_MONTH = [add_months(FIRST, n) for n in range(13 * 12)]
DEFAULT = PeriodRule()
RULES = st.builds(PeriodRule, st.integers(0, 15), st.integers(0, 15), st.integers(0, 15))


def days(month: str, opens: str, due: str, closes: str) -> PeriodDays:
    return PeriodDays(*(date.fromisoformat(each) for each in (f"{month}-01", opens, due, closes)))


@pytest.mark.parametrize(
    "wanted",
    [
        days("2026-10", "2026-10-26", "2026-11-06", "2026-11-11"),  # the clocks go back on 25 October
        days("2026-03", "2026-03-25", "2026-04-09", "2026-04-14"),  # the clocks go forward; then Easter
        days("2026-12", "2026-12-23", "2027-01-08", "2027-01-13"),  # Christmas and New Year in between
        days("2026-04", "2026-04-24", "2026-05-08", "2026-05-13"),  # an early May bank holiday
        days("2028-02", "2028-02-23", "2028-03-07", "2028-03-10"),  # a leap year
        days("2027-02", "2027-02-22", "2027-03-05", "2027-03-10"),  # an ordinary February
    ],
    ids=lambda each: f"{each.month:%Y-%m}",
)
def test_a_month_opens_is_due_and_closes_on_working_days(wanted):
    assert period_days(wanted.month, DEFAULT) == wanted
    assert period_days(wanted.month.replace(day=27), DEFAULT) == wanted


def test_every_day_of_thirteen_years_has_exactly_one_month_to_report():
    """The windows begin one after the other without a gap, so the day decides."""
    opens = [period_days(month, DEFAULT).opens_on for month in [add_months(FIRST, -1), *EVERY_MONTH]]
    assert opens == sorted(set(opens))
    for day in EVERY_DAY:
        begun = [
            month for month in [add_months(FIRST, -1), *EVERY_MONTH] if period_days(month, DEFAULT).opens_on <= day
        ]
        assert month_to_report(day, DEFAULT) == max(begun)


def test_the_month_to_report_is_this_one_or_the_one_before():
    for day in EVERY_DAY:
        assert month_to_report(day, DEFAULT) in {first_of_month(day), add_months(day, -1)}


def test_every_month_is_reported_in_its_turn():
    turns = [month_to_report(day, DEFAULT) for day in EVERY_DAY]
    kept = [turn for turn, before in zip(turns, [None, *turns], strict=False) if turn != before]
    assert kept == [add_months(FIRST, -1), *EVERY_MONTH]


@pytest.mark.parametrize("clocks_change", ["2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"])
def test_the_day_is_londons_whatever_the_clocks_do(clocks_change):
    """Every hour of the day on which the clocks change, all 23 or 25 of them, is that day in London."""
    day = date.fromisoformat(clocks_change)
    begin = datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)
    hours = 23 if day.month == 3 else 25
    seen = {(begin + timedelta(hours=n)).astimezone(LONDON).date() for n in range(hours)}
    assert seen == {day}
    assert (begin + timedelta(hours=hours)).astimezone(LONDON).date() == day + timedelta(days=1)


@given(st.sampled_from(EVERY_MONTH), RULES)
def test_whatever_the_rule_a_window_opens_before_it_is_due_and_is_due_before_it_closes(month, rule):
    window = period_days(month, rule)
    assert window.month <= window.opens_on <= window.due_on <= window.closes_on
    assert window.opens_on <= add_months(month, 1)


@given(st.sampled_from(EVERY_MONTH), st.builds(PeriodRule, st.integers(1, 15), st.integers(1, 15), st.integers(1, 15)))
def test_whatever_the_rule_people_are_asked_on_working_days(month, rule):
    window = period_days(month, rule)
    assert [is_working_day(day) for day in (window.opens_on, window.due_on, window.closes_on)] == [True] * 3


@given(st.sampled_from(EVERY_DAY), RULES)
def test_whatever_the_rule_every_day_has_one_month_and_it_has_opened(day, rule):
    month = month_to_report(day, rule)
    assert period_days(month, rule).opens_on <= day < period_days(add_months(month, 1), rule).opens_on


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        ("2026-10-25", Stage.UPCOMING),
        ("2026-10-26", Stage.OPEN),
        ("2026-11-06", Stage.OPEN),
        ("2026-11-07", Stage.DUE),
        ("2027-11-07", Stage.DUE),  # a month is closed by somebody, never by a day
    ],
)
def test_a_month_stands_as_its_days_say_until_somebody_closes_or_freezes_it(today, stage):
    window, day = period_days(date(2026, 10, 1), DEFAULT), date.fromisoformat(today)
    assert stage_of(window, day, closed=False, frozen=False) is stage
    assert stage_of(window, day, closed=True, frozen=False) is Stage.CLOSED
    assert stage_of(window, day, closed=True, frozen=True) is Stage.FROZEN


def test_months_are_added_across_years_and_from_any_day():
    assert [add_months(date(2026, 1, 31), n) for n in (-13, -1, 0, 1, 12)] == [
        date(2024, 12, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1), date(2027, 1, 1),
    ]  # fmt: skip


def test_a_strip_of_months_ends_with_the_month_asked_for():
    assert last_months(date(2026, 2, 1), 4) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert last_months(date(2026, 2, 1), 0) == []
