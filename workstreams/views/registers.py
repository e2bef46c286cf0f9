"""The registers of a workstream: what is in each, and how entries are added, changed and ended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme.clock import today
from programme.dates import day_words
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from workstreams import access, asks
from workstreams.actions import documents, registers
from workstreams.forms.document import AnswerQuestionForm, EndLinkForm, LinkForm, QuestionForm
from workstreams.forms.register import (
    ActionForm,
    DecisionForm,
    EndActionForm,
    EndForm,
    EntryForm,
    IssueForm,
    NewActionForm,
    NewDecisionForm,
    NewRiskForm,
    RiskForm,
)
from workstreams.models import (
    Action,
    Ask,
    Decision,
    Document,
    Group,
    Issue,
    LaunchQuestion,
    Risk,
    Workstream,
)
from workstreams.risks import matrix, score_words
from workstreams.views.following import follows_merges
from workstreams.views.workstreams import find_workstream

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Register:
    """One register: how it is called, its forms, and the action that adds to it."""

    noun: str
    an: str
    model: Any
    form: type[EntryForm]
    new_form: type[EntryForm]
    add: Callable[[Workstream, Any, Mapping[str, Any]], object]
    end_form: type[EndForm] | None = EndForm
    verb: str = "Close"
    ended: str = "closed"


def _to_workstream(action: Callable[..., object]) -> Callable[[Workstream, Any, Mapping[str, Any]], object]:
    return lambda workstream, by, answers: action(workstream=workstream, by=by, **answers)


def _to_programme(action: Callable[..., object]) -> Callable[[Workstream, Any, Mapping[str, Any]], object]:
    return lambda workstream, by, answers: action(
        programme=workstream.programme, workstream=workstream, by=by, **answers
    )


REGISTERS = {
    "risks": Register("risk", "a risk", Risk, RiskForm, NewRiskForm, _to_workstream(registers.raise_risk)),
    "issues": Register("issue", "an issue", Issue, IssueForm, IssueForm, _to_workstream(registers.raise_issue)),
    "actions": Register(
        "action", "an action", Action, ActionForm, NewActionForm, _to_programme(registers.add_action), EndActionForm
    ),
    "decisions": Register(
        "decision",
        "a decision",
        Decision,
        DecisionForm,
        NewDecisionForm,
        _to_programme(registers.record_decision),
        None,
    ),
    "links": Register(
        "link",
        "a link",
        Document,
        LinkForm,
        LinkForm,
        _to_workstream(documents.add_link),
        EndLinkForm,
        verb="Take away",
        ended="taken away",
    ),
    "questions": Register(
        "question",
        "a question",
        LaunchQuestion,
        QuestionForm,
        QuestionForm,
        _to_workstream(documents.ask_question),
        AnswerQuestionForm,
        verb="Answer",
        ended="answered",
    ),
}


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def registers_page(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """What the workstream asks for, what may go wrong, what has, what is being done and what was decided."""
    workstream = find_workstream(request, slug)
    roles = access.assignment_roles(request.user, workstream)
    found = Ask.objects.of_workstream(workstream).with_state()
    ask_lines = asks.pressing_first(asks.lines(found, today()))
    risks, issues, actions = (_entries(model, workstream) for model in (Risk, Issue, Action))
    links, questions = (_entries(model, workstream) for model in (Document, LaunchQuestion))
    decided = Decision.objects.of_workstream(workstream)
    context = {
        "workstream": workstream,
        "tab": "registers",
        "today": today(),
        "ask_lines": ask_lines,
        "risks": sorted(risks, key=lambda risk: (not risk.is_open, -risk.score, risk.pk)),
        "matrix": matrix((risk.likelihood, risk.impact) for risk in risks if risk.is_open),
        "issues": sorted(issues, key=lambda issue: (not issue.is_open, SEVEREST.index(issue.severity), issue.pk)),
        "actions": sorted(actions, key=lambda each: (not each.is_open, each.due_on is None, each.due_on, each.pk)),
        "decisions": decided.select_related(
            "decided_by__merged_into", "ask", "meeting__group", "group", "superseded_by"
        ),
        "links": sorted(links, key=lambda each: (not each.is_open, each.check_again_on or date.max, each.pk)),
        "questions": sorted(questions, key=lambda each: (not each.is_open, each.pk)),
        "groups": Group.objects.filter(workstream=workstream).standing().select_related("reports_to"),
        "can_edit": access.can_edit_plan(roles, request.permissions),
    }
    return page(request, "workstreams/registers.html", context)


SEVEREST = [Issue.Severity.HIGH, Issue.Severity.MEDIUM, Issue.Severity.LOW]


def _entries(model: Any, workstream: Workstream) -> list[Any]:
    rows = model.objects.of_workstream(workstream).select_related("owner__merged_into")
    return list(rows.select_related(*SOURCES) if model is Action else rows)


SOURCES = ("risk", "issue", "ask", "decision", "meeting__group")


def keeps_registers(request: ProgrammeRequest, slug: str) -> Workstream:
    """The workstream, for those who keep its registers; 403 for other readers."""
    workstream = find_workstream(request, slug)
    if not access.can_edit_plan(access.assignment_roles(request.user, workstream), request.permissions):
        raise PermissionDenied
    return workstream


def _register(name: str) -> Register:
    if name not in REGISTERS:
        raise Http404
    return REGISTERS[name]


def _entry(register: Register, workstream: Workstream, pk: int) -> Any:
    rows = register.model.objects.of_workstream(workstream)
    people = "decided_by__merged_into" if register.model is Decision else "owner__merged_into"
    return get_object_or_404(rows.select_related(people), pk=pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def add_entry(request: ProgrammeRequest, slug: str, register: str) -> HttpResponse:
    """Add to a register."""
    workstream, kind = keeps_registers(request, slug), _register(register)
    form = kind.new_form(request.POST if request.method == "POST" else None, workstream=workstream)
    if request.method == "POST" and form.is_valid():
        try:
            kind.add(workstream, request.user, form.answers)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The {kind.noun} has been added.")
            return redirect("registers", request.programme.slug, workstream.slug)
    return _form_page(request, workstream, form, title=f"Add {kind.an}", button=f"Add {kind.noun}")


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def edit_entry(request: ProgrammeRequest, slug: str, register: str, pk: int) -> HttpResponse:
    """Change an entry; a save that is out of date shows both texts."""
    workstream, kind = keeps_registers(request, slug), _register(register)
    entry = _entry(kind, workstream, pk)
    words: dict[str, Any] = {"title": f"Change {kind.an}", "button": "Save changes"}
    if request.method == "GET":
        return _form_page(request, workstream, kind.form.of(entry, workstream), **words)
    form = kind.form(request.POST, workstream=workstream)
    if not form.is_valid():
        return _form_page(request, workstream, form, **words)
    try:
        registers.change(entry=entry, version=form.cleaned_data["version"] or 0, by=request.user, **form.answers)
    except Stale as stale:
        again = kind.form(posted_again(request, stale.current.version), workstream=workstream)
        return _form_page(request, workstream, again, theirs=facts_of(stale.current), **words)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, workstream, form, **words)
    messages.success(request, f"The {kind.noun} has been changed.")
    return redirect("registers", request.programme.slug, workstream.slug)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def end_entry(request: ProgrammeRequest, slug: str, register: str, pk: int) -> HttpResponse:
    """Close a risk or an issue, or say that an action was done or dropped."""
    workstream, kind = keeps_registers(request, slug), _register(register)
    if kind.end_form is None:
        raise Http404
    entry = _entry(kind, workstream, pk)
    words: dict[str, Any] = {
        "title": f"{kind.verb} {kind.an}",
        "button": f"{kind.verb} the {kind.noun}",
        "about": str(entry),
    }
    if request.method == "GET":
        start = kind.end_form(initial={"version": entry.version, "on": today()})
        return _form_page(request, workstream, start, **words)
    form = kind.end_form(request.POST)
    if not form.is_valid():
        return _form_page(request, workstream, form, **words)
    try:
        _end(entry, form.cleaned_data, request.user)
    except Stale as stale:
        again = kind.end_form(posted_again(request, stale.current.version))
        return _form_page(request, workstream, again, theirs=facts_of(stale.current), **words)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, workstream, form, **words)
    messages.success(request, f"The {kind.noun} has been {kind.ended}.")
    return redirect("registers", request.programme.slug, workstream.slug)


def _end(entry: Any, answers: Mapping[str, Any], by: Any) -> None:
    if isinstance(entry, Action):
        registers.end_action(action=entry, by=by, **answers)
    elif isinstance(entry, LaunchQuestion):
        documents.answer_question(question=entry, by=by, **answers)
    else:
        registers.close(entry=entry, by=by, **answers)


def posted_again(request: ProgrammeRequest, version: int) -> Any:
    """What was typed, ready to be saved over what is stored now, because the person has seen both."""
    data = request.POST.copy()
    data["version"] = str(version)
    return data


def facts_of(entry: Any) -> Facts:
    """An entry as it is stored, in words: what somebody else saved in the meantime."""
    facts: Facts = [("Text", entry.text)]
    if isinstance(entry, Risk):
        facts.append(("Score", score_words(entry.likelihood, entry.impact)))
    if isinstance(entry, Issue):
        facts.append(("Severity", entry.get_severity_display()))
    if isinstance(entry, Decision):
        facts += [("Decided by", entry.decider), ("Decided on", day_words(entry.decided_on))]
        return [*facts, ("Replaced by", str(entry.superseded_by))] if entry.superseded_by else facts
    if isinstance(entry, Document):
        facts += [("Link", entry.url), ("Checked on", day_words(entry.checked_on))]
    facts.append(("Owner", entry.who.name if entry.who else "No owner yet"))
    day = {Risk: "review_on", Action: "due_on"}.get(type(entry))
    if day:
        given = getattr(entry, day)
        facts.append(("Next review" if day == "review_on" else "Due", day_words(given) if given else "No day given"))
    if entry.closed_on:
        facts.append(("Closed", f"{day_words(entry.closed_on)}: {entry.closed_how}"))
    return facts


def _form_page(
    request: ProgrammeRequest, workstream: Workstream, form: Any, *, theirs: Facts | None = None, **words: str
) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    context = {"workstream": workstream, "form": form, "form_errors": wrong, "theirs": theirs, **words}
    return page(request, "workstreams/register_form.html", context, status=409 if theirs else 422 if wrong else 200)


@require_POST
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def check_link(request: ProgrammeRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody has opened the link and says that it still holds."""
    workstream = keeps_registers(request, slug)
    link = get_object_or_404(Document.objects.of_workstream(workstream), pk=pk)
    try:
        documents.check_link(link=link, version=link.version, by=request.user)
    except (Refused, Stale) as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, f"“{link.text}” is checked today.")
    return redirect("registers", request.programme.slug, workstream.slug)
