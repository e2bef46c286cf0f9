"""Is a month ready to be reported? What is missing, in sentences, before anything is built. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypedDict

from programme.wording import counted


class Kind(StrEnum):
    """What a point is about, in the order it is shown. The value is stored in the snapshot."""

    NOT_IN = "not_in"
    NO_REASON = "no_reason"
    INCONSISTENT = "inconsistent"

    @property
    def heading(self) -> str:
        """Above its points."""
        return _HEADINGS[self]


_HEADINGS = {
    Kind.NOT_IN: "Not in",
    Kind.NO_REASON: "Ratings without a reason",
    Kind.INCONSISTENT: "Does not fit together",
}


@dataclass(frozen=True)
class Line:
    """What readiness asks of one workstream."""

    name: str
    slug: str
    leads: tuple[str, ...]
    owes: bool
    is_in: bool
    update_words: str
    needs_reason: bool
    reason: str


@dataclass(frozen=True)
class Point:
    """One thing that stands against reporting now."""

    kind: Kind
    workstream: str
    slug: str
    text: str
    fix: str = ""
    href: str = ""  # where it can be put right; the workstream's page where nothing is said

    @property
    def sentence(self) -> str:
        """Workstream and what is wrong."""
        return f"{self.workstream}: {self.text}" if self.workstream else self.text


class Odd(NamedTuple):
    """Two facts that say different things: of which workstream, or of the programme; why, and what can be done."""

    name: str
    slug: str
    text: str
    fix: str = ""
    href: str = ""


class PointRecord(TypedDict):
    """A point in the snapshot."""

    kind: str
    text: str


class ReadinessRecord(TypedDict):
    """What the office knew when the report was made, and what it decided. Printed in the report."""

    sentence: str
    points: list[PointRecord]
    decision: str  # the whole sentence, with who and when
    reason: str  # in the office's own words, empty where nothing was missing


@dataclass(frozen=True)
class Readiness:
    """Every point, and the answer in a sentence."""

    points: tuple[Point, ...]
    expected: int

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands against it."""
        return not self.points

    def of(self, kind: Kind) -> list[Point]:
        """The points of a kind."""
        return [point for point in self.points if point.kind is kind]

    @property
    def groups(self) -> list[tuple[str, list[Point]]]:
        """Headings with their points; what has none is left out."""
        return [(kind.heading, found) for kind in Kind if (found := self.of(kind))]

    @property
    def sentence(self) -> str:
        """The answer first."""
        if not self.expected:
            return "No workstream owes an update for this month."
        if self.is_ready:
            return f"The month is ready: {_all(self.expected)}, and nothing stands against reporting it."
        parts = [
            f"{counted(len(self.of(Kind.NOT_IN)), 'update')} of {self.expected} {_be(len(self.of(Kind.NOT_IN)))} not in"
            if self.of(Kind.NOT_IN)
            else _all(self.expected),
        ]
        if without := len(self.of(Kind.NO_REASON)):
            parts.append(f"{counted(without, 'rating')} {_be(without)} without a reason")
        if odd := len(self.of(Kind.INCONSISTENT)):
            parts.append(f"{counted(odd, 'thing')} {'does' if odd == 1 else 'do'} not fit together")
        return f"The month is not ready: {', '.join(parts)}."


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _all(expected: int) -> str:
    return "the one update is in" if expected == 1 else f"all {expected} updates are in"


def readiness_of(lines: Sequence[Line], inconsistent: Iterable[Odd] = ()) -> Readiness:
    """Hold a month against what a report needs. `inconsistent` is what does not fit, most pressing first."""
    owing = [line for line in lines if line.owes]
    points = [Point(Kind.NOT_IN, line.name, line.slug, _missing(line)) for line in owing if not line.is_in]
    points += [
        Point(Kind.NO_REASON, line.name, line.slug, "its rating has no reason.")
        for line in owing
        if line.is_in and line.needs_reason and not line.reason.strip()
    ]
    points += [Point(Kind.INCONSISTENT, *odd) for odd in inconsistent]
    return Readiness(tuple(points), len(owing))


def _missing(line: Line) -> str:
    leads = f" ({', '.join(line.leads)})" if line.leads else ""
    return f"{line.update_words}{leads}"


def record_of(found: Readiness, *, who: str, when: str, reason: str, schedule: str = "") -> ReadinessRecord:
    """What is kept in the snapshot: `when` in words; `schedule` where no person asked for the report."""
    if found.is_ready:
        decision = ""
    elif schedule:
        decision = f"The report was made by its schedule ({schedule}) on {when}, without waiting."
    else:
        decision = f"{who} decided on {when} to report all the same" + (f": {reason}" if reason else ".")
    return {
        "sentence": found.sentence,
        "points": [{"kind": point.kind.value, "text": point.sentence} for point in found.points],
        "decision": decision,
        "reason": reason,
    }
