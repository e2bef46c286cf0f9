"""Milestones and phases. A milestone is one deliverable; its dates are statements, appended and never changed."""

from datetime import datetime
from typing import ClassVar

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from programme.models import StatedDate, User
from workstreams.models.workstream import Workstream
from workstreams.slippage import Statements


@pghistory.track()
class Phase(models.Model):
    """A named stretch of a workstream's plan. Phases have windows of their own and may overlap."""

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="phases")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    batch = models.ForeignKey("programme.ImportBatch", models.PROTECT, null=True, blank=True, related_name="+")
    source_line = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        """In the order of the plan."""

        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["workstream", "name"], name="one_phase_per_name")]

    def __str__(self) -> str:
        return self.name


class PhaseDate(StatedDate):
    """When a phase runs, as stated. Immutable."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="dates")

    class Meta(StatedDate.Meta):
        """As stated dates."""


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Milestones in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> "MilestoneQuerySet":
        """Milestones of workstreams the user may see."""
        return self.filter(workstream__in=Workstream.objects.visible_to(user))

    def with_dates(self) -> "MilestoneQuerySet":
        """With every statement of date, in one further query."""
        return self.prefetch_related("dates")


@pghistory.track()
class Milestone(models.Model):
    """One deliverable: 'procedure signed off', with a window."""

    class Tense(models.TextChoices):
        """What the source's words suggest until a person confirms; empty once a person has spoken."""

        DONE = "done", "Said to be done"
        PLANNED = "planned", "Planned"
        UNKNOWN = "unknown", "Not known"

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="milestones")
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="milestones")
    title = models.CharField(max_length=500)
    aliases = models.JSONField(default=list, blank=True)
    owner = models.ForeignKey(
        "programme.Person", models.PROTECT, null=True, blank=True, related_name="milestones_owned"
    )
    is_critical = models.BooleanField(default=False)
    tense = models.CharField(max_length=10, choices=Tense, blank=True)
    # Counts statements; a form that was opened before the newest one is answered with both, never overwritten.
    version = models.PositiveIntegerField(default=1)
    batch = models.ForeignKey("programme.ImportBatch", models.PROTECT, null=True, blank=True, related_name="milestones")
    source_line = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        """In the order they were written; pages sort by date."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.title


class MilestoneDate(StatedDate):
    """One statement about a milestone's date. Immutable."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="dates")

    class Meta(StatedDate.Meta):
        """A second baseline or forecast says why it moved (enforced by the action); one baseline at most for now."""

        constraints: ClassVar = [
            *StatedDate.Meta.constraints,
            models.UniqueConstraint(
                fields=["milestone"], condition=Q(statement="baseline"), name="one_baseline_per_milestone"
            ),
        ]


def statements_of(milestone: Milestone, *, before: datetime | None = None) -> Statements:
    """What has been stated about a milestone, for the rule: all of it, or what was known before a moment.

    Uses the prefetched dates, oldest first.
    """
    dates = sorted(milestone.dates.all(), key=lambda d: (d.at, d.pk))
    dates = [each for each in dates if before is None or each.at < before]
    by_kind = {kind: [d.window for d in dates if d.statement == kind] for kind in StatedDate.Statement}
    baseline, actual = by_kind[StatedDate.Statement.BASELINE], by_kind[StatedDate.Statement.ACTUAL]
    return Statements(
        baseline=baseline[0] if baseline else None,
        forecasts=tuple(by_kind[StatedDate.Statement.FORECAST]),
        actual=actual[0] if actual else None,
        said_done=milestone.tense == Milestone.Tense.DONE,
    )
