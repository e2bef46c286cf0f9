"""The demo's people, organisations, places and accounts. All invented; the accounts' password is published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from programme.actions import programmes
from programme.clock import LONDON
from programme.history import recorded
from programme.models import Organisation, Person, Place, Programme, User
from programme.roles import Role
from reporting.demo.story import StoryTime, Told

PASSWORD = "demo-programme"  # noqa: S105  # published on purpose; production refuses these accounts
ROLES = {"admin": Role.ADMINISTRATOR} | {role.value: role for role in Role if role is not Role.ADMINISTRATOR}
ONLY_IN = {Role.MAPPER: "mid-mersey", Role.FACILITATOR: "mid-mersey", Role.PARTICIPATION: "mid-mersey"}
ROLES_HELD_MONTHS = 15


@dataclass(frozen=True)
class Cast:
    """The people by their key in the story, and the accounts by their role."""

    people: dict[str, Person]
    accounts: dict[str, User]

    def account_of(self, person: Person) -> User | None:
        """The account with which a person posts, where they have one."""
        return next((user for user in self.accounts.values() if user.person_id == person.pk), None)


def gather(told: Told) -> Cast:
    """Everybody the story knows; whoever is missing is added."""
    with recorded(by=None, action="Gathered the people of the demo"):
        _add_organisations(told["organisations"])
        _add_places(told["places"])
        people = _add_people(told["people"])
        return Cast(people, _add_accounts(told["people"], people))


def _add_organisations(told: Iterable[Told]) -> None:
    known = set(Organisation.objects.values_list("name", flat=True))
    Organisation.objects.bulk_create(
        Organisation(name=each["name"], kind=each["kind"]) for each in told if each["name"] not in known
    )


def _add_places(told: Iterable[Told]) -> None:
    places = {place.name: place for place in Place.objects.all()}
    for each in told:
        if each["name"] not in places:
            parent = places[each["parent"]] if each["parent"] else None
            places[each["name"]] = Place.objects.create(name=each["name"], kind=each["kind"], parent=parent)


def _add_people(told: Iterable[Told]) -> dict[str, Person]:
    known = {person.name: person for person in Person.objects.filter(batch=None, merged_into=None)}
    organisations = {each.name: each for each in Organisation.objects.all()}
    return {
        each["key"]: known.get(each["name"])
        or programmes.add_person(name=each["name"], organisation=organisations[each["organisation"]], by=None)
        for each in told
    }


def _add_accounts(told: Iterable[Told], people: dict[str, Person]) -> dict[str, User]:
    known = {user.email: user for user in User.objects.filter(is_demo=True)}
    accounts = {}
    for each in told:
        account = each.get("account")
        if account:
            email = f"{account}@demo.example"
            accounts[account] = known.get(email) or programmes.add_account(
                person=people[each["key"]], email=email, password=PASSWORD, is_demo=True, by=None
            )
    return accounts


def give_roles(programme: Programme, story: StoryTime, cast: Cast) -> None:
    """Programme-wide roles. Lead, deputy and sponsor have none: their rights come from assignments."""
    since = story.months_ago(ROLES_HELD_MONTHS)
    held_from = datetime.combine(since, time(9), tzinfo=LONDON)
    for account, user in cast.accounts.items():
        role = ROLES.get(account)
        if role and ONLY_IN.get(role, programme.slug) == programme.slug:
            programmes.give_role(programme=programme, user=user, role=role, since=since, by=None, at=held_from)
