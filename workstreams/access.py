"""Rights on one workstream. Dated assignments are their only source, beside the office's programme-wide right."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from programme.clock import today
from programme.models import Person, User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from workstreams.models import Assignment, Workstream


def assignment_roles(user: User | AnonymousUser, workstream: Workstream) -> frozenset[str]:
    """The user's roles on the workstream today."""
    held = Assignment.objects.in_force(today()).of_workstream(workstream).of_user(user)
    return frozenset(held.values_list("role", flat=True))


def can_write_update(roles: Collection[str]) -> bool:
    """Leads and deputies write the update."""
    return Assignment.Role.LEAD in roles or Assignment.Role.DEPUTY in roles


def writes_on_behalf(roles: Collection[str], permissions: Collection[Permission]) -> bool:
    """The office enters what a lead has told them, and says so; who leads the workstream writes for themselves."""
    return Permission.WRITE_ON_BEHALF in permissions and not can_write_update(roles)


def writers_of(workstream: Workstream) -> list[Person]:
    """Those in whose name the office may enter an update today: leads first, then deputies, each once."""
    writing = Assignment.objects.in_force(today()).writing().of_workstream(workstream).with_people()
    ordered = sorted(writing, key=lambda each: (each.role != Assignment.Role.LEAD, each.pk))
    return list({each.who.pk: each.who for each in ordered}.values())


def used_elsewhere(person: Person, user: User | AnonymousUser) -> bool:
    """Whether a record is named in a programme whose filing the user may not correct."""
    allowed = programmes_allowing(user, Permission.CORRECT_FILING)
    named = Assignment.objects.filter(Q(person=person) | Q(person__merged_into=person))
    return named.exclude(workstream__programme__in=allowed).exists()


def can_edit_plan(roles: Collection[str], permissions: Collection[Permission]) -> bool:
    """Leads, deputies and the programme office keep the plan."""
    return can_write_update(roles) or Permission.EDIT_WORKSTREAMS in permissions


def can_keep_voices(roles: Collection[str], permissions: Collection[Permission]) -> bool:
    """Leads and deputies keep their workstream's voices; the participation lead and the office those of any."""
    return can_write_update(roles) or Permission.KEEP_VOICES in permissions
