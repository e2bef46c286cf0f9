"""Who is covered: the state of a place, a stretch of ages and a needs-based grouping, worked out exactly. Pure.

What a wider area offers counts for every place in it. What only a part of a place offers is, for the whole of that
place, partial at most. Nothing is guessed: where nobody has looked it is *not yet mapped*, and only a person's record
makes it a *confirmed none*, which is the one state that is a gap.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from thrive.ages import EVERYBODY, Ages, pieces


class State(StrEnum):
    """What can be said about a cell, from the least to the most. A known gap weighs more than an unknown."""

    NONE = "none"
    NOT_MAPPED = "not_mapped"
    PLANNED = "planned"
    NOT_LIVE = "not_live"
    PARTIAL = "partial"
    ONE = "one"
    SEVERAL = "several"

    @property
    def words(self) -> str:
        """As cells and sentences say it."""
        return _WORDS[self]

    @property
    def rank(self) -> int:
        """Higher is more."""
        return list(State).index(self)

    @property
    def is_covered(self) -> bool:
        """Whether at least one core service is live."""
        return self in {State.ONE, State.SEVERAL}


_WORDS: Final = {
    State.NOT_MAPPED: "Not yet mapped",
    State.NONE: "Confirmed none",
    State.PLANNED: "Planned",
    State.NOT_LIVE: "Commissioned, not live",
    State.PARTIAL: "Partial only",
    State.ONE: "One core",
    State.SEVERAL: "Two or more core",
}


class Stage(StrEnum):
    """How far a service is."""

    LIVE = "live"
    NOT_LIVE = "not_live"
    PLANNED = "planned"


@dataclass(frozen=True)
class Offer:
    """That a service helps with a need, in a place, at some ages: one row of the mapping."""

    key: int
    service: int
    name: str
    place: int
    ages: Ages
    grouping: str
    core: bool
    stage: Stage = Stage.LIVE
    groups: frozenset[str] = frozenset()  # under-served groups that the service is for or reaches
    comes_with: str = ""  # the milestone that will fill the cell


@dataclass(frozen=True)
class Absence:
    """That somebody looked and found that nothing is offered. With a `group`: nothing that reaches that group."""

    key: int
    place: int
    ages: Ages
    grouping: str
    group: str = ""


@dataclass(frozen=True)
class Piece:
    """A stretch of ages within a cell in which the same holds."""

    ages: Ages
    state: State
    offers: tuple[Offer, ...] = ()
    in_part: tuple[Offer, ...] = ()  # offered in a part of the place only
    absences: tuple[Absence, ...] = ()

    def merged(self, after: "Piece") -> "Piece | None":
        """This piece and the next as one, where they say the same."""
        same = (self.state, self.offers, self.in_part, self.absences)
        if self.ages.end != after.ages.start or same != (after.state, after.offers, after.in_part, after.absences):
            return None
        return Piece(Ages(self.ages.start, after.ages.end), *same)


@dataclass(frozen=True)
class Cell:
    """A place, a stretch of ages and a grouping, with the pieces it falls into."""

    place: int
    grouping: str
    ages: Ages
    pieces: tuple[Piece, ...]

    @property
    def state(self) -> State:
        """The least that holds anywhere in the stretch: a cell is only as good as its weakest age."""
        return min((piece.state for piece in self.pieces), key=lambda state: state.rank)

    @property
    def is_even(self) -> bool:
        """Whether the same state holds at every age."""
        return len({piece.state for piece in self.pieces}) == 1

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Everything offered at some age of the cell, each row once."""
        return tuple({o.key: o for piece in self.pieces for o in (*piece.offers, *piece.in_part)}.values())

    @property
    def absences(self) -> tuple[Absence, ...]:
        """Every record of a confirmed none in the cell."""
        return tuple({a.key: a for piece in self.pieces for a in piece.absences}.values())

    @property
    def stretches(self) -> list[tuple[Ages, State]]:
        """Ages by state, neighbours of the same state joined."""
        found: list[tuple[Ages, State]] = []
        for piece in self.pieces:
            if found and found[-1][1] is piece.state:
                found[-1] = (Ages(found[-1][0].start, piece.ages.end), piece.state)
            else:
                found.append((piece.ages, piece.state))
        return found


@dataclass(frozen=True)
class Area:
    """Which place lies in which."""

    parents: Mapping[int, int | None] = field(default_factory=dict)

    def upward(self, place: int) -> tuple[int, ...]:
        """The place itself and every wider area around it."""
        line: list[int] = []
        here: int | None = place
        while here is not None and here not in line:
            line.append(here)
            here = self.parents.get(here)
        return tuple(line)

    def below(self, place: int) -> frozenset[int]:
        """Everything inside the place, at any depth."""
        return frozenset(p for p in self.parents if p != place and place in self.upward(p))


