"""Which milestone waits for which, also across the workstreams of a programme."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q

from programme.models import Programme
from workstreams.models.milestone import Milestone


class MilestoneDependencyQuerySet(models.QuerySet["MilestoneDependency"]):
    """Dependencies in the users' words."""

    def of_programme(self, programme: Programme) -> "MilestoneDependencyQuerySet":
        """Every dependency between milestones of a programme."""
        return self.filter(milestone__workstream__programme=programme)


@pghistory.track()
class MilestoneDependency(models.Model):
    """`milestone` cannot be done before `needs` is. The chain never leads back to itself; see dependencies.py."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="needs")
    needs = models.ForeignKey(Milestone, models.PROTECT, related_name="needed_by")

    objects = MilestoneDependencyQuerySet.as_manager()

    class Meta:
        """In the order they were stated."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["milestone", "needs"], name="one_dependency_per_pair"),
            models.CheckConstraint(condition=~Q(milestone=F("needs")), name="no_milestone_needs_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} needs {self.needs}"
