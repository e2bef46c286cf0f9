"""The map as a spreadsheet: what is written into it, and what its rows ask for when it comes back.

The same columns go out and come in. A column that is missing leaves what it stands for as it is; a row that is not
there stays as it is, too: a file takes nothing off the map. Every mistake is told by sheet, row, column and reason.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final

from programme.dates import day_words
from programme.links import checked_link
from programme.models import Organisation, Place, Programme
from programme.tables import Problem, ReadSheet, Row, Sheet
from thrive import groupings, milestone_cells, models, none_sheet
from thrive.actions.directory import Entry
from thrive.actions.mapping import Help
from thrive.ages import EVERYBODY, typed_words
from thrive.models import ConfirmedNone, Service, ServiceQuerySet
from thrive.none_sheet import NONES, NoneAsked
from thrive.service_words import CONTRIBUTIONS, EVIDENCE, STATUSES, WAYS_IN
from thrive.sheet_cells import FROM, ID, NEED, PLACE, TO, VERSION, Reading, split
from workstreams.voice_words import GROUPS

SERVICES, MAPPING = "Services", "Mapping"
SERVICE, PLACES, WEIGHT = "Service", "Places", "How much"
PROVIDER, COMMISSIONER, OFFER, STATUS, WAIT = "Provider", "Commissioner", "What it does", "Status", "Wait in weeks"
TAGS, WEBSITE, EXAMPLE, MILESTONE = "Tags", "Web address", "Example", "Milestone"
EVIDENCE_KIND, FOUND_IN, LOOKED = "Evidence", "Where it can be found", "Looked at on"
# Plain texts by the name of their field, and lists by the field and the words of their values.
TEXTS: Final = {
    "How to reach it": "how_to_reach", "Hours": "hours", "Capacity": "capacity", "Based on": "evidence_base",
}  # fmt: skip
LISTS: Final = {
    "Ways in": ("ways_in", WAYS_IN), "Made for": ("made_for", GROUPS), "Known to reach": ("reaches", GROUPS),
}  # fmt: skip
SERVICE_COLUMNS: Final = {
    ID: 8, SERVICE: 36, PROVIDER: 30, COMMISSIONER: 30, PLACES: 30, OFFER: 50, FROM: 10, TO: 10, STATUS: 22,
    "Ways in": 36, "How to reach it": 30, "Hours": 24, WAIT: 14, "Capacity": 20, "Made for": 30, "Known to reach": 30,
    "Based on": 30, TAGS: 20, WEBSITE: 30, EXAMPLE: 10, MILESTONE: 30, VERSION: 9,
}  # fmt: skip
MAPPING_COLUMNS: Final = {
    ID: 8, SERVICE: 36, PLACE: 22, NEED: 24, FROM: 10, TO: 10, WEIGHT: 12, EVIDENCE_KIND: 20, FOUND_IN: 36,
    LOOKED: 18, VERSION: 9,
}  # fmt: skip
SERVICE_NEEDED: Final = (ID, SERVICE, PROVIDER, PLACES, OFFER, VERSION)
MAPPING_NEEDED: Final = (ID, SERVICE, PLACE, NEED, FROM, TO, WEIGHT, VERSION)
HELP: Final = (
    "Change what you like on the first three sheets and bring the file back. You see what would change first.",
    "A row without an ID is new. A row that is not there stays as it is: a file takes nothing off the map.",
    "Ages: 16, 17½, 6 months or birth. ‘To age’ 18 means until the 18th birthday.",
    "Needs: " + ", ".join(name for _, name in groupings.choices()) + ". How much: Core or Partial.",
    "Several places, ways in, groups or tags stand in one cell, separated by semicolons.",
    "A planned service names its milestone: its title, or ‘Workstream: title’ where two have the same.",
    "Confirmed nones: somebody looked and nothing is offered. For whom: Everybody, or an under-served group.",
    "Leave ID and Version as they are.",
)


# Out


def out(
    services: ServiceQuerySet,
    rows: Iterable[models.Mapping],
    nones: Iterable[ConfirmedNone],
    programme: Programme,
) -> list[Sheet]:
    """Services with provider, commissioner, milestone and places at hand; rows and nones with what they name."""
    told = [_service_out(service, programme) for service in services]
    looked = [none_sheet.row_out(none) for none in nones]
    return [
        Sheet(SERVICES, tuple(SERVICE_COLUMNS), told, tuple(SERVICE_COLUMNS.values())),
        Sheet(MAPPING, tuple(MAPPING_COLUMNS), [_row_out(r) for r in rows], tuple(MAPPING_COLUMNS.values())),
        Sheet(NONES, tuple(none_sheet.COLUMNS), looked, tuple(none_sheet.COLUMNS.values())),
        Sheet("How to use this file", ("What to know",), [(line,) for line in HELP], (110,)),
    ]


def _service_out(service: Service, programme: Programme) -> tuple[str | int | None, ...]:
    lists = {
        heading: "; ".join(words for key, words in choices if key in getattr(service, name))
        for heading, (name, choices) in LISTS.items()
    }
    told: dict[str, str | int | None] = {
        ID: service.pk,
        SERVICE: service.name,
        PROVIDER: service.provider.name,
        COMMISSIONER: service.commissioner.name if service.commissioner else "",
        PLACES: "; ".join(place.name for place in service.places.all()),
        OFFER: service.offer,
        FROM: typed_words(service.age_from),
        TO: typed_words(service.age_to),
        STATUS: service.get_status_display(),
        **lists,
        **{heading: getattr(service, name) for heading, name in TEXTS.items()},
        WAIT: service.wait_weeks,
        TAGS: "; ".join(service.tags),
        WEBSITE: service.website,
        EXAMPLE: "yes" if service.is_example else "no",
        MILESTONE: milestone_cells.words(service.milestone, programme),
        VERSION: service.version,
    }
    return tuple(told[heading] for heading in SERVICE_COLUMNS)


def _row_out(row: models.Mapping) -> tuple[str | int, ...]:
    return (
        row.pk,
        row.service.name,
        row.place.name,
        row.get_grouping_display(),
        typed_words(row.age_from),
        typed_words(row.age_to),
        row.get_contribution_display(),
        row.get_evidence_kind_display() if row.evidence_kind else "",
        row.evidence,
        day_words(row.reviewed_on) if row.reviewed_on else "",
        row.version,
    )


# In


@dataclass(frozen=True)
class Known:
    """What rows may name. Fetched once."""

    services: Mapping[int, Service]
    rows: Mapping[int, models.Mapping]
    places: Mapping[str, Place]
    organisations: Mapping[str, Organisation]
    nones: Mapping[int, ConfirmedNone]
    milestones: milestone_cells.Named
    programme: Programme


def known(services: ServiceQuerySet, places: Sequence[Place], programme: Programme) -> Known:
    """What there is, in seven queries."""
    with_names = services.select_related("provider", "commissioner", "milestone__workstream")
    found = {s.pk: s for s in with_names.prefetch_related("places")}
    nones = ConfirmedNone.objects.filter(place__in=places).select_related("place")
    rows = models.Mapping.objects.filter(place__in=places, service__in=found.keys()).select_related("service", "place")
    bodies = {body.name.casefold(): body for body in Organisation.objects.all()}
    return Known(
        found,
        {row.pk: row for row in rows},
        {p.name.casefold(): p for p in places},
        bodies,
        {none.pk: none for none in nones},
        milestone_cells.named(programme),
        programme,
    )


@dataclass(frozen=True)
class ServiceAsked:
    """A row that adds or changes a service."""

    at: Row
    service: Service | None
    entry: Entry
    version: int


@dataclass(frozen=True)
class RowAsked:
    """A row that adds or changes a row of the map. A new service is known by its name only."""

    at: Row
    row: models.Mapping | None
    service: Service | None
    name: str
    place: Place
    help: Help
    version: int


@dataclass
class Understood:
    """What the rows of a file ask for, what is wrong with them, and what was left alone."""

    services: list[ServiceAsked] = field(default_factory=list)
    rows: list[RowAsked] = field(default_factory=list)
    nones: list[NoneAsked] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def asks(self) -> int:
        """How many things would be added or changed."""
        return len(self.services) + len(self.rows) + len(self.nones)


def understand(sheets: Sequence[ReadSheet], told: Known) -> Understood:
    """What a file asks for. Sheets with other names are left alone."""
    found = Understood()
    names: dict[str, list[Service | None]] = defaultdict(list)
    for service in told.services.values():
        names[service.name.casefold()].append(service)
    wanted: dict[str, tuple[dict[str, int], Sequence[str], Callable[[_Reading], None]]] = {
        SERVICES: (SERVICE_COLUMNS, SERVICE_NEEDED, lambda reading: _service(reading, names)),
        MAPPING: (MAPPING_COLUMNS, MAPPING_NEEDED, lambda reading: _row(reading, names)),
        NONES: (none_sheet.COLUMNS, none_sheet.NEEDED, _none),
    }
    for sheet in sorted(sheets, key=lambda each: each.name != SERVICES):  # rows may name a service that is new
        if sheet.name not in wanted:
            found.notes.append(f"The sheet “{sheet.name}” was left alone.")
            continue
        columns, needed, understood = wanted[sheet.name]
        _sheet(sheet, columns, needed, understood, told, found)
    if not {sheet.name for sheet in sheets} & set(wanted):
        first = sheets[0].name if sheets else SERVICES
        found.problems.append(Problem(first, 1, "", f"No sheet is called {SERVICES}, {MAPPING} or {NONES}"))
    return found


def _sheet(  # noqa: PLR0917 - a sheet, how it is read, and what is known and found
    sheet: ReadSheet, columns: Mapping[str, int], needed: Sequence[str], read: "Callable[[_Reading], None]",
    told: Known, found: Understood,
) -> None:  # fmt: skip
    found.problems += sheet.problems
    missing = [heading for heading in needed if heading not in sheet.columns]
    found.problems += [Problem(sheet.name, 1, "", f"The column “{heading}” is missing") for heading in missing]
    unknown = [heading for heading in sheet.columns if heading not in columns]
    found.notes += [f"Column “{heading}” of the sheet “{sheet.name}” was left alone." for heading in unknown]
    broken = {problem.row for problem in sheet.problems}
    seen: set[str] = set()
    for row in sheet.rows:
        if missing or row.number in broken:
            continue
        reading = _Reading(sheet, row, found.problems, told, found)
        key = reading.cell(ID)
        if key and key in seen:
            reading.wrong(ID, f"{key} stands in the file twice")
            continue
        seen.add(key)
        read(reading)


@dataclass
class _Reading(Reading):
    """One row being read, with what it may name and what is found."""

    told: Known
    found: Understood


def _service(reading: _Reading, names: dict[str, list[Service | None]]) -> None:
    service, version = None, 0
    if reading.cell(ID):
        service = reading.told.services.get(reading.number(ID))
        version = reading.number(VERSION)
        if service is None:
            reading.wrong(ID, f"No service of these places has the ID {reading.cell(ID)}")
            return
    entry = _entry(reading, service)
    if not reading.is_right or entry is None:
        return
    if service is None:
        names[entry.name.casefold()].append(None)
    if service is None or not _same(service, entry):
        reading.found.services.append(ServiceAsked(reading.row, service, entry, version))


def _entry(reading: _Reading, service: Service | None) -> Entry | None:
    """The service as the row has it; columns that are not there stay as they are."""
    has, now = reading.has, service
    told: dict[str, Any] = {
        "name": reading.text(SERVICE, longest=200, required=True),
        "provider": reading.named(PROVIDER, reading.told.organisations, "organisation"),
        "offer": reading.text(OFFER, longest=1_000, required=True),
        "places": _places(reading),
        "commissioner": now.commissioner if now else None,
        "ages": now.ages if now else EVERYBODY,
        "status": now.status if now else "live",
        "milestone": now.milestone if now else None,
    }
    for name in (*TEXTS.values(), *(name for name, _ in LISTS.values()), "wait_weeks", "tags", "website", "is_example"):
        if now:
            told[name] = getattr(now, name)
    if has(COMMISSIONER):
        told["commissioner"] = reading.named(COMMISSIONER, reading.told.organisations, "organisation", required=False)
    if has(FROM) and has(TO) and (reading.cell(FROM) or reading.cell(TO)):
        told["ages"] = reading.ages(FROM, TO)
    if has(STATUS) and reading.cell(STATUS):
        told["status"] = reading.one_of(STATUS, STATUSES)
    if has(MILESTONE):
        about: dict[str, Any] = {"service": now, "programme": reading.told.programme}
        told["milestone"] = milestone_cells.read(reading, MILESTONE, reading.told.milestones, **about)
    if told["status"] in {"live", "closed"}:
        told["milestone"] = None  # it has come about
    elif told["status"] == "planned" and told["milestone"] is None and reading.is_right:
        reading.wrong(MILESTONE if has(MILESTONE) else STATUS, "A planned service names its milestone")
    _texts(reading, told)
    _more(reading, told)
    return Entry(**told) if reading.is_right else None


def _texts(reading: _Reading, told: dict[str, Any]) -> None:
    for heading, name in TEXTS.items():
        if reading.has(heading):
            told[name] = reading.text(heading, longest=200 if name in {"hours", "capacity"} else 1_000)
    for heading, (name, choices) in LISTS.items():
        if reading.has(heading):
            told[name] = reading.several(heading, choices)


def _places(reading: _Reading) -> list[Place]:
    found = []
    for said in split(reading.text(PLACES, longest=1_000, required=True)):
        place = reading.told.places.get(said.casefold())
        if place is None:
            reading.wrong(PLACES, f"No place of this programme is called “{said}”")
        else:
            found.append(place)
    return found


def _more(reading: _Reading, told: dict[str, Any]) -> None:
    """What has a shape of its own: a number, tags, a link, yes or no."""
    if reading.has(WAIT):
        told["wait_weeks"] = reading.number(WAIT) if reading.cell(WAIT) else None
        if (told["wait_weeks"] or 0) > 260:  # noqa: PLR2004 - five years, as on the form
            reading.wrong(WAIT, "At most 260 weeks")
    if reading.has(TAGS):
        told["tags"] = split(reading.cell(TAGS))
        if any(len(tag) > 40 for tag in told["tags"]):  # noqa: PLR2004 - as the column has it
            reading.wrong(TAGS, "A tag can have up to 40 characters")
    if reading.has(WEBSITE):
        try:
            told["website"] = checked_link(reading.cell(WEBSITE))
        except ValueError as error:
            reading.wrong(WEBSITE, str(error))
    if reading.has(EXAMPLE):
        told["is_example"] = reading.one_of(EXAMPLE, [("yes", "yes"), ("no", "no")], required=False) == "yes"


def _same(service: Service, entry: Entry) -> bool:
    told = {each.name: getattr(entry, each.name) for each in fields(entry)}
    places = {place.pk for place in told.pop("places")}
    held = {place.pk for place in service.places.all()}
    return places == held and all(_unordered(getattr(service, k)) == _unordered(v) for k, v in told.items())


def _unordered(value: object) -> object:
    return sorted(value) if isinstance(value, list | tuple) else value  # the order of ticks says nothing


def _row(reading: _Reading, names: Mapping[str, list[Service | None]]) -> None:
    row, version = None, 0
    if reading.cell(ID):
        row = reading.told.rows.get(reading.number(ID))
        version = reading.number(VERSION)
        if row is None:
            reading.wrong(ID, f"No row of these places has the ID {reading.cell(ID)}")
            return
    service, place = _service_of(reading, names), reading.named(PLACE, reading.told.places, "place of this programme")
    if row and reading.cell(SERVICE).casefold() != row.service.name.casefold():
        reading.wrong(SERVICE, "A row keeps its service. Leave the ID empty for a new row")
    if row and place and place.pk != row.place_id:
        reading.wrong(PLACE, "A row keeps its place. Leave the ID empty for a new row")
    need, weight, ages = (
        reading.one_of(NEED, groupings.choices()),
        reading.one_of(WEIGHT, CONTRIBUTIONS),
        reading.ages(FROM, TO),
    )
    kind = reading.one_of(EVIDENCE_KIND, EVIDENCE, required=False)
    found_in, looked = reading.text(FOUND_IN, longest=300), reading.day(LOOKED)
    if not reading.is_right or ages is None:
        return
    help_ = Help(need, ages, weight, kind, found_in, looked)
    if row is None or not _same_row(row, help_):
        name = reading.cell(SERVICE)
        reading.found.rows.append(RowAsked(reading.row, row, service, name, place, help_, version))


def _none(reading: _Reading) -> None:
    found = none_sheet.asked(reading, reading.told.nones, reading.told.places)
    if found:
        reading.found.nones.append(found)


def _service_of(reading: _Reading, names: Mapping[str, list[Service | None]]) -> Service | None:
    said = reading.cell(SERVICE)
    found = names.get(said.casefold(), [])
    if not found:
        reading.wrong(SERVICE, f"No service is called “{said}”, here or on the sheet {SERVICES}")
    elif len(found) > 1 and not reading.cell(ID):
        reading.wrong(SERVICE, f"{len(found)} services are called “{said}”. Map it on its page")
    return found[0] if found else None


def _same_row(row: models.Mapping, help_: Help) -> bool:
    return Help(row.grouping, row.ages, row.contribution, row.evidence_kind, row.evidence, row.reviewed_on) == help_
