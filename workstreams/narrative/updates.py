"""Gives update headings their years.

A page names months and leaves out years; it runs newest first unless its own dates say otherwise. Years come from the
heading, else from a bare year line above it, else from what the items say: a date still ahead cannot be before its
update, one already past cannot be after it. Going down the page the year stays while the month falls and drops by one
where it does not. Where clues contradict each other, or there are none, no year is given and a person is asked.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from programme.dates import MONTH_NAMES, FuzzyDate, Precision, month_words
from workstreams import fuzzydates
from workstreams.fuzzydates import Tense
from workstreams.narrative.drafts import DraftUpdate
from workstreams.narrative.model import Update

_CLEAR: Final = {
    Precision.DAY,
    Precision.WEEK,
    Precision.PART_MONTH,
    Precision.MONTH,
    Precision.SEASON,
    Precision.QUARTER,
}
_LONGEST: Final = 2_000  # characters of an item that are searched for clues
_YEAR_MONTHS: Final = 12
_MAJORITY: Final = 2  # the winning year needs this many times the weight of the next


@dataclass(frozen=True)
class Clue:
    """A year an item speaks for, with its weight and words."""

    year: int
    weight: float
    words: str


def settle_months(drafts: list[DraftUpdate], reference: date | None) -> tuple[Update, ...]:
    """The updates of one workstream with their months, in page order."""
    if not drafts:
        return ()
    clues = [list(_clues(draft)) for draft in drafts]
    steps = min(
        (_relative_years(drafts, falling=falling) for falling in (True, False)),
        key=lambda years: _contradictions(drafts, clues, years),
    )
    anchor, basis = _anchor(drafts, clues, steps, reference)
    return tuple(
        _update(draft, found, steps[at], anchor, basis)
        for at, (draft, found) in enumerate(zip(drafts, clues, strict=True))
    )


def _relative_years(drafts: list[DraftUpdate], *, falling: bool) -> list[int]:
    """Years counted from the first heading's, walking down newest first (falling) or oldest first."""
    years, year = [], 0
    for at, draft in enumerate(drafts):
        if at:
            before = drafts[at - 1]
            if draft.year is not None and before.year is not None:
                year += draft.year - before.year
            elif falling:
                year -= draft.month >= before.month
            else:
                year += draft.month <= before.month
        years.append(year)
    return years


def _votes(drafts: list[DraftUpdate], clues: list[list[Clue]], steps: list[int]) -> Counter[int]:
    """The weight each year of the first heading gets; a stated year outweighs what items suggest."""
    votes: Counter[int] = Counter()
    stated = 100
    for draft, found, step in zip(drafts, clues, steps, strict=True):
        if draft.year is not None:
            votes[draft.year - step] += stated
        for clue in found:
            votes[clue.year - step] += int(clue.weight * 2)
    return votes


def _contradictions(drafts: list[DraftUpdate], clues: list[list[Clue]], steps: list[int]) -> tuple[int, int, int]:
    """How badly a direction fits: votes against its best year, then years beyond one; newest first on a tie."""
    votes = _votes(drafts, clues, steps)
    against = sum(votes.values()) - max(votes.values(), default=0)
    return against, max(0, abs(steps[-1]) - 1), int(steps[-1] > 0)


def _anchor(
    drafts: list[DraftUpdate], clues: list[list[Clue]], steps: list[int], reference: date | None
) -> tuple[int | None, str]:
    """The year of the first heading and, where it is not a clue of the page's own, why."""
    ranked = _votes(drafts, clues, steps).most_common(2)
    if not ranked:
        if reference is None:
            return None, "nothing on the page gives a year"
        year = reference.year - (drafts[0].month > reference.month)
        return year - max(0, *steps), "the newest month before the date the page was taken"
    if len(ranked) > 1 and ranked[0][1] < _MAJORITY * ranked[1][1]:
        return None, "dates on the page contradict each other"
    return ranked[0][0], ""


def _update(draft: DraftUpdate, clues: list[Clue], step: int, anchor: int | None, basis: str) -> Update:
    year = draft.year if draft.year is not None else None if anchor is None else anchor + step
    month = date(year, draft.month, 1) if year else None
    agreeing = [clue.words for clue in sorted(clues, key=lambda c: -c.weight) if clue.year == year]
    if draft.year is not None:
        clue = "the year is stated"
    elif year is None or basis:
        clue = basis
    else:
        clue = agreeing[0] if agreeing else "the order of the months on the page"
    doubtful = draft.doubtful or month is None or bool(basis)
    return Update(draft.heading, draft.line, month, doubtful, clue, tuple(draft.items))


def _clues(draft: DraftUpdate) -> Iterator[Clue]:
    for item in draft.items:
        for mention in fuzzydates.find(item.text[:_LONGEST]):
            stated = mention.date
            if stated.start and stated.end and stated.precision in _CLEAR and not stated.ambiguous:
                yield from _clue(draft.month, stated, mention.tense)


def _clue(month: int, stated: FuzzyDate, tense: Tense) -> Iterator[Clue]:
    """The years of a month that a stated date speaks for: the same month, the year up to it, or the year after it."""
    if stated.start is None or stated.end is None:
        return
    name = MONTH_NAMES[month - 1]
    if stated.start.month == month == stated.end.month:
        yield Clue(stated.start.year, 2, f"“{stated.text}” names the same month")
        return
    ahead = stated.end.year - (stated.end.month < month)
    behind = stated.start.year + (stated.start.month > month)
    if tense is Tense.PLANNED:
        yield Clue(ahead, 2, f"“{stated.text}” is still ahead of {name}")
    elif tense is Tense.DONE:
        yield Clue(behind, 1, f"“{stated.text}” is past by {name}")
    else:
        months_ahead = (stated.end.month - month) % _YEAR_MONTHS
        year = ahead if months_ahead <= _YEAR_MONTHS / 2 else behind
        yield Clue(year, 0.5, f"“{stated.text}” lies nearest {month_words(date(year, month, 1))}")
