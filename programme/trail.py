"""Reading history: one home for what the triggers and the append-only tables have kept, told in words.

A `Kept` describes a tracked model: what one calls it, which of its fields are told and by which words. A field that is
not named is never told. An `Appended` describes a table that is only ever added to and has its own moment. Strands of
both are read together, newest first, in a fixed number of queries for each kind of row on the page.

The moment told is when it happened, as its action said; when the row was written is used only where nobody said.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol

from django.db import models
from django.db.models import F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from programme.clock import LONDON
from programme.dates import day_words, month_words
from programme.history_words import (
    ADDED,
    NOBODY,
    REMOVED,
    Change,
    Entry,
    action_words,
    changed,
    entries,
    quotable,
    shortened,
)
from programme.models import User
from programme.wording import listed

ROWS_A_PAGE = 60
COLUMNS = ("moment", "who", "strand", "key")
Names = Mapping[int, str]


class Source(Protocol):
    """Rows of one table that tell something."""

    @property
    def kind(self) -> str:
        """Which part of the programme's history it belongs to."""

    def index(self, wanted: Q) -> models.QuerySet[Any]:
        """The rows `wanted`, with `moment`, `who` and `key`."""

    def tell(self, keys: Sequence[int]) -> Mapping[int, Change]:
        """What each row says. A row that says nothing to a reader is left out. `who` is filled in by the reader."""


def value_at(model: Any, field: str, at: datetime) -> Coalesce:
    """What a field of a tracked row held at a moment, to annotate rows with; what it holds now where none is kept."""
    said = Cast(KeyTextTransform("at", "pgh_context__metadata"), models.DateTimeField())
    kept = model.pgh_event_model._default_manager  # noqa: SLF001 - Django's public name for it
    events = kept.filter(pgh_obj=OuterRef("pk"))
    then = events.annotate(moment=Coalesce(said, F("pgh_created_at"))).filter(moment__lte=at)
    return Coalesce(Subquery(then.order_by("-moment", "-pgh_id").values(field)[:1]), F(field))


@dataclass(frozen=True)
class Strand:
    """The rows of one source that a page is about."""

    source: Source
    wanted: Q


@dataclass(frozen=True)
class Kept:
    """A tracked model in words. `title` is the field its rows are called by, `subject` the column of the workstream."""

    model: Any
    noun: str
    kind: str
    title: str
    labels: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    link: str = ""  # name of the address of one row, under a workstream
    leave_out: Q = field(default_factory=Q)  # rows that tell nothing to anybody

    def where(self, **wanted: Any) -> Strand:
        """The strand of rows for which `wanted` holds."""
        return Strand(self, Q(**wanted))

    def index(self, wanted: Q) -> models.QuerySet[Any]:
        """Rows with the moment their action gave, and who acted."""
        said = Cast(KeyTextTransform("at", "pgh_context__metadata"), models.DateTimeField())
        rows = self.events.filter(wanted).order_by()
        if self.leave_out:
            rows = rows.exclude(self.leave_out)
        found: models.QuerySet[Any] = rows.annotate(
            moment=Coalesce(said, F("pgh_created_at")),
            who=Cast(KeyTextTransform("user", "pgh_context__metadata"), IntegerField()),
            key=F("pgh_id"),
        )
        return found

    def tell(self, keys: Sequence[int]) -> Mapping[int, Change]:
        """Each row against the one before it."""
        found = list(self._with_before(keys))
        before = self.events.select_related("pgh_context").in_bulk([row.before for row in found if row.before])
        words = _Words(self._columns(), [*found, *before.values()])
        told = {row.pk: self._told(row, before.get(row.before), words) for row in found}
        return {key: change for key, change in told.items() if change}

    @property
    def events(self) -> Any:
        """All event rows of the model."""
        return self.model.pgh_event_model._default_manager  # noqa: SLF001 - Django's public name for it

    def _with_before(self, keys: Sequence[int]) -> Any:
        rows = self.events.filter(pk__in=keys).select_related("pgh_context")
        if not hasattr(self.model.pgh_event_model, "pgh_obj"):  # a link between two rows comes and goes
            return rows.annotate(before=Value(None, output_field=IntegerField()))
        earlier = self.events.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id"))
        return rows.annotate(before=Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1]))

    def _columns(self) -> "dict[str, models.Field[Any, Any]]":
        meta = self.model._meta  # noqa: SLF001 - Django's public name for it
        return {name: meta.get_field(name) for name in (self.title, *self.labels)}

    def _told(self, row: Any, before: Any, words: "_Words") -> Change | None:
        data = row.pgh_context.metadata
        around = data.get("within") or data
        action = action_words(around["action"], row.pgh_label, self.noun)
        parts = self._parts(row, before, words, names_it=action.endswith(self.noun))
        if row.pgh_label == "update" and not parts:
            return None
        return Change(
            at=_happened(row),
            who="",
            action=action,
            noun=self.noun,
            title=words.title(row, self.title) or f"a {self.noun} without a name",
            parts=parts,
            reason=around.get("reason", ""),
            subject=getattr(row, self.subject) if self.subject else None,
            href=f"{self.link} {row.pgh_obj_id}" if self.link else "",
            act="" if "within" in data else str(row.pgh_context_id),
        )

    def _parts(self, row: Any, before: Any, words: "_Words", *, names_it: bool) -> tuple[str, ...]:
        if row.pgh_label == "delete":
            return (REMOVED,)
        added = (ADDED,) if row.pgh_label == "insert" and not names_it else ()
        pairs = [
            (label, words.of(before, name) if before else "", words.of(row, name))
            for name, label in self.labels.items()
            if before or name != self.title
        ]
        told = [
            changed(label, old, new) for label, old, new in pairs if old != new and (before or new not in {"", "no"})
        ]
        return (*added, *told)


