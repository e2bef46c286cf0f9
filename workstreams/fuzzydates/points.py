"""Reads one period, from a day to a year, where it starts in a run of tokens.

Every reader answers Found or None and looks ahead a fixed number of tokens, so reading stays linear.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, NamedTuple

from programme.dates import Precision, Window
from workstreams.fuzzydates import periods
from workstreams.fuzzydates.periods import IMPOSSIBLE, Found, Period
from workstreams.fuzzydates.tokens import Tokens
from workstreams.fuzzydates.vocabulary import (
    COUNTED_THINGS,
    MONTHS,
    NUMBER_WORDS,
    ORDINAL_ENDINGS,
    ORDINALS,
    PARTS,
    SEASONS,
    SHY_MONTHS,
    TIME_UNITS,
    WEEKDAYS,
    YEAR_LEADS,
    full_year,
)

Reader = Callable[[Tokens, int], Found | None]

_TWO_DIGITS: Final = 2
_FOUR_DIGITS: Final = 4
_MOST_DAYS: Final = 31
_MONTHS: Final = 12
# Month and two digits ("March 23"): from 20 to 39 a year; from 10 to 19 a year or a day; anything else is no year.
_SHORT_YEARS: Final = range(20, 40)
_SHORT_YEARS_OR_DAYS: Final = range(10, 20)


class YearFound(NamedTuple):
    """A stated year, whether it was a pair such as 2024/25, and the index of the token after it."""

    year: int
    pair: bool
    after: int


def _is_count(tokens: Tokens, after: int) -> bool:
    """Whether the number before `after` counts something: 24%, 24th, 24:30, 24.5, 24 weeks."""
    sign = tokens[after]
    if sign.text in TIME_UNITS or (sign.glued and (sign.text in {"%", "+"} or sign.is_word)):
        return True
    return sign.glued and sign.text in {":", ".", ","} and tokens[after + 1].is_number and tokens[after + 1].glued


def _second_year(tokens: Tokens, at: int, first: int, *, spoken: bool) -> int | None:
    """The index after '/25', '-25', '/2025' or, where it may be spoken, ' to 2025'."""
    sign, second = tokens[at], tokens[at + 1]
    joined = sign.text in {"/", "-"} and sign.glued and second.glued
    apart = spoken and sign.text in {"to", "-", "/"}
    if not (joined or apart) or not second.is_number or _is_count(tokens, at + 2):
        return None
    if tokens[at + 2].text in {"/", "-"} and tokens[at + 2].glued and tokens[at + 3].is_number:
        return None
    return at + 2 if second.value == (first + 1 if len(second.text) == _FOUR_DIGITS else (first + 1) % 100) else None


def read_year(tokens: Tokens, at: int, *, spoken: bool = False, short: range = _SHORT_YEARS) -> YearFound | None:
    """A year that belongs to what stands before it: '2025', '25', ''25', '2024/25', ', 2025', 'of 2025'."""
    at += tokens[at].text in {",", "of", "("} and tokens[at + 1].is_number
    apostrophe = tokens[at].text == "'" and tokens[at + 1].glued
    at += apostrophe
    number = tokens[at]
    year = full_year(number.text) if number.is_number else None
    if year is None:
        return None
    second = _second_year(tokens, at + 1, year, spoken=spoken)
    if second is not None:
        return YearFound(year, pair=True, after=second)
    two_digits = len(number.text) == _TWO_DIGITS
    if _is_count(tokens, at + 1) or (two_digits and not apostrophe and number.value not in short):
        return None
    if two_digits and tokens[at + 1].text in {"/", "-"} and tokens[at + 1].glued and tokens[at + 2].is_number:
        return None
    return YearFound(year, pair=False, after=at + 1)


def _counted(tokens: Tokens, at: int) -> bool:
    """Whether the number here belongs to what stands before it: 'Band 7', '£7', '0-7', '1.7'."""
    before = tokens[at - 1]
    if before.text in COUNTED_THINGS or before.text in {"£", "$", "€", "#"}:
        return True
    return before.text in {"-", "/", ".", ",", ":"} and tokens[at].glued and tokens[at - 2].is_number


