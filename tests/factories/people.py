"""People, accounts and their roles, made by the real actions. Every one may be called again: names are kept apart."""

from datetime import date
from functools import cache
from itertools import count

from django.contrib.auth.hashers import make_password

from programme.actions import programmes
from programme.history import recorded
from programme.models import Person, Programme, User
from programme.roles import Role

PASSWORD = "three quiet harbours"
SINCE = date(2026, 1, 1)
_numbers = count(1)


def person(name: str = "") -> Person:
    return programmes.add_person(name=name or f"Person {next(_numbers)}", by=None)


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


def user(name: str = "", *, is_demo: bool = False) -> User:
    """An account with PASSWORD, which is hashed once for all of them: hashing is slow on purpose."""
    number = next(_numbers)
    account = programmes.add_account(
        person=person(name or f"Person {number}"),
        email=f"person-{number}@example.org",
        password=None,
        is_demo=is_demo,
        by=None,
    )
    account.password = _hashed()
    with recorded(by=None, action="Set a password"):
        account.save(update_fields=["password"])
    return account


def member(programme: Programme, role: Role, name: str = "") -> User:
    """An account with a programme-wide role."""
    account = user(name or role.label)
    programmes.give_role(programme=programme, user=account, role=role, since=SINCE, by=None)
    return account
