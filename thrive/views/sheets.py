"""The map as a spreadsheet, in and out, and the directory as open data."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme import tables
from programme.clock import today
from programme.models import Place
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused
from programme.roles import Permission
from programme.wording import counted, listed
from thrive import none_sheet, open_referral, sheets, the_map
from thrive.actions import importing as actions
from thrive.forms.rows import SheetForm
from thrive.models import ConfirmedNone, MapImport, Mapping, MapSheet
from thrive.views.directory import offered_places
from thrive.views.seeing import services

MOST_SHOWN = 100


@require_GET
@requires(Permission.READ_MAP)
def download(request: ProgrammeRequest) -> HttpResponse:
    """Services and rows of the programme's places as an Excel file, which can be changed and brought back."""
    lands = the_map.lands_of(request.programme)
    found = (
        services(lands).select_related("provider", "commissioner", "milestone__workstream").prefetch_related("places")
    )
    rows = Mapping.objects.filter(place__in=lands.around(lands.own)).select_related("service", "place")
    nones = ConfirmedNone.objects.filter(place__in=lands.around(lands.own)).select_related("place")
    content = tables.written(sheets.out(found, rows, nones, request.programme))
    name = f"thrive-map-{request.programme.slug}-{today().isoformat()}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=tables.XLSX, headers=headers)


@require_GET
@requires(Permission.READ_MAP)
def open_data(request: ProgrammeRequest) -> HttpResponse:
    """The directory in the form of Open Referral UK, for other directories to take up."""
    told = open_referral.services(services(the_map.lands_of(request.programme)), today())
    name = f"services-{request.programme.slug}-{today().isoformat()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1}, headers=headers)


def _places(request: ProgrammeRequest) -> list[Place]:
    return offered_places(the_map.lands_of(request.programme))


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def choose_sheet(request: ProgrammeRequest) -> HttpResponse:
    """Choose a file. What it would change is looked at before anything is saved."""
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_bound and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            kept = actions.begin(programme=request.programme, content=given.read(), name=given.name, by=request.user)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("thrive-sheet-check", request.programme.slug, kept.pk)
    imports = MapImport.objects.filter(programme=request.programme).select_related("by__person").defer("before")
    context = {
        "form": form,
        "form_errors": form.is_bound and bool(form.errors),
        "imports": imports[:10],
        "columns": {
            sheets.SERVICES: list(sheets.SERVICE_COLUMNS),
            sheets.MAPPING: list(sheets.MAPPING_COLUMNS),
            none_sheet.NONES: list(none_sheet.COLUMNS),
        },
    }
    return page(request, "thrive/sheet.html", context, status=422 if context["form_errors"] else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_PROGRAMME)
def check_sheet(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """What a file would change, or what is wrong in which cell; then it is brought in or thrown away."""
    sheet = get_object_or_404(MapSheet.objects.visible_to(request.user).filter(programme=request.programme), pk=pk)
    if request.method == "POST" and request.POST.get("discard"):
        actions.discard(sheet=sheet)
        messages.success(request, "The file has been thrown away. Nothing was changed.")
        return redirect("thrive-sheet", request.programme.slug)
    places = _places(request)
    if request.method == "POST":
        try:
            outcome = actions.bring_in(sheet=sheet, places=places, by=request.user)
        except Refused as refused:
            return _check_page(request, sheet, places, refused=str(refused))
        if outcome.batch:
            messages.success(request, f"Brought in: {counts_words(outcome.counts)}. You can undo it below.")
            return redirect("thrive-sheet", request.programme.slug)
    return _check_page(request, sheet, places)


def counts_words(counts: dict[str, int]) -> str:
    """As in '2 services added and 5 rows changed'."""
    said = []
    for what, count in counts.items():
        noun, _, deed = what.rpartition(" ")
        said += [counted(count, f"{noun[:-1]} {deed}", what)] if count else []
    return listed(said) or "nothing"


def _check_page(request: ProgrammeRequest, sheet: MapSheet, places: list[Place], *, refused: str = "") -> HttpResponse:
    found = actions.understood(sheet=sheet, places=places)
    tried = None
    if found.asks and not found.problems:
        tried = actions.try_out(sheet=sheet, found=found, places=places, by=request.user)
    problems = found.problems or (tried.problems if tried else [])
    told = tried.told if tried and not problems else []
    context = {
        "sheet": sheet,
        "refused": refused,
        "problems": problems[:MOST_SHOWN],
        "problem_count": len(problems),
        "told": told[:MOST_SHOWN],
        "told_count": len(told),
        "notes": found.notes,
    }
    return page(request, "thrive/sheet_check.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def undo_import(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Take back all that an import did, after a page that says what."""
    imports = MapImport.objects.filter(programme=request.programme).select_related("by__person")
    batch = get_object_or_404(imports, pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            actions.undo(batch=batch, by=request.user)
        except Refused as said:
            refused = str(said)
        else:
            messages.success(request, f"{batch.source} has been undone.")
            return redirect("thrive-sheet", request.programme.slug)
    context = {"batch": batch, "counts": counts_words(batch.counts), "refused": refused, "form_errors": bool(refused)}
    return page(request, "thrive/import_undo.html", context, status=422 if refused else 200)