# Days


def _read_iso(tokens: Tokens, at: int) -> Found | None:
    """2024-11-14 and 2024-11."""
    year = full_year(tokens[at].text) if len(tokens[at].text) == _FOUR_DIGITS else None
    number = tokens[at + 2]
    glued = tokens[at + 1].glued and number.glued and len(number.text) == _TWO_DIGITS
    if year is None or tokens[at + 1].text not in {"-", "/"} or not glued or not 0 < number.value <= _MONTHS:
        return None
    last = tokens[at + 4]
    if tokens[at + 3].text == tokens[at + 1].text and tokens[at + 3].glued and last.is_number and last.glued:
        return Found(periods.day(year, number.value, last.value), at + 5)
    follows_year = number.value == (year + 1) % 100
    if tokens[at + 1].text == "/" or follows_year:
        return None
    return Found(periods.month(year, number.value), at + 3)


def _read_numeric_day(tokens: Tokens, at: int) -> Found | None:
    """14/11/2024, 14.11.24, 14-11-2024: the day first, always. A month above 12 is no month."""
    first, second, third = tokens[at], tokens[at + 2], tokens[at + 4]
    signs = tokens[at + 1], tokens[at + 3]
    same = signs[0].text == signs[1].text and signs[0].text in {"/", ".", "-"}
    glued = all(tokens[at + offset].glued for offset in range(1, 5))
    if not (same and glued and second.is_number and third.is_number) or len(first.text) > _TWO_DIGITS:
        return None
    more = tokens[at + 5]
    if (
        more.glued
        and (more.text == signs[0].text or more.is_word)
        and tokens[at + 6].glued
        and tokens[at + 6].is_number
    ):
        return None
    year = full_year(third.text)
    careful = len(third.text) == _TWO_DIGITS and signs[0].text in {".", "-"}
    if year is None or (careful and (len(first.text), len(second.text)) != (_TWO_DIGITS, _TWO_DIGITS)):
        return None
    valid = 0 < second.value <= _MONTHS and not _counted(tokens, at)
    return Found(periods.day(year, second.value, first.value) if valid else IMPOSSIBLE, at + 5)


def _read_month_number(tokens: Tokens, at: int) -> Found | None:
    """11/2024."""
    sign, year = tokens[at + 1], tokens[at + 2]
    glued = sign.glued and year.glued and sign.text == "/" and len(year.text) == _FOUR_DIGITS
    found = full_year(year.text) if glued and year.is_number else None
    if found is None or not 0 < tokens[at].value <= _MONTHS or tokens[at + 3].text == "/" or _counted(tokens, at):
        return None
    return Found(periods.month(found, tokens[at].value), at + 3)


def after_day_number(tokens: Tokens, at: int, *, counted: bool = True) -> int | None:
    """The index after '14', '14th' or '14th of', when a day number stands here.

    `counted` says to refuse a number that belongs to what stands before it ('Band 7'), as the second of two days does.
    """
    if not tokens[at].is_number or not 0 < tokens[at].value <= _MOST_DAYS + 1 or len(tokens[at].text) > _TWO_DIGITS:
        return None
    after = at + 1
    if tokens[after].text in ORDINAL_ENDINGS and tokens[after].glued:
        after += 1
    elif (counted and _counted(tokens, at)) or (
        tokens[after].glued and tokens[after].is_word and tokens[after].text not in MONTHS
    ):
        return None
    return after + (tokens[after].text == "of")


def _after_month(tokens: Tokens, at: int) -> int:
    """The index after a month's name and its full stop."""
    dotted = tokens[at + 1].text == "." and tokens[at + 1].glued and len(tokens[at].text) <= _FOUR_DIGITS
    return at + 1 + dotted


