"""Closing a workstream: a pack that is prepared, the steps taken with it, and the checks afterwards.

The pack itself is a draft, as an update's draft is: what was typed and not sent is kept for its writers and belongs to
nobody's history. What was sent is frozen in its step, and every step is only ever added.
"""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from workstreams.closing import CHECK_MONTHS, Held
from workstreams.models.milestone import Milestone
from workstreams.models.workstream import Workstream


class ClosingPack(models.Model):
    """What is being prepared for closing one workstream. A workstream that is opened again goes on with the same."""

    workstream = models.OneToOneField(Workstream, models.PROTECT, related_name="closing_pack")
    version = models.PositiveIntegerField(default=1)
    why = models.TextField(blank=True)
    closes_on = models.DateField(null=True, blank=True)
    owner = models.CharField(max_length=200, blank=True, help_text="Who owns it as business as usual: a person or team")
    lessons = models.TextField(blank=True)
    voices = models.TextField(blank=True, help_text="How those who still wait to be told will be told")
    successor = models.ForeignKey(Workstream, models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.JSONField(default=dict, blank=True, help_text="About each objective and unfinished milestone")
    saved_by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Closing pack of {self.workstream}"


class ClosingStep(models.Model):
    """What happened with a closing pack. Appended; the newest is its state."""

    class Kind(models.TextChoices):
        """In the words of the trail."""

        SENT = "sent", "Sent to the senior leadership team"
        TAKEN_BACK = "taken_back", "Taken back"
        AGREED = "agreed", "Agreed: it closes"
        NOT_YET = "not_yet", "Not yet"
        REOPENED = "reopened", "Opened again"

    pack = models.ForeignKey(ClosingPack, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    sentence = models.TextField(blank=True)
    content = models.JSONField(null=True, blank=True, help_text="The pack as it was sent")
    closed_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pack", "number"], name="one_closing_step_per_number"),
            models.CheckConstraint(
                condition=~Q(kind__in=["agreed", "not_yet", "reopened"]) | ~Q(sentence=""),
                name="closing_step_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(kind="agreed") | Q(closed_on__isnull=False), name="closing_agreed_names_the_day"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["sent", "agreed"]) | Q(content__isnull=False), name="closing_pack_is_frozen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"

    @property
    def version(self) -> int:
        """What a form that is opened now was opened on."""
        return self.number


class SustainmentAnswer(models.Model):
    """What was found when somebody looked whether the work has held. Appended; the newest of a check counts."""

    step = models.ForeignKey(ClosingStep, models.PROTECT, related_name="answers")
    months = models.PositiveSmallIntegerField(choices=[(months, f"{months}-month check") for months in CHECK_MONTHS])
    number = models.PositiveSmallIntegerField(default=1)
    held = models.CharField(max_length=10, choices=[(each.value, each.words) for each in Held])
    words = models.TextField()
    evidence = models.TextField()
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["months", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step", "months", "number"], name="one_answer_per_check_and_number"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(evidence=""), name="check_says_what_shows_it"),
        ]

    def __str__(self) -> str:
        return f"{self.months} months: {self.get_held_display()}"

    @property
    def version(self) -> int:
        """What a form that is opened now was opened on."""
        return self.number


class MilestoneRehoming(models.Model):
    """That a milestone went over to another workstream when its own closed. Appended."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="rehomings")
    source = models.ForeignKey(Workstream, models.PROTECT, related_name="+")
    target = models.ForeignKey(Workstream, models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.milestone}: from {self.source} to {self.target}"


Content = dict[str, Any]


def closing_day(step: ClosingStep) -> date:
    """The day on which a workstream closed, of the step that agreed to it."""
    assert step.closed_on is not None, "the database demands the day"
    return step.closed_on
