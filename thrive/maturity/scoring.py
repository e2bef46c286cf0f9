"""How single scores become a picture: spread, median, split, completeness, comparison. Pure.

A level is a whole number of the review's own scale; None means not assessed. Nothing here makes a shared score out of
single ones: a consensus is what people wrote down together, or it is not there. Nothing is averaged: a median that
falls between two levels stays "between", and a domain is told as how many elements stand where.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_COMPARED = 4


class State(StrEnum):
    """Where a review stands."""

    DRAFT = "draft"
    SCORING = "scoring"
    WORKSHOP = "workshop"
    AGREED = "agreed"
    RELEASED = "released"


class Kind(StrEnum):
    """What sort of review it is. A visit from outside has findings and no scores."""

    VISIT = "visit"
    SELF = "self"
    AGAIN = "again"


_NEXT: Mapping[State, tuple[State, ...]] = {
    State.DRAFT: (State.SCORING,),
    State.SCORING: (State.WORKSHOP,),
    State.WORKSHOP: (State.AGREED,),
    State.AGREED: (State.RELEASED, State.WORKSHOP),
    State.RELEASED: (),
}


def next_states(kind: Kind, state: State) -> tuple[State, ...]:
    """Where a review may go from here. A round that has closed never opens again: its scores have been seen."""
    if kind is Kind.VISIT:
        return (State.RELEASED,) if state is State.DRAFT else ()
    return _NEXT[state]


def round_is_open(state: State) -> bool:
    """Whether people may score by themselves."""
    return state is State.SCORING


def scores_are_shown(state: State) -> bool:
    """Whether single scores may be seen by anybody but the person who gave them."""
    return state in {State.WORKSHOP, State.AGREED, State.RELEASED}


@dataclass(frozen=True)
class Score:
    """What one participant says of one element. Without a level it is 'cannot say'."""

    participant: int
    element: int
    level: int | None
    reason: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Answer:
    """What somebody says of an element, on its way in. No level means that they cannot say."""

    level: int | None
    reason: str = ""
    evidence: str = ""


def shown_to(scores: Iterable[Score], *, state: State, participant: int | None) -> list[Score]:
    """The scores that somebody may see: everybody's once the round has closed, before that their own."""
    if scores_are_shown(state):
        return list(scores)
    return [score for score in scores if score.participant == participant]


@dataclass(frozen=True)
class Median:
    """The middle of the levels given; with an even number it can fall between two levels."""

    low: int
    high: int

    @property
    def is_between(self) -> bool:
        """Whether it falls between two levels."""
        return self.low != self.high

    def is_outside(self, level: int) -> bool:
        """Whether a level lies more than one away from the middle."""
        return abs(2 * level - self.low - self.high) > 2  # noqa: PLR2004 - one level, on both sides of the sum doubled


def median_of(levels: Iterable[int]) -> Median | None:
    """The median, kept as the two levels in the middle."""
    ordered = sorted(levels)
    if not ordered:
        return None
    return Median(ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2])


@dataclass(frozen=True)
class Spread:
    """How the scores of one element lie."""

    counts: Mapping[int, int]
    cannot_say: int
    silent: int

    @property
    def levels(self) -> list[int]:
        """Every level given, in order."""
        return sorted(level for level, count in self.counts.items() for _ in range(count))

    @property
    def rated(self) -> int:
        """How many gave a level."""
        return sum(self.counts.values())

    @property
    def median(self) -> Median | None:
        """The middle of the levels given."""
        return median_of(self.levels)

    @property
    def width(self) -> int:
        """The distance from the lowest level to the highest."""
        levels = self.levels
        return levels[-1] - levels[0] if levels else 0

    @property
    def outside(self) -> int:
        """How many lie more than one level from the median."""
        median = self.median
        return sum(median.is_outside(level) for level in self.levels) if median else 0

    @property
    def is_split(self) -> bool:
        """More than a third of those who gave a level lie more than one level from the median."""
        return self.outside * 3 > self.rated


def spread_of(scores: Iterable[Score], asked: Collection[int]) -> Spread:
    """The spread of one element's scores among the participants who were asked about it."""
    latest = {score.participant: score for score in scores}
    counts = Counter(score.level for score in latest.values() if score.level is not None)
    cannot = sum(score.level is None for score in latest.values())
    return Spread(dict(sorted(counts.items())), cannot, len(set(asked) - set(latest)))


