"""Turns a phrase into a dated window: gives missing years, weighs second readings, says why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from programme.dates import FuzzyDate, Kind, Precision, Window
from workstreams.fuzzydates.periods import Period, Reading
from workstreams.fuzzydates.phrases import Edge, Span
from workstreams.fuzzydates.reference import Reference, later
from workstreams.fuzzydates.tense import Tense

_DAY: Final = timedelta(days=1)
_FAR: Final = 120  # days: a date without a year and without a tense this far away may as well be another year's
_LONGEST: Final = 3660  # days a stated length may run


@dataclass(frozen=True)
class Settled:
    """A window for one reading of a period."""

    window: Window
    precision: Precision
    basis: str
    doubt: str = ""


def settle(span: Span, text: str, reference: Reference | None, tense: Tense) -> FuzzyDate | None:
    """The date a span states. None for a day no calendar has."""
    if not span.first.readings:
        return None
    choices = list(_choices(span, reference, tense))
    if not choices:
        return _needs_year(text) if _lacks_year(span) else None
    dates = [_dated(choice, span, text) for choice in choices]
    dates = [each for number, each in enumerate(dates) if each not in dates[:number]]
    doubt = choices[0].doubt or _doubt(span)
    if not doubt:
        return dates[0]
    alternatives = tuple(dates) if len(dates) > 1 else ()
    return replace(dates[0], ambiguous=True, alternatives=alternatives, basis=f"{dates[0].basis}; {doubt}")


def _doubt(span: Span) -> str:
    """What a careful reader would doubt; a second end settles which winter is meant, but no wrong weekday."""
    if span.last is None:
        return span.first.doubt
    return next((period.doubt for period in (span.first, span.last) if "weekday" in period.doubt), "")


def _needs_year(text: str) -> FuzzyDate:
    basis = "no year is stated and nothing near it gives one"
    unanchored = Precision.RELATIVE_UNANCHORED
    return FuzzyDate.from_parts(text=text, start=None, end=None, precision=unanchored, ambiguous=True, basis=basis)


def _lacks_year(span: Span) -> bool:
    return not span.first.has_year and not (span.last and span.last.has_year)


def _choices(span: Span, reference: Reference | None, tense: Tense) -> Iterable[Settled]:
    if span.last is None:
        return _settled(span.first, reference, tense)
    return _settled_range(span.first, span.last, reference, tense)


def _settled(period: Period, reference: Reference | None, tense: Tense) -> list[Settled]:
    """Every reading with a window."""
    found = []
    for reading in period.readings:
        window = reading.stated
        if window:
            found.append(Settled(window, reading.precision, reading.basis))
        elif reading.year is None and reference:
            nearest = _nearest(reading, period.weekday, reference, tense)
            if nearest:
                found.append(nearest)
    return found


def _nearest(reading: Reading, weekday: int | None, reference: Reference, tense: Tense) -> Settled | None:
    """The year for a date without one: the reference's own window, else the tense's direction, else the nearest."""
    windows = [window for year in reference.years if (window := reading.window(year))]
    if weekday is not None:
        windows = [w for w in windows if w[0].weekday() == weekday] or windows
    first, last = reference.window
    inside = [w for w in windows if w[0] <= last and w[1] >= first]
    if inside:
        return Settled(inside[0], reading.precision, f"{reading.basis}; the year of the date it stands under")
    before = [w for w in windows if w[1] < first]
    after = [w for w in windows if w[0] > last]
    if tense is Tense.PLANNED and after:
        return Settled(
            after[0], reading.precision, f"{reading.basis}; planned, so the next after the date it stands under"
        )
    if tense is Tense.DONE and before:
        return Settled(
            before[-1], reading.precision, f"{reading.basis}; done, so the last before the date it stands under"
        )
    gaps = [((w[0] - last).days, w) for w in after[:1]] + [((first - w[1]).days, w) for w in before[-1:]]
    if not gaps:
        return None
    gap, window = min(gaps)
    doubt = "no year is stated and two are possible" if gap > _FAR else ""
    return Settled(window, reading.precision, f"{reading.basis}; the nearest to the date it stands under", doubt)


_PAIRED: Final = {
    Precision.MONTH: Precision.MONTH_RANGE,
    Precision.SEASON: Precision.SEASON_RANGE,
    Precision.YEAR: Precision.YEAR_RANGE,
    Precision.FINANCIAL_YEAR: Precision.YEAR_RANGE,
}


def _settled_range(first: Period, last: Period, reference: Reference | None, tense: Tense) -> list[Settled]:
    """The shortest range among the readings of both ends; a missing year comes from the other end."""
    pairs = [
        (a, b)
        for a, b in _paired(first, last, reference, tense)
        if a.window[0] <= b.window[0] and a.window[1] <= b.window[1]
    ]
    if not pairs:
        return []
    begin, finish = min(pairs, key=lambda pair: pair[1].window[1] - pair[0].window[0])
    same = begin.precision is finish.precision
    precision = _PAIRED.get(begin.precision, Precision.RANGE) if same else Precision.RANGE
    basis = f"from the first day of one to the last day of the other ({finish.basis})"
    return [Settled((begin.window[0], finish.window[1]), precision, basis, begin.doubt)]


def _paired(
    first: Period, last: Period, reference: Reference | None, tense: Tense
) -> Iterable[tuple[Settled, Settled]]:
    if last.has_year and not first.has_year:
        ends = _settled(last, None, tense)
        stated = last.readings[0].year or 0
        begins = [b for y in (stated, stated - 1) for b in _settled(first.in_year(y), None, tense)]
    else:
        begins = _settled(first, reference, tense)
        ends = _settled(last, None, tense) if last.has_year else []
        if not last.has_year:
            years = {begin.window[0].year for begin in begins}
            ends = [e for year in years for y in (year, year + 1) for e in _settled(last.in_year(y), None, tense)]
    return ((begin, finish) for begin in begins for finish in ends)


def follows(span: Span) -> bool:
    """Whether two listed periods touch, so that 'November and December' is one window."""
    if span.last is None or not span.first.readings:
        return False
    gaps = [
        (b.window[0] - a.window[1]).days
        for a, b in _paired(span.first, span.last, Reference(_ANY_DAY, (_ANY_DAY, _ANY_DAY)), Tense.UNKNOWN)
    ]
    return 1 in gaps


_ANY_DAY: Final = date(2024, 6, 15)


def alone(span: Span) -> Span:
    """The first of two listed periods that do not touch, with the year they share."""
    year = span.last.readings[0].year if span.last and span.last.readings else None
    first = span.first if span.first.has_year or year is None else span.first.in_year(year)
    return Span(first, edge=span.edge, after_first=span.after_first)


def _dated(choice: Settled, span: Span, text: str) -> FuzzyDate:
    start, end = choice.window
    if span.length:
        return _with_length(choice, span.length, text)
    if span.edge is Edge.NONE:
        kind = (
            Kind.RANGE
            if span.last
            else FuzzyDate.from_parts(text="", start=start, end=end, precision=choice.precision).kind
        )
        return FuzzyDate(text, start, end, choice.precision, kind, basis=choice.basis)
    opening, closing, words = {
        Edge.FROM: (start, None, "from its first day on"),
        Edge.AFTER: (end + _DAY, None, "from the day after it"),
        Edge.UNTIL: (None, end, "up to its last day"),
        Edge.BEFORE: (None, start - _DAY, "up to the day before it"),
    }[span.edge]
    precision = Precision.OPEN_FROM if opening else Precision.OPEN_UNTIL
    basis = f"{choice.basis}; {words}"
    return FuzzyDate.from_parts(text=text, start=opening, end=closing, precision=precision, basis=basis)


def _with_length(choice: Settled, length: tuple[int, str], text: str) -> FuzzyDate:
    """'14 November for 30 days' ends on the thirtieth day, the first counted."""
    start = choice.window[0]
    count, unit = length
    end = min(later(start, min(count, _LONGEST), unit) - _DAY, start + timedelta(days=_LONGEST))
    basis = f"{choice.basis}; {count} {unit}s, the first day counted"
    return FuzzyDate(text, start, max(start, end), choice.precision, Kind.RANGE, basis=basis)
