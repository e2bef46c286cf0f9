"""Last words of somebody who gives a workstream up, for whoever takes it over."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from workstreams.models.workstream import Workstream


class HandoverNote(models.Model):
    """What the outgoing lead, or the office for them, wants the successor to know. Appended, never changed."""

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="handover_notes")
    # Whose words they are: the outgoing lead, also where the office wrote them down.
    person = models.ForeignKey("programme.Person", models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Newest first. A note says something."""

        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="handover_note_says_something")]

    def __str__(self) -> str:
        return self.text
