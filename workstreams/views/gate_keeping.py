"""Keeping stage gates: the gate itself, its date, its panel, its criteria and its evidence pack."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from workstreams import gates
from workstreams.actions import gate_parts as parts
from workstreams.actions import gates as actions
from workstreams.forms.gate import (
    CriterionForm,
    EvidenceForm,
    GateDateForm,
    GateForm,
    NewCriterionForm,
    NewGateForm,
    OfferForm,
    RemoveGateForm,
    SeatForm,
)
from workstreams.gate_rules import Met
from workstreams.models import Gate, GateCriterion, Workstream
from workstreams.views.gate_editing import Edit, Facts, answer
from workstreams.views.gates import find_gate, readable, rights_at

NOBODY, NOTHING = "Nobody named", "Nothing recorded"


def page_of(request: ProgrammeRequest, gate: Gate) -> str:
    """The address of one gate."""
    return reverse("gate", args=[request.programme.slug, gate.pk])


def _choices(request: ProgrammeRequest, besides: Gate | None = None) -> dict[str, Any]:
    standing = Workstream.objects.filter(programme=request.programme, merged_into=None)
    rows = readable(request).in_order()
    return {"workstreams": standing, "rows": rows.exclude(pk=besides.pk) if besides else rows}


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_GATES)
def add_gate(request: ProgrammeRequest) -> HttpResponse:
    """Add a gate, behind the last one unless the office says otherwise."""
    choices = _choices(request)
    on = choices["workstreams"].filter(slug=request.GET.get("workstream", "")).first()
    last = readable(request).filter(workstream=on).order_by("order", "pk").last()
    edit = Edit(
        title="Add a stage gate",
        button="Add gate",
        make=partial(NewGateForm, initial={"workstream": on, "after": last}, **choices),
        save=lambda form: actions.add(
            programme=request.programme, facts=form.facts, when=form.cleaned_data["when"], by=request.user
        ),
        saved="The gate has been added. Now say what has to be true for it to be passed, and who is on its panel.",
        back=reverse("gates", args=[request.programme.slug]),
        back_words="Stage gates",
    )
    return answer(request, edit)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_GATES)
def change_gate(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Change what a gate is, or its place among the others."""
    gate = find_gate(request, pk)
    before = readable(request).filter(workstream=gate.workstream_id, order__lt=gate.order).order_by("order", "pk")
    initial = {name: getattr(gate, name) for name in ("version", "name", "purpose", "decided_by")}
    initial |= {"workstream": gate.standing_workstream, "after": before.last()}
    edit = Edit(
        title="Change the gate",
        button="Save",
        make=partial(GateForm, initial=initial, **_choices(request, gate)),
        save=lambda form: actions.change(
            gate=gate, facts=form.facts, version=form.cleaned_data["version"], by=request.user
        ),
        saved="The gate has been changed.",
        back=page_of(request, gate),
        back_words=gate.name,
        gate=gate,
        stored=partial(_gate_facts, gate),
    )
    return answer(request, edit)


def _gate_facts(gate: Gate) -> Facts:
    now = Gate.objects.select_related("workstream__merged_into").get(pk=gate.pk)
    workstream = now.standing_workstream
    return [
        ("Name", now.name),
        ("What is decided", now.purpose or NOTHING),
        ("Who decides", now.decided_by or NOBODY),
        ("Hangs on", workstream.name if workstream else "The whole programme"),
    ]


def _date_facts(gate: Gate) -> Facts:
    when = gates.dates_of(Gate.objects.prefetch_related("dates").get(pk=gate.pk), today()).when
    return [("Date", when.display() if when else "No date yet")]


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_GATES)
def date_gate(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """State when a gate is held; moving it needs a reason."""
    gate = find_gate(request, pk)
    (_, words) = _date_facts(gate)[0]
    edit = Edit(
        title="Change the date" if gate.dates.exists() else "Give the gate a date",
        button="Save date",
        make=partial(GateDateForm, is_first=not gate.dates.exists(), initial={"version": gate.version}),
        save=lambda form: actions.state_date(
            gate=gate,
            when=form.cleaned_data["when"],
            reason=form.cleaned_data.get("reason", ""),
            version=form.cleaned_data["version"],
            by=request.user,
        ),
        saved="The date has been saved.",
        back=page_of(request, gate),
        back_words=gate.name,
        gate=gate,
        about=f"Now: {words}.",
        stored=partial(_date_facts, gate),
    )
    return answer(request, edit)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_GATES)
