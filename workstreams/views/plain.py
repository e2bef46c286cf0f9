"""A workstream in plain language, for young people and families."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Stale
from programme.roles import Permission
from workstreams import access
from workstreams.actions import plain as actions
from workstreams.forms.plain import PlainForm
from workstreams.models import PlainPage, Workstream
from workstreams.views.following import follows_merges
from workstreams.views.workstreams import find_workstream


def _may_write(request: ProgrammeRequest, workstream: Workstream) -> bool:
    return access.can_keep_voices(access.assignment_roles(request.user, workstream), request.permissions)


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def plain_page(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """The page as it is read now, or a version from before."""
    workstream = find_workstream(request, slug)
    versions = list(PlainPage.objects.of_workstream(workstream).select_related("by__person"))
    asked = request.GET.get("version", "")
    shown = versions[0] if versions else None
    if asked:
        shown = next((each for each in versions if str(each.number) == asked), None)
        if shown is None:
            raise Http404
    context = {
        "workstream": workstream,
        "shown": shown,
        "is_newest": not versions or shown is versions[0],
        "versions": versions,
        "can_write": _may_write(request, workstream),
    }
    return page(request, "workstreams/plain.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def edit_plain_page(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Write the page. 'Check the reading age' says how hard it is without saving."""
    workstream = find_workstream(request, slug)
    if not _may_write(request, workstream):
        raise PermissionDenied
    current = PlainPage.objects.of_workstream(workstream).first()
    if request.method == "GET":
        return _form_page(request, workstream, PlainForm.of(current))
    form = PlainForm(request.POST)
    if "check" in request.POST:
        return _form_page(request, workstream, PlainForm(initial=request.POST.dict()), checked=True)
    if not form.is_valid():
        return _form_page(request, workstream, form, checked=True, status=422)
    return _saved(request, workstream, form)


def _saved(request: ProgrammeRequest, workstream: Workstream, form: PlainForm) -> HttpResponse:
    try:
        saved = actions.save(
            workstream=workstream,
            texts=form.texts,
            version=form.cleaned_data["version"],
            confirmed=form.confirmed,
            by=request.user,
        )
    except Stale as stale:
        number = stale.current.number if stale.current else 0
        mine = PlainForm({**request.POST.dict(), "version": str(number)})
        return _form_page(request, workstream, mine, theirs=stale.current, status=409)
    reading = saved.reading
    if reading.is_plain:
        messages.success(request, f"The page has been saved. {reading.sentence}")
    else:
        messages.warning(request, f"The page has been saved. {reading.sentence} See below what could be easier.")
    return redirect("workstream-plain", request.programme.slug, workstream.slug)


def _form_page(
    request: ProgrammeRequest, workstream: Workstream, form: PlainForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"workstream": workstream, "form": form, "form_errors": form.is_bound and bool(form.errors)}
    return page(request, "workstreams/plain_form.html", context | more, status=status)
