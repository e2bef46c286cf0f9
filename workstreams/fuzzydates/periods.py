"""A period as stated, before its year is known, and the windows it can stand for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from programme.dates import (
    Precision,
    Window,
    month_window,
    months_window,
    part_of_month_window,
    part_of_year_window,
    season_window,
)
from workstreams.fuzzydates.vocabulary import day_or_none

WindowOfYear = Callable[[int], Window | None]


@dataclass(frozen=True)
class Reading:
    """One way to read a period: its window for a given year, and the year if one was stated."""

    window: WindowOfYear
    precision: Precision
    basis: str
    year: int | None = None
    part_of_season: bool = False

    @property
    def stated(self) -> Window | None:
        """The window, when the year was stated and the calendar has such a day."""
        return None if self.year is None else self.window(self.year)


@dataclass(frozen=True)
class Period:
    """What was stated, with every reading worth weighing, the likeliest first. No readings: an impossible day."""

    readings: tuple[Reading, ...]
    weekday: int | None = None
    doubt: str = ""

    @property
    def has_year(self) -> bool:
        """Whether the likeliest reading states its year."""
        return bool(self.readings) and self.readings[0].year is not None

    @property
    def precision(self) -> Precision:
        """The precision of the likeliest reading."""
        return self.readings[0].precision if self.readings else Precision.NONE

    def in_year(self, year: int) -> "Period":
        """The same period with a year given to the readings that lack one."""
        readings = tuple(r if r.year is not None else replace(r, year=year) for r in self.readings)
        return replace(self, readings=readings)


class Found(NamedTuple):
    """A period and the index of the token after it."""

    period: Period
    after: int


IMPOSSIBLE: Final = Period(())
SUNDAY: Final = 6
WEEK: Final = timedelta(days=6)


def one(window: WindowOfYear, precision: Precision, basis: str, year: int | None = None) -> Period:
    """A period with a single reading."""
    return Period((Reading(window, precision, basis, year),))


def day(year: int | None, month: int, number: int, weekday: int | None = None) -> Period:
    """A day of a month; impossible when no year, or not the year stated, has it."""

    def window(y: int) -> Window | None:
        found = day_or_none(y, month, number)
        return (found, found) if found else None

    leap_year = 2024
    if window(leap_year if year is None else year) is None:
        return IMPOSSIBLE
    period = replace(one(window, Precision.DAY, "the day as stated", year), weekday=weekday)
    stated = period.readings[0].stated
    if stated and weekday is not None and stated[0].weekday() != weekday:
        return replace(period, doubt="the weekday does not fall on that day")
    return period


def month(year: int | None, number: int) -> Period:
    """A calendar month."""
    return one(lambda y: month_window(y, number), Precision.MONTH, "the whole month", year)


def part_of_month(year: int | None, number: int, part: str) -> Period:
    """Early, mid or late in a month."""
    words = {"early": "days 1 to 10", "mid": "days 11 to 20", "late": "day 21 to the end"}[part]
    return one(
        lambda y: part_of_month_window(y, number, part), Precision.PART_MONTH, f"{part} in a month is {words}", year
    )


def calendar_year(year: int) -> Period:
    """January to December."""
    return one(lambda y: (date(y, 1, 1), date(y, 12, 31)), Precision.YEAR, "the calendar year", year)


def part_of_year(year: int, part: str) -> Period:
    """Early, mid or late in a calendar year."""
    words = {"early": "January to March", "mid": "May to August", "late": "October to December"}[part]
    return one(lambda y: part_of_year_window(y, part), Precision.PART_YEAR, f"{part} in a year is {words}", year)


def financial_year(year: int) -> Period:
    """1 April of `year` to 31 March."""
    return one(lambda y: months_window(y, 4, 12), Precision.FINANCIAL_YEAR, "financial year, 1 April to 31 March", year)


def academic_year(year: int) -> Period:
    """1 September of `year` to 31 August."""
    basis = "academic year, 1 September to 31 August"
    return one(lambda y: months_window(y, 9, 12), Precision.ACADEMIC_YEAR, basis, year)


def years(first: int, last: int) -> Period:
    """Several calendar years."""
    return one(lambda y: (date(y, 1, 1), date(y + last - first, 12, 31)), Precision.YEAR_RANGE, "calendar years", first)


def season(year: int | None, name: str) -> Period:
    """A meteorological season. A winter with one year has two readings: it touches two years."""
    if name != "winter" or year is None:
        basis = f"{name} is {_SEASON_MONTHS[name]} (Met Office meteorological seasons)"
        return one(lambda y: season_window(y, name), Precision.SEASON, basis, year)
    starting = f"the winter that starts in December {year}"
    ending = f"the winter that ends in February {year}"
    return Period(
        (
            Reading(lambda y: season_window(y, "winter"), Precision.SEASON, starting, year),
            Reading(lambda y: season_window(y - 1, "winter"), Precision.SEASON, ending, year),
        ),
        doubt="a winter with one year can be the one that starts or the one that ends in it",
    )


def season_of_years(first: int, name: str) -> Period:
    """'Winter 2024/25' is one winter; a spring or summer of two years can be of either."""
    if name in {"autumn", "winter"}:
        basis = f"the {name} of {first}" if name == "autumn" else f"the winter from December {first}"
        return one(lambda y: season_window(y, name), Precision.SEASON, basis, first)
    readings = tuple(
        Reading(lambda y: season_window(y, name), Precision.SEASON, f"{name} {year}", year)
        for year in (first, first + 1)
    )
    return Period(readings, doubt=f"a {name} lies in one year and two were stated")


def term(year: int | None, name: str) -> Period:
    """An English school term. Real terms follow Easter and differ by place; whole months are the convention."""
    first, count = {"autumn": (9, 4), "spring": (1, 3), "summer": (4, 4)}[name]
    basis = f"{name} term is {_TERM_MONTHS[name]} (schools in England)"
    return one(lambda y: months_window(y, first, count), Precision.TERM, basis, year)


def easter_sunday(year: int) -> date:
    """The Sunday, by the Gregorian computus of Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    months, days = divmod(h + j - 7 * m + 114, 31)
    return date(year, months, days + 1)


