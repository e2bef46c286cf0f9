"""The plan: milestones, changed in place."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme import stash
from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from programme.status import PlanState
from programme.timeline import PhaseBand, Timeline, TimelineItem, timeline
from workstreams import access
from workstreams.actions import milestones
from workstreams.dependants import Linked, dependants, in_trouble, needs
from workstreams.forms.milestone import DoneForm, MilestoneForm, MoveForm
from workstreams.models import Milestone, PhaseDate, Pilot, Workstream, WorkstreamStatus, statements_of
from workstreams.slippage import Standing, is_after_closure, standing
from workstreams.views.following import follows_merges


@dataclass(frozen=True)
class PlanRow:
    """A milestone with its standing."""

    milestone: Milestone
    standing: Standing
    is_after_closure: bool = False

    @property
    def when_words(self) -> str:
        """The date that counts, in words."""
        return self.standing.when.display() if self.standing.when else "No date"


def plan_rows(workstream: Workstream, day: date) -> list[PlanRow]:
    """Every milestone: what is overdue or coming first, then what is done, each by date."""
    found = workstream.milestones.select_related("phase", "owner__merged_into", "pilot").with_dates()
    closed = closed_on(workstream, day)
    rows = [plan_row(m, day, closed) for m in found]
    return sorted(rows, key=lambda r: (r.standing.state in FINISHED, _date_order(r), r.milestone.pk))


def plan_row(milestone: Milestone, day: date, closed: date | None) -> PlanRow:
    """A milestone, with its dates prefetched, and its standing; `closed` is the day its workstream closed."""
    stands = standing(statements_of(milestone), day)
    return PlanRow(milestone, stands, is_after_closure(stands.when, closed))


def closed_on(workstream: Workstream, day: date) -> date | None:
    """Since when a workstream is closed, or None where it is not. Asks only where its status may be a closed one."""
    if hasattr(workstream, "status_now") and workstream.status_now not in CLOSED:
        return None
    newest = workstream.statuses.filter(since__lte=day).order_by("-since", "-pk").first()
    return newest.since if newest and newest.status in CLOSED else None


CLOSED = frozenset({WorkstreamStatus.Status.COMPLETED, WorkstreamStatus.Status.STOPPED})
FINISHED = frozenset({PlanState.DONE, PlanState.SAID_DONE, PlanState.DROPPED})


def unfinished(rows: list[PlanRow]) -> list[PlanRow]:
    """The milestones that are still to come or overdue."""
    return [row for row in rows if row.standing.state not in FINISHED]


def _date_order(row: PlanRow) -> tuple[object, ...]:
    return tuple(row.standing.when.sort_key()) if row.standing.when else (1, date.max, date.max)


MOST_DRAWN = 80  # rows of the drawing; the table has them all


def journey(rows: list[PlanRow], day: date, phases: Sequence[PhaseBand] = ()) -> Timeline:
    """The timeline of a plan, by phase: its first milestones, as many as a drawing can hold."""
    items = [
        TimelineItem(
            title=row.milestone.title,
            when=row.when_words,
            state=row.standing.state,
            start=row.standing.when.start if row.standing.when else None,
            end=row.standing.when.end if row.standing.when else None,
            phase=row.milestone.phase.name if row.milestone.phase else "",
        )
        for row in sorted(
            rows, key=lambda r: (r.milestone.phase.order if r.milestone.phase else 10_000, _date_order(r))
        )[:MOST_DRAWN]
    ]
    return timeline(items, today=day, phases=phases)


def find_plan(request: ProgrammeRequest, slug: str) -> Workstream:
    """The workstream at this address, or 404 for one that the reader may not see."""
    seen = Workstream.objects.visible_to(request.user).filter(programme=request.programme, merged_into=None)
    return get_object_or_404(seen.with_status(today()).select_related("programme"), slug=slug)


def editable_plan(request: ProgrammeRequest, slug: str) -> Workstream:
    """The workstream, for those who keep its plan; 403 for other readers."""
    workstream = find_plan(request, slug)
    if not access.can_edit_plan(access.assignment_roles(request.user, workstream), request.permissions):
        raise PermissionDenied
    return workstream


def find_milestone(workstream: Workstream, pk: int) -> Milestone:
    """One of its milestones with its dates, or 404."""
    found = workstream.milestones.select_related("phase", "owner__merged_into", "pilot").with_dates()
    return get_object_or_404(found, pk=pk)


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def plan(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Milestones as a timeline and as a table."""
    workstream = find_plan(request, slug)
    rows, phases = plan_rows(workstream, today()), phases_of(workstream)
    roles = access.assignment_roles(request.user, workstream)
    context = {
        "workstream": workstream,
        "tab": "plan",
        "rows": rows,
        "timeline": journey(rows, today(), phases) if rows else None,
        "rating_line": plan_sentence(rows),
        "can_edit": access.can_edit_plan(roles, request.permissions),
        "offered": stash.waiting_under(request, request.path),
        "closed_on": closed_on(workstream, today()),
        "pilots": pilots_of(rows),
        "most_drawn": MOST_DRAWN,
    }
    return page(request, "workstreams/plan.html", context)


