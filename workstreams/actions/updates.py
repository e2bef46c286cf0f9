"""Writing, sending and recalling a monthly update.

A draft is saved as often as people type; what is sent becomes a revision that nobody can change. Both refuse to
overwrite: a save carries the version it was typed on, and a later version answers with Stale.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from programme.clock import LONDON, now
from programme.history import recorded
from programme.models import ImportBatch, ReportingPeriod, User
from programme.refusals import Refused, Stale
from programme.status import Rag
from workstreams.models import MonthlyUpdate, Rating, UpdateDraft, UpdateEvent, UpdateItem, UpdateRevision, Workstream
from workstreams.sections import Section

Items = Mapping[Section, Sequence[str]]


@dataclass(frozen=True)
class DraftWords:
    """What stands in the form: each section's text as typed, the rating chosen and its reason."""

    sections: dict[str, str]
    rating: str = ""
    reason: str = ""


def standing_revision(update: MonthlyUpdate) -> UpdateRevision | None:
    """The revision that stands as sent now, or None: never sent, recalled or returned."""
    last = update.events.order_by("-at", "-pk").values_list("kind", flat=True).first()
    if last is None or last in UpdateEvent.WITHDRAWING:
        return None
    return update.revisions.order_by("-number").first()


@transaction.atomic
def save_draft(
    *,
    workstream: Workstream,
    period: ReportingPeriod,
    words: DraftWords,
    version: int,
    by: User,
    at: datetime | None = None,
) -> UpdateDraft:
    """Keep what has been typed so far. Raises Stale, or Refused where the month is sent or closed."""
    update = _locked(workstream, period, by)
    _refuse_unless_writable(update)
    draft, made = UpdateDraft.objects.get_or_create(update=update, defaults={"saved_at": at or now()})
    if draft.version != version:
        raise Stale(draft)
    if made or (draft.sections, draft.rating, draft.reason) != (words.sections, words.rating, words.reason):
        draft.sections, draft.rating, draft.reason = words.sections, words.rating, words.reason
        draft.version += 1
        draft.saved_by, draft.saved_at = by, at or now()
        draft.save()
    return draft


@transaction.atomic
def send(
    *,
    workstream: Workstream,
    period: ReportingPeriod,
    items: Items,
    rating: Rag,
    reason: str,
    by: User | None,
    by_name: str = "",
    version: int | None = None,
    at: datetime | None = None,
    is_example: bool = False,
) -> UpdateRevision:
    """Send the month's update: a revision, its bullets, the declared rating and the event, or nothing at all.

    Sending twice sends once: the second call returns the revision that stands. Raises Stale where the draft moved
    on after `version`, Refused where the month is closed or an answer is missing.
    """
    update = _locked(workstream, period, by, is_example=is_example)
    standing = standing_revision(update)
    if standing:
        return standing
    _refuse_unless_writable(update)
    _refuse_unless_complete(items, rating, reason)
    draft = UpdateDraft.objects.filter(update=update).first()
    if version is not None and draft is not None and draft.version != version:
        raise Stale(draft)
    moment = at or now()
    with recorded(by=by, action="Sent the update"):
        revision = UpdateRevision.objects.create(
            update=update, number=update.next_number(), by=by, by_name=by_name or (by.name if by else ""), at=moment
        )
        _add_items(revision, items)
        UpdateEvent.objects.create(update=update, kind=UpdateEvent.Kind.SUBMITTED, by=by, at=moment)
        Rating.objects.create(
            workstream=workstream,
            period=period,
            rating=rating.value,
            reason=reason,
            revision=revision,
            by=by,
            at=moment,
        )
        if draft:
            _wipe(draft)
    return revision


@transaction.atomic
def recall(*, update: MonthlyUpdate, by: User, at: datetime | None = None) -> UpdateDraft:
    """Take a sent update back to change it, until its due day has passed. Its words return to the draft."""
    update = _locked(update.workstream, update.period, by)
    moment = at or now()
    revision = standing_revision(update)
    if revision is None:
        raise Refused("This update has not been sent, so there is nothing to recall.")
    if moment.astimezone(LONDON).date() > update.period.due_on:
        raise Refused("The due day has passed, so the update stays as it was sent.")
    _refuse_if_closed(update.period)
    rating = revision.ratings.first()
    draft, _ = UpdateDraft.objects.get_or_create(update=update, defaults={"saved_at": moment})
    with recorded(by=by, action="Recalled the update"):
        UpdateEvent.objects.create(update=update, kind=UpdateEvent.Kind.RECALLED, by=by, at=moment)
        draft.sections = text_of(revision)
        draft.rating, draft.reason = (rating.rating, rating.reason) if rating else ("", "")
        draft.version += 1
        draft.saved_by, draft.saved_at = by, moment
        draft.save()
    return draft


