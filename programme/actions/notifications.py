"""What people decide about the e-mails they get: which kinds, and who is asked while they are away."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from programme.history import recorded
from programme.mail_kinds import MailKind
from programme.models import Leave, MailChoices, User
from programme.refusals import Refused

LONGEST_LEAVE_DAYS = 366


@transaction.atomic
def choose(*, user: User, off: Iterable[MailKind]) -> MailChoices:
    """Turn these kinds off and all others on. What cannot be turned off stays on."""
    kinds = sorted(kind.value for kind in off if kind.can_be_turned_off)
    with recorded(by=user, action="Chose which emails to get"):
        choices, _ = MailChoices.objects.select_for_update().get_or_create(user=user)
        if choices.off != kinds:
            choices.off = kinds
            choices.save()
    return choices


@transaction.atomic
def take_leave(*, user: User, since: date, until: date, today: date) -> Leave:
    """Say that somebody is away from a first to a last day. Meanwhile their deputies are reminded in their place."""
    person = user.person
    if person is None:
        raise Refused("Your account belongs to no person yet. Ask the programme office.")
    if until < since:
        raise Refused("The last day cannot be before the first.")
    if until < today:
        raise Refused("These days have passed.")
    if (until - since).days >= LONGEST_LEAVE_DAYS:
        raise Refused("Leave can be up to a year. For longer, ask the programme office to name another lead.")
    if person.leave.filter(since__lte=until, until__gte=since).exists():
        raise Refused("You have said already that you are away on some of these days.")
    with recorded(by=user, action="Said when they are away"):
        return Leave.objects.create(person=person, since=since, until=until)


@transaction.atomic
def cancel_leave(*, leave: Leave, by: User) -> None:
    """Take leave back: from now on its person is reminded again."""
    with recorded(by=by, action="Took back when they are away"):
        Leave.objects.filter(pk=leave.pk).delete()
