"""The framework: domains, elements, questions and levels, in versions that never change once they are there."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Framework(models.Model):
    """One version of the tool. It is edited by loading the next one, so that old reviews keep their meaning."""

    number = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=200)
    note = models.TextField(blank=True, help_text="Where it comes from, and what is new in it")
    # High-impact changes: a number or none, a title, actions, and the codes of domains they run through.
    changes = models.JSONField(default=list)
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"


class Level(models.Model):
    """One level of a version's scale. Not assessed is no level."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="levels")
    value = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    guidance = models.TextField(help_text="How one can tell that an element is here")

    class Meta:
        """From the lowest."""

        ordering: ClassVar = ["framework", "value"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "value"], name="level_once"),
            models.UniqueConstraint(fields=["framework", "name"], name="level_name_once"),
            models.CheckConstraint(condition=Q(value__gte=1) & ~Q(guidance=""), name="level_has_guidance"),
        ]

    def __str__(self) -> str:
        return self.name


class Domain(models.Model):
    """A theme of the framework, with the sentence that says what good looks like."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="domains")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    indicator = models.TextField()

    class Meta:
        """In the framework's order."""

        ordering: ClassVar = ["framework", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "code"], name="domain_code_once"),
            models.UniqueConstraint(fields=["framework", "number"], name="domain_number_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Element(models.Model):
    """What is scored: a project's worth of a domain."""

    domain = models.ForeignKey(Domain, models.PROTECT, related_name="elements")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=150)
    gist = models.TextField()

    class Meta:
        """In the framework's order."""

        ordering: ClassVar = ["domain__number", "order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["domain", "code"], name="element_code_once")]

    def __str__(self) -> str:
        return self.name


class Kloe(models.Model):
    """A key line of enquiry: a question that guides the score and starts an action."""

    element = models.ForeignKey(Element, models.PROTECT, related_name="kloes")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=15)
    text = models.TextField()
    action = models.TextField(blank=True, help_text="The same in positive language: what to do about it")

    class Meta:
        """In the framework's order."""

        ordering: ClassVar = ["element", "order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["element", "code"], name="kloe_code_once")]

    def __str__(self) -> str:
        return self.text


class Crosswalk(models.Model):
    """That an element of a newer version is the same as one of an older version, because somebody said so."""

    older = models.ForeignKey(Element, models.PROTECT, related_name="followed_by")
    newer = models.ForeignKey(Element, models.PROTECT, related_name="follows")

    class Meta:
        """Each pair once."""

        ordering: ClassVar = ["newer", "older"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["older", "newer"], name="crosswalk_once"),
            models.CheckConstraint(condition=~Q(older=F("newer")), name="crosswalk_joins_two"),
        ]

    def __str__(self) -> str:
        return f"{self.older.code} became {self.newer.code}"
