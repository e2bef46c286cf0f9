"""Milestones and phases. A milestone is one deliverable; its dates are statements, appended and never changed."""

from datetime import datetime
from typing import ClassVar

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models

from programme.models import Place, StatedDate, User
from workstreams.models.pilot import Pilot
from workstreams.models.workstream import Workstream
from workstreams.slippage import Statements, as_statements


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

    class Step(models.TextChoices):
        """Which part of a pilot it is."""

        PILOT = "pilot", "Pilot"
        EVALUATION = "evaluation", "Evaluation"
        ROLL_OUT = "roll_out", "Roll-out"

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="milestones")
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="milestones")
    title = models.CharField(max_length=500)
    aliases = models.JSONField(default=list, blank=True)
    owner = models.ForeignKey(
        "programme.Person", models.PROTECT, null=True, blank=True, related_name="milestones_owned"
    )
    is_critical = models.BooleanField(default=False)
    # An address that people may follow. The product never asks for it itself.
    evidence_url = models.CharField(max_length=500, blank=True)
    evidence_label = models.CharField(max_length=200, blank=True)
    # Where it counts; none means everywhere the programme works.
    places = models.ManyToManyField(Place, through="MilestonePlace", blank=True, related_name="milestones")
    pilot = models.ForeignKey(Pilot, models.PROTECT, null=True, blank=True, related_name="steps")
    pilot_step = models.CharField(max_length=10, choices=Step, blank=True)
    # Given up when its workstream closed. A new date takes it up again.
    dropped_on = models.DateField(null=True, blank=True)
    dropped_why = models.TextField(blank=True)
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
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pilot", "pilot_step"], name="one_milestone_per_step_of_a_pilot"),
            models.CheckConstraint(
                condition=models.Q(dropped_on=None) | ~models.Q(dropped_why=""), name="dropped_milestone_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class MilestonePlace(models.Model):
    """A place for which a milestone counts."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")

    class Meta:
        """Each place once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["milestone", "place"], name="milestone_place_once")]

    def __str__(self) -> str:
        return f"{self.milestone} in {self.place}"


class MilestoneDate(StatedDate):
    """One statement about a milestone's date. Immutable. A second baseline stands on an agreed BaselineRequest."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="dates")

    class Meta(StatedDate.Meta):
        """As stated dates."""


def statements_of(milestone: Milestone, *, before: datetime | None = None) -> Statements:
    """What has been stated about a milestone, for the rule: all of it, or what was known before a moment.

    Uses the prefetched dates, oldest first.
    """
    dates = sorted(milestone.dates.all(), key=lambda d: (d.at, d.pk))
    said = [(str(d.statement), d.window) for d in dates if before is None or d.at < before]
    return as_statements(
        said, said_done=milestone.tense == Milestone.Tense.DONE, dropped=milestone.dropped_on is not None
    )
