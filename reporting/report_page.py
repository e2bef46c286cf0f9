"""What a report's own page says of it: what its edition says, and no more. Pure.

The frozen record holds what every edition needs; somebody outside the trust is told what stands in theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reporting.board import facts_of
from reporting.board_parts.summary import points_for, sentence_of
from reporting.editions import Edition


@dataclass(frozen=True)
class Said:
    """The answer in a sentence, and the points under it."""

    sentence: str
    points: tuple[str, ...]


def said(content: Mapping[str, Any], edition: Edition) -> Said:
    """The summary of an edition. What an earlier release froze is the full pack, and has its summary as it stands."""
    if not edition.is_for_outside:
        told = content["summary"]
        return Said(told["sentence"], tuple(told.get("points", ())))
    facts = facts_of(content)
    points = points_for(facts, edition) if edition is Edition.COMMISSIONER else []
    return Said(sentence_of(facts, edition), tuple(points))
