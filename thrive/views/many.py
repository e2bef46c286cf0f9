"""Many rows at once: changed together, or copied from one place to another."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused
from programme.roles import Permission
from programme.wording import counted
from thrive import the_map
from thrive.actions import copying
from thrive.actions import mapping as actions
from thrive.forms.rows import CopyForm, ManyForm, RowsFilterForm
from thrive.models import Mapping, MappingQuerySet
from thrive.service_words import FRESH_DAYS
from thrive.the_map import Lands

A_PAGE, MOST = 50, 500


def _rows(lands: Lands) -> MappingQuerySet:
    seen = Mapping.objects.filter(place__in=lands.around(lands.own))
    return seen.select_related("service__provider", "place", "reviewed_by__person")


def _picked(request: ProgrammeRequest) -> list[Mapping]:
    """The rows whose boxes were ticked; others of the form are left out."""
    said = request.POST if request.method == "POST" else request.GET
    keys = [int(key) for key in said.getlist("row")[:MOST] if key.isdecimal() and len(key) < 16]  # noqa: PLR2004
    return list(_rows(the_map.lands_of(request.programme)).filter(pk__in=keys))


@require_GET
@requires(Permission.KEEP_MAP)
def list_rows(request: ProgrammeRequest) -> HttpResponse:
    """All rows with a box each; those ticked go to the page that asks what should happen to them."""
    lands = the_map.lands_of(request.programme)
    form = RowsFilterForm(request.GET, places=lands.all_shown)
    said = form.cleaned_data
    rows = _rows(lands)
    if said.get("place"):
        rows = rows.filter(place=said["place"])
    if said.get("need"):
        rows = rows.filter(grouping=said["need"])
    if said.get("state"):
        rows = rows.filter(Q(reviewed_on=None) | Q(reviewed_on__lt=today() - timedelta(days=FRESH_DAYS)))
    given = {name: value for name, value in said.items() if value}
    context = {
        "form": form,
        "shown": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "query": urlencode(given),
        "filters_chosen": bool(given),
    }
    return page(request, "thrive/rows.html", context, part="rows")


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def change_many(request: ProgrammeRequest) -> HttpResponse:
    """What should happen to the ticked rows, with the rows in sight; then it happens to all of them or none."""
    picked = _picked(request)
    if not picked:
        messages.info(request, "Select at least one row.")
        return redirect("thrive-rows", request.programme.slug)
    form = ManyForm(request.POST if request.method == "POST" else None, initial={"on": today(), "deed": "review"})
    if request.method == "POST" and form.is_valid():
        count = _do(picked, form.cleaned_data, request)
        messages.success(request, f"{counted(count, 'row')} changed.")
        return redirect("thrive-rows", request.programme.slug)
    context = {"form": form, "picked": picked, "form_errors": bool(form.errors)}
    return page(request, "thrive/rows_change.html", context, status=422 if form.errors else 200)


def _do(picked: list[Mapping], said: dict[str, Any], request: ProgrammeRequest) -> int:
    deed = said["deed"]
    about: dict[str, Any] = {"mappings": picked, "by": request.user}
    if deed == "review":
        return actions.review(on=said["on"], **about)
    if deed == "remove":
        return actions.remove(reason=said["reason"], **about)
    return actions.weigh(contribution=deed, reason=said["reason"], **about)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def copy_place(request: ProgrammeRequest) -> HttpResponse:
    """Choose two places, look at what would be copied, then copy what is ticked."""
    lands = the_map.lands_of(request.programme)
    said = request.POST if request.method == "POST" else request.GET
    form = CopyForm(said if "source" in said else None, places=lands.all_shown)
    if not form.is_valid():
        context: dict[str, Any] = {"form": form, "form_errors": form.is_bound}
        return page(request, "thrive/copy.html", context, status=422 if form.is_bound else 200)
    places = {"source": form.cleaned_data["source"], "target": form.cleaned_data["target"]}
    refused = ""
    if request.method == "POST":
        keys = [int(key) for key in request.POST.getlist("row") if key.isdecimal() and len(key) < 16]  # noqa: PLR2004
        try:
            made = copying.copy(**places, keys=keys, by=request.user)
        except Refused as said_no:
            refused = str(said_no)
        else:
            messages.success(
                request, f"{counted(len(made), 'row')} copied to {places['target']}, to be looked at there."
            )
            return redirect(f"{reverse('thrive', args=[request.programme.slug])}?place={places['target'].pk}")
    rows = copying.look(**places)
    context = places | {
        "form": form,
        "rows": rows,
        "copyable": [each for each in rows if not each.in_the_way],
        "refused": refused,
        "form_errors": bool(refused),
    }
    return page(request, "thrive/copy_check.html", context, status=422 if refused else 200)
