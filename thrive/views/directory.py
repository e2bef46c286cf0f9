"""The directory: services listed, read, added, changed, checked, and mapped."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from programme import trail
from programme.clock import today
from programme.models import Place
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from thrive import directory, kept, the_map
from thrive.actions import directory as actions
from thrive.actions import mapping
from thrive.forms.mapping import ServiceMapForm
from thrive.forms.service import CheckedForm, DirectoryForm, ServiceForm
from thrive.groupings import grouping, tier_hint
from thrive.models import Mapping, Service
from thrive.the_map import Lands
from thrive.views.seeing import find_service, keeps, services
from workstreams.views.history import page_number

A_PAGE = 25


@require_GET
@requires(Permission.READ_MAP)
def service_list(request: ProgrammeRequest) -> HttpResponse:
    """Services that fit, a page at a time. Filters, sorting and pages are plain addresses."""
    lands = the_map.lands_of(request.programme)
    form = DirectoryForm(request.GET, places=lands.all_shown)
    given = form.given
    sort = request.GET.get("sort", "name")
    sort = sort if sort.lstrip("-") in directory.SORTS else "name"
    chosen = form.chosen(lambda key: lands.around([lands.by_key[key]]))
    found = directory.ordered(directory.filtered(services(lands), chosen, today()), sort)
    shown = Paginator(directory.with_rows(found), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filters_chosen": bool(given),
        "columns": _columns(given, sort),
        "sort": sort,
        "shown": shown,
        "lines": directory.lines(list(shown), today()),
        "query": urlencode(given | ({"sort": sort} if sort != "name" else {})),
        "can_keep": keeps(request),
    }
    return page(request, "thrive/services.html", context, part="services")


def _columns(given: dict[str, str], sort: str) -> list[dict[str, str]]:
    columns = []
    for key, text in directory.SORTS.items():
        here, turned = key == sort.lstrip("-"), sort.startswith("-")
        query = urlencode(given | {"sort": f"-{key}" if here and not turned else key})
        aria = ("descending" if turned else "ascending") if here else "none"
        columns.append({"key": key, "text": text, "query": query, "aria": aria})
    return columns


@require_GET
@requires(Permission.READ_MAP)
def show_service(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """All that the directory says of a service, and its rows on the map."""
    service = find_service(request, pk)
    hints = {tag: [named.name for code in tier_hint(tag) if (named := grouping(code))] for tag in service.tags}
    context = {
        "service": service,
        "places": service.places.all(),
        "rows": Mapping.objects.filter(service=service).select_related("place", "reviewed_by__person"),
        "checked": service.freshness(today()),
        "is_stale": service.is_stale(today()),
        "hints": {tag: names for tag, names in hints.items() if names},
        "can_keep": keeps(request),
    }
    return page(request, "thrive/service.html", context)


def offered_places(lands: Lands) -> list[Place]:
    """What a service can be said to serve: own places, what lies inside, and the wider areas."""
    wider = {key for place in lands.own for key in lands.area.upward(place.pk)[1:]}
    shown = lands.all_shown
    return [lands.by_key[key] for key in sorted(wider - {place.pk for place in shown})] + shown


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def add_service(request: ProgrammeRequest) -> HttpResponse:
    """Add a service to the directory."""
    places = offered_places(the_map.lands_of(request.programme))
    about: dict[str, Any] = {"programme": request.programme, "places": places}
    if request.method == "GET":
        start = {"version": 0, "status": "live", "age_from": 0, "age_to": 300}
        return _form_page(request, ServiceForm(initial=start, **about))
    form = ServiceForm(request.POST, **about)
    if form.is_valid():
        try:
            made = actions.add(entry=form.entry, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{made} is in the directory. Now map it: which needs does it meet, where?")
            return redirect("thrive-service", request.programme.slug, made.pk)
    return _form_page(request, form, status=422)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def change_service(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Change a service. A save that is out of date shows both texts."""
    service, places = find_service(request, pk), offered_places(the_map.lands_of(request.programme))
    about: dict[str, Any] = {"programme": request.programme, "places": places, "service": service}
    if request.method == "GET":
        about.pop("service")
        return _form_page(request, ServiceForm.of(service, **about), service=service)
    form = ServiceForm(request.POST, **about)
    if not form.is_valid():
        return _form_page(request, form, service=service, status=422)
    version, seen = form.cleaned_data["version"], {place.pk for place in places}
    try:
        actions.change(service=service, entry=form.entry, version=version, seen=seen, by=request.user)
    except Stale as stale:
        data = request.POST.copy()
        data["version"] = str(stale.current.version)
        return _form_page(request, ServiceForm(data, **about), service=service, theirs=stale.current, status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, form, service=service, status=422)
    messages.success(request, f"{form.cleaned_data['name']} has been changed.")
    return redirect("thrive-service", request.programme.slug, service.pk)


def _form_page(
    request: ProgrammeRequest,
    form: ServiceForm,
    *,
    service: Service | None = None,
    theirs: Service | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "service": service, "theirs": theirs, "form_errors": form.is_bound and bool(form.errors)}
    return page(request, "thrive/service_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def check_service(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Say that an entry is right, as checked on a day."""
    service = find_service(request, pk)
    form = CheckedForm(request.POST if request.method == "POST" else None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        actions.assure(services=[service], on=form.cleaned_data["on"], by=request.user)
        messages.success(request, f"{service} is marked as checked.")
        return redirect("thrive-service", request.programme.slug, service.pk)
    context = {"form": form, "service": service, "form_errors": bool(form.errors)}
    return page(request, "thrive/service_check.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def map_service(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Map a service to needs, the same in several places at once."""
    service = find_service(request, pk)
    seen = {place.pk for place in offered_places(the_map.lands_of(request.programme))}
    places = service.places.filter(pk__in=seen)
    initial = {"age_from": service.age_from, "age_to": service.age_to, "places": list(places)}
    form = ServiceMapForm(request.POST if request.method == "POST" else None, places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        helps = [form.help_for(need) for need in form.cleaned_data["needs"]]
        try:
            made = mapping.add(service=service, places=list(form.cleaned_data["places"]), helps=helps, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{len(made)} rows are on the map." if len(made) > 1 else "1 row is on the map.")
            return redirect("thrive-service", request.programme.slug, service.pk)
    context = {"form": form, "service": service, "form_errors": bool(form.errors)}
    return page(request, "thrive/service_map.html", context, status=422 if form.errors else 200)


@require_GET
@requires(Permission.READ_MAP)
def service_history(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """What was changed in a service and its rows."""
    service = find_service(request, pk)
    told = trail.read(kept.of_service(service), programme=request.programme.slug, number=page_number(request))
    return page(request, "thrive/service_history.html", {"service": service, "told": told}, part="history")
