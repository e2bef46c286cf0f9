"""Many milestones at once: on a page of rows, or as a spreadsheet that goes out and comes back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme import tables
from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused
from programme.roles import Permission
from programme.wording import counted
from workstreams import access, roadmap, sheets
from workstreams.actions import plan_changes
from workstreams.actions import sheets as sheet_actions
from workstreams.actions.plan_changes import Outcome
from workstreams.forms.roadmap import BulkForm, RoadmapForm, SheetForm
from workstreams.models import Milestone, PlanSheet, WorkstreamQuerySet
from workstreams.roadmap import Chosen
from workstreams.views.roadmap import page_links

A_PAGE = 40
MOST_SHOWN = 200  # problems and changes on one page; the rest are counted


def _kept(request: ProgrammeRequest) -> WorkstreamQuerySet:
    """The workstreams whose plan the reader keeps; 403 for those who keep none."""
    kept = access.plans_kept_by(request.user, request.programme, request.permissions)
    if Permission.EDIT_WORKSTREAMS not in request.permissions and not kept.exists():
        raise PermissionDenied
    return kept


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def edit_many(request: ProgrammeRequest) -> HttpResponse:
    """Dates and owners of many milestones: typed, looked at, saved all together or not at all."""
    kept = _kept(request)
    if request.method == "GET":
        return _rows_page(request, kept)
    keys = [int(name[1:-8]) for name in request.POST if name.endswith("-version") and name[1:-8].isdecimal()]
    form = BulkForm(request.POST, milestones=_editable(request, kept, keys), people=sheets.people_of(request.programme))
    right = form.is_valid()
    only_right = "only_right" in request.POST
    if "change" in request.POST or (not right and not (only_right and form.changes)):
        return _form_page(request, form)
    if not form.changes:
        messages.info(request, "Nothing was changed, so nothing was saved.")
        return redirect("milestones-edit", request.programme.slug)
    if "confirm" not in request.POST:
        return _check_page(request, form, only_right=only_right)
    outcome = plan_changes.apply(changes=form.changes, by=request.user, only_right=only_right)
    if outcome.problems and not outcome.saved:
        return _stale_page(request, form, outcome)
    messages.success(request, _saved_words(outcome))
    return redirect("roadmap", request.programme.slug)


def _saved_words(outcome: Outcome) -> str:
    left = f" {counted(len(outcome.problems), 'milestone was', 'milestones were')} left." if outcome.problems else ""
    return f"{counted(len(outcome.told), 'milestone has', 'milestones have')} been changed.{left}"


def _editable(request: ProgrammeRequest, kept: WorkstreamQuerySet, keys: Sequence[int]) -> list[Milestone]:
    found = roadmap.open_milestones(request.programme, request.user).filter(workstream__in=kept, pk__in=keys[:A_PAGE])
    return list(found.select_related("workstream__programme", "phase", "owner__merged_into").with_dates())


def _rows_page(request: ProgrammeRequest, kept: WorkstreamQuerySet) -> HttpResponse:
    """The rows to change, chosen as on the roadmap, from the plans the reader keeps."""
    chooser = RoadmapForm(request.GET, workstreams=kept, programme=request.programme)
    chosen = chooser.chosen
    everything = Chosen(chosen.workstream, chosen.place, chosen.only_critical, chosen.months)
    found = roadmap.coming(request.programme, request.user, everything, today()).filter(workstream__in=kept)
    pages = Paginator(found.select_related("workstream__programme", "phase", "owner__merged_into"), A_PAGE).get_page(
        request.GET.get("page")
    )
    form = BulkForm(milestones=list(pages), people=sheets.people_of(request.programme))
    return _form_page(request, form, chooser=chooser, pages=pages)


def _form_page(
    request: ProgrammeRequest, form: BulkForm, *, chooser: RoadmapForm | None = None, pages: Any = None, status: int = 0
) -> HttpResponse:
    rows = [
        (row, form[f"r{row.pk}-version"], form[f"r{row.pk}-when"], form[f"r{row.pk}-why"], form[f"r{row.pk}-owner"])
        for row in form.milestones
    ]
    wrong = form.is_bound and bool(form.errors)
    context = {
        "form": form,
        "rows": rows,
        "chooser": chooser,
        "links": page_links(request, pages) if pages else [],
        "form_errors": wrong,
        "right_count": len(form.changes) if wrong else 0,
    }
    return page(request, "workstreams/many_edit.html", context, status=status or (422 if wrong else 200))


def _check_page(request: ProgrammeRequest, form: BulkForm, *, only_right: bool) -> HttpResponse:
    """What would change, before it is saved. Rows that are left out are named."""
    left = [row for row in form.milestones if row.pk in form.wrong_rows]
    typed = {name: value for name, value in request.POST.items() if name == "reason" or name.startswith("r")}
    context = {
        "told": plan_changes.in_words(form.changes),
        "left": left,
        "typed": typed.items(),
        "only_right": only_right,
    }
    return page(request, "workstreams/many_check.html", context)


def _stale_page(request: ProgrammeRequest, form: BulkForm, outcome: Outcome) -> HttpResponse:
    """Rows that could not be saved, each with why; stale ones may be saved over once they have been seen."""
    data = request.POST.copy()
    fresh = {f"r{row.pk}": row for row in form.milestones}
    for key in outcome.problems:
        data[f"{key}-version"] = str(fresh[key].version)
    again = BulkForm(data, milestones=form.milestones, people=sheets.people_of(request.programme))
    for key, problem in outcome.problems.items():
        now = form[f"{key}-when"].field.initial or "no date"
        owner = fresh[key].owner
        stored = f"Stored now: {now}, {owner.survivor.name if owner else 'no owner'}"
        again.add_error(f"{key}-when", f"{fresh[key].title}: {problem}. {stored}")
    return _form_page(request, again, status=409)


# Spreadsheets


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def download(request: ProgrammeRequest) -> HttpResponse:
    """Every milestone of the programme, or of one workstream, as a spreadsheet."""
    found = Milestone.objects.visible_to(request.user).filter(
        workstream__programme=request.programme, workstream__merged_into=None
    )  # fmt: skip
    if request.GET.get("workstream"):
        found = found.filter(workstream__slug=request.GET["workstream"])
    rows = (
        found.select_related("workstream", "phase", "owner__merged_into")
        .with_dates()
        .order_by("workstream__name", "pk")
    )
    answer = HttpResponse(tables.written(sheets.out(rows, today())), content_type=tables.XLSX)
    answer["Content-Disposition"] = f'attachment; filename="plan-{request.programme.slug}-{today():%Y-%m-%d}.xlsx"'
    answer["Cache-Control"] = "no-store, private"
    return answer


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def upload(request: ProgrammeRequest) -> HttpResponse:
    """Choose a spreadsheet to bring in."""
    kept = _kept(request)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            begun = sheet_actions.begin(
                programme=request.programme, content=file.read(), name=file.name, by=request.user
            )
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("sheet-check", request.programme.slug, begun.pk)
    context = {"form": form, "form_errors": bool(form.errors), "kept": kept, "columns": list(sheets.COLUMNS)}
    return page(request, "workstreams/sheet.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_PROGRAMME)
def check_sheet(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """What a spreadsheet would change or what is wrong with it, cell by cell; then bring it in, or throw it away.

    A sheet is its sender's own, so for everybody else it is not there.
    """
    mine = PlanSheet.objects.visible_to(request.user).filter(programme=request.programme).select_related("programme")
    sheet = get_object_or_404(mine, pk=pk)
    editable = set(_kept(request).values_list("pk", flat=True))
    if "discard" in request.POST:
        sheet_actions.discard(sheet=sheet)
        messages.success(request, f"“{sheet.name}” was thrown away. Nothing of it was saved.")
        return redirect("sheet", request.programme.slug)
    if request.method == "POST":
        try:
            outcome = sheet_actions.bring_in(sheet=sheet, editable=editable, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("sheet-check", request.programme.slug, pk)
        if outcome.saved:
            messages.success(request, f"{_saved_words(outcome)} It came from “{sheet.name}”.")
            return redirect("roadmap", request.programme.slug)
    return _sheet_page(request, sheet, editable)


def _sheet_page(request: ProgrammeRequest, sheet: PlanSheet, editable: set[int]) -> HttpResponse:
    try:
        found = sheet_actions.understood(sheet=sheet, editable=editable)
    except Refused as refused:
        return page(request, "workstreams/sheet_check.html", {"sheet": sheet, "refused": str(refused)}, status=422)
    outcome = sheet_actions.try_out(found=found, by=request.user)
    problems = [*found.problems, *sheets.problems_of(outcome.problems)]
    problems.sort(key=lambda problem: (problem.sheet, problem.row))
    context = {
        "sheet": sheet,
        "problems": problems[:MOST_SHOWN],
        "problem_count": len(problems),
        "told": outcome.told[:MOST_SHOWN],
        "told_count": len(outcome.told),
        "notes": found.notes,
        "form_errors": bool(problems),
    }
    return page(request, "workstreams/sheet_check.html", context, status=422 if problems else 200)
