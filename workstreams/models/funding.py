"""Money of a workstream: one line for each source and financial year, in whole pounds."""

from typing import ClassVar, Self

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from programme.models import User
from workstreams.models.workstream import Workstream
from workstreams.money import Amounts, Line, year_words


class FundingQuerySet(models.QuerySet["FundingLine"]):
    """Funding lines in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Lines of workstreams the user may see."""
        return self.filter(workstream__in=Workstream.objects.visible_to(user))

    def standing(self) -> Self:
        """Lines that were not taken out again."""
        return self.filter(removed_at=None)

    def of_workstream(self, workstream: Workstream) -> Self:
        """Of a workstream, and of duplicates that were merged into it."""
        return self.filter(Q(workstream=workstream) | Q(workstream__merged_into=workstream))


def _amount() -> "models.BigIntegerField[int | None, int | None]":
    return models.BigIntegerField(null=True, blank=True)


@pghistory.track()
class FundingLine(models.Model):
    """What one source gives in one financial year. Amounts that are not known are null, never nought."""

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="funding")
    source = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField(help_text="The calendar year in which the financial year begins")
    recurrent = models.BooleanField()
    budget = _amount()
    forecast = _amount()
    actual = _amount()
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    # Who last changed it and why; with each change these go into the history, too.
    changed_by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = FundingQuerySet.as_manager()

    class Meta:
        """The newest year first, then by source."""

        ordering: ClassVar = ["-year", "source", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(budget=None) | Q(budget__gte=0))
                & (Q(forecast=None) | Q(forecast__gte=0))
                & (Q(actual=None) | Q(actual__gte=0)),
                name="money_is_not_negative",
            ),
            models.UniqueConstraint(
                "workstream", Lower("source"), "year", "recurrent",
                condition=Q(removed_at=None), name="one_line_per_source_and_year",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.source}, {self.year_words}"

    @property
    def year_words(self) -> str:
        """'2026 to 2027'."""
        return year_words(self.year)

    @property
    def kind_words(self) -> str:
        """Recurrent or not."""
        return "Recurrent" if self.recurrent else "One year only"

    @property
    def amounts(self) -> Amounts:
        """The money as the rules take it."""
        return Amounts(self.budget, self.forecast, self.actual)

    @property
    def line(self) -> Line:
        """The line as the roll-up takes it."""
        return Line(self.source, self.year, self.recurrent, self.amounts)