class Facts:
    """Everything recorded, at hand by grouping and place."""

    def __init__(self, area: Area, offers: Iterable[Offer], absences: Iterable[Absence]) -> None:
        self.area = area
        self._offers: dict[tuple[str, int], list[Offer]] = defaultdict(list)
        self._absences: dict[tuple[str, int], list[Absence]] = defaultdict(list)
        self._below: dict[int, frozenset[int]] = {}
        for offer in offers:
            self._offers[offer.grouping, offer.place].append(offer)
        for absence in absences:
            self._absences[absence.grouping, absence.place].append(absence)

    def cell(self, place: int, grouping: str, ages: Ages = EVERYBODY, group: str = "") -> Cell:
        """The cell, asked for everybody or for one under-served group."""
        around = self.area.upward(place)
        whole = self._found(grouping, around, ages, group)
        part = self._found(grouping, self._inside(place), ages, group)
        none = [
            absence
            for each in around
            for absence in self._absences.get((grouping, each), ())
            if absence.group in {"", group} and absence.ages.overlaps(ages)
        ]
        stretches = [*(each.ages for each in (*whole, *part)), *(each.ages for each in none)]
        cut = pieces(ages, stretches)
        return Cell(place, grouping, ages, tuple(_joined(_piece(each, whole, part, none) for each in cut)))

    def _inside(self, place: int) -> frozenset[int]:
        if place not in self._below:
            self._below[place] = self.area.below(place)
        return self._below[place]

    def _found(self, grouping: str, places: Iterable[int], ages: Ages, group: str) -> list[Offer]:
        return [
            offer
            for place in places
            for offer in self._offers.get((grouping, place), ())
            if offer.ages.overlaps(ages) and (not group or group in offer.groups)
        ]


def _piece(ages: Ages, whole: Sequence[Offer], part: Sequence[Offer], none: Sequence[Absence]) -> Piece:
    here = tuple(offer for offer in whole if offer.ages.holds(ages))
    in_part = tuple(offer for offer in part if offer.ages.holds(ages))
    absences = tuple(absence for absence in none if absence.ages.holds(ages))
    return Piece(ages, state_of(here, in_part, absences), here, in_part, absences)


def state_of(here: Sequence[Offer], in_part: Sequence[Offer], absences: Sequence[Absence]) -> State:
    """The state that follows from what is offered to the whole place, to a part of it, and from confirmed nones."""
    core = {offer.service for offer in here if offer.core and offer.stage is Stage.LIVE}
    if core:
        return State.SEVERAL if len(core) > 1 else State.ONE
    stages = {offer.stage for offer in (*here, *in_part)}
    if Stage.LIVE in stages:
        return State.PARTIAL
    if Stage.NOT_LIVE in stages:
        return State.NOT_LIVE
    if Stage.PLANNED in stages:
        return State.PLANNED
    return State.NONE if absences else State.NOT_MAPPED


def _joined(found: Iterable[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in found:
        one = joined[-1].merged(piece) if joined else None
        if one:
            joined[-1] = one
        else:
            joined.append(piece)
    return joined


@dataclass(frozen=True)
class Turn:
    """What changed in a stretch of ages between two moments."""

    place: int
    grouping: str
    ages: Ages
    before: State
    after: State
    came: tuple[str, ...]
    went: tuple[str, ...]

    @property
    def is_more(self) -> bool:
        """Whether more is known to be on offer than before."""
        return self.after.rank > self.before.rank and self.after is not State.NOT_MAPPED

    @property
    def is_found_none(self) -> bool:
        """Whether somebody looked for the first time and found nothing."""
        return self.before is State.NOT_MAPPED and self.after is State.NONE


def turns(before: Cell, after: Cell) -> list[Turn]:
    """Where the state of a cell differs between two moments, with the services that made the difference."""
    found: list[Turn] = []
    for ages in pieces(after.ages, [piece.ages for piece in (*before.pieces, *after.pieces)]):
        old, new = _at(before, ages), _at(after, ages)
        if old.state is new.state:
            continue
        names_before, names_after = _names(old), _names(new)
        turn = Turn(
            after.place, after.grouping, ages, old.state, new.state,
            tuple(sorted(names_after - names_before)), tuple(sorted(names_before - names_after)),
        )  # fmt: skip
        last = found[-1] if found else None
        if last and last.ages.end == ages.start and _said(last) == _said(turn):
            turn = Turn(turn.place, turn.grouping, Ages(last.ages.start, ages.end), *_said(turn))
            found.pop()
        found.append(turn)
    return found


def _said(turn: Turn) -> tuple[State, State, tuple[str, ...], tuple[str, ...]]:
    return turn.before, turn.after, turn.came, turn.went


def _at(cell: Cell, ages: Ages) -> Piece:
    return next(piece for piece in cell.pieces if piece.ages.holds(ages))


def _names(piece: Piece) -> frozenset[str]:
    """What is offered, with its weight: a service that went from partial to core came."""
    return frozenset(
        offer.name if offer.stage is Stage.LIVE else f"{offer.name} ({_NOT_YET[offer.stage]})"
        for offer in (*piece.offers, *piece.in_part)
    )


_NOT_YET: Final = {Stage.PLANNED: "planned", Stage.NOT_LIVE: "commissioned, not live"}
