"""Workstreams from the keepers' side: adding, describing, their status, and who leads them."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import now, today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.views.asking import Facts, Words, ask
from workstreams.actions import teams
from workstreams.actions import workstreams as work
from workstreams.forms.manage import (
    AppointForm,
    LastDayForm,
    NewWorkstreamForm,
    ReplaceForm,
    StatusForm,
    WorkstreamEditForm,
)
from workstreams.models import Assignment, Workstream, WorkstreamStatus
from workstreams.views.people import people_of
from workstreams.views.workstreams import find_workstream

Status = WorkstreamStatus.Status


def _own(request: ProgrammeRequest) -> Any:
    return request.programme.workstreams.filter(merged_into=None)


@require_GET
@requires(Permission.EDIT_WORKSTREAMS)
def workstream_list(request: ProgrammeRequest) -> HttpResponse:
    """Every workstream with its status and who leads it."""
    found = _own(request).with_status(today()).select_related("parent")
    found = found.prefetch_related("assignments__person__merged_into")
    rows = [
        {
            "workstream": each,
            "status": Status(each.status_now or Status.PROPOSED).label,
            "leads": [a.who.name for a in each.assignments.all() if a.role == Assignment.Role.LEAD and _holds(a)],
        }
        for each in found
    ]
    return page(
        request,
        "workstreams/manage/workstreams.html",
        {"rows": rows, "can_import": Permission.IMPORT in request.permissions},
    )


def _holds(assignment: Assignment) -> bool:
    return assignment.since <= today() and (assignment.until is None or assignment.until >= today())


def team_address(request: ProgrammeRequest, workstream: Workstream) -> str:
    """The page of one workstream's people and status."""
    return reverse("manage-workstream", args=[request.programme.slug, workstream.slug])


def add_running(*, programme: Any, name: str, by: Any, purpose: str = "", parent: Any = None, running: bool) -> Any:
    """Add a workstream, and say that it runs from today on."""
    with transaction.atomic():
        work.refuse_name(programme, name)
        added = work.add(programme=programme, name=name, by=by, purpose=purpose, parent=parent)
        if running:
            reason = "Added as a running workstream."
            work.set_status(workstream=added, status=Status.CURRENT, since=today(), by=by, reason=reason, at=now())
        return added


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_WORKSTREAMS)
def add_workstream(request: ProgrammeRequest) -> HttpResponse:
    """Add a workstream."""
    words = Words(
        caption=request.programme.name,
        title="Add a workstream",
        button="Add workstream",
        back=reverse("manage-workstreams", args=[request.programme.slug]),
        back_text="Workstreams",
        free_text=True,
    )

    def make(data: QueryDict | None) -> NewWorkstreamForm:
        return NewWorkstreamForm(data, among=_own(request), initial={"running": True})

    def act(form: Any) -> HttpResponse:
        added = add_running(programme=request.programme, by=request.user, **form.cleaned_data)
        messages.success(request, f"{added} has been added. Say who leads it.")
        return redirect(team_address(request, added))

    return ask(request, words, make, act)


