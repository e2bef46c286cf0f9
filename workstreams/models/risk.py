"""Risks: what may go wrong, how likely it is and how much it would matter."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from workstreams.models.register import RegisterEntry, RegisterQuerySet
from workstreams.models.workstream import Workstream
from workstreams.risks import Band, band_of


@pghistory.track()
class Risk(RegisterEntry):
    """Something that may happen. Its score is likelihood times impact, from 1 to 25."""

    class Likelihood(models.IntegerChoices):
        """From 1 to 5, in the words of the usual NHS matrix."""

        RARE = 1, "1: rare"
        UNLIKELY = 2, "2: unlikely"
        POSSIBLE = 3, "3: possible"
        LIKELY = 4, "4: likely"
        ALMOST_CERTAIN = 5, "5: almost certain"

    class Impact(models.IntegerChoices):
        """From 1 to 5, in the words of the usual NHS matrix."""

        NEGLIGIBLE = 1, "1: negligible"
        MINOR = 2, "2: minor"
        MODERATE = 3, "3: moderate"
        MAJOR = 4, "4: major"
        CATASTROPHIC = 5, "5: catastrophic"

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="risks")
    likelihood = models.PositiveSmallIntegerField(choices=Likelihood)
    impact = models.PositiveSmallIntegerField(choices=Impact)
    review_on = models.DateField(null=True, blank=True)

    score_then: int  # annotated by what looks back on a moment, as are the two below
    has_action: bool
    stands: int

    objects = RegisterQuerySet["Risk"].as_manager()

    class Meta(RegisterEntry.Meta):
        """As every entry of a register."""

        constraints: ClassVar = [
            *RegisterEntry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)), name="risk_is_scored_from_1_to_5"
            ),
        ]

    @property
    def score(self) -> int:
        """Likelihood times impact."""
        return self.likelihood * self.impact

    @property
    def band(self) -> Band:
        """What the score comes to."""
        return band_of(self.score)


class RiskScore(models.Model):
    """A risk as it was scored on a day, and why. Appended; the newest one stands on the risk itself."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="scores")
    likelihood = models.PositiveSmallIntegerField(choices=Risk.Likelihood)
    impact = models.PositiveSmallIntegerField(choices=Risk.Impact)
    reason = models.TextField()
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first. A score says why."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)), name="risk_score_is_from_1_to_5"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="risk_score_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.score}, {self.at:%Y-%m-%d}"

    @property
    def score(self) -> int:
        """Likelihood times impact."""
        return self.likelihood * self.impact

    @property
    def band(self) -> Band:
        """What the score comes to."""
        return band_of(self.score)
