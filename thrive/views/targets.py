"""What good looks like, held against what is there."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.wording import counted
from thrive import map_words, the_map, thread, threads
from thrive.actions import delivery as actions
from thrive.coverage import Facts
from thrive.forms.delivery import TargetForm
from thrive.forms.mapping import LensForm
from thrive.groupings import grouping
from thrive.map_words import Shown
from thrive.models import GapFinding, Recommendation, TargetOffer
from thrive.the_map import Lands
from thrive.threads import Thread
from thrive.views.directory import offered_places
from thrive.views.filling_in import Sheet, fill_in
from thrive.views.seeing import keeps


@dataclass(frozen=True)
class Line:
    """A target, what the map shows for it now, what was found missing, and what answers that."""

    target: TargetOffer
    now: Shown | None
    gaps: list[GapFinding]
    answers: list[Thread]

    @property
    def is_met(self) -> bool:
        """Whether the map shows a core service at all of its ages."""
        return self.now is not None and self.now.state.is_covered


@require_GET
@requires(Permission.READ_MAP)
def compare(request: ProgrammeRequest) -> HttpResponse:
    """Now and target for one place."""
    lands = the_map.lands_of(request.programme)
    form = LensForm(request.GET, places=lands.all_shown)
    place = form.chosen_place
    lines: list[Line] = []
    if place:
        facts = the_map.facts(lands.area, lands.around([place]))
        lines = _lines(request, lands, facts, place.pk)
    context = {
        "form": form,
        "place": place,
        "lines": lines,
        "sentence": _sentence(lines, place.name if place else ""),
        "can_keep": keeps(request),
    }
    return page(request, "thrive/targets.html", context, part="targets")


def _lines(request: ProgrammeRequest, lands: Lands, facts: Facts, place: int) -> list[Line]:
    upward = lands.area.upward(place)
    targets = TargetOffer.objects.all().visible_to(request.user).filter(place__in=upward).select_related("place")
    gaps = list(GapFinding.objects.filter(place__in=upward).select_related("place"))
    answers = threads.threads(Recommendation.objects.filter(gaps__in=gaps), today())
    names = {key: each.name for key, each in lands.by_key.items()}
    lines = []
    for target in targets:
        need = grouping(target.grouping)
        now = map_words.shown(facts.cell(place, need.code, target.ages), need, names) if need else None
        own = [gap for gap in gaps if gap.target_id == target.pk]
        keys = {gap.pk for gap in own}
        lines.append(Line(target, now, own, [each for each in answers if keys & {gap.pk for gap in each.gaps}]))
    return lines


def _sentence(lines: list[Line], place: str) -> str:
    if not lines:
        return ""
    met = sum(line.is_met for line in lines)
    short = sum(any(gap.state == thread.KEPT for gap in line.gaps) for line in lines)
    has = "has" if short == 1 else "have"
    return f"{place} meets {met:,} of {counted(len(lines), 'target')} on the map; {short:,} {has} an accepted gap."


def _targets(request: ProgrammeRequest, place: int | None = None) -> str:
    query = f"?place={place}" if place else ""
    return reverse("thrive-targets", args=[request.programme.slug]) + query


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def add_target(request: ProgrammeRequest) -> HttpResponse:
    """Write down what good looks like."""
    places = offered_places(the_map.lands_of(request.programme))
    start = {"version": 0, "age_from": 0, "age_to": 300}

    def make(data: Any = None) -> TargetForm:
        return TargetForm(data, initial=start, places=places)

    def act(form: TargetForm) -> str:
        actions.set_target(place=form.cleaned_data["place"], target=form.target, by=request.user)
        return _targets(request)

    sheet = Sheet(
        "Set a target", request.programme.name, "Save", "The target has been set.", _targets(request), "Now and target"
    )
    return fill_in(request, make, sheet, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.KEEP_MAP)
def change_target(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Change what good looks like; its place stays."""
    targets = TargetOffer.objects.all().visible_to(request.user).of_programme(request.programme)
    offer = get_object_or_404(targets.select_related("place"), pk=pk)

    def make(data: Any = None) -> TargetForm:
        return TargetForm(data, initial=TargetForm.start_of(offer) | {"place": offer.place_id}, places=[offer.place])

    def act(form: TargetForm) -> str:
        version = form.cleaned_data["version"]
        actions.change_target(offer=offer, to=form.target, version=version, by=request.user)
        return _targets(request)

    sheet = Sheet(
        "Change a target", offer.title, "Save", "The target has been changed.", _targets(request), "Now and target"
    )
    return fill_in(request, make, sheet, act)
