"""Handing a workstream over: one page for the successor, and the last words of whoever leaves."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme import stash
from programme.clock import today
from programme.models import Person
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from workstreams import access, handover, story
from workstreams.actions import handover as actions
from workstreams.forms.handover import HandoverNoteForm
from workstreams.models import Workstream
from workstreams.views.following import follows_merges
from workstreams.views.plan import PlanRow, plan_rows, unfinished
from workstreams.views.workstreams import find_workstream, open_periods

MILESTONES_TOLD = 6


def _readable(request: ProgrammeRequest, slug: str) -> tuple[Workstream, bool]:
    """The workstream, for those who lead, sponsor or keep it, and whether they may leave a note; 403 for others."""
    workstream = find_workstream(request, slug)
    roles = access.assignment_roles(request.user, workstream)
    keeps = Permission.EDIT_WORKSTREAMS in request.permissions
    left = handover.has_just_left(workstream, request.user, today())
    if not (roles or keeps or left):
        raise PermissionDenied
    return workstream, access.is_lead(roles) or keeps or left


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def handover_page(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """The story so far, what is open and whom to ask."""
    workstream, may_write = _readable(request, slug)
    rows = plan_rows(workstream, today())
    ahead = unfinished(rows)
    done = [row for row in rows if row not in ahead]
    context = {
        "workstream": workstream,
        "seen": handover.handover_of(workstream, today()),
        "plan_words": story.plan_sentence(len(done), len(ahead), _slipped(rows)),
        "ahead": ahead[:MILESTONES_TOLD],
        "more_ahead": max(0, len(ahead) - MILESTONES_TOLD),
        "open_periods": open_periods(workstream),
        "may_write": may_write,
        "today": today(),
    }
    return page(request, "workstreams/handover.html", context)


def _slipped(rows: list[PlanRow]) -> list[tuple[str, int]]:
    """Milestones still to come that moved, most often first."""
    moved = [(row.milestone.title, row.standing.moves) for row in unfinished(rows) if row.standing.moves]
    return sorted(moved, key=lambda pair: -pair[1])


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def leave_note(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Last words: of the lead themselves, or written down by the office in their name."""
    workstream, may_write = _readable(request, slug)
    if not may_write:
        raise PermissionDenied
    offered = stash.take(request) if request.method == "GET" else None
    form = HandoverNoteForm(
        request.POST if request.method == "POST" else None,
        people=_writers(request, workstream),
        initial={"person": request.user.person_id, **(offered or {})},
    )
    if request.method == "POST" and form.is_valid():
        actions.leave_note(workstream=workstream, by=request.user, **form.cleaned_data)
        messages.success(request, "Your note is on the hand-over page.")
        return redirect("handover", request.programme.slug, workstream.slug)
    context = {"workstream": workstream, "form": form, "form_errors": bool(form.errors), "offered": bool(offered)}
    return page(request, "workstreams/handover_note.html", context, status=422 if form.errors else 200)


def _writers(request: ProgrammeRequest, workstream: Workstream) -> QuerySet[Person]:
    """Those in whose name a note may stand: a lead writes for themselves, the office for any of them."""
    people = Person.objects.filter(pk__in=[each.who.pk for each in handover.leavers(workstream, today())])
    keeps = Permission.EDIT_WORKSTREAMS in request.permissions
    return people if keeps else people.filter(user=request.user)
