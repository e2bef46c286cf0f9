"""What a date without a year, or a date counted from another, leans on."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from programme.dates import FuzzyDate, Window, month_window
from workstreams.fuzzydates.vocabulary import EARLIEST_YEAR, LATEST_YEAR


@dataclass(frozen=True)
class Reference:
    """The day counting starts from, and the window in which an unfinished date most likely lies."""

    first_day: date
    window: Window

    @property
    def years(self) -> range:
        """Every year worth trying for a date without one."""
        return range(self.window[0].year - 1, self.window[1].year + 2)


def reference_from(given: "date | FuzzyDate | Reference | None") -> Reference | None:
    """A reference from a day (its month is the window) or from a stated date.

    None without a window, and for a year no programme can lie in, so that counting from it stays inside the calendar.
    """
    if given is None or isinstance(given, Reference):
        return given
    if isinstance(given, FuzzyDate):
        first, last = given.start or given.end, given.end or given.start
    else:
        first, last = given, given
    if first is None or last is None or first.year < EARLIEST_YEAR or last.year > LATEST_YEAR:
        return None
    return Reference(first, (first, last) if isinstance(given, FuzzyDate) else month_window(first.year, first.month))


def shifted(day: date, months: int) -> date:
    """The same day some months later; the month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def later(day: date, count: int, unit: str) -> date:
    """The day `count` days, weeks, fortnights, months, quarters or years later; earlier when negative."""
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    if days:
        return day + timedelta(days=days * count)
    return shifted(day, {"month": 1, "quarter": 3, "year": 12}[unit] * count)
