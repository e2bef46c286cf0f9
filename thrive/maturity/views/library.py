"""The library of what works, and the framework in its versions."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme import tables
from programme.clock import today
from programme.models import Place
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from programme.wording import counted
from thrive.maturity import framework_file, read, sheets
from thrive.maturity.actions import framework as framework_actions
from thrive.maturity.actions import noting
from thrive.maturity.forms.noting import CheckForm, FrameworkForm, LibraryForm, PracticeForm
from thrive.maturity.models import Domain, Framework, Kloe, Practice
from thrive.maturity.views.seeing import runs


def _domains() -> list[Domain]:
    return list(Domain.objects.filter(framework=Framework.objects.first()))


@require_GET
@requires(Permission.READ_PROGRAMME)
def library(request: ProgrammeRequest) -> HttpResponse:
    """What works elsewhere and what helps, by domain. Filters are plain addresses."""
    domains = _domains()
    places = list(Place.objects.filter(pk__in=Practice.objects.values("place")))
    form = LibraryForm(request.GET, domains=domains, places=places)
    given = form.given
    found = Practice.objects.select_related("place")
    found = found.filter(**{name: value for name, value in given.items() if name != "q"})
    if given.get("q"):
        found = found.filter(Q(text__icontains=given["q"]) | Q(source__icontains=given["q"]))
    rows = list(found)
    by_domain = [(d, [row for row in rows if row.domain == d.code]) for d in domains]
    unchecked = sum(row.link_state == "unknown" for row in rows)
    context = {
        "form": form,
        "groups": [(d, listed) for d, listed in by_domain if listed],
        "empty": [d.name for d, listed in by_domain if not listed] if not given else [],
        "count": len(rows),
        "sentence": f"{counted(len(rows), 'entry', 'entries')}, of which {unchecked} have a link nobody has checked.",
        "filters_chosen": bool(given),
        "can_run": runs(request),
    }
    return page(request, "maturity/library.html", context, part="entries")


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def add_practice(request: ProgrammeRequest) -> HttpResponse:
    """Add something to the library."""
    form = PracticeForm(request.POST if request.method == "POST" else None, domains=_domains())
    if form.is_bound and form.is_valid():
        noting.add_practices(practices=[noting.Worth(**form.cleaned_data)], by=request.user)
        messages.success(request, "It is in the library.")
        return redirect("maturity-library", request.programme.slug)
    return _answer(request, "maturity/practice_add.html", {"form": form}, form)


def _answer(request: ProgrammeRequest, template: str, context: dict[str, Any], form: Any) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    return page(request, template, context | {"form_errors": wrong}, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def check_practice(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Say what is behind a link of the library, as looked at on a day."""
    found = get_object_or_404(Practice.objects.select_related("place"), pk=pk)
    start = {"version": found.version, "url": found.url, "on": today()}
    form = CheckForm(request.POST if request.method == "POST" else None, initial=start)
    context = {"practice": found, "form": form}
    if form.is_bound and form.is_valid():
        try:
            noting.check_practice(practice=found, by=request.user, **form.cleaned_data)
        except Stale as stale:
            data = request.POST.copy()
            data["version"] = str(stale.current.version)
            context |= {"form": CheckForm(data), "theirs": stale.current}
            return page(request, "maturity/practice_check.html", context, status=409)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The link is marked as checked.")
            return redirect("maturity-library", request.programme.slug)
    return _answer(request, "maturity/practice_check.html", context, form)


def _framework(number: int) -> Framework:
    return get_object_or_404(Framework, number=number)


@require_GET
@requires(Permission.READ_PROGRAMME)
def show_framework(request: ProgrammeRequest, number: int) -> HttpResponse:
    """A version of the framework: its levels, and each domain with its elements and questions."""
    found = _framework(number)
    tool = read.tool_of(found)
    kloes: dict[int, list[Kloe]] = {}
    for kloe in Kloe.objects.filter(element__domain__framework=found).order_by("order"):
        kloes.setdefault(kloe.element_id, []).append(kloe)
    context = {
        "framework": found,
        "versions": list(Framework.objects.all()),
        "tool": tool,
        "domains": [(d, [(e, kloes.get(e.pk, [])) for e in tool.of(d)]) for d in tool.domains],
        "questions": sum(map(len, kloes.values())),
        "can_run": runs(request),
    }
    return page(request, "maturity/framework.html", context)


@require_GET
@requires(Permission.READ_PROGRAMME)
def download_framework(_request: ProgrammeRequest, number: int, form: str) -> HttpResponse:
    """A version as a file that can be loaded again."""
    found = _framework(number)
    if form == "json":
        answer = HttpResponse(framework_file.to_json(sheets.text_of(found)), content_type="application/json")
    elif form == "xlsx":
        answer = HttpResponse(sheets.framework_out(found), content_type=tables.XLSX)
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="maturity-framework-{number}.{form}"'
    return answer


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_MATURITY)
def load_framework(request: ProgrammeRequest) -> HttpResponse:
    """Load the next version from a file."""
    bound = request.method == "POST"
    form = FrameworkForm(request.POST, request.FILES) if bound else FrameworkForm()
    if bound and form.is_valid():
        try:
            made = framework_actions.load(text=form.cleaned_data["file"], by=request.user)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, f"{made} is there. New reviews use it; earlier ones keep theirs.")
            return redirect("maturity-framework", request.programme.slug, made.number)
    context = {"form": form, "latest": Framework.objects.first()}
    return _answer(request, "maturity/framework_load.html", context, form)