def read_day_month(tokens: Tokens, at: int, weekday: int | None = None, *, counted: bool = True) -> Found | None:
    """14 November 2024, 14th of November, 14-Nov-24."""
    after = after_day_number(tokens, at, counted=counted)
    if after is None:
        return None
    hyphen = tokens[after].text in {"-", "/"} and tokens[after].glued
    after += hyphen
    number = MONTHS.get(tokens[after].text)
    if number is None or (tokens[after].text in {"may", "march", "mar"} and not _month_after_day(tokens, at, after)):
        return None
    day_number = tokens[at].value
    after = _after_month(tokens, after)
    year = read_year(tokens, after + (hyphen and tokens[after].text in {"-", "/"}))
    return Found(
        periods.day(year.year if year else None, number, day_number, weekday),
        year.after if year and not year.pair else after,
    )


def _month_after_day(tokens: Tokens, at: int, month: int) -> bool:
    """Whether 'may' after a number is the month: capital, ordinal before it, or a year after it."""
    return tokens[month].capital or month > at + 1 or read_year(tokens, month + 1) is not None


def _read_weekday(tokens: Tokens, at: int) -> Found | None:
    """Monday 4 November, Mon, 4th Nov."""
    weekday = WEEKDAYS.get(tokens[at].text)
    if weekday is None:
        return None
    after = at + 1
    while tokens[after].text in {",", ".", "the"} and after < at + 4:
        after += 1
    found = read_day_month(tokens, after, weekday)
    if found:
        return found
    numeric = _read_numeric_day(tokens, after)
    if numeric is None or not numeric.period.readings:
        return numeric
    stated = numeric.period.readings[0].stated
    wrong = stated is not None and stated[0].weekday() != weekday
    return (
        Found(replace(numeric.period, doubt="the weekday does not fall on that day"), numeric.after)
        if wrong
        else numeric
    )


# Months


def _read_month(tokens: Tokens, at: int) -> Found | None:
    """November 2024, Nov 24, Nov. '24, November 14th, November 14, 2024, November."""
    number = MONTHS.get(tokens[at].text)
    if number is None:
        return None
    after = _after_month(tokens, at)
    american = _read_american_day(tokens, after, number)
    if american:
        return american
    hyphen = tokens[after].text in {"-", "/"} and tokens[after].glued and tokens[after + 1].glued
    year = read_year(tokens, after + (1 if hyphen and tokens[after + 1].is_number else 0))
    if year and not year.pair:
        return Found(periods.month(year.year, number), year.after)
    if year and number > 0:
        return Found(_month_of_financial_year(year.year, number), year.after)
    if tokens[after].value in _SHORT_YEARS_OR_DAYS and not _is_count(tokens, after + 1):
        return Found(_month_or_day(tokens[after].value, number), after + 1)
    return Found(periods.month(None, number), after) if _plain_month(tokens, at, after) else None


def _month_of_financial_year(first: int, number: int) -> Period:
    """'March 2024/25' is the March in that financial year."""
    april = 4
    return periods.month(first if number >= april else first + 1, number)


def _month_or_day(value: int, number: int) -> Period:
    """'March 14': a year or a day."""
    as_year, as_day = periods.month(2000 + value, number), periods.day(None, number, value)
    return Period(as_year.readings + as_day.readings, doubt="the number can be a year or a day")


def _read_american_day(tokens: Tokens, at: int, number: int) -> Found | None:
    """The day after the month's name: only with an ordinal or with a year after a comma, else it may be anything."""
    value = tokens[at].value
    if not 0 < value <= _MOST_DAYS or len(tokens[at].text) > _TWO_DIGITS:
        return None
    ordinal = tokens[at + 1].text in ORDINAL_ENDINGS and tokens[at + 1].glued
    after = at + 1 + ordinal
    year = full_year(tokens[after + 1].text) if tokens[after].text == "," and tokens[after + 1].is_number else None
    if year is not None and len(tokens[after + 1].text) == _FOUR_DIGITS:
        return Found(periods.day(year, number, value), after + 2)
    if not ordinal:
        return None
    stated = read_year(tokens, after)
    return Found(periods.day(stated.year if stated else None, number, value), stated.after if stated else after)


