"""What of a review was taken forward: a recommendation made from a finding, or from an element to be lifted."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from thrive.maturity.models.framework import Element
from thrive.maturity.models.noted import Finding
from thrive.maturity.models.review import Review
from thrive.models import Recommendation


class TakenForward(models.Model):
    """That a recommendation comes from a review. Only ever added: what becomes of it is the recommendation's to say."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="taken_forward")
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, blank=True, related_name="taken_forward")
    # What is to be scored anew once it is done.
    element = models.ForeignKey(Element, models.PROTECT, null=True, blank=True, related_name="+")
    recommendation = models.OneToOneField(Recommendation, models.PROTECT, related_name="+")

    class Meta:
        """In the order in which it was done."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(finding__isnull=False) | Q(element__isnull=False), name="taken_forward_from_something"
            )
        ]

    def __str__(self) -> str:
        return str(self.recommendation)
