"""A workstream in plain language, for young people and families. Every saved version stays."""

from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from programme.models import User
from programme.readability import Reading
from workstreams.models.workstream import Workstream
from workstreams.plain_words import PARTS, reading_of


class PlainPageQuerySet(models.QuerySet["PlainPage"]):
    """Plain-language pages in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Pages of workstreams the user may see."""
        return self.filter(workstream__in=Workstream.objects.visible_to(user))

    def of_workstream(self, workstream: Workstream) -> Self:
        """Every version, the newest first."""
        return self.filter(workstream=workstream).order_by("-number")


class PlainPage(models.Model):
    """One version of the page. Appended; the highest number is what is read."""

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="plain_pages")
    number = models.PositiveIntegerField()
    doing = models.TextField()
    why = models.TextField(blank=True)
    told = models.TextField(blank=True)
    next = models.TextField(blank=True)
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    confirmed = models.BooleanField(default=False, help_text="The writer said that nobody can be identified")

    objects = PlainPageQuerySet.as_manager()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workstream", "number"], name="one_plain_page_per_number"),
            models.CheckConstraint(condition=~Q(doing=""), name="plain_page_says_what_is_done"),
        ]

    def __str__(self) -> str:
        return f"{self.workstream} in plain language, version {self.number}"

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Heading and text of each part that says something."""
        return [(heading, getattr(self, name)) for name, _, heading, _ in PARTS if getattr(self, name)]

    @property
    def reading(self) -> Reading:
        """How hard it is to read."""
        return reading_of([text for _, text in self.parts])
