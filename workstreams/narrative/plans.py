"""Gives a plan's headings their windows and turns its items into milestones.

A winter named by one year belongs where the order of the headings puts it: only readings that fit between the dated
neighbours count, of two the one nearer to a neighbour, and if still tied the one that starts in that December.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from programme.dates import FuzzyDate, Kind, Precision
from workstreams import fuzzydates
from workstreams.fuzzydates import Mention, Tense
from workstreams.narrative.drafts import DraftHeading
from workstreams.narrative.model import Closure, Item, Milestone
from workstreams.narrative.wording import CLOSES, phase_label

# An item's own date counts when it is as exact as a heading; a year in passing ("the plan for 2026/27") does not.
_OWN: Final = frozenset(
    {
        Precision.DAY, Precision.WEEK, Precision.PART_MONTH, Precision.MONTH, Precision.MONTH_RANGE, Precision.QUARTER,
        Precision.SEASON, Precision.SEASON_RANGE, Precision.PART_YEAR, Precision.HALF_YEAR, Precision.TERM,
        Precision.RANGE, Precision.OPEN_FROM, Precision.OPEN_UNTIL,
    }
)  # fmt: skip
_LONGEST: Final = 2_000  # characters of an item that are searched for dates
_COARSE: Final = frozenset({Precision.YEAR, Precision.FINANCIAL_YEAR, Precision.ACADEMIC_YEAR, Precision.YEAR_RANGE})


def settle_headings(headings: Sequence[DraftHeading]) -> list[FuzzyDate | None]:
    """The window of every heading, winters and missing years settled by the order they stand in."""
    dates = [_with_year(heading) for heading in headings]
    _fill_years(headings, dates)
    backwards = _runs_backwards(dates)
    below = _settled_below(dates)
    above: date | None = None
    for at, stated in enumerate(dates):
        if stated is None or not stated.start:
            continue
        if _open_choice(stated):
            before, after = (below[at], above) if backwards else (above, below[at])
            dates[at] = _by_order(stated, before, after)
        current = dates[at]
        above = above if current is None or _open_choice(current) else current.start
    return dates


def _settled_below(dates: Sequence[FuzzyDate | None]) -> list[date | None]:
    """For each heading the first day of the next one whose reading is not open."""
    found: list[date | None] = []
    nearest: date | None = None
    for stated in reversed(dates):
        found.append(nearest)
        if stated and stated.start and not _open_choice(stated):
            nearest = stated.start
    return found[::-1]


def _with_year(heading: DraftHeading) -> FuzzyDate | None:
    stated = heading.date
    if stated and not stated.has_window and stated.precision is Precision.RELATIVE_UNANCHORED and heading.ruling_year:
        given = fuzzydates.parse(f"{heading.text} {heading.ruling_year}")
        return replace(given, text=heading.text, basis=f"{given.basis}; the year stands above it") if given else stated
    return stated


def _fill_years(headings: Sequence[DraftHeading], dates: list[FuzzyDate | None]) -> None:
    """A heading without a year takes the first year that keeps it after the heading above."""
    above: FuzzyDate | None = None
    for at, stated in enumerate(dates):
        lacks = stated is not None and not stated.has_window and stated.precision is Precision.RELATIVE_UNANCHORED
        if lacks and above and above.start:
            for year in (above.start.year, above.start.year + 1):
                given = fuzzydates.parse(f"{headings[at].text} {year}")
                if given and given.start and given.start >= above.start:
                    basis = f"{given.basis}; no year is stated, so the next after the heading above"
                    dates[at] = replace(given, text=headings[at].text, basis=basis, ambiguous=True)
                    break
        current = dates[at]
        above = current if current is not None and current.start else above


def _runs_backwards(dates: Sequence[FuzzyDate | None]) -> bool:
    starts = [stated.start for stated in dates if stated and stated.start and not stated.ambiguous]
    falls = sum(b < a for a, b in pairwise(starts))
    rises = sum(b > a for a, b in pairwise(starts))
    return falls > rises


def _open_choice(stated: FuzzyDate) -> bool:
    return stated.ambiguous and len(stated.alternatives) > 1 and "order of the headings" not in stated.basis


def _by_order(stated: FuzzyDate, before: date | None, after: date | None) -> FuzzyDate:
    fitting = [
        reading
        for reading in stated.alternatives
        if reading.start and (before is None or before <= reading.start) and (after is None or reading.start <= after)
    ]
    if not fitting or (before is None and after is None):
        return stated

    def distance(reading: FuzzyDate) -> int:
        return min(abs((reading.start - other).days) for other in (before, after) if other and reading.start)

    chosen = min(fitting, key=distance)
    basis = f"{chosen.basis}, by the order of the headings"
    return replace(chosen, text=stated.text, ambiguous=True, alternatives=stated.alternatives, basis=basis)


def milestones_of(headings: Sequence[DraftHeading]) -> tuple[Milestone, ...]:
    """One milestone for each item, in page order."""
    windows = settle_headings(headings)
    made: list[Milestone] = []
    for heading, window in zip(headings, windows, strict=True):
        made.extend(_under_heading(heading, window))
    return tuple(made)


def _under_heading(heading: DraftHeading, window: FuzzyDate | None) -> list[Milestone]:
    mentions = [_own_date(item, window) for item in heading.items]
    if window is not None:
        for mention in mentions:
            # A day already past that a season's heading leaves out shows that the heading means more than the season.
            if mention and mention.date.precision is Precision.DAY and _widens(mention, window):
                window = window.widened(mention.date)
    return [_milestone(item, heading, window, mention) for item, mention in zip(heading.items, mentions, strict=True)]


_NEAR: Final = 45  # days: a day further from the window is another date, not a wider window


def _widens(mention: Mention, window: FuzzyDate) -> bool:
    day = mention.date.start
    if mention.tense is Tense.PLANNED or day is None or window.start is None or window.end is None:
        return False
    return -_NEAR <= (day - window.start).days and (day - window.end).days <= _NEAR


def _own_date(item: Item, window: FuzzyDate | None) -> Mention | None:
    for mention in fuzzydates.find(item.text[:_LONGEST], window if window and window.has_window else None):
        usable = mention.date.has_window and (
            mention.date.precision in _OWN or (window is None and mention.date.precision in _COARSE)
        )
        if usable:
            return mention
    return None


def _milestone(item: Item, heading: DraftHeading, window: FuzzyDate | None, mention: Mention | None) -> Milestone:
    if mention:
        stated, tense = mention.date, mention.tense
    else:
        stated = window or FuzzyDate.undated(heading.text)
        tense = tense_of(item.text)
    phase = heading.phase or phase_label(item.text) or ""
    closure = bool(CLOSES.search(item.text[:_LONGEST]))
    return Milestone(item.text, item.lines, heading.text, heading.line, stated, phase, tense, closure)


def tense_of(text: str) -> Tense:
    """Whether a sentence without a date speaks of something done or planned: its last cue decides."""
    return fuzzydates.tense_of(text)


def closures_of(description: Sequence[Item], milestones: Sequence[Milestone]) -> tuple[Closure, ...]:
    """Every sentence that says the work closed or will, with the date it gives."""
    found = [Closure(m.text, m.line, m.date, m.tense) for m in milestones if m.closure]
    for item in description:
        if CLOSES.search(item.text[:_LONGEST]):
            dated = [
                m
                for m in fuzzydates.find(item.text[:_LONGEST])
                if m.date.has_window and m.date.kind is not Kind.ONGOING
            ]
            date_ = dated[0].date if dated else None
            found.append(Closure(item.text, item.line, date_, dated[0].tense if dated else tense_of(item.text)))
    return tuple(sorted(found, key=lambda closure: closure.line))
