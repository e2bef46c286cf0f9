"""Deciding at a stage gate: the outcome, its conditions, and each of them until it is closed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from programme.clock import today
from programme.dates import day_words
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from workstreams import access, gates
from workstreams.actions import gate_outcomes as actions
from workstreams.forms.gate import CloseConditionForm, ConditionForm, OutcomeForm
from workstreams.gate_rules import Outcome
from workstreams.models import Gate, GateCondition
from workstreams.views.gate_editing import Edit, Facts, answer
from workstreams.views.gate_keeping import page_of
from workstreams.views.gates import find_gate


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_GATES)
def record_outcome(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Record what was decided. It is added to the record and cannot be changed."""
    gate = find_gate(request, pk)
    about: dict[str, Any] = {
        "gate": gate,
        "criteria": list(gate.criteria.values_list("state", flat=True)),
        "decided_before": gate.outcomes.exclude(kind=Outcome.DEFERRED).exists(),
    }
    initial = {"version": gate.version, "decided_by": gate.decided_by, "on": day_words(today())}
    line = gates.gate_line(gate, today(), gate.order)
    edit = Edit(
        title="Record the outcome",
        button="Record outcome",
        make=partial(OutcomeForm, initial=initial, **about),
        save=lambda form: actions.decide(
            gate=gate, decided=form.decided, version=form.cleaned_data["version"], by=request.user
        ),
        saved="The outcome has been recorded.",
        back=page_of(request, gate),
        back_words=gate.name,
        gate=gate,
        about=" ".join(each for each in (line.criteria, line.panel.gap) if each),
        stored=partial(_outcome_facts, gate),
        template="workstreams/gate_outcome.html",
    )
    return answer(request, edit)


def _outcome_facts(gate: Gate) -> Facts:
    newest = gate.outcomes.last()
    if newest is None:
        return [("Outcome", "Nothing recorded")]
    return [
        ("Outcome", newest.outcome.words),
        ("Decided by", newest.decided_by),
        ("When", newest.when_words),
        ("Why", newest.reason or "Nothing recorded"),
    ]


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_GATES)
def add_condition(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Add a condition to a gate that is passed with conditions."""
    gate = find_gate(request, pk)
    edit = Edit(
        title="Add a condition",
        button="Add condition",
        make=partial(ConditionForm, programme=request.programme, initial={"version": gate.version}),
        save=lambda form: actions.add_condition(
            gate=gate, condition=form.condition, version=form.cleaned_data["version"], by=request.user
        ),
        saved="The condition has been added.",
        back=page_of(request, gate),
        back_words=gate.name,
        gate=gate,
        stored=partial(_outcome_facts, gate),
    )
    return answer(request, edit)


def _condition(request: ProgrammeRequest, pk: int, key: int) -> tuple[Gate, GateCondition]:
    gate = find_gate(request, pk)
    rows = GateCondition.objects.of_programme(request.programme)
    return gate, get_object_or_404(rows.filter(gate=gate), pk=key)


def _already_closed(request: ProgrammeRequest, gate: Gate, condition: GateCondition) -> HttpResponse | None:
    """Back to the gate where there is nothing left to do; a form that was sent is answered with what is stored."""
    if condition.is_open or request.method != "GET":
        return None
    messages.info(request, f"“{condition.text}” is closed.")
    return redirect(page_of(request, gate))


def _condition_facts(key: int) -> Facts:
    now = GateCondition.objects.select_related("owner__merged_into").get(pk=key)
    closed = f"Closed on {day_words(now.closed_on)}: {now.closed_how}" if now.closed_on else "Open"
    return [
        ("Condition", now.text),
        ("Owner", now.who.name if now.who else "Nobody"),
        ("Due", day_words(now.due_on)),
        ("State", closed),
    ]


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_GATES)
def change_condition(request: ProgrammeRequest, pk: int, key: int) -> HttpResponse:
    """Change a condition's words, owner or day, with the reason."""
    gate, condition = _condition(request, pk, key)
    gone = _already_closed(request, gate, condition)
    if gone is not None:
        return gone
    initial = {name: getattr(condition, name) for name in ("version", "text", "due_on")} | {"owner": condition.who}
    edit = Edit(
        title="Change the condition",
        button="Save",
        make=partial(ConditionForm, programme=request.programme, change=True, initial=initial),
        save=lambda form: actions.change_condition(
            condition=condition,
            facts=form.condition,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            by=request.user,
        ),
        saved="The condition has been changed.",
        back=page_of(request, gate),
        back_words=gate.name,
        gate=gate,
        stored=partial(_condition_facts, key),
    )
    return answer(request, edit)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def close_condition(request: ProgrammeRequest, pk: int, key: int) -> HttpResponse:
    """Close a condition with what shows that it is met: by its owner, or by who decides gates."""
    gate, condition = _condition(request, pk, key)
    if not access.can_close_condition(request.user, condition, request.permissions):
        raise PermissionDenied
    gone = _already_closed(request, gate, condition)
    if gone is not None:
        return gone
    line = gates.condition_line(condition, today())
    edit = Edit(
        title="Close the condition",
        button="Close condition",
        make=partial(CloseConditionForm, condition=condition, initial={"version": condition.version, "on": today()}),
        save=lambda form: actions.close_condition(condition=condition, by=request.user, **form.cleaned_data),
        saved="The condition has been closed.",
        back=page_of(request, gate),
        back_words=gate.name,
        gate=gate,
        about=f"{condition.text} Due {day_words(condition.due_on)}, {line.owner}. {line.state_words}.",
        stored=partial(_condition_facts, key),
    )
    return answer(request, edit)
