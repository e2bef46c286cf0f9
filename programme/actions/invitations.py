"""Inviting people by e-mail, and taking an invitation up.

The link's secret exists in the e-mail alone: the database keeps its hash. Whoever invites never learns whether the
address has an account already; that is found out by the holder of the address, when the link is followed.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from programme.actions import programmes, roles
from programme.clock import now
from programme.history import recorded
from programme.models import Invitation, Membership, Person, Programme, User
from programme.refusals import Refused
from programme.roles import Role

LIFE_DAYS = 7
GONE = "This link no longer works."


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _account(person: Person) -> User | None:
    return User.objects.filter(person=person).first()


@transaction.atomic
def invite(
    *, programme: Programme, person: Person, email: str, by: User, role: Role | None = None, at: datetime | None = None
) -> tuple[Invitation, str]:
    """Invite somebody to take up an account. Returns the invitation and the secret of its link, for the e-mail."""
    Person.objects.select_for_update().get(pk=person.pk)
    if _account(person):
        raise Refused(f"{person} has an account already.")
    if role is not None:
        roles.refuse_giving(programme=programme, user=None, role=role, by=by)
        if by.email == email.lower() and role in roles.NEVER_ONESELF:
            raise Refused(f"Nobody gives themselves the role {role.label}.")
    kind = Invitation.Kind.JOIN
    return _write(kind=kind, programme=programme, person=person, email=email, role=role, by=by, at=at or now())


@transaction.atomic
def change_address(
    *, programme: Programme, person: Person, email: str, by: User, at: datetime | None = None
) -> tuple[Invitation, str]:
    """Ask the holder of a new address to confirm it. The old one stays until they do."""
    account = _account(person)
    if account is None:
        raise Refused(f"{person} has no account.")
    if account.email == email.lower():
        raise Refused("That is the address the account has now.")
    kind = Invitation.Kind.ADDRESS
    return _write(kind=kind, programme=programme, person=person, email=email, role=None, by=by, at=at or now())


def _write(
    *,
    kind: Invitation.Kind,
    programme: Programme,
    person: Person,
    email: str,
    role: Role | None,
    by: User,
    at: datetime,
) -> tuple[Invitation, str]:
    token = secrets.token_urlsafe(32)
    action = "Invited a person" if kind == Invitation.Kind.JOIN else "Asked to confirm an address"
    with recorded(by=by, action=action, at=at):
        waiting = Invitation.objects.select_for_update().filter(programme=programme, person=person, kind=kind).waiting()
        for earlier in waiting:
            earlier.revoked_at = at
            earlier.save(update_fields=["revoked_at"])
        programme.people.add(person)
        made = Invitation.objects.create(
            kind=kind,
            programme=programme,
            person=person,
            email=email.lower(),
            role=role.value if role else "",
            token_hash=_hash(token),
            by=by,
            at=at,
            expires_at=at + timedelta(days=LIFE_DAYS),
        )
    return made, token


@transaction.atomic
def resend(*, invitation: Invitation, by: User, at: datetime | None = None) -> tuple[Invitation, str]:
    """Make a new link for another week; the old one stops working."""
    current = _waiting(invitation)
    if current.role:
        roles.refuse_giving(programme=current.programme, user=None, role=Role(current.role), by=by)
    moment, token = at or now(), secrets.token_urlsafe(32)
    with recorded(by=by, action="Sent the invitation again", at=moment):
        current.token_hash, current.by = _hash(token), by
        current.at, current.expires_at, current.mailed_at = moment, moment + timedelta(days=LIFE_DAYS), None
        current.save()
    return current, token


@transaction.atomic
def revoke(*, invitation: Invitation, by: User, at: datetime | None = None) -> Invitation:
    """Withdraw an invitation; its link stops working."""
    current = _waiting(invitation)
    moment = at or now()
    with recorded(by=by, action="Withdrew the invitation", at=moment):
        current.revoked_at = moment
        current.save(update_fields=["revoked_at"])
    return current


@transaction.atomic
def mailed(*, invitation: Invitation, at: datetime | None = None) -> None:
    """Note that the mail server took the letter."""
    moment = at or now()
    with recorded(by=invitation.by, action="Sent an invitation", at=moment):
        Invitation.objects.filter(pk=invitation.pk).update(mailed_at=moment)


def _waiting(invitation: Invitation) -> Invitation:
    current = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if current.accepted_at:
        raise Refused(f"{current.person} has used this invitation already.")
    if current.revoked_at:
        raise Refused("This invitation has been withdrawn already.")
    return current


def find(token: str, *, at: datetime | None = None) -> Invitation | None:
    """The invitation whose link this is, if it still works."""
    found = Invitation.objects.select_related("programme", "person", "by__person").filter(token_hash=_hash(token))
    invitation = found.first()
    return invitation if invitation is not None and invitation.is_open(at or now()) else None


def account_at(invitation: Invitation) -> User | None:
    """The account that the invited address has already. Asked on behalf of the holder of the link only."""
    return User.objects.filter(email__iexact=invitation.email).first()


def _open(invitation: Invitation, moment: datetime) -> Invitation:
    current = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not current.is_open(moment):
        raise Refused(GONE)
    return current


@transaction.atomic
def accept(*, invitation: Invitation, password: str, at: datetime | None = None) -> User:
    """Take an invitation up with a new account."""
    moment = at or now()
    current = _open(invitation, moment)
    person = current.person.survivor
    if account_at(current) is not None or _account(person) is not None:
        raise Refused("There is an account already. Sign in with it, or ask for a new invitation.")
    account = programmes.add_account(person=person, email=current.email, password=password, by=None)
    _accepted(current, account, moment)
    return account


@transaction.atomic
def accept_signed_in(*, invitation: Invitation, user: User, at: datetime | None = None) -> User:
    """Take an invitation up with the account its address has already; the record invited becomes that person's."""
    moment = at or now()
    current = _open(invitation, moment)
    if not user.is_active or user.email.lower() != current.email:
        raise Refused("This invitation was sent to another address. Sign in with that one.")
    person = current.person.survivor
    if user.person is not None and person.pk != user.person.pk:
        reason = "Took up an invitation with an account of their own"
        programmes.merge_people(duplicate=person, into=user.person, by=user, reason=reason)
    _accepted(current, user, moment)
    return user


