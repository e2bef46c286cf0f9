"""Writing the update: the form, its autosave, and the page that shows two people's texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from programme import stash
from programme.clock import today
from programme.pages import keeps_page_when_signed_out, page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from programme.status import PlanState
from workstreams import changes
from workstreams.actions import updates
from workstreams.actions.updates import DraftWords
from workstreams.changes import Prompt
from workstreams.forms.update import UpdateForm, version_typed_on
from workstreams.gathering import Planned
from workstreams.models import MonthlyUpdate, UpdateDraft, UpdateEvent
from workstreams.sections import Section
from workstreams.sent_updates import Point, words_by_section
from workstreams.views.following import follows_merges
from workstreams.views.updates.writing import Writing, rating_word, writing_of

MILESTONES_SHOWN = 6
PRESSING = frozenset({PlanState.OVERDUE, PlanState.DUE_SOON})


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def edit_update(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """The form: one page of sections, last month beside each. Every POST keeps what was typed before anything else."""
    writing = writing_of(request, slug, month)
    if request.method == "GET":
        return _edit_page(request, writing, writing.form())
    try:
        draft = updates.save_draft(
            workstream=writing.workstream, period=writing.period, words=writing.words(request.POST),
            version=version_typed_on(request.POST), by=request.user,
        )  # fmt: skip
    except Stale as stale:
        return conflict(request, writing, stale.current)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("update", *writing.here)
    elsewhere = _wanted_instead(request, writing)
    if elsewhere:
        return redirect(elsewhere)
    form = writing.checking(draft)
    if form.is_valid():
        return redirect("update-check", *writing.here)
    return _edit_page(request, writing, form, status=422)


def _wanted_instead(request: ProgrammeRequest, writing: Writing) -> str:
    """Where the button leads that was pressed instead of "Check your answers"; the draft is saved already."""
    programme, workstream, _ = writing.here
    if "save" in request.POST:
        messages.success(request, "Your draft is saved. You can come back to it at any time before the month closes.")
        return reverse("workstream", args=[programme, workstream])
    if "more_help" in request.POST:
        return f"{reverse('update-edit', args=writing.here)}#part-risks"
    for name in ("milestone-move", "milestone-done"):
        chosen = request.POST.get(name, "")
        if chosen.isdecimal():
            return f"{reverse(name, args=[programme, workstream, chosen])}?update={writing.period.key}"
    return ""


@dataclass(frozen=True)
class Part:
    """A section of the form: its box, what was said last time, and at most one prompt."""

    section: Section
    field: Any
    before: Sequence[Point]
    prompt: Prompt | None


def _parts(writing: Writing, form: UpdateForm) -> list[Part]:
    said, before = words_by_section(writing.earlier), writing.before
    points = dict(before.points(writing.earlier)) if before else {}
    parts = []
    for section in Section:
        bound, last = form[section.value], points.get(section, [])
        typed = [line for line in str(bound.value() or "").splitlines() if line.strip()]
        now = [changes.how_long(line, writing.period.month, said[section]) for line in typed]
        stood = changes.longest(now or [point.stood for point in last if point.stood])
        asked = changes.often_moved(writing.asked.promises) if section is Section.NEXT_STEPS else None
        parts.append(Part(section, bound, last, changes.one_prompt([asked, changes.still_so(stood)])))
    return parts


def _edit_page(request: ProgrammeRequest, writing: Writing, form: UpdateForm, *, status: int = 200) -> HttpResponse:
    workstream, period = writing.workstream, writing.period
    update = MonthlyUpdate.objects.filter(workstream=workstream, period=period).with_standing().first()
    if (update and update.is_sent) or period.closed_at:
        return redirect("update", *writing.here)
    if writing.on_behalf and not writing.writers:
        messages.error(request, f"{workstream} has no lead, so there is nobody in whose name you could write.")
        return redirect("update", *writing.here)
    rows, draft = writing.known.coming, writing.draft
    fields = stash.take(request)
    context = {
        "workstream": workstream,
        "period": period,
        "form": form,
        "form_errors": bool(form.is_bound and form.errors),
        "before": writing.before,
        "parts": _parts(writing, form),
        "milestones": [(row, row.standing.state in PRESSING) for row in rows[:MILESTONES_SHOWN]],
        "milestones_prompt": changes.past_their_day(_overdue(rows)),
        "asked_already": writing.known.asks,
        "draft": draft,
        "returned": _returned(update),
        "writing": writing,
        "offered": _typed(form, writing.words(fields)) if fields else None,
        "no_change": _no_change(writing, draft),
        "days_left": (period.due_on - today()).days,
    }
    return page(request, "workstreams/update_edit.html", context, status=status)


def _overdue(rows: Sequence[Planned]) -> int:
    return sum(row.standing.state is PlanState.OVERDUE for row in rows)


def _returned(update: MonthlyUpdate | None) -> UpdateEvent | None:
    """The office's return, where it is the last thing that happened."""
    if update is None or update.last_event != UpdateEvent.Kind.RETURNED:
        return None
    return update.events.select_related("by__person").order_by("-at", "-pk").first()


