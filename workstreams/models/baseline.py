"""New baselines: asked for with a reason, agreed or refused by somebody else, or withdrawn. Nothing is changed."""

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models

from programme.models import StatedDate, User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from workstreams.models.milestone import Milestone


class BaselineRequestQuerySet(models.QuerySet["BaselineRequest"]):
    """Requests in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> "BaselineRequestQuerySet":
        """Requests of programmes whose workstreams the user may read."""
        return self.filter(milestone__workstream__programme__in=programmes_allowing(user, Permission.READ_WORKSTREAMS))

    def waiting(self) -> "BaselineRequestQuerySet":
        """Requests that nobody has decided on."""
        return self.filter(decision=None)


class BaselineRequest(StatedDate):
    """A new baseline that somebody asked for: the date as written, the reason, by whom and when. Immutable."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="baseline_requests")

    objects = BaselineRequestQuerySet.as_manager()

    class Meta(StatedDate.Meta):
        """As stated dates."""


class BaselineDecision(models.Model):
    """What became of a request. Appended once; an agreed one has its baseline among the milestone's dates."""

    class Outcome(models.TextChoices):
        """Agreed or refused by somebody else, or withdrawn by who asked."""

        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    request = models.OneToOneField(BaselineRequest, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.request}"
