"""Which month is reported when. Pure: days in, days out.

The default rule: a period opens five working days before the end of the month it observes, is due on the fifth
working day of the next month and closes three working days later. Every number is editable per programme.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from programme.calendar import add_working_days, nth_working_day
from programme.dates import day_words, month_words
from programme.wording import counted


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


@dataclass(frozen=True)
class Arrival:
    """When an update came in, against the days of its month."""

    sent_on: date
    days: PeriodDays
    closed_on: date | None = None
    is_history: bool = False

    @property
    def days_late(self) -> int:
        """Days after the due day; 0 where it was in time."""
        return max(0, (self.sent_on - self.days.due_on).days)

    @property
    def is_backfilled(self) -> bool:
        """Whether the month's window had passed, or the month had been closed, when it came in."""
        return self.is_history or self.sent_on > self.days.closes_on or self._after_closing

    @property
    def _after_closing(self) -> bool:
        return self.closed_on is not None and self.sent_on > self.closed_on

    @property
    def words(self) -> str:
        """'Sent 6 November 2026', 'Sent 9 November 2026, 3 days late' or 'Entered … for …, after the month …'."""
        if not self.is_backfilled:
            late = f", {counted(self.days_late, 'day')} late" if self.days_late else ""
            return f"Sent {day_words(self.sent_on)}{late}"
        entered = f"Entered {day_words(self.sent_on)} for {month_words(self.days.month)}"
        if self.is_history:
            return f"{entered}, from earlier records"
        return f"{entered}, after the month had {'closed' if self._after_closing else 'passed'}"

    @property
    def mark(self) -> str:
        """The words where it was not in time, else nothing."""
        return self.words if self.is_backfilled or self.days_late else ""