_MONTH_LEADS: Final = frozenset(
    [
        "in",
        "by",
        "during",
        "since",
        "until",
        "till",
        "from",
        "before",
        "after",
        "for",
        "to",
        "throughout",
        "early",
        "mid",
        "late",
        "next",
        "last",
        "this",
        "of",
        "end",
        "start",
        "beginning",
        "and",
        "or",
        "between",
        "through",
        "around",
        "about",
        "every",
        "each",
        "update",
        "updates",
    ]
)
_MONTH_FOLLOWERS: Final = frozenset(
    ["update", "updates", "progress", "report", "meeting", "onwards", "onward", ":", "-", "/", ")", ",", ";", ".", "&"]
) | {""}


def _plain_month(tokens: Tokens, at: int, after: int) -> bool:
    """Whether a month's name without a year is a month and not a verb or somebody's name."""
    token, before, following = tokens[at], tokens[at - 1], tokens[after]
    led = before.text in _MONTH_LEADS or (before.text == "-" and token.glued)
    if following.text in {"to", "and", "until", "through", "-", "/", "&"} and tokens[after + 1].text in MONTHS:
        return True
    if before.is_number and len(before.text) < _FOUR_DIGITS:
        return False
    if token.text not in SHY_MONTHS:
        return led or token.capital or following.text in _MONTH_FOLLOWERS
    if not token.capital:
        return (led and token.text != "may") or (before.text == "" and following.text in {"update", "updates", ""})
    if token.text in {"may", "march", "mar"}:
        return led or following.text in _MONTH_FOLLOWERS or following.text in {"to", "and", "until"}
    return led or not following.capital


# Seasons, terms, feasts


def _read_season(tokens: Tokens, at: int) -> Found | None:
    """Spring 2025, winter 24/25, autumn term 2025, 'the summer of 2025'; a lone season as well."""
    name = tokens[at].text
    if name not in SEASONS:
        return None
    if tokens[at + 1].text == "term":
        return _read_term(tokens, at, name) if name != "winter" else None
    year = read_year(tokens, at + 1, spoken=True)
    if year and year.pair:
        return Found(periods.season_of_years(year.year, name), year.after)
    if year:
        return Found(periods.season(year.year, name), year.after)
    led = tokens[at - 1].text in _MONTH_LEADS or tokens[at - 1].text == "the"
    joined = tokens[at + 1].text in {"/", "-", "to", "and", "&", "", ":", "update", "updates", ")"}
    return Found(periods.season(None, name), at + 1) if led or joined else None


def _read_term(tokens: Tokens, at: int, name: str) -> Found:
    """'autumn term 2025'; with a pair the academic year places it."""
    year = read_year(tokens, at + 2, spoken=True)
    if year is None:
        return Found(periods.term(None, name), at + 2)
    later = year.pair and name != "autumn"
    return Found(periods.term(year.year + later, name), year.after)


def _read_feast(tokens: Tokens, at: int) -> Found | None:
    """Easter, Christmas and the new year, with their year."""
    word = tokens[at].text
    if word in {"christmas", "xmas", "easter"}:
        after = at + 1 + (tokens[at + 1].text in {"day", "break", "holidays", "holiday", "period"})
        year = read_year(tokens, after)
        stated, after = (year.year, year.after) if year else (None, after)
        if tokens[at + 1].text == "day" and word != "easter":
            return Found(periods.day(stated, 12, 25), after)
        return Found(periods.easter(stated) if word == "easter" else periods.christmas(stated), after)
    if tokens.words(at, "new", "year") and tokens[at + 2].is_number:
        year = read_year(tokens, at + 2)
        return Found(periods.day(year.year, 1, 1), year.after) if year else None
    return None


