"""Mapping rows, and what was looked for and not found."""

from typing import ClassVar, Self

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from programme.models import Place, Programme, User
from thrive import groupings
from thrive.ages import OLDEST, Ages
from thrive.models.imports import MapImport
from thrive.models.service import Service, places_around, places_seen_by
from thrive.service_words import CONTRIBUTIONS, EVIDENCE
from workstreams.voice_words import GROUP_WORDS, GROUPS


def _in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(age_from__lt=F("age_to")) & Q(age_to__lte=OLDEST), name=name)


class MappingQuerySet(models.QuerySet["Mapping"]):
    """Rows of the mapping in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Rows of places that one of the user's programmes serves."""
        return self.filter(place__in=places_seen_by(user))

    def of_programme(self, programme: Programme) -> Self:
        """Rows of the places where the programme works, and of the wider area."""
        return self.filter(place__in=places_around(Programme.objects.filter(pk=programme.pk)))


@pghistory.track()
class Mapping(models.Model):
    """What a service does for one need in one place at some ages. Service and place of a row never change."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="mappings")
    place = models.ForeignKey(Place, models.PROTECT, related_name="mappings")
    age_from = models.PositiveSmallIntegerField(help_text="In months")
    age_to = models.PositiveSmallIntegerField(help_text="In months, not included")
    grouping = models.CharField(max_length=15, choices=groupings.choices())
    contribution = models.CharField(max_length=8, choices=CONTRIBUTIONS)
    evidence_kind = models.CharField(max_length=15, choices=EVIDENCE, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.ForeignKey(MapImport, models.PROTECT, null=True, blank=True, related_name="mappings")
    version = models.PositiveIntegerField(default=1)

    objects = MappingQuerySet.as_manager()

    class Meta:
        """By service, then by age."""

        ordering: ClassVar = ["service__name", "place__name", "age_from", "pk"]
        constraints: ClassVar = [
            _in_order("mapping_ages_in_order"),
            models.UniqueConstraint(
                fields=["service", "place", "grouping", "age_from", "age_to"], name="one_row_per_service_need_and_ages"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["place", "grouping"], name="mapping_place_and_need")]

    def __str__(self) -> str:
        return f"{self.service}, {self.get_grouping_display()}, {self.ages.words}"

    @property
    def ages(self) -> Ages:
        """The ages it counts for."""
        return Ages(self.age_from, self.age_to)


class ConfirmedNoneQuerySet(models.QuerySet["ConfirmedNone"]):
    """Confirmed nones in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Of places that one of the user's programmes serves."""
        return self.filter(place__in=places_seen_by(user))

    def of_programme(self, programme: Programme) -> Self:
        """Of the places where the programme works, and of the wider area."""
        return self.filter(place__in=places_around(Programme.objects.filter(pk=programme.pk)))


@pghistory.track()
class ConfirmedNone(models.Model):
    """That a person looked and found nothing on offer. The only thing that makes a gap."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="confirmed_nones")
    age_from = models.PositiveSmallIntegerField(help_text="In months")
    age_to = models.PositiveSmallIntegerField(help_text="In months, not included")
    grouping = models.CharField(max_length=15, choices=groupings.choices())
    # Empty: nothing for anybody. Else: nothing that reaches this group.
    group = models.CharField(max_length=30, choices=GROUPS, blank=True)
    evidence = models.TextField()
    on = models.DateField()
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.ForeignKey(MapImport, models.PROTECT, null=True, blank=True, related_name="nones")
    version = models.PositiveIntegerField(default=1)

    objects = ConfirmedNoneQuerySet.as_manager()

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-on", "-pk"]
        constraints: ClassVar = [
            _in_order("none_ages_in_order"),
            models.CheckConstraint(condition=~Q(evidence=""), name="none_says_how_it_is_known"),
            models.UniqueConstraint(
                fields=["place", "grouping", "group", "age_from", "age_to"], name="one_none_per_cell"
            ),
        ]

    def __str__(self) -> str:
        return f"Nothing for {self.get_grouping_display()}, {self.ages.words}, in {self.place}"

    @property
    def ages(self) -> Ages:
        """The ages it was looked for."""
        return Ages(self.age_from, self.age_to)

    @property
    def group_words(self) -> str:
        """The under-served group it is about, or nothing."""
        return GROUP_WORDS.get(self.group, "")