@dataclass(frozen=True)
class PilotRows:
    """A pilot with its steps in order."""

    pilot: Pilot
    steps: list[PlanRow]


def pilots_of(rows: list[PlanRow]) -> list[PilotRows]:
    """The pilots of a plan, each with its steps together in their order."""
    order = Milestone.Step.values
    found: dict[int, PilotRows] = {}
    for row in sorted((r for r in rows if r.milestone.pilot), key=lambda r: order.index(r.milestone.pilot_step)):
        pilot = row.milestone.pilot
        assert pilot is not None, "only rows of a pilot are looked at"
        found.setdefault(pilot.pk, PilotRows(pilot, [])).steps.append(row)
    return [found[pk] for pk in sorted(found)]


def phases_of(workstream: Workstream) -> list[PhaseBand]:
    """The phases of a plan that have a window, as stated last."""
    stated = PhaseDate.objects.filter(phase__workstream=workstream).select_related("phase").order_by("at", "pk")
    windows = {each.phase.name: each.window for each in stated}
    return [PhaseBand(name, window.display(), window.start, window.end) for name, window in windows.items()]


def plan_sentence(rows: list[PlanRow]) -> str:
    """The plan in one sentence: what is overdue, what is next, what is done."""
    counts = {state: sum(row.standing.state is state for row in rows) for state in PlanState}
    said = [f"{count} {state.word.lower()}" for state, count in counts.items() if count]
    total = len(rows)
    if not total:
        return "No milestones have been added yet."
    return f"{total} milestone{'' if total == 1 else 's'}: {', '.join(said)}."


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def add_milestone(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Add a deliverable."""
    workstream = editable_plan(request, slug)
    offered = stash.take(request) if request.method == "GET" else None
    data = request.POST if request.method == "POST" else None
    form = MilestoneForm(data, workstream=workstream, initial=dict(offered or {}))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data | {"places": list(form.cleaned_data["places"])}
        added = milestones.add(workstream=workstream, by=request.user, **said)
        messages.success(request, f"“{added.title}” has been added to the plan.")
        return redirect("plan", request.programme.slug, workstream.slug)
    context = {
        "workstream": workstream,
        "form": form,
        "form_errors": bool(form.errors),
        "offered": bool(offered),
        "closed_on": closed_on(workstream, today()),
    }
    return page(request, "workstreams/milestone_add.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Edit:
    """One way of changing a milestone in place: its form, its page and the action behind it."""

    form: type[MoveForm | DoneForm]
    template: str
    action: Callable[..., object]
    shows_dependants: bool = False


MOVE = Edit(MoveForm, "workstreams/milestone_move.html", milestones.move, shows_dependants=True)
COMPLETE = Edit(DoneForm, "workstreams/milestone_done.html", milestones.complete)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def edit_milestone(request: ProgrammeRequest, slug: str, pk: int, edit: Edit) -> HttpResponse:
    """Change a milestone in place: the row becomes a form and comes back as a row, the plan's sentence with it."""
    workstream = editable_plan(request, slug)
    milestone = find_milestone(workstream, pk)
    if request.method == "GET":
        offered = stash.take(request)
        form = edit.form(initial={**(offered or {}), "version": milestone.version})
        return _milestone_form(request, edit, milestone, form, offered=bool(offered))
    form = edit.form(request.POST)
    if not form.is_valid() or "change" in request.POST:
        return _milestone_form(request, edit, milestone, form)
    if edit.shows_dependants and "confirm" not in request.POST:
        waiting = dependants(milestone, form.cleaned_data["when"], today())
        if waiting:
            return _check_move(request, milestone, form, waiting)
    return _saved(request, edit, milestone, form)


def _check_move(
    request: ProgrammeRequest, milestone: Milestone, form: MoveForm | DoneForm, waiting: list[Linked]
) -> HttpResponse:
    """What depends on the milestone, before its date moves."""
    context = _row_context(milestone) | {
        "form": form,
        "new_date": form.cleaned_data["when"],
        "waiting": waiting,
        "trouble": in_trouble(waiting),
        "back": _came_from(request, milestone.workstream),
    }
    return page(request, "workstreams/milestone_move_check.html", context, part="row")


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def milestone_row(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """One milestone and every statement of its date; as an HTMX part, the row as it was before editing."""
    workstream = find_plan(request, slug)
    milestone = find_milestone(workstream, pk)
    roles = access.assignment_roles(request.user, workstream)
    context = _row_context(milestone) | {"can_edit": access.can_edit_plan(roles, request.permissions), "focus": True}
    htmx = request.htmx  # type: ignore[attr-defined]
    if not htmx or htmx.boosted or htmx.history_restore_request:
        context |= _links(milestone, context["row"]) | {"me": request.user.pk}
    return page(request, "workstreams/milestone.html", context, part="row")


def _links(milestone: Milestone, row: PlanRow) -> dict[str, object]:
    """What only the whole page shows: what it waits for, what waits for it, its baselines and its pilot."""
    when = row.standing.when
    requests = milestone.baseline_requests.select_related("by__person", "decision__by__person").order_by("-at", "-pk")
    return {
        "needs": needs(milestone, when, today()),
        "waiting": dependants(milestone, when, today()),
        "baseline_requests": requests,
        "places": milestone.places.all(),
    }


def _row_context(milestone: Milestone) -> dict[str, Any]:
    row = plan_row(milestone, today(), closed_on(milestone.workstream, today()))
    statements = milestone.dates.select_related("by__person").order_by("-at", "-pk")
    return {"row": row, "workstream": milestone.workstream, "statements": statements}


def _came_from(request: ProgrammeRequest, workstream: Workstream) -> str:
    """The plan, or the month's update from which its writer came (?update=2026-10)."""
    month, here = request.GET.get("update", ""), [request.programme.slug, workstream.slug]
    if re.fullmatch(r"\d{4}-\d{2}", month, re.ASCII):
        return f"{reverse('update-edit', args=[*here, month])}#part-milestones"
    return reverse("plan", args=here)


def _milestone_form(
    request: ProgrammeRequest,
    edit: Edit,
    milestone: Milestone,
    form: MoveForm | DoneForm,
    *,
    status: int = 0,
    offered: bool = False,
) -> HttpResponse:
    context = _row_context(milestone) | {"form": form, "form_errors": bool(form.errors), "offered": offered}
    context["back"] = _came_from(request, milestone.workstream)
    if edit.shows_dependants:
        context["dependants_count"] = milestone.needed_by.count()
    return page(request, edit.template, context, part="row", status=status or (422 if form.errors else 200))


def _saved(request: ProgrammeRequest, edit: Edit, milestone: Milestone, form: MoveForm | DoneForm) -> HttpResponse:
    """Run the action; a stale or refused save shows the milestone as it stands now above what was typed."""
    try:
        edit.action(milestone=milestone, by=request.user, **form.cleaned_data)
    except Stale:
        return _stale(request, edit, find_milestone(milestone.workstream, milestone.pk))
    except Refused as refused:
        form.add_error(None, str(refused))
        return _milestone_form(request, edit, milestone, form)
    current = find_milestone(milestone.workstream, milestone.pk)
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, f"“{current.title}” has been saved.")
        return redirect(_came_from(request, current.workstream))
    rows = plan_rows(current.workstream, today())
    context = _row_context(current) | {
        "can_edit": True,
        "focus": True,
        "saved": True,
        "rating_line": plan_sentence(rows),
    }
    return page(request, "workstreams/milestone.html", context, part="row")


def _stale(request: ProgrammeRequest, edit: Edit, current: Milestone) -> HttpResponse:
    """The milestone as somebody else left it, with what was typed ready to be saved over it."""
    form = edit.form({**request.POST.dict(), "version": str(current.version)})
    form.add_error(None, "Somebody else has changed this milestone since you opened it. Check it, then save again.")
    return _milestone_form(request, edit, current, form, status=409)
