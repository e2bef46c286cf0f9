"""How an update came in, in words: in time, late, or entered after its month."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.periods import Arrival, PeriodRule, Stage, add_months, month_to_report, period_days, stage_of

SEPTEMBER = period_days(date(2026, 9, 1), PeriodRule())  # due 7 October, closes 12 October
ENTERED = "Entered 4 November 2026 for September 2026, after the month had"
YEARS = [date(2026, 1, 1) + timedelta(days=n) for n in range(3653)]


@pytest.mark.parametrize(
    ("sent", "closed", "words", "mark"),
    [
        ("2026-10-06", None, "Sent 6 October 2026", ""),
        ("2026-10-07", None, "Sent 7 October 2026", ""),
        ("2026-10-08", None, "Sent 8 October 2026, 1 day late", "Sent 8 October 2026, 1 day late"),
        ("2026-10-12", None, "Sent 12 October 2026, 5 days late", "Sent 12 October 2026, 5 days late"),
        ("2026-10-12", "2026-10-12", "Sent 12 October 2026, 5 days late", "Sent 12 October 2026, 5 days late"),
        ("2026-11-04", None, f"{ENTERED} passed", f"{ENTERED} passed"),
        ("2026-11-04", "2026-10-14", f"{ENTERED} closed", f"{ENTERED} closed"),
    ],
)
def test_what_is_said_of_an_update(sent, closed, words, mark):
    arrival = Arrival(date.fromisoformat(sent), SEPTEMBER, date.fromisoformat(closed) if closed else None)
    assert (arrival.words, arrival.mark) == (words, mark)


def test_a_month_from_before_the_programme_came_here_says_so():
    arrival = Arrival(date(2026, 11, 4), period_days(date(2022, 8, 1), PeriodRule()), is_history=True)
    assert arrival.words == arrival.mark == "Entered 4 November 2026 for August 2022, from earlier records"


@given(st.sampled_from(YEARS), st.integers(0, 119), st.none() | st.sampled_from(YEARS))
def test_late_is_after_the_due_day_and_backfilled_is_after_the_window_or_the_closing(sent, months, closed):
    days = period_days(add_months(YEARS[0], months), PeriodRule())
    arrival = Arrival(sent, days, closed)
    assert (arrival.days_late > 0) == (sent > days.due_on)
    assert arrival.is_backfilled == (sent > days.closes_on or (closed is not None and sent > closed))
    assert bool(arrival.mark) == (arrival.days_late > 0 or arrival.is_backfilled)


def test_on_every_day_of_ten_years_there_is_one_month_to_report_and_it_is_open_or_due():
    """Clock changes, leap days and bank holidays among them."""
    rule = PeriodRule()
    for day in YEARS:
        days = period_days(month_to_report(day, rule), rule)
        stage = stage_of(days, day, closed=False, frozen=False)
        assert stage in {Stage.OPEN, Stage.DUE}, day
        following = period_days(add_months(days.month, 1), rule)
        assert stage_of(following, day, closed=False, frozen=False) is Stage.UPCOMING, day
