"""Which objectives a workstream's updates speak of, told by their words. Pure.

A point of an update speaks of an objective when they share a word that carries meaning. Words are compared without
their endings; fillers, months, numbers, the verbs of programmes (start, finish, agree) and what nearly every line of a
programme says (team, service, workstream) carry none. One word is little, and meant to be: a point is rather taken to
speak of an objective than not, so that what is called silent really goes unsaid. It is a hint for people, and nothing
follows from it by itself.

An objective is silent when none of the last three updates speaks of it. An update that says "no change" stands for
the words it leaves standing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from programme.dates import month_words
from programme.wording import counted
from workstreams.subjects import meaning

SILENT_FROM: Final = 3


@dataclass(frozen=True)
class Said:
    """What one update said: the points of all its sections, and those that report what was done."""

    month: date
    points: tuple[str, ...]
    progress: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """A point of an update that speaks of an objective."""

    month: date
    text: str


@dataclass(frozen=True)
class Heard:
    """How an objective stands in the updates: the newest mention, and how many updates since did without one."""

    last: Mention | None
    updates_since: int
    months_since: int

    @property
    def is_silent(self) -> bool:
        """Whether its silence is pointed out."""
        return self.updates_since >= SILENT_FROM

    @property
    def words(self) -> str:
        """'Last mentioned in October 2026', 'Not mentioned for 4 months, since July 2026'."""
        if self.last is None:
            if not self.updates_since:
                return "No update has been sent yet"
            if self.updates_since == 1:
                return "The one update so far does not mention it"
            return f"None of the last {counted(self.updates_since, 'update')} mentions it"
        if not self.months_since:
            return f"Mentioned in {month_words(self.last.month)}"
        return f"Not mentioned for {counted(self.months_since, 'month')}, since {month_words(self.last.month)}"


def speaks_of(point: str, objective: str) -> bool:
    """Whether a point of an update speaks of an objective."""
    return bool(meaning(point) & meaning(objective))


def heard(objective: str, updates: Sequence[Said]) -> Heard:
    """How an objective stands in the updates, the newest first."""
    for place, said in enumerate(updates):
        point = next((point for point in said.points if speaks_of(point, objective)), None)
        if point is not None:
            return Heard(Mention(said.month, point), place, _months(said.month, updates[0].month))
    return Heard(None, len(updates), 0)


def unmatched(points: Sequence[str], objectives: Sequence[str]) -> tuple[str, ...]:
    """What was reported and speaks of no objective. Nothing where there are no objectives to speak of."""
    if not objectives:
        return ()
    return tuple(point for point in points if not any(speaks_of(point, each) for each in objectives))


def _months(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month
