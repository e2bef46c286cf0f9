"""The directory: services added, changed, and confirmed to be as they are described."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from programme.clock import now
from programme.dates import day_words
from programme.history import recorded
from programme.models import Organisation, Place, User
from programme.refusals import Refused, Stale
from programme.wording import listed
from thrive.ages import EVERYBODY, Ages
from thrive.models import MapImport, Mapping, Service, ServicePlace
from workstreams.models import Milestone


@dataclass(frozen=True)
class Entry:
    """A service as somebody describes it."""

    name: str
    provider: Organisation
    places: Collection[Place]
    offer: str
    ages: Ages = EVERYBODY
    commissioner: Organisation | None = None
    made_for: Sequence[str] = ()
    reaches: Sequence[str] = ()
    ways_in: Sequence[str] = ()
    how_to_reach: str = ""
    hours: str = ""
    capacity: str = ""
    wait_weeks: int | None = None
    evidence_base: str = ""
    website: str = ""
    tags: Sequence[str] = field(default_factory=list)
    status: str = "live"
    milestone: Milestone | None = None
    is_example: bool = False


@transaction.atomic
def add(*, entry: Entry, by: User | None, batch: MapImport | None = None, at: datetime | None = None) -> Service:
    """Add a service to the directory. Raises Refused."""
    _check(entry)
    with recorded(by=by, action="Added the service", at=at or now()):
        service = Service.objects.create(batch=batch, **_columns(entry))
        ServicePlace.objects.bulk_create(ServicePlace(service=service, place=place) for place in _once(entry.places))
    return service


@transaction.atomic
def change(
    *,
    service: Service,
    entry: Entry,
    version: int,
    by: User | None,
    seen: Collection[int] | None = None,
    at: datetime | None = None,
) -> Service:
    """Change what the directory says. Raises Stale or Refused.

    `seen` are the places its writer chose from; the service keeps the places beyond them.
    """
    current = Service.objects.select_for_update().get(pk=service.pk)
    if current.version != version:
        raise Stale(current)
    _check(entry, but=current)
    for name, value in _columns(entry).items():
        setattr(current, name, value)
    current.version += 1
    with recorded(by=by, action="Changed the service", at=at or now()):
        _serve(current, entry.places, seen)
        current.save()
    return current


@transaction.atomic
def assure(*, services: Collection[Service], on: date, by: User, at: datetime | None = None) -> int:
    """Say that the entries are right, as checked on a day with whoever provides them. Returns how many."""
    moment = at or now()
    if on > moment.date():
        raise Refused("Enter the day on which it was checked, not one ahead.")
    keys = [service.pk for service in services]
    with recorded(by=by, action=f"Confirmed the service as checked on {day_words(on)}", at=moment):
        return Service.objects.filter(pk__in=keys).update(assured_on=on, assured_by=by, version=F("version") + 1)


def _serve(service: Service, places: Collection[Place], seen: Collection[int] | None) -> None:
    wanted = {place.pk for place in places}
    held = set(service.served.values_list("place_id", flat=True))
    gone = {key for key in held - wanted if seen is None or key in seen}
    mapped = Mapping.objects.filter(service=service, place__in=gone).select_related("place")
    names = sorted({row.place.name for row in mapped})
    if names:
        raise Refused(f"It is still mapped in {listed(names)}. Take those rows off the map first.")
    service.served.filter(place__in=gone).delete()
    ServicePlace.objects.bulk_create(ServicePlace(service=service, place_id=key) for key in sorted(wanted - held))


def _columns(entry: Entry) -> dict[str, object]:
    told = {each.name: getattr(entry, each.name) for each in fields(entry) if each.name not in {"ages", "places"}}
    for name in ("made_for", "reaches", "ways_in", "tags"):
        told[name] = list(told[name])
    if entry.status in {"live", "closed"}:
        told["milestone"] = None
    return told | {"age_from": entry.ages.start, "age_to": entry.ages.end}


def _once(places: Collection[Place]) -> list[Place]:
    return list({place.pk: place for place in places}.values())


def _check(entry: Entry, *, but: Service | None = None) -> None:
    if not entry.places:
        raise Refused("Select at least one place that it serves.")
    if entry.status == "planned" and entry.milestone is None:
        raise Refused("Select the milestone that will bring it about, or choose another status.")
    same = Service.objects.standing().filter(name__iexact=entry.name, provider=entry.provider)
    if entry.status != "closed" and same.exclude(pk=but.pk if but else 0).exists():
        raise Refused(f"{entry.provider} has a service called {entry.name} already. Change that one.")
    outside = Q(age_from__lt=entry.ages.start) | Q(age_to__gt=entry.ages.end)
    row = Mapping.objects.filter(outside, service=but).first() if but else None
    if row:
        need = row.get_grouping_display()
        raise Refused(f"It is mapped to {need} for {row.ages.words}. Change that row first, or the ages here.")
