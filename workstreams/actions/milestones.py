"""Adding milestones and stating their dates. A date is never changed: a new statement is added, with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from programme.clock import LONDON, now
from programme.dates import FuzzyDate
from programme.history import recorded
from programme.links import checked_link
from programme.models import ImportBatch, Person, Place, User
from programme.refusals import Refused, Stale
from workstreams.models import Milestone, MilestoneDate, Phase, PhaseDate, Pilot, Workstream

Statement = MilestoneDate.Statement


@transaction.atomic
def add_phase(
    *,
    workstream: Workstream,
    name: str,
    order: int,
    by: User | None,
    window: FuzzyDate | None = None,
    at: datetime | None = None,
    batch: ImportBatch | None = None,
    source_line: int | None = None,
) -> Phase:
    """Add a phase of the plan, with its window where one is stated."""
    with recorded(by=by, action="Added a phase"):
        phase = Phase.objects.create(
            workstream=workstream, name=name, order=order, batch=batch, source_line=source_line
        )
        if window is not None:
            PhaseDate.objects.create(
                phase=phase, statement=Statement.FORECAST, by=by, at=at or now(), batch=batch, source_line=source_line,
                **columns(window),
            )  # fmt: skip
    return phase


@transaction.atomic
def add(
    *,
    workstream: Workstream,
    title: str,
    by: User | None,
    when: FuzzyDate | None = None,
    phase: Phase | None = None,
    owner: Person | None = None,
    is_critical: bool = False,
    at: datetime | None = None,
    tense: str = "",
    places: Sequence[Place] = (),
    pilot: Pilot | None = None,
    pilot_step: str = "",
    batch: ImportBatch | None = None,
    source_line: int | None = None,
) -> Milestone:
    """Add a deliverable. Its first date is the baseline, except from an import, which never invents one."""
    moment = at or now()
    with recorded(by=by, action="Added the milestone"):
        milestone = Milestone.objects.create(
            workstream=workstream,
            title=title,
            phase=phase,
            owner=owner,
            is_critical=is_critical,
            tense=tense,
            pilot=pilot,
            pilot_step=pilot_step,
            batch=batch,
            source_line=source_line,
        )
        if places:
            milestone.places.set(places)
        if when is not None:
            statement = Statement.FORECAST if batch else Statement.BASELINE
            state(milestone, statement, when, by=by, at=moment, batch=batch, source_line=source_line)
    return milestone


@dataclass(frozen=True)
class Details:
    """What a milestone is, apart from its dates."""

    title: str
    phase: Phase | None
    owner: Person | None
    is_critical: bool
    evidence_url: str = ""
    evidence_label: str = ""
    places: Sequence[Place] | None = None  # None leaves them as they are


@transaction.atomic
def edit(*, milestone: Milestone, details: Details, version: int, by: User | None) -> Milestone:
    """Change what a milestone is, apart from its dates. Raises Stale, or Refused where the link cannot be kept."""
    current = locked(milestone, version)
    try:
        link = checked_link(details.evidence_url)
    except ValueError as error:
        raise Refused(f"{error}.") from error
    with recorded(by=by, action="Changed the milestone"):
        current.title, current.phase, current.owner = details.title, details.phase, details.owner
        current.is_critical = details.is_critical
        current.evidence_url, current.evidence_label = link, details.evidence_label.strip() if link else ""
        current.version += 1
        current.save()
        if details.places is not None:
            current.places.set(details.places)
    return current


@transaction.atomic
def move(
    *, milestone: Milestone, when: FuzzyDate, reason: str, version: int, by: User | None, at: datetime | None = None
) -> MilestoneDate:
    """State a new forecast, with the reason. Raises Stale or Refused; the baseline stays as it is."""
    current = locked(milestone, version)
    if current.dates.filter(statement=Statement.ACTUAL).exists():
        raise Refused("This milestone is done. Its date can no longer move.")
    if not reason.strip():
        raise Refused("Say why the date changes.")
    with recorded(by=by, action="Moved the milestone", reason=reason):
        stated = state(current, Statement.FORECAST, when, by=by, at=at or now(), reason=reason)
        confirmed(current)
    return stated


@transaction.atomic
def complete(
    *, milestone: Milestone, when: FuzzyDate, version: int, by: User | None, at: datetime | None = None, note: str = ""
) -> MilestoneDate:
    """Record when a milestone was done. Not in the future, and only once."""
    current = locked(milestone, version)
    moment = at or now()
    if current.dates.filter(statement=Statement.ACTUAL).exists():
        raise Refused("This milestone has already been recorded as done.")
    if _begins_after(when, moment.astimezone(LONDON).date()):
        raise Refused("A milestone can only be done today or earlier.")
    with recorded(by=by, action="Recorded the milestone as done", reason=note):
        stated = state(current, Statement.ACTUAL, when, by=by, at=moment, reason=note)
        confirmed(current)
    return stated


def _begins_after(when: FuzzyDate, day: date) -> bool:
    return when.start is not None and when.start > day


def locked(milestone: Milestone, version: int) -> Milestone:
    """The milestone as it is stored, held until the transaction ends. Raises Stale where it is not the version seen."""
    current = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if current.version != version:
        raise Stale(current)
    return current


def confirmed(milestone: Milestone) -> None:
    """A person has spoken, so what the source's tense suggested no longer counts."""
    milestone.tense = ""
    milestone.version += 1
    milestone.save()


def columns(when: FuzzyDate) -> dict[str, Any]:
    """A date as the columns of a StatedDate."""
    return {
        "words": when.text,
        "start": when.start,
        "end": when.end,
        "precision": when.precision.value,
        "ambiguous": when.ambiguous,
        "basis": when.basis,
    }


def state(
    milestone: Milestone,
    statement: str,
    when: FuzzyDate,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    batch: ImportBatch | None = None,
    source_line: int | None = None,
) -> MilestoneDate:
    """Append a statement. The callers above and in baselines.py say when that may be done."""
    return MilestoneDate.objects.create(
        milestone=milestone,
        statement=statement,
        by=by,
        at=at,
        reason=reason,
        batch=batch,
        source_line=source_line,
        **columns(when),
    )