# Quarters, halves, years


def _read_quarter(tokens: Tokens, at: int) -> Found | None:
    """Q3 2025/26, Q3 FY25/26, quarter 3 of 2025, third quarter of the financial year 2025/26; H1 and halves alike."""
    calendar = tokens[at].text == "calendar"
    financial = tokens[at].text == "financial"
    named = _quarter_name(tokens, at + (calendar or financial))
    if named is None:
        return None
    make, number, after = named
    lead = _after_year_lead(tokens, after)
    financial = (
        financial or tokens[lead - 1].text == "fy" or "financial" in {tokens[lead - 1].text, tokens[lead - 2].text}
    )
    calendar = calendar or "calendar" in {tokens[lead - 1].text, tokens[lead - 2].text}
    year = read_year(tokens, lead, spoken=True)
    if year is None:
        return Found(make(number, None), after)
    spelled = make is periods.half and tokens[at].text in ORDINALS and not financial
    return Found(
        make(number, year.year, calendar=(calendar or spelled) and not year.pair, financial=financial or year.pair),
        year.after,
    )


def _quarter_name(tokens: Tokens, at: int) -> tuple[Callable[..., Period], int, int] | None:
    """The maker, the number and the index after 'Q3', 'quarter three', 'third quarter', 'H1' or 'first half'."""
    word, following = tokens[at], tokens[at + 1]
    if word.text in {"q", "h"} and following.glued and len(following.text) == 1:
        number, make = following.value, periods.quarter if word.text == "q" else periods.half
        if 0 < number <= (4 if word.text == "q" else 2) and not tokens[at + 2].is_word * tokens[at + 2].glued:
            return make, number, at + 2
    if word.text in {"quarter", "qtr"}:
        number = following.value if following.is_number else NUMBER_WORDS.get(following.text, 0)
        return (periods.quarter, number, at + 2) if number in {1, 2, 3, 4} else None
    which = ORDINALS.get(word.text, 0)
    if which and following.text == "quarter":
        return periods.quarter, which if which > 0 else 4, at + 2
    if which in {1, 2} and following.text == "half" and tokens[at + 2].text in {"of", "year"}:
        return periods.half, which, at + 2
    return None


def _after_year_lead(tokens: Tokens, at: int) -> int:
    """Past 'of the financial year', 'FY', ', calendar year' and the like."""
    after = at
    while tokens[after].text in {"of", "the", "fy", "financial", "calendar", "year", ",", "("} and after < at + 6:
        after += 1
    return after


def _read_named_year(tokens: Tokens, at: int) -> Found | None:
    """Financial year 2024/25, FY25/26, FY 2024-25, academic year 2024/25, school year 2025, calendar year 2025."""
    word = tokens[at].text
    after = at + 1
    if word in {"financial", "academic", "school", "calendar"} and tokens[after].text == "year":
        after += 1
    elif word != "fy":
        return None
    year = read_year(tokens, after, spoken=True)
    if year is None:
        return None
    if word == "calendar":
        return Found(periods.calendar_year(year.year), year.after)
    make = periods.academic_year if word in {"academic", "school"} else periods.financial_year
    if year.pair:
        return Found(make(year.year), year.after)
    return Found(
        Period(
            make(year.year).readings + make(year.year - 1).readings,
            doubt="the year can be the one it starts in or the one it ends in",
        ),
        year.after,
    )


def _read_bare_year(tokens: Tokens, at: int) -> Found | None:
    """2024/25, 2024-25, 2025, 2025 Q3, 2019-2021; 24/25 only where a year may stand."""
    number = tokens[at]
    if not number.is_number or _counted(tokens, at) or (tokens[at - 1].text in {"(", "'"} and tokens[at - 2].is_number):
        return None
    if len(number.text) == _FOUR_DIGITS:
        return _read_long_year(tokens, at)
    if len(number.text) == _TWO_DIGITS and number.value in _SHORT_YEARS:
        year = read_year(tokens, at)
        alone = len(tokens) <= 3 + (tokens[len(tokens) - 1].text in {":", "."})
        if year and year.pair and (alone or tokens[at - 1].text in YEAR_LEADS) and not tokens[year.after].is_word:
            return Found(periods.financial_year(year.year), year.after)
    return None


