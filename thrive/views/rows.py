"""Rows of the map: one put right, one taken off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from thrive.actions import mapping as actions
from thrive.forms.mapping import ReasonForm, RowForm
from thrive.models import Mapping
from thrive.views.seeing import find_row


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def change_row(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Put a row right. A save that is out of date shows both."""
    row = find_row(request, pk)
    form = RowForm(request.POST) if request.method == "POST" else RowForm.of(row)
    if not form.is_bound:
        return _row_page(request, row, form)
    if not form.is_valid():
        return _row_page(request, row, form, status=422)
    said = form.cleaned_data
    try:
        actions.change(mapping=row, to=form.help_for(said["grouping"]), version=said["version"], by=request.user)
    except Stale as stale:
        data = request.POST.copy()
        data["version"] = str(stale.current.version)
        return _row_page(request, row, RowForm(data), theirs=stale.current, status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _row_page(request, row, form, status=422)
    messages.success(request, "The row has been changed.")
    return redirect("thrive-service", request.programme.slug, row.service_id)


def _row_page(
    request: ProgrammeRequest, row: Mapping, form: RowForm, *, theirs: Mapping | None = None, status: int = 200
) -> HttpResponse:
    context = {"row": row, "form": form, "theirs": theirs, "form_errors": form.is_bound and bool(form.errors)}
    return page(request, "thrive/row.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def remove_row(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Take a row off the map, with the reason."""
    row = find_row(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        actions.remove(mappings=[row], reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{row.service} is no longer mapped to {row.get_grouping_display()} there.")
        return redirect("thrive-service", request.programme.slug, row.service_id)
    context = {"row": row, "form": form, "form_errors": bool(form.errors)}
    return page(request, "thrive/row_remove.html", context, status=422 if form.errors else 200)