@dataclass(frozen=True)
class Appended:
    """A table that is only added to. `say` puts its rows into words; each row has its own `at` and `by`."""

    model: Any
    kind: str
    say: Callable[[models.QuerySet[Any]], Mapping[int, Change]]
    leave_out: Q = field(default_factory=Q)

    def where(self, **wanted: Any) -> Strand:
        """The strand of rows for which `wanted` holds."""
        return Strand(self, Q(**wanted))

    def index(self, wanted: Q) -> models.QuerySet[Any]:
        """Rows with their own moment."""
        rows = self.model.objects.filter(wanted).order_by()
        if self.leave_out:
            rows = rows.exclude(self.leave_out)
        found: models.QuerySet[Any] = rows.annotate(moment=F("at"), who=Cast(F("by_id"), IntegerField()), key=F("pk"))
        return found

    def tell(self, keys: Sequence[int]) -> Mapping[int, Change]:
        """As `say` puts it."""
        return self.say(self.model.objects.filter(pk__in=keys))


@dataclass(frozen=True)
class Place:
    """A workstream as history names it."""

    name: str
    slug: str


@dataclass(frozen=True)
class Told:
    """One page of history, newest first."""

    entries: tuple[Entry, ...]
    number: int
    has_more: bool


def read(
    strands: Sequence[Strand],
    *,
    programme: str,
    number: int = 1,
    by: int | None = None,
    places: Callable[[set[int]], Mapping[int, Place]] | None = None,
) -> Told:
    """A page of what the strands have kept, of everybody or of one account."""
    rows = _index(strands, by)[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE + 1]
    shown = list(rows)
    changes = _in_words(strands, shown[:ROWS_A_PAGE])
    known = places({change.subject for change in changes if change.subject}) if places else {}
    return Told(tuple(_placed(programme, changes, known)), number, len(shown) > ROWS_A_PAGE)


def _index(strands: Sequence[Strand], by: int | None) -> models.QuerySet[Any]:
    parts = []
    for number, strand in enumerate(strands):
        rows = strand.source.index(strand.wanted).annotate(strand=Value(number))
        parts.append((rows.filter(who=by) if by else rows).values_list(*COLUMNS))
    whole = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found: models.QuerySet[Any] = whole.order_by("-moment", "-who", "-strand", "-key")
    return found


