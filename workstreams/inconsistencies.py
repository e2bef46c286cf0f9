"""What does not fit together in a programme, gathered in a fixed number of queries. The rules are in inconsistency.py.

`inconsistencies_of` is the one function other parts of the product call.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from programme.clock import now
from programme.models import Programme
from programme.periods import add_months
from programme.status import PlanState, Rag
from workstreams.closing import Check, Held, checks
from workstreams.closings import CLOSED
from workstreams.derived import REPORTING
from workstreams.gathering import Gathered
from workstreams.inconsistency import Declared, Facts, Kind, Planned, Wanted, found
from workstreams.models import (
    ClosingStep,
    GateCondition,
    Milestone,
    MilestoneDate,
    MonthlyUpdate,
    Objective,
    Rating,
    SustainmentAnswer,
    UpdateItem,
    Voice,
    Workstream,
    statements_of,
)
from workstreams.models.closing import closing_day
from workstreams.objectives import Said
from workstreams.sections import Section
from workstreams.slippage import is_after_closure, standing

MONTHS_BACK = 12
# Pages that are not under a workstream's address: always, and where something is said of the whole programme.
NEVER_UNDER_ONE = frozenset({"ask", "gate"})
OF_PROGRAMME = {"workstream-voices": "voices"}


@dataclass(frozen=True)
class Inconsistency:
    """One thing that does not fit together, where, why, and the address where it can be put right."""

    kind: Kind
    workstream: str
    slug: str
    sentence: str
    fix: str
    href: str


@dataclass
class _Known:
    """What is known of one workstream, or of the programme as a whole, while it is gathered."""

    status: str = ""
    closed_on: date | None = None
    declared: Declared | None = None
    milestones: list[Planned] = field(default_factory=list)
    asks: list[Wanted] = field(default_factory=list)
    conditions: list[Wanted] = field(default_factory=list)
    objectives: list[tuple[int, str]] = field(default_factory=list)
    updates: list[Said] = field(default_factory=list)
    voices_overdue: int = 0
    checks: tuple[Check, ...] = ()

    def facts(self, today: date) -> Facts:
        """As the rules take it."""
        return Facts(
            today=today,
            is_running=self.status in REPORTING,
            closed_on=self.closed_on,
            declared=self.declared,
            milestones=self.milestones,
            asks=self.asks,
            conditions=self.conditions,
            objectives=self.objectives,
            updates=self.updates,
            voices_overdue=self.voices_overdue,
            checks=self.checks,
        )


def inconsistencies_of(programme: Programme, at: datetime | None = None) -> tuple[Inconsistency, ...]:
    """Everything that does not fit together in a programme now, the most pressing kinds first."""
    gathered = Gathered(programme, at or now())
    today, rows = gathered.day, gathered.by_key
    known: dict[int | None, _Known] = {key: _known(row) for key, row in rows.items()} | {None: _Known()}
    _add_milestones(known, today)
    _add_declared(gathered, known)
    for ask in gathered.asks:
        known[ask.stands].asks.append(Wanted(ask.pk, ask.text, ask.wanted_by))
    _add_conditions(programme, known, today)
    _add_objectives(known)
    _add_updates(programme, known, today)
    _add_voices(programme, known, today)
    _add_checks(programme, known, today)
    out = [each for key, one in known.items() for each in _told(programme, rows.get(key) if key else None, one, today)]
    order = list(Kind)
    return tuple(sorted(out, key=lambda each: (order.index(each.kind), each.workstream.casefold())))


def _known(row: Workstream) -> _Known:
    status = row.status_now or ""
    return _Known(status=status, closed_on=row.status_since if status in CLOSED else None)


def _told(programme: Programme, row: Workstream | None, one: _Known, today: date) -> list[Inconsistency]:
    return [
        Inconsistency(
            kind=each.kind,
            workstream=row.name if row else "",
            slug=row.slug if row else "",
            sentence=each.sentence,
            fix=each.fix,
            href=_address(programme, row, each.page, each.key),
        )
        for each in found(one.facts(today))
    ]


def _address(programme: Programme, row: Workstream | None, page: str, key: int | None) -> str:
    keys = [] if key is None else [key]
    if page in NEVER_UNDER_ONE or row is None:
        return reverse(OF_PROGRAMME.get(page, page), args=[programme.slug, *keys])
    return reverse(page, args=[programme.slug, row.slug, *keys])


def _add_milestones(known: Mapping[int | None, _Known], today: date) -> None:
    rows = Milestone.objects.filter(workstream__in=[key for key in known if key]).order_by("pk").with_dates()
    for row in rows:
        one, stands = known[row.workstream_id], standing(statements_of(row), today)
        actual = [each for each in row.dates.all() if each.statement == MilestoneDate.Statement.ACTUAL]
        one.milestones.append(
            Planned(
                key=row.pk,
                title=row.title,
                moves=stands.moves,
                is_open=not stands.state.is_finished,
                # What an imported page said of the past has no link by its nature.
                recorded_as_done=stands.state is PlanState.DONE and not any(each.batch_id for each in actual),
                has_evidence=bool(row.evidence_url),
                lies_after_closing=is_after_closure(stands.when, one.closed_on),
            )
        )


def _add_declared(gathered: Gathered, known: Mapping[int | None, _Known]) -> None:
    keys = [sent.revision_id for sent in gathered.newest.values()]
    given = {row.revision_id: row for row in Rating.objects.filter(revision__in=keys, kind=Rating.Kind.DECLARED)}
    for key, sent in gathered.newest.items():
        rating = given.get(sent.revision_id)
        if rating:
            known[key].declared = Declared(Rag(rating.rating), sent.month, bool(rating.path_action), rating.path_by)


def _add_conditions(programme: Programme, known: Mapping[int | None, _Known], today: date) -> None:
    """Overdue ones; each is closed on the page of its gate."""
    for row in GateCondition.objects.of_programme(programme).overdue(today):
        about = row.gate.workstream
        known[about.survivor.pk if about else None].conditions.append(Wanted(row.gate_id, row.text, row.due_on))


def _add_objectives(known: Mapping[int | None, _Known]) -> None:
    rows = Objective.objects.filter(workstream__in=[key for key in known if key], ended_on=None)
    for row in rows.order_by("workstream", "number"):
        known[row.workstream_id].objectives.append((row.number, row.text))


def _add_updates(programme: Programme, known: Mapping[int | None, _Known], today: date) -> None:
    """What the updates of a year said, the newest first; those of merged duplicates among them."""
    since = add_months(today.replace(day=1), -MONTHS_BACK)
    sent = MonthlyUpdate.objects.filter(workstream__programme=programme, period__month__gte=since).sent()
    rows = sent.annotate(stands=Coalesce("workstream__merged_into", "workstream")).order_by("-period__month", "pk")
    told = [
        (stands, month, carried or revision)
        for stands, month, revision, carried in rows.values_list("stands", "period__month", "sent_revision", "carried")
    ]
    points: dict[int, list[tuple[str, str]]] = defaultdict(list)
    items = UpdateItem.objects.filter(revision__in={revision for _, _, revision in told}).order_by("revision", "order")
    for revision, section, text in items.values_list("revision", "section", "text"):
        points[revision].append((section, text))
    for stands, month, revision in told:
        every = points[revision]
        progress = tuple(text for section, text in every if section == Section.PROGRESS)
        known[stands].updates.append(Said(month, tuple(text for _, text in every), progress))


def _add_voices(programme: Programme, known: Mapping[int | None, _Known], today: date) -> None:
    waiting = Voice.objects.filter(programme=programme).overdue(today)
    for stands in waiting.values_list(Coalesce("workstream__merged_into", "workstream"), flat=True):
        known[stands].voices_overdue += 1


def _add_checks(programme: Programme, known: Mapping[int | None, _Known], today: date) -> None:
    """Of what closed by a pack and has not been opened again."""
    newest = ClosingStep.objects.filter(pack=OuterRef("pack")).order_by("-number")
    closings = ClosingStep.objects.filter(pack__workstream__programme=programme, kind=ClosingStep.Kind.AGREED)
    agreed = closings.annotate(newest=Subquery(newest.values("pk")[:1])).select_related("pack")
    standing_still = {step.pk: step for step in agreed if step.newest == step.pk}
    answers: dict[int, dict[int, Held]] = defaultdict(dict)
    for row in SustainmentAnswer.objects.filter(step__in=standing_still).order_by("number"):
        answers[row.step_id][row.months] = Held(row.held)
    for pk, step in standing_still.items():
        one = known.get(step.pack.workstream_id)
        if one is not None and one.closed_on is not None:
            one.checks = checks(closing_day(step), answers[pk], today)
