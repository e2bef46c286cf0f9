"""Ratings. Appended rows: what somebody declared or assured about a month, with the reason. Never overwritten."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from programme.models import ReportingPeriod
from programme.status import Rag
from workstreams.models.update import UpdateRevision
from workstreams.models.workstream import Workstream


class Rating(models.Model):
    """One judgement of one workstream for one month.

    `period` is the month it was given for at the time. An update may be moved to its right month afterwards, so a
    rating that came with one is read through its revision: see `month_rated`.
    """

    class Kind(models.TextChoices):
        """Declared by the lead with an update; assured by somebody other than the writer."""

        DECLARED = "declared", "Declared"
        ASSURED = "assured", "Assured"

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="ratings")
    period = models.ForeignKey("programme.ReportingPeriod", models.PROTECT, related_name="ratings")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DECLARED)
    rating = models.CharField(max_length=12, choices=[(r.value, r.word) for r in Rag])
    reason = models.TextField(blank=True)
    revision = models.ForeignKey(UpdateRevision, models.PROTECT, null=True, blank=True, related_name="ratings")
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first. A rating that is not Green says why."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rating__in=["green", "complete"]) | ~Q(reason=""), name="rating_not_green_says_why"
            ),
            models.CheckConstraint(
                condition=Q(rating__in=["red", "amber", "green", "complete"]), name="rating_is_a_judgement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rag.word}, {self.month_rated}"

    @property
    def month_rated(self) -> ReportingPeriod:
        """The month it is about: that of its update where it came with one, even after the update was moved."""
        return self.revision.update.period if self.revision else self.period

    @property
    def rag(self) -> Rag:
        """The rating as vocabulary."""
        return Rag(self.rating)
