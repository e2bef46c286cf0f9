"""Leave: days on which somebody is away and a deputy is reminded instead."""

from datetime import date
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q

from programme.models.person import Person


class LeaveQuerySet(models.QuerySet["Leave"]):
    """Leave in the users' words."""

    def on(self, day: date) -> "LeaveQuerySet":
        """Leave that covers `day`."""
        return self.filter(since__lte=day, until__gte=day)


@pghistory.track()
class Leave(models.Model):
    """Somebody is away from a first to a last day, both included. Why is nobody's business and is not asked."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="leave")
    since = models.DateField()
    until = models.DateField()

    objects = LeaveQuerySet.as_manager()

    class Meta:
        """Soonest first."""

        ordering: ClassVar = ["since", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="leave_ends_later")]

    def __str__(self) -> str:
        return f"{self.person}, {self.since:%Y-%m-%d} to {self.until:%Y-%m-%d}"
