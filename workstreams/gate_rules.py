"""The rules of stage gates: who sits on a panel, what an outcome needs, how a gate stands, and in which order. Pure.

A gate is decided by its newest outcome. One that was deferred waits until it is decided again, and is overdue only once
a date stated since then has passed. Nobody is told that a panel speaks for young people where no young person and no
family has a seat on it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final

from programme.dates import FuzzyDate
from programme.status import PlanState
from programme.wording import counted, listed
from workstreams.slippage import Standing

# ---- Panels ---------------------------------------------------------------------------------------------------------


class Sector(StrEnum):
    """Where somebody on a panel comes from."""

    NHS = "nhs"
    COMMISSIONERS = "commissioners"
    COUNCIL = "council"
    PUBLIC_HEALTH = "public_health"
    SCHOOLS = "schools"
    VOLUNTARY = "voluntary"
    PRIMARY_CARE = "primary_care"
    YOUNG_PEOPLE = "young_people"
    PARENTS_CARERS = "parents_carers"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The sector as it is shown."""
        return _SECTORS[self]


_SECTORS: Final[dict[Sector, str]] = {
    Sector.NHS: "NHS provider",
    Sector.COMMISSIONERS: "NHS commissioners",
    Sector.COUNCIL: "Council",
    Sector.PUBLIC_HEALTH: "Public health",
    Sector.SCHOOLS: "Schools and colleges",
    Sector.VOLUNTARY: "Voluntary sector",
    Sector.PRIMARY_CARE: "Primary care",
    Sector.YOUNG_PEOPLE: "Young people",
    Sector.PARENTS_CARERS: "Parents and carers",
    Sector.OTHER: "Somebody else",
}
SECTORS: Final = [(sector.value, sector.words) for sector in Sector]
# Those whose seats never carry a name: what they say must not be traced to a child or a family.
UNNAMED: Final = frozenset({Sector.YOUNG_PEOPLE, Sector.PARENTS_CARERS})
# The partners that a panel is asked about; who else may sit on it is the programme's affair.
_SEAT_WORDS: Final[dict[Sector, str]] = {
    Sector.NHS: "the NHS provider",
    Sector.COUNCIL: "the council",
    Sector.SCHOOLS: "schools and colleges",
    Sector.VOLUNTARY: "the voluntary sector",
    Sector.PRIMARY_CARE: "primary care",
}


@dataclass(frozen=True)
class Panel:
    """What a panel lacks: `gap` where young people or families have no seat, `also` the other partners without one."""

    seats: int
    gap: str
    also: str

    @property
    def is_recorded(self) -> bool:
        """Whether anybody is on it at all."""
        return self.seats > 0


def panel(sectors: Sequence[str]) -> Panel:
    """Read a panel by the sectors of its seats. A panel nobody has recorded lacks nobody in particular."""
    held = {Sector(each) for each in sectors}
    if not held:
        return Panel(0, "", "")
    gap, absent = _gap(held), [_SEAT_WORDS[sector] for sector in _SEAT_WORDS if sector not in held]
    verb = "It also has no seat for" if gap else "It has no seat for"
    return Panel(len(sectors), gap, f"{verb} {listed(absent)}." if absent else "")


def _gap(held: Collection[Sector]) -> str:
    young, families = Sector.YOUNG_PEOPLE in held, Sector.PARENTS_CARERS in held
    if young and families:
        return ""
    if not young and not families:
        return "No young people and no parents or carers are on this panel."
    return "No parents or carers are on this panel." if young else "No young people are on this panel."


# ---- Criteria -------------------------------------------------------------------------------------------------------


