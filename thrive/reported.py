"""What a board report says of gaps and of what fills them, as plain values. Pure.

A field that a later release adds needs a default, so that reports frozen before it still open.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class FilledTold:
    """An accepted recommendation: who sees to it, and which milestone will show it and when."""

    text: str
    place: str
    state: str
    lacks_work: bool = False
    owner: str = ""
    wanted_by: str = ""
    milestones: tuple[str, ...] = ()


@dataclass(frozen=True)
class GapTold:
    """A gap that was accepted and is not filled."""

    title: str
    place: str
    is_answered: bool = False


@dataclass(frozen=True)
class GapsTold:
    """All of it, with one sentence; empty where nothing was recorded."""

    sentence: str = ""
    gaps: tuple[GapTold, ...] = ()
    recommendations: tuple[FilledTold, ...] = ()
