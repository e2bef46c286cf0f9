"""E-mails to be sent, what became of each, and what people want to be told.

The row is the truth (decision 0017): it is written with what caused it, and stays until a mail server has taken it or
somebody is told why none did.
"""

from datetime import datetime
from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class MailQuerySet(models.QuerySet["Mail"]):
    """E-mails in the users' words."""

    def waiting(self, moment: datetime) -> "MailQuerySet":
        """What nobody is sending although it is time to.

        Never tried, to be tried again, or its worker died before the text left.
        """
        died = Q(state=Mail.State.SENDING, lease_until__lt=moment, handed_over_at=None)
        return self.filter(Q(state=Mail.State.QUEUED, next_try_at__lte=moment) | died)

    def left_unsure(self, moment: datetime) -> "MailQuerySet":
        """The worker died after the text had begun to leave, so that nobody knows whether it arrived."""
        return self.filter(state=Mail.State.SENDING, lease_until__lt=moment, handed_over_at__isnull=False)


class Mail(models.Model):
    """One e-mail to one account, or to somebody without one.

    Its words are fixed when it is written; only how far it has come changes.
    """

    class State(models.TextChoices):
        """How far it has come. The words are shown to the office."""

        QUEUED = "queued", "Waiting to be sent"
        SENDING = "sending", "Being sent"
        DELIVERED = "delivered", "Taken by the mail server"
        REFUSED = "refused", "Refused by the mail server"
        UNSURE = "unsure", "May not have arrived"
        GIVEN_UP = "given_up", "Given up"

    ENDED: ClassVar = (State.DELIVERED.value, State.REFUSED.value, State.UNSURE.value, State.GIVEN_UP.value)

    # Makes writing it a second time harmless: one digest a person and day, one chase a person, month and day.
    key = models.CharField(max_length=200, unique=True)
    to = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="mails")
    address = models.EmailField(help_text="As it stood when the e-mail was written")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    # A secret that the letter carries in the place of {link}. It is forgotten as soon as the letter needs it no longer.
    link = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    # Set just before the text leaves: from then on it is never sent again by itself, because it may have arrived.
    handed_over_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["written_at", "pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=Q(state__in=["queued", "sending"]), name="mail_still_to_be_sent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.address}"


class MailAttempt(models.Model):
    """What a mail server answered, or that none did. Appended."""

    class Result(models.TextChoices):
        """In the words of the office's page."""

        DELIVERED = "delivered", "Taken by the mail server"
        LATER = "later", "To be tried again"
        REFUSED = "refused", "Refused by the mail server"
        UNSURE = "unsure", "May not have arrived"
        GIVEN_UP = "given_up", "Given up"

    mail = models.ForeignKey(Mail, models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    result = models.CharField(max_length=10, choices=Result)
    words = models.TextField(blank=True, help_text="What happened, in plain words")

    class Meta:
        """In order."""

        ordering: ClassVar = ["mail", "number", "pk"]

    def __str__(self) -> str:
        return f"{self.get_result_display()}, {self.at:%Y-%m-%d %H:%M}"


@pghistory.track()
class MailChoices(models.Model):
    """Which kinds of line somebody does not want. Nobody has a row until they choose."""

    user = models.OneToOneField("programme.User", models.CASCADE, related_name="mail_choices")
    off = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.user}: {len(self.off)} turned off"
