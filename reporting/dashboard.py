"""The picture of a programme on a day: one read model for the dashboard and the snapshot.

A fixed number of queries whatever the number of workstreams. Nothing here is stored, except inside a snapshot.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from programme.clock import LONDON
from programme.dates import day_words, month_words
from programme.models import Programme, ReportingPeriod
from programme.periods import Arrival, add_months, last_months
from programme.status import Change, PlanState, Rag, change_between, count_ratings
from programme.wording import counted
from reporting import sentences
from reporting.opinions import AskedOfSlt, Opinions, asked_of_slt, opinion_of
from workstreams.gathering import Gathered, Planned, a_day
from workstreams.models import MonthlyUpdate, Rating, UpdateRevision, Workstream, WorkstreamStatus
from workstreams.ratings import ThreeRatings
from workstreams.slippage import DUE_SOON_DAYS, Standing
from workstreams.teams import ProgrammeTeams, teams_of

STRIP_MONTHS = 6
Status = WorkstreamStatus.Status
REPORTING = frozenset({Status.CURRENT.value, Status.CLOSING.value})


class UpdateState(StrEnum):
    """Where a workstream's update for the month stands."""

    SENT = "sent"
    SENT_LATE = "sent_late"
    NO_CHANGE = "no_change"
    NOT_DUE = "not_due"
    LATE = "late"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True)
class SentUpdate:
    """A sent update as the picture needs it."""

    month: date
    at: datetime
    by_name: str
    revision_id: int
    rating: Rag
    reason: str
    carries_id: int | None = None

    @property
    def words_id(self) -> int:
        """The revision whose words stand: an update without a change carries those of an earlier one."""
        return self.carries_id or self.revision_id


@dataclass(frozen=True)
class StripCell:
    """One month of a strip."""

    month: date
    label: str
    rating: Rag


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone with its standing, and where it belongs."""

    pk: int
    title: str
    workstream: str
    workstream_slug: str
    is_critical: bool
    standing: Standing

    @property
    def when_words(self) -> str:
        """The date that counts, in words."""
        return self.standing.when.display() if self.standing.when else "No date"


@dataclass(frozen=True)
class WorkstreamLine:
    """A workstream as one row."""

    pk: int
    name: str
    slug: str
    parent: str
    status: str
    status_words: str
    leads: tuple[str, ...]
    rating: Rag
    rated_month: date | None
    previous: Rag | None
    reason: str
    change: Change
    strip: tuple[StripCell, ...]
    update_state: UpdateState
    update_words: str
    last_sent: SentUpdate | None
    next_milestone: str
    overdue: int
    opinions: Opinions | None = None

    @property
    def expects_update(self) -> bool:
        """Whether an update is owed."""
        return self.update_state is not UpdateState.NOT_NEEDED

    @property
    def is_in(self) -> bool:
        """Whether the month's update has been sent."""
        return self.update_state in {UpdateState.SENT, UpdateState.SENT_LATE, UpdateState.NO_CHANGE}


@dataclass(frozen=True)
class ProgrammePicture:
    """Everything the dashboard says."""

    month: date
    due_on: date
    lines: tuple[WorkstreamLine, ...]
    milestones_overdue: tuple[MilestoneLine, ...]
    milestones_next: tuple[MilestoneLine, ...]
    asks: tuple[AskedOfSlt, ...] = ()

    @property
    def month_words(self) -> str:
        """The month reported on, in words."""
        return month_words(self.month)

    @property
    def running(self) -> tuple[WorkstreamLine, ...]:
        """Workstreams that are not closed."""
        return tuple(line for line in self.lines if line.status in {*REPORTING, Status.PAUSED.value})

    @property
    def expected(self) -> tuple[WorkstreamLine, ...]:
        """Workstreams that owe an update for the month."""
        return tuple(line for line in self.lines if line.expects_update)

    @property
    def not_in(self) -> tuple[WorkstreamLine, ...]:
        """Workstreams whose update has not been sent."""
        return tuple(line for line in self.expected if not line.is_in)

    @property
    def counts(self) -> list[tuple[Rag, int]]:
        """Ratings of the workstreams that report, worst first."""
        return count_ratings(line.rating for line in self.expected)

    @property
    def worse(self) -> tuple[WorkstreamLine, ...]:
        """Workstreams whose rating fell since the month before."""
        return tuple(line for line in self.expected if line.change is Change.WORSE)

    @property
    def sentence(self) -> str:
        """Is the programme on track, and who is silent: the answer in words."""
        updates_in = len(self.expected) - len(self.not_in)
        parts = [
            sentences.on_track_sentence(self.counts),
            sentences.updates_sentence(updates_in, len(self.expected), self.month_words),
            sentences.overdue_sentence(len(self.milestones_overdue)),
            sentences.differing_sentence(len(self.differing)),
        ]
        return " ".join(part for part in parts if part)

    @property
    def differing(self) -> tuple[WorkstreamLine, ...]:
        """Workstreams whose lead says better than the rules or the assurance reviewer."""
        return tuple(line for line in self.expected if line.opinions and line.opinions.lead_is_brighter)

    @property
    def worse_sentence(self) -> str:
        """What got worse, in words, or an empty text."""
        return sentences.worse_sentence([line.name for line in self.worse])


