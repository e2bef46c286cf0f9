"""Gaps: where places fall short, whether that is accepted, and what will fill it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme import trail
from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from thrive import kept, map_words, the_map, thread, threads
from thrive.actions import delivery as actions
from thrive.ages import ages_of
from thrive.forms.delivery import EvidenceForm, GapDecisionForm, GapForm, ThreadFilterForm
from thrive.groupings import grouping
from thrive.models import GapFinding, GapQuerySet, Recommendation, TargetOffer
from thrive.views.directory import offered_places
from thrive.views.filling_in import Sheet, fill_in
from thrive.views.seeing import keeps
from workstreams.views.history import page_number

UNANSWERED = "unanswered"
STATES = [*thread.GAP_STATES, (UNANSWERED, "Accepted, nothing fills it")]


def gaps(request: ProgrammeRequest) -> GapQuerySet:
    """The gaps of the programme's places that the reader may see."""
    return GapFinding.objects.all().visible_to(request.user).of_programme(request.programme)


def find_gap(request: ProgrammeRequest, pk: int) -> GapFinding:
    """One of them, or 404."""
    found = gaps(request).select_related("place", "target", "found_by__person", "decided_by__person")
    return get_object_or_404(found, pk=pk)


@require_GET
@requires(Permission.READ_MAP)
def gap_list(request: ProgrammeRequest) -> HttpResponse:
    """Every gap with what answers it. Filters are plain addresses."""
    lands = the_map.lands_of(request.programme)
    form = ThreadFilterForm(request.GET, places=offered_places(lands), states=STATES)
    told, found = threads.of_programme(request.programme, today())
    answers: dict[int, list[threads.Thread]] = {}
    for each in found:
        for gap in each.gaps:
            answers.setdefault(gap.pk, []).append(each)
    shown = [row for row in told.rows if _fits(row, form, told)]
    context = {
        "form": form,
        "filters_chosen": bool(form.place_key or form.chosen_state),
        "rows": [(row, answers.get(row.pk, [])) for row in shown],
        "sentence": told.sentence,
        "check": thread.check_sentence(each.life for each in found),
        "can_keep": keeps(request),
    }
    return page(request, "thrive/gaps.html", context, part="gaps")


def _fits(row: GapFinding, form: ThreadFilterForm, told: threads.Gaps) -> bool:
    if form.place_key and row.place_id != form.place_key:
        return False
    if form.chosen_state == UNANSWERED:
        return row.pk in told.unanswered
    return not form.chosen_state or row.state == form.chosen_state


@require_GET
@requires(Permission.READ_MAP)
def show_gap(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """One gap: target, now, decision, what is recommended, and the work that will fill it."""
    gap = find_gap(request, pk)
    told = trail.read(kept.of_gap(gap), programme=request.programme.slug, number=page_number(request))
    context = {
        "gap": gap,
        "now": _on_the_map(request, gap),
        "grouping": grouping(gap.grouping),
        "answers": threads.threads(Recommendation.objects.filter(gaps=gap), today()),
        "told": told,
        "can_keep": keeps(request),
        "can_decide": Permission.DECIDE_GAPS in request.permissions and gap.state != thread.FILLED,
        "is_open": gap.state == thread.KEPT,
    }
    return page(request, "thrive/gap.html", context, part="history")


def _on_the_map(request: ProgrammeRequest, gap: GapFinding) -> map_words.Shown | None:
    need = grouping(gap.grouping)
    if need is None:
        return None
    lands = the_map.lands_of(request.programme)
    facts = the_map.facts(lands.area, lands.around([gap.place]), grouping=need.code)
    names = {key: each.name for key, each in lands.by_key.items()}
    return map_words.shown(facts.cell(gap.place_id, need.code, gap.ages, gap.group), need, names)


def _address(request: ProgrammeRequest, gap: GapFinding) -> str:
    return reverse("thrive-gap", args=[request.programme.slug, gap.pk])


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def add_gap(request: ProgrammeRequest) -> HttpResponse:
    """Record where a place falls short, of a target or of the map."""
    places = offered_places(the_map.lands_of(request.programme))
    targets = TargetOffer.objects.all().visible_to(request.user).of_programme(request.programme)

    def make(data: Any = None) -> GapForm:
        return GapForm(data, initial=_start(request, targets), places=places, targets=targets)

    def act(form: GapForm) -> str:
        said = form.cleaned_data
        made = actions.find_gap(place=said["place"], target=said["target"], lacks=form.lacks, by=request.user)
        return _address(request, made)

    back = reverse("thrive-gaps", args=[request.programme.slug])
    sheet = Sheet(
        "Record a gap", request.programme.name, "Record it",
        "The gap is recorded. Somebody of the senior leadership team decides whether it is to be filled.",
        back, "Gaps", "Only what somebody has looked for and not found, or found in part, is a gap.",
    )  # fmt: skip
    return fill_in(request, make, sheet, act)


def _start(request: ProgrammeRequest, targets: Any) -> dict[str, Any]:
    """What the address already says: a target and a place, or a cell of the map."""
    asked = request.GET
    ages = ages_of(asked.get("ages", ""))
    start: dict[str, Any] = {"place": asked.get("place"), "grouping": asked.get("need"), "group": asked.get("group")}
    start |= {"age_from": ages.start, "age_to": ages.end} if ages else {"age_from": 0, "age_to": 300}
    target = targets.filter(pk=asked["target"]).first() if asked.get("target", "").isdecimal() else None
    if target:
        start |= {name: getattr(target, name) for name in ("title", "grouping", "age_from", "age_to")}
        start["target"] = target.pk
    return start


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_GAPS)
def decide_gap(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Accept a gap, or say why not."""
    gap = find_gap(request, pk)

    def make(data: Any = None) -> GapDecisionForm:
        return GapDecisionForm(data, initial={"version": gap.version})

    def act(form: GapDecisionForm) -> str:
        said = form.cleaned_data
        accepted, about = said["accepted"] == "yes", {"reason": said["reason"], "version": said["version"]}
        actions.decide_gap(gap=gap, accepted=accepted, by=request.user, **about)
        return _address(request, gap)

    sheet = Sheet(
        "Decide on a gap", gap.place.name, "Save the decision", "The decision is recorded.", _address(request, gap),
        gap.title, gap.now,
    )  # fmt: skip
    return fill_in(request, make, sheet, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def fill_gap(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Say what shows that a gap is filled."""
    gap = find_gap(request, pk)

    def make(data: Any = None) -> EvidenceForm:
        return EvidenceForm(data, initial={"version": gap.version})

    def act(form: EvidenceForm) -> str:
        said = form.cleaned_data
        actions.fill_gap(gap=gap, evidence=said["evidence"], version=said["version"], by=request.user)
        return _address(request, gap)

    sheet = Sheet(
        "The gap is filled", gap.place.name, "Record that it is filled", "The gap is filled.", _address(request, gap),
        gap.title,
    )  # fmt: skip
    return fill_in(request, make, sheet, act)
