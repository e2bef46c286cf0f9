"""A pilot, its evaluation and its roll-out: three milestones that belong together."""

from typing import ClassVar

import pghistory
from django.db import models

from workstreams.models.workstream import Workstream


@pghistory.track()
class Pilot(models.Model):
    """What is tried first, looked at, and then rolled out. Its steps are milestones of the same workstream."""

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="pilots")
    name = models.CharField(max_length=200)
    question = models.TextField(blank=True, help_text="What has to be true for it to be rolled out")

    class Meta:
        """In the order they were planned."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["workstream", "name"], name="one_pilot_per_name")]

    def __str__(self) -> str:
        return self.name
