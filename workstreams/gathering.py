"""What the rules, the three ratings and the front pages need to know of some workstreams, as at a moment.

Each kind of fact is read once, when it is first asked for, whatever asks for it afterwards and however many
workstreams there are. What was stated, asked, answered, sent or closed after the moment is left out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from programme.clock import LONDON, today
from programme.dates import FuzzyDate, Precision
from programme.models import Programme, ReportingPeriod
from programme.status import Rag
from programme.trail import value_at
from workstreams.models import (
    Action,
    Ask,
    Issue,
    Milestone,
    MilestoneDate,
    MonthlyUpdate,
    Rating,
    RatingQuestion,
    RatingThresholds,
    Risk,
    Workstream,
    WorkstreamQuerySet,
    WorkstreamStatus,
    thresholds_of,
)
from workstreams.slippage import Standing, Statements, as_statements, standing


@dataclass(frozen=True)
class Sent:
    """An update that stood as sent, with what its lead declared. An imported month has no rating."""

    update_id: int
    month: date
    revision_id: int
    declared: str = ""
    declared_at: datetime | None = None
    rating: Rating | None = None

    @property
    def rag(self) -> Rag:
        """What was declared."""
        return Rag(self.declared) if self.declared else Rag.NOT_RATED


Said = tuple[datetime, str, FuzzyDate]


@dataclass(frozen=True)
class Planned:
    """A milestone with everything that was stated about its dates, oldest first."""

    pk: int
    workstream_id: int
    title: str
    is_critical: bool
    said_done: bool
    said: tuple[Said, ...]
    day: date
    dropped: bool = False

    @classmethod
    def of(cls, row: Milestone, day: date) -> "Planned":
        """One that was fetched with its dates."""
        dates = sorted(row.dates.all(), key=lambda each: (each.at, each.pk))
        said = tuple((each.at, str(each.statement), each.window) for each in dates)
        done, dropped = row.tense == Milestone.Tense.DONE, row.dropped_on is not None
        return cls(row.pk, row.workstream_id, row.title, row.is_critical, done, said, day, dropped)

    def stated(self, before: datetime | None = None) -> Statements:
        """What has been stated, for the rule: all of it, or what was known before a moment."""
        known = [(kind, window) for at, kind, window in self.said if before is None or at < before]
        return as_statements(known, said_done=self.said_done, dropped=self.dropped)

    @cached_property
    def statements(self) -> Statements:
        """Everything stated."""
        return self.stated()

    @cached_property
    def standing(self) -> Standing:
        """How it stands on the day."""
        return standing(self.statements, self.day)

    @property
    def is_finished(self) -> bool:
        """Whether somebody, or its source, calls it done, or it was dropped."""
        return self.dropped or self.said_done or self.statements.actual is not None

    @property
    def when_words(self) -> str:
        """The date that counts, in words."""
        return self.standing.when.display() if self.standing.when else "No date"

    @property
    def date_order(self) -> tuple[object, ...]:
        """To sort by: the date that counts, those without one last."""
        when = self.standing.when
        return (*(when.sort_key() if when else (1, date.max, date.max)), self.pk)

    @property
    def planned_end(self) -> date | None:
        """The last day that its newest plan can mean."""
        plans = [window for _, kind, window in self.said if kind != MilestoneDate.Statement.ACTUAL]
        return plans[-1].end if plans else None


def prepared(rows: WorkstreamQuerySet, at: datetime) -> WorkstreamQuerySet:
    """Workstreams with what gathering wants of them: status, programme with its rating rules, whether there is a plan.

    A workstream without a single milestone has no plan that could be judged.
    """
    undated = ~Exists(MilestoneDate.objects.filter(milestone=OuterRef("pk")))
    stated = Exists(MilestoneDate.objects.filter(milestone=OuterRef("pk"), at__lte=at))
    planned = Milestone.objects.filter(undated | stated, workstream=OuterRef("pk"))
    return (
        rows.with_status(at.astimezone(LONDON).date())
        .annotate(has_plan=Exists(planned))  # type: ignore[no-redef]  # declared on the model for its readers
        .select_related("parent", "programme__rating_thresholds")
    )


class Gathered:
    """The facts. `rows` are workstreams that were `prepared` for the moment; without them it is the whole programme."""

    def __init__(
        self,
        programme: Programme,
        at: datetime,
        *,
        rows: Sequence[Workstream] | None = None,
        last_due: ReportingPeriod | None = None,
        changed_since: date | None = None,
    ) -> None:
        self.programme, self.at, self.day = programme, at, at.astimezone(LONDON).date()
        self.changed_since = changed_since
        if rows is not None:
            self.rows = list(rows)
        if last_due is not None:
            self.last_due = last_due

    @cached_property
    def rows(self) -> list[Workstream]:
        """Every workstream that stands, with its status."""
        return list(prepared(self.programme.workstreams.filter(merged_into=None), self.at))

    @cached_property
    def by_key(self) -> Mapping[int, Workstream]:
        """The same by key."""
        return {row.pk: row for row in self.rows}

    @cached_property
    def rules(self) -> RatingThresholds:
        """The programme's rules for the derived rating."""
        if not self.rows:
            return thresholds_of(self.programme)
        own: RatingThresholds | None = getattr(self.rows[0].programme, "rating_thresholds", None)
        return own or RatingThresholds(programme=self.programme, version=0)

    @cached_property
    def last_due(self) -> ReportingPeriod | None:
        """The newest month whose due day had passed."""
        return self.programme.periods.ordinary().due_before(self.day).order_by("-month").first()

    @cached_property
    def milestones(self) -> list[Planned]:
        """Milestones nobody had called done or dropped, and those of which something was said after `changed_since`."""
        said = MilestoneDate.objects.filter(milestone=OuterRef("pk"), at__lte=self.at)
        actual = Exists(said.filter(statement=MilestoneDate.Statement.ACTUAL))
        kept = Q(dropped_on=None) | Q(dropped_on__gt=self.day)
        wanted: Q = Q(~actual) & ~Q(tense=Milestone.Tense.DONE) & kept
        if self.changed_since is not None:
            wanted |= Q(Exists(said.filter(at__gt=a_day(self.changed_since))))
        rows = Milestone.objects.filter(wanted, workstream__in=list(self.by_key)).order_by(
            "pk", "dates__at", "dates__pk"
        )
        found = [self._planned(list(same)) for _, same in groupby(rows.values_list(*_STATED), key=lambda row: row[0])]
        return [each for each in found if each is not None]

    def _planned(self, same: list[tuple[Any, ...]]) -> Planned | None:
        """A milestone from its rows, one a statement; none where it was not in the plan yet."""
        pk, workstream, title, is_critical, tense, dropped_on = same[0][:6]
        dated = [row[6:] for row in same if row[6] is not None]
        said = [(at, statement, _window(*window)) for at, statement, *window in dated if at <= self.at]
        if dated and not said:
            return None
        is_said_done = tense == Milestone.Tense.DONE
        is_dropped = dropped_on is not None and dropped_on <= self.day
        return Planned(pk, workstream, title, is_critical, is_said_done, tuple(said), self.day, is_dropped)

    @cached_property
    def unfinished(self) -> list[Planned]:
        """Milestones nobody has called done."""
        return [each for each in self.milestones if not each.is_finished]

    @property
    def coming(self) -> list[Planned]:
        """The same by date: what is overdue, then what is next."""
        return sorted(self.unfinished, key=lambda each: each.date_order)

    @cached_property
    def asks(self) -> list[Ask]:
        """Asks that waited for an answer from above, each with the workstream that stands for it as `stands`."""
        return list(self._of_survivor(Ask.objects.with_state(self.at).unanswered().select_related("workstream")))

    @cached_property
    def issues(self) -> list[Issue]:
        """Issues that had been raised, with their severity of the moment."""
        rows = self._of_survivor(Issue.objects.filter(raised_on__lte=self.day))
        return list(rows.annotate(severity_then=self._then(Issue, "severity")))

    @cached_property
    def risks(self) -> list[Risk]:
        """Risks that had been raised, with the score of the moment and whether an action against them was current."""
        current = Action.objects.current_on(self.day).filter(risk=OuterRef("pk"))
        rows = self._of_survivor(Risk.objects.filter(raised_on__lte=self.day))
        score = self._then(Risk, "likelihood") * self._then(Risk, "impact")
        return list(rows.annotate(has_action=Exists(current), score_then=score))

    def _then(self, model: Any, field: str) -> Any:
        """A field's value at the moment. What holds today is in the row itself."""
        return F(field) if self.day >= today() else value_at(model, field, self.at)

    def _of_survivor(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Rows of these workstreams and of what was merged into them, each with the one that stands."""
        standing_for: QuerySet[Any] = rows.annotate(stands=Coalesce("workstream__merged_into", "workstream"))
        return standing_for.filter(stands__in=list(self.by_key))

    @cached_property
    def _sent(self) -> list[tuple[int, Sent]]:
        """Each workstream's newest update that stood as sent, and its newest that was rated, in one query."""
        rating = Rating.objects.filter(revision=OuterRef("sent_revision"), kind=Rating.Kind.DECLARED)
        sent = MonthlyUpdate.objects.filter(workstream__in=list(self.by_key)).sent(until=self.at)
        newest = Window(
            RowNumber(),
            partition_by=[F("workstream_id"), F("is_rated")],
            order_by=F("period__month").desc(),
        )
        told = sent.annotate(is_rated=Exists(rating)).annotate(place=newest).filter(place=1)
        newest_of_each = told.annotate(
            declared=Subquery(rating.values("rating")[:1]), declared_at=Subquery(rating.values("at")[:1])
        )
        wanted = ("workstream_id", "pk", "period__month", "sent_revision", "declared", "declared_at")
        return [
            (key, Sent(pk, month, revision, declared or "", at))
            for key, pk, month, revision, declared, at in newest_of_each.values_list(*wanted)
        ]

    @cached_property
    def newest(self) -> Mapping[int, Sent]:
        """Each workstream's newest update that stood as sent."""
        return dict(sorted(self._sent, key=lambda pair: pair[1].month))

    @cached_property
    def rated(self) -> Mapping[int, Sent]:
        """Each workstream's newest update that stood as sent and was rated."""
        return {key: sent for key, sent in self._sent if sent.declared}


_STATED = (
    "pk", "workstream_id", "title", "is_critical", "tense", "dropped_on", "dates__at", "dates__statement",
    "dates__words", "dates__start", "dates__end", "dates__precision", "dates__ambiguous",
)  # fmt: skip


def _window(words: str, start: date | None, end: date | None, precision: str, ambiguous: bool) -> FuzzyDate:  # noqa: FBT001 - a column
    return FuzzyDate.from_parts(text=words, start=start, end=end, precision=Precision(precision), ambiguous=ambiguous)


@dataclass(frozen=True)
class Opinions:
    """What was said about some updates until a moment: declared by revision, assured and asked by update."""

    declared: Mapping[int, Rating]
    assured: Mapping[int, Rating]
    questions: Mapping[int, Sequence[RatingQuestion]]


def opinions_about(sent: Collection[Sent], at: datetime) -> Opinions:
    """Every rating and question of these updates. Two queries, one more where there are questions.

    A corrected update keeps the assured rating given before; the newest counts.
    """
    updates = [each.update_id for each in sent]
    declared = Q(kind=Rating.Kind.DECLARED, revision__in=[each.revision_id for each in sent])
    assured = Q(kind=Rating.Kind.ASSURED, revision__update__in=updates, at__lte=at)
    ratings = Rating.objects.filter(declared | assured).select_related(
        "revision", "path_owner__merged_into", "by__person"
    )
    found: dict[str, dict[int, Rating]] = {kind.value: {} for kind in Rating.Kind}
    for row in ratings.order_by("at", "pk"):
        if row.revision:
            key = row.revision_id if row.kind == Rating.Kind.DECLARED else row.revision.update_id
            found[row.kind][key or 0] = row
    questions: dict[int, list[RatingQuestion]] = defaultdict(list)
    for question in RatingQuestion.objects.filter(revision__update__in=updates, at__lte=at).in_full():
        questions[question.revision.update_id].append(question)
    return Opinions(found[Rating.Kind.DECLARED.value], found[Rating.Kind.ASSURED.value], questions)


def closed_between(rows: Iterable[Workstream], since: date, until: date) -> list[Workstream]:
    """Workstreams that closed to business as usual after `since` and no later than `until`, in the order they did."""
    done = WorkstreamStatus.Status.COMPLETED
    closed = [row for row in rows if row.status_now == done and row.status_since and since < row.status_since <= until]
    return sorted(closed, key=lambda row: (row.status_since or since, row.name))


def a_day(day: date) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=LONDON) - timedelta(microseconds=1)