def picture(
    programme: Programme,
    period: ReportingPeriod,
    today: date,
    *,
    newest: bool = True,
    known: Gathered | None = None,
    teams: ProgrammeTeams | None = None,
) -> ProgrammePicture:
    """The programme as it stands on `today`, reporting on `period`.

    With `newest`, an update already sent for a later month is shown too (the dashboard); without it the picture is
    that of the period alone (the snapshot). What a page has read for itself comes as `known` and `teams`.
    """
    known = known or Gathered(programme, a_day(today))
    leads = (teams or teams_of(programme, today)).leads()
    months = last_months(period.month, STRIP_MONTHS + 1)
    updates = _sent_updates(programme, months[0], None if newest else period.month)
    attention, upcoming = _milestones_on_show(known)
    overdue: dict[str, int] = defaultdict(int)
    for line in attention:
        overdue[line.workstream_slug] += line.standing.state is PlanState.OVERDUE
    lines = tuple(
        _line(
            row,
            period,
            today,
            updates[row.pk],
            tuple(leads.get(row.pk, ())),
            upcoming.get(row.pk, ""),
            overdue[row.slug],
        )
        for row in known.rows
    )
    return ProgrammePicture(
        month=period.month,
        due_on=period.due_on,
        lines=worst_first(lines),
        milestones_overdue=tuple(m for m in attention if m.standing.state is PlanState.OVERDUE),
        milestones_next=tuple(m for m in attention if m.standing.state is PlanState.DUE_SOON),
    )


def with_opinions(seen: ProgrammePicture, known: Gathered, three: Mapping[int, ThreeRatings]) -> ProgrammePicture:
    """The picture with what the rules and the reviewer say beside each lead, and what is asked of SLT."""
    return replace(
        seen,
        lines=tuple(replace(line, opinions=opinion_of(three[line.pk])) for line in seen.lines),
        asks=asked_of_slt(known),
    )


def worst_first(lines: Sequence[WorkstreamLine]) -> tuple[WorkstreamLine, ...]:
    """Worst rating first, then most milestones overdue, then by name."""
    return tuple(sorted(lines, key=lambda line: (line.rating.severity, -line.overdue, line.name)))


def _sent_updates(programme: Programme, first: date, last: date | None) -> Mapping[int, dict[date, SentUpdate]]:
    """Sent updates by workstream and month, in one query; what merged duplicates told fills the months left open."""
    sent = MonthlyUpdate.objects.filter(workstream__programme=programme, period__month__gte=first).sent()
    if last:
        sent = sent.filter(period__month__lte=last)
    # A correction changes what is read, not when and by whom the month was reported.
    reported = UpdateRevision.objects.filter(update=OuterRef("pk"), kind=UpdateRevision.Kind.ORDINARY)
    revision = reported.order_by("-number")
    rating = Rating.objects.filter(revision=OuterRef("sent_revision"), kind=Rating.Kind.DECLARED)
    rows = sent.annotate(
        sent_at=Subquery(revision.values("at")[:1]),
        sent_by=Subquery(revision.values("by_name")[:1]),
        declared=Subquery(rating.values("rating")[:1]),
        why=Subquery(rating.values("reason")[:1]),
        stands=Coalesce("workstream__merged_into", "workstream"),
    ).values_list(
        "stands", "period__month", "sent_at", "sent_by", "sent_revision", "carried", "declared", "why"
    ).order_by(F("workstream__merged_into").asc(nulls_last=True))  # fmt: skip
    found: dict[int, dict[date, SentUpdate]] = defaultdict(dict)
    for workstream, month, at, by_name, revision_id, carried, declared, why in rows:
        rag = Rag(declared) if declared else Rag.NOT_RATED
        found[workstream][month] = SentUpdate(month, at, by_name, revision_id, rag, why or "", carried)
    return found


