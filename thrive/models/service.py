"""Services: who is helped, where, how they get in. They belong to places, so that every programme there shares them."""

from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar, Self

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, QuerySet

from programme.models import Place, Programme, User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from thrive.ages import BIRTH, EVERYBODY, OLDEST, Ages
from thrive.models.imports import MapImport
from thrive.service_words import SELF_REFERRAL, STATUSES, WAY_WORDS, WAYS_IN, freshness_words, is_stale
from workstreams.models import Milestone
from workstreams.voice_words import GROUP_WORDS, GROUPS


def places_around(programmes: QuerySet[Programme]) -> QuerySet[Place]:
    """The places that some programmes serve, what lies inside them, and the wider areas they lie in."""
    served = Place.objects.filter(programmes__in=programmes).values("pk")
    inside = Q(parent__in=served) | Q(parent__parent__in=served)
    wider = Q(children__in=served) | Q(children__children__in=served)
    return Place.objects.filter(Q(pk__in=served) | inside | wider).distinct()


def places_seen_by(user: User | AnonymousUser) -> QuerySet[Place]:
    """The places whose services the user may read about, through every programme they have a part in."""
    return places_around(programmes_allowing(user, Permission.READ_MAP))


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Services of places that one of the user's programmes serves. Others do not exist for them."""
        return self.filter(pk__in=ServicePlace.objects.filter(place__in=places_seen_by(user)).values("service_id"))

    def of_programme(self, programme: Programme) -> Self:
        """Services that work where the programme works, also those of the wider area."""
        around = places_around(Programme.objects.filter(pk=programme.pk))
        return self.filter(pk__in=ServicePlace.objects.filter(place__in=around).values("service_id"))

    def in_places(self, places: Collection[int]) -> Self:
        """Services that serve one of these places: quicker than `of_programme` where the places are known already."""
        return self.filter(pk__in=ServicePlace.objects.filter(place__in=places).values("service_id"))

    def standing(self) -> Self:
        """Not closed."""
        return self.exclude(status="closed")


def _list_of(choices: Any) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=30, choices=choices), default=list, blank=True)


@pghistory.track()
class Service(models.Model):
    """Something that helps children and young people, as a directory describes it."""

    name = models.CharField(max_length=200)
    provider = models.ForeignKey("programme.Organisation", models.PROTECT, related_name="services")
    commissioner = models.ForeignKey(
        "programme.Organisation", models.PROTECT, null=True, blank=True, related_name="services_commissioned"
    )
    places = models.ManyToManyField(Place, through="ServicePlace", related_name="services")
    offer = models.TextField(help_text="What it does, in a sentence or two")
    age_from = models.PositiveSmallIntegerField(default=BIRTH, help_text="In months")
    age_to = models.PositiveSmallIntegerField(default=OLDEST, help_text="In months, not included")
    made_for = _list_of(GROUPS)
    reaches = _list_of(GROUPS)
    ways_in = _list_of(WAYS_IN)
    how_to_reach = models.TextField(blank=True)
    hours = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=200, blank=True)
    wait_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence_base = models.TextField(blank=True)
    website = models.CharField(max_length=500, blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    status = models.CharField(max_length=10, choices=STATUSES, default="live")
    # What will bring a planned service about; its workstream may be anybody's.
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="services")
    assured_on = models.DateField(null=True, blank=True)
    assured_by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    # Made up or assumed, so that nobody takes it for a fact.
    is_example = models.BooleanField(default=False)
    batch = models.ForeignKey(MapImport, models.PROTECT, null=True, blank=True, related_name="services")
    version = models.PositiveIntegerField(default=1)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        """Alphabetical."""

        ordering: ClassVar = ["name", "pk"]
        indexes: ClassVar = [GinIndex(fields=["made_for", "reaches"], name="service_groups")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(age_from__lt=F("age_to")) & Q(age_to__lte=OLDEST), name="service_ages_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(status="planned") | Q(milestone__isnull=False), name="planned_service_has_its_milestone"
            ),
            models.CheckConstraint(
                condition=Q(assured_on=None, assured_by=None) | Q(assured_on__isnull=False), name="assured_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ages(self) -> Ages:
        """For whom it is, by age."""
        return Ages(self.age_from, self.age_to) if self.age_from < self.age_to else EVERYBODY

    @property
    def groups(self) -> frozenset[str]:
        """The under-served groups it is made for or known to reach."""
        return frozenset((*self.made_for, *self.reaches))

    @property
    def made_for_words(self) -> list[str]:
        """Groups it was made for."""
        return [words for key, words in GROUP_WORDS.items() if key in self.made_for]

    @property
    def reaches_words(self) -> list[str]:
        """Groups it is known to reach."""
        return [words for key, words in GROUP_WORDS.items() if key in self.reaches]

    @property
    def way_words(self) -> list[str]:
        """Ways in, in the order of the list."""
        return [words for key, words in WAY_WORDS.items() if key in self.ways_in]

    @property
    def takes_self_referral(self) -> bool:
        """Whether young people or their families can come by themselves."""
        return bool(SELF_REFERRAL & set(self.ways_in))

    def freshness(self, day: date) -> str:
        """When somebody last checked the entry, in words."""
        return freshness_words(self.assured_on, self.assured_by.name if self.assured_by else "", day)

    def is_stale(self, day: date) -> bool:
        """Whether nobody has checked it for six months."""
        return is_stale(self.assured_on, day)


@pghistory.track()
class ServicePlace(models.Model):
    """A place that a service serves."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="served")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")

    class Meta:
        """Each place once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["service", "place"], name="service_place_once")]

    def __str__(self) -> str:
        return f"{self.service} in {self.place}"
