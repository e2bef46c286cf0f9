"""Stage gates as they are read: all of a programme in order, one with everything about it, and its history."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET

from programme import trail
from programme.clock import today
from programme.gate_strip import StripGate, gate_strip
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from workstreams import access, gates, kept
from workstreams import gate_history as history
from workstreams.gates import GateLine
from workstreams.models import Gate, GateQuerySet, Workstream
from workstreams.views.history import page_number

MOST_DRAWN = 24


@dataclass(frozen=True)
class GateRights:
    """What this reader may do at a gate."""

    keeps: bool
    decides: bool
    offers: bool


def rights_at(request: ProgrammeRequest, found: Gate) -> GateRights:
    """The reader's rights at one gate."""
    return GateRights(
        Permission.KEEP_GATES in request.permissions,
        Permission.DECIDE_GATES in request.permissions,
        access.can_offer_evidence(request.user, found, request.permissions),
    )


def readable(request: ProgrammeRequest) -> GateQuerySet:
    """The programme's gates that this reader may see."""
    return Gate.objects.visible_to(request.user).filter(programme=request.programme)


def find_gate(request: ProgrammeRequest, pk: int) -> Gate:
    """The gate at this address, or 404."""
    return get_object_or_404(readable(request).select_related("programme", "workstream__merged_into"), pk=pk)


class GateFilterForm(forms.Form):
    """Whose gates. Unknown values mean all, so that an old link still opens."""

    workstream = forms.ChoiceField(label="Whose gates", required=False)

    def __init__(self, *args: Any, workstreams: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everywhere = [("", "All gates"), ("none", "The whole programme")]
        self.fields["workstream"].choices = [*everywhere, *workstreams]  # type: ignore[attr-defined]


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def gate_list(request: ProgrammeRequest) -> HttpResponse:
    """One sentence, the gates in order as a drawing, and the same as a table. Filters are plain addresses."""
    having = Workstream.objects.filter(Q(gates__removed_at=None), gates__isnull=False, programme=request.programme)
    names = {each.survivor.slug: each.survivor.name for each in having.select_related("merged_into").distinct()}
    asked = Workstream.objects.filter(programme=request.programme, merged_into=None)
    chosen = asked.filter(slug=request.GET.get("workstream", "")).first()
    if chosen is not None:
        names[chosen.slug] = chosen.name
    form = GateFilterForm(request.GET, workstreams=sorted(names.items(), key=lambda each: each[1]))
    found = gates.read_gates(_chosen(request, chosen), today())
    context = {
        "form": form,
        "chosen": chosen,
        "filtered": bool(request.GET.get("workstream")),
        "can_filter": bool(names),
        "gates": found,
        "strips": list(_strips(found.lines[:MOST_DRAWN])),
        "most_drawn": MOST_DRAWN,
        "can_keep": Permission.KEEP_GATES in request.permissions,
    }
    return page(request, "workstreams/gates.html", context, part="gates")


def _chosen(request: ProgrammeRequest, workstream: Workstream | None) -> GateQuerySet:
    if workstream is not None:
        return readable(request).of_workstream(workstream)
    if request.GET.get("workstream") == "none":
        return readable(request).filter(workstream=None)
    return readable(request)


def _strips(lines: tuple[GateLine, ...]) -> Any:
    """A drawing for the programme's own gates and one for each workstream's."""
    rows: dict[str, list[StripGate]] = {}
    for line in lines:
        state = line.standing.state
        drawn = StripGate(line.number, line.name, _first_up(line.when_words), state.word, state.value)
        rows.setdefault(line.workstream, []).append(drawn)
    for name, members in rows.items():
        yield name, gate_strip(members)


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def gate(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """What is decided, when, by whom, on which criteria and evidence, and what became of it."""
    found = get_object_or_404(readable(request).with_everything().prefetch_related("pack"), pk=pk)
    context = gate_context(request, found) | {
        "statements": list(found.dates.select_related("by__person").order_by("-at", "-pk")),
        "outcomes": list(found.outcomes.select_related("by__person").order_by("-at", "-pk")),
        "seats": found.seats.all(),
        "criteria": found.criteria.all(),
        "pack": found.pack.all(),
        "closable": closable(request, found),
    }
    own = access.own_conditions(request.user, found)
    context["mine"] = [each for each in context["line"].open_conditions if each.key in own]
    return page(request, "workstreams/gate.html", context)


def gate_context(request: ProgrammeRequest, found: Gate) -> dict[str, Any]:
    """What every page of one gate needs."""
    row = readable(request).filter(workstream=found.workstream_id).values_list("pk", flat=True)
    number = list(row.order_by("order", "pk")).index(found.pk) + 1
    return {
        "gate": found,
        "line": gates.gate_line(found, today(), number),
        "rights": rights_at(request, found),
    }


def closable(request: ProgrammeRequest, found: Gate) -> set[int]:
    """The open conditions that this reader may close."""
    rows = [each for each in found.conditions.all() if each.is_open]
    return {each.pk for each in rows if access.can_close_condition(request.user, each, request.permissions)}


@require_GET
@requires(Permission.READ_WORKSTREAMS)
def gate_history(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """All that was changed at one gate, newest first."""
    found = find_gate(request, pk)
    workstream = found.standing_workstream
    told = trail.read(
        history.of_gate(found), programme=request.programme.slug, number=page_number(request), places=kept.places
    )
    context = {
        "workstream": workstream or request.programme,
        "title": found.name,
        "back": reverse("gate", args=[request.programme.slug, found.pk]),
        "told": told,
    }
    return page(request, "workstreams/history_of.html", context, part="history")
