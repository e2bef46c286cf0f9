"""Closing a workstream: its pack, the decision, the checks afterwards, and opening it again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.dates import day_words
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused
from programme.roles import Permission
from programme.views.asking import Facts, Words, ask
from workstreams import access, closings
from workstreams.actions import closing as actions
from workstreams.closings import Closing
from workstreams.forms.closing import CheckForm, DecideForm, PackForm, SentenceForm, initial_of
from workstreams.models import ClosingPack, ClosingStep, SustainmentAnswer, Workstream
from workstreams.views.following import follows_merges
from workstreams.views.workstreams import find_workstream


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def closing_page(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """The closing pack as it was sent, what was decided, and what the checks found."""
    workstream = find_workstream(request, slug)
    told = closings.closing_of(workstream, today())
    status = workstream.status_now or ""
    context = {
        "workstream": workstream,
        "told": told,
        "pack": told.shown,
        "is_closed": status in closings.CLOSED,
        "sentence": closings.sentence_of(workstream, today(), status),
        "keeps": _keeps(request, workstream),
        "can_decide": Permission.DECIDE_CLOSING in request.permissions,
        "can_reopen": Permission.EDIT_WORKSTREAMS in request.permissions,
    }
    return page(request, "workstreams/closing.html", context)


def _keeps(request: ProgrammeRequest, workstream: Workstream) -> bool:
    return access.can_edit_plan(access.assignment_roles(request.user, workstream), request.permissions)


def _kept(request: ProgrammeRequest, slug: str) -> tuple[Workstream, Closing]:
    """The workstream and its closing, for those who prepare it; 403 for other readers."""
    workstream = find_workstream(request, slug)
    if not _keeps(request, workstream):
        raise PermissionDenied
    return workstream, closings.closing_of(workstream, today())


def _address(request: ProgrammeRequest, workstream: Workstream) -> str:
    return reverse("closing", args=[request.programme.slug, workstream.slug])


def _words(request: ProgrammeRequest, workstream: Workstream, title: str, button: str, **words: Any) -> Words:
    back = _address(request, workstream)
    return Words(workstream.name, title, button, back, f"Closing of {workstream}", free_text=True, **words)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def prepare_pack(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Prepare the closing pack: keep it as it is, or send it. A pack that was sent can be taken back here."""
    workstream, told = _kept(request, slug)
    if told.is_waiting and told.pack:
        return _waiting(request, workstream, told.pack, told)
    if told.is_agreed or (workstream.status_now or "") in closings.CLOSED:
        messages.info(request, "This workstream has closed already.")
        return redirect(_address(request, workstream))
    sending = "send" in request.POST
    about: dict[str, Any] = {
        "workstream": workstream,
        "objectives": closings.objectives_of(workstream),
        "unfinished": closings.unfinished_of(workstream, today()),
        "waiting": closings.waiting_voices(workstream),
    }

    def make(data: QueryDict | None) -> PackForm:
        return PackForm(data, initial=initial_of(told.pack), sending=sending, **about)

    def act(form: Any) -> HttpResponse:
        pack = actions.save(
            workstream=workstream, words=form.words, version=form.cleaned_data["version"], by=request.user
        )
        if not sending:
            messages.success(request, "The closing pack has been saved. Nobody else has been told.")
            return redirect("closing-prepare", request.programme.slug, workstream.slug)
        actions.send(pack=pack, version=pack.version, by=request.user)
        messages.success(request, "The closing pack has been sent. The senior leadership team decides.")
        return redirect(_address(request, workstream))

    extra = {"workstream": workstream, "told": told, "waiting": about["waiting"]}
    words = _words(request, workstream, f"Prepare the closing of {workstream}", "Save as a draft", extra=extra)
    return ask(request, words, make, act, theirs=_in_words, template="workstreams/closing_prepare.html")


def _in_words(current: ClosingPack) -> Facts:
    return [
        ("Why does it close?", [current.why] if current.why else []),
        ("On which day does it close?", [day_words(current.closes_on)] if current.closes_on else []),
        ("Who owns it from then on?", [current.owner] if current.owner else []),
        ("What can others learn from it?", [current.lessons] if current.lessons else []),
    ]