def remove_gate(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Take a gate out, once that is confirmed with a reason."""
    gate = find_gate(request, pk)
    edit = Edit(
        title="Take the gate out",
        button="Take this gate out",
        make=partial(RemoveGateForm, initial={"version": gate.version}),
        save=lambda form: actions.remove(gate=gate, by=request.user, **form.cleaned_data),
        saved=f"“{gate.name}” has been taken out.",
        back=reverse("gates", args=[request.programme.slug]),
        back_words="Stage gates",
        gate=gate,
        about="It leaves every list and drawing, with its criteria and its panel. What it said stays in the history.",
        stored=partial(_gate_facts, gate),
    )
    return answer(request, edit)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_GATES)
def give_seat(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Give a sector a seat on the panel."""
    gate = find_gate(request, pk)
    edit = Edit(
        title="Add a seat to the panel",
        button="Add seat",
        make=partial(SeatForm, programme=request.programme),
        save=lambda form: parts.give_seat(gate=gate, by=request.user, **form.cleaned_data),
        saved="The seat has been added.",
        back=page_of(request, gate),
        back_words=gate.name,
        gate=gate,
    )
    return answer(request, edit)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_GATES)
def add_criterion(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Add something that has to be true for the gate to be passed."""
    gate = find_gate(request, pk)
    edit = Edit(
        title="Add a criterion",
        button="Add criterion",
        make=NewCriterionForm,
        save=lambda form: parts.add_criterion(gate=gate, facts=form.facts(GateCriterion()), by=request.user),
        saved="The criterion has been added.",
        back=page_of(request, gate),
        back_words=gate.name,
        gate=gate,
    )
    return answer(request, edit)


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def change_criterion(request: ProgrammeRequest, pk: int, key: int) -> HttpResponse:
    """Say what shows that a criterion is met; who keeps or decides gates also says whether it is."""
    gate = find_gate(request, pk)
    rights = rights_at(request, gate)
    if not rights.offers:
        raise PermissionDenied
    criterion = get_object_or_404(gate.criteria, pk=key)
    form_class = CriterionForm if rights.keeps or rights.decides else OfferForm
    stored = form_class.of(criterion)
    edit = Edit(
        title="Change the criterion" if form_class is CriterionForm else "Offer evidence",
        button="Save",
        make=lambda data=None: stored if data is None else form_class(data),
        save=lambda form: parts.change_criterion(
            criterion=criterion,
            facts=form.facts(GateCriterion.objects.get(pk=key)),
            version=form.cleaned_data["version"],
            by=request.user,
        ),
        saved="The criterion has been saved.",
        back=page_of(request, gate),
        back_words=gate.name,
        gate=gate,
        about="" if form_class is CriterionForm else f"{criterion.text} {Met(criterion.state).words}.",
        stored=lambda: _criterion_facts(key),
    )
    return answer(request, edit)


def _criterion_facts(key: int) -> Facts:
    now = GateCriterion.objects.get(pk=key)
    return [
        ("Criterion", now.text),
        ("Is it met?", Met(now.state).words),
        ("Evidence", now.evidence or NOTHING),
        ("Link", now.evidence_url or NOTHING),
    ]


@require_http_methods(["GET", "POST"])
@requires(Permission.READ_WORKSTREAMS)
def add_evidence(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Add a document to the evidence pack."""
    gate = find_gate(request, pk)
    if not rights_at(request, gate).offers:
        raise PermissionDenied
    edit = Edit(
        title="Add to the evidence pack",
        button="Add document",
        make=EvidenceForm,
        save=lambda form: parts.add_evidence(gate=gate, by=request.user, **form.cleaned_data),
        saved="The document has been added.",
        back=page_of(request, gate),
        back_words=gate.name,
        gate=gate,
    )
    return answer(request, edit)


_PARTS = {
    "seat": ("seats", "seat on the panel"),
    "criterion": ("criteria", "criterion"),
    "document": ("pack", "document"),
}


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_GATES)
def take_out(request: ProgrammeRequest, pk: int, kind: str, key: int) -> HttpResponse:
    """Take a seat, a criterion or a document out, once that is confirmed."""
    gate = find_gate(request, pk)
    if kind not in _PARTS:
        raise Http404
    rows, noun = _PARTS[kind]
    part = get_object_or_404(getattr(gate, rows), pk=key)
    if request.method == "GET":
        return page(request, "workstreams/gate_take_out.html", {"gate": gate, "part": part, "kind": kind, "noun": noun})
    parts.take_out(part=part, by=request.user)
    messages.success(request, f"The {noun} has been taken out.")
    return redirect(page_of(request, gate))
