"""Monthly updates: an identity, one draft, immutable revisions and a trail of events.

`MonthlyUpdate` holds every movable fact (which workstream, which month). Nothing that was sent is ever edited in
place: the words live in revisions the database refuses to change.
"""

import uuid
from datetime import datetime
from typing import ClassVar

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Max, OuterRef, Subquery

from programme.models import ReportingPeriod, User
from workstreams.changes import Outcome
from workstreams.models.workstream import Workstream
from workstreams.sections import Section


class MonthlyUpdateQuerySet(models.QuerySet["MonthlyUpdate"]):
    """Updates in the users' words."""

    def visible_to(self, user: User | AnonymousUser) -> "MonthlyUpdateQuerySet":
        """Updates of workstreams the user may see."""
        return self.filter(workstream__in=Workstream.objects.visible_to(user))

    def sent(self, until: datetime | None = None) -> "MonthlyUpdateQuerySet":
        """Updates that stand as sent, with `sent_revision`; drafts and recalled ones left out.

        `until` gives those that stood as sent at that moment. `carried` is the revision whose words stand where an
        update says "no change", else None.
        """
        return self.with_standing(until).exclude(sent_revision=None).exclude(last_event__in=UpdateEvent.WITHDRAWING)

    def with_standing(self, until: datetime | None = None) -> "MonthlyUpdateQuerySet":
        """Annotate the newest revision and the last event, so that `is_sent` says whether it stands as sent."""
        newest = UpdateRevision.objects.filter(update=OuterRef("pk")).order_by("-number")
        last_event = UpdateEvent.objects.filter(update=OuterRef("pk")).order_by("-at", "-pk")
        if until is not None:
            newest, last_event = newest.filter(at__lte=until), last_event.filter(at__lte=until)
        return self.annotate(  # type: ignore[no-redef]  # declared on the model for its readers
            sent_revision=Subquery(newest.values("pk")[:1]),
            carried=Subquery(newest.values("carries")[:1]),
            last_event=Subquery(last_event.values("kind")[:1]),
        )

    def ending_with(self, kind: str) -> "MonthlyUpdateQuerySet":
        """Updates whose newest event is of that kind, such as those returned by the office."""
        last_event = UpdateEvent.objects.filter(update=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(newest_kind=Subquery(last_event.values("kind")[:1])).filter(newest_kind=kind)


@pghistory.track()
class MonthlyUpdate(models.Model):
    """One workstream's report on one month."""

    workstream = models.ForeignKey(Workstream, models.PROTECT, related_name="updates")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="updates")
    is_example = models.BooleanField(default=False)
    batch = models.ForeignKey("programme.ImportBatch", models.PROTECT, null=True, blank=True, related_name="updates")
    source_line = models.PositiveIntegerField(null=True, blank=True)

    sent_revision: int | None  # annotated by `sent`
    carried: int | None  # annotated by `sent`
    last_event: str | None  # annotated by `with_standing`

    objects = MonthlyUpdateQuerySet.as_manager()

    class Meta:
        """Newest month first."""

        ordering: ClassVar = ["-period__month"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workstream", "period"], name="one_update_per_workstream_and_month")
        ]

    def __str__(self) -> str:
        return f"{self.workstream}, {self.period}"

    @property
    def is_sent(self) -> bool:
        """Whether it stands as sent; `with_standing` comes first."""
        return self.sent_revision is not None and self.last_event not in UpdateEvent.WITHDRAWING

    def next_number(self) -> int:
        """The number of the revision that would be sent now."""
        newest: int | None = self.revisions.aggregate(newest=Max("number"))["newest"]
        return (newest or 0) + 1


