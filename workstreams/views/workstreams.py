"""The list of workstreams and one workstream's overview."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from programme.clock import now, today
from programme.models import ReportingPeriod
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.status import Rag
from workstreams import access, closings, sent_updates, voice_log
from workstreams.gathering import Gathered, prepared
from workstreams.models import (
    Assignment,
    MonthlyUpdate,
    Voice,
    Workstream,
    WorkstreamQuerySet,
    WorkstreamStatus,
)
from workstreams.objective_lines import told_of
from workstreams.ratings import three_of
from workstreams.views.following import follows_merges

Status = WorkstreamStatus.Status
GROUPS = {
    "current": ("Current", (Status.CURRENT, Status.CLOSING, Status.PROPOSED)),
    "paused": ("Paused", (Status.PAUSED,)),
    "completed": ("Completed", (Status.COMPLETED, Status.MERGED, Status.STOPPED)),
}


@dataclass(frozen=True)
class Row:
    """A workstream in the list, under its parent where it has one in the same list."""

    workstream: Workstream
    leads: list[str]
    depth: int


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def workstream_list(request: ProgrammeRequest) -> HttpResponse:
    """Workstreams as a tree: current, paused or completed."""
    group = request.GET.get("show", "current")
    group = group if group in GROUPS else "current"
    people = ("assignments__person__merged_into", "duplicates__assignments__person__merged_into")
    everything = list(_readable(request).with_status(today()).prefetch_related(*people))
    rows = [w for w in everything if (w.status_now or Status.PROPOSED) in GROUPS[group][1]]
    tabs = [
        {"key": key, "text": words, "current": key == group, "count": _count(everything, statuses)}
        for key, (words, statuses) in GROUPS.items()
    ]
    context = {
        "rows": _tree(rows), "tabs": tabs, "group": group, "can_import": Permission.IMPORT in request.permissions
    }  # fmt: skip
    return page(request, "workstreams/list.html", context, part="list")


def _readable(request: ProgrammeRequest) -> WorkstreamQuerySet:
    return Workstream.objects.visible_to(request.user).filter(programme=request.programme, merged_into=None)


def _count(everything: list[Workstream], statuses: tuple[Status, ...]) -> int:
    return sum((w.status_now or Status.PROPOSED) in statuses for w in everything)


def _tree(rows: list[Workstream]) -> list[Row]:
    """Parents by name, each followed by its children; a child whose parent is not in the list stands by itself."""
    shown = {w.pk for w in rows}
    tops = [w for w in rows if w.parent_id not in shown]
    out: list[Row] = []

    def add(workstream: Workstream, depth: int) -> None:
        out.append(Row(workstream, _leads(workstream), depth))
        for child in rows:
            if child.parent_id == workstream.pk:
                add(child, depth + 1)

    for top in tops:
        add(top, 0)
    return out


def _leads(workstream: Workstream) -> list[str]:
    """Its leads today, those of merged duplicates among them, each once."""
    held = [a for each in (workstream, *workstream.duplicates.all()) for a in each.assignments.all()]
    names = [a.who.name for a in held if a.role == Assignment.Role.LEAD and in_force(a)]
    return list(dict.fromkeys(names))


def team_of(workstream: Workstream) -> list[Assignment]:
    """Who leads, deputises for or sponsors it today; the same role of the same person once."""
    return each_once(access.team_on(workstream, today()))


def each_once(team: Sequence[Assignment]) -> list[Assignment]:
    """The same role of the same person once, in the order given."""
    return sorted({(a.who.pk, a.role): a for a in reversed(team)}.values(), key=lambda a: a.pk)


def in_force(assignment: Assignment) -> bool:
    """Whether an assignment that is already loaded holds today."""
    return assignment.since <= today() and (assignment.until is None or assignment.until >= today())


def find_workstream(request: ProgrammeRequest, slug: str) -> Workstream:
    """The workstream at this address, or 404 for one that the reader may not see."""
    return get_object_or_404(prepared(_readable(request), now()), slug=slug)


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def overview(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """What the workstream is for, how it is going, what is next and whom to ask."""
    workstream = find_workstream(request, slug)
    team, months = access.team_on(workstream, today()), opened_months(workstream)
    known = Gathered(request.programme, now(), rows=[workstream], last_due=last_due(months))
    roles = access.roles_among(team, request.user, workstream)
    writes, on_behalf = access.can_write_update(roles), access.writes_on_behalf(roles, request.permissions)
    updates = sent_updates.newest(workstream)
    latest = updates[0] if updates else None
    context = {
        "workstream": workstream,
        "tab": "overview",
        "today": today(),
        "status_words": Status(workstream.status_now or Status.PROPOSED).label,
        "closed_sentence": closings.sentence_of(workstream, today(), workstream.status_now or ""),
        "statuses": workstream.statuses.all(),
        "team": each_once(team),
        "told_objectives": told_of(list(workstream.objectives.filter(ended_on=None)), updates),
        "children": children_of(workstream),
        "latest": latest,
        "rating": latest.rating if latest else Rag.NOT_REPORTED,
        "three": three_of(known)[workstream.pk],
        "answers_questions": writes,
        "milestones": known.coming[:5],
        "open_periods": _to_write(months) if writes or on_behalf else [],
        "writers": access.writers_among(team) if on_behalf else [],
        "on_behalf": on_behalf,
        "can_read_handover": bool(roles) or Permission.EDIT_WORKSTREAMS in request.permissions,
        "heard": voice_log.tally(Voice.objects.of_workstream(workstream), today()).sentence,
        "can_merge": Permission.CORRECT_FILING in request.permissions,
    }
    return page(request, "workstreams/overview.html", context)


def children_of(workstream: Workstream) -> WorkstreamQuerySet:
    """The workstreams under it, and those under duplicates that were merged into it."""
    under = Q(parent=workstream) | Q(parent__merged_into=workstream)
    return Workstream.objects.filter(under, merged_into=None).exclude(pk=workstream.pk)


def open_periods(workstream: Workstream) -> list[ReportingPeriod]:
    """Months whose update can still be written: opened, not closed, not sent. The oldest first."""
    return _to_write(opened_months(workstream))


def opened_months(workstream: Workstream) -> list[ReportingPeriod]:
    """Months that have opened, the newest first, with whether the workstream's update is sent. One query."""
    sent = MonthlyUpdate.objects.filter(workstream=workstream).sent().filter(period=OuterRef("pk"))
    opened = ReportingPeriod.objects.filter(programme=workstream.programme_id).ordinary().opened_by(today())
    known = opened.annotate(is_sent=Exists(sent))  # type: ignore[no-redef]  # declared on the model for its readers
    return list(known.order_by("-month"))


def last_due(months: Sequence[ReportingPeriod]) -> ReportingPeriod | None:
    """The newest of them whose due day has passed."""
    return next((each for each in months if each.due_on < today()), None)


def _to_write(months: Sequence[ReportingPeriod]) -> list[ReportingPeriod]:
    return [each for each in reversed(months) if each.closed_at is None and not each.is_sent]
