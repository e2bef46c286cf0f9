"""Meetings of groups: the day, who came and what was noted. Decisions and actions point at their meeting."""

from typing import ClassVar, Self

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models

from programme.dates import day_words
from programme.models import Person, User
from workstreams.models.group import Group


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Meetings of groups the user may see."""
        return self.filter(group__in=Group.objects.visible_to(user))


@pghistory.track()
class Meeting(models.Model):
    """One meeting of a group."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    on = models.DateField()
    others = models.CharField(max_length=300, blank=True, help_text="Who else came, as roles or numbers")
    notes = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        """Newest first. A group meets once on a day."""

        ordering: ClassVar = ["-on", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["group", "on"], name="one_meeting_of_a_group_per_day")]

    def __str__(self) -> str:
        return f"{self.group}, {day_words(self.on)}"


@pghistory.track()
class Attendance(models.Model):
    """That somebody came to a meeting, or said before that they could not."""

    class State(models.TextChoices):
        """Whether they came."""

        CAME = "came", "Came"
        APOLOGIES = "apologies", "Sent apologies"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    person = models.ForeignKey("programme.Person", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State)

    class Meta:
        """As written down; each person once."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_attendance_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_state_display()}"

    @property
    def who(self) -> Person:
        """Who it is today."""
        return self.person.survivor