@transaction.atomic
def record_history(
    *,
    workstream: Workstream,
    period: ReportingPeriod,
    items: Items,
    lines: Mapping[tuple[Section, int], int],
    batch: ImportBatch | None,
    by: User | None,
    at: datetime | None = None,
    by_name: str = "",
    source_line: int | None = None,
) -> MonthlyUpdate:
    """Keep a past month as its page told it: sent, but not rated, since nobody rated it then.

    `lines` gives the source line of each bullet by section and place. Raises Refused where the month has an update.
    """
    if MonthlyUpdate.objects.filter(workstream=workstream, period=period).exists():
        raise Refused(f"{workstream} already has an update for {period}.")
    moment = at or now()
    with recorded(by=by, action="Imported an update"):
        update = MonthlyUpdate.objects.create(
            workstream=workstream, period=period, batch=batch, source_line=source_line
        )
        revision = UpdateRevision.objects.create(
            update=update, number=1, by=by, by_name=by_name, at=moment, batch=batch
        )
        _add_items(revision, items, lines=lines, batch=batch)
        UpdateEvent.objects.create(update=update, kind=UpdateEvent.Kind.IMPORTED, by=by, at=moment, batch=batch)
    return update


def text_of(revision: UpdateRevision) -> dict[str, str]:
    """A revision's bullets as they stand in the form: one on each line, by section."""
    lines: dict[str, list[str]] = {section.value: [] for section in Section}
    for item in revision.items.all():
        lines[item.section].append(item.text)
    return {section: "\n".join(texts) for section, texts in lines.items()}


def _locked(
    workstream: Workstream, period: ReportingPeriod, by: User | None, *, is_example: bool = False
) -> MonthlyUpdate:
    """The month's identity, made where it is new, held until the transaction ends."""
    if period.programme_id != workstream.programme_id:
        raise Refused("That month belongs to another programme.")
    with recorded(by=by, action="Began the update"):
        update, _ = MonthlyUpdate.objects.get_or_create(
            workstream=workstream, period=period, defaults={"is_example": is_example}
        )
    return MonthlyUpdate.objects.select_for_update().select_related("workstream", "period").get(pk=update.pk)


def _refuse_if_closed(period: ReportingPeriod) -> None:
    if period.closed_at:
        raise Refused(f"{period} is closed. Ask the programme office for a correction.")


def _refuse_unless_writable(update: MonthlyUpdate) -> None:
    _refuse_if_closed(update.period)
    if standing_revision(update):
        raise Refused("This update has already been sent. Recall it first if you want to change it.")


def _refuse_unless_complete(items: Items, rating: Rag, reason: str) -> None:
    if not any(items.values()):
        raise Refused("Write at least one point before you send the update.")
    if rating is not Rag.GREEN and not reason.strip():
        raise Refused(f"Say why the workstream is {rating.word}.")


def _add_items(
    revision: UpdateRevision,
    items: Items,
    *,
    lines: Mapping[tuple[Section, int], int] | None = None,
    batch: ImportBatch | None = None,
) -> None:
    rows = [(section, place, text) for section in Section for place, text in enumerate(items.get(section, ()))]
    UpdateItem.objects.bulk_create(
        UpdateItem(
            revision=revision,
            section=section.value,
            order=order,
            text=text,
            source_line=(lines or {}).get((section, place)),
            batch=batch,
        )
        for order, (section, place, text) in enumerate(rows, start=1)
    )


def _wipe(draft: UpdateDraft) -> None:
    """Half-typed words are not kept; the version goes on counting so that an old tab is recognised."""
    draft.sections, draft.rating, draft.reason = {}, "", ""
    draft.version += 1
    draft.save()
