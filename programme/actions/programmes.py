"""Making and changing programmes, their people and their roles."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from programme.history import recorded
from programme.models import Membership, Organisation, Person, Place, Programme, User
from programme.refusals import Stale
from programme.roles import Role


@transaction.atomic
def create(*, name: str, slug: str, by: User | None, **fields: object) -> Programme:
    """Make a programme with no workstreams yet."""
    with recorded(by=by, action="Created the programme"):
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
) -> Programme:
    """Change the programme's page. Raises Stale where somebody saved after version `version`."""
    current = Programme.objects.select_for_update().get(pk=programme.pk)
    if current.version != version:
        raise Stale(current)
    with recorded(by=by, action="Changed the programme's page"):
        current.mandate, current.scope, current.governance = mandate, scope, governance
        current.version += 1
        current.save()
        current.partners.set(partners)
        current.places.set(places)
    return current


@transaction.atomic
def give_role(*, programme: Programme, user: User, role: Role, since: date, by: User | None) -> Membership:
    """Give an account a programme-wide role from a day on; a role already held is left as it is."""
    with recorded(by=by, action=f"Gave the role {role.label}"):
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
def add_account(*, person: Person, email: str, password: str | None, is_demo: bool = False, by: User | None) -> User:
    """Give a person an account. Without a password it is set through the reset link."""
    with recorded(by=by, action="Gave an account"):
        return User.objects.create_user(email, password, person=person, is_demo=is_demo)
