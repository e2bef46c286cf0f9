"""A page on its way in: what was pasted or uploaded, and what has been decided about it so far."""

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models

from programme.models import ImportBatch, Programme, User
from programme.permissions import programmes_allowing
from programme.roles import Permission


class ImportReviewQuerySet(models.QuerySet["ImportReview"]):
    """Reviews in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> "ImportReviewQuerySet":
        """Reviews of programmes into which the user may bring pages."""
        return self.filter(programme__in=programmes_allowing(user, Permission.IMPORT))


class ImportReview(models.Model):
    """Nothing of it counts before it is imported, so it may change and go; the import itself is an ImportBatch."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="import_reviews")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    source = models.CharField(max_length=300)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    choices = models.JSONField(default=dict, help_text="Field of the review's form to what stands in it")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    # Empty until it is imported, and again once the import is undone.
    batch = models.OneToOneField(ImportBatch, models.SET_NULL, null=True, blank=True, related_name="review")
    outcome = models.JSONField(default=dict, help_text="What the import left out, in sentences")

    objects = ImportReviewQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.source
