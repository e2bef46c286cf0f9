"""Where an ask stands: with which group, to which it may be passed up, and back to which it may be passed down. Pure.

Groups report to one another, each to one above it at most. An ask is passed up one step at a time and comes back down
the way it went.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Passed(StrEnum):
    """How an ask came to a group."""

    PUT = "put"  # asked of it from the start
    UP = "up"
    DOWN = "down"


def way(steps: Iterable[tuple[Passed, int]]) -> tuple[int, ...]:
    """The groups an ask went through on its way up; the last one has it now. Empty where no group was named."""
    path: list[int] = []
    for passed, group in steps:
        if passed is Passed.DOWN:
            while path and path[-1] != group:
                path.pop()
            path = path or [group]
        elif not path or path[-1] != group:
            path.append(group)
    return tuple(path)


def above(path: tuple[int, ...], reports_to: Mapping[int, int | None]) -> tuple[int, ...]:
    """The groups to which an ask may be passed up now: the one its group reports to, or any where none has it yet."""
    if not path:
        return tuple(reports_to)
    upper = reports_to.get(path[-1])
    return () if upper is None or upper in path or upper not in reports_to else (upper,)


def below(path: tuple[int, ...]) -> int | None:
    """The group that passed it up, to which it may go back."""
    return path[-2] if len(path) > 1 else None


def would_go_round(group: int, upper: int | None, reports_to: Mapping[int, int | None]) -> bool:
    """Whether groups would report in a circle if `group` reported to `upper`."""
    seen: set[int] = set()
    while upper is not None and upper not in seen:
        if upper == group:
            return True
        seen.add(upper)
        upper = reports_to.get(upper)
    return False
