"""Who leads, deputises for and sponsors a workstream: appointing, ending and handing over, with days."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from programme.history import recorded
from programme.models import Person, User
from programme.refusals import Refused
from workstreams.actions import workstreams
from workstreams.models import Assignment, Workstream


def _refuse_twice(workstream: Workstream, person: Person, role: str, since: date) -> None:
    held = Assignment.objects.filter(workstream=workstream, role=role)
    same = Q(person=person) | Q(person__merged_into=person)
    if held.filter(same).filter(Q(until=None) | Q(until__gte=since)).exists():
        raise Refused(f"{person} already is {Assignment.Role(role).label.lower()} then.")


@transaction.atomic
def appoint(
    *, workstream: Workstream, person: Person, role: str, since: date, by: User | None, until: date | None = None
) -> Assignment:
    """Make somebody lead, deputy or sponsor beside those who are."""
    Workstream.objects.select_for_update().get(pk=workstream.pk)
    _refuse_twice(workstream, person, role, since)
    return workstreams.assign(workstream=workstream, person=person, role=role, since=since, until=until, by=by)


@transaction.atomic
def end(*, assignment: Assignment, until: date, by: User | None) -> Assignment:
    """End somebody's part with its last day. A workstream may be without a lead; its pages then say so."""
    current = (
        Assignment.objects.select_for_update(of=("self",)).select_related("person__merged_into").get(pk=assignment.pk)
    )
    if current.until is not None:
        raise Refused(f"The part of {current.who} ends already.")
    if until < current.since:
        raise Refused("The last day cannot be before it began.")
    with recorded(by=by, action=f"Ended a {Assignment.Role(current.role).label.lower()}’s part"):
        current.until = until
        current.save(update_fields=["until"])
    return current


@transaction.atomic
def hand_over(*, assignment: Assignment, to: Person, on: date, by: User | None) -> Assignment:
    """Put somebody in another's place from a day on: the one ends the day before, the other begins. Both or neither."""
    current = Assignment.objects.select_related("workstream", "person__merged_into").get(pk=assignment.pk)
    if to.pk == current.who.pk:
        raise Refused(f"{to} holds it now. Choose somebody else.")
    end(assignment=current, until=on - timedelta(days=1), by=by)
    return appoint(workstream=current.workstream, person=to, role=current.role, since=on, by=by)
