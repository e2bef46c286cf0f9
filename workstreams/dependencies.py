"""Which milestone waits for which. Pure: whole numbers stand for milestones, dates for what they mean.

`needs` maps a milestone to those it waits for. A chain that came back to where it began could never be done, so the
step that would close it is refused, with the chain named.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from programme.dates import FuzzyDate

Graph = Mapping[int, Collection[int]]


def chain(needs: Graph, start: int, goal: int) -> tuple[int, ...]:
    """The shortest way from a milestone along what it waits for to another; empty where there is none."""
    came_from: dict[int, int | None] = {start: None}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here == goal:
            return _back(came_from, goal)
        for following in sorted(needs.get(here, ())):
            if following not in came_from:
                came_from[following] = here
                waiting.append(following)
    return ()


def _back(came_from: Mapping[int, int | None], goal: int) -> tuple[int, ...]:
    way, here = [goal], came_from[goal]
    while here is not None:
        way.append(here)
        here = came_from[here]
    return tuple(reversed(way))


def would_close(needs: Graph, milestone: int, needed: int) -> tuple[int, ...]:
    """The chain that waiting for `needed` would close into a ring, from `needed` to `milestone`; empty if none."""
    return chain(needs, needed, milestone)


@dataclass(frozen=True)
class Waiting:
    """A milestone that waits, directly or through others. `through` names them, the nearest to it first."""

    milestone: int
    through: tuple[int, ...] = ()


def waiting_for(needs: Graph, milestone: int) -> list[Waiting]:
    """Everything that waits for a milestone, the nearest first, each once."""
    needed_by: dict[int, list[int]] = {}
    for later, earlier in needs.items():
        for each in earlier:
            needed_by.setdefault(each, []).append(later)
    found: dict[int, Waiting] = {}
    queue = deque([Waiting(milestone)])
    while queue:
        here = queue.popleft()
        through = () if here.milestone == milestone else (here.milestone, *here.through)
        for later in sorted(needed_by.get(here.milestone, ())):
            if later not in found and later != milestone:
                found[later] = Waiting(later, through)
                queue.append(found[later])
    return list(found.values())


def as_graph(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """A graph from pairs of a milestone and one that it waits for."""
    graph: dict[int, set[int]] = {}
    for milestone, needed in pairs:
        graph.setdefault(milestone, set()).add(needed)
    return graph


class Fit(StrEnum):
    """How the date of what waits fits the date of what it waits for; the value is said to readers."""

    FITS = "begins after this is done"
    MAY_CLASH = "may begin before this is done"
    CLASHES = "begins before this is done"
    UNKNOWN = "cannot be compared, because a date is open or not known"

    @property
    def is_trouble(self) -> bool:
        """Whether somebody should look at it."""
        return self in {Fit.CLASHES, Fit.MAY_CLASH}


def fit(needed: FuzzyDate | None, waiting: FuzzyDate | None) -> Fit:
    """How a milestone that waits fits the one it waits for, whatever days their dates turn out to mean.

    It clashes where its last possible day comes before the other's first, and may clash where the windows overlap.
    On the same day it fits: one thing is often signed off in the morning and the next begun in the afternoon.
    """
    if needed is None or waiting is None or needed.end is None:
        return Fit.UNKNOWN
    if waiting.start is not None and waiting.start >= needed.end:
        return Fit.FITS
    if waiting.end is not None and needed.start is not None and waiting.end < needed.start:
        return Fit.CLASHES
    return Fit.UNKNOWN if waiting.start is None else Fit.MAY_CLASH
