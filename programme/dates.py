"""Dates as people write them: the words, the first and last day they can mean, and why they were read so.

Pure: no clock, no Django. A plan says "Winter 2025" or "early March" long before it says a day, so a date here is a
window. Something is overdue only after the last day of its window, and what has no last day is never overdue.

Conventions
    Seasons are the Met Office's meteorological seasons (winter runs from December to February).
    Early, mid and late of a year are January to March, May to August and October to December; the gaps are meant.
    Early, mid and late of a month are days 1 to 10, 11 to 20 and 21 to the end.
    Financial years run from 1 April to 31 March, academic years from 1 September to 31 August.
    Words follow the NHS content style guide: full month names, "to" in ranges, no ordinals, no slashes in years.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, Self, TypeAlias

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Precision(StrEnum):
    """How exactly a date was stated. The comment beside each value is its convention."""

    DAY = "day"  # one day, or a count of days from a stated day
    WEEK = "week"  # seven days; "week of" is Monday to Sunday
    PART_MONTH = "part_month"  # early 1 to 10, mid 11 to 20, late 21 to the end
    MONTH = "month"  # the whole calendar month
    MONTH_RANGE = "month_range"  # first day of the first month to the last day of the last
    QUARTER = "quarter"  # three months; of the financial year unless the calendar is named
    SEASON = "season"  # three months, Met Office meteorological seasons
    SEASON_RANGE = "season_range"  # two seasons that follow each other
    PART_YEAR = "part_year"  # early, mid or late part of a year, season, quarter or half
    HALF_YEAR = "half_year"  # six months; of the financial year unless the calendar is named
    YEAR = "year"  # calendar year
    YEAR_RANGE = "year_range"  # several years, calendar or financial
    FINANCIAL_YEAR = "financial_year"  # 1 April to 31 March
    ACADEMIC_YEAR = "academic_year"  # 1 September to 31 August
    TERM = "term"  # autumn September to December, spring January to March, summer April to July
    RANGE = "range"  # two dates of any other precision, both ends counted
    RELATIVE = "relative"  # counted from another date ("over the next 12 months")
    RELATIVE_UNANCHORED = "relative_unanchored"  # counted from a date nobody stated: no window
    OPEN_FROM = "open_from"  # a first day and no last
    OPEN_UNTIL = "open_until"  # a last day and no first
    ONGOING = "ongoing"  # no end in view; never overdue
    UNDATED = "undated"  # a date is still to be set ("TBC")
    NONE = "none"  # time words that fix no date ("weekly")


class Kind(StrEnum):
    """The shape of the window."""

    SINGLE = "single"  # one named day or period
    RANGE = "range"  # from one named day or period to another
    OPEN_FROM = "open_from"
    OPEN_UNTIL = "open_until"
    ONGOING = "ongoing"
    RECURRING = "recurring"  # again and again; no window
    UNDATED = "undated"  # no window


class SortKey(NamedTuple):
    """Dated before undated before ongoing; then by first day, then by last."""

    group: int
    start: date
    end: date


_SHAPES = {
    Precision.OPEN_FROM: Kind.OPEN_FROM,
    Precision.OPEN_UNTIL: Kind.OPEN_UNTIL,
    Precision.ONGOING: Kind.ONGOING,
    Precision.UNDATED: Kind.UNDATED,
    Precision.RELATIVE_UNANCHORED: Kind.UNDATED,
    Precision.NONE: Kind.RECURRING,
    Precision.MONTH_RANGE: Kind.RANGE,
    Precision.SEASON_RANGE: Kind.RANGE,
    Precision.YEAR_RANGE: Kind.RANGE,
    Precision.RANGE: Kind.RANGE,
}


@dataclass(frozen=True)
class FuzzyDate:
    """A stated date. `start` and `end` are both counted; an open end is None.

    `alternatives` holds every reading a careful person would weigh, this one first, when `ambiguous` is true.
    `basis` says in words why this reading was taken. Raises ValueError if the window ends before it starts.
    """

    text: str
    start: date | None
    end: date | None
    precision: Precision
    kind: Kind
    ambiguous: bool = False
    alternatives: tuple["FuzzyDate", ...] = field(default=(), repr=False)
    basis: str = ""

    def __post_init__(self) -> None:
        """Refuse a window that cannot exist."""
        if self.start and self.end and self.start > self.end:
            message = f"The window of “{self.text}” ends ({self.end}) before it starts ({self.start})."
            raise ValueError(message)

    # Constructors

    @classmethod
    def from_parts(
        cls,
        *,
        text: str,
        start: date | None,
        end: date | None,
        precision: Precision,
        ambiguous: bool = False,
        basis: str = "",
        alternatives: Iterable["FuzzyDate"] = (),
    ) -> Self:
        """A date from stored parts; the kind follows from the precision and the open ends."""
        kind = _SHAPES.get(precision, Kind.SINGLE)
        if start is not None and end is None:
            kind = Kind.OPEN_FROM
        elif end is not None and start is None:
            kind = Kind.OPEN_UNTIL
        return cls(text, start, end, precision, kind, ambiguous, tuple(alternatives), basis)

    @classmethod
    def _named(cls, start: date, end: date, precision: Precision, text: str) -> Self:
        made = cls.from_parts(text=text, start=start, end=end, precision=precision)
        return made if text else replace(made, text=made.display())

    @classmethod
    def day(cls, day: date, text: str = "") -> Self:
        """One day."""
        return cls._named(day, day, Precision.DAY, text)

    @classmethod
    def week(cls, first_day: date, text: str = "") -> Self:
        """The seven days from `first_day`."""
        return cls._named(first_day, first_day + timedelta(days=6), Precision.WEEK, text)

    @classmethod
    def month(cls, year: int, month: int, text: str = "") -> Self:
        """A calendar month."""
        return cls._named(*month_window(year, month), Precision.MONTH, text)

    @classmethod
    def months(cls, first: date, last: date, text: str = "") -> Self:
        """From the month of `first` to the month of `last`."""
        end = month_window(last.year, last.month)[1]
        return cls._named(first.replace(day=1), end, Precision.MONTH_RANGE, text)

    @classmethod
    def season(cls, year: int, name: str, text: str = "") -> Self:
        """A meteorological season. A winter is named by the year its December lies in. KeyError for another word."""
        return cls._named(*season_window(year, name), Precision.SEASON, text)

    @classmethod
    def year(cls, year: int, text: str = "") -> Self:
        """A calendar year."""
        return cls._named(date(year, 1, 1), date(year, 12, 31), Precision.YEAR, text)

    @classmethod
    def financial_year(cls, first_year: int, text: str = "") -> Self:
        """1 April of `first_year` to 31 March of the next."""
        return cls._named(date(first_year, 4, 1), date(first_year + 1, 3, 31), Precision.FINANCIAL_YEAR, text)

    @classmethod
    def range(cls, start: date, end: date, text: str = "") -> Self:
        """Any other window with two ends."""
        return cls._named(start, end, Precision.RANGE, text)

    @classmethod
    def open_from(cls, start: date, text: str = "") -> Self:
        """From a day on, with no end stated."""
        made = cls.from_parts(text=text, start=start, end=None, precision=Precision.OPEN_FROM)
        return made if text else replace(made, text=made.display())

    @classmethod
    def open_until(cls, end: date, text: str = "") -> Self:
        """Any time up to and including a day."""
        made = cls.from_parts(text=text, start=None, end=end, precision=Precision.OPEN_UNTIL)
        return made if text else replace(made, text=made.display())

    @classmethod
    def ongoing(cls, text: str = "Ongoing") -> Self:
        """Work without an end in view."""
        return cls.from_parts(text=text, start=None, end=None, precision=Precision.ONGOING)

    @classmethod
    def undated(cls, text: str = "To be confirmed") -> Self:
        """A date that is still to be set."""
        return cls.from_parts(text=text, start=None, end=None, precision=Precision.UNDATED)

    # What readers ask

    @property
    def has_window(self) -> bool:
        """Whether at least one end is known."""
        return self.start is not None or self.end is not None

    def is_past(self, today: date) -> bool:
        """Whether the last day it can mean has gone. Never for what is open, ongoing or undated."""
        return self.end is not None and self.end < today

    def contains(self, day: date) -> bool:
        """Whether the day lies in the window; an open end has no limit, a date without a window contains nothing."""
        after = self.start is None or self.start <= day
        before = self.end is None or day <= self.end
        return self.has_window and after and before

    def sort_key(self) -> SortKey:
        """Order by first day, then last; an unknown first day counts as the last day; undated after; ongoing last."""
        if not self.has_window:
            return SortKey(2 if self.kind is Kind.ONGOING else 1, date.max, date.max)
        return SortKey(0, self.start or self.end or date.max, self.end or date.max)

    def widened(self, other: "FuzzyDate") -> Self:
        """This date with its window stretched to take in the window of `other`."""
        if self.start is None or self.end is None or other.start is None or other.end is None:
            return self
        start, end = min(self.start, other.start), max(self.end, other.end)
        if (start, end) == (self.start, self.end):
            return self
        basis = f"{self.basis}; widened to take in {other.display()}".lstrip("; ")
        return replace(self, start=start, end=end, basis=basis)

    def display(self) -> str:
        """Words in NHS style that can be read in one way only, whatever was typed."""
        if self.start is not None and self.end is not None:
            return _window_words(self.start, self.end, self.precision)
        if self.start is not None:
            first_of_month = self.start.day == 1
            return f"{month_words(self.start) if first_of_month else day_words(self.start)} onwards"
        if self.end is not None:
            return f"by {day_words(self.end)}"
        if self.kind is Kind.ONGOING:
            return "Ongoing"
        if self.precision is Precision.UNDATED:
            return "To be confirmed"
        return self.text

    def __str__(self) -> str:
        """The words of `display`."""
        return self.display()


# Windows


Window: TypeAlias = tuple[date, date]  # first day, last day

SEASON_FIRST_MONTH = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
PARTS_OF_YEAR = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}


def month_window(year: int, month: int) -> Window:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def months_window(year: int, month: int, count: int) -> Window:
    """First day of a month to the last day of the month `count` - 1 months later."""
    index = year * 12 + month - 1 + count - 1
    return date(year, month, 1), month_window(index // 12, index % 12 + 1)[1]


def season_window(year: int, name: str) -> Window:
    """A meteorological season; the winter of a year starts in that year's December."""
    return months_window(year, SEASON_FIRST_MONTH[name], 3)


