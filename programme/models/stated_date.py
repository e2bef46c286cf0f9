"""A date as somebody stated it: the words, the earliest and latest day they can mean, and why.

One row per statement, never changed: re-dating a milestone adds a row with a reason and leaves the baseline alone.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from programme.dates import FuzzyDate, Precision


class StatedDate(models.Model):
    """Ordinary columns shared by the dates of milestones and phases. Open ends are null."""

    class Statement(models.TextChoices):
        """What is being stated."""

        BASELINE = "baseline", "Baseline"
        FORECAST = "forecast", "Forecast"
        ACTUAL = "actual", "Actual"

    statement = models.CharField(max_length=10, choices=Statement)
    words = models.CharField(max_length=200)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=20, choices=[(p.value, p.value) for p in Precision])
    ambiguous = models.BooleanField(default=False)
    basis = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    source_line = models.PositiveIntegerField(null=True, blank=True)
    batch = models.ForeignKey("programme.ImportBatch", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        """Named so that a broken promise is readable in the log."""

        abstract = True
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(start__lte=F("end")), name="%(class)s_starts_before_it_ends"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_statement_display()}: {self.words}"

    @property
    def window(self) -> FuzzyDate:
        """The statement as the value the rules work with."""
        return FuzzyDate.from_parts(
            text=self.words,
            start=self.start,
            end=self.end,
            precision=Precision(self.precision),
            ambiguous=self.ambiguous,
        )
