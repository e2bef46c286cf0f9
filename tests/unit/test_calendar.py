"""Working days in England."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.calendar import add_working_days, is_working_day, nth_working_day, working_days_after

DAYS = st.dates(date(2024, 1, 1), date(2036, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-11-04", True),  # a Wednesday
        ("2026-11-07", False),  # Saturday
        ("2026-11-08", False),  # Sunday
        ("2026-12-25", False),  # Christmas Day
        ("2026-12-28", False),  # Boxing Day, a Saturday, moved to Monday
        ("2027-01-01", False),  # New Year's Day
        ("2027-01-04", True),  # in Scotland a holiday, in England not
        ("2027-03-26", False),  # Good Friday
        ("2027-03-29", False),  # Easter Monday
        ("2026-03-17", True),  # St Patrick's Day is a holiday in Northern Ireland only
        ("2026-08-03", True),  # Scotland's summer holiday
        ("2026-08-31", False),  # England's
        ("2028-02-29", True),  # a leap day on a Tuesday
    ],
)
def test_england_works_on_weekdays_that_are_no_bank_holiday(day, working):
    assert is_working_day(date.fromisoformat(day)) is working


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        ("2026-11-04", 0, "2026-11-04"),
        ("2026-11-07", 0, "2026-11-07"),  # nothing is counted, so a Saturday stays
        ("2026-11-06", 1, "2026-11-09"),
        ("2026-11-09", -1, "2026-11-06"),
        ("2026-12-24", 1, "2026-12-29"),
        ("2026-12-24", 3, "2026-12-31"),
        ("2026-12-24", 4, "2027-01-04"),
        ("2027-03-25", 1, "2027-03-30"),
        ("2027-03-30", -1, "2027-03-25"),
        ("2028-02-28", 1, "2028-02-29"),
    ],
)
def test_working_days_are_counted_in_both_directions(day, count, found):
    assert add_working_days(date.fromisoformat(day), count) == date.fromisoformat(found)


@pytest.mark.parametrize(
    ("year", "month", "number", "found"),
    [
        (2026, 11, 1, "2026-11-02"),
        (2026, 11, 5, "2026-11-06"),
        (2027, 1, 5, "2027-01-08"),
        (2027, 5, 1, "2027-05-04"),  # the first is a Saturday, the third a bank holiday
        (2026, 12, 21, "2026-12-31"),
        (2026, 12, 22, "2027-01-04"),  # December has 21, so the next month goes on counting
    ],
)
def test_a_months_working_days_are_numbered(year, month, number, found):
    assert nth_working_day(year, month, number) == date.fromisoformat(found)


@given(DAYS, st.integers(1, 15))
def test_counting_ends_on_a_working_day_with_exactly_that_many_in_between(day, count):
    later, earlier = add_working_days(day, count), add_working_days(day, -count)
    assert is_working_day(later)
    assert is_working_day(earlier)
    assert sum(is_working_day(day + timedelta(days=n)) for n in range(1, (later - day).days + 1)) == count
    assert sum(is_working_day(day - timedelta(days=n)) for n in range(1, (day - earlier).days + 1)) == count


@given(DAYS.filter(is_working_day), st.integers(1, 15))
def test_counting_there_and_back_leads_to_where_it_began(day, count):
    assert add_working_days(add_working_days(day, count), -count) == day


@pytest.mark.parametrize(
    ("day", "until", "count"),
    [
        (date(2026, 11, 6), date(2026, 11, 6), 0),
        (date(2026, 11, 6), date(2026, 11, 5), 0),
        (date(2026, 11, 6), date(2026, 11, 8), 0),  # a weekend
        (date(2026, 11, 6), date(2026, 11, 9), 1),
        (date(2026, 11, 6), date(2026, 11, 20), 10),
        (date(2026, 12, 24), date(2026, 12, 29), 1),  # Christmas Day, and Boxing Day given on the Monday
    ],
)
def test_working_days_that_have_passed(day, until, count):
    assert working_days_after(day, until) == count


@given(day=st.dates(date(2020, 1, 1), date(2030, 1, 1)), days=st.integers(-10, 900))
def test_working_days_are_counted_as_one_by_one(day, days):
    until = day + timedelta(days=days)
    one_by_one = sum(is_working_day(day + timedelta(days=n)) for n in range(1, days + 1))
    assert working_days_after(day, until) == one_by_one
