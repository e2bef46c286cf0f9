"""The co-production log: what was heard, and what became of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.csv_answer import csv_answer
from programme.dates import day_words
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from workstreams import access, voice_log
from workstreams.actions import voices as actions
from workstreams.forms.voice import StepForm, VoiceFilterForm, VoiceForm
from workstreams.hearing import Step
from workstreams.models import Voice, VoiceQuerySet, VoiceStep, Workstream, WorkstreamQuerySet
from workstreams.views.following import follows_merges
from workstreams.views.workstreams import find_workstream

VOICES_A_PAGE = 25
CSV_HEADINGS = (
    "What was said", "Heard", "How", "Who said it", "Under-served groups", "How far they took part",
    "How many took part", "Quote", "Workstream", "State", "Weeks",
)  # fmt: skip


def readable(request: ProgrammeRequest) -> VoiceQuerySet:
    """The programme's voices, with what every line of the log needs."""
    seen = Voice.objects.visible_to(request.user).filter(programme=request.programme)
    return seen.select_related("workstream__merged_into")


def writable_workstreams(request: ProgrammeRequest) -> WorkstreamQuerySet:
    """The workstreams for which this reader may record what was heard."""
    standing = Workstream.objects.filter(programme=request.programme, merged_into=None)
    if Permission.KEEP_VOICES in request.permissions:
        return standing
    return standing.led_by(request.user, today())


def _keeps_all(request: ProgrammeRequest) -> bool:
    return Permission.KEEP_VOICES in request.permissions


def _may_write(request: ProgrammeRequest, voice: Voice) -> bool:
    if voice.workstream is None:
        return _keeps_all(request)
    roles = access.assignment_roles(request.user, voice.workstream.survivor)
    return access.can_keep_voices(roles, request.permissions)


def _chosen(request: ProgrammeRequest) -> tuple[VoiceFilterForm, dict[str, str], str]:
    """The filters as a form and as what was chosen, and the order asked for."""
    names = [(w.slug, w.name) for w in request.programme.workstreams.filter(merged_into=None)]
    form = VoiceFilterForm(request.GET, workstreams=names)
    form.is_valid()
    sort = request.GET.get("sort", "waiting")
    sort = sort if sort.lstrip("-") in voice_log.SORTS else "waiting"
    return form, {name: value for name, value in form.cleaned_data.items() if value}, sort


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def voice_list(request: ProgrammeRequest) -> HttpResponse:
    """One sentence, then what was heard: the longest unanswered first. Filters and sorting are plain addresses."""
    form, chosen, sort = _chosen(request)
    found = voice_log.ordered(voice_log.filtered(readable(request), chosen, today()), sort)
    shown = Paginator(found, VOICES_A_PAGE).get_page(request.GET.get("page"))
    query = urlencode(chosen | ({"sort": sort} if sort != "waiting" else {}))
    context = {
        "tally": voice_log.tally(readable(request), today()),
        "form": form,
        "filters_chosen": bool(chosen),
        "columns": _columns(chosen, sort),
        "sort": sort,
        "lines": voice_log.lines(shown.object_list, today()),
        "shown": shown,
        "query": query,
        "can_write": _keeps_all(request) or writable_workstreams(request).exists(),
    }
    return page(request, "workstreams/voices.html", context, part="log")


def _columns(chosen: dict[str, str], sort: str) -> list[dict[str, str]]:
    columns = []
    for key, text in voice_log.SORTS.items():
        here, turned = key == sort.lstrip("-"), sort.startswith("-")
        query = urlencode(chosen | {"sort": f"-{key}" if here and not turned else key})
        aria = ("descending" if turned else "ascending") if here else "none"
        columns.append({"key": key, "text": text, "query": query, "aria": aria})
    return columns


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def download_voices(request: ProgrammeRequest) -> HttpResponse:
    """The log as it is filtered, as a file. Counts stay under the small-number rule."""
    _, chosen, sort = _chosen(request)
    found = voice_log.ordered(voice_log.filtered(readable(request), chosen, today()), sort)
    return csv_answer(
        f"co-production-log-{request.programme.slug}",
        CSV_HEADINGS,
        ([*_csv_row(line)] for line in voice_log.lines(found, today())),
    )


