"""What the rules of rag.py need to know of every workstream of a programme, gathered in a fixed number of queries.

Everything is read as at a moment: what was stated, asked, answered, sent or closed after it is left out. What an entry
of a register says (its words, severity or score) is what stands in it now; only its days are looked back on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from programme.calendar import working_days_after
from programme.clock import LONDON
from programme.dates import day_words, month_words
from programme.models import Programme, ReportingPeriod
from programme.status import PlanState, Rag
from workstreams import rag
from workstreams.models import (
    Action,
    Ask,
    Issue,
    Milestone,
    MilestoneDate,
    MonthlyUpdate,
    Rating,
    Risk,
    Workstream,
    WorkstreamStatus,
    statements_of,
    thresholds_of,
)
from workstreams.slippage import standing

Status = WorkstreamStatus.Status
REPORTING = frozenset({Status.CURRENT.value, Status.CLOSING.value})


@dataclass(frozen=True)
class Sent:
    """An update that stood as sent, with what its lead declared. An imported month has no rating."""

    update_id: int
    month: date
    revision_id: int
    rating: Rating | None

    @property
    def rag(self) -> Rag:
        """What was declared."""
        return self.rating.rag if self.rating else Rag.NOT_RATED


@dataclass
class Known:
    """What is known of one workstream, while it is gathered."""

    milestones: list[rag.MilestoneFact] | None = None
    undated: int = 0
    asks: list[rag.AskFact] = field(default_factory=list)
    issues: list[rag.IssueFact] | None = None
    risks: list[rag.RiskFact] | None = None


def derived_ratings(
    programme: Programme, at: datetime, *, only: Iterable[Workstream] | None = None
) -> dict[int, rag.Derived]:
    """What the rules said at a moment, by workstream: of the whole programme, or of some of its workstreams."""
    rows = programme.workstreams.filter(merged_into=None)
    if only is not None:
        rows = rows.filter(pk__in=[each.pk for each in only])
    rows = rows.with_status(_day(at))
    limits = thresholds_of(programme).numbers
    return {key: rag.derive(facts, limits) for key, facts in facts_of(programme, list(rows), at).items()}


def facts_of(programme: Programme, rows: list[Workstream], at: datetime) -> dict[int, rag.Facts]:
    """The facts of workstreams that were fetched with their status. A fixed number of queries."""
    known: Mapping[int, Known] = {row.pk: Known() for row in rows}
    _add_milestones(known, at)
    _add_asks(known, at)
    _add_issues(known, at)
    _add_risks(known, at)
    due = last_due(programme, _day(at))
    newest = newest_sent(known, at)
    rated = newest_sent(known, at, rated=True)
    return {row.pk: _facts(row, known[row.pk], due, newest.get(row.pk), rated.get(row.pk), at) for row in rows}


def last_due(programme: Programme, day: date) -> ReportingPeriod | None:
    """The newest month whose due day had passed on `day`."""
    return programme.periods.ordinary().due_before(day).order_by("-month").first()


def newest_sent(keys: Iterable[int], at: datetime, *, rated: bool = False) -> dict[int, Sent]:
    """Each workstream's newest update that stood as sent, or its newest one that was rated. Two queries."""
    sent = MonthlyUpdate.objects.filter(workstream__in=list(keys)).sent(until=at)
    if rated:
        declared = Rating.objects.filter(revision=OuterRef("sent_revision"), kind=Rating.Kind.DECLARED)
        sent = sent.filter(Exists(declared))
    newest = sent.order_by("workstream_id", "-period__month").distinct("workstream_id")
    found = list(newest.values_list("workstream_id", "pk", "period__month", "sent_revision"))
    ratings = Rating.objects.filter(revision__in=[row[3] for row in found], kind=Rating.Kind.DECLARED)
    by_revision = {
        rating.revision_id: rating for rating in ratings.select_related("revision", "path_owner__merged_into")
    }
    return {key: Sent(pk, month, revision, by_revision.get(revision)) for key, pk, month, revision in found}


