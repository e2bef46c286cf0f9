"""Closing a workstream: preparing its pack, deciding on it, looking back at 3, 6 and 12 months, opening it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from programme.clock import day_of, now
from programme.history import recorded
from programme.models import User
from programme.refusals import Refused, Stale
from workstreams import closings
from workstreams.actions import workstreams as work
from workstreams.closing import CHECK_MONTHS, Fate, Held, missing
from workstreams.models import (
    ClosingPack,
    ClosingStep,
    Milestone,
    MilestoneDate,
    MilestoneRehoming,
    SustainmentAnswer,
    Workstream,
    WorkstreamStatus,
)
from workstreams.models.closing import Content, closing_day

Kind = ClosingStep.Kind
Status = WorkstreamStatus.Status


@dataclass(frozen=True)
class PackWords:
    """What a pack says. `answers` holds what was said of each objective and unfinished milestone, by field."""

    why: str = ""
    closes_on: date | None = None
    owner: str = ""
    lessons: str = ""
    voices: str = ""
    successor: Workstream | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def save(
    *, workstream: Workstream, words: PackWords, version: int, by: User | None, at: datetime | None = None
) -> ClosingPack:
    """Keep the pack as far as it is. `version` is 0 where there was none. Raises Stale or Refused."""
    Workstream.objects.select_for_update(no_key=True).get(pk=workstream.pk)
    current = ClosingPack.objects.select_for_update().filter(workstream=workstream).first()
    if (current.version if current else 0) != version:
        raise Stale(current)
    pack = current or ClosingPack(workstream=workstream, version=0)
    _refuse_unless_preparing(pack, workstream, at)
    if words.successor and words.successor.pk == workstream.pk:
        raise Refused("A workstream cannot go on as itself.")
    pack.why, pack.closes_on, pack.owner = words.why, words.closes_on, words.owner
    pack.lessons, pack.voices, pack.successor = words.lessons, words.voices, words.successor
    pack.answers, pack.saved_by, pack.saved_at = dict(words.answers), by, at or now()
    pack.version += 1
    pack.save()
    return pack


def _refuse_unless_preparing(pack: ClosingPack, workstream: Workstream, at: datetime | None) -> None:
    state = _state(pack) if pack.pk else ""
    if state == Kind.SENT:
        raise Refused("The pack waits for the senior leadership team. Take it back before you change it.")
    if state == Kind.AGREED:
        raise Refused("The workstream has closed by this pack. It can no longer be changed.")
    day = day_of(at or now())
    status = Workstream.objects.with_status(day).get(pk=workstream.pk).status_now
    if status in closings.CLOSED:
        raise Refused("This workstream has closed already.")


def _state(pack: ClosingPack) -> str:
    newest = pack.steps.order_by("-number").first()
    return newest.kind if newest else ""


@transaction.atomic
def send(*, pack: ClosingPack, version: int, by: User, at: datetime | None = None) -> ClosingStep:
    """Send the pack to the senior leadership team. Raises Stale, or Refused where something is missing."""
    current = ClosingPack.objects.select_for_update().select_related("workstream").get(pk=pack.pk)
    if current.version != version:
        raise Stale(current)
    _refuse_unless_preparing(current, current.workstream, at)
    moment = at or now()
    said = closings.pack_said(current, day_of(moment))
    lacks = missing(said)
    if lacks:
        raise Refused(next(iter(lacks.values())))
    content = closings.frozen(current, said, day_of(moment))
    return _add(current, Kind.SENT, _count(current), by=by, at=moment, content=content)


@transaction.atomic
def take_back(*, pack: ClosingPack, number: int, by: User, at: datetime | None = None) -> ClosingStep:
    """Take a pack back before anybody has decided, to change it. Raises Stale or Refused."""
    return _add(_held(pack, Kind.SENT), Kind.TAKEN_BACK, number, by=by, at=at or now())


@transaction.atomic
def agree(*, pack: ClosingPack, number: int, sentence: str, by: User, at: datetime | None = None) -> ClosingStep:
    """Agree: the workstream closes on the day of the pack, or today where that has gone. Raises Stale or Refused.

    What is unfinished goes to other workstreams or is dropped, as the pack says; the successor follows on from it.
    """
    current, sent = _to_decide(pack, number, sentence, by)
    moment = at or now()
    content: Content = sent.content or {}
    closed_on = max(date.fromisoformat(content["closes_on"]), day_of(moment))
    workstream = current.workstream
    _refuse_where_the_plan_moved_on(workstream, content, closed_on)
    step = _add(current, Kind.AGREED, number, sentence, by=by, at=moment, content=content, closed_on=closed_on)
    with recorded(by=by, action="Agreed that the workstream closes", reason=sentence, at=moment):
        for told in content["milestones"]:
            _settle(told, workstream, by, moment)
        _follow_on(workstream, content)
    work.set_status(
        workstream=workstream, status=Status.COMPLETED, since=closed_on, reason=content["why"], by=by, at=moment
    )
    return step


def _refuse_where_the_plan_moved_on(workstream: Workstream, content: Content, day: date) -> None:
    """A milestone of which the pack says nothing has to be looked at by those who prepare it."""
    known = {told["id"] for told in content["milestones"]}
    new = [each.milestone.title for each in closings.unfinished_of(workstream, day) if each.milestone.pk not in known]
    if new:
        raise Refused(f"“{new[0]}” has been added to the plan since the pack was sent. Say ‘not yet’, and ask for it.")


def _settle(told: Mapping[str, Any], workstream: Workstream, by: User, moment: datetime) -> None:
    row = Milestone.objects.select_for_update().filter(pk=told["id"], workstream=workstream).first()
    if row is None or row.dates.filter(statement=MilestoneDate.Statement.ACTUAL).exists():
        return  # done since, or gone already
    if told["fate"] == Fate.DROP:
        row.dropped_on, row.dropped_why = day_of(moment), told["reason"]
    elif told["fate"] == Fate.MOVE:
        target = Workstream.objects.get(pk=told["to"]["id"]).survivor
        MilestoneRehoming.objects.create(
            milestone=row, source=workstream, target=target, reason=told["reason"], by=by, at=moment
        )
        # Phases and pilots belong to the workstream that has them.
        row.workstream, row.phase, row.pilot, row.pilot_step = target, None, None, ""
    else:
        return
    row.version += 1
    row.save()


def _follow_on(workstream: Workstream, content: Content) -> None:
    if content["successor"]:
        successor = Workstream.objects.select_for_update().get(pk=content["successor"]["id"])
        if successor.predecessor_id is None:
            successor.predecessor = workstream
            successor.save(update_fields=["predecessor"])


@transaction.atomic
def decline(*, pack: ClosingPack, number: int, sentence: str, by: User, at: datetime | None = None) -> ClosingStep:
    """Say that it does not close yet, and why. The pack can be changed and sent again. Raises Stale or Refused."""
    current, _ = _to_decide(pack, number, sentence, by)
    return _add(current, Kind.NOT_YET, number, sentence, by=by, at=at or now())


def _to_decide(pack: ClosingPack, number: int, sentence: str, by: User) -> tuple[ClosingPack, ClosingStep]:
    current = ClosingPack.objects.select_for_update().select_related("workstream").get(pk=pack.pk)
    newest = current.steps.order_by("-number").first()
    if newest is None or newest.number != number:
        raise Stale(newest)
    if newest.kind != Kind.SENT:
        raise Refused("No closing pack waits for a decision.")
    if newest.by_id == by.pk:
        raise Refused("You sent this pack, so somebody else has to decide.")
    if not sentence.strip():
        raise Refused("Say why in a sentence, for those who sent it.")
    return current, newest


@transaction.atomic
def answer_check(
    *,
    pack: ClosingPack,
    months: int,
    held: str,
    words: str,
    evidence: str,
    number: int,
    by: User,
    at: datetime | None = None,
) -> SustainmentAnswer:
    """Say whether the work has held. `number` counts the answers seen before; a later answer puts an earlier one right.

    Raises Stale or Refused.
    """
    current = _held(pack, Kind.AGREED)
    step = current.steps.get(kind=Kind.AGREED, number=current.steps.count())
    given = step.answers.filter(months=months).count()
    if months not in CHECK_MONTHS:
        raise Refused("There is no such check.")
    if given != number:
        raise Stale(step.answers.filter(months=months).last())
    if not words.strip() or not evidence.strip():
        raise Refused("Say what you found and what shows it.")
    moment = at or now()
    if day_of(moment) < closing_day(step):
        raise Refused("The workstream has not closed yet.")
    return SustainmentAnswer.objects.create(
        step=step, months=months, number=given + 1, held=Held(held), words=words.strip(), evidence=evidence.strip(),
        by=by, at=moment,
    )  # fmt: skip


@transaction.atomic
def reopen(*, workstream: Workstream, sentence: str, by: User, at: datetime | None = None) -> WorkstreamStatus:
    """Open a closed workstream again, from today on. Everything about its closing stays on record. Raises Refused."""
    moment = at or now()
    current = Workstream.objects.with_status(day_of(moment)).get(pk=workstream.pk)
    if current.status_now not in closings.CLOSED:
        raise Refused("This workstream is not closed.")
    if not sentence.strip():
        raise Refused("Say why it is opened again.")
    pack = ClosingPack.objects.select_for_update().filter(workstream=workstream).first()
    if pack and _state(pack) == Kind.AGREED:
        _add(pack, Kind.REOPENED, _count(pack), sentence, by=by, at=moment)
    return work.set_status(
        workstream=current, status=Status.CURRENT, since=day_of(moment), reason=sentence.strip(), by=by, at=moment
    )


def _held(pack: ClosingPack, state: str) -> ClosingPack:
    current = ClosingPack.objects.select_for_update().select_related("workstream").get(pk=pack.pk)
    if _state(current) != state:
        raise Refused("The closing has moved on since you opened the page.")
    return current


def _count(pack: ClosingPack) -> int:
    return pack.steps.count()


def _add(
    pack: ClosingPack,
    kind: str,
    number: int,
    sentence: str = "",
    *,
    by: User,
    at: datetime,
    content: Content | None = None,
    closed_on: date | None = None,
) -> ClosingStep:
    try:
        with transaction.atomic():
            return ClosingStep.objects.create(
                pack=pack, number=number + 1, kind=kind, sentence=sentence.strip(), content=content,
                closed_on=closed_on, by=by, at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise Stale(pack.steps.order_by("-number").first()) from error
