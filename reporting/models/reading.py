"""Who read a report: links for people without an account, and every copy that was taken."""

from datetime import datetime
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q

from reporting.models.report import BoardReport


@pghistory.track()
class ReportLink(models.Model):
    """A link to one published report for somebody without an account. It ends by itself, and can be ended.

    The address is this row's number under the service's own signature, so that nothing here lets anybody in.
    """

    report = models.ForeignKey(BoardReport, models.PROTECT, related_name="links")
    for_whom = models.CharField(max_length=200)
    by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(expires_at__gt=F("at")), name="link_expires_later")]

    def __str__(self) -> str:
        return f"{self.report} for {self.for_whom}"

    def is_open(self, moment: datetime) -> bool:
        """Whether it still works at `moment`, as far as the link itself goes."""
        return self.revoked_at is None and moment < self.expires_at


class Download(models.Model):
    """Who took a copy of which report, in which form, and when; by an account or by a link. Appended."""

    report = models.ForeignKey(BoardReport, models.PROTECT, related_name="downloads")
    user = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    link = models.ForeignKey(ReportLink, models.PROTECT, null=True, blank=True, related_name="uses")
    form = models.CharField(max_length=10, default="pdf", help_text="The ending of the file, or 'opened' for a link")
    at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(user=None, link__isnull=False) | Q(user__isnull=False, link=None),
                name="download_by_account_or_link",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} by {self.who}"

    @property
    def who(self) -> str:
        """The reader in words."""
        return self.user.name if self.user else f"{self.link.for_whom if self.link else ''}, by link"
