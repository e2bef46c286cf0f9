"""Schedules of board reports, the board's dates, and what came of each date a schedule fell due."""

from typing import ClassVar

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from programme.models import Programme, ReportingPeriod, User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from reporting.editions import EDITION_CHOICES, Edition
from reporting.models.report import BoardReport
from reporting.schedule_dates import Basis, ScheduleRule

BASIS_CHOICES = [(basis.value, basis.words) for basis in Basis]


class ReportScheduleQuerySet(models.QuerySet["ReportSchedule"]):
    """Schedules in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> "ReportScheduleQuerySet":
        """Schedules of programmes whose reports the user builds."""
        return self.filter(programme__in=programmes_allowing(user, Permission.BUILD_REPORTS))

    def standing(self) -> "ReportScheduleQuerySet":
        """Schedules that have not been ended."""
        return self.filter(ended_at=None)

    def running(self) -> "ReportScheduleQuerySet":
        """Schedules that are neither ended nor paused."""
        return self.standing().filter(paused_at=None)


@pghistory.track()
class ReportSchedule(models.Model):
    """When which edition is made by itself, who is asked to approve it and who is told when it is published."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="report_schedules")
    edition = models.CharField(max_length=20, choices=EDITION_CHOICES, default=Edition.FULL)
    basis = models.CharField(max_length=20, choices=BASIS_CHOICES, default=Basis.AFTER_CLOSE)
    working_days = models.PositiveSmallIntegerField(default=2, validators=[MinValueValidator(1), MaxValueValidator(20)])
    hour = models.PositiveSmallIntegerField(default=7, validators=[MaxValueValidator(23)], help_text="London's")
    told_roles = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    told_people = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="Accounts, by their keys")
    approver = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
    # Who set it up or last changed it, in whose name its reports are made. Never the approver.
    by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
    since = models.DateTimeField(help_text="Dates before this moment are not made up for")
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReportScheduleQuerySet.as_manager()

    class Meta:
        """In the order they were made."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(approver=models.F("by")), name="schedule_not_approved_by_its_maker")
        ]

    def __str__(self) -> str:
        return f"{Edition(self.edition).words}, {self.rule.words}"

    @property
    def rule(self) -> ScheduleRule:
        """Its dates' rule, for the pure module."""
        return ScheduleRule(Basis(self.basis), self.working_days, self.hour)


@pghistory.track()
class BoardDate(models.Model):
    """A day on which the programme's board meets."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="board_dates")
    on = models.DateField()

    class Meta:
        """Earliest first."""

        ordering: ClassVar = ["on"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "on"], name="board_meets_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class ScheduledRun(models.Model):
    """What came of one date of a schedule. The key makes a second beat, or a second tick, harmless."""

    class State(models.TextChoices):
        """How far it has come."""

        TRYING = "trying", "Being tried"
        MADE = "made", "Asked for"
        FAILED = "failed", "Could not be asked for"

    schedule = models.ForeignKey(ReportSchedule, models.PROTECT, related_name="runs")
    day = models.DateField()
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.TRYING)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.TextField(blank=True)
    report = models.ForeignKey(BoardReport, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Newest first; a date stands once in a schedule."""

        ordering: ClassVar = ["-day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["schedule", "day"], name="one_run_per_schedule_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.schedule}, {self.day:%Y-%m-%d}: {self.get_state_display()}"
