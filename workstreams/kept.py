"""What the work keeps of its changes, in words. A field or a table without words here is never told.

Drafts are not among them: what was typed and never sent belongs to nobody's history.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from programme.history_words import Change, changed
from programme.models import Programme
from programme.trail import Appended, Kept, Place, Strand
from workstreams.models import (
    Assignment,
    Milestone,
    MilestoneDate,
    MonthlyUpdate,
    Objective,
    Phase,
    PhaseDate,
    Rating,
    UpdateEvent,
    UpdateRevision,
    Workstream,
    WorkstreamStatus,
)

WORKSTREAMS, MILESTONES, UPDATES, TEAM = "workstreams", "milestones", "updates", "team"
Statement = MilestoneDate.Statement

WORKSTREAM = Kept(
    Workstream,
    "workstream",
    WORKSTREAMS,
    "name",
    {
        "name": "name",
        "purpose": "purpose",
        "aliases": "also called",
        "parent": "part of",
        "predecessor": "follows on from",
        "merged_into": "merged into",
    },
    subject="pgh_obj_id",
)
OBJECTIVE = Kept(
    Objective,
    "objective",
    WORKSTREAMS,
    "text",
    {"text": "words", "number": "number", "is_priority": "current priority", "ended_on": "ended on"},
    subject="workstream_id",
)
ASSIGNMENT = Kept(
    Assignment, "assignment", TEAM, "person", {"role": "as", "since": "from", "until": "until"}, subject="workstream_id"
)
PHASE = Kept(Phase, "phase", MILESTONES, "name", {"name": "name"}, subject="workstream_id")
MILESTONE = Kept(
    Milestone,
    "milestone",
    MILESTONES,
    "title",
    {"title": "name", "phase": "phase", "owner": "owner", "is_critical": "critical"},
    subject="workstream_id",
    link="milestone",
)
# Its moves are told by its events, and that somebody opened a month to write is nobody's business until it is sent.
SILENT = (MonthlyUpdate,)


# ---- Tables that are only added to ----------------------------------------------------------------------------------


def _say_status(rows: QuerySet[WorkstreamStatus]) -> Mapping[int, Change]:
    found = list(rows.select_related("workstream"))
    before = _earlier(WorkstreamStatus, "workstream_id", found)
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action="Imported a page" if row.batch_id else "Set the workstream's status",
            noun="workstream",
            title=row.workstream.name,
            parts=(
                changed("status", _label(before.get(row.pk)), str(row.get_status_display())),
                *((f"since {row.since_words}",) if row.since_words else ()),
            ),
            reason=row.reason,
            subject=row.workstream_id,
        )
        for row in found
    }


def _label(status: WorkstreamStatus | None) -> str:
    return str(status.get_status_display()) if status else ""


_STATED = {
    Statement.BASELINE: "Added the milestone",
    Statement.FORECAST: "Moved the milestone",
    Statement.ACTUAL: "Recorded the milestone as done",
}


def _say_dates(rows: QuerySet[MilestoneDate]) -> Mapping[int, Change]:
    found = list(rows.select_related("milestone"))
    before = _earlier(MilestoneDate, "milestone_id", found)
    told = {}
    for row in found:
        first = row.pk not in before
        said = before[row.pk].window.display() if not first and row.statement == Statement.FORECAST else ""
        told[row.pk] = Change(
            at=row.at,
            who="",
            action=_stated_action(row, first=first),
            noun="milestone",
            title=row.milestone.title,
            parts=(changed(_date_label(row), said, row.window.display()),),
            reason=row.reason,
            subject=row.milestone.workstream_id,
            href=f"milestone {row.milestone_id}",
        )
    return told


def _stated_action(row: MilestoneDate, *, first: bool) -> str:
    if row.batch_id:
        return "Imported a page"
    return "Added the milestone" if first and row.statement != Statement.ACTUAL else _STATED[Statement(row.statement)]


def _date_label(row: MilestoneDate) -> str:
    return "done" if row.statement == Statement.ACTUAL else str(row.get_statement_display()).lower()


def _say_phase_dates(rows: QuerySet[PhaseDate]) -> Mapping[int, Change]:
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action="Imported a page" if row.batch_id else "Added a phase",
            noun="phase",
            title=row.phase.name,
            parts=(f"runs {row.window.display()}",),
            subject=row.phase.workstream_id,
        )
        for row in rows.select_related("phase")
    }


_HAPPENED = {
    UpdateEvent.Kind.SUBMITTED: "Sent the update",
    UpdateEvent.Kind.RECALLED: "Recalled the update",
    UpdateEvent.Kind.RETURNED: "Returned the update",
    UpdateEvent.Kind.ACKNOWLEDGED: "Acknowledged the update",
    UpdateEvent.Kind.NO_CHANGE: "Checked the month and said nothing has changed in the update",
    UpdateEvent.Kind.IMPORTED: "Imported a page",
    UpdateEvent.Kind.MOVED: "Moved an update to another month",
}


def _say_events(rows: QuerySet[UpdateEvent]) -> Mapping[int, Change]:
    found = list(rows.select_related("update__period"))
    declared = _declared(found)
    told = {}
    for row in found:
        rating = declared.get((row.update_id, row.at)) if row.kind == UpdateEvent.Kind.SUBMITTED else None
        told[row.pk] = Change(
            at=row.at,
            who="",
            action=_HAPPENED.get(UpdateEvent.Kind(row.kind), str(row.get_kind_display())),
            noun="update",
            title=str(row.update.period),
            parts=_rated(rating),
            reason=row.reason,
            subject=row.update.workstream_id,
            href=f"update {row.update.period.key}",
        )
    return told


def _declared(events: Sequence[UpdateEvent]) -> Mapping[tuple[int, Any], Rating]:
    sent = {event.update_id for event in events}
    ratings = Rating.objects.filter(revision__update__in=sent, kind=Rating.Kind.DECLARED).select_related("revision")
    return {(each.revision.update_id, each.at): each for each in ratings if each.revision}


def _rated(rating: Rating | None) -> tuple[str, ...]:
    if rating is None:
        return ()
    return (f"rated {rating.rag.word}{f': “{rating.reason}”' if rating.reason else ''}",)


def _say_corrections(rows: QuerySet[UpdateRevision]) -> Mapping[int, Change]:
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action="Corrected the update",
            noun="update",
            title=str(row.update.period),
            parts=(f"revision {row.number}",),
            reason=row.reason,
            subject=row.update.workstream_id,
            href=f"update {row.update.period.key}",
        )
        for row in rows.select_related("update__period")
    }


def _say_assured(rows: QuerySet[Rating]) -> Mapping[int, Change]:
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action="Gave a second opinion on the rating",
            noun="rating",
            title=str(row.month_rated),
            parts=(f"{row.get_kind_display().lower()} {row.rag.word}",),
            reason=row.reason,
            subject=row.workstream_id,
            href=f"update {row.month_rated.key}",
        )
        for row in rows.select_related("period", "revision__update__period")
    }


def _earlier(model: Any, owner: str, rows: Sequence[Any]) -> Mapping[int, Any]:
    """The row before each of `rows` of the same owner, by moment; what was done is no plan and is passed over."""
    owners: dict[int, list[Any]] = defaultdict(list)
    wanted = {getattr(row, owner) for row in rows}
    for row in model.objects.filter(**{f"{owner}__in": wanted}).order_by("at", "pk"):
        if getattr(row, "statement", "") != Statement.ACTUAL:
            owners[getattr(row, owner)].append(row)
    found = {}
    for row in rows:
        before = [each for each in owners[getattr(row, owner)] if (each.at, each.pk) < (row.at, row.pk)]
        if before:
            found[row.pk] = before[-1]
    return found


STATUS = Appended(WorkstreamStatus, WORKSTREAMS, _say_status)
DATES = Appended(MilestoneDate, MILESTONES, _say_dates)
PHASE_DATES = Appended(PhaseDate, MILESTONES, _say_phase_dates)
EVENTS = Appended(UpdateEvent, UPDATES, _say_events)
CORRECTIONS = Appended(UpdateRevision, UPDATES, _say_corrections, leave_out=~Q(kind=UpdateRevision.Kind.CORRECTION))
# A declared rating is told with the update it came with.
ASSURED = Appended(Rating, UPDATES, _say_assured, leave_out=Q(kind=Rating.Kind.DECLARED))
APPENDED = (STATUS, DATES, PHASE_DATES, EVENTS, CORRECTIONS, ASSURED)
KEPT = (WORKSTREAM, OBJECTIVE, ASSIGNMENT, PHASE, MILESTONE)


# ---- Which rows a page is about -------------------------------------------------------------------------------------


def _of(own: Q, under: str, wanted: object) -> list[Strand]:
    """Everything kept of some workstreams: `own` picks their own rows, `wanted` (after `under`) those below them."""
    column = f"workstream{under}"
    return [
        Strand(WORKSTREAM, own),
        *(kept.where(**{column: wanted}) for kept in (OBJECTIVE, ASSIGNMENT, PHASE, MILESTONE)),
        STATUS.where(**{column: wanted}),
        DATES.where(**{f"milestone__{column}": wanted}),
        PHASE_DATES.where(**{f"phase__{column}": wanted}),
        EVENTS.where(**{f"update__{column}": wanted}),
        CORRECTIONS.where(**{f"update__{column}": wanted}),
        ASSURED.where(**{column: wanted}),
    ]


def of_workstream(workstream: Workstream) -> list[Strand]:
    """All that was kept of a workstream and of what was merged into it."""
    keys = [workstream.pk, *workstream.duplicates.values_list("pk", flat=True)]
    merged = WORKSTREAM.events.filter(merged_into=workstream.pk).values("pgh_obj")
    return _of(Q(pgh_obj__in=keys) | Q(pgh_obj__in=merged), "__in", keys)


def of_programme(programme: Programme) -> list[Strand]:
    """All that was kept of every workstream of a programme, those whose import was undone among them."""
    ever = WORKSTREAM.events.filter(programme=programme.pk).values("pgh_obj")
    return _of(Q(programme=programme.pk), "__in", ever)


def of_milestone(milestone: Milestone) -> list[Strand]:
    """All that was kept of one milestone."""
    return [MILESTONE.where(pgh_obj=milestone.pk), DATES.where(milestone=milestone)]


def of_update(update: MonthlyUpdate) -> list[Strand]:
    """What happened to one month's update: sent, recalled, returned, corrected, moved, rated."""
    return [
        EVENTS.where(update=update),
        CORRECTIONS.where(update=update),
        ASSURED.where(workstream=update.workstream_id, period=update.period_id),
    ]


def places(keys: set[int]) -> Mapping[int, Place]:
    """Workstreams as history names them; a merged one under the address of the one that stands."""
    rows = Workstream.objects.filter(pk__in=keys).select_related("merged_into")
    return {row.pk: Place(row.name, row.survivor.slug) for row in rows}
