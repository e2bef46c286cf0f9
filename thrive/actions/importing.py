"""A spreadsheet of the map: kept while its reader looks at it, brought in as a whole, undone as a whole."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, ProtectedError

from programme.clock import now
from programme.history import recorded
from programme.models import Place, Programme, User
from programme.refusals import Refused, Stale
from programme.tables import Problem, ReadSheet, Row, read
from thrive import groupings, sheets
from thrive.actions import directory, mapping
from thrive.models import ConfirmedNone, MapImport, Mapping, MapSheet, Service
from thrive.none_sheet import NoneAsked
from thrive.sheets import RowAsked, ServiceAsked, Understood

KEPT_DAYS = 2
CHANGED_SINCE = "Somebody has changed it since the file was written"


@transaction.atomic
def begin(*, programme: Programme, content: bytes, name: str, by: User, at: datetime | None = None) -> MapSheet:
    """Keep what a file says, to be looked at. Earlier sheets of the same person go. Raises Refused in words."""
    found = read(content, name)
    if not any(sheet.rows for sheet in found):
        raise Refused(f"{name} has no rows below its headings.")
    moment = at or now()
    MapSheet.objects.filter(programme=programme, by=by).delete()
    MapSheet.objects.filter(created_at__lt=moment - timedelta(days=KEPT_DAYS)).delete()
    return MapSheet.objects.create(
        programme=programme,
        by=by,
        name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        sheets=[asdict(sheet) for sheet in found],
        created_at=moment,
    )


def understood(*, sheet: MapSheet, places: Sequence[Place]) -> Understood:
    """What the kept file asks for, as the map stands now."""
    found = [
        ReadSheet(s["name"], s["columns"], [Row(**row) for row in s["rows"]], [Problem(**p) for p in s["problems"]])
        for s in sheet.sheets
    ]
    return sheets.understand(
        found, sheets.known(Service.objects.of_programme(sheet.programme), places, sheet.programme)
    )


@dataclass
class Outcome:
    """What bringing a file in did, or would do."""

    problems: list[Problem] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    batch: MapImport | None = None


def try_out(*, sheet: MapSheet, found: Understood, places: Sequence[Place], by: User) -> Outcome:
    """What bringing it in would do: the same work, taken back at the end."""
    return _bring_in(sheet, found, places, by, now(), stays=False)


@transaction.atomic
def bring_in(*, sheet: MapSheet, places: Sequence[Place], by: User, at: datetime | None = None) -> Outcome:
    """Make every change of the file, or none. Raises Refused where there is nothing to do."""
    kept = MapSheet.objects.select_for_update().filter(pk=sheet.pk).first()
    if kept is None:
        raise Refused("This file has already been brought in or thrown away.")
    found = understood(sheet=kept, places=places)
    if found.problems:
        raise Refused("Some cells of the file are wrong. Nothing was saved.")
    if not found.asks:
        raise Refused("The file changes nothing.")
    outcome = _bring_in(kept, found, places, by, at or now(), stays=True)
    if outcome.batch:
        kept.delete()
    return outcome


def _bring_in(
    sheet: MapSheet, found: Understood, places: Sequence[Place], by: User, moment: datetime, *, stays: bool
) -> Outcome:
    outcome = Outcome()
    with transaction.atomic():
        with recorded(by=by, action="Brought in a spreadsheet of the map", reason=sheet.name, at=moment):
            batch = MapImport.objects.create(
                programme=sheet.programme, source=sheet.name, sha256=sheet.sha256, by=by, at=moment
            )
            _Run(outcome, batch, places, by, moment).all(found)
            batch.save()
        if stays and not outcome.problems:
            outcome.batch = batch
        else:
            transaction.set_rollback(True)
    return outcome


@dataclass
class _Run:
    """One file being brought in."""

    outcome: Outcome
    batch: MapImport
    places: Sequence[Place]
    by: User
    moment: datetime
    made: dict[str, Service] = field(default_factory=dict)

    def all(self, found: Understood) -> None:
        counts = dict.fromkeys(COUNTED, 0)
        every: list[ServiceAsked | RowAsked | NoneAsked] = [*found.services, *found.rows, *found.nones]
        for asked in every:
            try:
                with transaction.atomic():
                    what = self._one(asked)
            except Stale:
                self.outcome.problems.append(Problem(asked.at.sheet, asked.at.number, "", CHANGED_SINCE))
            except Refused as refused:
                reason = str(refused).removesuffix(".")
                self.outcome.problems.append(Problem(asked.at.sheet, asked.at.number, "", reason))
            else:
                counts[what] += 1
        self.batch.counts = self.outcome.counts = counts

    def _one(self, asked: ServiceAsked | RowAsked | NoneAsked) -> str:
        if isinstance(asked, ServiceAsked):
            return self._service(asked)
        return self._row(asked) if isinstance(asked, RowAsked) else self._none(asked)

    def _service(self, asked: ServiceAsked) -> str:
        about: dict[str, Any] = {"entry": asked.entry, "by": self.by, "at": self.moment}
        if asked.service is None:
            self.made[asked.entry.name.casefold()] = directory.add(batch=self.batch, **about)
            self.outcome.told.append(f"New service: {asked.entry.name}")
            return "services added"
        before = _as_kept(asked.service)
        seen = {place.pk for place in self.places}
        saved = directory.change(service=asked.service, version=asked.version, seen=seen, **about)
        self.batch.before.append(before | {"version": saved.version})
        self.outcome.told.append(f"Changed service: {asked.entry.name}")
        return "services changed"

    def _row(self, asked: RowAsked) -> str:
        words = f"{asked.name}, {asked.place}, {asked.help.ages.words}"
        if asked.row is None:
            service = asked.service or self.made.get(asked.name.casefold())
            if service is None:
                raise Refused("Its service could not be added.")
            mapping.add(
                service=service, places=[asked.place], helps=[asked.help], by=self.by, batch=self.batch, at=self.moment
            )
            self.outcome.told.append(f"New row: {words}")
            return "rows added"
        before = _as_kept(asked.row)
        saved = mapping.change(mapping=asked.row, to=asked.help, version=asked.version, by=self.by, at=self.moment)
        self.batch.before.append(before | {"version": saved.version})
        self.outcome.told.append(f"Changed row: {words}")
        return "rows changed"

    def _none(self, asked: NoneAsked) -> str:
        words = f"{dict(groupings.choices())[asked.grouping]}, {asked.ages.words}, {asked.place}"
        about: dict[str, Any] = {"evidence": asked.evidence, "by": self.by, "at": self.moment}
        if asked.none is None:
            mapping.confirm_none(
                place=asked.place, grouping=asked.grouping, ages=asked.ages, group=asked.group, on=asked.on,
                batch=self.batch, **about,
            )  # fmt: skip
            self.outcome.told.append(f"New confirmed none: {words}")
            return "confirmed nones added"
        before = _as_kept(asked.none)
        on = asked.on or asked.none.on
        saved = mapping.look_again(none=asked.none, on=on, version=asked.version, **about)
        self.batch.before.append(before | {"version": saved.version})
        self.outcome.told.append(f"Changed confirmed none: {words}")
        return "confirmed nones changed"


COUNTED = (
    "services added", "services changed", "rows added", "rows changed", "confirmed nones added",
    "confirmed nones changed",
)  # fmt: skip
_ROW = ("grouping", "age_from", "age_to", "contribution", "evidence_kind", "evidence", "reviewed_by_id")
_SERVICE = (
    "name", "provider_id", "commissioner_id", "offer", "age_from", "age_to", "made_for", "reaches", "ways_in",
    "how_to_reach", "hours", "capacity", "wait_weeks", "evidence_base", "website", "tags", "status", "milestone_id",
    "is_example",
)  # fmt: skip


def _as_kept(row: Service | Mapping | ConfirmedNone) -> dict[str, Any]:
    """A row as it stood before the import, in plain values."""
    if isinstance(row, ConfirmedNone):
        return {"pk": row.pk, "none": {"evidence": row.evidence, "on": row.on.isoformat(), "by_id": row.by_id}}
    if isinstance(row, Service):
        places = sorted(row.served.values_list("place_id", flat=True))
        return {"pk": row.pk, "service": {name: getattr(row, name) for name in _SERVICE}, "places": places}
    day = row.reviewed_on.isoformat() if row.reviewed_on else None
    return {"pk": row.pk, "row": {**{name: getattr(row, name) for name in _ROW}, "reviewed_on": day}}


@transaction.atomic
def discard(*, sheet: MapSheet) -> None:
    """Throw a file away that was not brought in."""
    sheet.delete()


@transaction.atomic
def undo(*, batch: MapImport, by: User | None, at: datetime | None = None) -> None:
    """Take back all that an import did. Raises Refused, having changed nothing, where something builds on it."""
    moment = at or now()
    current = MapImport.objects.select_for_update().get(pk=batch.pk)
    if current.undone_at:
        raise Refused("This import has been undone already.")
    with recorded(by=by, action="Undid an import of the map", reason=current.source, at=moment):
        _refuse_what_builds_on(current)
        for kept in current.before:
            _put_back(kept)
        try:
            ConfirmedNone.objects.filter(batch=current).delete()
            Mapping.objects.filter(batch=current).delete()
            Service.objects.filter(batch=current).delete()
        except ProtectedError as error:
            raise Refused("It cannot be undone: something newer stands on one of its services.") from error
        current.undone_at = moment
        current.save()


def _refuse_what_builds_on(batch: MapImport) -> None:
    own = (Service, Mapping, ConfirmedNone)
    changed = [str(row) for model in own for row in model._default_manager.filter(batch=batch, version__gt=1)]  # noqa: SLF001 - Django's public name for it
    for kept in batch.before:
        row = _model_of(kept)._default_manager.select_for_update().filter(pk=kept["pk"]).first()  # noqa: SLF001 - as above
        if row is None:
            changed.append("a row that has been taken off the map")
        elif row.version != kept["version"]:
            changed.append(str(row))
    if changed:
        raise Refused(f"It cannot be undone: somebody has changed {changed[0]} since.")


def _model_of(kept: dict[str, Any]) -> Any:
    return Service if "service" in kept else Mapping if "row" in kept else ConfirmedNone


def _put_back(kept: dict[str, Any]) -> None:
    if "service" not in kept:
        values = kept.get("row") or kept["none"]
        _model_of(kept).objects.filter(pk=kept["pk"]).update(**values, version=F("version") + 1)
        return
    service = Service.objects.get(pk=kept["pk"])
    Service.objects.filter(pk=service.pk).update(**kept["service"], version=F("version") + 1)
    held = set(service.served.values_list("place_id", flat=True))
    service.served.filter(place__in=held - set(kept["places"])).delete()
    for key in set(kept["places"]) - held:
        service.served.create(place_id=key)
