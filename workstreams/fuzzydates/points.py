"""Reads one period, from a day to a year, where it starts in a run of tokens.

Every reader answers Found or None and looks ahead a fixed number of tokens, so reading stays linear.
"""

from collections.abc import Callable
from typing import Final

from programme.dates import Precision, Window
from workstreams.fuzzydates import periods
from workstreams.fuzzydates.days import read_day_month, read_iso, read_month_number, read_numeric_day, read_weekday
from workstreams.fuzzydates.months import read_month
from workstreams.fuzzydates.periods import Found, Period
from workstreams.fuzzydates.stated_years import FOUR_DIGITS, read_year
from workstreams.fuzzydates.tokens import Tokens
from workstreams.fuzzydates.vocabulary import MONTHS, ORDINAL_ENDINGS, ORDINALS, PARTS, SEASONS, WEEKDAYS
from workstreams.fuzzydates.year_parts import read_bare_year, read_feast, read_named_year, read_quarter, read_season

Reader = Callable[[Tokens, int], Found | None]


def _part(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """The part and the index after 'early', 'mid-', 'the end of', 'mid to late'."""
    at += tokens[at].text == "the"
    part = PARTS.get(tokens[at].text)
    if part is None:
        return None
    after = at + 1
    if tokens[at].text in {"beginning", "start", "middle", "end", "close"}:
        if tokens[after].text in {"of", "-"}:
            after += 1
        elif not _may_be_whole(tokens, after):
            return None
    elif tokens[at].text == "later":
        after += tokens[after].text in {"in", "-"}
    else:
        after += tokens[after].text in {"-", "in"}
    return part, after + (tokens[after].text == "the")


def _may_be_whole(tokens: Tokens, at: int) -> bool:
    """Whether a named period stands here, as in 'end March' without its 'of'."""
    token = tokens[at]
    number = token.is_number and len(token.text) == FOUR_DIGITS
    return number or token.text in MONTHS or token.text in SEASONS or token.text in {"q", "quarter", "fy"}


def _read_part(tokens: Tokens, at: int) -> Found | None:
    """Early 2025, mid-June, late summer 2025, the end of Q3 2025/26, early to mid 2025."""
    first = _part(tokens, at)
    if first is None:
        return None
    part, after = first
    joined = tokens[after - 1 if tokens[after - 1].text == "-" else after].text in {"to", "-", "/", "and"}
    second = _part(tokens, after + (tokens[after].text in {"to", "-", "/", "and"})) if joined else None
    if second:
        whole = _read_whole(tokens, second[1])
        if whole and whole.period.readings:
            return Found(_joined_parts(whole.period, part, second[0]), whole.after)
    whole = _read_whole(tokens, after)
    if whole is None or not whole.period.readings:
        return None
    return Found(narrowed(whole.period, part), whole.after)


def _joined_parts(whole: Period, first: str, last: str) -> Period:
    """From one part to a later one of the same period."""
    early, late = narrowed(whole, first).readings[0], narrowed(whole, last).readings[0]

    def window(year: int) -> Window | None:
        begin, finish = early.window(year), late.window(year)
        return (begin[0], finish[1]) if begin and finish and begin[0] <= finish[1] else None

    return periods.one(window, early.precision, f"{first} to {last}", early.year)


def _read_whole(tokens: Tokens, at: int) -> Found | None:
    """What can have a beginning, a middle and an end."""
    found = _first_found(tokens, at, (read_month, read_season, read_quarter, read_named_year))
    return found or read_bare_year(tokens, at) or _read_short_year(tokens, at)


def _read_short_year(tokens: Tokens, at: int) -> Found | None:
    """'mid 25': two digits after a part of the year."""
    year = read_year(tokens, at)
    return Found(periods.calendar_year(year.year), year.after) if year and not year.pair else None


def narrowed(period: Period, part: str) -> Period:
    """The early, mid or late part of a period, each by its own convention."""
    reading = period.readings[0]
    window = reading.window(reading.year or 2024)
    if reading.precision is Precision.MONTH and window and len(period.readings) == 1:
        return periods.part_of_month(reading.year, window[0].month, part)
    if reading.precision is Precision.YEAR and reading.year is not None:
        return periods.part_of_year(reading.year, part)
    return periods.part_of(period, part)


def _read_week(tokens: Tokens, at: int) -> Found | None:
    """w/c 3 March, week ending Friday 7 March 2025, week of 3 March, first week of March, last week in March."""
    form = _week_form(tokens, at)
    if form:
        name, after = form
        found = _first_found(tokens, after, (read_weekday, read_iso, read_numeric_day, read_day_month))
        return Found(periods.week(found.period, name), found.after) if found else None
    which = ORDINALS.get(tokens[at].text, 0)
    if which and tokens[at + 1].text == "week" and tokens[at + 2].text in {"of", "in"}:
        found = read_month(tokens, at + 3)
        reading = found.period.readings[0] if found else None
        window = reading.window(reading.year or 2024) if reading else None
        if found and reading and window:
            return Found(periods.week_of_month(reading.year, window[0].month, which), found.after)
    return None


def _week_form(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """Whether the day that follows begins, ends or lies in the week."""
    if tokens[at].text == "w" and tokens[at + 1].text == "/" and tokens[at + 2].text in {"c", "b", "e"}:
        form, after = ("ending" if tokens[at + 2].text == "e" else "commencing"), at + 3
    elif tokens[at].text in {"wc", "wb", "we"} and (tokens[at].text != "we" or tokens[at + 1].is_number):
        form, after = ("ending" if tokens[at].text == "we" else "commencing"), at + 1
    elif tokens[at].text in {"week", "wk"}:
        forms = {
            "commencing": "commencing",
            "beginning": "commencing",
            "starting": "commencing",
            "ending": "ending",
            "of": "of",
        }
        named = forms.get(tokens[at + 1].text)
        if named is None:
            return None
        form, after = named, at + 2
    else:
        return None
    while tokens[after].text in {":", ".", "the", "on"} and after < at + 6:
        after += 1
    return form, after


def _first_found(tokens: Tokens, at: int, readers: tuple[Reader, ...]) -> Found | None:
    for reader in readers:
        found = reader(tokens, at)
        if found is not None:
            return found
    return None


_NUMBER_READERS: Final[tuple[Reader, ...]] = (
    read_iso,
    read_numeric_day,
    read_day_month,
    read_month_number,
    read_quarter,
    read_bare_year,
)
_WORD_READERS: Final[tuple[Reader, ...]] = (
    _read_week,
    read_weekday,
    _read_part,
    read_quarter,
    read_named_year,
    read_month,
    read_season,
    read_feast,
)
_STARTERS: Final = frozenset(
    {*MONTHS, *WEEKDAYS, *SEASONS, *PARTS, *ORDINALS}
    | {
        "the",
        "w",
        "wc",
        "wb",
        "we",
        "week",
        "wk",
        "q",
        "h",
        "quarter",
        "qtr",
        "calendar",
        "financial",
        "academic",
        "school",
    }
    | {"fy", "christmas", "xmas", "easter", "new"}
)


def _number_may_start(tokens: Tokens, at: int) -> bool:
    """Whether what follows a number leaves a date possible; most numbers in prose are left here."""
    following = tokens[at + 1]
    long = len(tokens[at].text) == FOUR_DIGITS
    return long or following.text in MONTHS or following.text in _AFTER_NUMBERS or following.text in ORDINAL_ENDINGS


_AFTER_NUMBERS: Final = frozenset({"-", "/", ".", "of", "quarter"})


def read_point(tokens: Tokens, at: int) -> Found | None:
    """The period that starts at this token, if one does."""
    token = tokens[at]
    if token.is_number:
        return _first_found(tokens, at, _NUMBER_READERS) if _number_may_start(tokens, at) else None
    if token.text not in _STARTERS:
        return None
    if token.text == "the":
        following = tokens[at + 1]
        worth = following.is_number or following.text in _STARTERS
        return read_point(tokens, at + 1) if worth and following.text != "the" else None
    return _first_found(tokens, at, _WORD_READERS)
