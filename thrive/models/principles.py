"""Assessments against the i-THRIVE principles: what is asked, of which place, by whom it was answered, and what."""

from typing import ClassVar, Self

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from programme.dates import month_words
from programme.models import Place, Programme, User
from thrive import principles
from thrive.models.service import places_around, places_seen_by

PRINCIPLES = [(each.code, each.name) for each in principles.principles()]
LEVELS = [(each.code, each.name) for each in principles.levels()]


class PrincipleSet(models.Model):
    """A version of what is asked. It is never changed: the next version stands beside it."""

    number = models.PositiveSmallIntegerField(unique=True)
    scale = ArrayField(models.CharField(max_length=200), size=principles.HIGHEST, help_text="What each score means")
    note = models.TextField(help_text="What is different from the version before, and why")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def scores(self) -> list[tuple[int, str]]:
        """Each score with what it means."""
        return list(zip(principles.SCORES, self.scale, strict=True))


class PrincipleItem(models.Model):
    """What is asked of one principle at one level. Without a text the principle's own meaning is what is asked."""

    set = models.ForeignKey(PrincipleSet, models.PROTECT, related_name="items")
    principle = models.CharField(max_length=25, choices=PRINCIPLES)
    level = models.CharField(max_length=5, choices=LEVELS)
    text = models.TextField(blank=True)

    class Meta:
        """As they were written down."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["set", "principle", "level"], name="principle_asked_once_at_a_level")
        ]

    def __str__(self) -> str:
        return f"{self.get_principle_display()}, {self.get_level_display().lower()}"

    @property
    def key(self) -> principles.Key:
        """Principle and level."""
        return (self.principle, self.level)


class PrincipleAssessmentQuerySet(models.QuerySet["PrincipleAssessment"]):
    """Assessments in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Of places that one of the user's programmes serves."""
        return self.filter(place__in=places_seen_by(user))

    def of_programme(self, programme: Programme) -> Self:
        """Of the places where the programme works, and of the wider area."""
        return self.filter(place__in=places_around(Programme.objects.filter(pk=programme.pk)))


@pghistory.track()
class PrincipleAssessment(models.Model):
    """A place or system held against the principles: a baseline, or a follow-up that is asked the same again."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="principle_assessments")
    items = models.ForeignKey(PrincipleSet, models.PROTECT, related_name="assessments")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    begun_on = models.DateField()
    finished_on = models.DateField(null=True, blank=True)
    is_example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = PrincipleAssessmentQuerySet.as_manager()

    class Meta:
        """The oldest first."""

        ordering: ClassVar = ["begun_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(finished_on=None) | Q(finished_on__gte=models.F("begun_on")), name="assessment_ends_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.when}, {self.place}"

    @property
    def kind(self) -> str:
        """Baseline or follow-up."""
        return "Follow-up" if self.follows_id else "Baseline"

    @property
    def when(self) -> str:
        """The month it began in."""
        return month_words(self.begun_on)

    @property
    def title(self) -> str:
        """'Baseline, October 2025'."""
        return f"{self.kind}, {self.when}"

    @property
    def stand(self) -> str:
        """What somebody else may have saved meanwhile."""
        return f"{self.title}: {'finished' if self.finished_on else 'being answered'}."


@pghistory.track()
class PrincipleRater(models.Model):
    """Somebody, or a group, who answers in an assessment, named by their work."""

    assessment = models.ForeignKey(PrincipleAssessment, models.PROTECT, related_name="raters")
    name = models.CharField(max_length=100)
    sees_from = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order in which they came."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["assessment", "name"], name="rater_named_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def stand(self) -> str:
        """What somebody else may have saved meanwhile."""
        return f"{self.name}{f', {self.sees_from}' if self.sees_from else ''}."


class PrincipleAnswerQuerySet(models.QuerySet["PrincipleAnswer"]):
    """Answers in the users' words."""

    def last_words(self) -> Self:
        """The last word of each rater on each statement."""
        return self.order_by("rater_id", "item_id", "-pk").distinct("rater_id", "item_id")


class PrincipleAnswer(models.Model):
    """One rater's word on one statement: a score with its reason, or that they cannot say. A change is a new row."""

    rater = models.ForeignKey(PrincipleRater, models.PROTECT, related_name="answers")
    item = models.ForeignKey(PrincipleItem, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: they cannot say")
    reason = models.TextField(blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    # Who wrote it down.
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    objects = PrincipleAnswerQuerySet.as_manager()

    class Meta:
        """In the order in which they were given."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(score=None) | Q(score__in=principles.SCORES), name="score_is_1_to_4"),
            models.CheckConstraint(condition=Q(score=None) | ~Q(reason=""), name="score_has_a_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["rater", "item", "-id"], name="principle_answer_latest")]

    def __str__(self) -> str:
        return str(self.score) if self.score else "Cannot say"
