"""From gap to delivery: what good looks like, where a place falls short of it, what was recommended, what fills it."""

from typing import ClassVar, Self, TypeVar

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from programme.models import Person, Place, Programme, User
from thrive import groupings, thread
from thrive.ages import BIRTH, OLDEST, Ages
from thrive.models.service import places_around, places_seen_by
from workstreams.models import Milestone, Workstream
from workstreams.voice_words import GROUP_WORDS, GROUPS

M = TypeVar("M", bound=models.Model)


class _OfPlaces(models.QuerySet[M]):
    """Records of places, in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Of places that one of the user's programmes serves."""
        return self.filter(place__in=places_seen_by(user))

    def of_programme(self, programme: Programme) -> Self:
        """Of the places where the programme works, and of the wider area."""
        return self.filter(place__in=places_around(Programme.objects.filter(pk=programme.pk)))


class TargetQuerySet(_OfPlaces["TargetOffer"]):
    """Targets."""


@pghistory.track()
class TargetOffer(models.Model):
    """What good looks like in a place and all that lies in it. With a need and ages the map can be held against it."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="targets")
    title = models.CharField(max_length=200)
    good = models.TextField(help_text="What is there when it is met")
    source = models.CharField(max_length=200, blank=True)
    grouping = models.CharField(max_length=15, choices=groupings.choices(), blank=True)
    age_from = models.PositiveSmallIntegerField(default=BIRTH, help_text="In months")
    age_to = models.PositiveSmallIntegerField(default=OLDEST, help_text="In months, not included")
    version = models.PositiveIntegerField(default=1)

    objects = TargetQuerySet.as_manager()

    class Meta:
        """As they were written down."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(age_from__lt=F("age_to")) & Q(age_to__lte=OLDEST), name="target_ages"),
            models.CheckConstraint(condition=~Q(good=""), name="target_says_what_is_good"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ages(self) -> Ages:
        """Whom it is for, by age."""
        return Ages(self.age_from, self.age_to)


class GapQuerySet(_OfPlaces["GapFinding"]):
    """Gaps."""


@pghistory.track()
class GapFinding(models.Model):
    """Where a place falls short: of a target, of the map's confirmed nones, or of both. Accepted, or not and why."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="gaps")
    target = models.ForeignKey(TargetOffer, models.PROTECT, null=True, blank=True, related_name="gaps")
    title = models.CharField(max_length=200)
    now = models.TextField(help_text="What is there today")
    grouping = models.CharField(max_length=15, choices=groupings.choices(), blank=True)
    age_from = models.PositiveSmallIntegerField(default=BIRTH, help_text="In months")
    age_to = models.PositiveSmallIntegerField(default=OLDEST, help_text="In months, not included")
    group = models.CharField(max_length=30, choices=GROUPS, blank=True)
    found_on = models.DateField()
    found_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=thread.GAP_STATES, default=thread.FOUND)
    # Why it was accepted or not.
    reason = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # What shows that it is filled.
    evidence = models.TextField(blank=True)
    filled_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = GapQuerySet.as_manager()

    class Meta:
        """By place."""

        ordering: ClassVar = ["place__name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(age_from__lt=F("age_to")) & Q(age_to__lte=OLDEST), name="gap_ages"),
            models.CheckConstraint(
                condition=Q(state=thread.FOUND) | (~Q(reason="") & Q(decided_on__isnull=False)),
                name="decided_gap_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=thread.FILLED) | (~Q(evidence="") & Q(filled_on__isnull=False)),
                name="filled_gap_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ages(self) -> Ages:
        """Whom it is about, by age."""
        return Ages(self.age_from, self.age_to)

    @property
    def group_words(self) -> str:
        """The under-served group it is about, or nothing."""
        return GROUP_WORDS.get(self.group, "")

    @property
    def stand(self) -> str:
        """What somebody else may have saved meanwhile."""
        return f"{self.title}: {self.get_state_display().lower()}{f', “{self.reason}”' if self.reason else ''}."


class RecommendationQuerySet(_OfPlaces["Recommendation"]):
    """Recommendations."""


@pghistory.track()
class Recommendation(models.Model):
    """What somebody says should be done, from whichever source, and what was decided about it."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="recommendations")
    text = models.TextField()
    source_kind = models.CharField(max_length=10, choices=thread.SOURCES)
    source = models.CharField(max_length=200, blank=True)
    made_on = models.DateField(null=True, blank=True)
    gaps = models.ManyToManyField(GapFinding, through="GapAnswer", related_name="recommendations")
    decision = models.CharField(max_length=10, choices=thread.DECISIONS, blank=True)
    adapted = models.TextField(blank=True, help_text="What will be done in its place")
    reason = models.TextField(blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="recommendations_owned")
    wanted_by = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        """In the order in which they came."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="recommendation_says_something"),
            models.CheckConstraint(
                condition=Q(decision="") | (~Q(reason="") & Q(decided_on__isnull=False)),
                name="decided_recommendation_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=[thread.ACCEPTED, thread.ADAPTED]) | Q(owner__isnull=False),
                name="accepted_recommendation_has_owner",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | ~Q(evidence=""), name="closed_recommendation_has_evidence"
            ),
        ]

    def __str__(self) -> str:
        return self.adapted or self.text

    @property
    def stand(self) -> str:
        """What somebody else may have saved meanwhile."""
        said = self.get_decision_display() if self.decision else "Not decided"
        return f"{said}{f': “{self.reason}”' if self.reason else ''}."


@pghistory.track()
class GapAnswer(models.Model):
    """That a recommendation would fill a gap."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="answers")
    gap = models.ForeignKey(GapFinding, models.PROTECT, related_name="answers")

    class Meta:
        """Each once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["recommendation", "gap"], name="gap_answered_once")]

    def __str__(self) -> str:
        return f"{self.recommendation} for {self.gap}"


@pghistory.track()
class RecommendationWork(models.Model):
    """Work that is to bring a recommendation about: a workstream, and the milestone that will show it."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="works")
    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="recommendation_works")
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="recommendation_works")

    class Meta:
        """In the order in which they were named."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recommendation", "workstream", "milestone"],
                name="work_named_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return str(self.milestone or self.workstream)