def part_of_month_window(year: int, month: int, part: str) -> Window:
    """Days 1 to 10 (early), 11 to 20 (mid) or 21 to the end (late) of a month."""
    first, last = month_window(year, month)
    return {
        "early": (first, first.replace(day=10)),
        "mid": (first.replace(day=11), first.replace(day=20)),
        "late": (first.replace(day=21), last),
    }[part]


def part_of_year_window(year: int, part: str) -> Window:
    """January to March (early), May to August (mid) or October to December (late)."""
    first, last = PARTS_OF_YEAR[part]
    return date(year, first, 1), month_window(year, last)[1]


# Words


def day_words(day: date) -> str:
    """'24 December 2026'."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def month_words(day: date) -> str:
    """'December 2026'."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def _range_words(start: date, end: date) -> str:
    """Whole months by name, anything else by day; what both ends share is said once."""
    if start.day == 1 and end == month_window(end.year, end.month)[1]:
        return _shortened(month_words(start), month_words(end), same_year=start.year == end.year)
    if start.year == end.year and start.month == end.month and start != end:
        return f"{start.day} to {day_words(end)}"
    return _shortened(day_words(start), day_words(end), same_year=start.year == end.year)


def _shortened(first: str, last: str, *, same_year: bool) -> str:
    """'May to June 2025' for 'May 2025' and 'June 2025'."""
    if first == last:
        return first
    return f"{first.rsplit(' ', 1)[0] if same_year else first} to {last}"


