"""The plan: milestones, changed in place."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme import stash
from programme.charts import Timeline, TimelineItem, timeline
from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from programme.status import PlanState
from workstreams import access
from workstreams.actions import milestones
from workstreams.forms.milestone import DoneForm, MilestoneForm, MoveForm
from workstreams.models import Milestone, Workstream, statements_of
from workstreams.slippage import Standing, standing
from workstreams.views.following import follows_merges


@dataclass(frozen=True)
class PlanRow:
    """A milestone with its standing."""

    milestone: Milestone
    standing: Standing

    @property
    def when_words(self) -> str:
        """The date that counts, in words."""
        return self.standing.when.display() if self.standing.when else "No date"


def plan_rows(workstream: Workstream, day: date) -> list[PlanRow]:
    """Every milestone: what is overdue or coming first, then what is done, each by date."""
    found = workstream.milestones.select_related("phase", "owner__merged_into").with_dates()
    rows = [PlanRow(m, standing(statements_of(m), day)) for m in found]
    return sorted(rows, key=lambda r: (r.standing.state in FINISHED, _date_order(r), r.milestone.pk))


FINISHED = frozenset({PlanState.DONE, PlanState.SAID_DONE})


def unfinished(rows: list[PlanRow]) -> list[PlanRow]:
    """The milestones that are still to come or overdue."""
    return [row for row in rows if row.standing.state not in FINISHED]


def _date_order(row: PlanRow) -> tuple[object, ...]:
    return tuple(row.standing.when.sort_key()) if row.standing.when else (1, date.max, date.max)


def journey(rows: list[PlanRow], day: date) -> Timeline:
    """The timeline of a plan, by phase."""
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
        )
    ]
    return timeline(items, today=day)


def _workstream(request: ProgrammeRequest, slug: str) -> Workstream:
    seen = Workstream.objects.visible_to(request.user).filter(programme=request.programme, merged_into=None)
    return get_object_or_404(seen.with_status(today()).select_related("programme"), slug=slug)


def _editable(request: ProgrammeRequest, slug: str) -> Workstream:
    """The workstream, for those who keep its plan; 403 for other readers."""
    workstream = _workstream(request, slug)
    if not access.can_edit_plan(access.assignment_roles(request.user, workstream), request.permissions):
        raise PermissionDenied
    return workstream


def _milestone(workstream: Workstream, pk: int) -> Milestone:
    return get_object_or_404(workstream.milestones.select_related("phase", "owner__merged_into").with_dates(), pk=pk)


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def plan(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Milestones as a timeline and as a table."""
    workstream = _workstream(request, slug)
    rows = plan_rows(workstream, today())
    roles = access.assignment_roles(request.user, workstream)
    context = {
        "workstream": workstream,
        "tab": "plan",
        "rows": rows,
        "timeline": journey(rows, today()) if rows else None,
        "rating_line": plan_sentence(rows),
        "can_edit": access.can_edit_plan(roles, request.permissions),
        "offered": stash.waiting_under(request, request.path),
    }
    return page(request, "workstreams/plan.html", context)


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
    workstream = _editable(request, slug)
    offered = stash.take(request) if request.method == "GET" else None
    data = request.POST if request.method == "POST" else None
    form = MilestoneForm(data, workstream=workstream, initial=dict(offered or {}))
    if request.method == "POST" and form.is_valid():
        added = milestones.add(workstream=workstream, by=request.user, **form.cleaned_data)
        messages.success(request, f"“{added.title}” has been added to the plan.")
        return redirect("plan", request.programme.slug, workstream.slug)
    context = {"workstream": workstream, "form": form, "form_errors": bool(form.errors), "offered": bool(offered)}
    return page(request, "workstreams/milestone_add.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Edit:
    """One way of changing a milestone in place: its form, its page and the action behind it."""

    form: type[MoveForm | DoneForm]
    template: str
    action: Callable[..., object]


MOVE = Edit(MoveForm, "workstreams/milestone_move.html", milestones.move)
COMPLETE = Edit(DoneForm, "workstreams/milestone_done.html", milestones.complete)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def edit_milestone(request: ProgrammeRequest, slug: str, pk: int, edit: Edit) -> HttpResponse:
    """Change a milestone in place: the row becomes a form and comes back as a row, the plan's sentence with it."""
    workstream = _editable(request, slug)
    milestone = _milestone(workstream, pk)
    if request.method == "GET":
        offered = stash.take(request)
        form = edit.form(initial={**(offered or {}), "version": milestone.version})
        return _milestone_form(request, edit, milestone, form, offered=bool(offered))
    form = edit.form(request.POST)
    return (
        _saved(request, edit, milestone, form) if form.is_valid() else _milestone_form(request, edit, milestone, form)
    )


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def milestone_row(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """One milestone and every statement of its date; as an HTMX part, the row as it was before editing."""
    workstream = _workstream(request, slug)
    milestone = _milestone(workstream, pk)
    roles = access.assignment_roles(request.user, workstream)
    context = _row_context(milestone) | {"can_edit": access.can_edit_plan(roles, request.permissions), "focus": True}
    return page(request, "workstreams/milestone.html", context, part="row")


def _row_context(milestone: Milestone) -> dict[str, object]:
    row = PlanRow(milestone, standing(statements_of(milestone), today()))
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
    return page(request, edit.template, context, part="row", status=status or (422 if form.errors else 200))


def _saved(request: ProgrammeRequest, edit: Edit, milestone: Milestone, form: MoveForm | DoneForm) -> HttpResponse:
    """Run the action; a stale or refused save shows the milestone as it stands now above what was typed."""
    try:
        edit.action(milestone=milestone, by=request.user, **form.cleaned_data)
    except Stale:
        return _stale(request, edit, _milestone(milestone.workstream, milestone.pk))
    except Refused as refused:
        form.add_error(None, str(refused))
        return _milestone_form(request, edit, milestone, form)
    current = _milestone(milestone.workstream, milestone.pk)
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