def _facts(  # noqa: PLR0917 - the pieces of one workstream
    row: Workstream, known: Known, due: ReportingPeriod | None, newest: Sent | None, rated: Sent | None, at: datetime
) -> rag.Facts:
    status = row.status_now or Status.PROPOSED.value
    expected = status in REPORTING and due is not None
    is_in = newest is not None and due is not None and newest.month >= due.month
    update = rag.UpdateIn.IN if is_in else rag.UpdateIn.MISSING if expected else rag.UpdateIn.NOT_EXPECTED
    month = newest.month if is_in and newest else due.month if due else None
    return rag.Facts(
        milestones=known.milestones,
        asks=known.asks,
        issues=known.issues,
        risks=known.risks,
        update=update,
        month_words=month_words(month) if month else "",
        due_words=day_words(due.due_on) if due else "",
        undated_milestones=known.undated,
        last_known=_last_known(rated, _day(at)),
        is_closed=status == Status.COMPLETED,
    )


def _last_known(rated: Sent | None, day: date) -> rag.LastKnown | None:
    if rated is None or rated.rating is None:
        return None
    return rag.LastKnown(rated.rag, month_words(rated.month), (day - _day(rated.rating.at)).days)


def _add_milestones(known: Mapping[int, Known], at: datetime) -> None:
    """Those nobody had called done. A workstream without a single milestone has no plan that could be judged."""
    said = MilestoneDate.objects.filter(at__lte=at)
    done = said.filter(milestone=OuterRef("pk"), statement=MilestoneDate.Statement.ACTUAL)
    planned: QuerySet[Any] = Milestone.objects.filter(workstream__in=list(known)).annotate(first=Min("dates__at"))
    planned = planned.filter(Q(first=None) | Q(first__lte=at))
    for key in planned.order_by("workstream").values_list("workstream", flat=True).distinct():
        known[key].milestones = []
    given_up = Q(dropped_on__lte=_day(at))
    unfinished = planned.filter(~Exists(done)).exclude(tense=Milestone.Tense.DONE).exclude(given_up)
    for row in unfinished.order_by("pk").prefetch_related(Prefetch("dates", said)):
        _add_milestone(known[row.workstream_id], row, _day(at))


def _add_milestone(one: Known, row: Milestone, day: date) -> None:
    stated = statements_of(row)
    stands = standing(stated, day)
    if stands.state is PlanState.UNDATED:
        one.undated += 1
    fact = rag.MilestoneFact(row.title, row.is_critical, stands.days_overdue, stated.slip_days, stands.moves)
    one.milestones = [*(one.milestones or ()), fact]


def _of_survivor(rows: QuerySet[Any], known: Mapping[int, Known]) -> QuerySet[Any]:
    """Rows of these workstreams and of what was merged into them, each with the one that stands."""
    standing_for: QuerySet[Any] = rows.annotate(stands=Coalesce("workstream__merged_into", "workstream"))
    return standing_for.filter(stands__in=list(known))


def _add_asks(known: Mapping[int, Known], at: datetime) -> None:
    waiting = Ask.objects.with_state(at).unanswered().filter(is_blocking=True, wanted_by__isnull=False)
    for row in _of_survivor(waiting, known):
        late = working_days_after(row.wanted_by, _day(at))
        known[row.stands].asks.append(rag.AskFact(row.text, late))


def _add_issues(known: Mapping[int, Known], at: datetime) -> None:
    day = _day(at)
    for row in _of_survivor(Issue.objects.filter(raised_on__lte=day), known):
        one = known[row.stands]
        one.issues = one.issues if one.issues is not None else []
        if row.closed_on is None or row.closed_on > day:
            one.issues.append(rag.IssueFact(row.text, is_high=row.severity == Issue.Severity.HIGH))


def _add_risks(known: Mapping[int, Known], at: datetime) -> None:
    day = _day(at)
    current = Action.objects.current_on(day).filter(risk=OuterRef("pk"))
    raised = Risk.objects.filter(raised_on__lte=day).annotate(has_action=Exists(current))
    for row in _of_survivor(raised, known):
        one = known[row.stands]
        one.risks = one.risks if one.risks is not None else []
        if row.closed_on is None or row.closed_on > day:
            one.risks.append(rag.RiskFact(row.text, row.score, row.has_action))


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
