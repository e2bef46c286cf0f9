"""Imports. Every row that an import makes knows its batch, so that it can be traced to a line and undone."""

from typing import ClassVar

import pghistory
from django.db import models


@pghistory.track(exclude=["text"])
class ImportBatch(models.Model):
    """One document brought in, with its text as received."""

    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="import_batches")
    source = models.CharField(max_length=300, help_text="File name or address")
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    counts = models.JSONField(default=dict)
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="import_batches")
    at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source}, {self.at:%Y-%m-%d}"
