"""How a milestone stands and how far it has moved. Pure: statements in, a state with words out.

Overdue only after the latest day a date can mean. Slip is measured against the baseline in force; a baseline agreed
anew starts the count of moves again, and what was planned before stays in the words. A milestone whose source says it
was done, without anybody having confirmed it, is 'said to be done': neither done nor overdue. What was given up when
its workstream closed is dropped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from programme.dates import FuzzyDate, slip
from programme.status import PlanState
from programme.wording import counted

DUE_SOON_DAYS = 30


@dataclass(frozen=True)
class Statements:
    """What has been stated about one milestone, oldest forecast first.

    `forecasts` are those stated since the baseline in force. `replaced` holds the baselines that were in force before
    it, oldest first, and `moves_before` counts the forecasts stated under them.
    """

    baseline: FuzzyDate | None = None
    forecasts: Sequence[FuzzyDate] = ()
    actual: FuzzyDate | None = None
    said_done: bool = False
    replaced: Sequence[FuzzyDate] = ()
    moves_before: int = 0
    dropped: bool = False

    @property
    def slip_days(self) -> int | None:
        """How many days the newest forecast's last day lies after the baseline's; None where either is not known."""
        newest = self.forecasts[-1].end if self.forecasts else None
        planned = self.baseline.end if self.baseline else None
        return (newest - planned).days if newest and planned else None


def as_statements(
    said: Iterable[tuple[str, FuzzyDate]], *, said_done: bool = False, dropped: bool = False
) -> Statements:
    """Statements from what was stated, oldest first, as pairs of 'baseline', 'forecast' or 'actual' and a date.

    A baseline that comes after other dates was agreed anew. Where the first one was never recorded, the first
    forecast takes its place among what was replaced, so that nothing that was once planned is forgotten.
    """
    baselines: list[FuzzyDate] = []
    forecasts: list[FuzzyDate] = []
    actual, moves_before = None, 0
    for kind, window in said:
        if kind == "actual":
            actual = actual or window
        elif kind == "forecast":
            forecasts.append(window)
        else:
            if forecasts and not baselines:
                baselines.append(forecasts.pop(0))
            baselines.append(window)
            moves_before += len(forecasts)
            forecasts = []
    baseline = baselines[-1] if baselines else None
    return Statements(baseline, tuple(forecasts), actual, said_done, tuple(baselines[:-1]), moves_before, dropped)


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
    if statements.dropped:
        return PlanState.DROPPED
    if statements.said_done:
        return PlanState.SAID_DONE
    return _planned_state(planned, today)


def _planned_state(planned: FuzzyDate | None, today: date) -> PlanState:
    """Where something that is still to be done stands."""
    if planned is None or not planned.has_window:
        return PlanState.UNDATED
    if planned.is_past(today):
        return PlanState.OVERDUE
    if planned.end and planned.end <= today + timedelta(days=DUE_SOON_DAYS):
        return PlanState.DUE_SOON
    return PlanState.PLANNED


def _movement(statements: Statements, when: FuzzyDate | None, moves: int) -> str:
    """How the date moved: 'Moved twice: was March 2026, now 61 days later. New baseline agreed: first October 2025'."""
    parts = [_against_baseline(statements, when, moves), _before(statements)]
    return ". ".join(part for part in parts if part)


def _against_baseline(statements: Statements, when: FuzzyDate | None, moves: int) -> str:
    first = statements.baseline or (statements.forecasts[0] if len(statements.forecasts) > 1 else None)
    if first is None or when is None:
        return "Baseline not recorded" if statements.baseline is None else ""
    if statements.actual:
        done = punctuality(first, statements.actual)
        return f"Planned for {first.display()}: {done}" if done else f"Planned for {first.display()}"
    if not moves:
        return ""
    slipped = slip(first, when)
    words = f"Moved {times(moves)}: was {first.display()}"
    return f"{words}, now {slipped.words}" if slipped else words


def _before(statements: Statements) -> str:
    """What was planned before the baseline was agreed anew."""
    if not statements.replaced:
        return ""
    count, before = len(statements.replaced), statements.moves_before
    again = "New baseline agreed" if count == 1 else f"New baseline agreed {times(count)}"
    moved = f", moved {times(before)} before that" if before else ""
    return f"{again}: first planned for {statements.replaced[0].display()}{moved}"


def times(count: int) -> str:
    """'once', 'twice', '3 times'."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def punctuality(planned: FuzzyDate, actual: FuzzyDate) -> str:
    """'done on time', 'done 2 days late', 'done 29 days early', with a range where the day it was done is a window.

    Late is after the last day the plan can mean and early before its first. Empty where nobody can say.
    """
    if actual.start is None or actual.end is None or (planned.start is None and planned.end is None):
        return ""
    least, most = _off(planned, actual.start), _off(planned, actual.end)
    if least == most == 0:
        return "done on time"
    if least < 0 < most:
        return f"done between {counted(-least, 'day')} early and {counted(most, 'day')} late"
    low, high = sorted((abs(least), abs(most)))
    days = counted(high, "day") if low == high else f"{low} to {counted(high, 'day')}"
    return f"done {days} {'late' if most > 0 else 'early'}"


def _off(planned: FuzzyDate, day: date) -> int:
    """Days by which a day lies after the plan's window, or before it as a negative number."""
    if planned.end and day > planned.end:
        return (day - planned.end).days
    if planned.start and day < planned.start:
        return (day - planned.start).days
    return 0


def is_after_closure(when: FuzzyDate | None, closed_on: date | None) -> bool:
    """Whether a milestone lies after the day its workstream closed: whatever day it means is a later one."""
    if when is None or closed_on is None or not when.has_window:
        return False
    return (when.start or when.end or date.min) > closed_on
