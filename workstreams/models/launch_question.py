"""Questions that staff, families or partners asked when something was launched, each open until it is answered."""

from typing import ClassVar

import pghistory
from django.db import models

from workstreams.models.register import RegisterEntry, RegisterQuerySet
from workstreams.models.workstream import Workstream


@pghistory.track()
class LaunchQuestion(RegisterEntry):
    """A question (`text`). Its answer is how it is closed, on the day it was given."""

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="launch_questions")
    asked_by = models.CharField(max_length=200, blank=True, help_text="A group or a role, never a name")
    answered_by = models.ForeignKey("programme.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RegisterQuerySet["LaunchQuestion"].as_manager()

    class Meta(RegisterEntry.Meta):
        """As every entry of a register."""

        constraints: ClassVar = [*RegisterEntry.Meta.constraints]
