"""Places, services, rows of the map and confirmed nones, made by the real actions."""

from datetime import UTC, date, datetime
from typing import Any

from programme.history import recorded
from programme.models import Organisation, Place, Programme, User
from thrive.actions import directory, mapping
from thrive.actions.directory import Entry
from thrive.actions.mapping import Help
from thrive.ages import YEAR, Ages
from thrive.models import ConfirmedNone, Mapping, Service

WHEN = datetime(2026, 10, 1, 9, tzinfo=UTC)
# What a service does for a need, as its form is filled in.
HELP: dict[str, Any] = {"contribution": "core", "age_from": "11", "age_to": "16", "evidence_kind": "specification"}


def ages(start: float, end: float) -> Ages:
    """A stretch in years."""
    return Ages(round(start * YEAR), round(end * YEAR))


def place(programme: Programme | None, name: str, *, parent: Place | None = None, kind: str = "place") -> Place:
    """A place, one of the programme's if it is given."""
    with recorded(by=None, action="Added a place"):
        made = Place.objects.create(name=name, kind=kind, parent=parent)
        if programme:
            programme.places.add(made)
    return made


def organisation(name: str = "Harbour Trust") -> Organisation:
    with recorded(by=None, action="Added an organisation"):
        return Organisation.objects.get_or_create(name=name)[0]


def service(name: str, *places: Place, by: User | None = None, at: datetime = WHEN, **about: Any) -> Service:
    """A live service for everybody, of the Harbour Trust."""
    provider = about.pop("provider", None) or organisation()
    told = {"offer": "Meets young people in town."} | about
    return directory.add(entry=Entry(name=name, provider=provider, places=places, **told), by=by, at=at)


def row(
    service: Service, place: Place, need: str, start: float = 0, end: float = 25, *, core: bool = True,
    by: User | None = None, at: datetime = WHEN,
) -> Mapping:  # fmt: skip
    """What a service does for a need."""
    told = Help(need, ages(start, end), "core" if core else "partial", "specification", "April 2026")
    return mapping.add(service=service, places=[place], helps=[told], by=by, at=at)[0]


def none(
    place: Place, need: str, start: float = 0, end: float = 25, *, group: str = "", by: User | None = None,
    at: datetime = WHEN,
) -> ConfirmedNone:  # fmt: skip
    """That somebody looked and found nothing."""
    return mapping.confirm_none(
        place=place, grouping=need, ages=ages(start, end), group=group, evidence="All teams were asked",
        on=date(2026, 9, 30), by=by, at=at,
    )  # fmt: skip


def typed(service: Service, *places: Place) -> dict[str, Any]:
    """A service as its form is filled in."""
    return {
        "version": service.version, "name": service.name, "provider": service.provider_id, "offer": service.offer,
        "places": [each.pk for each in places], "age_from": "0", "age_to": "25", "status": "live", "ways_in": ["self"],
        "tags": "AMBIT, tier 3",
    }  # fmt: skip