class Met(StrEnum):
    """Whether a criterion is met."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"

    @property
    def words(self) -> str:
        """As it is shown."""
        return {Met.MET: "Met", Met.NOT_MET: "Not met", Met.NOT_KNOWN: "Not known yet"}[self]


MET_CHOICES: Final = [(each.value, each.words) for each in Met]


def criteria_sentence(states: Sequence[str]) -> str:
    """All criteria in one sentence: '2 of 4 criteria are met, 1 is not met and 1 is not known yet'."""
    if not states:
        return "No criteria have been set."
    count = {each: states.count(each.value) for each in Met}
    if len(states) == 1 and not count[Met.MET]:
        return f"The only criterion is {Met(states[0]).words.lower()}."
    if count[Met.MET] == len(states):
        return {1: "The only criterion is met.", 2: "Both criteria are met."}.get(
            len(states), f"All {len(states)} criteria are met."
        )
    first = f"{count[Met.MET]} of {counted(len(states), 'criterion', 'criteria')} {_are(count[Met.MET])} met"
    rest = [
        f"{count[each]} {_are(count[each])} {each.words.lower()}"
        for each in (Met.NOT_MET, Met.NOT_KNOWN)
        if count[each]
    ]
    return f"{listed([first, *rest])}."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


# ---- Outcomes -------------------------------------------------------------------------------------------------------


class Outcome(StrEnum):
    """What was decided at a gate."""

    PASSED = "passed"
    CONDITIONS = "conditions"
    DEFERRED = "deferred"
    STOPPED = "stopped"

    @property
    def words(self) -> str:
        """As it is shown."""
        return _OUTCOMES[self][0]

    @property
    def meaning(self) -> str:
        """What follows from it, beside the choice."""
        return _OUTCOMES[self][1]


_OUTCOMES: Final[dict[Outcome, tuple[str, str]]] = {
    Outcome.PASSED: ("Passed", "The work goes on to the next stage."),
    Outcome.CONDITIONS: (
        "Passed with conditions",
        "The work goes on; each condition has an owner and a day by which it is met.",
    ),
    Outcome.DEFERRED: ("Deferred", "Nothing was decided. The gate is held again later."),
    Outcome.STOPPED: ("Stopped", "The work does not go on."),
}
OUTCOMES: Final = [(each.value, each.words) for each in Outcome]
NO_CONDITION: Final = "Give at least one condition, with its owner and its day."
NOT_CONDITIONAL: Final = "Only a gate that is passed with conditions has conditions."


def outcome_problem(
    kind: Outcome, *, reason: str, conditions: int, criteria: Sequence[str] = (), decided_before: bool = False
) -> str:
    """Why an outcome cannot be recorded as it is, in words for whoever records it; empty where it can."""
    if (kind is Outcome.CONDITIONS) != bool(conditions):
        return NO_CONDITION if kind is Outcome.CONDITIONS else NOT_CONDITIONAL
    return "" if reason.strip() else _reason_missing(kind, criteria, decided_before=decided_before)


def _reason_missing(kind: Outcome, criteria: Sequence[str], *, decided_before: bool) -> str:
    if kind in {Outcome.DEFERRED, Outcome.STOPPED}:
        return f"Say why it is {kind.words.lower()}."
    if decided_before:
        return "Say why the gate is decided again."
    if kind is Outcome.PASSED and any(each != Met.MET for each in criteria):
        return "Not every criterion is met. Say why the gate is passed all the same."
    return ""


# ---- How a gate stands ----------------------------------------------------------------------------------------------


class GateState(StrEnum):
    """Where a gate stands."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    PLANNED = "planned"
    UNDATED = "undated"
    DEFERRED = "deferred"
    CONDITIONS = "conditions"
    PASSED = "passed"
    STOPPED = "stopped"

    @property
    def word(self) -> str:
        """The word shown in a drawing."""
        return _STATES[self]

    @property
    def is_decided(self) -> bool:
        """Whether the gate needs nobody any more."""
        return self in {GateState.CONDITIONS, GateState.PASSED, GateState.STOPPED}


