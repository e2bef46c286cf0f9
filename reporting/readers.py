"""Who may read which edition: what stays inside the trust is for its staff, the rest for commissioners, too."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from programme.clock import day_of
from programme.models import Membership, User
from programme.permissions import roles_with
from programme.roles import ASSIGNED_PERMISSIONS, Permission, Role
from programme.wording import listed
from reporting.editions import Edition
from reporting.models import BoardReport
from workstreams.models import Assignment


def needed_for(edition: Edition) -> Permission:
    """What somebody needs to read an edition once it is published."""
    return Permission.READ_PROGRAMME if edition.is_for_outside else Permission.READ_REPORTS


def roles_reading(edition: Edition) -> list[Role]:
    """The roles whose holders may read it."""
    return roles_with(needed_for(edition))


def in_roles(programme: int, roles: Iterable[str], moment: datetime) -> QuerySet[User]:
    """Everybody with an account in use who holds one of the roles on that day."""
    held = Membership.objects.in_force(day_of(moment)).filter(programme=programme, role__in=list(roles))
    return User.objects.filter(pk__in=held.values("user"), is_active=True).select_related("person").order_by("pk")


def readers_of(programme: int, edition: Edition, moment: datetime) -> QuerySet[User]:
    """Everybody with an account in use who may read the edition on that day, by a role or by a part in a workstream."""
    day, needed = day_of(moment), needed_for(edition)
    held = Membership.objects.in_force(day).filter(programme=programme, role__in=roles_with(needed))
    able = Q(pk__in=held.values("user"))
    if needed in ASSIGNED_PERMISSIONS:
        parts = Assignment.objects.in_force(day).filter(workstream__programme=programme)
        able |= Q(person__in=parts.values("person")) | Q(person__duplicates__in=parts.values("person"))
    return User.objects.filter(able, is_active=True).select_related("person").distinct().order_by("person__name", "pk")


@dataclass(frozen=True)
class Chosen:
    """Single people who are to hear of a report: those who may read it, and those who may not any more."""

    able: list[User]
    left: list[User]

    @property
    def sentence(self) -> str:
        """Who gets no e-mail, and why; nothing where everybody chosen does."""
        names = [user.name for user in self.left]
        if not names:
            return ""
        has, is_ = ("has", "is") if len(names) == 1 else ("have", "are")
        return f"{listed(names)} {has} left, or may not read this edition any more, and so {is_} skipped."


def chosen(programme: int, edition: Edition, people: Collection[int], moment: datetime) -> Chosen:
    """The people of a choice that was made earlier, as they stand on that day."""
    return all_chosen(programme, [(edition, people)], moment)[0]


def all_chosen(programme: int, choices: Sequence[tuple[Edition, Collection[int]]], moment: datetime) -> list[Chosen]:
    """The same for several choices. Three queries; none where nobody is named."""
    named = {key for _, people in choices for key in people}
    users = (
        list(User.objects.filter(pk__in=named).select_related("person").order_by("person__name", "pk")) if named else []
    )
    able = {
        needed: set(readers_of(programme, edition, moment).filter(pk__in=named).values_list("pk", flat=True))
        for needed, edition in {needed_for(edition): edition for edition in Edition}.items()
        if named
    }
    found = []
    for edition, people in choices:
        own, can = [user for user in users if user.pk in people], able.get(needed_for(edition), set())
        found.append(Chosen([user for user in own if user.pk in can], [user for user in own if user.pk not in can]))
    return found


def announced_to(report: BoardReport) -> list[str]:
    """Whom a report was announced to: roles, and people by name."""
    labels = {role.value: str(role.label) for role in Role}
    named = User.objects.filter(pk__in=report.told_people).select_related("person").order_by("person__name", "pk")
    return [*(labels[role] for role in report.told_roles if role in labels), *(user.name for user in named)]