def _waiting(request: ProgrammeRequest, workstream: Workstream, pack: ClosingPack, told: Closing) -> HttpResponse:
    if request.method == "POST":
        try:
            actions.take_back(pack=pack, number=told.number, by=request.user)
            messages.success(request, "The closing pack has been taken back. You can change it and send it again.")
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("closing-prepare", request.programme.slug, workstream.slug)
    return page(request, "workstreams/closing_waiting.html", {"workstream": workstream, "told": told})


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_CLOSING)
@follows_merges
def decide(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Agree that the workstream closes, or say not yet."""
    workstream = find_workstream(request, slug)
    told = closings.closing_of(workstream, today())
    pack = told.pack
    if pack is None or not told.is_waiting:
        messages.info(request, "No closing pack waits for a decision.")
        return redirect(_address(request, workstream))

    def make(data: QueryDict | None) -> DecideForm:
        return DecideForm(data, initial={"version": told.number})

    def act(form: Any) -> HttpResponse:
        said = form.cleaned_data
        agreed = said["outcome"] == ClosingStep.Kind.AGREED
        settle = actions.agree if agreed else actions.decline
        settle(pack=pack, number=said["version"], sentence=said["sentence"], by=request.user)
        messages.success(
            request,
            "You have agreed that it closes." if agreed else "You have said that it does not close yet.",
        )
        return redirect(_address(request, workstream))

    extra = {"workstream": workstream, "told": told, "pack": told.shown}
    words = _words(request, workstream, f"Does {workstream} close?", "Save decision", extra=extra)
    return ask(request, words, make, act, theirs=_step_words, template="workstreams/closing_decide.html")


def _step_words(current: ClosingStep) -> Facts:
    return [(str(current.get_kind_display()), [current.sentence] if current.sentence else [])]


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def answer_check(request: ProgrammeRequest, slug: str, months: int) -> HttpResponse:
    """Say whether what was achieved has held, with words and what shows it."""
    workstream, told = _kept(request, slug)
    check = next((each for each in told.checks if each.months == months), None)
    if check is None or told.pack is None:
        raise Http404
    pack, given = told.pack, [each for each in told.answers if each.months == months]
    newest = given[-1] if given else None

    def make(data: QueryDict | None) -> CheckForm:
        said = {"held": newest.held, "words": newest.words, "evidence": newest.evidence} if newest else {}
        return CheckForm(data, initial={"version": len(given)} | said)

    def act(form: Any) -> HttpResponse:
        said = dict(form.cleaned_data)
        actions.answer_check(pack=pack, months=months, number=said.pop("version"), by=request.user, **said)
        messages.success(request, f"The {check.name} has been answered.")
        return redirect(_address(request, workstream))

    said = f"The last answer was “{newest.get_held_display()}”. It stays on record beside yours." if newest else ""
    points = [f"{check.state_words}.", *([said] if said else [])]
    title = f"{check.name[:1].upper()}{check.name[1:]} of {workstream}"
    words = _words(request, workstream, title, "Save answer", points=points)
    return ask(request, words, make, act, theirs=_answer_words)


def _answer_words(current: SustainmentAnswer) -> Facts:
    return [("Has it held?", [current.get_held_display()]), ("What was found", [current.words, current.evidence])]


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_WORKSTREAMS)
@follows_merges
def reopen(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Open a closed workstream again; everything about its closing stays on record."""
    workstream = find_workstream(request, slug)

    def act(form: Any) -> HttpResponse:
        actions.reopen(workstream=workstream, sentence=form.cleaned_data["sentence"], by=request.user)
        messages.success(request, f"{workstream} is open again.")
        return redirect("workstream", request.programme.slug, workstream.slug)

    points = [
        "It reports again from the next month that is due. Milestones that went to other workstreams stay there.",
        "The pack, the decision and the checks stay on record.",
    ]
    words = _words(request, workstream, f"Open {workstream} again", "Open again", points=points)
    return ask(request, words, SentenceForm, act)
