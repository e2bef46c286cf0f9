"""Board reports: one version of one edition of a month, from asking for it to its end."""

from datetime import datetime
from typing import ClassVar

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, When

from programme.models import Programme, ReportingPeriod, User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from reporting.editions import EDITION_CHOICES, OUTSIDE, Edition
from reporting.models.snapshot import Snapshot


class BoardReportQuerySet(models.QuerySet["BoardReport"]):
    """Reports in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> "BoardReportQuerySet":
        """What was ever published for readers like the user, and the rest where the user may read drafts.

        Commissioners read the editions that are made for people outside the trust; what stays inside does not exist
        for them.
        """
        reading = Q(programme__in=programmes_allowing(user, Permission.READ_PROGRAMME), edition__in=OUTSIDE)
        inside = Q(programme__in=programmes_allowing(user, Permission.READ_REPORTS))
        drafting = Q(programme__in=programmes_allowing(user, Permission.READ_DRAFT_REPORTS))
        return self.filter((reading | inside) & Q(state__in=BoardReport.TOLD) | drafting)

    def published(self) -> "BoardReportQuerySet":
        """Reports that stand: published and neither superseded nor withdrawn. Newest month first."""
        return self.filter(state=BoardReport.State.PUBLISHED).newest_first()

    def told(self) -> "BoardReportQuerySet":
        """Everything that was ever published, newest month first."""
        return self.filter(state__in=BoardReport.TOLD).newest_first()

    def readable(self) -> "BoardReportQuerySet":
        """What readers can still open: published, or superseded by a later version."""
        return self.filter(state__in=BoardReport.READABLE).newest_first()

    def newest_first(self) -> "BoardReportQuerySet":
        """By month; within one the pack before what is made from it."""
        place = Case(*(When(edition=each, then=number) for number, each in enumerate(Edition)))
        return self.order_by("-period__month", place, "-published_at")

    def unfinished(self, moment: datetime) -> "BoardReportQuerySet":
        """Reports nobody is working on although they should be: never begun, or begun and the lease ran out."""
        return self.filter(
            Q(state=BoardReport.State.QUEUED) | Q(state=BoardReport.State.BUILDING, lease_until__lt=moment)
        )


@pghistory.track(exclude=["stage", "stages_done", "section", "lease_until"])
class BoardReport(models.Model):
    """One version of one edition of a month's board report.

    This row is the truth; the message in the broker is only a wake-up. Every write while building says
    `WHERE state = 'building' AND attempt = ...`, so that a worker thought dead can change nothing when it wakes.
    """

    class State(models.TextChoices):
        """In the order of a report's life."""

        QUEUED = "queued", "Waiting to be built"
        BUILDING = "building", "Being built"
        FAILED = "failed", "Could not be built"
        CANCELLED = "cancelled", "Cancelled"
        DRAFT = "draft", "Waiting for approval"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"
        SUPERSEDED = "superseded", "Superseded"
        WITHDRAWN = "withdrawn", "Withdrawn"

    # Was published once, so readers know of it; and what of that they can still open.
    TOLD: ClassVar = (State.PUBLISHED.value, State.SUPERSEDED.value, State.WITHDRAWN.value)
    READABLE: ClassVar = (State.PUBLISHED.value, State.SUPERSEDED.value)

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reports")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="reports")
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="report")
    edition = models.CharField(max_length=20, choices=EDITION_CHOICES, default=Edition.FULL)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    stage = models.CharField(max_length=100, blank=True)
    stages_done = models.PositiveSmallIntegerField(default=0)
    section = models.CharField(max_length=200, blank=True, help_text="Which part is being written")
    failure = models.TextField(blank=True)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    schedule = models.ForeignKey(
        "reporting.ReportSchedule", models.PROTECT, null=True, blank=True, related_name="reports"
    )
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
    told_roles = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    told_people = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="Accounts, by their keys")
    # How it ended: a later version took its place, or it was withdrawn for a reason.
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.TextField(blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = BoardReportQuerySet.as_manager()

    class Meta:
        """Newest month, newest version first. The rules the database itself keeps are named."""

        ordering: ClassVar = ["-period__month", "-version", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "period", "edition", "version"], name="one_report_per_edition_and_version"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("built_by")), name="report_not_approved_by_its_builder"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["draft", "approved", "published", "superseded", "withdrawn"]) | ~Q(sha256=""),
                name="finished_report_has_a_file",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "published", "superseded", "withdrawn"])
                | Q(approved_at__isnull=False),
                name="published_report_was_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["superseded", "withdrawn"]) | Q(ended_at__isnull=False),
                name="ended_report_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(end_reason=""), name="withdrawn_report_says_why"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sha256"], condition=~Q(sha256=""), name="report_by_fingerprint"),
        ]

    def __str__(self) -> str:
        return f"{self.period} board report, version {self.version}"

    @property
    def edition_words(self) -> str:
        """The edition's name."""
        return Edition(self.edition).words

    @property
    def title(self) -> str:
        """Month, edition and version, as it is named in lists and e-mails."""
        return f"{self.period}, {self.edition_words.lower()}, version {self.version}"

    @property
    def stays_inside(self) -> bool:
        """Whether its edition is for the trust's own people, and not for commissioners."""
        return self.edition not in OUTSIDE

    @property
    def can_be_opened(self) -> bool:
        """Whether readers may have its file."""
        return self.state in self.READABLE
