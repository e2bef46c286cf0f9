"""Stage gates, their panels, criteria, outcomes and conditions, made by the real actions."""

from datetime import UTC, date, datetime
from typing import Any

from programme.models import Person, Programme, User
from tests.factories import people, work
from workstreams.actions import gate_outcomes, gate_parts
from workstreams.actions import gates as actions
from workstreams.actions.gate_outcomes import Condition, Decided
from workstreams.actions.gate_parts import CriterionFacts
from workstreams.gate_rules import Outcome, Sector
from workstreams.models import Gate, GateCondition, GateCriterion, GateOutcome, Workstream

WHEN = datetime(2026, 10, 1, 9, tzinfo=UTC)
HELD = date(2026, 10, 12)


def gate(
    programme: Programme,
    name: str = "Clinical model agreed",
    *,
    when: str = "March 2027",
    workstream: Workstream | None = None,
    after: Gate | None = None,
    by: User | None = None,
) -> Gate:
    """A gate, behind `after` or behind those that are there; with `when=""` it has no date yet."""
    row = Gate.objects.standing().filter(programme=programme, workstream=workstream)
    facts = actions.GateFacts(
        name, "Whether the work goes on.", "Evaluation panel", workstream, after or row.order_by("order", "pk").last()
    )
    return actions.add(programme=programme, facts=facts, when=work.said(when) if when else None, by=by, at=WHEN)


def criterion(gate: Gate, text: str = "The model is costed", state: str = "not_known", **about: Any) -> GateCriterion:
    return gate_parts.add_criterion(gate=gate, facts=CriterionFacts(text, state, **about), by=None, at=WHEN)


def seats(gate: Gate, *sectors: Sector) -> None:
    for sector in sectors:
        gate_parts.give_seat(gate=gate, sector=sector, words=f"A seat for {sector.words.lower()}", by=None, at=WHEN)


def decided(gate: Gate, kind: Outcome = Outcome.PASSED, *conditions: Condition, **about: Any) -> GateOutcome:
    """An outcome of 12 October 2026, recorded the day after unless `at` says when."""
    gate.refresh_from_db()
    told = {"reason": "" if kind in {Outcome.PASSED, Outcome.CONDITIONS} else "No quorum"} | about
    at = told.pop("at", datetime(2026, 10, 13, 9, tzinfo=UTC))
    said = Decided(
        kind, told.pop("decided_by", "Evaluation panel"), told.pop("on", HELD), told.pop("reason"), conditions
    )
    return gate_outcomes.decide(gate=gate, decided=said, version=gate.version, by=told.pop("by", None), at=at)


def condition(
    text: str = "Agree the money", owner: Person | None = None, due_on: date = date(2026, 10, 30)
) -> Condition:
    return Condition(text, owner or people.person(), due_on)


def conditional(programme: Programme, *, owner: Person | None = None, **about: Any) -> GateCondition:
    """The one condition, overdue since 30 October 2026, of a gate with something of everything."""
    made = gate(programme, **about)
    criterion(made)
    seats(made, Sector.NHS)
    gate_parts.add_evidence(gate=made, label="Costed model", url="https://example.nhs.uk/model", by=None, at=WHEN)
    return decided(made, Outcome.CONDITIONS, condition(owner=owner)).conditions.get()
