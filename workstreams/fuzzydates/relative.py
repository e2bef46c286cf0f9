"""Time words that are counted from another date, come again and again, or say that no date is set."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple

from programme.dates import FuzzyDate, Kind, Precision, Window, month_window, months_window, season_window
from workstreams.fuzzydates.reference import Reference, later
from workstreams.fuzzydates.tokens import Tokens
from workstreams.fuzzydates.vocabulary import MONTHS, NUMBER_WORDS, SEASONS, TIME_UNITS, WEEKDAYS

Make = Callable[[str, Reference | None], FuzzyDate | None]


class Fixed(NamedTuple):
    """What was said, to be made a date once the reference is known, and the index of the token after it."""

    make: Make
    after: int


_DAY: Final = timedelta(days=1)
_FORWARD: Final = frozenset({"next", "coming", "following", "upcoming"})
_BACK: Final = frozenset({"last", "past", "previous", "preceding"})
_FINANCIAL_YEAR_MONTH: Final = 4


def _without_window(precision: Precision, basis: str, *, ambiguous: bool = False) -> Make:
    def make(text: str, _reference: Reference | None) -> FuzzyDate:
        return FuzzyDate.from_parts(
            text=text, start=None, end=None, precision=precision, ambiguous=ambiguous, basis=basis
        )

    return make


def _counted(window: Callable[[Reference], Window], precision: Precision, basis: str) -> Make:
    """A window counted from the reference; without one, words that cannot be placed."""

    def make(text: str, reference: Reference | None) -> FuzzyDate | None:
        if reference is None:
            return _unanchored(text, reference)
        start, end = window(reference)
        return FuzzyDate.from_parts(text=text, start=start, end=end, precision=precision, basis=basis)

    return make


_unanchored: Final = _without_window(
    Precision.RELATIVE_UNANCHORED, "counted from a date that is not stated", ambiguous=True
)


_length: Final = _without_window(Precision.RELATIVE_UNANCHORED, "a length of time and no date")


def read_unit_end(tokens: Tokens, at: int) -> Fixed | None:
    """'the month' after 'by the end of': its last day, in the month it was written."""
    unit = tokens[at + 1].text
    if tokens[at].text != "the" or unit not in {"week", "month", "quarter"} or tokens[at + 2].text in {"of", "in"}:
        return None
    window = _unit_window(unit, 0)
    return Fixed(_counted(lambda r: (window(r)[1],) * 2, Precision.RELATIVE, f"the end of the {unit}"), at + 2)


def read_relative(tokens: Tokens, at: int) -> Fixed | None:
    """'over the next 12 months', 'last month', 'three months ago', 'in six weeks' time', 'this period'."""
    after = at
    if tokens[after].text in {"over", "in", "within", "during", "for", "across", "throughout"}:
        after += 1
    in_front = tokens[at].text if after > at else ""
    after += tokens[after].text in {"the", "our", "a"}
    word = tokens[after].text
    if word in _FORWARD or word in _BACK or word in {"this", "current"}:
        return _read_direction(tokens, after + 1, word)
    if word in {"today", "tomorrow", "yesterday"}:
        days = {"today": 0, "tomorrow": 1, "yesterday": -1}[word]
        basis = "counted from the day it was written"
        return Fixed(_counted(lambda r: (r.first_day + days * _DAY,) * 2, Precision.DAY, basis), after + 1)
    if tokens.words(after, "new", "year") and not tokens[after + 2].is_number and tokens[after - 1].text == "the":
        window = _of_year(lambda y: (date(y + 1, 1, 1), date(y + 1, 3, 31)))
        return Fixed(_counted(window, Precision.PART_YEAR, "the start of next year, January to March"), after + 2)
    if tokens.words(after, "year", "end") or tokens.words(after, "year", "-", "end"):
        year_end = _counted(lambda r: (_financial_window(r)[1],) * 2, Precision.DAY, "the end of the financial year")
        return Fixed(year_end, after + (2 if tokens[after + 1].text == "end" else 3))
    return _read_ago(tokens, after, in_front)


