"""Stage gates: what is decided when, by which panel, on which criteria, and what became of the conditions."""

from datetime import date
from typing import ClassVar, Self

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from programme.dates import day_words
from programme.models import Person, Programme, StatedDate, User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from workstreams.gate_rules import MET_CHOICES, OUTCOMES, SECTORS, Met, Outcome, Sector
from workstreams.models.register import RegisterEntry, RegisterQuerySet
from workstreams.models.workstream import Workstream


class GateQuerySet(models.QuerySet["Gate"]):
    """Gates in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Gates of programmes whose workstreams the user may read: staff, not commissioners."""
        return self.filter(programme__in=programmes_allowing(user, Permission.READ_WORKSTREAMS), removed_at=None)

    def standing(self) -> Self:
        """Those that nobody has taken out."""
        return self.filter(removed_at=None)

    def of_workstream(self, workstream: models.Model) -> Self:
        """Gates of a workstream, and of duplicates that were merged into it."""
        return self.filter(Q(workstream=workstream.pk) | Q(workstream__merged_into=workstream.pk))

    def in_order(self) -> Self:
        """Those of the whole programme first, then by workstream, each in its own order."""
        return self.order_by(models.F("workstream").asc(nulls_first=True), "order", "pk")

    def with_everything(self) -> Self:
        """With dates, criteria, panel, outcomes and conditions; a fixed number of queries."""
        return self.select_related("workstream__merged_into").prefetch_related(
            "dates", "criteria", "seats__person__merged_into", "outcomes", "conditions__owner__merged_into"
        )


@pghistory.track()
class Gate(models.Model):
    """A point at which it is decided whether the work goes on. Without a workstream it is the whole programme's."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="gates")
    workstream = models.ForeignKey(Workstream, models.PROTECT, null=True, blank=True, related_name="gates")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    # Who is to decide, in words: a panel, a board.
    decided_by = models.CharField(max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = GateQuerySet.as_manager()

    class Meta:
        """In the order in which they are passed."""

        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(name=""), name="gate_has_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def standing_workstream(self) -> Workstream | None:
        """The workstream it hangs on today: a merged duplicate gives the one that stands."""
        return self.workstream.survivor if self.workstream else None


class GateDate(StatedDate):
    """One statement of when a gate is held. Immutable."""

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="dates")

    class Meta(StatedDate.Meta):
        """As stated dates."""


@pghistory.track()
class GateCriterion(models.Model):
    """Something that has to be true for the gate to be passed, with what shows it."""

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="criteria")
    text = models.TextField()
    state = models.CharField(max_length=10, choices=MET_CHOICES, default=Met.NOT_KNOWN.value)
    evidence = models.TextField(blank=True)
    # An address that people may follow. The product never asks for it itself.
    evidence_url = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order they were written."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="gate_criterion_says_something")]

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class GateSeat(models.Model):
    """A seat on a gate's panel: a person, or a seat in words. Young people and families are never named."""

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="seats")
    sector = models.CharField(max_length=20, choices=SECTORS)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        """In the order they were given."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person=None) | ~Q(sector__in=["young_people", "parents_carers"]),
                name="gate_seat_names_no_family",
            )
        ]

    def __str__(self) -> str:
        return self.who

    @property
    def who(self) -> str:
        """Who sits there, in words."""
        return self.person.survivor.name if self.person else self.words or "A seat"

    @property
    def sector_words(self) -> str:
        """The sector in words."""
        return Sector(self.sector).words


@pghistory.track()
class GateEvidence(models.Model):
    """A document of the evidence pack: a link and what it shows."""

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="pack")
    label = models.CharField(max_length=200)
    url = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        """In the order they were added."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.label


class GateOutcome(models.Model):
    """What was decided at a gate, by whom, on which day and why. Appended; the newest one stands."""

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=OUTCOMES)
    decided_by = models.CharField(max_length=200)
    on = models.DateField()
    # As it was written, where that is no single day: 'October 2025'. `on` is then the last day it can mean.
    on_words = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first. What is put off or stopped says why."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(decided_by=""), name="gate_outcome_says_by_whom"),
            models.CheckConstraint(
                condition=~Q(kind__in=["deferred", "stopped"]) | ~Q(reason=""), name="gate_outcome_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome.words}, {self.on:%Y-%m-%d}"

    @property
    def outcome(self) -> Outcome:
        """The kind as vocabulary."""
        return Outcome(self.kind)

    @property
    def when_words(self) -> str:
        """The day it was decided, or what was written where that is no single day."""
        return self.on_words or day_words(self.on)


class GateConditionQuerySet(RegisterQuerySet["GateCondition"]):
    """Conditions in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Conditions of programmes whose workstreams the user may read."""
        return self.filter(gate__programme__in=programmes_allowing(user, Permission.READ_WORKSTREAMS))

    def of_programme(self, programme: Programme) -> Self:
        """Conditions of a programme's gates, with what a list of them needs."""
        about = "gate__workstream__merged_into"
        return self.filter(gate__programme=programme).select_related(about, "owner__merged_into")

    def of_workstream(self, workstream: models.Model) -> Self:
        """Conditions of a workstream's gates, and of duplicates that were merged into it."""
        about = Q(gate__workstream=workstream.pk) | Q(gate__workstream__merged_into=workstream.pk)
        return self.filter(about)

    def open(self) -> Self:
        """Those nobody has closed."""
        return self.filter(closed_on=None)

    def overdue(self, on: date) -> Self:
        """Open ones whose day has passed, the longest overdue first."""
        return self.open().filter(due_on__lt=on).order_by("due_on", "pk")


@pghistory.track()
class GateCondition(RegisterEntry):
    """Something on which a gate was passed: it has an owner and a day, and is closed with what shows that it is met."""

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="conditions")
    outcome = models.ForeignKey(GateOutcome, models.PROTECT, related_name="conditions")
    due_on = models.DateField()
    evidence_url = models.CharField(max_length=500, blank=True)

    objects = GateConditionQuerySet.as_manager()

    class Meta(RegisterEntry.Meta):
        """By the day they are due; somebody answers for each."""

        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            *RegisterEntry.Meta.constraints,
            models.CheckConstraint(condition=Q(owner__isnull=False), name="gate_condition_has_an_owner"),
        ]