def _season_words(start: date, _end: date) -> str | None:
    for name, month in SEASON_FIRST_MONTH.items():
        if month == start.month:
            years = f"{start.year} to {start.year + 1}" if name == "winter" else f"{start.year}"
            return f"{name.capitalize()} {years}"
    return None


def _season_range_words(start: date, end: date) -> str | None:
    names = {month: name for name, month in SEASON_FIRST_MONTH.items()}
    last_first = (end.month - 3) % 12 + 1
    one_year = start.year == end.year and last_first in names and start.month in names
    return f"{names[start.month].capitalize()} to {names[last_first]} {start.year}" if one_year else None


def _part_words(start: date, end: date) -> str | None:
    """'early March 2025' or 'late 2025', whichever window it is."""
    for part in PARTS_OF_YEAR:
        if (start, end) == part_of_month_window(start.year, start.month, part):
            return f"{part} {month_words(start)}"
        if (start, end) == part_of_year_window(start.year, part):
            return f"{part} {start.year}"
    return None


def _year_words(start: date, end: date) -> str | None:
    if start.month == 1 and start.year == end.year:
        return f"{start.year}"
    named = {1: "{} to {}", 4: "financial year {} to {}", 9: "academic year {} to {}"}.get(start.month)
    return named.format(start.year, end.year) if named else None


