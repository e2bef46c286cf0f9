"""Questions to a lead where ratings of one update differ, and the lead's answers. Both are appended, never changed."""

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Prefetch, Q

from programme.models import User
from programme.status import Rag
from workstreams.models.rating import Rating
from workstreams.models.update import UpdateRevision
from workstreams.models.workstream import Workstream


class RatingQuestionQuerySet(models.QuerySet["RatingQuestion"]):
    """Questions in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> "RatingQuestionQuerySet":
        """Questions about workstreams the user may see."""
        return self.filter(workstream__in=Workstream.objects.visible_to(user))

    def of_workstream(self, workstream: models.Model) -> "RatingQuestionQuerySet":
        """Questions about a workstream, and about duplicates that were merged into it."""
        return self.filter(Q(workstream=workstream.pk) | Q(workstream__merged_into=workstream.pk))

    def unanswered(self) -> "RatingQuestionQuerySet":
        """Questions nobody has answered yet."""
        return self.filter(answers=None)

    def in_full(self) -> "RatingQuestionQuerySet":
        """With the month and every answer with its writer."""
        return self.select_related("workstream", "revision__update__period", "by__person").prefetch_related(
            Prefetch("answers", RatingAnswer.objects.select_related("by__person"))
        )


class RatingQuestion(models.Model):
    """Why two ratings of one update differ, asked in words that name the reasons at the time."""

    class Basis(models.TextChoices):
        """What the declared rating was held against."""

        DERIVED = "derived", "What the rules say"
        ASSURED = "assured", "What the assurance reviewer says"

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="rating_questions")
    revision = models.ForeignKey(UpdateRevision, models.PROTECT, related_name="rating_questions")
    basis = models.CharField(max_length=10, choices=Basis)
    declared = models.CharField(max_length=12, choices=[(r.value, r.word) for r in Rag])
    other = models.CharField(max_length=12, choices=[(r.value, r.word) for r in Rag])
    assured = models.ForeignKey(Rating, models.PROTECT, null=True, blank=True, related_name="questions")
    text = models.TextField()
    # Nobody where the rules ask.
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    objects = RatingQuestionQuerySet.as_manager()

    class Meta:
        """Oldest first. The same difference is asked about once."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["revision", "other"], condition=Q(basis="derived"), name="one_question_per_derived_rating"
            ),
            models.UniqueConstraint(fields=["assured"], name="one_question_per_assured_rating"),
            models.CheckConstraint(
                condition=Q(basis="derived", assured=None) | Q(basis="assured", assured__isnull=False),
                name="question_has_its_basis",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class RatingAnswer(models.Model):
    """What the lead says to a question. A second answer stands beside the first."""

    question = models.ForeignKey(RatingQuestion, models.PROTECT, related_name="answers")
    text = models.TextField()
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="rating_answer_says_something")]

    def __str__(self) -> str:
        return self.text
