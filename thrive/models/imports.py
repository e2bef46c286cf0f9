"""Spreadsheets of the map: one that waits to be looked at, and one that was brought in and can be undone."""

from typing import Any, ClassVar, Self

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models

from programme.models import Programme, User
from programme.permissions import programmes_allowing
from programme.roles import Permission


class MapSheetQuerySet(models.QuerySet["MapSheet"]):
    """Sheets in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, in programmes whose map one may keep."""
        return self.filter(by=user.pk, programme__in=programmes_allowing(user, Permission.KEEP_MAP))


class MapSheet(models.Model):
    """Nothing of it counts before it is brought in, so it may change and go."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sheets = models.JSONField(help_text="Each sheet with its columns, its rows and what could not be read")
    created_at = models.DateTimeField()

    objects = MapSheetQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


@pghistory.track(exclude=["before"])
class MapImport(models.Model):
    """A spreadsheet that was brought in: what it added knows it, and what it changed is kept as it was before."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="map_imports")
    source = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    counts: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(default=dict)
    # Rows that were there already, as they stood, with the version the import gave them.
    before: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.source
