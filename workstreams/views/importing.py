"""Bringing a page in: paste or upload it, check what was understood, import it, see what became of it, undo it."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme import stash
from programme.models import ImportBatch, Programme
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from workstreams import narrative
from workstreams.actions import reviewing
from workstreams.actions.importing import ImportSummary, in_words
from workstreams.actions.undoing import undo_import
from workstreams.forms.import_review import ReviewForm
from workstreams.forms.importing import StartForm
from workstreams.forms.update import version_typed_on
from workstreams.models import ImportReview, Workstream
from workstreams.views import import_rows

IMPORTS_SHOWN = 50


@require_http_methods(["GET", "POST"])
@requires(Permission.IMPORT)
def start(request: ProgrammeRequest) -> HttpResponse:
    """Paste or upload a page; below, the imports there have been and the pages still being looked at."""
    if request.method == "GET":
        return _start_page(request, StartForm(initial=dict(stash.take(request) or {})))
    form = StartForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            begun = reviewing.begin(
                programme=request.programme, source=form.cleaned_data["name"], text=form.cleaned_data["words"],
                by=request.user,
            )  # fmt: skip
        except Refused as refused:
            form.add_error("file" if form.cleaned_data.get("file") else "text", str(refused))
        else:
            _look_ahead(request, begun)
            return redirect("import-review", request.programme.slug, begun.pk)
    return _start_page(request, form, status=422)


def _start_page(request: ProgrammeRequest, form: StartForm, *, status: int = 200) -> HttpResponse:
    batches = ImportBatch.objects.filter(programme=request.programme).select_related("by__person").defer("text")
    waiting = ImportReview.objects.visible_to(request.user).filter(programme=request.programme, batch=None)
    context = {
        "form": form,
        "imports": [(batch, in_words(batch.counts)) for batch in batches[:IMPORTS_SHOWN]],
        "waiting": waiting.select_related("by__person").defer("text", "choices"),
    }
    return page(request, "workstreams/import.html", context, status=status)


def _find(request: ProgrammeRequest, pk: int) -> ImportReview:
    found = ImportReview.objects.visible_to(request.user).select_related("programme", "by__person")
    return get_object_or_404(found, programme=request.programme, pk=pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.IMPORT)
def review(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """What was understood beside the lines it comes from. Every POST keeps what stands in the form first."""
    found = _find(request, pk)
    if found.batch_id:
        return redirect("import-done", request.programme.slug, found.batch_id)
    read = reviewing.understood(found)
    if request.method == "GET":
        offered = stash.take(request)
        form = _form(request, found, read, {**found.choices, **(offered or {})})
        return _review_page(request, found, form, offered=bool(offered))
    form = _form(request, found, read, {**_still_chosen(found.choices), **request.POST.dict()})
    try:
        found = reviewing.save_choices(
            review=found, choices=form.answers, version=version_typed_on(request.POST), by=request.user
        )
    except Stale as stale:
        return _review_page(request, stale.current, form, status=409)
    except Refused:
        return redirect("import-review", request.programme.slug, pk)
    return _go_on(request, found, form)


def _go_on(request: ProgrammeRequest, found: ImportReview, form: ReviewForm) -> HttpResponse:
    """What the button that was pressed asks for, once the choices are kept."""
    if "change" in request.POST:
        return redirect("import-change", request.programme.slug, found.pk, request.POST["change"])
    if not form.is_valid():
        return _review_page(request, found, form, status=422)
    return _confirm(request, found, form) if "confirm" in request.POST else _look_again(request, found)


def _still_chosen(choices: dict[str, str]) -> dict[str, str]:
    """What was chosen before, without the boxes: one that is no longer ticked is not sent."""
    return {key: chosen for key, chosen in choices.items() if not key.endswith("-confirm")}


def _look_again(request: ProgrammeRequest, found: ImportReview) -> HttpResponse:
    _look_ahead(request, found)
    messages.success(request, "Your choices are saved. Below is what would be imported now.")
    return redirect("import-review", request.programme.slug, found.pk)


def _look_ahead(request: ProgrammeRequest, found: ImportReview) -> None:
    """Find out what the import would do, so that looking at the review need not."""
    form = _form(request, found, reviewing.understood(found), found.choices)
    if form.is_valid():
        with suppress(Refused):  # the review says why
            reviewing.look_ahead(review=found, page=form.page, choices=form.choices, by=request.user)


def _confirm(request: ProgrammeRequest, found: ImportReview, form: ReviewForm) -> HttpResponse:
    try:
        summary = reviewing.confirm(
            review=found, page=form.page, choices=form.choices, version=found.version, by=request.user
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("import-review", request.programme.slug, found.pk)
    assert summary.batch is not None, "an import that kept nothing is refused"
    return redirect("import-done", request.programme.slug, summary.batch.pk)


def _form(
    request: ProgrammeRequest, found: ImportReview, read: narrative.ParsedPage, answers: dict[str, Any]
) -> ReviewForm:
    existing = Workstream.objects.visible_to(request.user).filter(programme=request.programme, merged_into=None)
    return ReviewForm(read, list(existing.prefetch_related("duplicates")), answers, reviewing.corrections(found))


def _review_page(
    request: ProgrammeRequest, found: ImportReview, form: ReviewForm, *, status: int = 200, offered: bool = False
) -> HttpResponse:
    summary, problem = _tried(request, found, form, afresh=offered or request.method != "GET")
    context = {
        "review": found,
        "form": form,
        "form_errors": bool(form.errors),
        "rows": list(import_rows.rows(form)),
        "lines": list(import_rows.lines(found.text, form.page)),
        "line_count": found.text.count("\n") + 1,
        "unused": form.page.unused,
        "summary": summary,
        "problem": problem,
        "theirs": found if status == 409 else None,  # noqa: PLR2004 - the status of a conflict
        "offered": offered,
    }
    return page(request, "workstreams/import_review.html", context, status=status)


def _tried(
    request: ProgrammeRequest, found: ImportReview, form: ReviewForm, *, afresh: bool
) -> tuple[ImportSummary | None, str]:
    """What importing would do now, or why it cannot be done; as found before, unless it is to be found afresh."""
    if not form.is_valid():
        return None, ""
    try:
        kept = None if afresh else reviewing.looked_ahead(found)
        return kept or reviewing.try_out(review=found, page=form.page, choices=form.choices, by=request.user), ""
    except Refused as refused:
        return None, str(refused)


# One part of it


@require_http_methods(["GET", "POST"])
@requires(Permission.IMPORT)
def change(request: ProgrammeRequest, pk: int, key: str) -> HttpResponse:
    """Put right the words or the date of one part of the page, or split a workstream in two."""
    found = _find(request, pk)
    if found.batch_id:
        return redirect("import-done", request.programme.slug, found.batch_id)
    part = import_rows.part(reviewing.understood(found), reviewing.corrections(found), key)
    if part is None:
        raise Http404
    if request.method == "GET":
        return _change_page(request, found, part, part.form({"version": found.version}))
    form = part.form(request.POST, bound=True)
    undone = "undo" in request.POST
    if not undone and not form.is_valid():
        return _change_page(request, found, part, form, status=422)
    edits = part.edits({} if undone else form.cleaned_data)
    try:
        found = reviewing.edit(review=found, edits=edits, version=version_typed_on(request.POST), by=request.user)
    except Stale as stale:
        return _change_page(request, stale.current, part, form, status=409)
    except Refused:
        return redirect("import-review", request.programme.slug, pk)
    _look_ahead(request, found)
    messages.success(request, "The page’s own words count again." if undone else "Your change is saved.")
    return redirect(f"{reverse('import-review', args=[request.programme.slug, pk])}#at-{part.anchor}")


def _change_page(
    request: ProgrammeRequest, found: ImportReview, part: import_rows.Part, form: Form, *, status: int = 200
) -> HttpResponse:
    context = {
        "review": found,
        "part": part,
        "form": form,
        "form_errors": bool(form.is_bound and form.errors),
        "theirs": found if status == 409 else None,  # noqa: PLR2004 - the status of a conflict
    }
    return page(request, "workstreams/import_change.html", context, status=status)


# Afterwards


@require_POST
@requires(Permission.IMPORT)
def discard(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Throw away a page that was not imported."""
    found = _find(request, pk)
    try:
        reviewing.discard(review=found, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"“{found.source}” was thrown away. Nothing of it was imported.")
    return redirect("import", request.programme.slug)


def _batch(programme: Programme, pk: int) -> ImportBatch:
    return get_object_or_404(ImportBatch.objects.select_related("by__person"), programme=programme, pk=pk)


@require_GET
@requires(Permission.IMPORT)
def done(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """What an import added, and what it left."""
    batch = _batch(request.programme, pk)
    outcome = ImportReview.objects.filter(batch=batch).values_list("outcome", flat=True).first() or {}
    touched = Workstream.objects.visible_to(request.user).filter(programme=request.programme).of_import(batch)
    context = {"batch": batch, "added": in_words(batch.counts), "outcome": outcome, "workstreams": touched}
    return page(request, "workstreams/import_done.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.IMPORT)
def undo(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Take an import back, after a confirm page."""
    batch = _batch(request.programme, pk)
    if request.method == "GET":
        return page(request, "workstreams/import_undo.html", {"batch": batch, "added": in_words(batch.counts)})
    try:
        undo_import(batch=batch, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("import-done", request.programme.slug, pk)
    messages.success(request, f"The import of “{batch.source}” is undone. Its page is kept below, to import again.")
    return redirect("import", request.programme.slug)
