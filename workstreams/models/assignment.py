"""Assignments: who leads, deputises for or sponsors a workstream, from when to when."""

from datetime import date
from typing import ClassVar

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from programme.models import Person, User


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments in the users' words."""

    def in_force(self, day: date) -> "AssignmentQuerySet":
        """Assignments that had begun and had not ended on `day`."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def of_user(self, user: User | AnonymousUser) -> "AssignmentQuerySet":
        """Assignments of the user's person, and those of duplicates that were merged into that person."""
        held = self.filter(Q(person__user=user.pk) | Q(person__merged_into__user=user.pk))
        # Who sees a programme as another role would holds nothing of their own in it meanwhile.
        viewing = getattr(user, "viewing_as", None)
        return held if viewing is None else held.exclude(workstream__programme=viewing.programme_id)

    def of_workstream(self, workstream: models.Model) -> "AssignmentQuerySet":
        """Assignments of a workstream, and those of duplicates that were merged into it."""
        return self.filter(Q(workstream=workstream.pk) | Q(workstream__merged_into=workstream.pk))

    def with_people(self) -> "AssignmentQuerySet":
        """With each person, and who a merged duplicate turned out to be."""
        return self.select_related("person__merged_into")

    def writing(self) -> "AssignmentQuerySet":
        """Leads and deputies: the people who write the update."""
        return self.filter(role__in=[Assignment.Role.LEAD, Assignment.Role.DEPUTY])

    def leads(self) -> "AssignmentQuerySet":
        """Leads; joint leads are several rows."""
        return self.filter(role=Assignment.Role.LEAD)


@pghistory.track()
class Assignment(models.Model):
    """The only source of rights on a workstream. Dated, so that history says who answered for it when."""

    class Role(models.TextChoices):
        """On one workstream."""

        LEAD = "lead", "Lead"
        DEPUTY = "deputy", "Deputy lead"
        SPONSOR = "sponsor", "Sponsor"

    workstream = models.ForeignKey("workstreams.Workstream", models.PROTECT, related_name="assignments")
    person = models.ForeignKey("programme.Person", models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=10, choices=Role)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    batch = models.ForeignKey("programme.ImportBatch", models.PROTECT, null=True, blank=True, related_name="+")
    source_line = models.PositiveIntegerField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        """Leads before deputies before sponsors, each by name."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workstream", "person", "role"], condition=Q(until=None), name="assigned_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="assignment_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"

    @property
    def who(self) -> Person:
        """Who it is today: a merged duplicate gives the person it turned out to be."""
        return self.person.survivor
