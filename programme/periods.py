"""Which month is reported when. Pure: days in, days out.

The default rule: a period opens five working days before the end of the month it observes, is due on the fifth
working day of the next month and closes three working days later. Every number is editable per programme.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from programme.calendar import add_working_days, nth_working_day


def first_of_month(day: date) -> date:
    """The first day of the month of `day`."""
    return day.replace(day=1)


def add_months(day: date, count: int) -> date:
    """The first day of the month `count` months from the month of `day`."""
    index = day.year * 12 + day.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def last_months(month: date, count: int) -> list[date]:
    """First days of `count` months ending with `month`, oldest first."""
    return [add_months(month, back - count + 1) for back in range(count)]


@dataclass(frozen=True)
class PeriodRule:
    """Working days; see the module's sentence."""

    opens_before_month_end: int = 5
    due_working_day: int = 5
    closes_after_due: int = 3


@dataclass(frozen=True)
class PeriodDays:
    """The window in which a month's update is sent."""

    month: date
    opens_on: date
    due_on: date
    closes_on: date


def period_days(month: date, rule: PeriodRule) -> PeriodDays:
    """The window for reporting `month` (any day in it)."""
    month = first_of_month(month)
    following = add_months(month, 1)
    opens = add_working_days(following, -rule.opens_before_month_end) if rule.opens_before_month_end else following
    due = max(opens, nth_working_day(following.year, following.month, rule.due_working_day))
    return PeriodDays(month, opens, due, add_working_days(due, rule.closes_after_due))


def month_to_report(today: date, rule: PeriodRule) -> date:
    """The month people report on `today`: the newest whose window has opened. Exactly one for any day of any year."""
    month = first_of_month(today)
    while period_days(month, rule).opens_on > today:
        month = add_months(month, -1)
    return month


class Stage(StrEnum):
    """Where a period stands; the value is shown to users."""

    UPCOMING = "upcoming"
    OPEN = "open"
    DUE = "past its due day"
    CLOSED = "closed"
    FROZEN = "frozen"


def stage_of(days: PeriodDays, today: date, *, closed: bool, frozen: bool) -> Stage:
    """The stage on `today`. Closing and freezing are decisions people take; the rest follows from the days."""
    if frozen:
        return Stage.FROZEN
    if closed:
        return Stage.CLOSED
    if today < days.opens_on:
        return Stage.UPCOMING
    return Stage.OPEN if today <= days.due_on else Stage.DUE
