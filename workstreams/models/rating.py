"""Ratings. Appended rows: what somebody declared or assured about a month, with the reason. Never overwritten."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from programme.models import ReportingPeriod
from programme.status import Confidence, Rag
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
    # Whether the whole will be delivered, which is another question than how the month went. Declared only.
    delivery_confidence = models.CharField(max_length=10, blank=True, choices=[(c.value, c.words) for c in Confidence])
    # The way back to Green, which a declared Red has to say since decision 0015.
    path_action = models.TextField(blank=True)
    path_owner = models.ForeignKey("programme.Person", models.PROTECT, null=True, blank=True, related_name="+")
    path_owner_words = models.CharField(max_length=200, blank=True, help_text="An owner who is nobody we know by name")
    path_by = models.DateField(null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(kind="assured", revision__isnull=False, by__isnull=False) & ~Q(reason="")
                | Q(kind="declared"),
                name="assured_rating_says_why_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(kind="declared") | Q(delivery_confidence=""), name="confidence_is_the_leads"
            ),
            # Added without looking at older rows: a Red of last year or of an import has no path, and stays as it was.
            models.CheckConstraint(
                condition=~Q(kind="declared", rating="red")
                | (
                    ~Q(path_action="")
                    & Q(path_by__isnull=False)
                    & (Q(path_owner__isnull=False) | ~Q(path_owner_words=""))
                ),
                name="red_says_the_way_back",
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

    @property
    def confidence(self) -> Confidence | None:
        """How sure the lead is that it will be delivered, where they said."""
        return Confidence(self.delivery_confidence) if self.delivery_confidence else None

    @property
    def path_owner_name(self) -> str:
        """Who is to bring it back to Green, in words."""
        return self.path_owner.survivor.name if self.path_owner else self.path_owner_words
