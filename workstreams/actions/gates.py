"""Setting stage gates: adding one, putting it in its place, stating when it is held, taking it out."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from programme.clock import now
from programme.dates import FuzzyDate
from programme.history import recorded
from programme.models import Programme, User
from programme.refusals import Refused, Stale
from workstreams.actions.milestones import columns
from workstreams.models import Gate, GateDate, Workstream

Statement = GateDate.Statement


@dataclass(frozen=True)
class GateFacts:
    """What a gate is, apart from its dates. `after` is the gate before it; without one it is the first."""

    name: str
    purpose: str = ""
    decided_by: str = ""
    workstream: Workstream | None = None
    after: Gate | None = None


@transaction.atomic
def add(
    *,
    programme: Programme,
    facts: GateFacts,
    by: User | None,
    when: FuzzyDate | None = None,
    at: datetime | None = None,
) -> Gate:
    """Add a gate in its place. The date given first is its baseline; it may have none yet."""
    moment = at or now()
    _refuse_strangers(programme, facts)
    with recorded(by=by, action="Added a stage gate", at=moment):
        gate = Gate.objects.create(
            programme=programme,
            workstream=facts.workstream,
            order=0,
            name=facts.name,
            purpose=facts.purpose,
            decided_by=facts.decided_by,
        )
        _put_in_order(gate, facts.after)
    if when is not None:
        GateDate.objects.create(gate=gate, statement=Statement.BASELINE, by=by, at=moment, **columns(when))
    return gate


@transaction.atomic
def change(*, gate: Gate, facts: GateFacts, version: int, by: User | None, at: datetime | None = None) -> Gate:
    """Change what a gate is, or its place among the others. Raises Stale where somebody else was faster."""
    current = locked(gate, version)
    _refuse_strangers(current.programme, facts)
    moment = at or now()
    with recorded(by=by, action="Changed the stage gate", at=moment):
        current.name, current.purpose = facts.name, facts.purpose
        current.decided_by, current.workstream = facts.decided_by, facts.workstream
        saved(current)
        _put_in_order(current, facts.after)
    return current


@transaction.atomic
def state_date(
    *, gate: Gate, when: FuzzyDate, reason: str, version: int, by: User | None, at: datetime | None = None
) -> GateDate:
    """State when a gate is held. The first statement is the baseline; each later one says why it moves."""
    current = locked(gate, version)
    first = not current.dates.exists()
    if not first and not reason.strip():
        raise Refused("Say why the date changes.")
    moment = at or now()
    statement = Statement.BASELINE if first else Statement.FORECAST
    with recorded(by=by, action="Dated the stage gate", reason=reason, at=moment):
        saved(current)
    return GateDate.objects.create(gate=current, statement=statement, reason=reason, by=by, at=moment, **columns(when))


@transaction.atomic
def remove(*, gate: Gate, reason: str, version: int, by: User | None, at: datetime | None = None) -> Gate:
    """Take a gate out of every list. One at which something was decided stays."""
    current = locked(gate, version)
    if current.outcomes.exists():
        raise Refused("Something has been decided at this gate, so it stays on record.")
    moment = at or now()
    with recorded(by=by, action="Took out a stage gate", reason=reason, at=moment):
        current.removed_at = moment
        return saved(current)


def locked(gate: Gate, version: int) -> Gate:
    """The gate as it is stored, held until the transaction ends. Raises Stale where it is not the version seen."""
    current = Gate.objects.select_for_update().get(pk=gate.pk)
    if current.version != version or current.removed_at is not None:
        raise Stale(current)
    return current


def saved(gate: Gate) -> Gate:
    """Stored under its next version."""
    gate.version += 1
    gate.save()
    return gate


def _refuse_strangers(programme: Programme, facts: GateFacts) -> None:
    if facts.workstream is not None and facts.workstream.programme_id != programme.pk:
        raise Refused("The workstream belongs to another programme.")


def _put_in_order(gate: Gate, after: Gate | None) -> None:
    """Number the gates that stand in one row with this one, with it behind `after`."""
    row = [
        each
        for each in Gate.objects.standing().filter(programme=gate.programme_id, workstream=gate.workstream_id)
        if each.pk != gate.pk
    ]
    place = next((number for number, each in enumerate(row, start=1) if after and each.pk == after.pk), 0)
    for number, each in enumerate([*row[:place], gate, *row[place:]], start=1):
        if each.order != number:
            each.order = number
            each.save(update_fields=["order"])
