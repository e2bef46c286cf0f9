"""The map across places, in words, and between two days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from programme.clock import LONDON, now, today
from programme.fields import DatePartsField
from programme.models import Place
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.wording import counted
from thrive import map_words, the_map
from thrive.coverage import Facts, State, Turn, turns
from thrive.forms.mapping import LensForm
from thrive.groupings import Grouping, groupings
from thrive.the_map import Lands

QUARTER = timedelta(days=91)


@require_GET
@requires(Permission.READ_MAP)
def level_up(request: ProgrammeRequest) -> HttpResponse:
    """The same need across places: who has it, and who could be levelled up."""
    lands = the_map.lands_of(request.programme)
    form = LensForm(request.GET, places=lands.all_shown)
    facts = the_map.facts(lands.area, lands.around(lands.own))
    names = {key: each.name for key, each in lands.by_key.items()}
    keys = [place.pk for place in lands.main]
    rows = map_words.levels(facts, keys, names, form.stretch, form.chosen_group)
    context = {
        "form": form,
        "rows": [(lands.by_key[key], matrix.cells) for key, matrix in zip(keys, rows, strict=True)],
        "groupings": groupings(),
        "as_table": request.GET.get("as") == "table",
        "by_need": [(need, [matrix.cells[n] for matrix in rows]) for n, need in enumerate(groupings())],
        "uneven": map_words.uneven([matrix.cells for matrix in rows]),
        "sentence": map_words.levels_sentence([matrix.cells for matrix in rows]),
        "ages": form.stretch,
        "whom": form.whom,
        "query": f"?{urlencode({'group': form.chosen_group})}" if form.chosen_group else "",
    }
    return page(request, "thrive/levels.html", context, part="levels")


@require_GET
@requires(Permission.READ_MAP)
def in_words(request: ProgrammeRequest) -> HttpResponse:
    """Where help ends, in sentences and exactly by age: gaps, partial help, what is to come, what nobody looked at."""
    lands = the_map.lands_of(request.programme)
    form = LensForm(request.GET, places=lands.all_shown, every="All places")
    facts = the_map.facts(lands.area, lands.around(lands.own))
    places = _chosen_places(request, lands, form)
    found = [
        gap for place in places for gap in map_words.age_gaps(facts, place.pk, place.name, form.chosen_group, form.whom)
    ]
    kinds = (State.NONE, State.PARTIAL, State.NOT_LIVE, State.PLANNED, State.NOT_MAPPED)
    context = {
        "form": form,
        "kinds": [(kind, [gap for gap in found if gap.state is kind]) for kind in kinds],
        "sentence": map_words.gaps_sentence(found),
        "places": places,
        "whom": form.whom,
    }
    return page(request, "thrive/in_words.html", context, part="words")


def _chosen_places(request: ProgrammeRequest, lands: Lands, form: LensForm) -> list[Place]:
    asked = request.GET.get("place", "")
    place = form.chosen_place
    return [place] if asked and place else lands.main


class BetweenForm(forms.Form):
    """Two days. Where they cannot be read, the last quarter."""

    since = DatePartsField(label="From", required=False)
    until = DatePartsField(label="To", required=False)

    @property
    def days(self) -> tuple[date, date]:
        """The days in order; the end of a day counts."""
        self.is_valid()
        until = self.cleaned_data.get("until") or today()
        since = self.cleaned_data.get("since") or until - QUARTER
        return (since, until) if since <= until else (until, since)


@dataclass(frozen=True)
class Told:
    """One change of the map, in a sentence."""

    place: Place
    need: Grouping
    turn: Turn
    sentence: str


@require_GET
@requires(Permission.READ_MAP)
def changes(request: ProgrammeRequest) -> HttpResponse:
    """What became more and what became less between two days, from what history has kept."""
    lands = the_map.lands_of(request.programme)
    asked = {name: value for name, value in request.GET.items() if value}
    form = BetweenForm(request.GET if asked else None, initial={"since": today() - QUARTER, "until": today()})
    since, until = form.days if asked else (today() - QUARTER, today())
    around = lands.around(lands.own)
    before = the_map.facts_at(lands.area, around, _end_of(since))
    is_now = until >= today()
    after = the_map.facts(lands.area, around) if is_now else the_map.facts_at(lands.area, around, _end_of(until))
    told = list(_told(lands, before, after))
    context: dict[str, Any] = {
        "form": form,
        "form_errors": form.is_bound and bool(form.errors),
        "since": since,
        "until": until,
        "more": [each for each in told if each.turn.is_more],
        "less": [each for each in told if not each.turn.is_more and not each.turn.is_found_none],
        "found_none": [each for each in told if each.turn.is_found_none],
        "sentence": _sentence(told),
    }
    return page(request, "thrive/changes.html", context, part="changes")


def _end_of(day: date) -> datetime:
    return min(datetime.combine(day, time.max, tzinfo=LONDON), now())


def _told(lands: Lands, before: Facts, after: Facts) -> Any:
    for place in lands.main:
        for need in groupings():
            for turn in turns(before.cell(place.pk, need.code), after.cell(place.pk, need.code)):
                yield Told(place, need, turn, map_words.turn_words(turn, need.name, place.name))


def _sentence(told: Sequence[Told]) -> str:
    if not told:
        return "Nothing on the map changed between these days."
    more = sum(each.turn.is_more for each in told)
    return f"{counted(len(told), 'change')}: {more:,} to more help, {len(told) - more:,} otherwise."
