"""One milestone apart from its date: what it is, what it waits for; and pilots, which are three of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from workstreams import dependants
from workstreams.actions import dependencies, milestones, pilots
from workstreams.forms.milestone import DetailsForm, NeedForm, PilotForm
from workstreams.models import Milestone, Workstream, WorkstreamQuerySet, statements_of
from workstreams.slippage import standing
from workstreams.views.plan import closed_on, editable_plan, find_milestone


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def edit_details(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """Change what a milestone is, apart from its dates."""
    workstream = editable_plan(request, slug)
    milestone = find_milestone(workstream, pk)
    if request.method == "GET":
        return _details_page(request, milestone, DetailsForm.of(milestone))
    form = DetailsForm(request.POST, workstream=workstream, keep=milestone)
    if not form.is_valid():
        return _details_page(request, milestone, form, status=422)
    try:
        saved = milestones.edit(
            milestone=milestone, details=form.details, version=form.cleaned_data["version"], by=request.user
        )
    except Stale as stale:
        return _stale_details(request, stale.current, form)
    messages.success(request, f"“{saved.title}” has been saved.")
    return redirect("milestone", request.programme.slug, workstream.slug, saved.pk)


def _stale_details(request: ProgrammeRequest, current: Milestone, form: DetailsForm) -> HttpResponse:
    """The milestone as somebody else left it, beside what was typed, ready to be saved over it."""
    data = form.data.copy()  # type: ignore[attr-defined]  # always a QueryDict
    data["version"] = str(current.version)
    typed = DetailsForm(data, workstream=current.workstream, keep=current)
    typed.add_error(None, "Somebody else has changed this milestone since you opened it. Check it, then save again.")
    return _details_page(request, find_milestone(current.workstream, current.pk), typed, status=409)


def _details_page(
    request: ProgrammeRequest, milestone: Milestone, form: DetailsForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "workstream": milestone.workstream,
        "milestone": milestone,
        "form": form,
        "form_errors": bool(form.errors),
        "theirs": milestone if status == 409 else None,  # noqa: PLR2004 - the status of a conflict
    }
    return page(request, "workstreams/milestone_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def edit_needs(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """What a milestone waits for: said and taken back, one at a time, from any workstream of the programme."""
    workstream = editable_plan(request, slug)
    milestone = find_milestone(workstream, pk)
    if request.method == "POST" and request.POST.get("remove", "").isdecimal():
        return _no_longer_needs(request, milestone, int(request.POST["remove"]))
    other = _other_workstream(request, workstream)
    among = other.milestones.exclude(pk=milestone.pk).order_by("title", "pk")
    if request.method == "GET":
        return _needs_page(request, milestone, other, NeedForm(among=among))
    form = NeedForm(request.POST, among=among)
    if form.is_valid():
        needed = form.cleaned_data["needs"]
        try:
            dependencies.add(milestone=milestone, needs=needed, by=request.user)
        except Refused as refused:
            form.add_error("needs", str(refused))
        else:
            messages.success(request, f"“{milestone.title}” waits for “{needed.title}” now.")
            return redirect("milestone-needs", request.programme.slug, slug, pk)
    return _needs_page(request, milestone, other, form, status=422)


def _no_longer_needs(request: ProgrammeRequest, milestone: Milestone, pk: int) -> HttpResponse:
    needed = get_object_or_404(Milestone, pk=pk, needed_by__milestone=milestone)
    dependencies.remove(milestone=milestone, needs=needed, by=request.user)
    messages.success(request, f"“{milestone.title}” no longer waits for “{needed.title}”.")
    return redirect("milestone-needs", request.programme.slug, milestone.workstream.slug, milestone.pk)


def _other_workstream(request: ProgrammeRequest, own: Workstream) -> Workstream:
    """The workstream whose milestones are offered: the one chosen, else the milestone's own."""
    chosen = (request.POST if request.method == "POST" else request.GET).get("workstream", "")
    return _readable(request).filter(slug=chosen).first() or own


def _readable(request: ProgrammeRequest) -> WorkstreamQuerySet:
    return Workstream.objects.visible_to(request.user).filter(programme=request.programme, merged_into=None)


def _needs_page(
    request: ProgrammeRequest, milestone: Milestone, other: Workstream, form: NeedForm, *, status: int = 200
) -> HttpResponse:
    when = standing(statements_of(milestone), today()).when
    context = {
        "workstream": milestone.workstream,
        "milestone": milestone,
        "needs": dependants.needs(milestone, when, today()),
        "form": form,
        "form_errors": bool(form.errors),
        "other": other,
        "workstreams": _readable(request),
    }
    return page(request, "workstreams/milestone_needs.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def add_pilot(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Plan a pilot, its evaluation and its roll-out on one page."""
    workstream = editable_plan(request, slug)
    form = PilotForm(request.POST if request.method == "POST" else None, workstream=workstream)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = pilots.plan(
                workstream=workstream, name=said["name"], question=said["question"], dates=form.dates,
                owner=said["owner"], phase=said["phase"], by=request.user,
            )  # fmt: skip
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, f"“{made.name}” has been added to the plan: pilot, evaluation and roll-out.")
            return redirect("plan", request.programme.slug, slug)
    context = {
        "workstream": workstream,
        "form": form,
        "form_errors": bool(form.errors),
        "closed_on": closed_on(workstream, today()),
    }
    return page(request, "workstreams/pilot_add.html", context, status=422 if form.errors else 200)
