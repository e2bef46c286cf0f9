"""The objectives of one workstream beside what its updates say of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from workstreams.models import Objective
from workstreams.objectives import Heard, Said, heard, unmatched
from workstreams.sections import Section
from workstreams.sent_updates import SentUpdate


@dataclass(frozen=True)
class ObjectiveLine:
    """An objective, and how it stands in the updates."""

    objective: Objective
    heard: Heard


@dataclass(frozen=True)
class ObjectivesTold:
    """Every objective, and what the newest update reports that speaks of none."""

    lines: tuple[ObjectiveLine, ...]
    unmatched: tuple[str, ...]
    month: str

    @property
    def silent(self) -> tuple[ObjectiveLine, ...]:
        """Objectives that no update has mentioned lately."""
        return tuple(line for line in self.lines if line.heard.is_silent)

    @property
    def sentence(self) -> str:
        """The whole in one sentence."""
        if not self.lines:
            return "No objectives have been recorded."
        if not self.month:
            return "No update has been sent yet, so nothing can be said of its objectives."
        count, silent = len(self.lines), len(self.silent)
        if not silent:
            return "The last updates speak of every objective." if count > 1 else "The last updates speak of it."
        if silent == count:
            return "The last updates speak of none of its objectives."
        return f"The last updates do not speak of {silent} of its {count} objectives."


def told_of(objectives: Sequence[Objective], updates: Sequence[SentUpdate]) -> ObjectivesTold:
    """Objectives against the newest sent updates, the newest first. No query of its own."""
    said = [_said(each) for each in updates]
    lines = tuple(ObjectiveLine(row, heard(row.text, said)) for row in objectives)
    lost = unmatched(said[0].progress, [row.text for row in objectives]) if said else ()
    return ObjectivesTold(lines, lost, str(updates[0].update.period) if updates else "")


def _said(told: SentUpdate) -> Said:
    parts = dict(told.parts)
    every = tuple(text for texts in parts.values() for text in texts)
    return Said(told.update.period.month, every, tuple(parts[Section.PROGRESS]))
