"""Making and changing programmes, their people and their roles."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from programme.history import recorded
from programme.models import Membership, Organisation, Person, Place, Programme, User
from programme.refusals import Refused, Stale
from programme.roles import Role


@transaction.atomic
def create(*, name: str, slug: str, by: User | None, at: datetime | None = None, **fields: object) -> Programme:
    """Make a programme with no workstreams yet."""
    with recorded(by=by, action="Created the programme", at=at):
        return Programme.objects.create(name=name, slug=slug, **fields)


@transaction.atomic
def edit(
    *,
    programme: Programme,
    version: int,
    mandate: str,
    scope: str,
    governance: str,
    partners: Iterable[Organisation],
    places: Iterable[Place],
    by: User | None,
    at: datetime | None = None,
) -> Programme:
    """Change the programme's page. Raises Stale where somebody saved after version `version`."""
    current = Programme.objects.select_for_update().get(pk=programme.pk)
    if current.version != version:
        raise Stale(current)
    with recorded(by=by, action="Changed the programme's page", at=at):
        current.mandate, current.scope, current.governance = mandate, scope, governance
        current.version += 1
        current.save()
        current.partners.set(partners)
        current.places.set(places)
    return current


@transaction.atomic
def give_role(
    *, programme: Programme, user: User, role: Role, since: date, by: User | None, at: datetime | None = None
) -> Membership:
    """Give an account a programme-wide role from a day on; a role already held is left as it is."""
    with recorded(by=by, action=f"Gave the role {role.label}", at=at):
        membership, _ = Membership.objects.get_or_create(
            programme=programme, user=user, role=role, until=None, defaults={"since": since}
        )
    return membership


@transaction.atomic
def add_person(*, name: str, organisation: Organisation | None = None, by: User | None) -> Person:
    """Add somebody who can be named as lead or owner, without an account."""
    with recorded(by=by, action="Added a person"):
        return Person.objects.create(name=name, organisation=organisation)


@transaction.atomic
def edit_person(
    *,
    person: Person,
    version: int,
    name: str,
    aliases: Iterable[str],
    organisation: Organisation | None,
    by: User | None,
) -> Person:
    """Change a person's name, aliases and organisation. A name up to now stays as an alias."""
    current = Person.objects.select_for_update().get(pk=person.pk)
    if current.version != version:
        raise Stale(current)
    with recorded(by=by, action="Changed a person"):
        kept = [alias for alias in dict.fromkeys(aliases) if alias != name]
        current.aliases = kept if current.name in (name, *kept) else [*kept, current.name]
        current.name, current.organisation = name, organisation
        current.version += 1
        current.save()
    return current


@transaction.atomic
def add_account(*, person: Person, email: str, password: str | None, is_demo: bool = False, by: User | None) -> User:
    """Give a person an account. Without a password it is set through the reset link."""
    with recorded(by=by, action="Gave an account"):
        return User.objects.create_user(email, password, person=person, is_demo=is_demo)


@transaction.atomic
def merge_people(*, duplicate: Person, into: Person, by: User | None, reason: str) -> Person:
    """Say that two records are one person. Nothing that names the duplicate is rewritten; readers show the survivor.

    A target that was merged itself stands for the person it became, and duplicates of the duplicate follow it, so
    there are no chains. Raises Refused where it would make a loop or take an account's rights away unseen.
    """
    pair = sorted({duplicate.pk, into.pk})
    held = {person.pk: person for person in Person.objects.select_for_update().filter(pk__in=pair).order_by("pk")}
    current = held[duplicate.pk]
    survivor = Person.objects.select_for_update().get(pk=held[into.pk].survivor.pk)
    if survivor.pk == current.pk:
        raise Refused(f"{current} cannot be merged into the same person.")
    if current.merged_into_id:
        raise Refused(f"{current} has been merged into {current.survivor} already.")
    if User.objects.filter(person=current, is_active=True).exists():
        raise Refused(_has_account(current, survivor))
    with recorded(by=by, action="Merged two records of one person", reason=reason):
        for each in [current, *Person.objects.select_for_update().filter(merged_into=current)]:
            each.merged_into = survivor
            each.save(update_fields=["merged_into"])
    return survivor


def _has_account(duplicate: Person, survivor: Person) -> str:
    if User.objects.filter(person=survivor, is_active=True).exists():
        return f"{duplicate} and {survivor} each sign in with an account of their own. Ask for one to be closed first."
    return f"{duplicate} signs in with an account, so keep that record and merge {survivor} into it."


@transaction.atomic
def unmerge_person(*, person: Person, by: User | None, reason: str) -> Person:
    """Undo a merge. Nothing was rewritten, so everything that named the record names it again.

    Records that had been merged into it before come back to it. History keeps the merge and its undoing.
    """
    current = Person.objects.select_for_update().get(pk=person.pk)
    survivor = current.merged_into
    if survivor is None:
        raise Refused(f"{current} has not been merged.")
    with recorded(by=by, action="Undid the merging of two people", reason=reason):
        for each in Person.objects.select_for_update().filter(merged_into=survivor).exclude(pk=current.pk):
            if followed(each, current):
                each.merged_into = current
                each.save(update_fields=["merged_into"])
        current.merged_into = None
        current.save(update_fields=["merged_into"])
    return current


def followed(row: Any, leader: Any) -> bool:
    """Whether a merged row came to its survivor only because `leader`, which it was merged into, was merged too."""
    before = row.history.exclude(merged_into=row.merged_into_id).order_by("-pgh_id").first()
    return before is not None and bool(before.merged_into_id == leader.pk)
