"""The words of British dates, in lower case."""

from datetime import date
from typing import Final

from programme.dates import MONTH_NAMES

_FULL_MONTHS = [name.lower() for name in MONTH_NAMES]

MONTHS: Final[dict[str, int]] = {
    **{name: number for number, name in enumerate(_FULL_MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(_FULL_MONTHS, 1)},
    "sept": 9,
}
# Months that are also ordinary words or first names: a lone one needs more than its letters to count.
SHY_MONTHS: Final = frozenset({"may", "march", "mar", "april", "june", "jan", "august", "dec", "sep"})

_FULL_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: Final[dict[str, int]] = {
    **{name: number for number, name in enumerate(_FULL_DAYS)},
    **{name[:3]: number for number, name in enumerate(_FULL_DAYS)},
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}

SEASONS: Final = ("spring", "summer", "autumn", "winter")

PARTS: Final[dict[str, str]] = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "later": "late",
    "end": "late",
    "close": "late",
}

NUMBER_WORDS: Final[dict[str, int]] = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        1,
    )
} | {"eighteen": 18, "a": 1, "an": 1}
ORDINALS: Final[dict[str, int]] = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": -1,
    "last": -1,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
ORDINAL_ENDINGS: Final = frozenset({"st", "nd", "rd", "th"})

TIME_UNITS: Final[dict[str, str]] = {
    **dict.fromkeys(("day", "days"), "day"),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), "week"),
    **dict.fromkeys(("fortnight", "fortnights"), "fortnight"),
    **dict.fromkeys(("month", "months", "mth", "mths"), "month"),
    **dict.fromkeys(("quarter", "quarters"), "quarter"),
    **dict.fromkeys(("year", "years", "yr", "yrs"), "year"),
}

# A number after one of these counts something else: "Band 7 March 2025" is March 2025, never 7 March.
COUNTED_THINGS: Final = frozenset(
    [
        "appendix",
        "annex",
        "band",
        "chapter",
        "checkpoint",
        "clause",
        "cohort",
        "floor",
        "gate",
        "grade",
        "group",
        "item",
        "level",
        "line",
        "no",
        "number",
        "objective",
        "option",
        "page",
        "part",
        "phase",
        "point",
        "priority",
        "recommendation",
        "room",
        "section",
        "slide",
        "stage",
        "step",
        "table",
        "tier",
        "tranche",
        "v",
        "version",
        "wave",
        "ward",
        "workstream",
        "objectives",
    ]
)

# What a bare year may follow: "in 2019" is a year, "with 2019 contacts" is a count.
YEAR_LEADS: Final = frozenset(
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
        "of",
        "for",
        "to",
        "throughout",
        "early",
        "mid",
        "late",
        "calendar",
        "year",
        "and",
        "or",
        "between",
        "through",
        "circa",
        "around",
        "about",
        "summer",
        "winter",
        "spring",
        "autumn",
        "next",
        "last",
        "this",
    ]
)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none (31 June, 29 February 2025)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(digits: str) -> int | None:
    """2025 for '2025' and for '25'; None for what is no plausible year of a programme."""
    value = int(digits) if digits.isdecimal() and len(digits) in {2, 4} else 0
    if not value and digits != "00":
        return None
    if len(digits) == 2:  # noqa: PLR2004 - a two-digit year
        return 2000 + value
    return value if EARLIEST_YEAR <= value <= LATEST_YEAR else None


EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2199
