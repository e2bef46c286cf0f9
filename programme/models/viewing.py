"""Who looked at a programme's pages as another role would, and when. Appended."""

from typing import ClassVar

from django.db import models


class RoleViewing(models.Model):
    """Somebody began, or stopped, to see a programme as a role would. They could change nothing in between."""

    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="viewings")
    by = models.ForeignKey("programme.User", models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    began = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by} {'began' if self.began else 'stopped'} viewing as {self.role}"
