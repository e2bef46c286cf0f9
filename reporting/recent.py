"""What changed since the last period, read from the database in three queries whatever the programme's size."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery

from programme.clock import LONDON
from programme.models import Programme, ReportingPeriod
from programme.periods import add_months
from programme.status import Change, Rag
from reporting.dashboard import ProgrammePicture, UpdateState, WorkstreamLine
from reporting.what_changed import Heading, MilestoneFacts, Told, WhatChanged, milestone_changes
from workstreams.models import Milestone, MilestoneDate, WorkstreamStatus, statements_of


def what_changed(programme: Programme, period: ReportingPeriod, seen: ProgrammePicture, today: date) -> WhatChanged:
    """What changed between the due day of the period before `period` and `today`. `seen` is the picture of today."""
    since = end_of_last_period(programme, period)
    milestones = milestone_changes(milestone_facts(programme, since, today), since, today)
    return WhatChanged(
        since, {**milestones, **_of_workstreams(seen), Heading.CLOSED: closed_after(programme, since, today)}
    )


def end_of_last_period(programme: Programme, period: ReportingPeriod) -> date:
    """The due day of the month before; where that month has no period, the last day before `period`'s own month."""
    before = programme.periods.ordinary().filter(month=add_months(period.month, -1)).first()
    return before.due_on if before else period.month - timedelta(days=1)


def _of_workstreams(seen: ProgrammePicture) -> Mapping[Heading, tuple[Told, ...]]:
    return {
        Heading.WORSE: tuple(_rerated(line) for line in seen.expected if line.change is Change.WORSE),
        Heading.BETTER: tuple(_rerated(line) for line in seen.expected if line.change is Change.BETTER),
        Heading.SILENT: tuple(
            Told(f"{line.name}: {line.update_words}", line.slug)
            for line in seen.expected
            if line.update_state is UpdateState.LATE
        ),
    }


def _rerated(line: WorkstreamLine) -> Told:
    was = line.previous or Rag.NOT_RATED
    return Told(f"{line.name}: {was.word} to {line.rating.word}", line.slug)


def closed_after(programme: Programme, since: date, today: date) -> tuple[Told, ...]:
    """Workstreams that were closed after `since`."""
    rows = WorkstreamStatus.objects.filter(
        workstream__programme=programme,
        workstream__merged_into=None,
        status=WorkstreamStatus.Status.COMPLETED,
        since__gt=since,
        since__lte=today,
    )
    return tuple(Told(row.workstream.name, row.workstream.slug) for row in rows.select_related("workstream"))


def milestone_facts(programme: Programme, since: date, today: date) -> list[MilestoneFacts]:
    """Milestones of which something was stated after `since`, or whose plan ran out since then."""
    after = datetime.combine(since + timedelta(days=1), time(), tzinfo=LONDON)
    until = datetime.combine(today + timedelta(days=1), time(), tzinfo=LONDON)
    dates = MilestoneDate.objects.filter(milestone=OuterRef("pk"), at__lt=until)
    plan = dates.exclude(statement=MilestoneDate.Statement.ACTUAL).order_by("-at", "-pk")
    rows = (
        Milestone.objects.filter(workstream__programme=programme, workstream__merged_into=None)
        .annotate(planned_end=Subquery(plan.values("end")[:1]))
        .filter(Exists(dates.filter(at__gte=after)) | Q(planned_end__gte=since, planned_end__lt=today))
        .select_related("workstream")
        .with_dates()
    )
    return [_facts(row, after, until) for row in rows.order_by("workstream__name", "pk")]


def _facts(row: Milestone, after: datetime, until: datetime) -> MilestoneFacts:
    where = row.workstream
    before, now = statements_of(row, before=after), statements_of(row, before=until)
    return MilestoneFacts(row.pk, row.title, where.name, where.slug, before, now)