@require_GET
@requires(Permission.EDIT_WORKSTREAMS)
def workstream_page(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """One workstream: name, status, and everybody with a part in it, past and to come."""
    workstream = find_workstream(request, slug)
    parts, order = Assignment.objects.of_workstream(workstream).with_people(), list(Assignment.Role)
    held = sorted(parts.order_by("-since", "pk"), key=lambda part: order.index(Assignment.Role(part.role)))
    context = {
        "workstream": workstream,
        "status": Status(workstream.status_now or Status.PROPOSED).label,
        "statuses": workstream.statuses.order_by("-since", "-pk"),
        "held": held,
        "has_lead": any(a.role == Assignment.Role.LEAD and _holds(a) for a in held),
        "today": today(),
        "can_manage_people": Permission.MANAGE_PEOPLE in request.permissions,
    }
    return page(request, "workstreams/manage/workstream.html", context)


def _words(request: ProgrammeRequest, workstream: Workstream, title: str, button: str, **words: Any) -> Words:
    return Words(
        caption=request.programme.name,
        title=title,
        button=button,
        back=team_address(request, workstream),
        back_text=workstream.name,
        **words,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_WORKSTREAMS)
def edit_workstream(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Rename or describe; a save that is out of date shows both."""
    workstream = find_workstream(request, slug)
    names = ("version", "name", "purpose", "aliases", "parent")
    initial = {name: getattr(workstream, name) for name in names}

    def make(data: QueryDict | None) -> WorkstreamEditForm:
        return WorkstreamEditForm(data, among=_own(request).exclude(pk=workstream.pk), initial=initial)

    def act(form: Any) -> HttpResponse:
        saved = work.edit(workstream=workstream, by=request.user, **form.cleaned_data)
        messages.success(request, f"{saved} has been saved.")
        return redirect(team_address(request, saved))

    points = ["The name up to now stays as another name, and links to the workstream go on working."]
    words = _words(request, workstream, f"Change {workstream}", "Save", points=points, free_text=True)
    return ask(request, words, make, act, theirs=_in_words)


def _in_words(current: Workstream) -> Facts:
    return [
        ("Name", [current.name]),
        ("What it is for", [current.purpose] if current.purpose else []),
        ("Other names", current.aliases),
        ("Part of", [current.parent.name] if current.parent else []),
    ]


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_WORKSTREAMS)
def change_status(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Say how it stands from a day on. Earlier statuses stay in its past."""
    workstream = find_workstream(request, slug)

    def make(data: QueryDict | None) -> StatusForm:
        return StatusForm(data, initial={"status": workstream.status_now, "since": today()})

    def act(form: Any) -> HttpResponse:
        made = work.set_status(workstream=workstream, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, f"{workstream} is {made.get_status_display().lower()}.")
        return redirect(team_address(request, workstream))

    points = ["Updates are expected from current and closing workstreams, and from no others."]
    words = _words(request, workstream, f"Change how {workstream} stands", "Save", points=points, free_text=True)
    return ask(request, words, make, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def appoint(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Name a lead, a deputy or a sponsor beside those there are."""
    workstream = find_workstream(request, slug)
    initial = {"role": request.GET.get("role", ""), "since": today()}

    def make(data: QueryDict | None) -> AppointForm:
        return AppointForm(data, among=people_of(request.programme), initial=initial)

    def act(form: Any) -> HttpResponse:
        made = teams.appoint(workstream=workstream, by=request.user, **form.cleaned_data)
        messages.success(request, f"{made.who} is {made.get_role_display().lower()} of {workstream}.")
        return redirect(team_address(request, workstream))

    words = _words(request, workstream, f"Name somebody for {workstream}", "Save")
    return ask(request, words, make, act)


def _part(workstream: Workstream, pk: int) -> Assignment:
    return get_object_or_404(Assignment.objects.of_workstream(workstream).with_people(), pk=pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def end_part(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """End somebody's part without a successor."""
    workstream = find_workstream(request, slug)
    part = _part(workstream, pk)
    role = part.get_role_display().lower()

    def make(data: QueryDict | None) -> LastDayForm:
        return LastDayForm(data, initial={"until": today()})

    def act(form: Any) -> HttpResponse:
        teams.end(assignment=part, until=form.cleaned_data["until"], by=request.user)
        messages.success(request, f"{part.who}’s part as {role} ends.")
        return redirect(team_address(request, workstream))

    points = ["To put somebody else in their place in one step, go back and select ‘Replace’."]
    words = _words(request, workstream, f"End {part.who}’s part as {role}", "End their part", points=points)
    return ask(request, words, make, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def replace_part(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """One ends and the other begins, in one step."""
    workstream = find_workstream(request, slug)
    part = _part(workstream, pk)
    role = part.get_role_display().lower()

    def make(data: QueryDict | None) -> ReplaceForm:
        among = people_of(request.programme).exclude(pk=part.who.pk)
        return ReplaceForm(data, among=among, initial={"on": today()})

    def act(form: Any) -> HttpResponse:
        answers = form.cleaned_data
        made = teams.hand_over(assignment=part, to=answers["person"], on=answers["on"], by=request.user)
        messages.success(request, f"{made.who} follows {part.who} as {role} of {workstream}.")
        return redirect(team_address(request, workstream))

    points = [f"{part.who}’s part ends the day before."]
    words = _words(request, workstream, f"Replace {part.who} as {role}", "Replace", points=points)
    return ask(request, words, make, act)
