"""Asking whether somebody may do something, and saying so on a view's first line."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from programme.clock import today
from programme.models.programme import Membership, Programme
from programme.roles import ASSIGNED_PERMISSIONS, ROLES, Permission, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from programme.models.person import User


def roles_with(permission: Permission) -> list[Role]:
    """The programme-wide roles that carry a permission."""
    return [role for role, description in ROLES.items() if permission in description.permissions]


@dataclass(frozen=True)
class Rights:
    """What a user holds in one programme today."""

    roles: tuple[Role, ...]
    is_assigned: bool
    has_other_programmes: bool = False
    # While somebody sees the pages as a role would: what they may do themselves, beyond which nothing goes.
    limit: frozenset[Permission] | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything the user may do across the programme."""
        held = {permission for role in self.roles for permission in ROLES[role].permissions}
        everything = frozenset(held | (ASSIGNED_PERMISSIONS if self.is_assigned else frozenset()))
        return everything if self.limit is None else everything & self.limit

    @property
    def words(self) -> str:
        """The first role in words; rights on single workstreams are named on the workstream's page."""
        return str(self.roles[0].label) if self.roles else "Workstream team"


def rights_in(programme: Programme) -> Rights:
    """The rights in a programme that was fetched with `with_rights_of(user)`."""
    annotated: Any = programme
    held = set(annotated.role_values)
    roles = tuple(role for role in Role if role.value in held)
    return Rights(roles, bool(annotated.is_assigned), bool(annotated.has_others))


VIEWING = "viewing_as"  # the session's key
TEAM = "team"
VIEWABLE: dict[str, str] = {role.value: str(role.label) for role in Role} | {TEAM: "Workstream lead, deputy or sponsor"}


@dataclass(frozen=True)
class ViewingAs:
    """That a user sees one programme as a role would: a key of VIEWABLE. They read; nothing they send is taken."""

    programme_id: int
    programme: str
    slug: str
    role: str

    @property
    def words(self) -> str:
        """The role's name."""
        return VIEWABLE[self.role]

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the role may do, before it is cut down to what the viewer may do."""
        return ASSIGNED_PERMISSIONS if self.role == TEAM else ROLES[Role(self.role)].permissions

    def shrink(self, own: Rights) -> Rights:
        """The role's rights as far as they are among the viewer's own: rights shrink, they never grow."""
        roles = () if self.role == TEAM else (Role(self.role),)
        return Rights(roles, self.role == TEAM, own.has_other_programmes, limit=own.permissions)


def viewing_of(user: "User", chosen: Any) -> ViewingAs | None:
    """What the session says the user views as, if they may still do so there; one query."""
    if not isinstance(chosen, dict) or chosen.get("role") not in VIEWABLE:
        return None
    seen = Programme.objects.visible_to(user).with_rights_of(user).filter(pk=chosen.get("programme") or 0).first()
    if seen is None or Permission.VIEW_AS not in rights_in(seen).permissions:
        return None
    return ViewingAs(seen.pk, seen.name, seen.slug, chosen["role"])


def enter(request: Any, programme: Programme) -> None:
    """Put the programme and the user's rights on the request, where views and navigation find them."""
    request.programme = programme
    request.rights = rights_in(programme)
    viewing: ViewingAs | None = request.user.viewing_as
    if viewing is not None and viewing.programme_id == programme.pk:
        request.rights = viewing.shrink(request.rights)
    request.permissions = request.rights.permissions


def programmes_allowing(user: "User | AnonymousUser", permission: Permission) -> QuerySet[Programme]:
    """Programmes in which the user holds a role with `permission`, for use inside other queries."""
    if not user.is_authenticated:
        return Programme.objects.none()
    members = Membership.objects.in_force(today()).filter(user_id=user.pk, role__in=roles_with(permission))
    allowed = Q(pk__in=members.values("programme_id"))
    if permission in ASSIGNED_PERMISSIONS:
        allowed |= Q(pk__in=Programme.objects.assigned_to(user).values("pk"))
    found = Programme.objects.filter(allowed)
    viewing: ViewingAs | None = user.viewing_as
    if viewing is not None and permission not in viewing.permissions:
        found = found.exclude(pk=viewing.programme_id)
    return found


class ProgrammeRequest(HttpRequest):
    """A request inside a programme: `requires` has put the programme and the user's rights on it."""

    user: "User"
    programme: Programme
    rights: Rights
    permissions: frozenset[Permission]


def requires(permission: Permission) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let a view run only for those who may. A programme one may not see does not exist (404); else 403.

    The view's address names the programme as `programme`; the view finds it, and the user's rights, on the request.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def checked(request: Any, programme: str, **kwargs: Any) -> HttpResponse:
            seen = Programme.objects.visible_to(request.user).with_rights_of(request.user)
            enter(request, get_object_or_404(seen, slug=programme))
            if permission not in request.permissions:
                raise PermissionDenied
            return view(request, **kwargs)

        return checked

    return decorate
