"""The mapping: what a service does for which need, and what was looked for and not found."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from programme.clock import day_of, now
from programme.history import recorded
from programme.models import Place, User
from programme.refusals import Refused, Stale
from thrive import the_map
from thrive.ages import Ages
from thrive.coverage import Area, Stage
from thrive.groupings import grouping as grouping_of
from thrive.models import ConfirmedNone, MapImport, Mapping, Service, ServicePlace


@dataclass(frozen=True)
class Help:
    """What a service does for a need: all that a row says beside its service and its place."""

    grouping: str
    ages: Ages
    contribution: str = "core"
    evidence_kind: str = ""
    evidence: str = ""
    reviewed_on: date | None = None


@transaction.atomic
def add(
    *,
    service: Service,
    places: Collection[Place],
    helps: Sequence[Help],
    by: User | None,
    batch: MapImport | None = None,
    at: datetime | None = None,
) -> list[Mapping]:
    """Map a service to needs, the same in each of the places. Raises Refused, having saved nothing."""
    moment = at or now()
    Service.objects.select_for_update(of=("self",)).get(pk=service.pk)  # two at once would not see each other's rows
    known = list(Mapping.objects.filter(service=service, place__in=places))
    served = set(ServicePlace.objects.filter(service=service).values_list("place_id", flat=True))
    made: list[Mapping] = []
    for place in places:
        if place.pk not in served:
            raise Refused(f"{service} does not serve {place}. Add the place to the service first.")
        for each in helps:
            row = Mapping(service=service, place=place, batch=batch, **_columns(each, by, moment))
            _check(row, [*known, *made])
            made.append(row)
    with recorded(by=by, action="Mapped", at=moment):
        return Mapping.objects.bulk_create(made)


@transaction.atomic
def change(*, mapping: Mapping, to: Help, version: int, by: User | None, at: datetime | None = None) -> Mapping:
    """Change what a row says. Raises Stale or Refused."""
    moment = at or now()
    current = _locked(mapping, version)
    columns = _columns(to, by, moment)
    if to.reviewed_on == current.reviewed_on:
        columns.pop("reviewed_by")  # whoever puts the words right has not looked at it
    for name, value in columns.items():
        setattr(current, name, value)
    _check(current, Mapping.objects.filter(service=current.service, place=current.place).exclude(pk=current.pk))
    current.version += 1
    with recorded(by=by, action="Changed a row of the map", at=moment):
        current.save()
    return current


def _locked(mapping: Mapping, version: int) -> Mapping:
    found = Mapping.objects.select_for_update(of=("self",)).select_related("service", "place").filter(pk=mapping.pk)
    current = found.first()
    if current is None:
        raise Refused("Somebody else has taken this row off the map.")
    if current.version != version:
        raise Stale(current)
    return current


@transaction.atomic
def remove(*, mappings: Collection[Mapping], reason: str, by: User | None, at: datetime | None = None) -> int:
    """Take rows off the map, with the reason. History keeps them. Returns how many there were."""
    if not reason.strip():
        raise Refused("Say why it is taken off the map.")
    with recorded(by=by, action="Took off the map", reason=reason, at=at or now()):
        return Mapping.objects.filter(pk__in=[row.pk for row in mappings]).delete()[0]


@transaction.atomic
def weigh(
    *, mappings: Collection[Mapping], contribution: str, reason: str, by: User | None, at: datetime | None = None
) -> int:
    """Make many rows core, or partial. Returns how many changed."""
    if not reason.strip():
        raise Refused("Say why it changes.")
    rows = Mapping.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in mappings])
    changed = [row for row in rows if row.contribution != contribution]
    with recorded(by=by, action="Changed rows of the map", reason=reason, at=at or now()):
        return _saved(changed, contribution=contribution)


@transaction.atomic
def review(*, mappings: Collection[Mapping], on: date, by: User, at: datetime | None = None) -> int:
    """Say that many rows were looked at on a day and are right."""
    moment = at or now()
    if on > day_of(moment):
        raise Refused("Enter the day on which it was looked at, not one ahead.")
    rows = list(Mapping.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in mappings]))
    with recorded(by=by, action="Looked at rows of the map", at=moment):
        return _saved(rows, reviewed_on=on, reviewed_by=by)


def _saved(rows: list[Mapping], **values: object) -> int:
    for row in rows:
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
    Mapping.objects.bulk_update(rows, [*values, "version"])
    return len(rows)


@transaction.atomic
def confirm_none(
    *,
    place: Place,
    grouping: str,
    ages: Ages,
    evidence: str,
    by: User | None,
    on: date | None = None,
    group: str = "",
    batch: MapImport | None = None,
    at: datetime | None = None,
) -> ConfirmedNone:
    """Record that somebody looked and nothing is offered. Raises Refused where something is."""
    moment = at or now()
    looked = on or day_of(moment)
    if not evidence.strip():
        raise Refused("Say how it is known that nothing is offered.")
    _refuse_days_ahead(looked, moment)
    _refuse_what_is_offered(place, grouping, ages, group)
    same = {"place": place, "grouping": grouping, "group": group, "age_from": ages.start, "age_to": ages.end}
    if ConfirmedNone.objects.filter(**same).exists():
        raise Refused("That is recorded already.")
    with recorded(by=by, action="Confirmed that nothing is offered", reason=evidence, at=moment):
        return ConfirmedNone.objects.create(**same, evidence=evidence, on=looked, by=by, batch=batch)


def _refuse_days_ahead(looked: date, moment: datetime) -> None:
    if looked > day_of(moment):
        raise Refused("Enter the day on which somebody looked, not one ahead.")


@transaction.atomic
def look_again(
    *, none: ConfirmedNone, evidence: str, on: date, version: int, by: User | None, at: datetime | None = None
) -> ConfirmedNone:
    """Say when somebody looked again and still found nothing, or how it is known. Raises Stale or Refused."""
    moment = at or now()
    current = _standing(none, version)
    if not evidence.strip():
        raise Refused("Say how it is known that nothing is offered.")
    _refuse_days_ahead(on, moment)
    if on != current.on:
        _refuse_what_is_offered(current.place, current.grouping, current.ages, current.group)
        current.by = by
    current.evidence, current.on, current.version = evidence, on, version + 1
    with recorded(by=by, action="Looked again and found nothing", reason=evidence, at=moment):
        current.save()
    return current


def _standing(none: ConfirmedNone, version: int) -> ConfirmedNone:
    rows = ConfirmedNone.objects.select_for_update(of=("self",)).select_related("place")
    current = rows.filter(pk=none.pk).first()
    if current is None:
        raise Refused("Somebody else has taken this back already.")
    if current.version != version:
        raise Stale(current)
    return current


def _refuse_what_is_offered(place: Place, grouping: str, ages: Ages, group: str) -> None:
    area = Area(dict(Place.objects.values_list("pk", "parent_id")))
    cell = the_map.facts(area, area.upward(place.pk), grouping=grouping).cell(place.pk, grouping, ages, group)
    live = [(piece, offer) for piece in cell.pieces for offer in piece.offers if offer.stage is Stage.LIVE]
    if live:
        piece, offer = live[0]
        named = grouping_of(grouping)
        raise Refused(f"{offer.name} is mapped to {named.name if named else grouping} there for {piece.ages.words}.")


@transaction.atomic
def withdraw_none(
    *, none: ConfirmedNone, reason: str, version: int, by: User | None, at: datetime | None = None
) -> None:
    """Take a confirmed none back, with the reason. Raises Stale or Refused."""
    if not reason.strip():
        raise Refused("Say why it no longer holds.")
    current = _standing(none, version)
    with recorded(by=by, action="Took back that nothing is offered", reason=reason, at=at or now()):
        current.delete()


def _columns(help_: Help, by: User | None, moment: datetime) -> dict[str, object]:
    if help_.reviewed_on and help_.reviewed_on > day_of(moment):
        raise Refused("Enter the day on which it was looked at, not one ahead.")
    return {
        "grouping": help_.grouping,
        "age_from": help_.ages.start,
        "age_to": help_.ages.end,
        "contribution": help_.contribution,
        "evidence_kind": help_.evidence_kind,
        "evidence": help_.evidence,
        "reviewed_on": help_.reviewed_on,
        "reviewed_by": by if help_.reviewed_on else None,
    }


def _check(row: Mapping, others: Collection[Mapping]) -> None:
    if not row.service.ages.holds(row.ages):
        raise Refused(f"{row.service} is for {row.service.ages.words}, not for {row.ages.words}.")
    for other in others:
        same = other.place_id == row.place_id and other.grouping == row.grouping
        if same and other.ages.overlaps(row.ages):
            raise Refused(
                f"{row.service} is already mapped to {other.get_grouping_display()} in {row.place} "
                f"for {other.ages.words}. Change that row."
            )
