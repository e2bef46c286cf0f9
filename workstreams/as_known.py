"""A workstream as it was known on a day: what had been said by the end of it, and nothing that was said since.

Names, milestones and assignments are read from their history, everything else from tables that are only added to. Where
something was filed under another month or merged into another workstream since, it is read where it stands now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from programme.clock import LONDON, day_of, now
from programme.dates import day_words
from programme.models import Person
from programme.status import PlanState
from programme.wording import counted
from workstreams import sent_updates
from workstreams.models import (
    Assignment,
    Milestone,
    MilestoneDate,
    MonthlyUpdate,
    Workstream,
    WorkstreamStatus,
)
from workstreams.ratings import ThreeRatings, three_ratings
from workstreams.sent_updates import SentUpdate
from workstreams.slippage import Standing, as_statements, standing

Status = WorkstreamStatus.Status


@dataclass(frozen=True)
class KnownMilestone:
    """A milestone with the name and the date it had."""

    title: str
    is_critical: bool
    standing: Standing

    @property
    def when_words(self) -> str:
        """The date that counted, in words."""
        return self.standing.when.display() if self.standing.when else "No date"


@dataclass(frozen=True)
class AsKnown:
    """What was known of a workstream by the end of a day. Without a name it did not exist yet."""

    day: date
    name: str = ""
    purpose: str = ""
    since: date | None = None
    status_words: str = ""
    leads: tuple[str, ...] = ()
    milestones: tuple[KnownMilestone, ...] = ()
    latest: SentUpdate | None = None
    three: ThreeRatings | None = None

    @property
    def existed(self) -> bool:
        """Whether it had been added."""
        return bool(self.name)

    @property
    def sentence(self) -> str:
        """How it stood, in one sentence."""
        on = day_words(self.day)
        if not self.existed:
            added = f" It was added on {day_words(self.since)}." if self.since else ""
            return f"On {on} this workstream was not known here yet.{added}"
        led = f"led by {' and '.join(self.leads)}" if self.leads else "led by nobody"
        overdue = sum(each.standing.state is PlanState.OVERDUE for each in self.milestones)
        every = counted(len(self.milestones), "milestone")
        late = f"{overdue or 'none'} of {every} overdue" if self.milestones else "no milestones"
        return f"On {on} it was {self.status_words.lower()}, {led}, with {late}."


def as_known(workstream: Workstream, day: date) -> AsKnown:
    """What was known of a workstream by the end of a day. A fixed number of queries."""
    moment = min(datetime.combine(day + timedelta(days=1), time(), tzinfo=LONDON) - timedelta.resolution, now())
    event = _newest(Workstream, Q(pgh_obj=workstream.pk), moment).first()
    if event is None:
        return AsKnown(day, since=_added_on(workstream))
    status = workstream.statuses.filter(since__lte=day, at__lte=moment).order_by("-since", "-pk").first()
    return AsKnown(
        day=day,
        name=event.name,
        purpose=event.purpose,
        status_words=str(Status(status.status if status else Status.PROPOSED).label),
        leads=_leads(workstream, day, moment),
        milestones=tuple(_milestones(workstream, day, moment)),
        latest=_latest(workstream, moment),
        three=three_ratings(workstream.programme, moment, only=[workstream]).get(workstream.pk),
    )


def _happened() -> Coalesce:
    """When an event row's action happened, as it said itself."""
    return Coalesce(Cast(KeyTextTransform("at", "pgh_context__metadata"), models.DateTimeField()), F("pgh_created_at"))


def _newest(model: Any, wanted: Q, moment: datetime) -> models.QuerySet[Any]:
    """The newest row of history of each object at a moment; what had been removed by then is left out by the reader."""
    rows = model.pgh_event_model._default_manager.filter(wanted)  # noqa: SLF001 - Django's public name for it
    known = rows.annotate(moment=_happened()).filter(moment__lte=moment)
    found: models.QuerySet[Any] = known.order_by("pgh_obj_id", "-moment", "-pgh_id").distinct("pgh_obj_id")
    return found


def _added_on(workstream: Workstream) -> date:
    rows = Workstream.pgh_event_model._default_manager.filter(pgh_obj=workstream.pk)  # type: ignore[attr-defined]  # noqa: SLF001
    first = rows.annotate(moment=_happened()).order_by("moment").values_list("moment", flat=True).first()
    return day_of(first or workstream.created_at)


def _leads(workstream: Workstream, day: date, moment: datetime) -> tuple[str, ...]:
    """Who led it, as it was known then; people by the name they have now."""
    rows = [
        row
        for row in _newest(Assignment, Q(workstream=workstream.pk), moment)
        if row.pgh_label != "delete" and row.role == Assignment.Role.LEAD
    ]
    held = [row.person_id for row in rows if row.since <= day and (row.until is None or row.until >= day)]
    people = Person.objects.select_related("merged_into").in_bulk(held)
    return tuple(dict.fromkeys(people[key].survivor.name for key in held if key in people))


def _milestones(workstream: Workstream, day: date, moment: datetime) -> Iterable[KnownMilestone]:
    """Its milestones with the names and the dates then known, those that are not done first, each by date."""
    ever = Milestone.pgh_event_model._default_manager.filter(workstream=workstream.pk).values("pgh_obj")  # type: ignore[attr-defined]  # noqa: SLF001
    rows = [
        row
        for row in _newest(Milestone, Q(pgh_obj__in=ever), moment)
        if row.pgh_label != "delete" and row.workstream_id == workstream.pk
    ]
    said: dict[int, list[tuple[str, Any]]] = {row.pgh_obj_id: [] for row in rows}
    for each in MilestoneDate.objects.filter(milestone__in=said, at__lte=moment).order_by("at", "pk"):
        said[each.milestone_id].append((str(each.statement), each.window))
    known = [
        KnownMilestone(
            row.title,
            row.is_critical,
            standing(
                as_statements(
                    said[row.pgh_obj_id],
                    said_done=row.tense == Milestone.Tense.DONE,
                    dropped=row.dropped_on is not None and row.dropped_on <= day,
                ),
                day,
            ),
        )
        for row in rows
    ]
    return sorted(known, key=lambda each: (each.standing.state.is_finished, _order(each), each.title))


def _order(each: KnownMilestone) -> tuple[object, ...]:
    return tuple(each.standing.when.sort_key()) if each.standing.when else (1, date.max, date.max)


def _latest(workstream: Workstream, moment: datetime) -> SentUpdate | None:
    """The newest update that stood as sent at the moment."""
    sent = MonthlyUpdate.objects.filter(workstream=workstream).sent(until=moment).select_related("period", "workstream")
    found = sent_updates.in_full(sent.order_by("-period__month")[:1])
    return found[0] if found else None
