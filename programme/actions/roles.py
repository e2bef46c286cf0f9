"""Giving and ending programme-wide roles, closing and reopening accounts, and who may do which."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from programme.actions import programmes
from programme.clock import LONDON, now
from programme.history import recorded
from programme.models import Membership, Programme, User
from programme.models.viewing import RoleViewing
from programme.permissions import programmes_allowing
from programme.refusals import Refused
from programme.roles import Permission, Role

# Those who judge the work of others are named by somebody else.
NEVER_ONESELF = frozenset({Role.APPROVER, Role.ASSURER})


def may_give(*, programme: Programme, role: Role, by: User | None) -> bool:
    """Whether somebody may give and end a role: the administrator's takes another right than the rest."""
    if by is None:
        return True
    right = Permission.MANAGE_ACCOUNTS if role is Role.ADMINISTRATOR else Permission.MANAGE_PEOPLE
    return programmes_allowing(by, right).filter(pk=programme.pk).exists()


def refuse_giving(*, programme: Programme, user: User | None, role: Role, by: User | None) -> None:
    """Raise Refused where `by` may not give this role to this account."""
    if not may_give(programme=programme, role=role, by=by):
        raise Refused(f"Only an administrator can give the role {role.label}.")
    if by is not None and user is not None and user.pk == by.pk and role in NEVER_ONESELF:
        raise Refused(f"Nobody gives themselves the role {role.label}. Ask another keeper of the programme.")


@transaction.atomic
def give(*, programme: Programme, user: User, role: Role, since: date, by: User | None) -> Membership:
    """Give an account a role from a day on, with the checks that people's own doings need."""
    refuse_giving(programme=programme, user=user, role=role, by=by)
    if not user.is_active:
        raise Refused(f"{user}’s account is closed. Reopen it first.")
    held = Membership.objects.filter(programme=programme, user=user, role=role)
    if held.filter(Q(until=None) | Q(until__gte=since)).exists():
        raise Refused(f"{user} already holds the role {role.label} then.")
    return programmes.give_role(programme=programme, user=user, role=role, since=since, by=by)


@transaction.atomic
def end(*, membership: Membership, until: date, by: User | None) -> Membership:
    """End a role with its last day. A programme keeps an administrator who can sign in."""
    Programme.objects.select_for_update().get(pk=membership.programme_id)
    current = (
        Membership.objects.select_for_update(of=("self",)).select_related("programme", "user").get(pk=membership.pk)
    )
    role = Role(current.role)
    if not may_give(programme=current.programme, role=role, by=by):
        raise Refused(f"Only an administrator can end the role {role.label}.")
    if current.until is not None:
        raise Refused(f"The role {role.label} of {current.user} ends already.")
    if until < current.since:
        raise Refused("The last day cannot be before the role began.")
    if role is Role.ADMINISTRATOR:
        _keep_an_administrator(current.programme, without=current.user, from_day=until + timedelta(days=1))
    with recorded(by=by, action=f"Ended the role {role.label}"):
        current.until = until
        current.save(update_fields=["until"])
    return current


def _keep_an_administrator(programme: Programme, *, without: User, from_day: date) -> None:
    """Somebody else must be administrator on that day and without an end in sight."""
    others = Membership.objects.filter(
        programme=programme, role=Role.ADMINISTRATOR, until=None, since__lte=from_day, user__is_active=True
    )
    if not others.exclude(user=without).exists():
        raise Refused(f"{without} is the only administrator of {programme}. Give the role to somebody else first.")


@transaction.atomic
def close_account(*, user: User, by: User, reason: str) -> User:
    """Close an account: it is signed out everywhere. Its roles and workstreams stay as they are until they are ended.

    The password is forgotten as well, so that no old session comes back to life when the account is reopened.
    """
    current = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if current.pk == by.pk:
        raise Refused("You cannot close your own account. Ask another administrator.")
    if current.is_superuser:
        raise Refused(f"{current}’s account is a technician’s. It is closed where the service is run.")
    if not current.is_active:
        raise Refused(f"{current}’s account is closed already.")
    administered = Membership.objects.filter(user=current, role=Role.ADMINISTRATOR, until=None)
    for membership in administered.select_related("programme"):
        Programme.objects.select_for_update().get(pk=membership.programme_id)
        _keep_an_administrator(membership.programme, without=current, from_day=day_of(now()))
    with recorded(by=by, action="Closed the account", reason=reason):
        current.is_active = False
        current.set_unusable_password()
        current.save(update_fields=["is_active", "password"])
    return current


@transaction.atomic
def reopen_account(*, user: User, by: User, reason: str) -> User:
    """Let a closed account sign in again, once its holder has set a new password."""
    current = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if current.is_active:
        raise Refused(f"{current}’s account is open already.")
    with recorded(by=by, action="Reopened the account", reason=reason):
        current.is_active = True
        current.save(update_fields=["is_active"])
    return current


@transaction.atomic
def view_as(*, programme: Programme, role: str, began: bool, by: User, at: datetime | None = None) -> RoleViewing:
    """Record that somebody began, or stopped, to see the programme as a role would."""
    return RoleViewing.objects.create(programme=programme, role=role, began=began, by=by, at=at or now())


def day_of(moment: datetime) -> date:
    """The calendar day in London of a moment."""
    return moment.astimezone(LONDON).date()
