"""What the rules of rag.py say of every workstream of a programme, from what was gathered of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programme.calendar import working_days_after
from programme.clock import LONDON
from programme.dates import day_words, month_words
from programme.models import Programme
from programme.status import PlanState
from workstreams import rag
from workstreams.gathering import Gathered, Planned, Sent, prepared
from workstreams.models import Issue, Workstream, WorkstreamStatus

Status = WorkstreamStatus.Status
REPORTING = frozenset({Status.CURRENT.value, Status.CLOSING.value})


def derived_ratings(
    programme: Programme, at: datetime, *, only: Iterable[Workstream] | None = None
) -> dict[int, rag.Derived]:
    """What the rules said at a moment, by workstream: of the whole programme, or of some of its workstreams."""
    return derived_of(gathered(programme, at, only))


def gathered(programme: Programme, at: datetime, only: Iterable[Workstream] | None = None) -> Gathered:
    """The facts of a programme at a moment, or those of some of its workstreams that stand."""
    if only is None:
        return Gathered(programme, at)
    rows = Workstream.objects.filter(pk__in=[each.pk for each in only], merged_into=None)
    return Gathered(programme, at, rows=list(prepared(rows, at)))


def derived_of(known: Gathered) -> dict[int, rag.Derived]:
    """What the rules say of these facts, by workstream."""
    limits = known.rules.numbers
    return {key: rag.derive(facts, limits) for key, facts in facts_of(known).items()}


def facts_of(known: Gathered) -> dict[int, rag.Facts]:
    """The facts as the rules want them, by workstream."""
    plans, undated = _milestones(known)
    asks, issues, risks = _asks(known), _issues(known), _risks(known)
    return {
        row.pk: rag.Facts(
            milestones=plans.get(row.pk, [] if row.has_plan else None),
            asks=asks[row.pk],
            issues=issues.get(row.pk),
            risks=risks.get(row.pk),
            undated_milestones=undated[row.pk],
            last_known=_last_known(known.rated.get(row.pk), known.day),
            is_closed=row.status_now == Status.COMPLETED,
            update=(told := _update(row, known)).state,
            month_words=told.month_words,
            due_words=told.due_words,
        )
        for row in known.rows
    }


@dataclass(frozen=True)
class _Update:
    """Whether the update of the last due month is in, of which month the newest is, and when it was due."""

    state: rag.UpdateIn
    month_words: str
    due_words: str


def _update(row: Workstream, known: Gathered) -> _Update:
    due, newest = known.last_due, known.newest.get(row.pk)
    is_in = newest is not None and due is not None and newest.month >= due.month
    expected = (row.status_now or Status.PROPOSED.value) in REPORTING and due is not None
    month = newest.month if is_in and newest else due.month if due else None
    return _Update(
        rag.UpdateIn.IN if is_in else rag.UpdateIn.MISSING if expected else rag.UpdateIn.NOT_EXPECTED,
        month_words(month) if month else "",
        day_words(due.due_on) if due else "",
    )


def _last_known(rated: Sent | None, day: date) -> rag.LastKnown | None:
    if rated is None or rated.declared_at is None:
        return None
    given_on = rated.declared_at.astimezone(LONDON).date()
    return rag.LastKnown(rated.rag, month_words(rated.month), (day - given_on).days)


def _milestones(known: Gathered) -> tuple[Mapping[int, Sequence[rag.MilestoneFact]], Mapping[int, int]]:
    """Those nobody had called done, by workstream; and how many of them have no date."""
    plans: dict[int, list[rag.MilestoneFact]] = defaultdict(list)
    undated: dict[int, int] = defaultdict(int)
    for each in known.unfinished:
        undated[each.workstream_id] += each.standing.state is PlanState.UNDATED
        plans[each.workstream_id].append(_milestone(each))
    return plans, undated


def _milestone(each: Planned) -> rag.MilestoneFact:
    stands = each.standing
    return rag.MilestoneFact(each.title, each.is_critical, stands.days_overdue, each.statements.slip_days, stands.moves)


def _asks(known: Gathered) -> Mapping[int, list[rag.AskFact]]:
    """Those marked blocking that wait for an answer wanted by a day."""
    found: dict[int, list[rag.AskFact]] = defaultdict(list)
    for row in known.asks:
        if row.is_blocking and row.wanted_by:
            found[row.stands].append(rag.AskFact(row.text, working_days_after(row.wanted_by, known.day)))
    return found


def _issues(known: Gathered) -> Mapping[int, list[rag.IssueFact]]:
    """Open ones, for every workstream that has ever recorded an issue."""
    found: dict[int, list[rag.IssueFact]] = defaultdict(list)
    for row in known.issues:
        kept = found[row.stands]
        if row.closed_on is None or row.closed_on > known.day:
            kept.append(rag.IssueFact(row.text, is_high=row.severity_then == Issue.Severity.HIGH))
    return found


def _risks(known: Gathered) -> Mapping[int, list[rag.RiskFact]]:
    """Open ones, for every workstream that has ever recorded a risk."""
    found: dict[int, list[rag.RiskFact]] = defaultdict(list)
    for row in known.risks:
        kept = found[row.stands]
        if row.closed_on is None or row.closed_on > known.day:
            kept.append(rag.RiskFact(row.text, row.score_then, row.has_action))
    return found
