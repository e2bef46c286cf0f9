"""Organisations and places: adding and changing them. They are shared by all programmes."""

from collections.abc import Iterable

from django.db import transaction

from programme.history import recorded
from programme.models import Organisation, Place, User
from programme.refusals import Refused, Stale


def _with_old_name(record: Organisation | Place, name: str, aliases: Iterable[str]) -> list[str]:
    """The aliases, with the name up to now where it changes, so that what was written still finds it."""
    kept = [alias for alias in dict.fromkeys(aliases) if alias.lower() != name.lower()]
    if record.name.lower() != name.lower() and record.name not in kept:
        kept.append(record.name)
    return kept


def _refuse_loop(record: Organisation | Place, above: Organisation | Place | None, *, by_name: str, words: str) -> None:
    while above is not None:
        if above.pk == record.pk:
            raise Refused(words)
        above = getattr(above, by_name)


@transaction.atomic
def add_organisation(
    *, name: str, kind: str, by: User | None, aliases: Iterable[str] = (), successor: Organisation | None = None
) -> Organisation:
    """Add an organisation. A name stands once."""
    if Organisation.objects.filter(name__iexact=name).exists():
        raise Refused(f"There is an organisation called {name} already.")
    with recorded(by=by, action="Added an organisation"):
        return Organisation.objects.create(name=name, kind=kind, aliases=list(aliases), successor=successor)


@transaction.atomic
def edit_organisation(
    *,
    organisation: Organisation,
    version: int,
    name: str,
    kind: str,
    aliases: Iterable[str],
    successor: Organisation | None,
    by: User | None,
) -> Organisation:
    """Change an organisation; its name up to now stays as an alias. Raises Stale after somebody else's change."""
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if current.version != version:
        raise Stale(current)
    if Organisation.objects.filter(name__iexact=name).exclude(pk=current.pk).exists():
        raise Refused(f"There is an organisation called {name} already.")
    loop = f"{current} cannot be replaced by one that {current} itself replaced."
    _refuse_loop(current, successor, by_name="successor", words=loop)
    with recorded(by=by, action="Changed an organisation"):
        current.aliases = _with_old_name(current, name, aliases)
        current.name, current.kind, current.successor = name, kind, successor
        current.version += 1
        current.save()
    return current


@transaction.atomic
def add_place(
    *,
    name: str,
    kind: str,
    by: User | None,
    parent: Place | None = None,
    aliases: Iterable[str] = (),
    successor: Place | None = None,
) -> Place:
    """Add a place. A name stands once."""
    if Place.objects.filter(name__iexact=name).exists():
        raise Refused(f"There is a place called {name} already.")
    with recorded(by=by, action="Added a place"):
        return Place.objects.create(name=name, kind=kind, parent=parent, aliases=list(aliases), successor=successor)


@transaction.atomic
def edit_place(
    *,
    place: Place,
    version: int,
    name: str,
    kind: str,
    parent: Place | None,
    aliases: Iterable[str],
    successor: Place | None,
    by: User | None,
) -> Place:
    """Change a place; its name up to now stays as an alias. Raises Stale after somebody else's change."""
    current = Place.objects.select_for_update().get(pk=place.pk)
    if current.version != version:
        raise Stale(current)
    if Place.objects.filter(name__iexact=name).exclude(pk=current.pk).exists():
        raise Refused(f"There is a place called {name} already.")
    _refuse_loop(current, parent, by_name="parent", words=f"{current} cannot be part of a place inside it.")
    loop = f"{current} cannot be replaced by one that {current} itself replaced."
    _refuse_loop(current, successor, by_name="successor", words=loop)
    with recorded(by=by, action="Changed a place"):
        current.aliases = _with_old_name(current, name, aliases)
        current.name, current.kind, current.parent, current.successor = name, kind, parent, successor
        current.version += 1
        current.save()
    return current
