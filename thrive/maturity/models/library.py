"""Best practice and tools, for everybody: by domain and by place, each with its link and when that was checked."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from programme.models import Place
from thrive.maturity import words


@pghistory.track()
class Practice(models.Model):
    """Something worth copying, or worth using. It names a domain by its code, so that it outlives versions."""

    kind = models.CharField(max_length=10, choices=words.PRACTICES)
    domain = models.CharField(max_length=10)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=500)
    url = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    link_state = models.CharField(max_length=10, choices=words.LINK_STATES, default="unknown")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By domain, then in the order in which they came."""

        ordering: ClassVar = ["domain", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="practice_says_something"),
            models.CheckConstraint(
                condition=Q(url="", link_state__in=["unknown", "none"]) | ~Q(url=""), name="practice_link_state"
            ),
        ]

    def __str__(self) -> str:
        return self.text
