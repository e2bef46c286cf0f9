"""Reporting periods: a month observed, with its own days for opening, due and closing. Never inferred."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q

from programme.dates import month_words
from programme.models.programme import Programme
from programme.periods import PeriodDays, Stage, stage_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from programme.models.person import User


class ReportingPeriodQuerySet(models.QuerySet["ReportingPeriod"]):
    """Periods in the users' words."""

    def visible_to(self, user: "User | AnonymousUser") -> "ReportingPeriodQuerySet":
        """Periods of programmes the user may see."""
        return self.filter(programme__in=Programme.objects.visible_to(user))

    def ordinary(self) -> "ReportingPeriodQuerySet":
        """Periods made ahead by the rule; imported history left out."""
        return self.filter(kind=ReportingPeriod.Kind.ORDINARY)

    def opened_by(self, day: date) -> "ReportingPeriodQuerySet":
        """Periods whose window had opened on `day`."""
        return self.filter(opens_on__lte=day)

    def due_before(self, day: date) -> "ReportingPeriodQuerySet":
        """Periods whose due day has passed on `day`."""
        return self.filter(due_on__lt=day)


@pghistory.track()
class ReportingPeriod(models.Model):
    """One month of one programme, and the window in which its updates are sent."""

    class Kind(models.TextChoices):
        """History is made by import, for months that passed before the programme came here."""

        ORDINARY = "ordinary", "Ordinary"
        HISTORY = "history", "History"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="periods")
    month = models.DateField(help_text="First day of the month observed")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ORDINARY)
    opens_on = models.DateField()
    due_on = models.DateField()
    closes_on = models.DateField()
    # Decisions people took, with who took them. The database refuses every change to a frozen month.
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    close_note = models.TextField(blank=True, help_text="What was decided about those who had not sent")
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    batch = models.ForeignKey("programme.ImportBatch", models.PROTECT, null=True, blank=True, related_name="periods")

    is_sent: bool  # annotated for one workstream

    objects = ReportingPeriodQuerySet.as_manager()

    class Meta:
        """Newest first; a month stands once in a programme."""

        ordering: ClassVar = ["-month"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "month"], name="one_period_per_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="month_is_a_first_day"),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on")) & Q(due_on__lte=F("closes_on")), name="opens_due_closes_in_order"
            ),
            models.CheckConstraint(
                condition=Q(frozen_at=None) | Q(closed_at__isnull=False), name="only_a_closed_month_is_frozen"
            ),
        ]

    def __str__(self) -> str:
        return month_words(self.month)

    @property
    def days(self) -> PeriodDays:
        """Its own days, for the rules."""
        return PeriodDays(self.month, self.opens_on, self.due_on, self.closes_on)

    def stage(self, today: date) -> Stage:
        """Where it stands on `today`."""
        return stage_of(self.days, today, closed=bool(self.closed_at), frozen=bool(self.frozen_at))

    @property
    def key(self) -> str:
        """The month as it stands in addresses: 2026-10."""
        return f"{self.month:%Y-%m}"
