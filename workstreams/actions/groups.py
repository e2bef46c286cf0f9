"""Groups and who belongs to them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from programme.clock import day_of, now
from programme.history import recorded
from programme.links import checked_link
from programme.models import Person, Programme, User
from programme.refusals import Refused, Stale
from workstreams.escalation import would_go_round
from workstreams.models import Group, GroupMember, Workstream


@dataclass(frozen=True)
class GroupFacts:
    """What is said of a group."""

    name: str
    kind: str
    cadence: str
    workstream: Workstream | None = None
    reports_to: Group | None = None
    terms: str = ""
    terms_url: str = ""


@transaction.atomic
def add(*, programme: Programme, facts: GroupFacts, by: User | None, at: datetime | None = None) -> Group:
    """Add a group."""
    made = Group(programme=programme)
    with recorded(by=by, action="Added a group", at=at):
        return _saved(made, facts)


@transaction.atomic
def change(*, group: Group, facts: GroupFacts, version: int, by: User | None, at: datetime | None = None) -> Group:
    """Change what is said of a group. Raises Stale or Refused."""
    current = locked(group, version)
    current.version += 1
    with recorded(by=by, action="Changed the group", at=at):
        return _saved(current, facts)


@transaction.atomic
def end(*, group: Group, on: date, reason: str, version: int, by: User | None, at: datetime | None = None) -> Group:
    """Say that a group no longer meets. What it decided and who belonged to it stays readable."""
    current = locked(group, version)
    if not reason.strip():
        raise Refused("Say why the group has ended.")
    if on > day_of(at or now()):
        raise Refused("It can only have ended today or earlier.")
    current.ended_on = on
    current.version += 1
    with recorded(by=by, action="Ended the group", reason=reason.strip(), at=at):
        current.save()
    return current


def locked(group: Group, version: int) -> Group:
    """The group as it is stored now, for changing. Raises Stale, or Refused where it has ended."""
    current = Group.objects.select_for_update().get(pk=group.pk)
    if current.version != version:
        raise Stale(current)
    if current.ended_on:
        raise Refused("This group has ended, so it stays as it is.")
    return current


def _saved(group: Group, facts: GroupFacts) -> Group:
    upper, workstream = facts.reports_to, facts.workstream
    if workstream is not None and workstream.programme_id != group.programme_id:
        raise Refused("The workstream belongs to another programme.")
    if upper is not None and upper.programme_id != group.programme_id:
        raise Refused("The group above belongs to another programme.")
    lines = dict(Group.objects.filter(programme=group.programme_id).values_list("pk", "reports_to"))
    if group.pk and would_go_round(group.pk, upper.pk if upper else None, lines):
        raise Refused(f"{upper} reports to this group already, directly or through others.")
    try:
        group.terms_url = checked_link(facts.terms_url)
    except ValueError as error:
        raise Refused(str(error)) from error
    group.name, group.kind, group.cadence, group.terms = facts.name, facts.kind, facts.cadence, facts.terms
    group.workstream, group.reports_to = workstream, upper
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as error:
        raise Refused(f"There is a group called “{facts.name}” already.") from error
    return group


@transaction.atomic
def add_member(
    *,
    group: Group,
    role: str,
    since: date,
    by: User | None,
    person: Person | None = None,
    words: str = "",
    at: datetime | None = None,
) -> GroupMember:
    """Add a member: somebody from the list of people, or words such as '4 young people'."""
    if (person is None) == (not words.strip()):
        raise Refused("Choose somebody from the list, or say in words who it is.")
    if group.ended_on:
        raise Refused("This group has ended, so nobody can join it.")
    if person is not None and group.members.filter(person=person, until=None).exists():
        raise Refused(f"{person.name} belongs to this group already.")
    with recorded(by=by, action="Added a member to the group", at=at):
        return GroupMember.objects.create(group=group, person=person, words=words.strip(), role=role, since=since)


@transaction.atomic
def end_member(*, member: GroupMember, until: date, by: User | None, at: datetime | None = None) -> GroupMember:
    """Say until when somebody belonged to a group."""
    current = GroupMember.objects.select_for_update().get(pk=member.pk)
    if current.until is not None:
        raise Refused("The day on which they left has been recorded already.")
    if until < current.since:
        raise Refused("They cannot have left before they joined.")
    current.until = until
    with recorded(by=by, action="Said until when somebody belongs to the group", at=at):
        current.save()
    return current
