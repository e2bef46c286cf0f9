"""Reads seasons, terms, feasts, quarters, halves and years."""

from collections.abc import Callable

from workstreams.fuzzydates import periods
from workstreams.fuzzydates.months import MONTH_LEADS
from workstreams.fuzzydates.periods import Found, Period
from workstreams.fuzzydates.stated_years import FOUR_DIGITS, SHORT_YEARS, TWO_DIGITS, is_counted, read_year
from workstreams.fuzzydates.tokens import Tokens
from workstreams.fuzzydates.vocabulary import NUMBER_WORDS, ORDINALS, SEASONS, YEAR_LEADS, full_year


def read_season(tokens: Tokens, at: int) -> Found | None:
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
    led = tokens[at - 1].text in MONTH_LEADS or tokens[at - 1].text == "the"
    joined = tokens[at + 1].text in {"/", "-", "to", "and", "&", "", ":", "update", "updates", ")"}
    return Found(periods.season(None, name), at + 1) if led or joined else None


def _read_term(tokens: Tokens, at: int, name: str) -> Found:
    """'autumn term 2025'; with a pair the academic year places it."""
    year = read_year(tokens, at + 2, spoken=True)
    if year is None:
        return Found(periods.term(None, name), at + 2)
    later = year.pair and name != "autumn"
    return Found(periods.term(year.year + later, name), year.after)


def read_feast(tokens: Tokens, at: int) -> Found | None:
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


def read_quarter(tokens: Tokens, at: int) -> Found | None:
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


def read_named_year(tokens: Tokens, at: int) -> Found | None:
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


def read_bare_year(tokens: Tokens, at: int) -> Found | None:
    """2024/25, 2024-25, 2025, 2025 Q3, 2019-2021; 24/25 only where a year may stand."""
    number = tokens[at]
    if (
        not number.is_number
        or is_counted(tokens, at)
        or (tokens[at - 1].text in {"(", "'"} and tokens[at - 2].is_number)
    ):
        return None
    if len(number.text) == FOUR_DIGITS:
        return _read_long_year(tokens, at)
    if len(number.text) == TWO_DIGITS and number.value in SHORT_YEARS:
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
    if tokens[at + 1].text == "-" and len(tokens[at + 2].text) == FOUR_DIGITS:
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
