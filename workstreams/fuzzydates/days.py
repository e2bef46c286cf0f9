"""Reads one day, with or without its year.

The day comes before the month, as the British write it; a month above 12 makes no date.
"""

from dataclasses import replace

from workstreams.fuzzydates import periods
from workstreams.fuzzydates.periods import IMPOSSIBLE, Found
from workstreams.fuzzydates.stated_years import (
    FOUR_DIGITS,
    MONTHS_OF_YEAR,
    MOST_DAYS,
    TWO_DIGITS,
    is_counted,
    read_year,
)
from workstreams.fuzzydates.tokens import Tokens
from workstreams.fuzzydates.vocabulary import MONTHS, ORDINAL_ENDINGS, WEEKDAYS, full_year


def read_iso(tokens: Tokens, at: int) -> Found | None:
    """2024-11-14 and 2024-11."""
    year = full_year(tokens[at].text) if len(tokens[at].text) == FOUR_DIGITS else None
    number = tokens[at + 2]
    glued = tokens[at + 1].glued and number.glued and len(number.text) == TWO_DIGITS
    if year is None or tokens[at + 1].text not in {"-", "/"} or not glued or not 0 < number.value <= MONTHS_OF_YEAR:
        return None
    last = tokens[at + 4]
    if tokens[at + 3].text == tokens[at + 1].text and tokens[at + 3].glued and last.is_number and last.glued:
        return Found(periods.day(year, number.value, last.value), at + 5)
    follows_year = number.value == (year + 1) % 100
    if tokens[at + 1].text == "/" or follows_year:
        return None
    return Found(periods.month(year, number.value), at + 3)


def read_numeric_day(tokens: Tokens, at: int) -> Found | None:
    """14/11/2024, 14.11.24, 14-11-2024: the day first, always. A month above 12 is no month."""
    first, second, third = tokens[at], tokens[at + 2], tokens[at + 4]
    signs = tokens[at + 1], tokens[at + 3]
    same = signs[0].text == signs[1].text and signs[0].text in {"/", ".", "-"}
    glued = all(tokens[at + offset].glued for offset in range(1, 5))
    if not (same and glued and second.is_number and third.is_number) or len(first.text) > TWO_DIGITS:
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
    careful = len(third.text) == TWO_DIGITS and signs[0].text in {".", "-"}
    if year is None or (careful and (len(first.text), len(second.text)) != (TWO_DIGITS, TWO_DIGITS)):
        return None
    valid = 0 < second.value <= MONTHS_OF_YEAR and (_after_year(tokens, at) or not is_counted(tokens, at))
    return Found(periods.day(year, second.value, first.value) if valid else IMPOSSIBLE, at + 5)


def _after_year(tokens: Tokens, at: int) -> bool:
    """Whether a stroke parts this number from a year: the second day of 01.04.2025-31.03.2026."""
    return tokens[at - 1].text == "-" and len(tokens[at - 2].text) == FOUR_DIGITS


def read_month_number(tokens: Tokens, at: int) -> Found | None:
    """11/2024."""
    sign, year = tokens[at + 1], tokens[at + 2]
    glued = sign.glued and year.glued and sign.text == "/" and len(year.text) == FOUR_DIGITS
    found = full_year(year.text) if glued and year.is_number else None
    if (
        found is None
        or not 0 < tokens[at].value <= MONTHS_OF_YEAR
        or tokens[at + 3].text == "/"
        or is_counted(tokens, at)
    ):
        return None
    return Found(periods.month(found, tokens[at].value), at + 3)


def after_day_number(tokens: Tokens, at: int, *, counted: bool = True) -> int | None:
    """The index after '14', '14th' or '14th of', when a day number stands here.

    `counted` says to refuse a number that belongs to what stands before it ('Band 7'), as the second of two days does.
    """
    if not tokens[at].is_number or not 0 < tokens[at].value <= MOST_DAYS + 1 or len(tokens[at].text) > TWO_DIGITS:
        return None
    after = at + 1
    if tokens[after].text in ORDINAL_ENDINGS and tokens[after].glued:
        after += 1
    elif (counted and is_counted(tokens, at)) or (
        tokens[after].glued and tokens[after].is_word and tokens[after].text not in MONTHS
    ):
        return None
    return after + (tokens[after].text == "of")


def after_month(tokens: Tokens, at: int) -> int:
    """The index after a month's name and its full stop."""
    dotted = tokens[at + 1].text == "." and tokens[at + 1].glued and len(tokens[at].text) <= FOUR_DIGITS
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
    after = after_month(tokens, after)
    year = read_year(tokens, after + (hyphen and tokens[after].text in {"-", "/"}))
    return Found(
        periods.day(year.year if year else None, number, day_number, weekday),
        year.after if year and not year.pair else after,
    )


def _month_after_day(tokens: Tokens, at: int, month: int) -> bool:
    """Whether 'may' after a number is the month: capital, ordinal before it, or a year after it."""
    return tokens[month].capital or month > at + 1 or read_year(tokens, month + 1) is not None


def read_weekday(tokens: Tokens, at: int) -> Found | None:
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
    numeric = read_numeric_day(tokens, after)
    if numeric is None or not numeric.period.readings:
        return numeric
    stated = numeric.period.readings[0].stated
    wrong = stated is not None and stated[0].weekday() != weekday
    return (
        Found(replace(numeric.period, doubt="the weekday does not fall on that day"), numeric.after)
        if wrong
        else numeric
    )
