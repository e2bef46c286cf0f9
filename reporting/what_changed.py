"""What changed in a programme since the last period: better, worse, delivered, slipped, newly late, silent. Pure.

A milestone stands under one heading only, the most telling: delivered before overdue before slipped before brought
forward. Silence is a change to be told too; it is never read as 'the same'.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from programme.dates import FuzzyDate, day_words, slip
from programme.status import PlanState
from programme.wording import counted, listed
from workstreams.slippage import Statements, standing


class Heading(StrEnum):
    """What can have changed, the worst first. The value stands in frozen dashboards."""

    WORSE = "worse"
    NEWLY_OVERDUE = "newly_overdue"
    SLIPPED = "slipped"
    SILENT = "silent"
    BETTER = "better"
    COMPLETED = "completed"
    BROUGHT_FORWARD = "brought_forward"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The heading over the list."""
        return _HEADINGS[self][0]

    def counted(self, count: int) -> str:
        """'1 milestone slipped', '3 milestones slipped'."""
        return counted(count, *_HEADINGS[self][1:])


_HEADINGS = {
    Heading.WORSE: ("Got worse", "workstream got worse", "workstreams got worse"),
    Heading.NEWLY_OVERDUE: ("Newly overdue", "milestone became overdue", "milestones became overdue"),
    Heading.SLIPPED: ("Slipped", "milestone slipped", "milestones slipped"),
    Heading.SILENT: ("No update", "update did not come", "updates did not come"),
    Heading.BETTER: ("Got better", "workstream got better", "workstreams got better"),
    Heading.COMPLETED: ("Milestones completed", "milestone was completed", "milestones were completed"),
    Heading.BROUGHT_FORWARD: ("Brought forward", "milestone was brought forward", "milestones were brought forward"),
    Heading.CLOSED: ("Closed", "workstream closed", "workstreams closed"),
}


@dataclass(frozen=True)
class Told:
    """One change in words, with the workstream and, where it is about one, the milestone it leads to."""

    text: str
    slug: str
    milestone: int | None = None


@dataclass(frozen=True)
class WhatChanged:
    """Everything that changed after the day `since`, by heading."""

    since: date
    told: Mapping[Heading, tuple[Told, ...]]

    @property
    def headings(self) -> list[tuple[Heading, tuple[Told, ...]]]:
        """The headings under which something changed, worst first."""
        return [(heading, self.told[heading]) for heading in Heading if self.told.get(heading)]

    @property
    def sentence(self) -> str:
        """'Since 7 October 2026: 1 workstream got worse and 2 milestones slipped.', or that nothing changed."""
        if not self.headings:
            return f"Nothing has changed since {day_words(self.since)}."
        return f"Since {day_words(self.since)}: {listed([h.counted(len(told)) for h, told in self.headings])}."


@dataclass(frozen=True)
class MilestoneFacts:
    """A milestone as it was stated at the end of the last period, and as it is stated now."""

    pk: int
    title: str
    workstream: str
    slug: str
    before: Statements
    now: Statements


def milestone_changes(
    milestones: Iterable[MilestoneFacts], since: date, today: date
) -> Mapping[Heading, tuple[Told, ...]]:
    """Sort milestones by what became of them between `since` and `today`; those that did not change are left out."""
    found: dict[Heading, list[Told]] = defaultdict(list)
    for facts in milestones:
        became = _became(facts, since, today)
        if became:
            heading, words = became
            found[heading].append(Told(f"{facts.title} ({facts.workstream}): {words}", facts.slug, facts.pk))
    return {heading: tuple(told) for heading, told in found.items()}


def _became(facts: MilestoneFacts, since: date, today: date) -> tuple[Heading, str] | None:
    stands, stood = standing(facts.now, today), standing(facts.before, since)
    if facts.now.actual:
        return None if facts.before.actual else (Heading.COMPLETED, f"done {facts.now.actual.display()}")
    if stands.state is PlanState.OVERDUE and stood.state is not PlanState.OVERDUE and stands.when:
        return Heading.NEWLY_OVERDUE, f"was due {stands.when.display()}"
    return None if stands.state is PlanState.SAID_DONE else _moved(facts)


def _moved(facts: MilestoneFacts) -> tuple[Heading, str] | None:
    """How the plan moved against what it was at the end of the last period, not against its baseline."""
    before, after = _plan(facts.before), _plan(facts.now)
    moved = slip(before, after) if before and after else None
    if before is None or after is None or moved is None or moved.least == moved.most == 0:
        return None
    heading = Heading.SLIPPED if moved.least + moved.most > 0 else Heading.BROUGHT_FORWARD
    return heading, f"{before.display()} to {after.display()}, {moved.words}"


def _plan(statements: Statements) -> FuzzyDate | None:
    return statements.forecasts[-1] if statements.forecasts else statements.baseline
