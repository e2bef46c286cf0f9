"""Sent updates as they are read: the revision that stands, its bullets and the declared rating, in few queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Prefetch, Q

from programme.clock import LONDON
from programme.models import ReportingPeriod
from programme.periods import Arrival, add_months
from programme.status import Rag
from workstreams.changes import Answer, MonthPromises, MonthWords, Promise, Stood, how_long, open_promises
from workstreams.models import MonthlyUpdate, PromiseOutcome, Rating, UpdateItem, UpdateRevision, Workstream
from workstreams.promises import MONTHS_BACK, as_answer
from workstreams.sections import Section

LOOKED_BACK = 12  # sent updates before one, which may have said the same words already


@dataclass(frozen=True)
class Point:
    """One bullet as it is read: its words, for how long they have stood, and to when a promise was moved."""

    text: str
    stood: Stood | None = None
    moved_to: str = ""

    @property
    def note(self) -> str:
        """What a reader is told beside the words, or nothing."""
        if self.moved_to:
            return f"moved to {self.moved_to}"
        return self.stood.words if self.stood and self.stood.is_marked else ""


@dataclass(frozen=True)
class SentUpdate:
    """One update that stands as sent. An imported month has no rating.

    `first` is the revision that was sent in its time, where `revision` corrects it; else both are the same.
    """

    update: MonthlyUpdate
    revision: UpdateRevision
    rating: Rag
    reason: str
    first: UpdateRevision
    answers: list[Answer] = field(default_factory=list)

    @property
    def arrival(self) -> Arrival:
        """When it came in, against the days of its month."""
        period = self.update.period
        closed = period.closed_at.astimezone(LONDON).date() if period.closed_at else None
        history = period.kind == ReportingPeriod.Kind.HISTORY
        return Arrival(self.first.at.astimezone(LONDON).date(), period.days, closed, is_history=history)

    @property
    def is_no_change(self) -> bool:
        """Whether it says that nothing has changed."""
        return self.revision.carries_id is not None

    @property
    def is_corrected(self) -> bool:
        """Whether readers see another text than the one that was sent in its time."""
        return self.revision.pk != self.first.pk

    @property
    def because(self) -> str:
        """Why it was corrected, as part of a sentence."""
        return self.revision.reason.rstrip(" .")

    @property
    def worded(self) -> UpdateRevision:
        """The revision whose words stand."""
        return self.revision.carries or self.revision

    @property
    def parts(self) -> list[tuple[Section, list[str]]]:
        """Every section with its bullets; an empty list says that nothing was reported there."""
        return [(section, [item.text for item in items]) for section, items in self._items()]

    def points(self, earlier: Iterable["SentUpdate"]) -> list[tuple[Section, list[Point]]]:
        """Every section with its bullets and what a reader is told beside them."""
        said, moved, month = words_by_section(earlier), self._moved(), self.update.period.month
        return [
            (section, [_point(item, moved, how_long(item.text, month, said[section])) for item in items])
            for section, items in self._items()
        ]

    def _items(self) -> list[tuple[Section, list[UpdateItem]]]:
        items: dict[str, list[UpdateItem]] = {section.value: [] for section in Section}
        for item in self.worded.items.all():
            items[item.section].append(item)
        return [(section, items[section.value]) for section in Section]

    def _moved(self) -> dict[int, str]:
        """The bullets that stand here because a promise was moved, with its new day."""
        outcomes = self.revision.outcomes.all()
        return {row.carried_to_id: row.when_words for row in outcomes if row.carried_to_id is not None}


def _point(item: UpdateItem, moved: dict[int, str], stood: Stood) -> Point:
    return Point(item.text, moved_to=moved[item.pk]) if item.pk in moved else Point(item.text, stood)


def words_by_section(told: Iterable[SentUpdate]) -> dict[Section, list[MonthWords]]:
    """What updates said, section by section, as the rule about unchanged words needs it."""
    said: dict[Section, list[MonthWords]] = {section: [] for section in Section}
    for each in told:
        for section, texts in each.parts:
            said[section].append(MonthWords(each.update.period.month, tuple(texts)))
    return said


def promises_open_in(period: ReportingPeriod, workstream: Workstream, earlier: Iterable[SentUpdate]) -> list[Promise]:
    """What waits for an answer in the update of `period`, from the updates before it that were read in full.

    An update without a change asked nothing and is left out.
    """
    first = add_months(period.month, -MONTHS_BACK)
    own = (each for each in earlier if each.update.workstream_id == workstream.pk and not each.is_no_change)
    return open_promises([_as_given(each) for each in own if each.update.period.month >= first])


def _as_given(told: SentUpdate) -> MonthPromises:
    steps = [item for item in told.revision.items.all() if item.section == Section.NEXT_STEPS]
    return MonthPromises(told.update.period.month, tuple((item.pk, item.text) for item in steps), tuple(told.answers))


def in_full(updates: Iterable[MonthlyUpdate]) -> list[SentUpdate]:
    """Updates from `.sent()` with what they say, in the order given. A fixed number of queries."""
    updates = list(updates)
    revisions = _revisions([update.sent_revision for update in updates if update.sent_revision])
    corrected = [each.update_id for each in revisions.values() if each.kind == UpdateRevision.Kind.CORRECTION]
    first = _as_first_sent(corrected) if corrected else {}
    return [
        _told(update, revisions[update.sent_revision], first.get(update.pk))
        for update in updates
        if update.sent_revision
    ]


def versions(told: SentUpdate) -> list[SentUpdate]:
    """What an update said before it was corrected, the newest version first; nothing where it was not."""
    if not told.is_corrected:
        return []
    earlier = UpdateRevision.objects.filter(
        update=told.update, number__gte=told.first.number, number__lt=told.revision.number
    )
    loaded = _revisions(list(earlier.values_list("pk", flat=True)))
    ordered = sorted(loaded.values(), key=lambda revision: -revision.number)
    return [_told(told.update, revision, told.first) for revision in ordered]


def latest(workstream: Workstream, before: ReportingPeriod | None = None) -> SentUpdate | None:
    """The newest update that stands as sent, of any month or of the months before `before`."""
    told = newest(workstream, 1, before)
    return told[0] if told else None


def with_earlier(update: MonthlyUpdate, workstream: Workstream) -> tuple[SentUpdate, list[SentUpdate]]:
    """One update in full, and those sent for the months before it."""
    told, *earlier = in_full([update, *_newest(workstream, LOOKED_BACK, update.period)])
    return told, earlier


def newest(workstream: Workstream, count: int = LOOKED_BACK, before: ReportingPeriod | None = None) -> list[SentUpdate]:
    """The newest updates that stand as sent, the newest first.

    What a duplicate told before it was merged counts, where the workstream itself told nothing for the month.
    """
    return in_full(_newest(workstream, count, before))


def _newest(workstream: Workstream, count: int, before: ReportingPeriod | None) -> Sequence[MonthlyUpdate]:
    own_or_merged = Q(workstream=workstream) | Q(workstream__merged_into=workstream)
    sent = MonthlyUpdate.objects.filter(own_or_merged).sent().select_related("period", "workstream")
    if before:
        sent = sent.filter(period__month__lt=before.month)
    own_first = sent.order_by("period__month", F("workstream__merged_into").asc(nulls_first=True))
    one_a_month = own_first.distinct("period__month").values("pk")
    return list(sent.filter(pk__in=one_a_month).order_by("-period__month")[:count])


def _revisions(keys: Sequence[int]) -> dict[int, UpdateRevision]:
    outcomes = PromiseOutcome.objects.select_related("item__revision__update__period").order_by("pk")
    return (
        UpdateRevision.objects.filter(pk__in=keys)
        .select_related("by__person", "carries__update__period")
        .prefetch_related("items", "ratings", "carries__items", Prefetch("outcomes", outcomes))
        .in_bulk()
    )


def _as_first_sent(updates: Iterable[int]) -> dict[int, UpdateRevision]:
    """The last revision before any correction, by update."""
    ordinary = UpdateRevision.objects.filter(update__in=updates, kind=UpdateRevision.Kind.ORDINARY)
    return {revision.update_id: revision for revision in ordinary.select_related("by__person").order_by("number")}


def _told(update: MonthlyUpdate, revision: UpdateRevision, first: UpdateRevision | None) -> SentUpdate:
    revision.update = update  # so that nobody asks for it again
    declared = [rating for rating in revision.ratings.all() if rating.kind == Rating.Kind.DECLARED]
    rag, reason = (declared[0].rag, declared[0].reason) if declared else (Rag.NOT_RATED, "")
    answers = [as_answer(row) for row in revision.outcomes.all()]
    return SentUpdate(update, revision, rag, reason, first or revision, answers)
