"""A spreadsheet on its way in: what was read from it, until it is brought in or thrown away."""

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models

from programme.models import Programme, User
from programme.permissions import programmes_allowing
from programme.roles import Permission


class PlanSheetQuerySet(models.QuerySet["PlanSheet"]):
    """Sheets in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> "PlanSheetQuerySet":
        """One's own sheets, in programmes whose workstreams one may read."""
        return self.filter(by=user.pk, programme__in=programmes_allowing(user, Permission.READ_WORKSTREAMS))


class PlanSheet(models.Model):
    """Nothing of it counts before it is brought in, so it may change and go."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="plan_sheets")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sheets = models.JSONField(help_text="Each sheet with its columns, its rows and what could not be read")
    created_at = models.DateTimeField()

    objects = PlanSheetQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name
