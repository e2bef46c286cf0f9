"""What a report says, frozen."""

from typing import ClassVar

from django.db import models

from programme.models import Programme, ReportingPeriod


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots in the users' words."""

    def with_dashboard(self) -> "SnapshotQuerySet":
        """Months that were frozen with their dashboard, the newest freezing of each first."""
        return self.filter(kind=Snapshot.Kind.CLOSE, content__has_key="dashboard")


class Snapshot(models.Model):
    """Everything a report says, as it stood at a moment. Immutable; proven by its SHA-256."""

    class Kind(models.TextChoices):
        """A draft is as at a moment; a close freezes a period."""

        DRAFT = "draft", "As at a moment"
        CLOSE = "close", "Close of the period"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="snapshots")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="snapshots")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DRAFT)
    schema_version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    versions = models.JSONField(default=dict, help_text="Libraries and fonts the report is made with")
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.programme}, {self.period}, as at {self.at:%Y-%m-%d %H:%M}"
