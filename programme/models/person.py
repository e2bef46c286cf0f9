"""People and accounts. A page names a lead without an e-mail, so a person is not a user (decision 0001)."""

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower


class PersonQuerySet(models.QuerySet["Person"]):
    """People as they are spoken of."""

    def named(self, name: str) -> "PersonQuerySet":
        """People whose name or alias is `name`, whatever its capitals. A merged duplicate's name finds who it is."""
        called = models.Q(name__iexact=name) | models.Q(aliases__contains=[name])
        merged = Person.objects.filter(called).exclude(merged_into=None)
        return self.filter(merged_into=None).filter(called | models.Q(pk__in=merged.values("merged_into")))

    def known_among(self, names: set[str]) -> set[str]:
        """Those of the names that are somebody's name (whatever its capitals) or alias, as they are stored.

        The name of a duplicate that was merged is known: it finds who it is.
        """
        lowered = [name.lower() for name in names]
        people = self.annotate(lower_name=Lower("name"))
        people = people.filter(models.Q(lower_name__in=lowered) | models.Q(aliases__overlap=list(names)))
        return {known for person in people for known in (person.name, *person.aliases)}


@pghistory.track()
class Person(models.Model):
    """Somebody who leads, owns, sits on a panel or receives a report, with or without an account."""

    name = models.CharField(max_length=200)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    organisation = models.ForeignKey(
        "programme.Organisation", models.PROTECT, null=True, blank=True, related_name="people"
    )
    # A duplicate points at the person it turned out to be; nothing that names it is rewritten.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    batch = models.ForeignKey("programme.ImportBatch", models.PROTECT, null=True, blank=True, related_name="people")
    version = models.PositiveIntegerField(default=1)

    objects = PersonQuerySet.as_manager()

    class Meta:
        """Alphabetical."""

        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def survivor(self) -> "Person":
        """Who this person turned out to be: a merged duplicate gives the other, anybody else is themselves."""
        return self.merged_into or self


class UserManager(BaseUserManager["User"]):
    """Accounts are made by invitation or by the demo, never by the public."""

    def get_queryset(self) -> models.QuerySet["User"]:
        """With the person, whose name stands on every page."""
        return super().get_queryset().select_related("person")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password it cannot sign in until one is set."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a technician's account (createsuperuser)."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """E-mail addresses are compared without capitals."""
        return self.get(email__iexact=username)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """An account that signs in by e-mail and usually belongs to a person."""

    email = models.EmailField("email address", unique=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="user")
    is_active = models.BooleanField(default=True)
    # Accounts of the demo have a published password; production refuses them (programme/sign_in.py).
    is_demo = models.BooleanField(default=False)

    objects = UserManager()

    # Set by the middleware for a request that is made as another role would; see programme/permissions.py.
    viewing_as: Any = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """One account for an address, whatever its capitals."""

        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The person's name, or the address where the account belongs to nobody yet."""
        return self.person.name if self.person else self.email