def _csv_row(line: voice_log.LogLine) -> list[object]:
    voice = line.voice
    about = voice.workstream.survivor.name if voice.workstream else "No single one"
    return [
        voice.said, voice.heard_words, voice.get_how_display(), voice.get_audience_display(),
        "; ".join(voice.group_words), voice.get_level_display(), voice.took_part_words, voice.quote, about,
        voice.state.state, line.waiting.weeks,
    ]  # fmt: skip


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def workstream_voices(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """What was heard about one workstream."""
    workstream = find_workstream(request, slug)
    voices = readable(request).of_workstream(workstream)
    roles = access.assignment_roles(request.user, workstream)
    context = {
        "workstream": workstream,
        "tab": "voices",
        "tally": voice_log.tally(voices, today()),
        "lines": voice_log.lines(voice_log.ordered(voices, "waiting")[:VOICES_A_PAGE], today()),
        "can_write": access.can_keep_voices(roles, request.permissions),
    }
    return page(request, "workstreams/workstream_voices.html", context)


def _voice(request: ProgrammeRequest, pk: int) -> Voice:
    return get_object_or_404(readable(request).with_state(), pk=pk)


def _writable(request: ProgrammeRequest, pk: int) -> Voice:
    voice = _voice(request, pk)
    if not _may_write(request, voice):
        raise PermissionDenied
    return voice


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def voice(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """What was heard, every step since, and what comes next."""
    found = _voice(request, pk)
    context = {
        "voice": found,
        "waiting": found.waiting(today()),
        "steps": found.steps.select_related("by__person"),
        "can_write": _may_write(request, found),
    }
    return page(request, "workstreams/voice.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def record_voice(request: ProgrammeRequest) -> HttpResponse:
    """Record what was heard."""
    about = _about(request)
    if not (about["anywhere"] or about["workstreams"].exists()):
        raise PermissionDenied
    if request.method == "GET":
        named = about["workstreams"].filter(slug=request.GET.get("workstream", "")).first()
        return _form_page(request, VoiceForm(initial={"version": 0, "workstream": named}, **about))
    form = VoiceForm(request.POST, **about)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    made = actions.record(programme=request.programme, heard=form.answers, by=request.user)
    messages.success(request, "What was heard has been recorded.")
    return redirect("voice", request.programme.slug, made.pk)


def _about(request: ProgrammeRequest) -> dict[str, Any]:
    return {"workstreams": writable_workstreams(request), "anywhere": _keeps_all(request)}


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def change_voice(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Put right what was recorded. A save that is out of date shows both texts."""
    found, about = _writable(request, pk), _about(request)
    if request.method == "GET":
        return _form_page(request, VoiceForm.of(found, **about), voice=found)
    form = VoiceForm(request.POST, **about)
    if not form.is_valid():
        return _form_page(request, form, voice=found, status=422)
    try:
        actions.change(voice=found, heard=form.answers, version=form.cleaned_data["version"], by=request.user)
    except Stale as stale:
        form = VoiceForm(_rebased(request, stale.current.version), **about)
        return _form_page(request, form, voice=found, theirs=_voice(request, pk), status=409)
    messages.success(request, "The record has been changed.")
    return redirect("voice", request.programme.slug, found.pk)


def _rebased(request: ProgrammeRequest, version: int) -> Any:
    """What was typed, ready to be saved over what is stored now, because the person has seen both."""
    data = request.POST.copy()
    data["version"] = str(version)
    return data


def _form_page(
    request: ProgrammeRequest,
    form: VoiceForm,
    *,
    voice: Voice | None = None,
    theirs: Voice | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "voice": voice, "theirs": theirs, "form_errors": form.is_bound and bool(form.errors)}
    return page(request, "workstreams/voice_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def take_step(request: ProgrammeRequest, pk: int, step: str) -> HttpResponse:
    """Record the next step: decided, not to be done, done, told back, or why not."""
    found, taken = _writable(request, pk), _step(step)
    if request.method == "GET":
        if taken not in found.next_steps:
            messages.info(request, f"That cannot be recorded now: it stands as “{found.state.state}”.")
            return redirect("voice", request.programme.slug, found.pk)
        form = StepForm(step=taken, initial={"version": found.version, "on": today()})
        return _step_page(request, found, taken, form)
    form = StepForm(request.POST, step=taken)
    if not form.is_valid():
        return _step_page(request, found, taken, form, status=422)
    return _taken(request, found, taken, form)


def _step(slug: str) -> Step:
    found = next((step for step in Step if step.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _taken(request: ProgrammeRequest, found: Voice, step: Step, form: StepForm) -> HttpResponse:
    try:
        actions.take(voice=found, step=step, by=request.user, confirmed=form.confirmed, **form.cleaned_data)
    except Stale:
        current = _voice(request, found.pk)
        form = StepForm(_rebased(request, current.version), step=step)
        form.add_error(None, "Somebody else has recorded something since you opened this page. Check it, then save.")
        return _step_page(request, current, step, form, status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _step_page(request, found, step, form, status=422)
    messages.success(request, f"Recorded: {step.state.lower()}, {day_words(form.cleaned_data['on'])}.")
    return redirect("voice", request.programme.slug, found.pk)


def _step_page(
    request: ProgrammeRequest, found: Voice, step: Step, form: StepForm, *, status: int = 200
) -> HttpResponse:
    steps: Any = VoiceStep.objects.filter(voice=found).select_related("by__person")
    context = {
        "voice": found,
        "step": step,
        "form": form,
        "steps": steps,
        "waiting": found.waiting(today()),
        "form_errors": form.is_bound and bool(form.errors),
    }
    return page(request, "workstreams/voice_step.html", context, status=status)