def _in_words(strands: Sequence[Strand], rows: Sequence[tuple[datetime, int | None, int, int]]) -> list[Change]:
    keys: dict[int, list[int]] = defaultdict(list)
    for _, _, strand, key in rows:
        keys[strand].append(key)
    told = {strand: strands[strand].source.tell(wanted) for strand, wanted in keys.items()}
    people = User.objects.in_bulk({who for _, who, _, _ in rows if who})
    changes = []
    for moment, who, strand, key in rows:
        change = told[strand].get(key)
        if change:
            name = people[who].name if who in people else NOBODY
            changes.append(replace(change, at=moment, who=change.who or name))
    return changes


def _placed(programme: str, changes: list[Change], known: Mapping[int, Place]) -> Iterable[Entry]:
    """Entries with the name and the address of their workstream, and links to what is still there."""
    for entry in entries(changes):
        subject = entry.changes[0].subject
        place = known.get(subject) if subject else None
        if place is None:
            yield replace(entry, changes=tuple(replace(each, href="") for each in entry.changes))
            continue
        yield replace(
            entry,
            where=place.name,
            where_href=reverse("workstream", args=[programme, place.slug]),
            changes=tuple(replace(each, href=_address(programme, place, each.href)) for each in entry.changes),
        )


def _address(programme: str, place: Place, link: str) -> str:
    name, _, key = link.partition(" ")
    return reverse(name, args=[programme, place.slug, key]) if name else ""


def _happened(row: Any) -> datetime:
    """When an event row's action happened, as it said itself."""
    said = row.pgh_context.metadata.get("at")
    written: datetime = row.pgh_created_at
    return datetime.fromisoformat(said) if said else written


# ---- Values in words ------------------------------------------------------------------------------------------------


class _Words:
    """The values of some event rows in words; names of other rows as they were at the time, one query for each kind."""

    def __init__(self, columns: "Mapping[str, models.Field[Any, Any]]", rows: Iterable[Any]) -> None:
        self._columns = columns
        rows = list(rows)
        self._names = {
            name: _names_of(column.related_model, {getattr(row, column.attname) for row in rows} - {None})
            for name, column in columns.items()
            if isinstance(column, models.ForeignKey)
        }

    def of(self, row: Any, name: str) -> str:
        """One field of one row; nothing where it is empty."""
        column = self._columns[name]
        value = getattr(row, column.attname)
        if value is None or value in ("", []):
            return ""
        if name in self._names:
            return _at_the_time(self._names[name].get(value, ()), _happened(row))
        return value_words(column, value)

    def title(self, row: Any, name: str) -> str:
        """The field a row is called by, without quotation marks of its own."""
        return self.of(row, name).strip("“”")


def value_words(column: "models.Field[Any, Any]", value: Any) -> str:
    """A value as people say it."""
    if column.flatchoices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return day_words(value.astimezone(LONDON).date())
    if isinstance(value, date):
        return month_words(value) if column.name == "month" else day_words(value)
    if isinstance(value, list):
        return listed([str(each) for each in value])
    return f"“{quotable(value)}”" if isinstance(column, models.TextField) else shortened(str(value))


Spelling = tuple[datetime, str]


def _names_of(model: Any, keys: set[int]) -> Mapping[int, Sequence[Spelling]]:
    """How each row of a tracked model was called since when, oldest first."""
    if not keys:
        return {}
    if model is User:
        return {key: [(_EVER, user.name)] for key, user in User.objects.in_bulk(keys).items()}
    if not hasattr(model, "pgh_event_model"):
        return {key: [(_EVER, str(row))] for key, row in model.objects.in_bulk(keys).items()}
    called = next(name for name in ("name", "title", "month", "text", "on") if hasattr(model, name))
    rows = model.pgh_event_model.objects.filter(pgh_obj__in=keys).select_related("pgh_context").order_by("pgh_id")
    found: dict[int, list[Spelling]] = defaultdict(list)
    for row in rows:
        name = getattr(row, called)
        if isinstance(name, date):
            name = month_words(name) if called == "month" else day_words(name)
        found[row.pgh_obj_id].append((_happened(row), str(name)))
    return found


def _at_the_time(spellings: Sequence[Spelling], moment: datetime) -> str:
    """The newest spelling that was in use, or the first there is."""
    used = [name for since, name in spellings if since <= moment]
    return used[-1] if used else (spellings[0][1] if spellings else "somebody or something no longer known")


_EVER = datetime(1, 1, 1, tzinfo=LONDON)
