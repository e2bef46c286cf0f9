"""What somebody who takes a workstream over needs on one page: one read model in a fixed number of queries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from programme.dates import month_words
from programme.models import User
from programme.periods import last_months
from programme.status import Rag
from workstreams import sent_updates, story
from workstreams.models import Ask, Assignment, HandoverNote, Issue, MonthlyUpdate, Risk, Workstream
from workstreams.promises import open_now
from workstreams.sections import Section
from workstreams.sent_updates import SentUpdate
from workstreams.teams import FIRST_DAYS

STRIP_MONTHS, TOLD_MONTHS = 12, 6
NOTES_TOLD, PAST_CONTACTS = 3, 4


@dataclass(frozen=True)
class StripCell:
    """One month of the strip of ratings."""

    label: str
    rating: Rag


@dataclass(frozen=True)
class Contact:
    """Somebody to ask, with what they do or did from when to when."""

    name: str
    role: str
    time: str


@dataclass(frozen=True)
class Handover:
    """The story so far and what is open, but for the plan, which the page reads for itself."""

    strip: tuple[StripCell, ...]
    months: tuple[str, ...]
    latest: SentUpdate | None
    promises: tuple[str, ...]
    asks: tuple[Ask, ...]
    risks: tuple[Risk, ...]
    issues: tuple[Issue, ...]
    present: tuple[Contact, ...]
    past: tuple[Contact, ...]
    notes: tuple[HandoverNote, ...]


def handover_of(workstream: Workstream, day: date) -> Handover:
    """Everything but the plan, as on `day`."""
    months = _months(workstream, day)
    told = _told(workstream, months)
    latest = sent_updates.latest(workstream)
    asked = Ask.objects.of_workstream(workstream).with_state().unanswered()
    held = list(Assignment.objects.of_workstream(workstream).with_people().order_by("-since", "pk"))
    notes = HandoverNote.objects.filter(Q(workstream=workstream) | Q(workstream__merged_into=workstream))
    return Handover(
        strip=tuple(StripCell(month_words(m), told[m].rating if m in told else Rag.NOT_REPORTED) for m in months),
        months=tuple(_sentence(month, told.get(month)) for month in months[::-1][:TOLD_MONTHS]),
        latest=latest,
        promises=tuple(each.text for each in open_now(workstream, day)),
        asks=tuple(asked.order_by("wanted_by", "pk")),
        risks=tuple(sorted(Risk.objects.of_workstream(workstream).open_on(day), key=lambda r: (-r.score, r.pk))),
        issues=tuple(Issue.objects.of_workstream(workstream).open_on(day)),
        present=tuple(_contact(each) for each in held if not _has_ended(each, day)),
        past=tuple(_contact(each) for each in held if _has_ended(each, day))[:PAST_CONTACTS],
        notes=tuple(notes.select_related("person__merged_into", "by__person")[:NOTES_TOLD]),
    )


def _months(workstream: Workstream, day: date) -> list[date]:
    """The last months whose update was due, beginning with the first the workstream has something of."""
    due = workstream.programme.periods.due_before(day).order_by("-month").first()
    if due is None:
        return []
    first = workstream.updates.order_by("period__month").values_list("period__month", flat=True).first()
    return [month for month in last_months(due.month, STRIP_MONTHS) if first and month >= first]


def _told(workstream: Workstream, months: list[date]) -> Mapping[date, SentUpdate]:
    """What was sent, by month."""
    sent = MonthlyUpdate.objects.filter(workstream=workstream, period__month__in=months).sent()
    return {told.update.period.month: told for told in sent_updates.in_full(sent.select_related("period"))}


def _sentence(month: date, told: SentUpdate | None) -> str:
    if told is None:
        return story.silence_sentence(month_words(month))
    progress = next(texts for section, texts in told.parts if section is Section.PROGRESS)
    return story.month_sentence(month_words(month), told.rating, told.reason, progress)


def _has_ended(assignment: Assignment, day: date) -> bool:
    return assignment.until is not None and assignment.until < day


def _contact(assignment: Assignment) -> Contact:
    role = str(assignment.get_role_display())
    return Contact(assignment.who.name, role, story.time_words(assignment.since, assignment.until))


# ---- Who has left ---------------------------------------------------------------------------------------------------


def has_just_left(workstream: Workstream, user: User, day: date) -> bool:
    """Whether the user led the workstream and stopped only lately, so that last words may still be added."""
    lately = Q(until__lt=day, until__gte=day - timedelta(days=FIRST_DAYS))
    return Assignment.objects.leads().of_workstream(workstream).of_user(user).filter(lately).exists()


def leavers(workstream: Workstream, day: date) -> Iterator[Assignment]:
    """Leads in whose name a note may be written: those who lead today, and those who have lately stopped."""
    lately = Q(until=None) | Q(until__gte=day - timedelta(days=FIRST_DAYS))
    held = Assignment.objects.leads().of_workstream(workstream).filter(lately, since__lte=day).with_people()
    yield from {each.who.pk: each for each in held.order_by("since", "pk")}.values()
