"""How a milestone stands and how far it has moved. Pure: statements in, a state with words out.

Overdue only after the latest day a date can mean. Slip is measured against the baseline, which stays. A milestone
whose source says it was done, without anybody having confirmed it, is 'said to be done': neither done nor overdue.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from programme.dates import FuzzyDate, slip
from programme.status import PlanState
from programme.wording import counted

DUE_SOON_DAYS = 30


@dataclass(frozen=True)
class Statements:
    """What has been stated about one milestone, oldest forecast first."""

    baseline: FuzzyDate | None = None
    forecasts: Sequence[FuzzyDate] = ()
    actual: FuzzyDate | None = None
    said_done: bool = False

    @property
    def slip_days(self) -> int | None:
        """How many days the newest forecast's last day lies after the baseline's; None where either is not known."""
        newest = self.forecasts[-1].end if self.forecasts else None
        planned = self.baseline.end if self.baseline else None
        return (newest - planned).days if newest and planned else None


@dataclass(frozen=True)
class Standing:
    """A milestone's state, the date that counts, and its movement in words."""

    state: PlanState
    when: FuzzyDate | None
    moves: int
    movement: str
    days_overdue: int = 0

    @property
    def state_words(self) -> str:
        """'Overdue by 12 days', 'Done', 'Due soon'."""
        if self.state is PlanState.OVERDUE:
            return f"Overdue by {counted(self.days_overdue, 'day')}"
        return self.state.word


def standing(statements: Statements, today: date) -> Standing:
    """How a milestone stands on `today`."""
    planned = statements.forecasts[-1] if statements.forecasts else statements.baseline
    when = statements.actual or planned
    steps = len(statements.forecasts) - (0 if statements.baseline else 1)
    moves = max(0, steps)
    state = _state(statements, planned, today)
    overdue = (today - planned.end).days if state is PlanState.OVERDUE and planned and planned.end else 0
    return Standing(state, when, moves, _movement(statements, when, moves), overdue)


def _state(statements: Statements, planned: FuzzyDate | None, today: date) -> PlanState:
    if statements.actual:
        return PlanState.DONE
    if statements.said_done:
        return PlanState.SAID_DONE
    if planned is None or not planned.has_window:
        return PlanState.UNDATED
    if planned.is_past(today):
        return PlanState.OVERDUE
    if planned.end and planned.end <= today + timedelta(days=DUE_SOON_DAYS):
        return PlanState.DUE_SOON
    return PlanState.PLANNED


def _movement(statements: Statements, when: FuzzyDate | None, moves: int) -> str:
    """How the date moved against the first one stated: 'Moved twice: was March 2026 (61 days later)'."""
    first = statements.baseline or (statements.forecasts[0] if len(statements.forecasts) > 1 else None)
    if first is None or when is None:
        return "Baseline not recorded" if statements.baseline is None else ""
    slipped = slip(first, when)
    if statements.actual:
        return f"Planned for {first.display()}: {slipped.words}" if slipped else f"Planned for {first.display()}"
    if not moves:
        return ""
    times = {1: "once", 2: "twice"}.get(moves, f"{moves} times")
    words = f"Moved {times}: was {first.display()}"
    return f"{words}, now {slipped.words}" if slipped else words