def widest_first(spreads: Mapping[int, Spread]) -> list[int]:
    """Elements to talk about, in order: split ones, then the widest, then where most could not say; else as given."""

    def key(element: int) -> tuple[bool, int, int, int]:
        spread = spreads[element]
        return (not spread.is_split, -spread.width, -spread.outside, -spread.cannot_say)

    return sorted(spreads, key=key)


@dataclass(frozen=True)
class Completeness:
    """How far somebody has come with what they were asked."""

    answered: int
    asked: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return self.answered >= self.asked

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said at all."""
        return self.answered == 0


def completeness(answered: Collection[int], asked: Collection[int]) -> Completeness:
    """How many of the elements asked about have an answer; 'cannot say' is one."""
    return Completeness(len(set(answered) & set(asked)), len(set(asked)))


@dataclass(frozen=True)
class Standing:
    """Where a domain stands: how many of its elements were agreed at each level."""

    counts: Mapping[int, int]
    elements: int

    @property
    def agreed(self) -> int:
        """Elements with an agreed level."""
        return sum(self.counts.values())

    @property
    def not_agreed(self) -> int:
        """Elements without one."""
        return self.elements - self.agreed

    @property
    def median(self) -> Median | None:
        """The middle of the agreed levels."""
        return median_of(level for level, count in self.counts.items() for _ in range(count))


def standing_of(levels: Iterable[int | None]) -> Standing:
    """Where a domain stands, from the agreed level of each of its elements."""
    every = list(levels)
    counts = Counter(level for level in every if level is not None)
    return Standing(dict(sorted(counts.items())), len(every))


def lifts_next(levels: Mapping[str, int | None], highest: int) -> list[str]:
    """The elements that would lift a domain next: those agreed at its lowest level, unless that is the top."""
    known = [level for level in levels.values() if level is not None]
    if not known or min(known) >= highest:
        return []
    return [code for code, level in levels.items() if level == min(known)]


def absent_sectors(wanted: Iterable[str], present: Iterable[str]) -> list[str]:
    """The sectors that should be at the table and are not, in the order in which they are wanted."""
    there = set(present)
    return [sector for sector in wanted if sector not in there]


# Side by side


@dataclass(frozen=True)
class Column:
    """One review to compare: the version it was scored with, and the agreed level of each element by its code."""

    version: int
    levels: Mapping[str, int | None]


@dataclass(frozen=True)
class Row:
    """One element in every column. A level is None where nothing was agreed, or nothing can be carried over."""

    code: str
    levels: tuple[int | None, ...]

    @property
    def difference(self) -> int | None:
        """The distance between the highest and the lowest level; None with fewer than two."""
        known = [level for level in self.levels if level is not None]
        return max(known) - min(known) if len(known) > 1 else None

    @property
    def change(self) -> int | None:
        """From the first column to the last; None where either is not known."""
        first, last = self.levels[0], self.levels[-1]
        return None if first is None or last is None else last - first


# For each version and the version it is compared in: the pairs (code there, code here) that somebody declared alike.
Crosswalks = Mapping[tuple[int, int], Sequence[tuple[str, str]]]


class NotComparable(Exception):
    """The reviews were scored with versions that nobody has joined."""


def compare(columns: Sequence[Column], codes: Sequence[str], version: int, crosswalks: Crosswalks) -> list[Row]:
    """The elements of one version in every column, biggest difference first; what cannot be compared comes last.

    Raises NotComparable for a column of another version without a declared crosswalk. Where two elements became one,
    or one became two, nothing is carried over: levels are never joined by arithmetic.
    """
    carried = [_carried(column, version, crosswalks) for column in columns]
    rows = [Row(code, tuple(levels.get(code) for levels in carried)) for code in codes]
    return sorted(rows, key=lambda row: -1 if row.difference is None else row.difference, reverse=True)


def _carried(column: Column, version: int, crosswalks: Crosswalks) -> Mapping[str, int | None]:
    if column.version == version:
        return column.levels
    pairs = crosswalks.get((column.version, version), ())
    if not pairs:
        raise NotComparable
    left, right = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    return {new: column.levels.get(old) for old, new in pairs if left[old] == 1 and right[new] == 1}