class UpdateDraft(models.Model):
    """What is being typed: autosaved, versioned, wiped when sent. Not kept by history, so half-typed words go."""

    update = models.OneToOneField(MonthlyUpdate, models.CASCADE, related_name="draft")
    version = models.PositiveIntegerField(default=0)
    sections = models.JSONField(default=dict, help_text="Section key to the text as typed")
    rating = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    on_behalf_of = models.ForeignKey("programme.Person", models.PROTECT, null=True, blank=True, related_name="+")
    source_note = models.TextField(blank=True)
    answers = models.JSONField(
        default=dict, blank=True, help_text="Every other field of the form by its name, as typed: promises, help wanted"
    )
    saved_by = models.ForeignKey("programme.User", models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Draft of {self.update}"


class UpdateRevision(models.Model):
    """An update as sent. Immutable."""

    class Kind(models.TextChoices):
        """A correction is made after the window closed, with a reason."""

        ORDINARY = "ordinary", "Ordinary"
        CORRECTION = "correction", "Correction"

    update = models.ForeignKey(MonthlyUpdate, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ORDINARY)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True, help_text="The name as it stood when sent")
    # Somebody of the office typed what a lead told them: `by` is the office, `by_name` the lead.
    on_behalf_of = models.ForeignKey("programme.Person", models.PROTECT, null=True, blank=True, related_name="+")
    source_note = models.TextField(blank=True, help_text="Who told it and when, where somebody else typed it")
    # "No change, I have checked": it has no words of its own, those of this revision stand.
    carries = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_by")
    at = models.DateTimeField()
    batch = models.ForeignKey("programme.ImportBatch", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["update", "number"], name="one_revision_per_number"),
            models.CheckConstraint(
                condition=models.Q(kind="ordinary") | ~models.Q(reason=""), name="correction_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(on_behalf_of=None) | ~models.Q(source_note=""), name="on_behalf_says_who_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.update}, revision {self.number}"


class UpdateItem(models.Model):
    """One bullet of a sent update. Immutable, with an id other things can point at."""

    revision = models.ForeignKey(UpdateRevision, models.PROTECT, related_name="items")
    section = models.CharField(max_length=20, choices=[(s.value, s.heading) for s in Section])
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    source_line = models.PositiveIntegerField(null=True, blank=True)
    batch = models.ForeignKey("programme.ImportBatch", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        """In the order written."""

        ordering: ClassVar = ["revision", "order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["revision", "order"], name="one_item_per_order")]

    def __str__(self) -> str:
        return self.text


class PromiseOutcome(models.Model):
    """What an update says became of an earlier month's next step. Immutable."""

    item = models.ForeignKey(UpdateItem, models.PROTECT, related_name="outcomes")
    revision = models.ForeignKey(UpdateRevision, models.PROTECT, related_name="outcomes")
    outcome = models.CharField(max_length=10, choices=[(o.value, o.word) for o in Outcome])
    when_words = models.CharField(max_length=200, blank=True, help_text="The new day in its writer's words")
    when_start = models.DateField(null=True, blank=True)
    when_end = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    carried_to = models.ForeignKey(
        UpdateItem, models.PROTECT, null=True, blank=True, related_name="+", help_text="The next step it goes on as"
    )

    class Meta:
        """In the order answered."""

        ordering: ClassVar = ["revision", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "item"], name="one_outcome_per_promise_and_revision"),
            models.CheckConstraint(
                condition=~models.Q(outcome="moved") | ~models.Q(when_words=""), name="moved_promise_says_when"
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="dropped") | ~models.Q(reason=""), name="dropped_promise_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_outcome_display().lower()}"


class UpdateEvent(models.Model):
    """What happened to an update. Appended."""

    class Kind(models.TextChoices):
        """In the words of the trail."""

        SUBMITTED = "submitted", "Sent"
        RECALLED = "recalled", "Recalled"
        RETURNED = "returned", "Returned by the office"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        NO_CHANGE = "no_change", "No change, checked"
        IMPORTED = "imported", "Imported"
        MOVED = "moved", "Moved to another month"
        CORRECTED = "corrected", "Corrected"

    WITHDRAWING: ClassVar = (Kind.RECALLED.value, Kind.RETURNED.value)

    update = models.ForeignKey(MonthlyUpdate, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    batch = models.ForeignKey("programme.ImportBatch", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"
