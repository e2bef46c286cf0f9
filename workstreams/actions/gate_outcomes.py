"""Deciding at a stage gate: the outcome with its conditions, and each condition until it is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from programme.clock import LONDON, now
from programme.history import recorded
from programme.models import Person, User
from programme.refusals import Refused, Stale
from workstreams.actions.gate_parts import followed
from workstreams.actions.gates import locked, saved
from workstreams.gate_rules import NOT_CONDITIONAL, Outcome, outcome_problem
from workstreams.models import Gate, GateCondition, GateOutcome


@dataclass(frozen=True)
class Condition:
    """Something on which the gate is passed: what, who answers for it, and by when."""

    text: str
    owner: Person
    due_on: date


@dataclass(frozen=True)
class Decided:
    """What was decided, by whom, when, why, and on which conditions. `on_words` where no single day is known."""

    kind: Outcome
    decided_by: str
    on: date
    reason: str = ""
    conditions: Sequence[Condition] = ()
    on_words: str = ""


@transaction.atomic
def decide(*, gate: Gate, decided: Decided, version: int, by: User | None, at: datetime | None = None) -> GateOutcome:
    """Record an outcome. It is added to the earlier ones, which stay. Raises Stale or Refused."""
    current = locked(gate, version)
    moment = at or now()
    problem = outcome_problem(
        decided.kind,
        reason=decided.reason,
        conditions=len(decided.conditions),
        criteria=list(current.criteria.values_list("state", flat=True)),
        decided_before=current.outcomes.exclude(kind=Outcome.DEFERRED).exists(),
    )
    if problem:
        raise Refused(problem)
    _refuse_future(decided.on, moment)
    with recorded(by=by, action="Recorded the outcome of a stage gate", reason=decided.reason, at=moment):
        saved(current)
        outcome = GateOutcome.objects.create(
            gate=current,
            kind=decided.kind,
            decided_by=decided.decided_by,
            on=decided.on,
            on_words=decided.on_words,
            reason=decided.reason,
            by=by,
            at=moment,
        )
        for each in decided.conditions:
            _add(outcome, each)
    return outcome


@transaction.atomic
def add_condition(
    *, gate: Gate, condition: Condition, version: int, by: User | None, at: datetime | None = None
) -> GateCondition:
    """Add a condition to the outcome that stands, where that was passed with conditions."""
    current = locked(gate, version)
    outcome = current.outcomes.last()
    if outcome is None or outcome.kind != Outcome.CONDITIONS:
        raise Refused(NOT_CONDITIONAL)
    moment = at or now()
    with recorded(by=by, action="Added a condition to a stage gate", at=moment):
        saved(current)
        return _add(outcome, condition)


def _add(outcome: GateOutcome, condition: Condition) -> GateCondition:
    if condition.due_on < outcome.on:
        raise Refused("A condition is due on the day of the outcome or later.")
    return GateCondition.objects.create(
        gate=outcome.gate,
        outcome=outcome,
        text=condition.text,
        owner=condition.owner,
        due_on=condition.due_on,
        raised_on=outcome.on,
    )


@transaction.atomic
def change_condition(
    *,
    condition: GateCondition,
    facts: Condition,
    reason: str,
    version: int,
    by: User | None,
    at: datetime | None = None,
) -> GateCondition:
    """Change a condition's words, owner or day, with the reason. Raises Stale, or Refused once it is closed."""
    current = _locked(condition, version)
    moment = at or now()
    with recorded(by=by, action="Changed a condition of a stage gate", reason=reason, at=moment):
        current.text, current.owner, current.due_on = facts.text, facts.owner, facts.due_on
        return _kept(current)


@transaction.atomic
def close_condition(
    *,
    condition: GateCondition,
    how: str,
    on: date,
    version: int,
    by: User | None,
    evidence_url: str = "",
    at: datetime | None = None,
) -> GateCondition:
    """Close a condition with what shows that it is met. Raises Stale or Refused."""
    current = _locked(condition, version)
    moment = at or now()
    _refuse_future(on, moment)
    if not how.strip():
        raise Refused("Say what shows that the condition is met.")
    if on < current.raised_on:
        raise Refused("A condition cannot be met before it was made.")
    with recorded(by=by, action="Closed a condition of a stage gate", at=moment):
        current.closed_on, current.closed_how, current.evidence_url = on, how, followed(evidence_url)
        return _kept(current)


def _locked(condition: GateCondition, version: int) -> GateCondition:
    current = GateCondition.objects.select_for_update().get(pk=condition.pk)
    if current.version != version:
        raise Stale(current)
    if current.closed_on is not None:
        raise Refused("This condition is closed.")
    return current


def _kept(condition: GateCondition) -> GateCondition:
    condition.version += 1
    condition.save()
    return condition


def _refuse_future(day: date, moment: datetime) -> None:
    if day > moment.astimezone(LONDON).date():
        raise Refused("The day cannot be in the future.")
