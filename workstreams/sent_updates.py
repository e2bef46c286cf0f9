"""Sent updates as they are read: the revision that stands, its bullets and the declared rating, in few queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q

from programme.models import ReportingPeriod
from programme.status import Rag
from workstreams.models import MonthlyUpdate, Rating, UpdateRevision, Workstream
from workstreams.sections import Section


@dataclass(frozen=True)
class SentUpdate:
    """One update that stands as sent. An imported month has no rating."""

    update: MonthlyUpdate
    revision: UpdateRevision
    rating: Rag
    reason: str

    @property
    def parts(self) -> list[tuple[Section, list[str]]]:
        """Every section with its bullets; an empty list says that nothing was reported there."""
        texts: dict[str, list[str]] = {section.value: [] for section in Section}
        for item in self.revision.items.all():
            texts[item.section].append(item.text)
        return [(section, texts[section.value]) for section in Section]


def in_full(updates: Iterable[MonthlyUpdate]) -> list[SentUpdate]:
    """Updates from `.sent()` with what they say, in the order given. Three queries however many there are."""
    updates = list(updates)
    keys = [update.sent_revision for update in updates if update.sent_revision]
    revisions = (
        UpdateRevision.objects.filter(pk__in=keys)
        .select_related("by__person")
        .prefetch_related("items", "ratings")
        .in_bulk()
    )
    return [_told(update, revisions[update.sent_revision]) for update in updates if update.sent_revision]


def latest(workstream: Workstream, before: ReportingPeriod | None = None) -> SentUpdate | None:
    """The newest update that stands as sent, of any month or of the months before `before`.

    What a duplicate told before it was merged counts, where the workstream itself told nothing for the month.
    """
    own_or_merged = Q(workstream=workstream) | Q(workstream__merged_into=workstream)
    sent = MonthlyUpdate.objects.filter(own_or_merged).sent().select_related("period", "workstream")
    if before:
        sent = sent.filter(period__month__lt=before.month)
    told = in_full(sent.order_by("-period__month", F("workstream__merged_into").asc(nulls_first=True))[:1])
    return told[0] if told else None


def _told(update: MonthlyUpdate, revision: UpdateRevision) -> SentUpdate:
    declared = [rating for rating in revision.ratings.all() if rating.kind == Rating.Kind.DECLARED]
    if not declared:
        return SentUpdate(update, revision, Rag.NOT_RATED, "")
    return SentUpdate(update, revision, declared[0].rag, declared[0].reason)
