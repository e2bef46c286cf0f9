"""Invitations: a link by e-mail, used once, by which somebody takes up an account or confirms an address."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q

from programme.models.programme import Programme
from programme.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from programme.models.person import User


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations in the users' words."""

    def visible_to(self, user: "User | AnonymousUser") -> "InvitationQuerySet":
        """Invitations to programmes the user may see."""
        return self.filter(programme__in=Programme.objects.visible_to(user))

    def waiting(self) -> "InvitationQuerySet":
        """Neither used nor withdrawn; their link may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)


@pghistory.track(exclude=["token_hash"])
class Invitation(models.Model):
    """One letter to one address. Only a hash of its link is kept, so that nobody who reads this table can use it.

    Whether the address has an account already is found out by whoever follows the link, never by whoever sends it.
    """

    class Kind(models.TextChoices):
        """What following the link does."""

        JOIN = "join", "Join the programme"
        ADDRESS = "address", "Confirm a new address"

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.JOIN)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="invitations")
    person = models.ForeignKey("programme.Person", models.PROTECT, related_name="invitations")
    email = models.EmailField("email address")
    # Empty for somebody whose rights come from a workstream alone.
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # When the mail server took the letter; empty where it did not.
    mailed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        """Newest first; one letter of a kind waits for one person in one programme."""

        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "person", "kind"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="one_invitation_waits",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("at")), name="invitation_expires_later"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}"

    def is_open(self, moment: datetime) -> bool:
        """Whether its link still works at `moment`."""
        return self.accepted_at is None and self.revoked_at is None and moment < self.expires_at
