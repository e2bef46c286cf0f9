"""Groups: who meets how often about what, and who belongs to them from when to when."""

from datetime import date
from typing import ClassVar, Self

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from programme.models import Person, Programme, User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from workstreams.models.workstream import Workstream


class GroupQuerySet(models.QuerySet["Group"]):
    """Groups in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Groups of programmes whose workstreams the user may read."""
        return self.filter(programme__in=programmes_allowing(user, Permission.READ_WORKSTREAMS))

    def standing(self) -> Self:
        """Groups that have not ended."""
        return self.filter(ended_on=None)


@pghistory.track()
class Group(models.Model):
    """People who meet: about a workstream, or about the programme where no workstream is named."""

    class Kind(models.TextChoices):
        """In the words of programmes."""

        STEERING = "steering", "Steering group"
        TASK = "task", "Task and finish group"
        PARTICIPATION = "participation", "Participation group"
        OTHER = "other", "Another group"

    class Cadence(models.TextChoices):
        """How often it meets. 'Bi-monthly' is not among them: it means two things."""

        WEEKLY = "weekly", "Every week"
        FORTNIGHTLY = "fortnightly", "Every 2 weeks"
        MONTHLY = "monthly", "Every month"
        TWO_MONTHS = "two_months", "Every 2 months"
        QUARTERLY = "quarterly", "Every 3 months"
        AS_NEEDED = "as_needed", "When it is needed"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="groups")
    workstream = models.ForeignKey(Workstream, models.PROTECT, null=True, blank=True, related_name="groups")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=15, choices=Kind)
    cadence = models.CharField(max_length=15, choices=Cadence)
    reports_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reporting_groups")
    terms = models.TextField(blank=True, help_text="Terms of reference in words")
    terms_url = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = GroupQuerySet.as_manager()

    class Meta:
        """By name. A group that still meets has a name of its own in its programme."""

        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "name"], condition=Q(ended_on=None), name="one_group_per_name"
            ),
            models.CheckConstraint(condition=Q(reports_to=None) | ~Q(reports_to=F("pk")), name="no_group_above_itself"),
        ]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["GroupMember"]):
    """Members in the users' words."""

    def in_force(self, day: date) -> Self:
        """Those who had joined and had not left on `day`."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def with_people(self) -> Self:
        """With each person, and who a merged duplicate turned out to be."""
        return self.select_related("person__merged_into")


@pghistory.track()
class GroupMember(models.Model):
    """Somebody in a group, from a day to a day. Young people and families are never named: words tell of them."""

    class Role(models.TextChoices):
        """In the group."""

        CHAIR = "chair", "Chair"
        VICE = "vice", "Deputy chair"
        NOTES = "notes", "Takes the notes"
        MEMBER = "member", "Member"

    group = models.ForeignKey(Group, models.PROTECT, related_name="members")
    person = models.ForeignKey("programme.Person", models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=200, blank=True, help_text="Such as: 4 young people")
    role = models.CharField(max_length=10, choices=Role)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        """As they joined. A member is a person or words."""

        ordering: ClassVar = ["since", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(person__isnull=False) ^ ~Q(words=""), name="member_is_person_or_words"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="member_leaves_later"),
            models.UniqueConstraint(fields=["group", "person"], condition=Q(until=None), name="member_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_role_display()}"

    @property
    def who(self) -> Person | None:
        """Who it is today: a merged duplicate gives the person it turned out to be."""
        return self.person.survivor if self.person else None

    @property
    def name(self) -> str:
        """The person's name, or the words."""
        return self.who.name if self.who else self.words
