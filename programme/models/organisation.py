"""Organisations and places. Both change names and merge, so they carry aliases and a successor."""

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models


@pghistory.track()
class Organisation(models.Model):
    """A body that takes part in programmes: a trust, a council, a charity."""

    class Kind(models.TextChoices):
        """Sector, in the words partnerships use."""

        NHS_TRUST = "nhs_trust", "NHS trust"
        ICB = "icb", "Integrated care board"
        COUNCIL = "council", "Council"
        VOLUNTARY = "voluntary", "Voluntary, community, faith or social enterprise"
        SCHOOL = "school", "School or college"
        PRIMARY_CARE = "primary_care", "Primary care"
        OTHER = "other", "Other"

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Alphabetical."""

        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Place(models.Model):
    """Somewhere a programme works: a system, a place within it, a neighbourhood within that."""

    class Kind(models.TextChoices):
        """The three levels of NHS geography."""

        SYSTEM = "system", "System"
        PLACE = "place", "Place"
        NEIGHBOURHOOD = "neighbourhood", "Neighbourhood"

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PLACE)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Alphabetical."""

        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
