"""The page that staff read: versions frozen when they were proposed or published, and what happened to them."""

from typing import ClassVar, Self

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from programme.models import Programme, User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from workstreams.models.workstream import Workstream
from workstreams.staff_content import Content, read


class StaffPageQuerySet(models.QuerySet["StaffPage"]):
    """Pages for staff, in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Pages of programmes whose workstreams the user may read."""
        return self.filter(programme__in=programmes_allowing(user, Permission.READ_WORKSTREAMS))

    def at_public_link(self, token: str) -> Self:
        """The page whose public link this is, while the link is switched on."""
        return self.filter(public_token=token)


@pghistory.track(exclude=["public_token"])
class StaffPage(models.Model):
    """The page of a workstream, or of a whole programme where no workstream is named."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="staff_pages")
    workstream = models.OneToOneField(Workstream, models.PROTECT, null=True, blank=True, related_name="staff_page")
    # The unguessable end of the public address; null while the link is off. Never kept by history.
    public_token = models.CharField(max_length=64, null=True, blank=True, unique=True)
    version = models.PositiveIntegerField(default=0)

    objects = StaffPageQuerySet.as_manager()

    class Meta:
        """One page for a workstream, one for the programme."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme"], condition=Q(workstream=None), name="one_staff_page_per_programme"
            )
        ]

    def __str__(self) -> str:
        return str(self.workstream or self.programme)

    @property
    def published(self) -> "StaffPageVersion | None":
        """The version that is read now, until it is withdrawn."""
        kinds = (StaffPageStep.Kind.PUBLISHED, StaffPageStep.Kind.WITHDRAWN)
        return self._version_of_last(kinds, StaffPageStep.Kind.PUBLISHED)

    @property
    def proposal(self) -> "StaffPageVersion | None":
        """The version that waits for the office, if one does."""
        kinds = (StaffPageStep.Kind.PROPOSED, StaffPageStep.Kind.PUBLISHED, StaffPageStep.Kind.DECLINED)
        return self._version_of_last(kinds, StaffPageStep.Kind.PROPOSED)

    def _version_of_last(self, kinds: tuple[str, ...], wanted: str) -> "StaffPageVersion | None":
        last = self.events.filter(kind__in=kinds).order_by("-at", "-pk").select_related("version__by__person").first()
        return last.version if last and last.kind == wanted else None


class StaffPageVersion(models.Model):
    """A page as it stood when somebody froze it. Immutable."""

    page = models.ForeignKey(StaffPage, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "number"], name="one_staff_page_version_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.page}, version {self.number}"

    @property
    def read(self) -> Content:
        """What it says."""
        return read(self.content)


class StaffPageStep(models.Model):
    """What happened to a page. Appended."""

    class Kind(models.TextChoices):
        """In the words of the trail."""

        PROPOSED = "proposed", "Proposed to the office"
        PUBLISHED = "published", "Published"
        DECLINED = "declined", "Sent back by the office"
        WITHDRAWN = "withdrawn", "Taken off"
        LINK_ON = "link_on", "Public link switched on"
        LINK_RENEWED = "link_renewed", "Public link renewed"
        LINK_OFF = "link_off", "Public link switched off"

    page = models.ForeignKey(StaffPage, models.PROTECT, related_name="events")
    version = models.ForeignKey(StaffPageVersion, models.PROTECT, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first. What is sent back or taken off says why."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind__in=["declined", "withdrawn"]) | ~Q(reason=""), name="staff_page_event_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["proposed", "published"]) | Q(version__isnull=False),
                name="staff_page_event_names_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"
