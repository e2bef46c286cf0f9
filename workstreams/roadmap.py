"""The milestones of all workstreams of a programme as one list: what is overdue, what is coming, where and whose."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programme.clock import today
from programme.models import Place, Programme, User
from programme.periods import add_months
from workstreams.models import Milestone, MilestoneDate, MilestoneQuerySet, Workstream, WorkstreamStatus

HORIZONS = (6, 12, 24)  # months ahead


@dataclass(frozen=True)
class Chosen:
    """What a reader wants to see. `months` is how far ahead, None for everything with or without a date."""

    workstream: Workstream | None = None
    place: Place | None = None
    only_critical: bool = False
    months: int | None = 12


def until(chosen: Chosen, day: date) -> date | None:
    """The first day that is too far ahead."""
    return None if chosen.months is None else add_months(day.replace(day=1), chosen.months + 1)


def open_milestones(programme: Programme, user: User) -> MilestoneQuerySet:
    """Milestones nobody has called done, by the first day and then the last day of their newest plan; undated last."""
    dates = MilestoneDate.objects.filter(milestone=OuterRef("pk"))
    plan = dates.exclude(statement=MilestoneDate.Statement.ACTUAL).order_by("-at", "-pk")
    begun = WorkstreamStatus.objects.filter(workstream=OuterRef("workstream"), since__lte=today())
    status = begun.order_by("-since", "-pk")
    return (
        Milestone.objects.visible_to(user)
        .filter(workstream__programme=programme, workstream__merged_into=None)
        .exclude(tense=Milestone.Tense.DONE)
        .filter(dropped_on=None)
        .filter(~Exists(dates.filter(statement=MilestoneDate.Statement.ACTUAL)))
        .annotate(
            planned_start=Subquery(plan.values("start")[:1]),
            planned_end=Subquery(plan.values("end")[:1]),
            newest_status=Subquery(status.values("status")[:1]),
            newest_since=Subquery(status.values("since")[:1]),
        )
        .annotate(first_day=Coalesce("planned_start", "planned_end"))
        .order_by("first_day", "planned_end", "pk")
    )


def coming(programme: Programme, user: User, chosen: Chosen, day: date) -> QuerySet[Milestone]:
    """The milestones that were chosen, ready to be shown; what is overdue is always among them."""
    found = open_milestones(programme, user)
    limit = until(chosen, day)
    if limit is not None:
        found = found.filter(first_day__lt=limit)
    if chosen.workstream is not None:
        found = found.filter(workstream=chosen.workstream)
    if chosen.only_critical:
        found = found.filter(is_critical=True)
    if chosen.place is not None:
        here = Q(places=chosen.place) | Q(places__parent=chosen.place) | Q(places__children=chosen.place)
        found = found.filter(Q(places=None) | here).distinct()
    related = found.select_related("workstream", "phase", "owner__merged_into")
    return related.prefetch_related("dates", "places")


def closed_since(row: Milestone) -> date | None:
    """The day the milestone's workstream closed, from what `open_milestones` brought along."""
    told = vars(row)
    closed = {WorkstreamStatus.Status.COMPLETED.value, WorkstreamStatus.Status.STOPPED.value}
    since = told["newest_since"]
    return since if told["newest_status"] in closed and isinstance(since, date) else None
