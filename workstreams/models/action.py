"""Actions: what somebody is to do by a day, and what it came from."""

from datetime import date
from typing import ClassVar

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Func, Q
from django.db.models.lookups import LessThanOrEqual

from programme.models import Programme, User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from workstreams.models.ask import Ask
from workstreams.models.decision import Decision
from workstreams.models.issue import Issue
from workstreams.models.meeting import Meeting
from workstreams.models.register import RegisterEntry, RegisterQuerySet
from workstreams.models.risk import Risk
from workstreams.models.workstream import Workstream


class ActionQuerySet(RegisterQuerySet["Action"]):
    """Actions in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> "ActionQuerySet":
        """Actions of programmes whose workstreams the user may read."""
        return self.filter(programme__in=programmes_allowing(user, Permission.READ_WORKSTREAMS))

    def current_on(self, day: date) -> "ActionQuerySet":
        """Actions that were open on `day` and whose due day had not passed."""
        return self.open_on(day).filter(Q(due_on=None) | Q(due_on__gte=day))


SOURCES = ("risk", "issue", "ask", "decision", "meeting")


@pghistory.track()
class Action(RegisterEntry):
    """Something to do. It may come from one risk, issue, ask, decision or meeting."""

    class Ending(models.TextChoices):
        """How an action ends."""

        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="actions")
    workstream = models.ForeignKey(Workstream, models.PROTECT, null=True, blank=True, related_name="actions")
    due_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    risk = models.ForeignKey(Risk, models.PROTECT, null=True, blank=True, related_name="actions")
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, blank=True, related_name="actions")
    ask = models.ForeignKey(Ask, models.PROTECT, null=True, blank=True, related_name="actions")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="actions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="actions")

    objects = ActionQuerySet.as_manager()

    class Meta(RegisterEntry.Meta):
        """An action has ended when it has a day on which it ended, and came from one thing at most."""

        constraints: ClassVar = [
            *RegisterEntry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(closed_on=None, ending="") | Q(closed_on__isnull=False, ending__in=["done", "dropped"]),
                name="action_ends_done_or_dropped",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Func(*SOURCES, function="num_nonnulls", output_field=models.IntegerField()), 1
                ),
                name="action_comes_from_one_thing",
            ),
        ]

    @property
    def state_words(self) -> str:
        """Open, done or dropped."""
        return self.get_ending_display() if self.ending else "Open"

    @property
    def source_words(self) -> str:
        """What it comes from, in words; empty where nothing was named."""
        if self.meeting:
            return f"Minuted at {self.meeting}"
        named = (
            ("Against the risk", self.risk),
            ("About the issue", self.issue),
            ("From the ask", self.ask),
            ("From the decision", self.decision),
        )
        return next((f"{words}: {source}" for words, source in named if source), "")