def _accepted(invitation: Invitation, account: User, moment: datetime) -> None:
    """One change in history: the holder took up what somebody else had offered."""
    offered = f"Invited by {invitation.by}" + (f" as {invitation.get_role_display()}" if invitation.role else "")
    with recorded(by=account, action="Took up the invitation", reason=offered, at=moment):
        invitation.accepted_at = moment
        invitation.save(update_fields=["accepted_at"])
        if account.person is not None:
            invitation.programme.people.add(account.person)
        if invitation.role:
            Membership.objects.get_or_create(
                programme=invitation.programme,
                user=account,
                role=invitation.role,
                until=None,
                defaults={"since": roles.day_of(moment)},
            )


@transaction.atomic
def confirm_address(*, invitation: Invitation, at: datetime | None = None) -> User:
    """Put the confirmed address in the place of the old one."""
    moment = at or now()
    current = _open(invitation, moment)
    account = User.objects.select_for_update(of=("self",)).filter(person=current.person.survivor).first()
    taken = account_at(current)
    if account is None or not account.is_active or (taken is not None and taken.pk != account.pk):
        raise Refused("This address cannot be used: there is another account with it, or yours is closed.")
    with recorded(by=account, action="Confirmed a new address", at=moment):
        account.email = current.email
        account.save(update_fields=["email"])
        current.accepted_at = moment
        current.save(update_fields=["accepted_at"])
    return account
