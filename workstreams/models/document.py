"""Documents and links a workstream stands on, with the day on which somebody last looked whether they still hold."""

from datetime import date
from typing import ClassVar

import pghistory
from django.db import models

from programme.periods import add_months
from workstreams.models.register import RegisterEntry, RegisterQuerySet
from workstreams.models.workstream import Workstream


@pghistory.track()
class Document(RegisterEntry):
    """A link with its title (`text`). It is to be looked at again some months after it was last checked."""

    class Kind(models.TextChoices):
        """What lies behind the link."""

        TERMS = "terms", "Terms of reference"
        PAPER = "paper", "Paper or minutes"
        POLICY = "policy", "Policy or procedure"
        PLAN = "plan", "Plan or business case"
        EVIDENCE = "evidence", "Evidence or evaluation"
        DATA = "data", "Data or dashboard"
        PAGE = "page", "Web page"
        OTHER = "other", "Something else"

    CHECKS: ClassVar = ((3, "After 3 months"), (6, "After 6 months"), (12, "After a year"))

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="documents")
    url = models.CharField(max_length=500)
    kind = models.CharField(max_length=10, choices=Kind)
    check_after = models.PositiveSmallIntegerField(null=True, blank=True, choices=CHECKS)
    checked_on = models.DateField()
    checked_by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RegisterQuerySet["Document"].as_manager()

    class Meta(RegisterEntry.Meta):
        """As every entry of a register."""

        constraints: ClassVar = [
            *RegisterEntry.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(url=""), name="document_has_a_link"),
        ]

    @property
    def check_again_on(self) -> date | None:
        """The day from which it should be looked at again, where somebody asked for that."""
        if self.check_after is None:
            return None
        month = add_months(self.checked_on.replace(day=1), self.check_after)
        last_day = (add_months(month, 1) - month).days
        return month.replace(day=min(self.checked_on.day, last_day))