def _read_long_year(tokens: Tokens, at: int) -> Found | None:
    year = read_year(tokens, at)
    if year is None:
        return None
    quarter = _quarter_name(tokens, year.after)
    if quarter:
        make, number, after = quarter
        return Found(make(number, year.year, financial=year.pair), after)
    if year.pair:
        return Found(_year_pair(tokens, at, year.year), year.after)
    return Found(periods.calendar_year(year.year), year.after) if _plain_year(tokens, at) else None


def _year_pair(tokens: Tokens, at: int, first: int) -> Period:
    """2024/25 and 2024/2025 are financial years; 2024-2025 can be that or two calendar years."""
    if tokens[at + 1].text == "-" and len(tokens[at + 2].text) == _FOUR_DIGITS:
        readings = periods.years(first, first + 1).readings + periods.financial_year(first).readings
        return Period(readings, doubt="two calendar years or one financial year")
    return periods.financial_year(first)


def _plain_year(tokens: Tokens, at: int) -> bool:
    """Whether four digits are a year and not a count, a sum or part of a telephone number."""
    before, following = tokens[at - 1], tokens[at + 1]
    if before.is_number or following.is_number or not 1990 <= tokens[at].value < 2100:  # noqa: PLR2004 - a programme's
        return False
    if following.text in {"and", "to", "until", "through"} and full_year(tokens[at + 2].text or "x"):
        return True
    if following.is_word:
        counted = (
            following.text.endswith("s")
            and not following.capital
            and before.text in {"of", "for", "to", "and", "about"}
        )
        return before.text in YEAR_LEADS and not counted and not following.glued
    return before.text not in {"£", "$", "€", "#", "/", "+"} and following.text not in {"%", "+", "/"}


# Parts and weeks


def _part(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """The part and the index after 'early', 'mid-', 'the end of', 'mid to late'."""
    at += tokens[at].text == "the"
    part = PARTS.get(tokens[at].text)
    if part is None:
        return None
    after = at + 1
    if tokens[at].text in {"beginning", "start", "middle", "end"}:
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
    number = token.is_number and len(token.text) == _FOUR_DIGITS
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
    found = _first_found(tokens, at, (_read_month, _read_season, _read_quarter, _read_named_year))
    return found or _read_bare_year(tokens, at) or _read_short_year(tokens, at)


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
        found = _first_found(tokens, after, (_read_weekday, _read_iso, _read_numeric_day, read_day_month))
        return Found(periods.week(found.period, name), found.after) if found else None
    which = ORDINALS.get(tokens[at].text, 0)
    if which and tokens[at + 1].text == "week" and tokens[at + 2].text in {"of", "in"}:
        found = _read_month(tokens, at + 3)
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
    _read_iso,
    _read_numeric_day,
    read_day_month,
    _read_month_number,
    _read_quarter,
    _read_bare_year,
)
_WORD_READERS: Final[tuple[Reader, ...]] = (
    _read_week,
    _read_weekday,
    _read_part,
    _read_quarter,
    _read_named_year,
    _read_month,
    _read_season,
    _read_feast,
)
_STARTERS: Final = frozenset(
    {*MONTHS, *WEEKDAYS, *SEASONS, *PARTS, *ORDINALS}
    | set(
        [
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
            "fy",
            "christmas",
            "xmas",
            "easter",
            "new",
        ]
    )
)


def _number_may_start(tokens: Tokens, at: int) -> bool:
    """Whether what follows a number leaves a date possible; most numbers in prose are left here."""
    following = tokens[at + 1]
    long = len(tokens[at].text) == _FOUR_DIGITS
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
