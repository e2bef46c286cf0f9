"""Adding milestones and stating their dates. A date is never changed: a new statement is added, with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from programme.clock import LONDON, now
from programme.dates import FuzzyDate
from programme.history import recorded
from programme.links import checked_link
from programme.models import ImportBatch, Person, Place, User
from programme.refusals import Refused, Stale
from workstreams.models import Milestone, MilestoneDate, Phase, PhaseDate, Pilot, Workstream

Statement = MilestoneDate.Statement


@transaction.atomic
def add_phase(
    *,
    workstream: Workstream,
    name: str,
    order: int,
    by: User | None,
    window: FuzzyDate | None = None,
    at: datetime | None = None,
    batch: ImportBatch | None = None,
    source_line: int | None = None,
) -> Phase:
    """Add a phase of the plan, with its window where one is stated."""
    moment = at or now()
    with recorded(by=by, action="Added a phase", at=moment):
        phase = Phase.objects.create(
            workstream=workstream, name=name, order=order, batch=batch, source_line=source_line
        )
        if window is not None:
            PhaseDate.objects.create(
                phase=phase, statement=Statement.FORECAST, by=by, at=moment, batch=batch, source_line=source_line,
                **columns(window),
            )  # fmt: skip
    return phase


@transaction.atomic
def add(
    *,
    workstream: Workstream,
    title: str,
    by: User | None,
    when: FuzzyDate | None = None,
    phase: Phase | None = None,
    owner: Person | None = None,
    is_critical: bool = False,
    at: datetime | None = None,
    tense: str = "",
    done: bool = False,
    reason: str = "",
    aliases: Sequence[str] = (),
    places: Sequence[Place] = (),
    pilot: Pilot | None = None,
    pilot_step: str = "",
    batch: ImportBatch | None = None,
    source_line: int | None = None,
) -> Milestone:
    """Add a deliverable. Its first date is the baseline, except from an import, which never invents one.

    `done` says that `when` is the date it was done. Raises Refused where that is still ahead.
    """
    moment = at or now()
    if done and (when is None or not when.has_window or _begins_after(when, moment.astimezone(LONDON).date())):
        raise Refused("A milestone can only be done today or earlier.")
    with recorded(by=by, action="Added the milestone", at=moment):
        milestone = Milestone.objects.create(
            workstream=workstream,
            title=title,
            phase=phase,
            owner=owner,
            is_critical=is_critical,
            tense=tense,
            aliases=list(aliases),
            pilot=pilot,
            pilot_step=pilot_step,
            batch=batch,
            source_line=source_line,
        )
        if places:
            milestone.places.set(places)
        if when is not None:
            planned = Statement.FORECAST if batch else Statement.BASELINE
            statement = Statement.ACTUAL if done else planned
            state(milestone, statement, when, by=by, at=moment, reason=reason, batch=batch, source_line=source_line)
    return milestone


@dataclass(frozen=True)
class Details:
    """What a milestone is, apart from its dates."""

    title: str
    phase: Phase | None
    owner: Person | None
    is_critical: bool
    evidence_url: str = ""
    evidence_label: str = ""
    places: Sequence[Place] | None = None  # None leaves them as they are


@transaction.atomic
def edit(*, milestone: Milestone, details: Details, version: int, by: User | None) -> Milestone:
    """Change what a milestone is, apart from its dates. Raises Stale, or Refused where the link cannot be kept."""
    current = locked(milestone, version)
    try:
        link = checked_link(details.evidence_url)
    except ValueError as error:
        raise Refused(f"{error}.") from error
    with recorded(by=by, action="Changed the milestone"):
        current.title, current.phase, current.owner = details.title, details.phase, details.owner
        current.is_critical = details.is_critical
        current.evidence_url, current.evidence_label = link, details.evidence_label.strip() if link else ""
        current.version += 1
        current.save()
        if details.places is not None:
            current.places.set(details.places)
    return current


@transaction.atomic
def say(
    *,
    milestone: Milestone,
    when: FuzzyDate,
    reason: str,
    at: datetime,
    by: User | None,
    batch: ImportBatch,
    source_line: int,
    done: bool = False,
) -> MilestoneDate:
    """Add what an imported page said of a milestone's date in a month gone by, where that falls in the order of time.

    What a page said never counts against a baseline set later, and says nothing new where the dates around it in time
    are the same: then, and where the milestone is done, it raises Refused.
    """
    current = Milestone.objects.select_for_update().get(pk=milestone.pk)
    stated = list(current.dates.order_by("at", "pk"))
    if any(each.statement == Statement.ACTUAL and (done or each.at <= at) for each in stated):
        raise Refused("it is recorded as done")
    if done and (not when.has_window or _begins_after(when, at.astimezone(LONDON).date())):
        raise Refused("that is still to come, so it cannot be done")
    if not done:
        _refuse_unless_moved(stated, when, at)
    with recorded(by=by, action="Took over a date that a page stated", reason=reason, at=at):
        statement = Statement.ACTUAL if done else Statement.FORECAST
        made = state(current, statement, when, by=by, at=at, reason=reason, batch=batch, source_line=source_line)
        current.version += 1
        if done:
            current.tense = ""
        current.save()
    return made


def _refuse_unless_moved(stated: list[MilestoneDate], when: FuzzyDate, at: datetime) -> None:
    if any(each.statement == Statement.BASELINE and each.at >= at for each in stated):
        raise Refused("its baseline was set later")
    before = [each for each in stated if each.at <= at][-1:]
    after = [each for each in stated if each.at > at][:1]
    if any((each.start, each.end) == (when.start, when.end) for each in (*before, *after)):
        raise Refused("it says the same date again")


@transaction.atomic
def move(
    *, milestone: Milestone, when: FuzzyDate, reason: str, version: int, by: User | None, at: datetime | None = None
) -> MilestoneDate:
    """State a new forecast, with the reason. Raises Stale or Refused; the baseline stays as it is."""
    current = locked(milestone, version)
    if current.dates.filter(statement=Statement.ACTUAL).exists():
        raise Refused("This milestone is done. Its date can no longer move.")
    if not reason.strip():
        raise Refused("Say why the date changes.")
    moment = at or now()
    with recorded(by=by, action="Moved the milestone", reason=reason, at=moment):
        stated = state(current, Statement.FORECAST, when, by=by, at=moment, reason=reason)
        confirmed(current)
    return stated


@transaction.atomic
def complete(
    *, milestone: Milestone, when: FuzzyDate, version: int, by: User | None, at: datetime | None = None, note: str = ""
) -> MilestoneDate:
    """Record when a milestone was done. Not in the future, and only once."""
    current = locked(milestone, version)
    moment = at or now()
    if current.dates.filter(statement=Statement.ACTUAL).exists():
        raise Refused("This milestone has already been recorded as done.")
    if _begins_after(when, moment.astimezone(LONDON).date()):
        raise Refused("A milestone can only be done today or earlier.")
    with recorded(by=by, action="Recorded the milestone as done", reason=note, at=moment):
        stated = state(current, Statement.ACTUAL, when, by=by, at=moment, reason=note)
        confirmed(current)
    return stated


def _begins_after(when: FuzzyDate, day: date) -> bool:
    return when.start is not None and when.start > day


def locked(milestone: Milestone, version: int) -> Milestone:
    """The milestone as it is stored, held until the transaction ends. Raises Stale where it is not the version seen."""
    current = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if current.version != version:
        raise Stale(current)
    return current


def confirmed(milestone: Milestone) -> None:
    """A person has spoken of its date: what the source's tense suggested no longer counts, and it is taken up again."""
    milestone.tense, milestone.dropped_on, milestone.dropped_why = "", None, ""
    milestone.version += 1
    milestone.save()


def columns(when: FuzzyDate) -> dict[str, Any]:
    """A date as the columns of a StatedDate."""
    return {
        "words": when.text,
        "start": when.start,
        "end": when.end,
        "precision": when.precision.value,
        "ambiguous": when.ambiguous,
        "basis": when.basis,
    }


def state(
    milestone: Milestone,
    statement: str,
    when: FuzzyDate,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    batch: ImportBatch | None = None,
    source_line: int | None = None,
) -> MilestoneDate:
    """Append a statement. The callers above and in baselines.py say when that may be done."""
    return MilestoneDate.objects.create(
        milestone=milestone,
        statement=statement,
        by=by,
        at=at,
        reason=reason,
        batch=batch,
        source_line=source_line,
        **columns(when),
    )
