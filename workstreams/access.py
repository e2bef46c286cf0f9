"""Rights on one workstream. Dated assignments are their only source, beside the office's programme-wide right."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser

from programme.clock import today
from programme.models import User
from programme.roles import Permission
from workstreams.models import Assignment, Workstream


def assignment_roles(user: User | AnonymousUser, workstream: Workstream) -> frozenset[str]:
    """The user's roles on the workstream today."""
    held = Assignment.objects.in_force(today()).filter(workstream=workstream, person__user=user.pk)
    return frozenset(held.values_list("role", flat=True))


def can_write_update(roles: Collection[str]) -> bool:
    """Leads and deputies write the update. The office does not write in a lead's name."""
    return Assignment.Role.LEAD in roles or Assignment.Role.DEPUTY in roles


def can_edit_plan(roles: Collection[str], permissions: Collection[Permission]) -> bool:
    """Leads, deputies and the programme office keep the plan."""
    return can_write_update(roles) or Permission.EDIT_WORKSTREAMS in permissions
