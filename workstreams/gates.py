"""The gates of a programme as they are read, on their page and in reports: frozen, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from programme.models import Programme
from workstreams.gate_rules import (
    GateStanding,
    Outcome,
    Panel,
    Placed,
    condition_words,
    conditions_sentence,
    criteria_sentence,
    gate_standing,
    gates_sentence,
    order_doubts,
    panel,
)
from workstreams.models import Gate, GateCondition, GateOutcome, GateQuerySet
from workstreams.slippage import Standing, as_statements, standing


@dataclass(frozen=True)
class ConditionLine:
    """A condition: what, whose, by when, and how it stands."""

    key: int
    text: str
    owner: str
    due_on: date
    is_open: bool
    is_overdue: bool
    state_words: str
    closed_on: date | None
    closed_how: str
    evidence_url: str


@dataclass(frozen=True)
class GateLine:
    """A gate as readers see it. `number` is its place among the gates of the programme, or of its workstream."""

    key: int
    number: int
    name: str
    workstream: str  # empty for the whole programme
    workstream_slug: str
    when_words: str
    movement: str
    standing: GateStanding
    to_decide: str  # who is to decide
    decided_by: str
    decided_on: date | None
    decided_words: str
    reason: str
    criteria: str
    panel: Panel
    conditions: tuple[ConditionLine, ...]

    @property
    def open_conditions(self) -> tuple[ConditionLine, ...]:
        """Those nobody has closed."""
        return tuple(each for each in self.conditions if each.is_open)

    @property
    def conditions_words(self) -> str:
        """How many are open, in a sentence."""
        return conditions_sentence(len(self.open_conditions), sum(each.is_overdue for each in self.conditions))


@dataclass(frozen=True)
class ProgrammeGates:
    """All gates in a sentence, one by one, and what about their order somebody should look at."""

    sentence: str
    lines: tuple[GateLine, ...]
    doubts: tuple[str, ...]

    @property
    def overdue_conditions(self) -> tuple[ConditionLine, ...]:
        """Open conditions whose day has passed."""
        return tuple(each for line in self.lines for each in line.conditions if each.is_overdue)


def gates_of_programme(programme: Programme, day: date) -> ProgrammeGates:
    """Every gate of a programme as it stands on `day`: what a board report prints, in few queries however many."""
    return read_gates(Gate.objects.standing().filter(programme=programme), day)


def read_gates(gates: GateQuerySet, day: date) -> ProgrammeGates:
    """The same for any gates of one programme."""
    rows = list(gates.in_order().with_everything())
    lines = [gate_line(row, day, number) for number, row in _numbered(rows)]
    conditions = [each for line in lines for each in line.conditions]
    waiting = [line for line in lines if not line.standing.state.is_decided]
    sentence = gates_sentence(
        gates=len(lines),
        decided=len(lines) - len(waiting),
        next_up=_next_words(waiting[0]) if waiting else "",
        open_conditions=sum(each.is_open for each in conditions),
        overdue_conditions=sum(each.is_overdue for each in conditions),
    )
    return ProgrammeGates(sentence, tuple(lines), tuple(_doubts(rows, lines, day)))


def _numbered(rows: Iterable[Gate]) -> Iterable[tuple[int, Gate]]:
    """Each with its place among those that stand in one row with it."""
    count: dict[int | None, int] = {}
    for row in rows:
        count[row.workstream_id] = count.get(row.workstream_id, 0) + 1
        yield count[row.workstream_id], row


def _next_words(line: GateLine) -> str:
    state = line.standing.state_words
    return f"“{line.name}”, {line.when_words} ({state[:1].lower()}{state[1:]})"


def _doubts(rows: Sequence[Gate], lines: Sequence[GateLine], day: date) -> Iterable[str]:
    by_row: dict[int | None, list[Placed]] = {}
    for row, line in zip(rows, lines, strict=True):
        placed = Placed(line.name, line.standing.state.is_decided, dates_of(row, day).when)
        by_row.setdefault(row.workstream_id, []).append(placed)
    for members in by_row.values():
        yield from order_doubts(members)


def dates_of(gate: Gate, day: date) -> Standing:
    """When it is held and how that moved; uses the prefetched dates."""
    stated = sorted(gate.dates.all(), key=lambda each: (each.at, each.pk))
    return standing(as_statements([(str(each.statement), each.window) for each in stated]), day)


def gate_line(gate: Gate, day: date, number: int) -> GateLine:
    """One gate; uses what `with_everything` brought along."""
    dates = dates_of(gate, day)
    outcomes = list(gate.outcomes.all())
    newest = outcomes[-1] if outcomes else None
    conditions = tuple(condition_line(each, day) for each in gate.conditions.all())
    workstream = gate.standing_workstream
    return GateLine(
        key=gate.pk,
        number=number,
        name=gate.name,
        workstream=workstream.name if workstream else "",
        workstream_slug=workstream.slug if workstream else "",
        when_words=_when_words(dates, is_decided=newest is not None),
        movement="" if dates.movement == "Baseline not recorded" else dates.movement,
        standing=_standing(gate, newest, dates, conditions),
        to_decide=gate.decided_by,
        decided_by=newest.decided_by if newest else "",
        decided_on=newest.on if newest else None,
        decided_words=newest.when_words if newest else "",
        reason=newest.reason if newest else "",
        criteria=criteria_sentence([each.state for each in gate.criteria.all()]),
        panel=panel([each.sector for each in gate.seats.all()]),
        conditions=conditions,
    )


def _when_words(dates: Standing, *, is_decided: bool) -> str:
    if dates.when:
        return dates.when.display()
    return "no date recorded" if is_decided else "no date yet"


def _standing(
    gate: Gate, newest: GateOutcome | None, dates: Standing, conditions: Sequence[ConditionLine]
) -> GateStanding:
    since = newest is not None and newest.kind == Outcome.DEFERRED and any(d.at > newest.at for d in gate.dates.all())
    return gate_standing(
        newest.kind if newest else None,
        dates,
        open_conditions=sum(each.is_open for each in conditions),
        dated_since=since,
    )


def condition_line(condition: GateCondition, day: date) -> ConditionLine:
    """One condition; uses its prefetched owner."""
    who = condition.who
    return ConditionLine(
        key=condition.pk,
        text=condition.text,
        owner=who.name if who else "",
        due_on=condition.due_on,
        is_open=condition.is_open,
        is_overdue=condition.is_open and condition.due_on < day,
        state_words=condition_words(due_on=condition.due_on, closed_on=condition.closed_on, today=day),
        closed_on=condition.closed_on,
        closed_how=condition.closed_how,
        evidence_url=condition.evidence_url,
    )