def _week_words(start: date, end: date) -> str | None:
    return f"week commencing {day_words(start)}" if end - start == timedelta(days=6) else None


_STYLES = {
    Precision.WEEK: _week_words,
    Precision.SEASON: _season_words,
    Precision.SEASON_RANGE: _season_range_words,
    Precision.PART_MONTH: _part_words,
    Precision.PART_YEAR: _part_words,
    Precision.YEAR: _year_words,
    Precision.YEAR_RANGE: _year_words,
    Precision.FINANCIAL_YEAR: _year_words,
    Precision.ACADEMIC_YEAR: _year_words,
}


def _conventional(start: date, end: date, precision: Precision) -> bool:
    """Whether the window is the one the precision's words stand for; a widened window is not."""
    months = {Precision.SEASON: 3, Precision.SEASON_RANGE: 6}.get(precision)
    if months:
        return start.day == 1 and (start, end) == months_window(start.year, start.month, months)
    if precision in {Precision.YEAR, Precision.FINANCIAL_YEAR, Precision.ACADEMIC_YEAR}:
        return start.day == 1 and (start, end) == months_window(start.year, start.month, 12)
    if precision is Precision.YEAR_RANGE:
        return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    return True


def _window_words(start: date, end: date, precision: Precision) -> str:
    style = _STYLES.get(precision)
    words = style(start, end) if style and _conventional(start, end, precision) else None
    return words or _range_words(start, end)


# Slip


@dataclass(frozen=True)
class Slip:
    """How far a forecast lies from its baseline, in days; negative is earlier.

    `least` and `most` differ when the dates are windows of different length.
    """

    least: int
    most: int

    @property
    def words(self) -> str:
        """'no change', '31 days later', '28 to 59 days earlier' or '3 days earlier to 5 days later'."""
        if self.least == self.most:
            return "no change" if self.least == 0 else f"{_days(abs(self.least))} {_direction(self.least)}"
        if self.least < 0 < self.most:
            return f"{_days(-self.least)} earlier to {_days(self.most)} later"
        low, high = sorted((abs(self.least), abs(self.most)))
        return f"{low} to {_days(high)} {_direction(self.least + self.most)}"


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def _direction(days: int) -> str:
    return "later" if days > 0 else "earlier"


def slip(baseline: FuzzyDate, forecast: FuzzyDate) -> Slip | None:
    """How far `forecast` moved from `baseline`: first day against first and last against last.

    None when the two share no known end, because then nobody can say.
    """
    moved = [
        (after - before).days
        for before, after in ((baseline.start, forecast.start), (baseline.end, forecast.end))
        if before is not None and after is not None
    ]
    return Slip(min(moved), max(moved)) if moved else None