def milestone_line(milestone: Planned, workstream: Workstream) -> MilestoneLine:
    """A milestone as a line."""
    return MilestoneLine(
        pk=milestone.pk,
        title=milestone.title,
        workstream=workstream.name,
        workstream_slug=workstream.slug,
        is_critical=milestone.is_critical,
        standing=milestone.standing,
    )


def _milestones_on_show(known: Gathered) -> tuple[list[MilestoneLine], dict[int, str]]:
    """Milestones overdue or due within 30 days, longest overdue first; and each workstream's next one in words."""
    soon = known.day + timedelta(days=DUE_SOON_DAYS)
    planned = [(each.planned_end, each.pk, each) for each in known.unfinished if each.planned_end]
    attention: list[MilestoneLine] = []
    following: dict[int, str] = {}
    for end, _, each in sorted(planned, key=lambda one: one[:2]):
        line = milestone_line(each, known.by_key[each.workstream_id])
        if end <= soon:
            attention.append(line)
        if end >= known.day:
            following.setdefault(each.workstream_id, f"{each.title}: {line.when_words}")
    return attention, following


def _line(  # noqa: PLR0917 - the pieces of one row
    row: Workstream,
    period: ReportingPeriod,
    today: date,
    updates: Mapping[date, SentUpdate],
    leads: tuple[str, ...],
    next_milestone: str,
    overdue: int,
) -> WorkstreamLine:
    status = row.status_now or Status.PROPOSED.value
    state, words = _update_state(status, period, updates.get(period.month), updates, today)
    newest = max((month for month in updates if month >= period.month), default=None)
    rating = _rating(status, updates[newest] if newest else None, state)
    before = updates.get(add_months(newest or period.month, -1))
    return WorkstreamLine(
        pk=row.pk,
        name=row.name,
        slug=row.slug,
        parent=row.parent.name if row.parent else "",
        status=status,
        status_words=str(Status(status).label),
        leads=leads,
        rating=rating,
        rated_month=newest,
        previous=before.rating if before else None,
        reason=updates[newest].reason if newest else "",
        change=change_between(before.rating if before else None, rating) if newest else Change.UNKNOWN,
        strip=_strip(period.month, updates),
        update_state=state,
        update_words=words,
        last_sent=updates[max(updates)] if updates else None,
        next_milestone=next_milestone,
        overdue=overdue,
    )


def _rating(status: str, newest: SentUpdate | None, state: UpdateState) -> Rag:
    if status == Status.COMPLETED:
        return Rag.COMPLETE
    if newest:
        return newest.rating
    return Rag.NOT_REPORTED if state is UpdateState.LATE else Rag.NOT_RATED


def _strip(month: date, updates: Mapping[date, SentUpdate]) -> tuple[StripCell, ...]:
    return tuple(
        StripCell(m, month_words(m), updates[m].rating if m in updates else Rag.NOT_REPORTED)
        for m in last_months(month, STRIP_MONTHS)
    )


def _update_state(
    status: str, period: ReportingPeriod, sent: SentUpdate | None, updates: Mapping[date, SentUpdate], today: date
) -> tuple[UpdateState, str]:
    """Where the month's update stands, with words that give a day."""
    if sent:
        return _sent_state(sent, period)
    if status not in REPORTING:
        return UpdateState.NOT_NEEDED, "Not needed"
    if today <= period.due_on:
        return UpdateState.NOT_DUE, f"Due {day_words(period.due_on)}"
    late = counted((today - period.due_on).days, "day")
    return UpdateState.LATE, f"{late} late{_silence(period.month, [m for m in updates if m < period.month])}"


def _sent_state(sent: SentUpdate, period: ReportingPeriod) -> tuple[UpdateState, str]:
    sent_on = sent.at.astimezone(LONDON).date()
    arrival = Arrival(sent_on, period.days, _closed_on(period))
    if sent.carries_id:
        mark = f" ({arrival.mark})" if arrival.mark else ""
        return UpdateState.NO_CHANGE, f"No change, checked {day_words(sent_on)}{mark}"
    return (UpdateState.SENT_LATE if arrival.days_late else UpdateState.SENT), arrival.words


def _closed_on(period: ReportingPeriod) -> date | None:
    return period.closed_at.astimezone(LONDON).date() if period.closed_at else None


def _silence(month: date, reported: Sequence[date]) -> str:
    """Since when nothing was heard, where that is longer than this month."""
    if not reported:
        return f". Silent for {STRIP_MONTHS} months or more"
    last = max(reported)
    return f". Silent since {month_words(last)}" if last < add_months(month, -1) else ""
