"""On which days a schedule makes its report, and for which month. Pure: days in, moments out.

Days are working days in England and the hour is London's, so a report due at 7am is due at 7am on either side of a
change of the clocks. A date that was missed while nothing ran is made up for once: of several dates that would report
on the same month only the newest counts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from programme.calendar import add_working_days
from programme.periods import PeriodDays, PeriodRule, add_months, period_days
from programme.wording import counted

LONDON = ZoneInfo("Europe/London")
OLDEST = timedelta(days=60)  # what was missed longer ago is nobody's news any more
NEXT = 5


class Basis(StrEnum):
    """What a schedule counts its working days from. The value is stored."""

    AFTER_CLOSE = "after_close"
    BEFORE_BOARD = "before_board"

    @property
    def words(self) -> str:
        """As it stands beside the choice."""
        return {
            Basis.AFTER_CLOSE: "Working days after the month’s window closes",
            Basis.BEFORE_BOARD: "Working days before each board date",
        }[self]


@dataclass(frozen=True)
class ScheduleRule:
    """When: so many working days after the window closes, or before the board meets, at an hour of London's."""

    basis: Basis
    working_days: int
    hour: int

    @property
    def words(self) -> str:
        """2 working days after the window closes, at 7am."""
        event = "after the window closes" if self.basis is Basis.AFTER_CLOSE else "before each board date"
        return f"{counted(self.working_days, 'working day')} {event}, at {hour_words(self.hour)}"


@dataclass(frozen=True)
class Due:
    """One date of a schedule: when the report is made, and the first day of the month it is about."""

    day: date
    at: datetime
    month: date
    because: date  # the day the window closes, or the board's


def hour_words(hour: int) -> str:
    """7am, midday, 2pm, midnight."""
    if hour % 12 == 0:
        return "midday" if hour else "midnight"
    return f"{hour % 12}{'am' if hour < 12 else 'pm'}"  # noqa: PLR2004 - the hours of a clock


def moment_of(day: date, hour: int) -> datetime:
    """The hour of that day in London, in UTC. An hour that the clocks leave out counts as the one after it."""
    return datetime.combine(day, time(hour), tzinfo=LONDON).astimezone(UTC)


def months_around(today: date, known: Iterable[PeriodDays], rule: PeriodRule) -> list[PeriodDays]:
    """The windows of the months from a quarter ago to half a year ahead: as they stand, else by the rule."""
    stored = {days.month: days for days in known}
    months = [add_months(today, count) for count in range(-4, 7)]
    return [stored.get(month) or period_days(month, rule) for month in months]


def dates_of(rule: ScheduleRule, windows: Sequence[PeriodDays], boards: Iterable[date]) -> list[Due]:
    """Every date the rule gives, earliest first. A board date without a month to report on gives none."""
    if rule.basis is Basis.AFTER_CLOSE:
        found = [_due(rule, add_working_days(w.closes_on, rule.working_days), w.month, w.closes_on) for w in windows]
    else:
        found = [due for board in boards if (due := _before_board(rule, board, windows))]
    return sorted(found, key=lambda due: due.at)


def _before_board(rule: ScheduleRule, board: date, windows: Sequence[PeriodDays]) -> Due | None:
    """The newest month whose window has closed by then is the one the board is told about."""
    day = add_working_days(board, -rule.working_days)
    closed = [window.month for window in windows if window.closes_on < day]
    return _due(rule, day, max(closed), board) if closed else None


def _due(rule: ScheduleRule, day: date, month: date, because: date) -> Due:
    return Due(day, moment_of(day, rule.hour), month, because)


def next_dates(dates: Iterable[Due], now: datetime, count: int = NEXT) -> list[Due]:
    """The next dates that have not come yet."""
    return [due for due in dates if due.at > now][:count]


def missed(dates: Iterable[Due], *, since: datetime, now: datetime, done: Collection[date]) -> list[Due]:
    """What has fallen due and was not made: one date for each month, its newest, earliest first.

    `since` is when the schedule began or was taken up again, `done` the days that were dealt with. A month whose newest
    date is done is done.
    """
    oldest = max(since, now - OLDEST)
    newest: dict[date, Due] = {}
    for due in dates:
        if oldest < due.at <= now:
            newest[due.month] = due
    return [due for due in newest.values() if due.day not in done]
