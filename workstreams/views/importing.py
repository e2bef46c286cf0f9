"""Bringing a page in: paste or upload it, check what was understood, import it, see what became of it, undo it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme import stash
from programme.models import ImportBatch, Person, Programme
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from workstreams import narrative
from workstreams.actions import reviewing
from workstreams.actions.importing import ImportSummary, in_words
from workstreams.actions.undoing import undo_import
from workstreams.forms.importing import ReviewForm, StartForm
from workstreams.forms.update import version_typed_on
from workstreams.models import ImportReview, Milestone, MonthlyUpdate, Workstream

MOST_LINES_SHOWN, LONGEST_LINE_SHOWN, IMPORTS_SHOWN = 3_000, 400, 50
_ROLES = {"rule": "Line", "label": "Label", "axis of dates": "Dates"}


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
        form = _form(request, read, {**found.choices, **(offered or {})})
        return _review_page(request, found, form, offered=bool(offered))
    form = _form(request, read, {**found.choices, **request.POST.dict()})
    try:
        found = reviewing.save_choices(
            review=found, choices=form.answers, version=version_typed_on(request.POST), by=request.user
        )
    except Stale as stale:
        return _review_page(request, stale.current, form, status=409)
    except Refused:
        return redirect("import-review", request.programme.slug, pk)
    if not form.is_valid():
        return _review_page(request, found, form, status=422)
    return _confirm(request, found, form) if "confirm" in request.POST else _look_again(request, pk)


def _look_again(request: ProgrammeRequest, pk: int) -> HttpResponse:
    messages.success(request, "Your choices are saved. Below is what would be imported now.")
    return redirect("import-review", request.programme.slug, pk)


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


def _form(request: ProgrammeRequest, read: narrative.ParsedPage, answers: dict[str, Any]) -> ReviewForm:
    existing = Workstream.objects.visible_to(request.user).filter(programme=request.programme, merged_into=None)
    return ReviewForm(read, list(existing), answers)


def _review_page(
    request: ProgrammeRequest, found: ImportReview, form: ReviewForm, *, status: int = 200, offered: bool = False
) -> HttpResponse:
    summary, problem = _tried(request, found, form)
    context = {
        "review": found,
        "form": form,
        "form_errors": bool(form.errors),
        "rows": list(_rows(form)),
        "lines": list(_lines(found.text, form.page)),
        "line_count": found.text.count("\n") + 1,
        "unused": form.page.unused,
        "summary": summary,
        "problem": problem,
        "theirs": found if status == 409 else None,  # noqa: PLR2004 - the status of a conflict
        "offered": offered,
    }
    return page(request, "workstreams/import_review.html", context, status=status)


def _tried(request: ProgrammeRequest, found: ImportReview, form: ReviewForm) -> tuple[ImportSummary | None, str]:
    """What importing would do now, or why it cannot be done."""
    if not form.is_valid():
        return None, ""
    try:
        return reviewing.try_out(review=found, page=form.page, choices=form.choices, by=request.user), ""
    except Refused as refused:
        return None, str(refused)


# What the page shows


@dataclass(frozen=True)
class Choice:
    """One update or milestone with its fields; `known` where the programme has it already."""

    told: narrative.Update | narrative.Milestone
    field: BoundField
    known: bool
    reading: BoundField | None = None


@dataclass(frozen=True)
class Row:
    """One workstream of the page with its fields."""

    told: narrative.Workstream
    do: BoundField
    name: BoundField
    status: BoundField
    leads: BoundField
    people: list[tuple[str, bool]]
    to_settle: list[Choice] = field(default_factory=list)
    settled: list[Choice] = field(default_factory=list)
    milestones: list[Choice] = field(default_factory=list)
    months_wrong: bool = False


def _rows(form: ReviewForm) -> Iterator[Row]:
    answers = form.answers
    targets = {place: _target(answers[f"w{place}-do"]) for place in range(len(form.page.workstreams))}
    months, titles = _there_already({pk for pk in targets.values() if pk})
    known = _known_people(form)
    for place, told in enumerate(form.page.workstreams):
        at, target = f"w{place}", targets[place]
        choices = [Choice(u, form[f"{at}-u{n}"], (target, u.month) in months) for n, u in enumerate(told.updates)]
        unclear = [update.month is None or update.ambiguous for update in told.updates]
        yield Row(
            told, form[f"{at}-do"], form[f"{at}-name"], form[f"{at}-status"], form[f"{at}-leads"],
            people=[(name, name.casefold() in known) for name in answers[f"{at}-leads"].splitlines() if name.strip()],
            to_settle=[each for each, doubt in zip(choices, unclear, strict=True) if doubt],
            settled=[each for each, doubt in zip(choices, unclear, strict=True) if not doubt],
            milestones=[
                Choice(m, form[key], (target, m.text, m.date.text) in titles, _reading(form, key))
                for n, m in enumerate(told.milestones) if (key := f"{at}-m{n}")
            ],
            months_wrong=any(each.field.errors for each in choices),
        )  # fmt: skip


def _reading(form: ReviewForm, key: str) -> BoundField | None:
    return form[f"{key}-reading"] if f"{key}-reading" in form.fields else None


def _target(do: str) -> int | None:
    return int(do[3:]) if do.startswith("to:") and do[3:].isdecimal() else None


def _there_already(targets: set[int]) -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]:
    """Months and milestones that the chosen workstreams have."""
    if not targets:
        return set(), set()
    months = MonthlyUpdate.objects.filter(workstream__in=targets).values_list("workstream_id", "period__month")
    titles = Milestone.objects.filter(workstream__in=targets).values_list("workstream_id", "title", "dates__words")
    return set(months), set(titles)


def _known_people(form: ReviewForm) -> set[str]:
    """Names and aliases of the people the leads on the page may be, without capitals."""
    places = range(len(form.page.workstreams))
    names = {name.strip() for place in places for name in form.answers[f"w{place}-leads"].splitlines()} - {""}
    return {known.casefold() for known in Person.objects.known_among(names)}


@dataclass(frozen=True)
class Line:
    """A line of the page as received, and what it was read as."""

    number: int
    text: str
    role: str


def _lines(text: str, read: narrative.ParsedPage) -> Iterator[Line]:
    for number, line in enumerate(text.split("\n")[:MOST_LINES_SHOWN], start=1):
        role = read.placed.get(number, "")
        shown = line if len(line) <= LONGEST_LINE_SHOWN else f"{line[:LONGEST_LINE_SHOWN]} …"
        yield Line(number, shown.replace("\t", " | "), _ROLES.get(role, role.capitalize()))


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
