"""What stands beside the levels of a review: findings, and evidence for what was said."""

from datetime import date
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from thrive.maturity import words
from thrive.maturity.models.framework import Domain, Element
from thrive.maturity.models.review import Review
from workstreams.models import Milestone, MonthlyUpdate


@pghistory.track()
class Finding(models.Model):
    """What works, what was found, or what was recommended. What becomes of a recommendation is told elsewhere."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="findings")
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="+")
    element = models.ForeignKey(Element, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=words.FINDINGS)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By domain, in the order in which they were written."""

        ordering: ClassVar = ["domain__number", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="finding_says_something")]

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class Evidence(models.Model):
    """Something that bears out a level: a page, a document, or what is in this product already."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="evidence")
    element = models.ForeignKey(Element, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=words.EVIDENCE_KINDS)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=500, blank=True)
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="+")
    update = models.ForeignKey(MonthlyUpdate, models.PROTECT, null=True, blank=True, related_name="+")
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        """In the order in which it was put there."""

        ordering: ClassVar = ["element", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="milestone", milestone__isnull=False, update=None)
                | Q(kind="update", update__isnull=False, milestone=None)
                | Q(kind__in=["link", "document"], milestone=None, update=None),
                name="evidence_is_of_its_kind",
            ),
            models.CheckConstraint(condition=~Q(kind="link", url=""), name="evidence_link_has_address"),
        ]

    def __str__(self) -> str:
        return self.title

    def has_expired(self, day: date) -> bool:
        """Whether it should no longer be leaned on."""
        return self.expires_on is not None and self.expires_on < day