def _of_year(window: Callable[[int], Window]) -> Callable[[Reference], Window]:
    return lambda reference: window(reference.first_day.year)


def _read_direction(tokens: Tokens, at: int, word: str) -> Fixed | None:
    """After next, last or this: a count of units, one unit, a month or a season."""
    step = 1 if word in _FORWARD else -1 if word in _BACK else 0
    count, after = _read_count(tokens, at)
    unit = TIME_UNITS.get(tokens[after].text)
    if unit and (count is not None or tokens[after].text.endswith("s")):
        if step == 0:
            return None
        if not count and tokens[at].is_number:
            return Fixed(_length, after + 1)
        return Fixed(_span(count, unit, step) if count else _unanchored, after + 1)
    if count is not None:
        return None
    return _read_single(tokens, at, word, step)


def _read_count(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """'12', 'two'; 0 for a count nobody stated: 'couple of', 'few', '10-15'."""
    token = tokens[at]
    if token.text in {"couple", "few", "several"}:
        return 0, at + 1 + (tokens[at + 1].text == "of")
    if token.is_number and tokens[at + 1].text in {"-", "to"} and tokens[at + 2].is_number:
        return 0, at + 3
    if token.is_number:
        return token.value, at + 1
    if token.text in NUMBER_WORDS:
        return NUMBER_WORDS[token.text], at + 1
    return None, at


def _span(count: int, unit: str, step: int) -> Make:
    """So many units after or before the reference, its first day counted."""
    limit = 1200
    count = min(count, limit)

    def window(reference: Reference) -> Window:
        first = reference.first_day
        if step > 0:
            return first, later(first, count, unit) - _DAY
        return later(first, -count, unit) + _DAY, first

    return _counted(window, Precision.RELATIVE, f"{count} {unit}s counted from the date before it")


def _read_single(tokens: Tokens, at: int, word: str, step: int) -> Fixed | None:
    """'next month', 'this financial year', 'last March', 'next spring', 'this period', 'the following year'."""
    token = tokens[at]
    if token.text in {"financial", "calendar", "academic"} and tokens[at + 1].text == "year":
        return Fixed(
            _counted(_year_window(token.text, step), _YEAR_PRECISION[token.text], f"{word} {token.text} year"), at + 2
        )
    if token.text == "period" and step == 0:
        return Fixed(
            _counted(lambda r: (r.window[1],) * 2, Precision.RELATIVE, "the end of the period before it"), at + 1
        )
    if tokens[at + 1].is_number or (token.text == "week" and tokens[at + 1].text in {"of", "in"}):
        return None
    return _read_named(tokens, at, word, step) or _read_unit(tokens, at, word, step)


def _read_named(tokens: Tokens, at: int, word: str, step: int) -> Fixed | None:
    """'last March', 'next spring'."""
    token, basis = tokens[at], f"{word} counted from the date before it"
    if token.text in MONTHS and (token.capital or word != "this"):
        number = MONTHS[token.text]
        return Fixed(_counted(_next_of(lambda y: month_window(y, number), step), Precision.MONTH, basis), at + 1)
    if token.text in SEASONS:
        return Fixed(_counted(_next_of(lambda y: season_window(y, token.text), step), Precision.SEASON, basis), at + 1)
    return None


def _read_unit(tokens: Tokens, at: int, word: str, step: int) -> Fixed | None:
    """'next month', 'this year'; 'the past year' is a length back from the reference."""
    unit = TIME_UNITS.get(tokens[at].text)
    if unit in {"week", "month", "quarter", "year"} and word not in {"past", "coming"}:
        return Fixed(_counted(_unit_window(unit, step), _UNIT_PRECISION[unit], f"{word} {unit}"), at + 1)
    return Fixed(_span(1, unit, step), at + 1) if unit and step else None


_UNIT_PRECISION: Final = {
    "week": Precision.WEEK,
    "month": Precision.MONTH,
    "quarter": Precision.QUARTER,
    "year": Precision.YEAR,
}
_YEAR_PRECISION: Final = {
    "financial": Precision.FINANCIAL_YEAR,
    "calendar": Precision.YEAR,
    "academic": Precision.ACADEMIC_YEAR,
}


def _unit_window(unit: str | None, step: int) -> Callable[[Reference], Window]:
    def window(reference: Reference) -> Window:
        day = reference.first_day
        if unit == "week":
            first = day - day.weekday() * _DAY + 7 * step * _DAY
            return first, first + 6 * _DAY
        if unit == "year":
            return months_window(day.year + step, 1, 12)
        months = 3 if unit == "quarter" else 1
        index = day.year * 12 + (day.month - 1) // months * months + months * step
        return months_window(index // 12, index % 12 + 1, months)

    return window


def _financial_window(reference: Reference) -> Window:
    day = reference.first_day
    return months_window(day.year - (day.month < _FINANCIAL_YEAR_MONTH), _FINANCIAL_YEAR_MONTH, 12)


def _year_window(kind: str, step: int) -> Callable[[Reference], Window]:
    first_month = {"financial": 4, "calendar": 1, "academic": 9}[kind]

    def window(reference: Reference) -> Window:
        day = reference.first_day
        return months_window(day.year - (day.month < first_month) + step, first_month, 12)

    return window


def _next_of(of_year: Callable[[int], Window], step: int) -> Callable[[Reference], Window]:
    """The first such period after the reference, the last before it, or for 'this' the nearest not yet over."""

    def window(reference: Reference) -> Window:
        first, last = reference.window
        windows = [of_year(year) for year in range(first.year - 2, last.year + 3)]
        if step < 0:
            return [w for w in windows if w[1] < first][-1]
        return next(w for w in windows if (w[0] > last if step > 0 else w[1] >= first))

    return window


_LONGEST_AGO: Final = 200  # of any unit: nobody plans by longer


def _read_ago(tokens: Tokens, at: int, in_front: str) -> Fixed | None:
    """'three months ago' and 'in six weeks' time'. A bare 'six weeks' is a length, never a date."""
    count, after = _read_count(tokens, at)
    unit = TIME_UNITS.get(tokens[after].text)
    if not count or not unit or count > _LONGEST_AGO:
        return None
    basis = f"{count} {unit}s counted from the date before it"
    if tokens[after + 1].text == "ago":
        return Fixed(_counted(lambda r: (later(r.first_day, -count, unit),) * 2, Precision.RELATIVE, basis), after + 2)
    following = after + 1 + (tokens[after + 1].text == "'")
    if tokens[following].text == "s" and tokens[following].glued:
        following += 1
    if tokens[following].text == "time" and in_front in {"in", "within"}:
        return Fixed(
            _counted(lambda r: (later(r.first_day, count, unit),) * 2, Precision.RELATIVE, basis), following + 1
        )
    return None


# What comes again

_AGAIN: Final = frozenset(
    [
        "weekly",
        "fortnightly",
        "monthly",
        "bimonthly",
        "quarterly",
        "annually",
        "yearly",
        "daily",
        "nightly",
        "hourly",
        "termly",
        "biweekly",
        "biannual",
        "biannually",
        "annual",
    ]
)
_TWICE_OR_EVERY_TWO: Final = frozenset({"bimonthly", "biweekly", "biannual", "biannually"})


def read_recurring(tokens: Tokens, at: int) -> Fixed | None:
    """'weekly', 'bi-monthly', 'every other week', 'every Monday', 'each month', 'per day', 'twice a year'."""
    token = tokens[at]
    if token.text == "bi" and tokens[at + 1].text == "-" and tokens[at + 2].text in _AGAIN:
        return Fixed(_again(doubtful=True), at + 3)
    if token.text in _AGAIN:
        return Fixed(_again(doubtful=token.text in _TWICE_OR_EVERY_TWO), at + 1)
    if token.text in {"every", "each", "per"}:
        return _read_every(tokens, at + 1)
    if token.text in {"once", "twice"} and tokens[at + 1].text in {"a", "an", "per", "each", "every"}:
        return Fixed(_again(doubtful=False), at + 3) if tokens[at + 2].text in TIME_UNITS else None
    return None


def _read_every(tokens: Tokens, at: int) -> Fixed | None:
    after = at + (tokens[at].text in {"other", "second", "third"})
    if tokens[after].is_number or tokens[after].text in NUMBER_WORDS:
        after += 1
    units = (
        TIME_UNITS.keys()
        | WEEKDAYS.keys()
        | {"morning", "evening", "night", "afternoon", "term"}
        | MONTHS.keys()
        | set(SEASONS)
    )
    return Fixed(_again(doubtful=False), after + 1) if tokens[after].text in units else None


def _again(*, doubtful: bool) -> Make:
    basis = "comes again and again; no single date"
    if doubtful:
        basis += "; 'bi-' can be twice in one or once in two"
    return _without_window(Precision.NONE, basis, ambiguous=doubtful)


# What has no date

_NO_END: Final = frozenset({"ongoing", "continuous", "continuing", "rolling"})
_UNSET: Final = frozenset({"tbc", "tbd", "tba", "undated"})
_SETTING: Final = frozenset(
    ["confirmed", "agreed", "determined", "decided", "set", "announced", "scheduled", "arranged", "advised"]
)


def read_undated(tokens: Tokens, at: int) -> Fixed | None:
    """'Ongoing' where it stands alone, 'TBC', 'date to be confirmed', 'not yet set'."""
    token = tokens[at]
    if token.text == "on" and tokens[at + 1].text in {"-", "going"}:
        after = at + 3 if tokens.words(at, "on", "-", "going") else at + 2 if tokens.words(at, "on", "going") else 0
        return Fixed(_ongoing, after) if after and _stands_alone(tokens, at, after, sentence=True) else None
    if token.text in _NO_END:
        sentence = token.text == "ongoing"
        return Fixed(_ongoing, at + 1) if _stands_alone(tokens, at, at + 1, sentence=sentence) else None
    if token.text in _UNSET:
        return Fixed(_unset, at + 1)
    return _read_to_be(tokens, at)


def _read_to_be(tokens: Tokens, at: int) -> Fixed | None:
    of_a_date = tokens[at - 1].text in {"date", "dates", "timing", "timescale", "timescales", "year", "month"}
    if tokens.words(at, "to", "be") and tokens[at + 2].text in _SETTING:
        whole = at == 0 and _ends(tokens, at + 3)
        return Fixed(_unset, at + 3) if of_a_date or whole else None
    if tokens.words(at, "not", "yet") and tokens[at + 2].text in {*_SETTING, "known", "dated"}:
        of_a_date = of_a_date or (tokens[at - 1].text in {"is", "are"} and tokens[at - 2].text in {"date", "dates"})
        return Fixed(_unset, at + 3) if of_a_date or (at == 0 and _ends(tokens, at + 3)) else None
    if at == 0 and tokens[at].text == "no" and tokens[at + 1].text in {"date", "dates"} and _ends(tokens, at + 2):
        return Fixed(_unset, at + 2)
    return None


def _ends(tokens: Tokens, after: int) -> bool:
    return not tokens[after].text or (not tokens[after].is_word and not tokens[after].is_number)


def _stands_alone(tokens: Tokens, at: int, after: int, *, sentence: bool) -> bool:
    """Whether the word is the statement itself: 'Ongoing', 'work is ongoing', not 'ongoing support'."""
    if at == 0:
        return _ends(tokens, after)
    said = tokens[at - 1].text in {"is", "are", "remains", "remain", "now", ":", "-", "(", "and", "was", "were"}
    return sentence and said and (_ends(tokens, after) or tokens[after].text in {"about", "with", "to", "and"})


def _ongoing(text: str, _reference: Reference | None) -> FuzzyDate:
    return FuzzyDate(text, None, None, Precision.ONGOING, Kind.ONGOING, basis="no end in view; never overdue")


_unset: Final = _without_window(Precision.UNDATED, "the date is still to be set")