def _no_change(writing: Writing, draft: UpdateDraft | None) -> dict[str, object] | None:
    """Whether "no change" can be said here, or why not; nothing where it makes no sense to ask."""
    if writing.on_behalf or not writing.before or (draft and not updates.words_of(draft).is_empty):
        return None
    last = updates.last_months(writing.workstream, writing.period, looks_worse=writing.looks_worse)
    return {"why_not": changes.why_not_no_change(last)}


# -- two people, two tabs ----------------------------------------------------------------------------------------------


def _typed(form: UpdateForm, words: DraftWords) -> list[tuple[str, str]]:
    """Everything that was typed, with what was asked, in the order of the form."""
    told = {section.value: section.heading for section in Section}
    said = {**words.sections, "reason": words.reason, "source_note": words.source_note, **words.answers}
    said["rating"] = rating_word(words.rating)
    if words.on_behalf_of:
        said["on_behalf_of"] = words.on_behalf_of.survivor.name
    order = [*form.fields, *(name for name in said if name not in form.fields)]
    return [(told.get(name) or form.label_of(name), form.shown(name, said[name])) for name in order if said.get(name)]


def conflict(request: ProgrammeRequest, writing: Writing, theirs: UpdateDraft) -> HttpResponse:
    """Two people or two tabs: both texts side by side, and a form that saves mine over theirs now both are seen."""
    mine = writing.words(request.POST)
    pairs = list(_side_by_side(writing, mine, updates.words_of(theirs)))
    context = {
        "workstream": writing.workstream,
        "period": writing.period,
        "theirs": theirs,
        "different": [pair for pair in pairs if pair.mine != pair.theirs],
        "same": [pair.heading for pair in pairs if pair.mine == pair.theirs and pair.mine],
        "kept": _kept(writing, mine),
    }
    return page(request, "workstreams/update_conflict.html", context, status=409)


class Pair(NamedTuple):
    """One answer as both wrote it."""

    heading: str
    mine: str
    theirs: str


def _side_by_side(writing: Writing, mine: DraftWords, theirs: DraftWords) -> Iterator[Pair]:
    """Every answer of either, in the order of the form."""
    form = writing.form()
    for section in Section:
        yield Pair(section.heading, mine.sections[section.value], theirs.sections.get(section.value, ""))
    yield Pair("Rating", *(rating_word(words.rating) for words in (mine, theirs)))
    yield Pair("Why this rating", mine.reason, theirs.reason)
    sides = [dict(_by_name(form, words)) for words in (mine, theirs)]
    for name in dict.fromkeys([*sides[0], *sides[1]]):
        yield Pair(form.label_of(name), sides[0].get(name, ""), sides[1].get(name, ""))
    if writing.on_behalf or theirs.on_behalf_of:
        named = (words.on_behalf_of.survivor.name if words.on_behalf_of else "" for words in (mine, theirs))
        yield Pair("On whose behalf", *named)
        yield Pair("Who told you and when", mine.source_note, theirs.source_note)


def _by_name(form: UpdateForm, words: DraftWords) -> list[tuple[str, str]]:
    return [(name, form.shown(name, text)) for name, text in words.answers.items()]


def _kept(writing: Writing, mine: DraftWords) -> list[tuple[str, str]]:
    """Every field of mine, to be posted again."""
    behalf = {"on_behalf_of": str(mine.on_behalf_of.pk) if mine.on_behalf_of else "", "source_note": mine.source_note}
    fields = {**mine.sections, "rating": mine.rating, "reason": mine.reason, **mine.answers}
    return list((fields | (behalf if writing.on_behalf else {})).items())


@keeps_page_when_signed_out
@require_POST
@requires(Permission.READ_WORKSTREAMS)
def autosave_update(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """Keep the draft while it is typed. Answers with a status line and the new version, never with the form."""
    writing = writing_of(request, slug, month)
    context: dict[str, object] = {"workstream": writing.workstream, "period": writing.period}
    try:
        context["draft"] = updates.save_draft(
            workstream=writing.workstream, period=writing.period, words=writing.words(request.POST),
            version=version_typed_on(request.POST), by=request.user,
        )  # fmt: skip
    except (Stale, Refused) as problem:
        context["problem"] = str(problem)
    return page(request, "workstreams/update_saved.html", context, part="status")
