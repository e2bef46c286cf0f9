"""Snapshots and board reports. A snapshot is frozen truth; a report is rendered from one and never from live rows."""

from datetime import datetime
from typing import ClassVar

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from programme.models import Programme, ReportingPeriod, User
from programme.permissions import programmes_allowing
from programme.roles import Permission


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


class BoardReportQuerySet(models.QuerySet["BoardReport"]):
    """Reports in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> "BoardReportQuerySet":
        """Published reports of the user's programmes, and drafts where the user may read drafts."""
        reading = programmes_allowing(user, Permission.READ_PROGRAMME)
        drafting = programmes_allowing(user, Permission.READ_DRAFT_REPORTS)
        return self.filter(Q(programme__in=reading, state=BoardReport.State.PUBLISHED) | Q(programme__in=drafting))

    def published(self) -> "BoardReportQuerySet":
        """Reports readers may have, newest month first."""
        return self.filter(state=BoardReport.State.PUBLISHED).order_by("-period__month", "-published_at")

    def unfinished(self, moment: datetime) -> "BoardReportQuerySet":
        """Reports nobody is working on although they should be: never begun, or begun and the lease ran out."""
        return self.filter(
            Q(state=BoardReport.State.QUEUED) | Q(state=BoardReport.State.BUILDING, lease_until__lt=moment)
        )


@pghistory.track(exclude=["stage", "stages_done", "lease_until"])
class BoardReport(models.Model):
    """One version of one month's board report, from asking for it to publishing it.

    This row is the truth; the message in the broker is only a wake-up. Every write while building says
    `WHERE state = 'building' AND attempt = ...`, so that a worker thought dead can change nothing when it wakes.
    """

    class State(models.TextChoices):
        """In the order of a report's life."""

        QUEUED = "queued", "Waiting to be built"
        BUILDING = "building", "Being built"
        FAILED = "failed", "Could not be built"
        DRAFT = "draft", "Waiting for approval"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reports")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="reports")
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="report")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    stage = models.CharField(max_length=100, blank=True)
    stages_done = models.PositiveSmallIntegerField(default=0)
    failure = models.TextField(blank=True)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    built_by = models.ForeignKey("programme.User", models.PROTECT, related_name="reports_built")
    requested_at = models.DateTimeField()
    built_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "programme.User", models.PROTECT, null=True, blank=True, related_name="reports_approved"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "programme.User", models.PROTECT, null=True, blank=True, related_name="reports_published"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects = BoardReportQuerySet.as_manager()

    class Meta:
        """Newest month, newest version first. The rules the database itself keeps are named."""

        ordering: ClassVar = ["-period__month", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "period", "version"], name="one_report_per_version"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("built_by")), name="report_not_approved_by_its_builder"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["draft", "approved", "published"]) | ~Q(sha256=""),
                name="finished_report_has_a_file",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "published"]) | Q(approved_at__isnull=False),
                name="published_report_was_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} board report, version {self.version}"


class Download(models.Model):
    """Who took a copy of which report, and when. Appended."""

    report = models.ForeignKey(BoardReport, models.PROTECT, related_name="downloads")
    user = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.report} by {self.user}"
