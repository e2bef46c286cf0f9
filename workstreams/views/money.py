"""Money: the funding lines of one workstream, and all of a programme's by year and source."""

from collections.abc import Iterable
from dataclasses import dataclass
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
from workstreams.actions import funding as actions
from workstreams.forms.funding import ChangeFundingForm, FundingForm, RemoveFundingForm
from workstreams.models import FundingLine, Workstream
from workstreams.money import Variance, Year, has_ended, roll_up, variance, year_to_lead_with
from workstreams.views.following import follows_merges
from workstreams.views.workstreams import find_workstream


@dataclass(frozen=True)
class MoneyRow:
    """A funding line with its variance."""

    line: FundingLine
    variance: Variance


def rows_of(lines: Iterable[FundingLine]) -> list[MoneyRow]:
    """Each line with how far it is over or under."""
    return [MoneyRow(line, variance(line.amounts, ended=has_ended(line.year, today()))) for line in lines]


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def workstream_money(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """The funding lines of one workstream, the newest year first."""
    workstream = find_workstream(request, slug)
    rows = rows_of(FundingLine.objects.of_workstream(workstream).standing())
    years = roll_up((row.line.line for row in rows), today())
    context = {
        "workstream": workstream,
        "tab": "money",
        "rows": rows,
        "leading": year_to_lead_with(years, today()),
        "can_edit": _may_edit(request, workstream),
    }
    return page(request, "workstreams/money.html", context)


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def programme_money(request: ProgrammeRequest) -> HttpResponse:
    """All the programme's money by financial year and source, and who over- or underspends."""
    seen = FundingLine.objects.visible_to(request.user).filter(workstream__programme=request.programme)
    lines = list(seen.standing().select_related("workstream__merged_into"))
    years = roll_up((line.line for line in lines), today())
    context = {
        "leading": year_to_lead_with(years, today()),
        "years": [(year, _over(rows_of(lines), year)) for year in years],
    }
    return page(request, "workstreams/programme_money.html", context)


def _over(rows: list[MoneyRow], year: Year) -> list[MoneyRow]:
    """The lines of a year that are over budget, the furthest first."""
    over = [row for row in rows if row.line.year == year.first and row.variance.is_over]
    return sorted(over, key=lambda row: -(row.variance.pounds_over or 0))


def _may_edit(request: ProgrammeRequest, workstream: Workstream) -> bool:
    return access.can_edit_plan(access.assignment_roles(request.user, workstream), request.permissions)


def _editable(request: ProgrammeRequest, slug: str) -> Workstream:
    workstream = find_workstream(request, slug)
    if not _may_edit(request, workstream):
        raise PermissionDenied
    return workstream


def _line(workstream: Workstream, pk: int) -> FundingLine:
    lines = FundingLine.objects.of_workstream(workstream).select_related("changed_by__person")
    return get_object_or_404(lines, pk=pk)


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def funding_line(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """One line and what it said before."""
    workstream = find_workstream(request, slug)
    line = _line(workstream, pk)
    history: Any = line.history.select_related("changed_by__person").order_by("-pgh_id")  # type: ignore[attr-defined]
    context = {
        "workstream": workstream,
        "row": rows_of([line])[0],
        "history": history,
        "can_edit": _may_edit(request, workstream) and not line.removed_at,
    }
    return page(request, "workstreams/funding_line.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def add_funding(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Add a funding line."""
    workstream = _editable(request, slug)
    if request.method == "GET":
        return _form_page(request, workstream, FundingForm(initial={"version": 0}))
    form = FundingForm(request.POST)
    if not form.is_valid():
        return _form_page(request, workstream, form, status=422)
    try:
        added = actions.add(workstream=workstream, funding=form.funding, by=request.user)
    except Refused as refused:
        form.add_error("source", str(refused))
        return _form_page(request, workstream, form, status=422)
    messages.success(request, f"“{added}” has been added.")
    return redirect("workstream-money", request.programme.slug, workstream.slug)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def change_funding(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """Change a funding line. A save that is out of date shows the line as it stands above what was typed."""
    workstream = _editable(request, slug)
    line = _line(workstream, pk)
    if request.method == "GET":
        return _form_page(request, workstream, ChangeFundingForm.of(line), line=line)
    form = ChangeFundingForm.of(line, request.POST)
    if not form.is_valid():
        return _form_page(request, workstream, form, line=line, status=422)
    said = form.cleaned_data
    try:
        actions.change(line=line, funding=form.funding, reason=said["reason"], version=said["version"], by=request.user)
    except Stale:
        current = _line(workstream, pk)
        form = ChangeFundingForm.of(current, {**request.POST.dict(), "version": str(current.version)})
        return _form_page(request, workstream, form, line=current, stale=True, status=409)
    except Refused as refused:
        form.add_error("source", str(refused))
        return _form_page(request, workstream, form, line=line, status=422)
    messages.success(request, f"“{line}” has been changed.")
    return redirect("workstream-money", request.programme.slug, workstream.slug)


def _form_page(
    request: ProgrammeRequest,
    workstream: Workstream,
    form: Any,
    *,
    line: FundingLine | None = None,
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "workstream": workstream,
        "form": form,
        "line": line,
        "row": rows_of([line])[0] if line else None,
        "stale": stale,
        "form_errors": form.is_bound and bool(form.errors),
    }
    return page(request, "workstreams/funding_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def remove_funding(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """Take a line out, after a page that shows it and asks why."""
    workstream = _editable(request, slug)
    line = _line(workstream, pk)
    form = RemoveFundingForm(request.POST if request.method == "POST" else None, initial={"version": line.version})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.remove(line=line, by=request.user, **form.cleaned_data)
            except (Stale, Refused) as problem:
                messages.error(request, str(problem))
            else:
                messages.success(request, f"“{line}” has been taken out.")
            return redirect("workstream-money", request.programme.slug, workstream.slug)
    context = {"workstream": workstream, "row": rows_of([line])[0], "form": form, "form_errors": bool(form.errors)}
    return page(request, "workstreams/funding_remove.html", context, status=status)
