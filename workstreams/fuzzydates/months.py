"""Reads one month, and tells the month May from the verb."""

from typing import Final

from workstreams.fuzzydates import periods
from workstreams.fuzzydates.days import after_month
from workstreams.fuzzydates.periods import Found, Period
from workstreams.fuzzydates.stated_years import (
    FOUR_DIGITS,
    MOST_DAYS,
    SHORT_YEARS_OR_DAYS,
    TWO_DIGITS,
    is_count,
    read_year,
)
from workstreams.fuzzydates.tokens import Tokens
from workstreams.fuzzydates.vocabulary import MONTHS, ORDINAL_ENDINGS, SHY_MONTHS, full_year


def read_month(tokens: Tokens, at: int) -> Found | None:
    """November 2024, Nov 24, Nov. '24, November 14th, November 14, 2024, November."""
    number = MONTHS.get(tokens[at].text)
    if number is None:
        return None
    after = after_month(tokens, at)
    if tokens.words(after, "half", "term") or tokens.words(after, "half", "-", "term"):
        after += 2 if tokens[after + 1].text == "term" else 3
    american = _read_american_day(tokens, after, number)
    if american:
        return american
    hyphen = tokens[after].text in {"-", "/"} and tokens[after].glued and tokens[after + 1].glued
    year = read_year(tokens, after + (1 if hyphen and tokens[after + 1].is_number else 0))
    if year and not year.pair:
        return Found(periods.month(year.year, number), year.after)
    if year and number > 0:
        return Found(_month_of_financial_year(year.year, number), year.after)
    if tokens[after].value in SHORT_YEARS_OR_DAYS and not is_count(tokens, after + 1):
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
    if not 0 < value <= MOST_DAYS or len(tokens[at].text) > TWO_DIGITS:
        return None
    ordinal = tokens[at + 1].text in ORDINAL_ENDINGS and tokens[at + 1].glued
    after = at + 1 + ordinal
    year = full_year(tokens[after + 1].text) if tokens[after].text == "," and tokens[after + 1].is_number else None
    if year is not None and len(tokens[after + 1].text) == FOUR_DIGITS:
        return Found(periods.day(year, number, value), after + 2)
    if not ordinal:
        return None
    stated = read_year(tokens, after)
    return Found(periods.day(stated.year if stated else None, number, value), stated.after if stated else after)


MONTH_LEADS: Final = frozenset(
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
    led = before.text in MONTH_LEADS or (before.text == "-" and token.glued)
    if following.text in {"to", "and", "until", "through", "-", "/", "&"} and tokens[after + 1].text in MONTHS:
        return True
    if before.is_number and len(before.text) < FOUR_DIGITS:
        return False
    if token.text not in SHY_MONTHS:
        return led or token.capital or following.text in _MONTH_FOLLOWERS
    if not token.capital:
        return (led and token.text != "may") or (before.text == "" and following.text in {"update", "updates", ""})
    if token.text in {"may", "march", "mar"}:
        return led or following.text in _MONTH_FOLLOWERS or following.text in {"to", "and", "until"}
    return led or not following.capital
