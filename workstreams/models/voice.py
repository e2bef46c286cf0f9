"""The co-production log: what was heard, and the steps taken since, appended and never changed."""

from datetime import date, timedelta
from typing import ClassVar, Self

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from programme.models import Programme, User
from programme.permissions import programmes_allowing
from programme.roles import Permission
from programme.small_numbers import shown
from workstreams.hearing import ANSWERS, WEEKS_TO_TELL_BACK, Step, Waiting, next_steps, waiting
from workstreams.models.workstream import Workstream
from workstreams.voice_words import AUDIENCES, GROUP_WORDS, GROUPS, HOW, LEVELS


class VoiceQuerySet(models.QuerySet["Voice"]):
    """What was heard, in the users' words. Everything but `visible_to` and the scopes needs `with_state`."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Voices of programmes whose workstreams the user may read: staff, not commissioners."""
        return self.filter(programme__in=programmes_allowing(user, Permission.READ_WORKSTREAMS))

    def of_workstream(self, workstream: Workstream) -> Self:
        """About a workstream, or about a duplicate that was merged into it."""
        return self.filter(Q(workstream=workstream) | Q(workstream__merged_into=workstream))

    def with_state(self) -> Self:
        """Annotate the last step (`state_now`) and the day the answer was given (`answered_on`)."""
        last = VoiceStep.objects.filter(voice=OuterRef("pk")).order_by("-at", "-pk")
        answer = last.filter(kind__in=ANSWERS)
        return self.annotate(
            state_now=Coalesce(Subquery(last.values("kind")[:1]), Value(Step.HEARD.value)),
            answer_day=Subquery(answer.values("on")[:1]),
        )

    def in_state(self, state: str) -> Self:
        """Whose last step is this one."""
        return self.with_state().filter(state_now=state)

    def unanswered(self) -> Self:
        """Nobody has been told yet, nor is it said why not."""
        return self.with_state().exclude(state_now__in=ANSWERS)

    def answered(self) -> Self:
        """Told back, or written down why that cannot be."""
        return self.with_state().filter(state_now__in=ANSWERS)

    def newest_answers(self) -> Self:
        """Answered ones, the latest answer first, with their steps."""
        return self.answered().order_by("-answer_day", "-pk").prefetch_related("steps")

    def overdue(self, day: date) -> Self:
        """Unanswered for longer than people should have to wait."""
        return self.unanswered().filter(heard_until__lte=day - timedelta(weeks=WEEKS_TO_TELL_BACK + 1))


@pghistory.track()
class Voice(models.Model):
    """Something that young people, families, staff or partners said. Never who said it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="voices")
    workstream = models.ForeignKey(Workstream, models.PROTECT, null=True, blank=True, related_name="voices")
    said = models.TextField()
    how = models.CharField(max_length=10, choices=HOW)
    audience = models.CharField(max_length=15, choices=AUDIENCES)
    groups = ArrayField(models.CharField(max_length=30, choices=GROUPS), default=list, blank=True)
    level = models.CharField(max_length=12, choices=[(key, words) for key, words, _ in LEVELS])
    # As typed. Readers see it under the small-number rule only.
    took_part = models.PositiveIntegerField(null=True, blank=True)
    heard_words = models.CharField(max_length=100)
    heard_from = models.DateField()
    heard_until = models.DateField()
    quote = models.TextField(blank=True)
    quote_consent = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    recorded_by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()

    state_now: str  # annotated by `with_state`
    answer_day: date | None  # annotated by `with_state`

    objects = VoiceQuerySet.as_manager()

    class Meta:
        """Newest first. A quote stands only with recorded consent."""

        ordering: ClassVar = ["-heard_until", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quote="") | Q(quote_consent=True), name="quote_only_with_consent"),
            models.CheckConstraint(condition=Q(heard_from__lte=F("heard_until")), name="heard_from_before_until"),
            models.CheckConstraint(condition=~Q(said=""), name="voice_says_something"),
        ]

    def __str__(self) -> str:
        return self.said

    @property
    def took_part_words(self) -> str:
        """How many took part, as readers see it."""
        return shown(self.took_part)

    @property
    def group_words(self) -> list[str]:
        """The under-served groups in words, in the order of the list."""
        return [words for key, words in GROUP_WORDS.items() if key in self.groups]

    @property
    def state(self) -> Step:
        """The state after the last step; needs `with_state`."""
        return Step(self.state_now)

    @property
    def next_steps(self) -> tuple[Step, ...]:
        """What may be recorded next."""
        return next_steps(self.state)

    def waiting(self, day: date) -> Waiting:
        """How long its speakers have waited on `day`; needs `with_state`."""
        answered = self.answer_day if self.state.is_answer else None
        return waiting(heard_until=self.heard_until, answered_on=answered, today=day)


class VoiceStep(models.Model):
    """One step since something was heard: decided, not to be done, done, told back. Appended."""

    voice = models.ForeignKey(Voice, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=[(step.value, step.state) for step in Step])
    text = models.TextField(help_text="What, how, or why not")
    who = models.CharField(max_length=200, blank=True, help_text="Who decided, did or told it: a group or a role")
    on = models.DateField()
    by = models.ForeignKey("programme.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="voice_step_says_what")]

    def __str__(self) -> str:
        return f"{self.step.state}, {self.on:%Y-%m-%d}"

    @property
    def step(self) -> Step:
        """The step as vocabulary."""
        return Step(self.kind)

    @property
    def words(self) -> str:
        """What happened, in words: a step back to the beginning is an opening, not a hearing."""
        return "Opened again" if self.step is Step.HEARD else self.step.state
