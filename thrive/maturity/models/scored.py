"""What was said of elements: by each alone, and by all together. Both are only ever added to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from thrive.maturity.models.framework import Element, Level
from thrive.maturity.models.review import Participant, Review


class ScoreQuerySet(models.QuerySet["Score"]):
    """Scores in the users' words."""

    def last_words(self) -> "ScoreQuerySet":
        """The last word of each participant on each element."""
        return self.order_by("participant_id", "element_id", "-pk").distinct("participant_id", "element_id")


class Score(models.Model):
    """One participant's word on one element: a level, or that they cannot say. A change of mind is a new row."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="scores")
    element = models.ForeignKey(Element, models.PROTECT, related_name="+")
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    # The facilitator who wrote it down; empty where the participant did.
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    objects = ScoreQuerySet.as_manager()

    class Meta:
        """In the order in which they were given."""

        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["participant", "element", "-id"], name="score_latest")]

    def __str__(self) -> str:
        return str(self.level) if self.level else "Cannot say"


class ConsensusQuerySet(models.QuerySet["Consensus"]):
    """Consensus in the users' words."""

    def standing(self) -> "ConsensusQuerySet":
        """What stands for each element of each review."""
        return self.order_by("review_id", "element_id", "-number").distinct("review_id", "element_id")


class Consensus(models.Model):
    """What was agreed of an element, by whom and why. It is always somebody's own words; nothing is filled in."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="agreed")
    element = models.ForeignKey(Element, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    level = models.ForeignKey(
        Level, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: they could not agree"
    )
    rationale = models.TextField()
    dissent = models.TextField(blank=True)
    decided_by = models.CharField(max_length=200)
    decided_on = models.DateField()
    ambition = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="+")
    ambition_by = models.DateField(null=True, blank=True)
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    objects = ConsensusQuerySet.as_manager()

    class Meta:
        """The latest last."""

        ordering: ClassVar = ["review", "element", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "element", "number"], name="consensus_number_once"),
            models.CheckConstraint(condition=~Q(rationale="") & ~Q(decided_by=""), name="consensus_says_why_and_who"),
            models.CheckConstraint(
                condition=Q(ambition=None, ambition_by=None) | Q(ambition__isnull=False, ambition_by__isnull=False),
                name="ambition_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.level) if self.level else "Not agreed"