_STATES: Final[dict[GateState, str]] = {
    GateState.OVERDUE: "Outcome overdue",
    GateState.DUE_SOON: "Soon",
    GateState.PLANNED: "Planned",
    GateState.UNDATED: "No date",
    GateState.DEFERRED: "Deferred",
    GateState.CONDITIONS: "Passed with conditions",
    GateState.PASSED: "Passed",
    GateState.STOPPED: "Stopped",
}
_PLANNED: Final[dict[PlanState, GateState]] = {
    PlanState.OVERDUE: GateState.OVERDUE,
    PlanState.DUE_SOON: GateState.DUE_SOON,
    PlanState.PLANNED: GateState.PLANNED,
    PlanState.UNDATED: GateState.UNDATED,
}


@dataclass(frozen=True)
class GateStanding:
    """How a gate stands: its state and the same in words."""

    state: GateState
    state_words: str


def gate_standing(
    outcome: str | None, dates: Standing, *, open_conditions: int = 0, dated_since: bool = True
) -> GateStanding:
    """A gate by its newest outcome and its dates. `dated_since`: a date was stated after it was deferred."""
    if outcome in {Outcome.PASSED, Outcome.STOPPED}:
        state = GateState(str(outcome))
        return GateStanding(state, state.word)
    if outcome == Outcome.CONDITIONS:
        left = f"{open_conditions} open" if open_conditions else "all closed"
        return GateStanding(GateState.CONDITIONS, f"{GateState.CONDITIONS.word}, {left}")
    state = _PLANNED[dates.state]
    if outcome == Outcome.DEFERRED and not (dated_since and state is GateState.OVERDUE):
        words = GateState.DEFERRED.word if dated_since else f"{GateState.DEFERRED.word}, no new date yet"
        return GateStanding(GateState.DEFERRED, words)
    if state is GateState.OVERDUE:
        return GateStanding(state, f"{state.word} by {counted(dates.days_overdue, 'day')}")
    return GateStanding(state, state.word)


def condition_words(*, due_on: date, closed_on: date | None, today: date) -> str:
    """'Closed', 'Open' or 'Overdue by 12 days'."""
    if closed_on is not None:
        return "Closed"
    late = (today - due_on).days
    return f"Overdue by {counted(late, 'day')}" if late > 0 else "Open"


# ---- Order ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Placed:
    """A gate in its place: its name, whether it is decided, and when it is."""

    name: str
    is_decided: bool
    when: FuzzyDate | None


def order_doubts(gates: Sequence[Placed]) -> list[str]:
    """What about the order of gates, first to last, somebody should look at."""
    doubts = []
    for number, (before, after) in enumerate(pairwise(gates), start=1):
        if after.is_decided and not before.is_decided:
            doubts.append(f"“{after.name}” was decided although “{before.name}” before it has no outcome.")
        elif _lies_before(after.when, before.when):
            doubts.append(f"“{after.name}” is dated before “{before.name}”, which is gate {number}.")
    return doubts


def _lies_before(later: FuzzyDate | None, earlier: FuzzyDate | None) -> bool:
    if later is None or earlier is None or later.end is None or earlier.start is None:
        return False
    return later.end < earlier.start


def gates_sentence(*, gates: int, decided: int, next_up: str, open_conditions: int, overdue_conditions: int) -> str:
    """All gates in one sentence or three. `next_up` names the first undecided gate with its date."""
    if not gates:
        return "No stage gates have been set."
    if decided == gates:
        said = ["The only gate has been decided." if gates == 1 else f"All {gates} gates have been decided."]
    else:
        have = "has" if decided == 1 else "have"
        said = [f"{decided} of {counted(gates, 'gate')} {have} been decided."]
    if next_up:
        said.append(f"Next: {next_up}.")
    if open_conditions:
        said.append(conditions_sentence(open_conditions, overdue_conditions))
    return " ".join(said)


def conditions_sentence(open_still: int, overdue: int) -> str:
    """How many conditions are open and how many of them are late, in one sentence."""
    said = f"{counted(open_still, 'condition')} {_are(open_still)} open"
    if not overdue:
        return f"{said}."
    return f"{said} and overdue." if overdue == open_still else f"{said}, {overdue} of them overdue."
