"""What others have published: the visits to seven systems in London, and the library that came of them.

The report tells findings and recommendations for London as a whole, without saying where each was found; they stand
under London. Of each system it names what worked well, which stands under that system. Nobody was given a level.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from programme import dates
from programme.clock import now
from programme.dates import FuzzyDate, Precision
from programme.history import recorded
from programme.models import Place, User
from thrive.maturity.actions import noting, reviews
from thrive.maturity.actions.noting import Found, Worth
from thrive.maturity.actions.reviews import About
from thrive.maturity.models import Domain, Framework, Review
from thrive.maturity.scoring import Kind, State

FILE = Path(__file__).resolve().parent.parent / "fixtures" / "london.json"


@dataclass(frozen=True)
class _Telling:
    """What every step of it needs."""

    told: dict[str, Any]
    framework: Framework
    domains: dict[str, Domain]
    by: User | None
    at: datetime


@transaction.atomic
def load_london(*, by: User | None, at: datetime | None = None) -> list[Review]:
    """Load the visits and the library once; a second time there is nothing to do. Returns what was loaded."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    if Review.objects.filter(source=told["source"]).exists():
        return []
    framework = Framework.objects.get(number=1)
    domains = {domain.code: domain for domain in Domain.objects.filter(framework=framework)}
    telling = _Telling(told, framework, domains, by, at or now())
    with recorded(by=by, action="Loaded the published visits to London", at=telling.at):
        return _load(telling)


def _load(telling: _Telling) -> list[Review]:
    told = telling.told
    london = _place("London", Place.Kind.SYSTEM, None)
    across = [
        Found(kind, telling.domains[each["domain"]], text)
        for each in told["across"]
        for kind, texts in (("finding", each["findings"]), ("advice", each["advice"]))
        for text in texts
    ]
    made = [_visit(telling, london, "Visits to seven systems in London: all together", across, trailblazer=None)]
    places = {each["name"]: _place(each["name"], Place.Kind.PLACE, london) for each in told["systems"]}
    for each in told["systems"]:
        works = [
            Found("strength", telling.domains[p["domain"]], p["text"])
            for p in told["practice"]
            if p["place"] == each["name"]
        ]
        made.append(
            _visit(telling, places[each["name"]], f"Visit to {each['name']}", works, trailblazer=each["trailblazer"])
        )
    _library(telling, places)
    return made


def _place(name: str, kind: Place.Kind, parent: Place | None) -> Place:
    return Place.objects.get_or_create(name=name, defaults={"kind": kind, "parent": parent})[0]


def _visit(telling: _Telling, place: Place, title: str, found: list[Found], *, trailblazer: bool | None) -> Review:
    period = telling.told["period"]
    start, end = date.fromisoformat(period["from"]), date.fromisoformat(period["until"])
    about = About(
        place=place,
        kind=Kind.VISIT,
        title=title,
        when=FuzzyDate(period["words"], start, end, Precision.YEAR_RANGE, dates.Kind.SINGLE),
        source=telling.told["source"],
        trailblazer=trailblazer,
    )
    made = reviews.begin(about=about, framework=telling.framework, by=telling.by, at=telling.at)
    noting.find(review=made, findings=found, by=telling.by, at=telling.at)
    return reviews.move(review=made, to=State.RELEASED, version=made.version, public=True, by=telling.by, at=telling.at)


def _library(telling: _Telling, places: dict[str, Place]) -> None:
    told, source = telling.told, telling.told["source"]
    worth = [Worth("practice", p["domain"], p["text"], places.get(p["place"]), "", source) for p in told["practice"]]
    worth += [Worth("tool", t["domain"], t["text"], None, "", source) for t in told["tools"]]
    noting.add_practices(practices=worth, by=telling.by, at=telling.at)
