"""Adding workstreams and changing who leads them and how they stand."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify

from programme.clock import now
from programme.history import recorded
from programme.models import ImportBatch, Person, Programme, User
from workstreams.models import Assignment, Objective, Workstream, WorkstreamStatus

SLUG_LENGTH = 60


def free_slug(programme: Programme, name: str) -> str:
    """An address for a workstream that no other in the programme has."""
    base = slugify(name)[:SLUG_LENGTH].strip("-") or "workstream"
    taken = set(programme.workstreams.values_list("slug", flat=True))
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)


@transaction.atomic
def add(
    *,
    programme: Programme,
    name: str,
    by: User | None,
    purpose: str = "",
    slug: str = "",
    parent: Workstream | None = None,
    aliases: Iterable[str] = (),
    is_example: bool = False,
    batch: ImportBatch | None = None,
    source_line: int | None = None,
) -> Workstream:
    """Add a workstream. It is 'proposed' until a status is set."""
    with recorded(by=by, action="Added the workstream"):
        return Workstream.objects.create(
            programme=programme,
            name=name,
            slug=slug or free_slug(programme, name),
            purpose=purpose,
            parent=parent,
            aliases=list(aliases),
            is_example=is_example,
            batch=batch,
            source_line=source_line,
        )


@transaction.atomic
def set_status(
    *,
    workstream: Workstream,
    status: str,
    since: date,
    by: User | None,
    since_words: str = "",
    reason: str = "",
    at: datetime | None = None,
    batch: ImportBatch | None = None,
    source_line: int | None = None,
) -> WorkstreamStatus:
    """Say how the workstream stands from a day on."""
    with recorded(by=by, action="Set the workstream's status", reason=reason):
        return WorkstreamStatus.objects.create(
            workstream=workstream,
            status=status,
            since=since,
            since_words=since_words,
            reason=reason,
            by=by,
            at=at or now(),
            batch=batch,
            source_line=source_line,
        )


@transaction.atomic
def assign(
    *,
    workstream: Workstream,
    person: Person,
    role: str,
    since: date,
    by: User | None,
    until: date | None = None,
    batch: ImportBatch | None = None,
    source_line: int | None = None,
) -> Assignment:
    """Make a person lead, deputy or sponsor between two days. Joint leads are several assignments."""
    with recorded(by=by, action=f"Assigned a {Assignment.Role(role).label.lower()}"):
        return Assignment.objects.create(
            workstream=workstream,
            person=person,
            role=role,
            since=since,
            until=until,
            batch=batch,
            source_line=source_line,
        )


@transaction.atomic
def add_objective(
    *,
    workstream: Workstream,
    number: int,
    text: str,
    by: User | None,
    is_priority: bool = False,
    batch: ImportBatch | None = None,
    source_line: int | None = None,
) -> Objective:
    """Add a numbered objective."""
    with recorded(by=by, action="Added an objective"):
        return Objective.objects.create(
            workstream=workstream,
            number=number,
            text=text,
            is_priority=is_priority,
            batch=batch,
            source_line=source_line,
        )
