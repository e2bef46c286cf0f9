"""The service directory as it is read: filtered, sorted, a page at a time, in few queries however long it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from thrive import groupings
from thrive.models import Mapping, Service, ServicePlace, ServiceQuerySet
from thrive.service_words import FRESH_DAYS

SORTS = {"name": "Service", "provider": "Provider", "checked": "Last checked", "wait": "Wait"}


@dataclass(frozen=True)
class Chosen:
    """What a reader looks for; nothing chosen does not filter."""

    words: str = ""
    places: Collection[int] = ()
    age: int | None = None
    need: str = ""
    status: str = ""
    group: str = ""


def filtered(services: ServiceQuerySet, chosen: Chosen, day: date) -> ServiceQuerySet:
    """The services that fit."""
    for word in chosen.words.split():
        services = services.filter(
            Q(name__icontains=word) | Q(offer__icontains=word) | Q(provider__name__icontains=word)
            | Q(tags__icontains=word)
        )  # fmt: skip
    if chosen.places:
        serving = ServicePlace.objects.filter(place__in=chosen.places)
        services = services.filter(pk__in=serving.values("service_id"))
    if chosen.age is not None:
        services = services.filter(age_from__lte=chosen.age, age_to__gt=chosen.age)
    if chosen.need:
        rows = Mapping.objects.filter(grouping=chosen.need)
        rows = rows.filter(place__in=chosen.places) if chosen.places else rows
        services = services.filter(pk__in=rows.values("service_id"))
    if chosen.group:
        services = services.filter(Q(made_for__contains=[chosen.group]) | Q(reaches__contains=[chosen.group]))
    if chosen.status == "stale":
        last = day - timedelta(days=FRESH_DAYS)
        return services.standing().filter(Q(assured_on=None) | Q(assured_on__lt=last))
    return services.filter(status=chosen.status) if chosen.status else services


def ordered(services: ServiceQuerySet, sort: str) -> ServiceQuerySet:
    """By one of SORTS; a minus turns the order round. What is not known comes last."""
    column = {"name": "name", "provider": "provider__name", "checked": "assured_on", "wait": "wait_weeks"}[
        sort.lstrip("-")
    ]
    key = F(column)
    turned = key.desc(nulls_last=True) if sort.startswith("-") else key.asc(nulls_last=True)
    return services.order_by(turned, "name", "pk")


@dataclass(frozen=True)
class Line:
    """A service with what a row of the list says."""

    service: Service
    places: list[str]
    needs: list[str]
    checked: str
    is_stale: bool


def lines(services: Collection[Service], day: date) -> list[Line]:
    """The rows of a page; wants places and mappings fetched along."""
    return [
        Line(
            each,
            [place.name for place in each.places.all()],
            [g.name for g in groupings.groupings() if g.code in {row.grouping for row in each.mappings.all()}],
            each.freshness(day),
            each.is_stale(day),
        )
        for each in services
    ]


def with_rows(services: ServiceQuerySet) -> ServiceQuerySet:
    """Services with all that a row needs, in two further queries."""
    found = services.select_related("provider", "commissioner", "assured_by__person", "milestone__workstream")
    return found.prefetch_related("places", "mappings")
