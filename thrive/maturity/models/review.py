"""A review of a system or a place, and who takes part in it."""

from datetime import datetime
from typing import ClassVar, Self

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, QuerySet

from programme.models import Organisation, Place, Programme, User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from thrive.maturity import words
from thrive.maturity.models.framework import Framework
from thrive.maturity.scoring import Kind, State


def reviewed_for(programmes: QuerySet[Programme]) -> QuerySet[Place]:
    """The places whose reviews are a programme's affair: those it serves, and the systems they lie in."""
    served = Place.objects.filter(programmes__in=programmes)
    return Place.objects.filter(Q(pk__in=served.values("pk")) | Q(pk__in=served.values("parent")))


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Published ones; released ones of the places of one's programmes; the others for those who run them there."""
        reads = programmes_allowing(user, Permission.READ_PROGRAMME)
        runs = programmes_allowing(user, Permission.RUN_MATURITY)
        released = Q(state=State.RELEASED, place__in=reviewed_for(reads))
        return self.filter(Q(is_public=True) | released | Q(place__in=reviewed_for(runs)))

    def of_programme(self, programme: Programme) -> Self:
        """Reviews of the places where the programme works, and of the systems they lie in."""
        return self.filter(place__in=reviewed_for(Programme.objects.filter(pk=programme.pk)))

    def told(self) -> Self:
        """With what every line about a review names."""
        return self.select_related("place", "framework", "follows")


@pghistory.track()
class Review(models.Model):
    """One review. It belongs to its place, so that every programme there shares it."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="reviews")
    place = models.ForeignKey(Place, models.PROTECT, related_name="maturity_reviews")
    kind = models.CharField(max_length=10, choices=words.KINDS)
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    period_words = models.CharField(max_length=100)
    period_from = models.DateField()
    period_until = models.DateField()
    state = models.CharField(max_length=10, choices=words.STATES, default=State.DRAFT)
    closes_on = models.DateField(null=True, blank=True, help_text="The last day to score alone")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    # Published by those who made it: everybody may read it, whatever programme they belong to.
    is_public = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    # Of a visit: whether the place was trying out a four-week wait. None where it does not matter.
    trailblazer = models.BooleanField(null=True, blank=True)
    is_example = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-period_until", "place__name", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(period_from__lte=F("period_until")), name="review_period_in_order"),
            models.CheckConstraint(
                condition=(Q(state=State.RELEASED) & Q(released_at__isnull=False))
                | (~Q(state=State.RELEASED) & Q(released_at=None, is_public=False)),
                name="review_released_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.VISIT) | Q(state__in=[State.DRAFT, State.RELEASED]), name="visit_has_no_scoring"
            ),
            models.CheckConstraint(
                condition=(Q(kind=Kind.AGAIN) & Q(follows__isnull=False)) | (~Q(kind=Kind.AGAIN) & Q(follows=None)),
                name="re_review_follows_one",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stands(self) -> State:
        """The state as vocabulary."""
        return State(self.state)

    @property
    def sort(self) -> Kind:
        """The kind as vocabulary."""
        return Kind(self.kind)

    @property
    def audience(self) -> str:
        """Who may read it, for every page and export."""
        return words.audience(self.stands, public=self.is_public)


@pghistory.track(exclude=["token_hash", "email", "mail"])
class Participant(models.Model):
    """Somebody who scores: by a personal link without an account, or in a room where a facilitator writes.

    Only a hash of the link is kept. Never both ways, so that a facilitator never opens what somebody typed alone.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="participants")
    name = models.CharField(max_length=100, help_text="For a young person: not their name, but 'Young person 1'")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    sector = models.CharField(max_length=15, choices=words.SECTORS)
    domains = ArrayField(models.CharField(max_length=10), default=list)
    # Where their link is sent; for a young person somebody who supports them. Left out of history.
    email = models.EmailField(blank=True)
    mail = models.ForeignKey("programme.Mail", models.PROTECT, null=True, blank=True, related_name="+")
    token_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    in_room = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By sector as listed, then by name."""

        ordering: ClassVar = ["review", "name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "name"], name="participant_name_once"),
            models.CheckConstraint(
                condition=Q(in_room=True, token_hash=None, expires_at=None)
                | Q(in_room=False, token_hash__isnull=False, expires_at__isnull=False),
                name="participant_by_link_or_in_room",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def sector_words(self) -> str:
        """The sector in words."""
        return words.SECTOR_WORDS[self.sector]

    @property
    def is_emailed(self) -> bool:
        """Whether their link goes out by e-mail."""
        return bool(self.email) and not self.in_room and self.withdrawn_at is None

    def link_works(self, moment: datetime) -> bool:
        """Whether the personal link opens anything."""
        return self.withdrawn_at is None and self.expires_at is not None and moment < self.expires_at
