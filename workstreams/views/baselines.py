"""New baselines: asking for one, agreeing to it or refusing it, and withdrawing what one asked for."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from programme.views.asking import Words, ask
from workstreams.actions import baselines
from workstreams.forms.milestone import BaselineForm, DecisionForm, WithdrawForm
from workstreams.models import BaselineRequest, Milestone
from workstreams.views.plan import editable_plan, find_milestone, plan_row

DECIDED_SHOWN = 50
CHANGED = "Somebody else has changed this milestone since you opened it. Check it, then send again."


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def ask_for_baseline(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """Ask for a new baseline, with the reason. Nothing changes until somebody else agrees."""
    milestone = find_milestone(editable_plan(request, slug), pk)
    if request.method == "GET":
        return _ask_page(request, milestone, BaselineForm(initial={"version": milestone.version}))
    form = BaselineForm(request.POST)
    if not form.is_valid():
        return _ask_page(request, milestone, form, status=422)
    try:
        baselines.ask(milestone=milestone, by=request.user, **form.cleaned_data)
    except Stale as stale:
        form = BaselineForm({**request.POST.dict(), "version": str(stale.current.version)})
        form.add_error(None, CHANGED)
        return _ask_page(request, find_milestone(milestone.workstream, pk), form, status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _ask_page(request, milestone, form, status=422)
    messages.success(request, "You have asked for a new baseline. The senior leadership team or an approver decides.")
    return redirect("milestone", request.programme.slug, slug, pk)


def _ask_page(
    request: ProgrammeRequest, milestone: Milestone, form: BaselineForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "workstream": milestone.workstream,
        "row": plan_row(milestone, today(), None),
        "form": form,
        "form_errors": bool(form.errors),
        "waiting": milestone.baseline_requests.waiting().select_related("by__person").first(),
        "me": request.user.pk,
    }
    return page(request, "workstreams/baseline_ask.html", context, status=status)


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def baseline_list(request: ProgrammeRequest) -> HttpResponse:
    """New baselines that wait for a decision, and those decided on."""
    found = BaselineRequest.objects.visible_to(request.user).filter(
        milestone__workstream__programme=request.programme
    ).select_related("milestone__workstream", "by__person", "decision__by__person")  # fmt: skip
    context = {
        "waiting": found.waiting(),
        "decided": found.exclude(decision=None).order_by("-decision__at", "-pk")[:DECIDED_SHOWN],
        "can_decide": Permission.AGREE_BASELINES in request.permissions,
        "me": request.user.pk,
    }
    return page(request, "workstreams/baselines.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.AGREE_BASELINES)
def decide_on_baseline(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """One request with the milestone's dates so far, to agree to or to refuse."""
    mine = BaselineRequest.objects.visible_to(request.user).filter(milestone__workstream__programme=request.programme)
    asked = get_object_or_404(mine.select_related("milestone__workstream", "by__person"), pk=pk)
    milestone = find_milestone(asked.milestone.workstream, asked.milestone_id)
    if request.method == "GET":
        return _decision_page(request, asked, milestone, DecisionForm(initial={"version": milestone.version}))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _decision_page(request, asked, milestone, form, status=422)
    said = form.cleaned_data
    decide = baselines.agree if said["outcome"] == "agreed" else baselines.refuse
    try:
        decide(request=asked, version=said["version"], reason=said["reason"], by=request.user)
    except Stale as stale:
        form = DecisionForm({**request.POST.dict(), "version": str(stale.current.version)})
        form.add_error(None, CHANGED)
        return _decision_page(request, asked, milestone, form, status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _decision_page(request, asked, milestone, form, status=422)
    agreed = "You have agreed to the new baseline." if said["outcome"] == "agreed" else "You have refused it."
    messages.success(request, f"{milestone.title}: {agreed}")
    return redirect("baselines", request.programme.slug)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def withdraw_baseline(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Take one's own request back. Only who asked may, and only until somebody has decided."""
    mine = BaselineRequest.objects.visible_to(request.user).filter(milestone__workstream__programme=request.programme)
    asked = get_object_or_404(mine.select_related("milestone__workstream", "decision"), pk=pk)
    if asked.by_id != request.user.pk:
        raise PermissionDenied
    milestone = asked.milestone
    back = reverse("milestone", args=[request.programme.slug, milestone.workstream.slug, milestone.pk])

    def act(form: WithdrawForm) -> HttpResponse:
        baselines.withdraw(request=asked, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "You have withdrawn the new baseline you asked for.")
        return redirect(back)

    facts = [("Asked for", [asked.window.display()]), ("Why", [asked.reason])]
    points = ["The baseline stays as it is. That you asked, and that you withdrew it, stays on record."]
    words = Words(
        milestone.title, "Withdraw the new baseline you asked for", "Withdraw it", back, milestone.title, points, facts
    )
    return ask(request, words, WithdrawForm, act)


def _decision_page(
    request: ProgrammeRequest, asked: BaselineRequest, milestone: Milestone, form: DecisionForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "asked": asked,
        "row": plan_row(milestone, today(), None),
        "statements": milestone.dates.select_related("by__person").order_by("-at", "-pk"),
        "is_own": asked.by_id == request.user.pk,
        "decided": getattr(asked, "decision", None),
        "form": form,
        "form_errors": bool(form.errors),
    }
    return page(request, "workstreams/baseline_decide.html", context, status=status)
