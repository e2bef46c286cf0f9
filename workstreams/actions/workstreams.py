"""Adding workstreams and changing who leads them and how they stand."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify

from programme.actions.programmes import followed
from programme.clock import LONDON, now
from programme.history import recorded
from programme.models import ImportBatch, Person, Programme, User
from programme.refusals import Refused, Stale
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
    at: datetime | None = None,
    batch: ImportBatch | None = None,
    source_line: int | None = None,
) -> Workstream:
    """Add a workstream. It is 'proposed' until a status is set."""
    with recorded(by=by, action="Added the workstream", at=at):
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
def edit(
    *,
    workstream: Workstream,
    version: int,
    name: str,
    purpose: str,
    aliases: Iterable[str],
    parent: Workstream | None,
    by: User | None,
) -> Workstream:
    """Rename or describe a workstream. Its address stays, and the name up to now becomes an alias."""
    current = Workstream.objects.select_for_update().get(pk=workstream.pk)
    if current.version != version:
        raise Stale(current)
    refuse_name(current.programme, name, besides=current)
    above = parent
    while above:
        if above.pk == current.pk:
            raise Refused(f"{current} cannot be part of a workstream that is part of it.")
        above = above.parent
    with recorded(by=by, action="Changed the workstream"):
        kept = [alias for alias in dict.fromkeys(aliases) if alias != name]
        current.aliases = kept if current.name in {name, *kept} else [*kept, current.name]
        current.name, current.purpose, current.parent = name, purpose, parent
        current.version += 1
        current.save()
    return current


def refuse_name(programme: Programme, name: str, besides: Workstream | None = None) -> None:
    """Raise Refused where another workstream of the programme has this name."""
    others = programme.workstreams.exclude(pk=besides.pk if besides else 0)
    if others.filter(name__iexact=name).exists():
        raise Refused(f"There is a workstream called {name} already.")


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
    moment = at or now()
    with recorded(by=by, action="Set the workstream's status", reason=reason, at=moment):
        return WorkstreamStatus.objects.create(
            workstream=workstream,
            status=status,
            since=since,
            since_words=since_words,
            reason=reason,
            by=by,
            at=moment,
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
    at: datetime | None = None,
    batch: ImportBatch | None = None,
    source_line: int | None = None,
) -> Assignment:
    """Make a person lead, deputy or sponsor between two days. Joint leads are several assignments."""
    with recorded(by=by, action=f"Assigned a {Assignment.Role(role).label.lower()}", at=at):
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
    at: datetime | None = None,
    batch: ImportBatch | None = None,
    source_line: int | None = None,
) -> Objective:
    """Add a numbered objective."""
    with recorded(by=by, action="Added an objective", at=at):
        return Objective.objects.create(
            workstream=workstream,
            number=number,
            text=text,
            is_priority=is_priority,
            batch=batch,
            source_line=source_line,
        )


@transaction.atomic
def merge(
    *, duplicate: Workstream, into: Workstream, by: User | None, reason: str, at: datetime | None = None
) -> Workstream:
    """Say that two workstreams are one. What the duplicate has stays its own and is read from the survivor's pages.

    A target that was merged itself stands for the workstream it became, and duplicates of the duplicate follow it,
    so there are no chains. Raises Refused where it would make a loop.
    """
    both = Workstream.objects.select_for_update().filter(pk__in=[duplicate.pk, into.pk]).order_by("pk")
    held = {workstream.pk: workstream for workstream in both}
    current = held[duplicate.pk]
    survivor = Workstream.objects.select_for_update().get(pk=held[into.pk].survivor.pk)
    _refuse_merge(current, survivor)
    moment = at or now()
    with recorded(by=by, action="Merged two workstreams", reason=reason, at=moment):
        for each in [current, *Workstream.objects.select_for_update().filter(merged_into=current)]:
            each.merged_into = survivor
            each.save(update_fields=["merged_into"])
    words = f"Merged into {survivor}. {reason}"
    _say_status(current, WorkstreamStatus.Status.MERGED, words, by, moment)
    return survivor


def _refuse_merge(current: Workstream, survivor: Workstream) -> None:
    if survivor.pk == current.pk:
        raise Refused(f"{current} cannot be merged into itself.")
    if current.merged_into_id:
        raise Refused(f"{current} has been merged into {current.survivor} already.")
    if survivor.programme_id != current.programme_id:
        raise Refused("Only workstreams of the same programme can be merged.")
    above = survivor.parent
    while above:
        if above.pk == current.pk:
            raise Refused(f"{survivor} is part of {current}: merge {survivor} into {current} instead.")
        above = above.parent


@transaction.atomic
def unmerge(*, workstream: Workstream, by: User | None, reason: str, at: datetime | None = None) -> Workstream:
    """Undo a merge. Nothing was rewritten, so the workstream stands again with all it had.

    Workstreams that had been merged into it before come back to it, and it takes the status it had. What was added to
    the survivor since stays there. History keeps the merge and its undoing.
    """
    current = Workstream.objects.select_for_update().get(pk=workstream.pk)
    survivor = current.merged_into
    if survivor is None:
        raise Refused(f"{current} has not been merged.")
    moment = at or now()
    with recorded(by=by, action="Undid the merging of two workstreams", reason=reason, at=moment):
        for each in Workstream.objects.select_for_update().filter(merged_into=survivor).exclude(pk=current.pk):
            if followed(each, current):
                each.merged_into = current
                each.save(update_fields=["merged_into"])
        current.merged_into = None
        current.save(update_fields=["merged_into"])
    before = current.statuses.exclude(status=WorkstreamStatus.Status.MERGED).order_by("-since", "-pk").first()
    status = before.status if before else WorkstreamStatus.Status.PROPOSED.value
    _say_status(current, status, f"No longer merged into {survivor}. {reason}", by, moment)
    return current


def _say_status(workstream: Workstream, status: str, reason: str, by: User | None, moment: datetime) -> None:
    since = moment.astimezone(LONDON).date()
    set_status(workstream=workstream, status=status, since=since, reason=reason, by=by, at=moment)
