"""Reads a year that belongs to what stands before it, and tells years from counts."""

from typing import Final, NamedTuple

from workstreams.fuzzydates.tokens import Tokens
from workstreams.fuzzydates.vocabulary import COUNTED_THINGS, TIME_UNITS, full_year

TWO_DIGITS: Final = 2
FOUR_DIGITS: Final = 4
MOST_DAYS: Final = 31
MONTHS_OF_YEAR: Final = 12
# Month and two digits ("March 23"): from 20 to 39 a year; from 10 to 19 a year or a day; anything else is no year.
SHORT_YEARS: Final = range(20, 40)
SHORT_YEARS_OR_DAYS: Final = range(10, 20)


class YearFound(NamedTuple):
    """A stated year, whether it was a pair such as 2024/25, and the index of the token after it."""

    year: int
    pair: bool
    after: int


def is_count(tokens: Tokens, after: int) -> bool:
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
    if not (joined or apart) or not second.is_number or is_count(tokens, at + 2):
        return None
    if tokens[at + 2].text in {"/", "-"} and tokens[at + 2].glued and tokens[at + 3].is_number:
        return None
    return at + 2 if second.value == (first + 1 if len(second.text) == FOUR_DIGITS else (first + 1) % 100) else None


def read_year(tokens: Tokens, at: int, *, spoken: bool = False, short: range = SHORT_YEARS) -> YearFound | None:
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
    two_digits = len(number.text) == TWO_DIGITS
    if is_count(tokens, at + 1) or (two_digits and not apostrophe and number.value not in short):
        return None
    if two_digits and tokens[at + 1].text in {"/", "-"} and tokens[at + 1].glued and tokens[at + 2].is_number:
        return None
    return YearFound(year, pair=False, after=at + 1)


def is_counted(tokens: Tokens, at: int) -> bool:
    """Whether the number here belongs to what stands before it: 'Band 7', '£7', '0-7', '1.7'."""
    before = tokens[at - 1]
    if before.text in COUNTED_THINGS or before.text in {"£", "$", "€", "#"}:
        return True
    return before.text in {"-", "/", ".", ",", ":"} and tokens[at].glued and tokens[at - 2].is_number
