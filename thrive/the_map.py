"""What is recorded, at hand for the rules of coverage: in four queries for any number of services and places.

The same facts can be read as they stood at an earlier moment, from the history that the database keeps by itself.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, F
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from programme.models import Place, Programme
from thrive.ages import Ages
from thrive.coverage import Absence, Area, Facts, Offer, Stage
from thrive.models import ConfirmedNone, Mapping, Service

KINDS_IN_ORDER = (Place.Kind.SYSTEM, Place.Kind.PLACE, Place.Kind.NEIGHBOURHOOD)


@dataclass(frozen=True)
class Lands:
    """The places that a programme works in, each with what lies inside it, and where everything lies."""

    area: Area
    by_key: dict[int, Place]
    own: tuple[Place, ...]

    @property
    def main(self) -> list[Place]:
        """The programme's own places, without what lies inside another of them."""
        keys = {place.pk for place in self.own}
        return [place for place in self.own if not keys & set(self.area.upward(place.pk)[1:])]

    @property
    def all_shown(self) -> list[Place]:
        """Own places, each followed by what lies inside it."""
        found: dict[int, Place] = {}
        for place in self.main:
            found[place.pk] = place
            for key in sorted(self.area.below(place.pk), key=lambda k: self.by_key[k].name):
                found[key] = self.by_key[key]
        return list(found.values())

    def around(self, places: Iterable[Place]) -> set[int]:
        """Everything whose records count for the places: themselves, what is wider, and what lies inside."""
        keys: set[int] = set()
        for place in places:
            keys |= {*self.area.upward(place.pk), *self.area.below(place.pk)}
        return keys


def lands_of(programme: Programme) -> Lands:
    """Two queries: places are few."""
    every = {place.pk: place for place in Place.objects.all()}
    own = [every[key] for key in programme.places.values_list("pk", flat=True)]
    own.sort(key=lambda place: (KINDS_IN_ORDER.index(place.kind), place.name))
    return Lands(Area({key: place.parent_id for key, place in every.items()}), every, tuple(own))


_OFFER = (
    "pk", "service_id", "service__name", "place_id", "age_from", "age_to", "grouping", "contribution",
    "service__status", "service__made_for", "service__reaches", "service__milestone__title",
)  # fmt: skip
_ABSENCE = ("pk", "place_id", "age_from", "age_to", "grouping", "group")


def facts(area: Area, places: Collection[int], *, grouping: str = "") -> Facts:
    """Everything that counts for some places, as it stands. Two queries."""
    rows = Mapping.objects.filter(place__in=places).exclude(service__status="closed")
    nones = ConfirmedNone.objects.filter(place__in=places)
    if grouping:
        rows, nones = rows.filter(grouping=grouping), nones.filter(grouping=grouping)
    offers = [_offer(*row) for row in rows.order_by("service__name", "pk").values_list(*_OFFER)]
    return Facts(area, offers, [_absence(*row) for row in nones.values_list(*_ABSENCE)])


def _offer(  # noqa: PLR0917 - the columns of one row, in the order of _OFFER
    key: int, service: int, name: str, place: int, start: int, end: int, grouping: str, contribution: str, status: str,
    made_for: list[str], reaches: list[str], milestone: str | None,
) -> Offer:  # fmt: skip
    groups = frozenset((*made_for, *reaches))
    core = contribution == "core"
    return Offer(key, service, name, place, Ages(start, end), grouping, core, Stage(status), groups, milestone or "")


def _absence(key: int, place: int, start: int, end: int, grouping: str, group: str) -> Absence:  # noqa: PLR0917 - as above
    return Absence(key, place, Ages(start, end), grouping, group)


def facts_at(area: Area, places: Collection[int], moment: datetime) -> Facts:
    """The same as it stood at a moment. Three queries on history, and one for the names of milestones."""
    rows = _last_before(Mapping, moment, place__in=places)
    services = {row.pgh_obj_id: row for row in _last_before(Service, moment, pgh_obj__in={r.service_id for r in rows})}
    offers = []
    for row in rows:
        service = services.get(row.service_id)
        if service is None or service.status == "closed":
            continue
        offers.append(
            _offer(
                row.pgh_obj_id, row.service_id, service.name, row.place_id, row.age_from, row.age_to, row.grouping,
                row.contribution, service.status, service.made_for, service.reaches, None,
            )
        )  # fmt: skip
    nones = _last_before(ConfirmedNone, moment, place__in=places)
    return Facts(
        area,
        sorted(offers, key=lambda offer: (offer.name, offer.key)),
        [_absence(n.pgh_obj_id, n.place_id, n.age_from, n.age_to, n.grouping, n.group) for n in nones],
    )


def _last_before(model: Any, moment: datetime, **wanted: Any) -> list[Any]:
    """Each row as its last change before the moment left it; what was taken out by then is not there."""
    happened = Coalesce(Cast(KeyTextTransform("at", "pgh_context__metadata"), DateTimeField()), F("pgh_created_at"))
    events = model.pgh_event_model._default_manager.filter(**wanted)  # noqa: SLF001 - Django's public name for it
    last = events.annotate(happened=happened).filter(happened__lte=moment)
    ordered = last.order_by("pgh_obj_id", "-happened", "-pgh_id").distinct("pgh_obj_id")
    return [event for event in ordered if event.pgh_label != "delete"]
