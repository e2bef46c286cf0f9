"""Workstreams: what the programme does, who it is for and how it stands over time."""

from datetime import date
from typing import ClassVar

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from programme.models import ImportBatch, Programme, User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from workstreams.models.assignment import Assignment


class WorkstreamQuerySet(models.QuerySet["Workstream"]):
    """Workstreams in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> "WorkstreamQuerySet":
        """Workstreams of programmes in which the user may read workstreams. Others do not exist for them."""
        return self.filter(programme__in=programmes_allowing(user, Permission.READ_WORKSTREAMS))

    def with_status(self, day: date) -> "WorkstreamQuerySet":
        """Annotate the newest status that had begun on `day`, none where it was proposed, and since when it holds."""
        newest = WorkstreamStatus.objects.filter(workstream=OuterRef("pk"), since__lte=day).order_by("-since", "-pk")
        return self.annotate(  # type: ignore[no-redef]  # declared on the model for its readers
            status_now=Subquery(newest.values("status")[:1]), status_since=Subquery(newest.values("since")[:1])
        )

    def reporting_on(self, day: date) -> "WorkstreamQuerySet":
        """Workstreams that owe a monthly update on `day`: current or closing, and not merged into another."""
        owing = [WorkstreamStatus.Status.CURRENT, WorkstreamStatus.Status.CLOSING]
        return self.with_status(day).filter(status_now__in=owing, merged_into=None)

    def of_import(self, batch: ImportBatch) -> "WorkstreamQuerySet":
        """Workstreams that an import made or wrote in."""
        wrote = Q(batch=batch) | Q(updates__batch=batch) | Q(milestones__batch=batch) | Q(objectives__batch=batch)
        return self.filter(wrote).distinct()

    def led_by(self, user: User | AnonymousUser, day: date) -> "WorkstreamQuerySet":
        """Workstreams whose update the user writes on `day`."""
        writing = Assignment.objects.in_force(day).writing().of_user(user)
        led = writing.annotate(standing=Coalesce("workstream__merged_into", "workstream"))
        return self.filter(pk__in=led.values("standing"))


@pghistory.track()
class Workstream(models.Model):
    """One strand of a programme. May stand under another; keeps its names and its past."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="workstreams")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    purpose = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    batch = models.ForeignKey(
        "programme.ImportBatch", models.PROTECT, null=True, blank=True, related_name="workstreams"
    )
    source_line = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    status_now: str | None  # annotated by `with_status`, as is the day since when
    status_since: date | None
    has_plan: bool  # annotated by `gathering.prepared`

    objects = WorkstreamQuerySet.as_manager()

    class Meta:
        """Alphabetical within a programme."""

        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "slug"], name="one_workstream_per_slug"),
            models.UniqueConstraint(fields=["programme", "name"], name="one_workstream_per_name"),
            models.CheckConstraint(condition=~Q(parent=models.F("pk")), name="no_workstream_under_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def survivor(self) -> "Workstream":
        """The workstream that stands: a merged duplicate gives the one it was merged into."""
        return self.merged_into or self


class WorkstreamStatus(models.Model):
    """A status from a day on. Appended; the newest that has begun is in force."""

    class Status(models.TextChoices):
        """From proposal to hand-over."""

        PROPOSED = "proposed", "Proposed"
        CURRENT = "current", "Current"
        PAUSED = "paused", "Paused"
        CLOSING = "closing", "Closing"
        COMPLETED = "completed", "Closed to business as usual"
        MERGED = "merged", "Merged into another"
        STOPPED = "stopped", "Stopped"

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="statuses")
    status = models.CharField(max_length=10, choices=Status)
    since = models.DateField()
    # The words where the day is only roughly known ("January 2025").
    since_words = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    batch = models.ForeignKey("programme.ImportBatch", models.PROTECT, null=True, blank=True, related_name="+")
    source_line = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["since", "pk"]

    def __str__(self) -> str:
        return f"{self.get_status_display()} from {self.since:%Y-%m-%d}"


@pghistory.track()
class Objective(models.Model):
    """A numbered aim of a workstream; the current priorities among them are marked."""

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="objectives")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    is_priority = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)
    batch = models.ForeignKey("programme.ImportBatch", models.PROTECT, null=True, blank=True, related_name="+")
    source_line = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        """By number."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workstream", "number"], name="one_objective_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
