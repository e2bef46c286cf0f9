"""What the entries of a register have in common: words, an owner, the day they were raised and how they ended."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from programme.models import Person, User
from workstreams.models.workstream import Workstream

if TYPE_CHECKING:
    from typing import Self

M = TypeVar("M", bound=models.Model)


class RegisterQuerySet(models.QuerySet[M]):
    """Entries in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> "Self":
        """Entries of workstreams the user may see."""
        return self.filter(workstream__in=Workstream.objects.visible_to(user))

    def of_workstream(self, workstream: models.Model) -> "Self":
        """Entries of a workstream, and those of duplicates that were merged into it."""
        return self.filter(Q(workstream=workstream.pk) | Q(workstream__merged_into=workstream.pk))

    def open_on(self, day: date) -> "Self":
        """Entries that had been raised and had not been closed on `day`."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day), raised_on__lte=day)


class RegisterEntry(models.Model):
    """One entry. It is open until it has a day on which it was closed, and then says how."""

    text = models.TextField()
    owner = models.ForeignKey("programme.Person", models.PROTECT, null=True, blank=True, related_name="+")
    raised_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_how = models.TextField(blank=True)
    # Counts changes; a form that was opened before the newest one is answered with both, never overwritten.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Oldest first; what is closed says how."""

        abstract = True
        ordering: ClassVar = ["raised_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | ~Q(closed_how=""), name="%(app_label)s_%(class)s_closed_says_how"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        """Whether it still needs somebody."""
        return self.closed_on is None

    @property
    def who(self) -> Person | None:
        """Its owner today: a merged duplicate gives the person it turned out to be."""
        return self.owner.survivor if self.owner else None
