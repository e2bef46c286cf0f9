"""Asks: help or a decision that a workstream wants from above. The words stand as asked; what became of them is added.

Nothing here is ever changed, so an ask has no version of its own: the number of its newest event is its version, and
two people who answer at the same moment cannot both take the next number.
"""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery

from programme.models import User
from workstreams.models.group import Group
from workstreams.models.update import UpdateRevision
from workstreams.models.workstream import Workstream


class AskQuerySet(models.QuerySet["Ask"]):
    """Asks in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> "AskQuerySet":
        """Asks of workstreams the user may see."""
        return self.filter(workstream__in=Workstream.objects.visible_to(user))

    def of_workstream(self, workstream: models.Model) -> "AskQuerySet":
        """Asks of a workstream, and those of duplicates that were merged into it."""
        return self.filter(Q(workstream=workstream.pk) | Q(workstream__merged_into=workstream.pk))

    def with_state(self, until: datetime | None = None) -> "AskQuerySet":
        """Annotate what the newest event says (up to `until`); asks from after that moment are left out."""
        events = AskEvent.objects.filter(ask=OuterRef("pk"))
        asked = self
        if until is not None:
            events, asked = events.filter(at__lte=until), self.filter(at__lte=until)
        newest = events.order_by("-number")
        return asked.annotate(  # type: ignore[no-redef]  # declared on the model for its readers
            state=Subquery(newest.values("kind")[:1]),
            version=Subquery(newest.values("number")[:1]),
            last_at=Subquery(newest.values("at")[:1]),
        )

    def unanswered(self) -> "AskQuerySet":
        """Asks that wait for an answer from above; `with_state` comes first."""
        return self.filter(state__in=AskEvent.WAITING)

    def waiting_for_lead(self) -> "AskQuerySet":
        """Asks that went back to the lead because more is needed; `with_state` comes first."""
        return self.filter(state=AskEvent.Kind.MORE_NEEDED)

    def still_open(self) -> "AskQuerySet":
        """Asks that wait for somebody, above or in the workstream; `with_state` comes first."""
        return self.exclude(state__in=AskEvent.ENDED)

    def ended(self) -> "AskQuerySet":
        """Asks that were answered or withdrawn, the latest first; `with_state` comes first."""
        return self.filter(state__in=AskEvent.ENDED).order_by("-last_at", "-pk")

    def answered_since(self, moment: datetime) -> "AskQuerySet":
        """Asks whose newest event is an answer (yes, no or more needed) given after `moment`, newest first."""
        answered = self.with_state().filter(state__in=AskEvent.ANSWERS, last_at__gt=moment)
        return answered.order_by("-last_at", "-pk")

    def came_back(self, since: datetime) -> "AskQuerySet":
        """Asks that went back to the lead because more is needed, and those answered yes or no after `since`."""
        ended = Q(state__in=(AskEvent.Kind.YES, AskEvent.Kind.NO), last_at__gt=since)
        back = self.with_state().filter(ended | Q(state=AskEvent.Kind.MORE_NEEDED))
        return back.order_by("-last_at", "-pk")

    def in_full(self) -> "AskQuerySet":
        """With the workstream, who asked, and every event with its writer."""
        events = Prefetch("events", AskEvent.objects.select_related("by__person", "group"))
        return self.select_related("workstream", "by__person").prefetch_related(events)


class Ask(models.Model):
    """What a workstream wants from above, in its words. Immutable."""

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="asks")
    text = models.TextField()
    wanted_by = models.DateField(null=True, blank=True)
    is_blocking = models.BooleanField(default=False)
    asked_in = models.ForeignKey(UpdateRevision, models.PROTECT, null=True, blank=True, related_name="asks")
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    state: str  # annotated by `with_state`, as are the two below
    version: int
    last_at: datetime
    stands: int  # annotated by what looks at merged workstreams

    objects = AskQuerySet.as_manager()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.text


class AskEvent(models.Model):
    """What became of an ask. Appended; the newest one is its state."""

    class Kind(models.TextChoices):
        """In the words of the trail."""

        ASKED = "asked", "Asked"
        YES = "yes", "Answered: yes"
        NO = "no", "Answered: no"
        MORE_NEEDED = "more_needed", "More needed"
        REPLIED = "replied", "Replied by the workstream"
        WITHDRAWN = "withdrawn", "Withdrawn"
        PASSED_UP = "passed_up", "Passed up"
        PASSED_DOWN = "passed_down", "Passed back down"

    PASSED: ClassVar = (Kind.PASSED_UP.value, Kind.PASSED_DOWN.value)
    WAITING: ClassVar = (Kind.ASKED.value, Kind.REPLIED.value, *PASSED)
    ANSWERS: ClassVar = (Kind.YES.value, Kind.NO.value, Kind.MORE_NEEDED.value)
    ENDED: ClassVar = (Kind.YES.value, Kind.NO.value, Kind.WITHDRAWN.value)

    ask = models.ForeignKey(Ask, models.PROTECT, related_name="events")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    sentence = models.TextField(blank=True)
    day = models.DateField(null=True, blank=True, help_text="The day an answer names")
    # The group that is asked, or to which the ask was passed.
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first. An answer says something and names a day."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ask", "number"], name="one_ask_event_per_number"),
            models.CheckConstraint(
                condition=Q(kind__in=["asked", "replied", "withdrawn", "passed_up", "passed_down"])
                | Q(day__isnull=False),
                name="answer_names_a_day",
            ),
            models.CheckConstraint(condition=Q(kind="asked") | ~Q(sentence=""), name="ask_event_says_why"),
            models.CheckConstraint(
                condition=~Q(kind__in=["passed_up", "passed_down"]) | Q(group__isnull=False),
                name="passed_ask_names_a_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"