def easter(year: int | None) -> Period:
    """Good Friday to Easter Monday."""
    basis = "Easter is Good Friday to Easter Monday"
    two, one_day = timedelta(days=2), timedelta(days=1)
    return one(lambda y: (easter_sunday(y) - two, easter_sunday(y) + one_day), Precision.RANGE, basis, year)


def christmas(year: int | None) -> Period:
    """Christmas Day and Boxing Day."""
    basis = "Christmas is 25 and 26 December"
    return one(lambda y: (date(y, 12, 25), date(y, 12, 26)), Precision.RANGE, basis, year)


def quarter(number: int, year: int | None, *, calendar: bool = False, financial: bool = False) -> Period:
    """A quarter. With one year and nothing said, financial (NHS usage), with the calendar's as second reading."""

    def of_financial_year(y: int) -> Window:
        return months_window(y + (number == _LAST_QUARTER), (4, 7, 10, 1)[number - 1], 3)

    def of_calendar_year(y: int) -> Window:
        return months_window(y, number * 3 - 2, 3)

    by_april = Reading(of_financial_year, Precision.QUARTER, f"quarter {number} of the financial year", year)
    by_january = Reading(of_calendar_year, Precision.QUARTER, f"quarter {number} of the calendar year", year)
    if calendar:
        return Period((by_january,))
    if financial or year is None:
        return Period((by_april,))
    return Period((by_april, by_january), doubt="the quarter can be of the financial or of the calendar year")


def half(number: int, year: int | None, *, calendar: bool = False, financial: bool = False) -> Period:
    """Half a year; the same convention as for quarters."""

    def of_financial_year(y: int) -> Window:
        return months_window(y, 4 if number == 1 else 10, 6)

    def of_calendar_year(y: int) -> Window:
        return months_window(y, 1 if number == 1 else 7, 6)

    by_april = Reading(of_financial_year, Precision.HALF_YEAR, f"half {number} of the financial year", year)
    by_january = Reading(of_calendar_year, Precision.HALF_YEAR, f"half {number} of the calendar year", year)
    if calendar:
        return Period((by_january,))
    if financial or year is None:
        return Period((by_april,))
    return Period((by_april, by_january), doubt="the half can be of the financial or of the calendar year")


def part_of(period: Period, part: str) -> Period:
    """Early, mid or late in any longer period, by whole months; a month or a year has its own convention."""

    def narrowed(inner: WindowOfYear) -> WindowOfYear:
        def window(y: int) -> Window | None:
            whole = inner(y)
            return whole and _part_of_window(whole, part)

        return window

    readings = tuple(
        replace(r, window=narrowed(r.window), precision=Precision.PART_YEAR, basis=f"the {part} part of {r.basis}")
        for r in period.readings
    )
    return replace(period, readings=readings)


def _part_of_window(whole: Window, part: str) -> Window:
    count = (whole[1].year - whole[0].year) * 12 + whole[1].month - whole[0].month + 1
    if count >= _MONTHS_OF_YEAR:
        offset, length = {"early": (0, 3), "mid": (4, 4), "late": (9, 3)}[part]
    else:
        length = max(1, count // 3)
        offset = {"early": 0, "mid": (count - length) // 2, "late": count - length}[part]
    index = whole[0].year * 12 + whole[0].month - 1 + offset
    return months_window(index // 12, index % 12 + 1, length)


def week(of_day: Period, form: str) -> Period:
    """The seven days from a day ('commencing'), to a day ('ending') or from its Monday ('of')."""

    def seven(inner: WindowOfYear) -> WindowOfYear:
        def window(y: int) -> Window | None:
            base = inner(y)
            if base is None:
                return None
            first = base[0]
            if form == "ending":
                first -= WEEK
            elif form == "of":
                first -= timedelta(days=first.weekday())
            return first, first + WEEK

        return window

    readings = tuple(
        replace(r, window=seven(r.window), precision=Precision.WEEK, basis=f"the week {form} the day")
        for r in of_day.readings
    )
    return replace(of_day, readings=readings)


def week_of_month(year: int | None, number: int, which: int) -> Period:
    """The first to fourth seven days of a month, or its last seven (-1)."""

    def window(y: int) -> Window:
        first, last = month_window(y, number)
        start = last - WEEK if which < 0 else first + timedelta(days=7 * (which - 1))
        return start, start + WEEK

    return one(
        window, Precision.WEEK, "seven days of the month, counted from its first day or back from its last", year
    )


_SEASON_MONTHS = {
    "spring": "March to May",
    "summer": "June to August",
    "autumn": "September to November",
    "winter": "December to February",
}
_TERM_MONTHS = {"autumn": "September to December", "spring": "January to March", "summer": "April to July"}
_LAST_QUARTER = 4
_MONTHS_OF_YEAR = 12
