"""Holding a meeting and keeping its minutes: who came, notes, and the decisions and actions minuted there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from programme.clock import day_of, now
from programme.history import recorded
from programme.models import Person, User
from programme.refusals import Refused, Stale
from workstreams.actions import registers
from workstreams.models import Attendance, Decision, Group, Meeting

State = Attendance.State


@dataclass(frozen=True)
class MinutedDecision:
    """A decision as it is minuted: the group decided it, on the day it met."""

    text: str
    options: str = ""
    review_on: date | None = None
    replaces: Decision | None = None


@dataclass(frozen=True)
class MinutedAction:
    """An action as it is minuted."""

    text: str
    owner: Person | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Minutes:
    """Everything that one save of a meeting's page says. Decisions and actions are added, never replaced."""

    on: date
    came: Sequence[Person] = ()
    apologies: Sequence[Person] = ()
    others: str = ""
    notes: str = ""
    decisions: Sequence[MinutedDecision] = ()
    actions: Sequence[MinutedAction] = ()


@transaction.atomic
def hold(*, group: Group, minutes: Minutes, by: User | None, at: datetime | None = None) -> Meeting:
    """Write down a meeting that took place. Raises Refused."""
    if group.ended_on and minutes.on > group.ended_on:
        raise Refused("This group had ended by then.")
    return _written(Meeting(group=group, version=0), minutes, "Wrote down a meeting", by, at)


@transaction.atomic
def change(*, meeting: Meeting, minutes: Minutes, version: int, by: User | None, at: datetime | None = None) -> Meeting:
    """Change a meeting's page and minute more. Raises Stale or Refused."""
    current = Meeting.objects.select_for_update().select_related("group").get(pk=meeting.pk)
    if current.version != version:
        raise Stale(current)
    return _written(current, minutes, "Changed the minutes", by, at)


def _written(meeting: Meeting, minutes: Minutes, action: str, by: User | None, at: datetime | None) -> Meeting:
    if minutes.on > day_of(at or now()):
        raise Refused("A meeting can only be written down once it has taken place.")
    meeting.on, meeting.others, meeting.notes = minutes.on, minutes.others, minutes.notes
    meeting.version += 1
    with recorded(by=by, action=action, at=at):
        try:
            with transaction.atomic():
                meeting.save()
        except IntegrityError as error:
            raise Refused("A meeting of this group on that day has been written down already.") from error
        _attended(meeting, minutes)
        _minuted(meeting, minutes, by, at)
    return meeting


def _attended(meeting: Meeting, minutes: Minutes) -> None:
    wanted = {person.pk: State.APOLOGIES for person in minutes.apologies}
    wanted |= {person.pk: State.CAME for person in minutes.came}
    for stored in meeting.attendance.all():
        if stored.person_id not in wanted:
            stored.delete()
        elif stored.state != wanted.pop(stored.person_id):
            stored.state = State.CAME if stored.state == State.APOLOGIES else State.APOLOGIES
            stored.save()
    for person, state in wanted.items():
        Attendance.objects.create(meeting=meeting, person_id=person, state=state)


def _minuted(meeting: Meeting, minutes: Minutes, by: User | None, at: datetime | None) -> None:
    group = meeting.group
    for decision in minutes.decisions:
        registers.record_decision(
            programme=group.programme,
            workstream=group.workstream,
            text=decision.text,
            options=decision.options,
            review_on=decision.review_on,
            replaces=decision.replaces,
            decided_on=meeting.on,
            decided_by_words=group.name,
            meeting=meeting,
            by=by,
            at=at,
        )
    for action in minutes.actions:
        registers.add_action(
            programme=group.programme,
            workstream=group.workstream,
            text=action.text,
            owner=action.owner,
            due_on=action.due_on,
            source=meeting,
            raised_on=meeting.on,
            by=by,
            at=at,
        )
