"""The closing of a workstream as it is read: the pack, what was decided, and the checks since. Few queries each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from programme.dates import FuzzyDate
from programme.status import PlanState
from workstreams.closing import (
    Check,
    Fate,
    Held,
    MilestoneSaid,
    ObjectiveSaid,
    Outcome,
    PackSaid,
    checks,
    closed_sentence,
    next_check,
)
from workstreams.models import (
    ClosingPack,
    ClosingStep,
    Milestone,
    Objective,
    SustainmentAnswer,
    Voice,
    Workstream,
    WorkstreamStatus,
    statements_of,
)
from workstreams.models.closing import Content, closing_day
from workstreams.slippage import is_after_closure, standing

Kind = ClosingStep.Kind
Status = WorkstreamStatus.Status
CLOSED = frozenset({Status.COMPLETED.value, Status.STOPPED.value})
DONE = frozenset({PlanState.DONE, PlanState.DROPPED})


@dataclass(frozen=True)
class Unfinished:
    """A milestone that is not done, with its date in words."""

    milestone: Milestone
    when: FuzzyDate | None

    @property
    def when_words(self) -> str:
        """The date that counts, in words."""
        return self.when.display() if self.when else "No date"


def unfinished_of(workstream: Workstream, day: date) -> list[Unfinished]:
    """Its milestones that nobody has recorded as done or dropped. Two queries."""
    found = []
    for row in workstream.milestones.with_dates():
        stands = standing(statements_of(row), day)
        if stands.state not in DONE:
            found.append(Unfinished(row, stands.when))
    return found


def objectives_of(workstream: Workstream) -> list[Objective]:
    """Its objectives that have not ended."""
    return list(workstream.objectives.filter(ended_on=None))


def waiting_voices(workstream: Workstream) -> int:
    """How many things that were heard nobody has answered."""
    return Voice.objects.of_workstream(workstream).unanswered().count()


def pack_said(pack: ClosingPack, day: date) -> PackSaid:
    """A pack against the objectives and milestones there are now, for the rule that says what it lacks."""
    told = pack.answers
    return PackSaid(
        why=pack.why,
        closes_on=pack.closes_on,
        owner=pack.owner,
        lessons=pack.lessons,
        objectives=[
            ObjectiveSaid(
                row.pk,
                row.text,
                told.get(f"objective-{row.pk}-outcome", ""),
                told.get(f"objective-{row.pk}-evidence", ""),
            )
            for row in objectives_of(pack.workstream)
        ],
        milestones=[
            MilestoneSaid(
                each.milestone.pk,
                each.milestone.title,
                told.get(f"milestone-{each.milestone.pk}-fate", ""),
                told.get(f"milestone-{each.milestone.pk}-target"),
                told.get(f"milestone-{each.milestone.pk}-reason", ""),
                is_after_closure(each.when, pack.closes_on),
            )
            for each in unfinished_of(pack.workstream, day)
        ],
        waiting_voices=waiting_voices(pack.workstream),
        voices=pack.voices,
    )


def frozen(pack: ClosingPack, said: PackSaid, day: date) -> Content:
    """A pack as it is sent: words that say everything by themselves, and keys for what is done when it is agreed."""
    when = {each.milestone.pk: each.when_words for each in unfinished_of(pack.workstream, day)}
    keys = {each.target for each in said.milestones if each.fate == Fate.MOVE}
    names = Workstream.objects.in_bulk([key for key in keys if key])
    return {
        "why": said.why.strip(),
        "closes_on": said.closes_on.isoformat() if said.closes_on else "",
        "owner": said.owner.strip(),
        "lessons": said.lessons.strip(),
        "voices": said.voices.strip(),
        "waiting_voices": said.waiting_voices,
        "successor": _named(pack.successor),
        "objectives": [
            {"text": each.text, "outcome": Outcome(each.outcome).words, "evidence": each.evidence.strip()}
            for each in said.objectives
        ],
        "milestones": [
            {
                "id": each.key,
                "title": each.title,
                "when": when[each.key],
                "fate": each.fate,
                "to": _named(names.get(each.target)) if each.target and each.fate == Fate.MOVE else None,
                "reason": each.reason.strip(),
            }
            for each in said.milestones
        ],
    }


def _named(workstream: Workstream | None) -> dict[str, object] | None:
    return {"id": workstream.pk, "name": workstream.name, "slug": workstream.slug} if workstream else None


@dataclass(frozen=True)
class Closing:
    """How the closing of one workstream stands."""

    pack: ClosingPack | None
    steps: tuple[ClosingStep, ...] = ()
    answers: tuple[SustainmentAnswer, ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def newest(self) -> ClosingStep | None:
        """What happened last."""
        return self.steps[-1] if self.steps else None

    @property
    def number(self) -> int:
        """The number of the newest step: what a form that is opened now was opened on."""
        return self.newest.number if self.newest else 0

    @property
    def state(self) -> str:
        """The kind of the newest step, or nothing."""
        return self.newest.kind if self.newest else ""

    @property
    def is_waiting(self) -> bool:
        """Whether the senior leadership team is to decide."""
        return self.state == Kind.SENT

    @property
    def is_agreed(self) -> bool:
        """Whether it closed by this pack."""
        return self.state == Kind.AGREED

    @property
    def shown(self) -> Content | None:
        """The newest pack that was sent and not taken back."""
        taken = self.steps[:-1] if self.state == Kind.TAKEN_BACK else self.steps
        sent = [step for step in taken if step.content]
        if self.state == Kind.TAKEN_BACK:
            sent = sent[:-1]
        return sent[-1].content if sent else None

    @property
    def closes_on(self) -> date | None:
        """The day on which it closed, or on which the pack says that it is to."""
        if self.is_agreed and self.newest:
            return self.newest.closed_on
        said = (self.shown or {}).get("closes_on", "")
        return date.fromisoformat(said) if said else None

    @property
    def next_check(self) -> Check | None:
        """The check that is to be answered next."""
        return next_check(self.checks)

    @property
    def overdue(self) -> tuple[Check, ...]:
        """Checks that should have been answered."""
        return tuple(check for check in self.checks if check.is_overdue)


def closing_of(workstream: Workstream, day: date) -> Closing:
    """The closing of a workstream as it stands on a day. Three queries."""
    pack = ClosingPack.objects.filter(workstream=workstream).select_related("successor", "saved_by__person").first()
    if pack is None:
        return Closing(None)
    steps = tuple(pack.steps.select_related("by__person"))
    agreed = steps[-1] if steps and steps[-1].kind == Kind.AGREED else None
    if agreed is None:
        return Closing(pack, steps)
    answers = tuple(agreed.answers.select_related("by__person"))
    return Closing(pack, steps, answers, checks(closing_day(agreed), newest_answers(answers), day))


def newest_answers(answers: Sequence[SustainmentAnswer]) -> Mapping[int, Held]:
    """What counts for each check: the newest answer."""
    return {each.months: Held(each.held) for each in sorted(answers, key=lambda each: each.number)}


def sentence_of(workstream: Workstream, day: date, status: str) -> str:
    """When and why a workstream closed, who owns it now and which check is next; empty where it is not closed."""
    if status not in CLOSED:
        return ""
    newest = workstream.statuses.filter(since__lte=day).order_by("-since", "-pk").first()
    if newest is None:
        return ""
    told = closing_of(workstream, day)
    content = (told.shown if told.is_agreed else None) or {}
    return closed_sentence(
        closed_on=newest.since,
        status=newest.status,
        why=content.get("why", newest.reason),
        owner=content.get("owner", ""),
        every=told.checks,
    )
