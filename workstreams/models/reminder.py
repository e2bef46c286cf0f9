"""Reminders: what was decided to be said to whom, and in which e-mail. Appended."""

from typing import ClassVar

from django.db import models

from programme.mail_kinds import MailKind
from programme.models import Mail, Person, ReportingPeriod
from workstreams.models.workstream import Workstream


class Reminder(models.Model):
    """One line of one e-mail. The key lets the same thing be said to the same person once, whoever decides it twice."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.heading) for kind in MailKind])
    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="reminders")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, null=True, blank=True, related_name="reminders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="reminders")
    # Whose place the person takes while they are away.
    covering = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    mail = models.ForeignKey(Mail, models.PROTECT, related_name="reminders")
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.person}, {self.at:%Y-%m-%d}"
