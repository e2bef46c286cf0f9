"""The decisions of a programme: the log, one decision with what replaced it, and changing one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from programme.wording import counted
from workstreams import access
from workstreams.actions import registers
from workstreams.forms.register import DecisionForm, NewDecisionForm
from workstreams.models import Decision
from workstreams.views.registers import Facts, facts_of, posted_again
from workstreams.views.roadmap import page_links

DECISIONS_A_PAGE = 50
PEOPLE = ("decided_by__merged_into", "ask", "meeting__group", "group", "workstream__merged_into", "superseded_by")


def _readable(request: ProgrammeRequest) -> Any:
    seen = Decision.objects.visible_to(request.user).filter(programme=request.programme)
    return seen.select_related(*PEOPLE)


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def decision_list(request: ProgrammeRequest) -> HttpResponse:
    """Every decision of the programme, newest first; with ?standing=1 only those that nothing has replaced."""
    standing = request.GET.get("standing") == "1"
    found = _readable(request).filter(superseded_by=None) if standing else _readable(request)
    pages = Paginator(found, DECISIONS_A_PAGE).get_page(request.GET.get("page"))
    count = pages.paginator.count
    context = {
        "decisions": pages,
        "links": page_links(request, pages),
        "standing": standing,
        "today": today(),
        "sentence": f"{counted(count, 'decision')} {'stands' if count == 1 else 'stand'}."
        if standing
        else f"{counted(count, 'decision')} {'has' if count == 1 else 'have'} been recorded.",
        "can_add": Permission.EDIT_WORKSTREAMS in request.permissions,
    }
    return page(request, "workstreams/decisions.html", context)


def _find(request: ProgrammeRequest, pk: int) -> Decision:
    found: Decision = get_object_or_404(_readable(request), pk=pk)
    return found


def _may_keep(request: ProgrammeRequest, decision: Decision) -> bool:
    roles = access.assignment_roles(request.user, decision.workstream.survivor) if decision.workstream else ()
    if access.can_edit_plan(roles, request.permissions):
        return True
    group = decision.meeting.group if decision.meeting else None
    return group is not None and access.keeps_group(request.user, group, request.permissions)


def _kept(request: ProgrammeRequest, pk: int) -> Decision:
    decision = _find(request, pk)
    if not _may_keep(request, decision):
        raise PermissionDenied
    return decision


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def decision_page(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """What was decided, by whom and where, what else was considered, and what replaced it."""
    decision = _find(request, pk)
    context = {
        "decision": decision,
        "earlier": decision.supersedes.all(),
        "actions": decision.actions.select_related("owner__merged_into"),
        "today": today(),
        "keeps": _may_keep(request, decision),
    }
    return page(request, "workstreams/decision.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def change_decision(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Put right what was recorded. A save that is out of date shows both texts."""
    decision = _kept(request, pk)
    about: dict[str, Any] = {"workstream": decision.workstream, "programme": request.programme}
    words: dict[str, Any] = {"title": "Change a decision", "button": "Save changes", "decision": decision}
    if request.method == "GET":
        return _form_page(request, DecisionForm.of(decision, **about), **words)
    form = DecisionForm(request.POST, **about)
    if not form.is_valid():
        return _form_page(request, form, **words)
    try:
        registers.change(entry=decision, version=form.cleaned_data["version"] or 0, by=request.user, **form.answers)
    except Stale as stale:
        again = DecisionForm(posted_again(request, stale.current.version), **about)
        return _form_page(request, again, theirs=facts_of(stale.current), **words)
    messages.success(request, "The decision has been changed.")
    return redirect("decision", request.programme.slug, decision.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def replace_decision(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Record a newer decision in the place of this one. The older one stays readable and points at it."""
    earlier = _kept(request, pk)
    about: dict[str, Any] = {"workstream": earlier.workstream, "programme": request.programme}
    words: dict[str, Any] = {"title": "Replace a decision", "button": "Record the new decision", "decision": earlier}
    if request.method == "GET":
        start = {"replaces": earlier, "group": earlier.group, "decided_by_words": earlier.decided_by_words}
        return _form_page(request, NewDecisionForm(initial=start, **about), **words)
    form = NewDecisionForm(request.POST, **about)
    if not form.is_valid():
        return _form_page(request, form, **words)
    answers = form.answers | {"replaces": form.cleaned_data["replaces"] or earlier}
    try:
        made = registers.record_decision(
            programme=request.programme, workstream=earlier.workstream, by=request.user, **answers
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, form, **words)
    messages.success(request, "The new decision has been recorded. The earlier one points at it.")
    return redirect("decision", request.programme.slug, made.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_WORKSTREAMS)
def add_decision(request: ProgrammeRequest) -> HttpResponse:
    """Record a decision about the programme as a whole."""
    words: dict[str, Any] = {"title": "Record a decision", "button": "Record the decision"}
    form = NewDecisionForm(request.POST if request.method == "POST" else None, programme=request.programme)
    if request.method == "POST" and form.is_valid():
        try:
            made = registers.record_decision(programme=request.programme, by=request.user, **form.answers)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The decision has been recorded.")
            return redirect("decision", request.programme.slug, made.pk)
    return _form_page(request, form, **words)


def _form_page(request: ProgrammeRequest, form: Any, *, theirs: Facts | None = None, **words: Any) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    context = {"form": form, "form_errors": wrong, "theirs": theirs, **words}
    return page(request, "workstreams/decision_form.html", context, status=409 if theirs else 422 if wrong else 200)
