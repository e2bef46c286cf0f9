"""Asks: what workstreams want from above, answered here by the senior leadership team and sponsors."""

from collections.abc import Callable
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
from programme.wording import counted
from workstreams import access, asks
from workstreams.actions import asks as asking
from workstreams.escalation import above, below, way
from workstreams.forms.ask import (
    AnswerForm,
    AskForm,
    PassDownForm,
    PassUpForm,
    ReplyForm,
    SentenceForm,
    WithdrawForm,
)
from workstreams.models import Ask, Group
from workstreams.views.following import follows_merges
from workstreams.views.registers import keeps_registers

ENDED_SHOWN = 30


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def ask_list(request: ProgrammeRequest) -> HttpResponse:
    """Every ask of the programme: what waits for an answer first, the longest past its day at the top."""
    seen = Ask.objects.visible_to(request.user).filter(workstream__programme=request.programme).with_state()
    open_asks = asks.pressing_first(asks.lines(seen.still_open(), today()))
    ended = asks.lines(seen.ended(), today())
    waiting = [line for line in open_asks if line.is_waiting]
    context = {
        "waiting": waiting,
        "with_leads": [line for line in open_asks if not line.is_waiting],
        "ended": ended[:ENDED_SHOWN],
        "ended_more": max(0, len(ended) - ENDED_SHOWN),
        "sentence": asks_sentence(waiting),
        "answers_any": Permission.ANSWER_ASKS in request.permissions,
    }
    return page(request, "workstreams/asks.html", context)


def asks_sentence(waiting: list[asks.AskLine]) -> str:
    """The page in one sentence."""
    if not waiting:
        return "No ask is waiting for an answer."
    late = sum(line.days_past > 0 for line in waiting)
    past = f", {late} of them past the day it was wanted by" if late else ""
    return f"{counted(len(waiting), 'ask')} {'is' if len(waiting) == 1 else 'are'} waiting for an answer{past}."


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def add_ask(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Ask for help or a decision outside the monthly update."""
    workstream = keeps_registers(request, slug)
    form = AskForm(request.POST if request.method == "POST" else None, programme=request.programme)
    if request.method == "POST" and form.is_valid():
        asking.ask(workstream=workstream, by=request.user, **form.cleaned_data)
        group = form.cleaned_data.get("group")
        messages.success(request, f"Your ask is with {group or 'the senior leadership team and the sponsor'}.")
        return redirect("registers", request.programme.slug, workstream.slug)
    context = {"workstream": workstream, "form": form, "form_errors": bool(form.errors), "theirs": None}
    words = {"title": "Ask for help or a decision", "button": "Ask"}
    return page(request, "workstreams/register_form.html", context | words, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Mine:
    """An ask with what this reader may do about it."""

    line: asks.AskLine
    answers: bool
    keeps: bool
    # Where it may go from here: the groups above, and the group below that passed it up.
    above: tuple[int, ...] = ()
    below: int | None = None

    @property
    def ask(self) -> Ask:
        """The ask itself."""
        return self.line.ask

    @property
    def passes(self) -> bool:
        """Whether the reader may pass it on to another group."""
        return self.line.is_waiting and (self.answers or self.keeps)


def _find(request: ProgrammeRequest, pk: int) -> Mine:
    seen = Ask.objects.visible_to(request.user).filter(workstream__programme=request.programme)
    ask = get_object_or_404(seen.in_full().select_related("workstream__programme", "decision"), pk=pk)
    roles = access.assignment_roles(request.user, ask.workstream.survivor)
    line = asks.AskLine(ask, tuple(ask.events.all()), today())
    path = way(asks.steps_of(line.events))
    return Mine(
        line,
        above=above(path, asks.reporting_lines(request.programme)),
        below=below(path),
        answers=access.can_answer_asks(roles, request.permissions),
        keeps=access.can_edit_plan(roles, request.permissions),
    )


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def ask_page(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """One ask with everything that became of it."""
    mine = _find(request, pk)
    decision = getattr(mine.ask, "decision", None)
    return page(request, "workstreams/ask.html", {"mine": mine, "line": mine.line, "decision": decision})


@dataclass(frozen=True)
class Step:
    """One thing that can be added to an ask: by whom, with which form and action, and what the page says."""

    form: type[SentenceForm]
    action: Callable[..., object]
    may: Callable[[Mine], bool]
    title: str
    button: str
    done: str


ANSWER = Step(
    AnswerForm, asking.answer, may=lambda mine: mine.answers, title="Answer", button="Send your answer",
    done="Your answer has been sent to the workstream.",
)  # fmt: skip
REPLY = Step(
    ReplyForm, asking.reply, may=lambda mine: mine.keeps, title="Say what was needed", button="Send",
    done="Your reply has been sent. The ask waits for an answer again.",
)  # fmt: skip
WITHDRAW = Step(
    WithdrawForm, asking.withdraw, may=lambda mine: mine.keeps, title="Withdraw this ask", button="Withdraw the ask",
    done="The ask has been withdrawn.",
)  # fmt: skip
PASS_UP = Step(
    PassUpForm, asking.pass_up, may=lambda mine: mine.answers or mine.keeps, title="Pass this ask up",
    button="Pass it up", done="The ask has been passed up.",
)  # fmt: skip
PASS_DOWN = Step(
    PassDownForm, asking.pass_down, may=lambda mine: mine.answers or mine.keeps, title="Pass this ask back down",
    button="Pass it back down", done="The ask has been passed back down.",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def change_ask(request: ProgrammeRequest, pk: int, step: Step) -> HttpResponse:
    """Answer, reply, withdraw or pass on. Whoever comes second sees what was said and what they typed."""
    mine = _find(request, pk)
    if not step.may(mine):
        raise PermissionDenied
    groups = {"groups": Group.objects.filter(pk__in=mine.above)} if step.form is PassUpForm else {}
    if request.method == "GET":
        return _step_page(request, mine, step, step.form(initial={"version": mine.line.version}, **groups))
    form = step.form(request.POST, **groups)
    if not form.is_valid():
        return _step_page(request, mine, step, form)
    try:
        step.action(ask=mine.ask, by=request.user, **form.cleaned_data)
    except Stale:
        return _step_page(request, _find(request, pk), step, form, status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _step_page(request, mine, step, form)
    messages.success(request, step.done)
    return redirect("ask", request.programme.slug, pk)


def _step_page(request: ProgrammeRequest, mine: Mine, step: Step, form: Any, *, status: int = 0) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    context = {
        "mine": mine,
        "line": mine.line,
        "step": step,
        "form": form,
        "form_errors": wrong,
        "too_late": status == 409,  # noqa: PLR2004 - the answer to a stale save
        "typed": form.cleaned_data.get("sentence", "") if form.is_bound and not wrong else "",
    }
    return page(request, "workstreams/ask_step.html", context, status=status or (422 if wrong else 200))
