"""Decisions: what was decided, by whom and when."""

from typing import ClassVar

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from programme.models import Programme, User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from workstreams.models.ask import Ask
from workstreams.models.group import Group
from workstreams.models.meeting import Meeting
from workstreams.models.workstream import Workstream


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> "DecisionQuerySet":
        """Decisions of programmes whose workstreams the user may read."""
        return self.filter(programme__in=programmes_allowing(user, Permission.READ_WORKSTREAMS))

    def of_workstream(self, workstream: models.Model) -> "DecisionQuerySet":
        """Decisions about a workstream, and about duplicates that were merged into it."""
        return self.filter(Q(workstream=workstream.pk) | Q(workstream__merged_into=workstream.pk))


@pghistory.track()
class Decision(models.Model):
    """Something decided about a workstream, or about the programme where no workstream is named."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="decisions")
    workstream = models.ForeignKey(Workstream, models.PROTECT, null=True, blank=True, related_name="decisions")
    text = models.TextField()
    # A person, or words such as 'Programme board'.
    decided_by = models.ForeignKey("programme.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decided_by_words = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField()
    options = models.TextField(blank=True, help_text="What else was considered")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="decisions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="decisions")
    review_on = models.DateField(null=True, blank=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supersedes")
    ask = models.OneToOneField(Ask, models.PROTECT, null=True, blank=True, related_name="decision")
    version = models.PositiveIntegerField(default=1)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        """Newest first. Somebody decided it."""

        ordering: ClassVar = ["-decided_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=False) | ~Q(decided_by_words=""), name="decision_was_made_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(superseded_by=None) | ~Q(superseded_by=F("pk")), name="no_decision_replaces_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def decider(self) -> str:
        """Who decided, in words."""
        return self.decided_by.survivor.name if self.decided_by else self.decided_by_words

    @property
    def where(self) -> str:
        """The meeting or the group in which it was decided, in words; empty where neither is recorded."""
        return str(self.meeting or self.group or "")
