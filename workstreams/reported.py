"""What the work tells a board report: plain values without rows behind them, kept inside a snapshot. Pure.

A workstream is named by its slug. Words that people read are made when the snapshot is taken, so that an old report
reads the same for ever. A field that a later release adds needs a default, so that older snapshots still open.
"""

from dataclasses import dataclass
from datetime import date

from programme.status import PlanState, Rag


@dataclass(frozen=True)
class MilestoneTold:
    """A milestone with its standing. `slip_days` is its newest date against the baseline, None where not known."""

    title: str
    workstream: str
    when: str
    state: PlanState
    state_words: str
    movement: str
    moves: int
    slip_days: int | None
    is_critical: bool
    owner: str
    start: date | None
    end: date | None
    done_told_on: date | None  # the day somebody recorded that it was done
    moved_on: date | None  # the day its date was last moved
    baseline: str = ""


@dataclass(frozen=True)
class AskTold:
    """Help or a decision that a workstream wants from above; `answer` is empty while it waits."""

    text: str
    workstream: str
    is_blocking: bool
    is_late: bool
    age_words: str
    wanted_by: date | None = None
    answer: str = ""


@dataclass(frozen=True)
class DecisionTold:
    """Something decided. `workstream` is empty where it is about the whole programme."""

    text: str
    workstream: str
    decided_by: str
    on: date


@dataclass(frozen=True)
class RiskTold:
    """An open risk with the action against it, where there is one that is not past its day."""

    text: str
    workstream: str
    likelihood: str
    impact: str
    score: int
    owner: str
    action: str
    action_by: date | None


@dataclass(frozen=True)
class IssueTold:
    """An open issue."""

    text: str
    workstream: str
    severity: str
    owner: str
    raised_on: date


@dataclass(frozen=True)
class VoiceTold:
    """Something heard, and what became of it. How many took part stands in words, under the small-number rule."""

    said: str
    workstream: str
    how: str
    audience: str
    level: str
    heard: str
    took_part: str
    state: str
    waiting: str
    is_answered: bool
    is_overdue: bool
    answer: str = ""  # what was decided or done


@dataclass(frozen=True)
class VoicesTold:
    """The log counted: its sentence, and by audience how often and how many, under the small-number rule."""

    sentence: str = ""
    audiences: tuple[tuple[str, int, str], ...] = ()
    voices: tuple[VoiceTold, ...] = ()


@dataclass(frozen=True)
class MoneyTold:
    """One funding line in whole pounds. What is not known is None, never nought."""

    workstream: str
    source: str
    year: int
    recurrent: bool
    budget: int | None
    forecast: int | None
    actual: int | None


@dataclass(frozen=True)
class PathTold:
    """How a workstream is to come back to Green, and how sure its lead is of the whole."""

    action: str = ""
    owner: str = ""
    by: date | None = None
    confidence: str = ""


@dataclass(frozen=True)
class ConditionTold:
    """A condition on which a gate was passed and that nobody has closed."""

    text: str
    owner: str
    due_on: date
    is_overdue: bool


@dataclass(frozen=True)
class GateTold:
    """A gate: when it is held, how it stands, who decides, and what is still to be done for it."""

    name: str
    workstream: str
    when: str
    movement: str
    state_words: str
    is_decided: bool
    is_overdue: bool
    to_decide: str
    decided_by: str
    reason: str
    criteria: str
    panel_gap: str
    conditions: tuple[ConditionTold, ...] = ()


@dataclass(frozen=True)
class GatesTold:
    """Every gate, the sentence about them all, and what about their order somebody should look at."""

    sentence: str = ""
    gates: tuple[GateTold, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class CorrectionTold:
    """A month's update that was corrected after the month had closed."""

    workstream: str
    month: str
    reason: str
    on: date


@dataclass(frozen=True)
class PlainTold:
    """A workstream in plain language: heading and text of each part."""

    workstream: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DefinitionTold:
    """What a rating means in this programme."""

    rating: Rag
    text: str
