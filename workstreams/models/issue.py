"""Issues: what has gone wrong and needs somebody."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from workstreams.models.register import RegisterEntry, RegisterQuerySet
from workstreams.models.workstream import Workstream


@pghistory.track()
class Issue(RegisterEntry):
    """Something that has happened and stands in the way."""

    class Severity(models.TextChoices):
        """How much it stands in the way."""

        LOW = "low", "Low"
        MEDIUM = "medium", "Medium"
        HIGH = "high", "High"

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="issues")
    severity = models.CharField(max_length=10, choices=Severity)

    severity_then: str  # annotated by what looks back on a moment
    stands: int

    objects = RegisterQuerySet["Issue"].as_manager()

    class Meta(RegisterEntry.Meta):
        """As every entry of a register."""

        constraints: ClassVar = [
            *RegisterEntry.Meta.constraints,
            models.CheckConstraint(condition=Q(severity__in=["low", "medium", "high"]), name="severity_is_known"),
        ]
