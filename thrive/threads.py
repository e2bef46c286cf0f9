"""The golden thread, read both ways: gap, recommendation, workstream, milestone. Six queries for any number of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from programme.models import Programme
from programme.status import PlanState
from thrive import thread
from thrive.models import GapFinding, GapQuerySet, Recommendation, RecommendationQuerySet, RecommendationWork
from thrive.thread import Life, Piece
from workstreams.models import Workstream, WorkstreamStatus, statements_of
from workstreams.slippage import Standing, standing

Status = WorkstreamStatus.Status
RUNNING = {Status.PROPOSED, Status.CURRENT, Status.CLOSING}


@dataclass(frozen=True)
class Work:
    """A workstream and its milestone, as they stand for a recommendation."""

    named: RecommendationWork
    is_running: bool
    standing: Standing | None

    @property
    def workstream(self) -> Workstream:
        """The workstream."""
        return self.named.workstream

    @property
    def piece(self) -> Piece:
        """What the rule looks at."""
        return Piece(self.is_running, self.standing.state if self.standing else None)

    @property
    def when(self) -> str:
        """The milestone's date in words."""
        return self.standing.when.display() if self.standing and self.standing.when else "No date"

    @property
    def end(self) -> date | None:
        """The last day of the milestone's window."""
        return self.standing.when.end if self.standing and self.standing.when else None


@dataclass(frozen=True)
class Thread:
    """A recommendation with the gaps it would fill, the work that is to bring it about, and how it stands."""

    recommendation: Recommendation
    gaps: tuple[GapFinding, ...]
    works: tuple[Work, ...]
    life: Life

    @property
    def why(self) -> str:
        """How it stands, as a sentence."""
        return thread.why(self.life)


def threads(recommendations: RecommendationQuerySet, day: date) -> list[Thread]:
    """Recommendations with all that hangs on them, in the order given."""
    works = RecommendationWork.objects.select_related("workstream__programme", "milestone")
    found = list(
        recommendations.select_related("place", "owner__merged_into", "decided_by__person", "closed_by__person")
        .prefetch_related(
            Prefetch("works", works.prefetch_related("milestone__dates")),
            Prefetch("gaps", GapFinding.objects.select_related("place")),
        )
        .distinct()
    )
    keys = {work.workstream_id for each in found for work in each.works.all()}
    stand = {each.pk: each.status_now for each in Workstream.objects.filter(pk__in=keys).with_status(day)}
    return [_thread(each, stand, day) for each in found]


def _thread(recommendation: Recommendation, stand: dict[int, str | None], day: date) -> Thread:
    works = tuple(
        Work(
            named,
            named.workstream.merged_into_id is None and (stand.get(named.workstream_id) or Status.PROPOSED) in RUNNING,
            standing(statements_of(named.milestone), day) if named.milestone else None,
        )
        for named in recommendation.works.all()
    )
    life = thread.life_of(
        recommendation.decision, [work.piece for work in works], is_closed=recommendation.closed_on is not None
    )
    return Thread(recommendation, tuple(recommendation.gaps.all()), works, life)


def of_workstream(workstream: Workstream, day: date) -> list[Thread]:
    """What a workstream is to bring about."""
    return threads(Recommendation.objects.filter(works__workstream=workstream), day)


@dataclass(frozen=True)
class Planned:
    """A milestone in the delivery plan, with what it brings about."""

    work: Work
    thread: Thread


def delivery_plan(found: Iterable[Thread], day: date) -> list[tuple[str, list[Planned]]]:
    """The next eight quarters, each with its milestones; what is overdue before, what has no date after."""
    ahead = thread.quarters(day)
    headings = [thread.BEFORE, *(quarter.words for quarter in ahead), thread.AFTER, thread.UNDATED, thread.FINISHED]
    plan: dict[str, list[Planned]] = {heading: [] for heading in headings}
    for each in found:
        for work in each.works:
            if work.standing and work.standing.state is not PlanState.DROPPED:
                plan[thread.heading_of(work.standing.state, work.end, ahead)].append(Planned(work, each))
    for rows in plan.values():
        rows.sort(key=lambda row: (row.work.end or date.max, row.work.named.pk))
    always = {quarter.words for quarter in ahead}
    return [(heading, rows) for heading, rows in plan.items() if rows or heading in always]


@dataclass(frozen=True)
class Gaps:
    """Gaps with a sentence over all of them."""

    rows: tuple[GapFinding, ...]
    unanswered: frozenset[int]
    sentence: str


def gaps_told(gaps: GapQuerySet, answered: Sequence[Thread]) -> Gaps:
    """Gaps, and which of the accepted ones nothing accepted answers."""
    rows = tuple(gaps.select_related("place", "target"))
    answering = {gap.pk for each in answered if _counts(each.life) for gap in each.gaps}
    unanswered = frozenset(row.pk for row in rows if row.state == thread.KEPT and row.pk not in answering)
    return Gaps(rows, unanswered, thread.gaps_sentence([row.state for row in rows], len(unanswered)))


def _counts(life: Life) -> bool:
    return life not in {Life.UNDECIDED, Life.DECLINED}


def of_programme(programme: Programme, day: date) -> tuple[Gaps, list[Thread]]:
    """Every gap and every recommendation of the places where a programme works."""
    found = threads(Recommendation.objects.all().of_programme(programme), day)
    return gaps_told(GapFinding.objects.all().of_programme(programme), found), found


def sentence_of(programme: Programme, day: date) -> str:
    """One sentence for the dashboard; empty where nothing has been recorded."""
    gaps, found = of_programme(programme, day)
    said = [gaps.sentence] if gaps.rows else []
    return " ".join([*said, *filter(None, [thread.check_sentence(each.life for each in found)])])
