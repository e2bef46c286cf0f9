"""The map of one place, and its cells."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.models import Place
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from thrive import map_words, the_map
from thrive.actions import mapping as actions
from thrive.coverage import Facts, Stage, State
from thrive.forms.mapping import CellMapForm, LensForm, NoneForm, ReasonForm
from thrive.groupings import groupings
from thrive.models import ConfirmedNone, GapFinding, Mapping, Service
from thrive.the_map import Lands
from thrive.views.seeing import Where, find_cell, keeps
from workstreams.voice_words import GROUP_WORDS


@require_GET
@requires(Permission.READ_MAP)
def show_map(request: ProgrammeRequest) -> HttpResponse:
    """Ages down, needs across, for one place. On a phone the same by need, unless the table is asked for."""
    lands = the_map.lands_of(request.programme)
    form = LensForm(request.GET, places=lands.all_shown)
    place = form.chosen_place
    if place is None:
        return page(request, "thrive/map_empty.html", {"can_keep": keeps(request)})
    facts = the_map.facts(lands.area, lands.around([place]))
    context = _matrix(facts, lands, place, form.chosen_group) | {
        "form": form,
        "as_table": request.GET.get("as") == "table",
        "can_keep": keeps(request),
        "groupings": groupings(),
    }
    return page(request, "thrive/map.html", context, part="map")


def _matrix(facts: Facts, lands: Lands, place: Place, group: str) -> dict[str, Any]:
    """What the matrix of a place needs."""
    names = {key: each.name for key, each in lands.by_key.items()}
    matrix = map_words.matrix(facts, place.pk, names, group)
    return {
        "place": place,
        "group": group,
        "whom": GROUP_WORDS.get(group, ""),
        "matrix": matrix,
        "sentence": map_words.summary(place.name, matrix.cells),
        "gaps": [g for g in map_words.age_gaps(facts, place.pk, place.name, group) if g.state is State.NONE],
        "query": f"?{urlencode({'group': group})}" if group else "",
    }


@require_GET
@requires(Permission.READ_MAP)
def show_cell(request: ProgrammeRequest, place: int, need: str, ages: str) -> HttpResponse:
    """One cell: what is offered, by whom, how that is known; or that nothing is, and who has looked."""
    return _cell_page(request, find_cell(request, place, need, ages))


def _cell_page(request: ProgrammeRequest, where: Where, *, saved: str = "") -> HttpResponse:
    """The cell; after a change in place, the whole matrix with it, for a row may count in several cells."""
    lands, place = where.lands, where.place
    facts = the_map.facts(lands.area, lands.around([place]), grouping="" if saved else where.need.code)
    cell = facts.cell(place.pk, where.need.code, where.ages, where.group)
    rows = Mapping.objects.filter(pk__in=[offer.key for offer in cell.offers])
    nones = ConfirmedNone.objects.filter(pk__in=[absence.key for absence in cell.absences])
    may_be_gap = cell.state is not State.NOT_MAPPED and not cell.state.is_covered
    context = _about(where) | {
        "cell": map_words.shown(cell, where.need, where.names),
        "rows": rows.select_related(
            "service__provider", "service__milestone__workstream", "place", "reviewed_by__person"
        ),
        "nones": nones.select_related("place", "by__person"),
        "gaps_here": _gaps_of(where),
        "can_keep": keeps(request),
        "gap_query": _gap_query(where) if may_be_gap else "",
        "is_covered": any(offer.stage is Stage.LIVE for piece in cell.pieces for offer in piece.offers),
        "saved": saved,
    }
    context |= _matrix(facts, lands, place, where.group) if saved else {}
    return page(request, "thrive/cell.html", context, part="cell")


def _gaps_of(where: Where) -> QuerySet[GapFinding]:
    """Gaps of the place, or of a wider one, that were recorded for this need at some of these ages."""
    upward = where.lands.area.upward(where.place.pk)
    ages = where.ages
    return (
        GapFinding.objects.filter(place__in=upward, grouping=where.need.code)
        .filter(age_from__lt=ages.end, age_to__gt=ages.start, group__in={"", where.group})
        .select_related("place")
    )


def _gap_query(where: Where) -> str:
    """What the form to record a gap already knows."""
    told = {"place": str(where.place.pk), "need": where.need.code, "ages": where.ages.key, "group": where.group}
    return urlencode({name: value for name, value in told.items() if value})


def _about(where: Where) -> dict[str, Any]:
    return {
        "place": where.place, "grouping": where.need, "ages": where.ages, "group": where.group, "whom": where.whom,
        "query": where.query,
    }  # fmt: skip


def _answer(request: ProgrammeRequest, where: Where, said: str) -> HttpResponse:
    """After a change: the cell and the matrix in place, or back to the cell with a message."""
    if request.htmx:  # type: ignore[attr-defined]  # added by django-htmx's middleware
        return _cell_page(request, where, saved=said)
    messages.success(request, said)
    keys = [request.programme.slug, where.place.pk, where.need.code, where.ages.key]
    return redirect(reverse("thrive-cell", args=keys) + where.query)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def map_into_cell(request: ProgrammeRequest, place: int, need: str, ages: str) -> HttpResponse:
    """Map a service that serves the place to the need of a cell."""
    where = find_cell(request, place, need, ages)
    offered = Service.objects.in_places([where.place.pk]).standing()
    initial = {"age_from": where.ages.start, "age_to": where.ages.end, "contribution": "core"}
    form = CellMapForm(request.POST if request.method == "POST" else None, services=offered, initial=initial)
    if request.method == "POST" and form.is_valid():
        service: Service = form.cleaned_data["service"]
        try:
            actions.add(service=service, places=[where.place], helps=[form.help_for(need)], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _answer(request, where, f"{service} is on the map.")
    context = _about(where) | {"form": form, "form_errors": bool(form.errors), "offered": offered.exists()}
    return page(request, "thrive/cell_map.html", context, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def confirm_none(request: ProgrammeRequest, place: int, need: str, ages: str) -> HttpResponse:
    """Record that somebody looked and nothing is offered: the only thing that makes a gap."""
    where = find_cell(request, place, need, ages)
    form = NoneForm(request.POST if request.method == "POST" else None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        about: dict[str, Any] = {"place": where.place, "grouping": need, "ages": where.ages, "group": where.group}
        try:
            actions.confirm_none(**about, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _answer(request, where, "Confirmed: nothing is offered. It is a gap now.")
    context = _about(where) | {"form": form, "form_errors": bool(form.errors)}
    return page(request, "thrive/cell_none.html", context, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def withdraw_none(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Take a confirmed none back, with the reason."""
    nones = ConfirmedNone.objects.of_programme(request.programme)
    none = get_object_or_404(nones.select_related("place", "by__person"), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data, initial={"version": none.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_none(none=none, by=request.user, **form.cleaned_data)
        except (Refused, Stale) as said:
            form.add_error(None, str(said))
        else:
            messages.success(request, "Taken back. The cell is no longer a confirmed gap.")
            slug = request.programme.slug
            return redirect("thrive-cell", slug, none.place_id, none.grouping, none.ages.key)
    context = {"none": none, "form": form, "form_errors": bool(form.errors)}
    return page(request, "thrive/none_withdraw.html", context, status=422 if form.errors else 200)
