"""Programmes and who has which role in them."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q

from programme.clock import today
from programme.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from programme.models.person import User


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes in the users' words."""

    def visible_to(self, user: "User | AnonymousUser") -> "ProgrammeQuerySet":
        """Programmes in which the user holds a role or a dated assignment today.

        Everything else is treated as if it did not exist (404), so that one programme learns nothing of another.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        member = Membership.objects.in_force(today()).filter(user_id=user.pk)
        return self.filter(
            Q(pk__in=member.values("programme_id")) | Q(pk__in=Programme.objects.assigned_to(user).values("pk"))
        )

    def with_rights_of(self, user: "User | AnonymousUser") -> "ProgrammeQuerySet":
        """Annotate what the user's rights follow from, and `has_others`, in the same query."""
        held = Membership.objects.in_force(today()).filter(user=user.pk or 0, programme=OuterRef("pk"))
        return self.annotate(
            role_values=ArraySubquery(held.values("role")),
            is_assigned=Q(pk__in=Programme.objects.assigned_to(user).values("pk")),
            has_others=Exists(Programme.objects.visible_to(user).exclude(pk=OuterRef("pk"))),
        )

    def assigned_to(self, user: "User | AnonymousUser") -> "ProgrammeQuerySet":
        """Programmes in which the user leads, deputises for or sponsors a workstream today."""
        day = today()
        ended = Q(workstreams__assignments__until=None) | Q(workstreams__assignments__until__gte=day)
        person = Q(workstreams__assignments__person__user=user.pk)
        duplicate = Q(workstreams__assignments__person__merged_into__user=user.pk)
        return self.filter(ended, person | duplicate, workstreams__assignments__since__lte=day)


def _working_days(default: int) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(default=default, validators=[MinValueValidator(0), MaxValueValidator(15)])


@pghistory.track()
class Programme(models.Model):
    """A programme of workstreams, with its mandate, its partners and its monthly rhythm."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200, unique=True)
    mandate = models.TextField(blank=True)
    scope = models.TextField(blank=True)
    governance = models.TextField(blank=True)
    partners = models.ManyToManyField("programme.Organisation", blank=True, related_name="programmes")
    places = models.ManyToManyField("programme.Place", blank=True, related_name="programmes")
    # Whoever was added here by name; those with a role or a part in a workstream belong to it without.
    people = models.ManyToManyField("programme.Person", blank=True, related_name="known_in")
    version = models.PositiveIntegerField(default=1)
    # The rule that makes reporting periods ahead of time; see programme/periods.py.
    opens_before_month_end = _working_days(5)
    due_working_day = _working_days(5)
    closes_after_due = _working_days(3)
    # While the guided journey is under way: which of its questions have been answered, also with "none".
    setting_up = models.BooleanField(default=False)
    setup_answered = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        """Alphabetical."""

        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class ProgrammePartner(Programme.partners.through):  # type: ignore[misc,name-defined]  # made by Django
    """A partner of a programme, so that history says who joined and left it, and when."""

    class Meta:
        proxy = True


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class ProgrammePlace(Programme.places.through):  # type: ignore[misc,name-defined]  # made by Django
    """A place of a programme, for the same reason."""

    class Meta:
        proxy = True


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Roles in force on a day."""

    def in_force(self, day: date) -> "MembershipQuerySet":
        """Roles that had begun and had not ended on `day`."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


@pghistory.track()
class Membership(models.Model):
    """A programme-wide role held by an account between two days."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="memberships")
    user = models.ForeignKey("programme.User", models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        """A role is held once at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "user", "role"], condition=Q(until=None), name="role_held_once"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=models.F("since")), name="role_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.get_role_display()} in {self.programme}"
