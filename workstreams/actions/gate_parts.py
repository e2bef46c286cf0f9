"""What belongs to a stage gate: seats on its panel, criteria with their evidence, and the evidence pack."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from programme.clock import now
from programme.history import recorded
from programme.links import checked_link
from programme.models import Person, User
from programme.refusals import Refused, Stale
from workstreams.gate_rules import UNNAMED, Met, Sector
from workstreams.models import Gate, GateCriterion, GateEvidence, GateSeat

Part = GateSeat | GateCriterion | GateEvidence


@transaction.atomic
def give_seat(
    *,
    gate: Gate,
    sector: str,
    by: User | None,
    person: Person | None = None,
    words: str = "",
    at: datetime | None = None,
) -> GateSeat:
    """Give a sector a seat on the panel: a person, or a seat in words."""
    moment = at or now()
    if person is not None and sector in UNNAMED:
        raise Refused(f"{Sector(sector).words} are never named here. Give them a seat without a name.")
    with recorded(by=by, action="Gave a seat on the panel of a stage gate", at=moment):
        return GateSeat.objects.create(gate=gate, sector=sector, person=person, words=words)


@dataclass(frozen=True)
class CriterionFacts:
    """A criterion, whether it is met, and what shows it."""

    text: str
    state: str = Met.NOT_KNOWN.value
    evidence: str = ""
    evidence_url: str = ""


@transaction.atomic
def add_criterion(*, gate: Gate, facts: CriterionFacts, by: User | None, at: datetime | None = None) -> GateCriterion:
    """Add something that has to be true for the gate to be passed."""
    moment = at or now()
    with recorded(by=by, action="Added a criterion of a stage gate", at=moment):
        return GateCriterion.objects.create(gate=gate, **_columns(facts))


@transaction.atomic
def change_criterion(
    *, criterion: GateCriterion, facts: CriterionFacts, version: int, by: User | None, at: datetime | None = None
) -> GateCriterion:
    """Change a criterion, say whether it is met, or say what shows it. Raises Stale."""
    current = GateCriterion.objects.select_for_update().get(pk=criterion.pk)
    if current.version != version:
        raise Stale(current)
    moment = at or now()
    with recorded(by=by, action="Changed a criterion of a stage gate", at=moment):
        for name, value in _columns(facts).items():
            setattr(current, name, value)
        current.version += 1
        current.save()
    return current


def _columns(facts: CriterionFacts) -> dict[str, str]:
    return {
        "text": facts.text,
        "state": facts.state,
        "evidence": facts.evidence,
        "evidence_url": followed(facts.evidence_url),
    }


@transaction.atomic
def add_evidence(*, gate: Gate, label: str, url: str, by: User | None, at: datetime | None = None) -> GateEvidence:
    """Add a document to the evidence pack."""
    moment = at or now()
    link = followed(url)
    if not link:
        raise Refused("Enter the link of the document.")
    with recorded(by=by, action="Added evidence to a stage gate", at=moment):
        return GateEvidence.objects.create(gate=gate, label=label, url=link, by=by)


@transaction.atomic
def take_out(*, part: Part, by: User | None, at: datetime | None = None) -> None:
    """Take a seat, a criterion or a document out. History keeps what it said."""
    moment = at or now()
    with recorded(by=by, action="Took something out of a stage gate", at=moment):
        part.delete()


def followed(url: str) -> str:
    """An address as it may be stored. Raises Refused where it cannot be followed."""
    try:
        return checked_link(url)
    except ValueError as error:
        raise Refused(f"{error}.") from error
