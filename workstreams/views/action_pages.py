"""One action, wherever it comes from: read by everybody on the programme, ended by its owner or its keepers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from workstreams import access
from workstreams.actions import registers
from workstreams.forms.register import ActionForm, EndActionForm
from workstreams.models import Action
from workstreams.views.registers import SOURCES, Facts, facts_of, posted_again


def _find(request: ProgrammeRequest, pk: int) -> Action:
    seen = Action.objects.visible_to(request.user).filter(programme=request.programme)
    people = ("owner__merged_into", "workstream__merged_into", "meeting__group__workstream__merged_into")
    found: Action = get_object_or_404(seen.select_related(*SOURCES, *people), pk=pk)
    return found


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def action_page(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """What is to be done, by whom and by when, and what it comes from."""
    action = _find(request, pk)
    context = {
        "action": action,
        "today": today(),
        "ends": action.is_open and access.ends_action(request.user, action, request.permissions),
        "keeps": action.is_open and access.keeps_action(request.user, action, request.permissions),
    }
    return page(request, "workstreams/action.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def end_action(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Say that an action is done or dropped. Its owner may, and whoever keeps the register or the group."""
    action = _find(request, pk)
    if not access.ends_action(request.user, action, request.permissions):
        raise PermissionDenied
    words: dict[str, Any] = {"title": "Done or dropped", "button": "Save"}
    if request.method == "GET":
        start = EndActionForm(initial={"version": action.version, "on": today(), "ending": Action.Ending.DONE})
        return _form_page(request, action, start, **words)
    form = EndActionForm(request.POST)
    if not form.is_valid():
        return _form_page(request, action, form, **words)
    try:
        ended = registers.end_action(action=action, by=request.user, **form.cleaned_data)
    except Stale as stale:
        again = EndActionForm(posted_again(request, stale.current.version))
        return _form_page(request, action, again, theirs=facts_of(stale.current), **words)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, action, form, **words)
    messages.success(request, f"The action is {ended.state_words.lower()}.")
    return redirect("action", request.programme.slug, action.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def change_action(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Change what is to be done, by whom and by when."""
    action = _find(request, pk)
    if not access.keeps_action(request.user, action, request.permissions):
        raise PermissionDenied
    words: dict[str, Any] = {"title": "Change an action", "button": "Save changes"}
    about: dict[str, Any] = {"workstream": action.workstream, "programme": request.programme}
    if request.method == "GET":
        return _form_page(request, action, ActionForm.of(action, **about), **words)
    form = ActionForm(request.POST, **about)
    if not form.is_valid():
        return _form_page(request, action, form, **words)
    try:
        registers.change(entry=action, version=form.cleaned_data["version"] or 0, by=request.user, **form.answers)
    except Stale as stale:
        again = ActionForm(posted_again(request, stale.current.version), **about)
        return _form_page(request, action, again, theirs=facts_of(stale.current), **words)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, action, form, **words)
    messages.success(request, "The action has been changed.")
    return redirect("action", request.programme.slug, action.pk)


def _form_page(
    request: ProgrammeRequest, action: Action, form: Any, *, theirs: Facts | None = None, **words: str
) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    context = {"action": action, "form": form, "form_errors": wrong, "theirs": theirs, **words}
    return page(request, "workstreams/action_form.html", context, status=409 if theirs else 422 if wrong else 200)
