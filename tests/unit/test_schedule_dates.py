"""The dates of a schedule: working days in England, an hour of London's, nothing twice and nothing lost."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.calendar import add_working_days, is_working_day
from programme.periods import PeriodDays, PeriodRule, add_months, period_days
from reporting.schedule_dates import (
    Basis,
    Due,
    ScheduleRule,
    dates_of,
    hour_words,
    missed,
    moment_of,
    months_around,
    next_dates,
)

LONDON = ZoneInfo("Europe/London")
RULE = PeriodRule()
SECOND_DAY = ScheduleRule(Basis.AFTER_CLOSE, 2, 7)
BEFORE = ScheduleRule(Basis.BEFORE_BOARD, 3, 16)


def windows(first: date, count: int) -> list[PeriodDays]:
    return [period_days(add_months(first, number), RULE) for number in range(count)]


def test_the_second_working_day_after_the_window_closes():
    [october] = windows(date(2026, 10, 1), 1)
    assert october.closes_on == date(2026, 11, 11)
    [due] = dates_of(SECOND_DAY, [october], [])
    assert (due.day, due.month, due.because) == (date(2026, 11, 13), date(2026, 10, 1), date(2026, 11, 11))
    assert due.at == datetime(2026, 11, 13, 7, tzinfo=UTC)


def test_three_working_days_before_the_board_meets_over_a_weekend():
    dates = dates_of(BEFORE, windows(date(2026, 8, 1), 3), [date(2026, 11, 24)])
    assert [(due.day, due.month) for due in dates] == [(date(2026, 11, 19), date(2026, 10, 1))]


def test_a_board_before_any_window_has_closed_is_told_nothing():
    assert dates_of(BEFORE, windows(date(2026, 10, 1), 1), [date(2026, 11, 3)]) == []


def test_seven_in_london_is_seven_on_both_sides_of_both_clock_changes_for_ten_years():
    months = windows(date(2025, 1, 1), 132)
    for rule in (SECOND_DAY, ScheduleRule(Basis.AFTER_CLOSE, 1, 1), ScheduleRule(Basis.AFTER_CLOSE, 20, 23)):
        dates = dates_of(rule, months, [])
        assert len({due.month for due in dates}) == 132
        assert all(due.at.astimezone(LONDON).replace(tzinfo=None) == _local(due, rule.hour) for due in dates)
        assert all(is_working_day(due.day) for due in dates)
        assert [due.at for due in dates] == sorted(due.at for due in dates)


def _local(due: Due, hour: int) -> datetime:
    return datetime(due.day.year, due.day.month, due.day.day, hour)  # noqa: DTZ001 - a wall clock has no zone


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 3, 27), "2026-03-27T07:00"),  # the last working day of winter
        (date(2026, 3, 30), "2026-03-30T06:00"),
        (date(2026, 10, 23), "2026-10-23T06:00"),
        (date(2026, 10, 26), "2026-10-26T07:00"),
        (date(2028, 2, 29), "2028-02-29T07:00"),
    ],
)
def test_the_hour_is_londons_on_either_side_of_a_change(day, utc):
    assert moment_of(day, 7).strftime("%Y-%m-%dT%H:%M") == utc


def test_the_hour_that_the_clocks_leave_out_and_the_one_they_repeat_each_give_one_moment():
    assert moment_of(date(2026, 3, 29), 1) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert moment_of(date(2026, 10, 25), 1) == datetime(2026, 10, 25, 0, tzinfo=UTC)


@pytest.mark.parametrize("step", [timedelta(minutes=1), timedelta(hours=5), timedelta(days=3), timedelta(days=29)])
def test_a_tick_of_any_rhythm_makes_each_date_once(step):
    """Three days without beat, or a month: what was missed is made once, and never again."""
    dates = dates_of(SECOND_DAY, windows(date(2026, 8, 1), 4), [])
    since = now = datetime(2026, 10, 1, tzinfo=UTC)
    made: list[Due] = []
    if step < timedelta(hours=1):  # a minute's rhythm around one date is enough
        now = dates[1].at - timedelta(minutes=3)
        since, dates = now, dates[1:2]
    for _ in range(2_000):
        made += missed(dates, since=since, now=now, done={due.day for due in made})
        now += step
        if now > datetime(2027, 1, 20, tzinfo=UTC):
            break
    assert made == [due for due in dates if due.at > since]


def test_of_several_missed_dates_for_one_month_only_the_newest_is_made():
    boards = [date(2026, 11, 24), date(2026, 12, 1)]
    dates = dates_of(BEFORE, windows(date(2026, 10, 1), 1), boards)
    found = missed(dates, since=datetime(2026, 11, 1, tzinfo=UTC), now=datetime(2026, 12, 2, tzinfo=UTC), done=())
    assert [due.because for due in found] == [date(2026, 12, 1)]


def test_what_lies_before_the_schedule_or_a_pause_or_two_months_back_is_not_made_up_for():
    dates = dates_of(SECOND_DAY, windows(date(2026, 3, 1), 10), [])
    now = datetime(2026, 11, 20, tzinfo=UTC)
    assert missed(dates, since=now - timedelta(days=3), now=now, done=()) == []
    found = missed(dates, since=datetime(2026, 1, 1, tzinfo=UTC), now=now, done=())
    assert [due.month for due in found] == [date(2026, 9, 1), date(2026, 10, 1)]


def test_the_next_five_dates_come_from_the_months_as_they_stand_and_then_from_the_rule():
    moved = period_days(date(2026, 11, 1), RULE)
    moved = type(moved)(moved.month, moved.opens_on, moved.due_on, date(2026, 12, 21))
    months = months_around(date(2026, 11, 18), [moved], RULE)
    found = next_dates(dates_of(SECOND_DAY, months, []), datetime(2026, 11, 18, tzinfo=UTC))
    assert [due.day for due in found] == [
        date(2026, 12, 23), date(2027, 1, 15), date(2027, 2, 12), date(2027, 3, 12), date(2027, 4, 14),
    ]  # fmt: skip


@given(
    st.dates(date(2025, 1, 1), date(2035, 12, 1)),
    st.integers(1, 20),
    st.integers(0, 23),
    st.sampled_from(Basis),
    st.integers(-40, 40),
)
def test_a_date_is_a_working_day_the_right_way_from_its_event(day, count, hour, basis, offset):
    rule = ScheduleRule(basis, count, hour)
    board = day + timedelta(days=offset)
    for due in dates_of(rule, months_around(day, (), RULE), [board]):
        step = count if basis is Basis.AFTER_CLOSE else -count
        assert add_working_days(due.because, step) == due.day
        assert due.at.astimezone(LONDON).date() == due.day
        assert period_days(due.month, RULE).closes_on <= max(due.day, due.because)


@pytest.mark.parametrize(("hour", "words"), [(0, "midnight"), (7, "7am"), (12, "midday"), (16, "4pm")])
def test_hours_in_words(hour, words):
    assert hour_words(hour) == words


def test_a_rule_in_words():
    assert SECOND_DAY.words == "2 working days after the window closes, at 7am"
    assert ScheduleRule(Basis.BEFORE_BOARD, 1, 12).words == "1 working day before each board date, at midday"
