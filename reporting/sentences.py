"""Sentences made from counts. Pure. They say what is wrong first and say nothing that is not known."""

from collections.abc import Sequence

from programme.status import Rag
from programme.wording import counted, listed


def on_track_sentence(counts: Sequence[tuple[Rag, int]]) -> str:
    """As '1 workstream is off track and 2 are at risk.' or 'All 8 workstreams that gave a rating are on track.'."""
    number = dict(counts)
    troubled = [(rag, number[rag]) for rag in (Rag.RED, Rag.AMBER) if number.get(rag)]
    if troubled:
        (first, count), *rest = troubled
        parts = [f"{counted(count, 'workstream')} {_is(count)} {first.meaning}"]
        parts += [f"{count:,} {_is(count)} {rag.meaning}" for rag, count in rest]
        return f"{listed(parts)}."
    green = number.get(Rag.GREEN, 0)
    if not green:
        return "No workstream has been rated yet."
    if green == 1:
        return "The 1 workstream that gave a rating is on track."
    return f"All {green:,} workstreams that gave a rating are on track."


def updates_sentence(updates_in: int, expected: int, month: str) -> str:
    """As '2 of 8 updates for October 2026 are not in.'."""
    missing = expected - updates_in
    if not expected:
        return f"No updates were expected for {month}."
    if not missing:
        return f"Every update for {month} is in."
    return f"{missing:,} of {counted(expected, 'update')} for {month} {_is(missing)} not in."


def overdue_sentence(overdue: int) -> str:
    """'3 milestones are overdue.', or nothing where none is."""
    return f"{counted(overdue, 'milestone')} {_is(overdue)} overdue." if overdue else ""


def differing_sentence(count: int) -> str:
    """'2 leads rate their workstream better than the rules or a reviewer do.', or nothing."""
    if not count:
        return ""
    return f"{counted(count, 'workstream')} {_is(count)} rated better by the lead than by the rules or a reviewer."


def worse_sentence(names: Sequence[str]) -> str:
    """'Crisis redesign got worse since last month.', or nothing."""
    return f"{listed(names)} got worse since the month before." if names else ""


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
