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
from programme.models import ImportBatch, Person, ReportingPeriod, User
from programme.refusals import Refused, Stale
from programme.status import Rag
from workstreams.actions.declaring import NO_PATH, PathToGreen, declare, refuse_unless_said
from workstreams.models import (
    Assignment,
    MonthlyUpdate,
    Rating,
    UpdateDraft,
    UpdateEvent,
    UpdateItem,
    UpdateRevision,
    Workstream,
)
from workstreams.sections import Section

Items = Mapping[Section, Sequence[str]]


@dataclass(frozen=True)
class DraftWords:
    """What stands in the form: each section's text as typed, the rating chosen and its reason.

    The last two are for somebody of the office who types what a lead has told them.
    """

    sections: dict[str, str]
    rating: str = ""
    reason: str = ""
    on_behalf_of: Person | None = None
    source_note: str = ""


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
    if made or words_of(draft) != words:
        _put(words, draft)
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
    on_behalf_of: Person | None = None,
    source_note: str = "",
    version: int | None = None,
    at: datetime | None = None,
    is_example: bool = False,
    path: PathToGreen = NO_PATH,
    delivery_confidence: str = "",
) -> UpdateRevision:
    """Send the month's update: a revision, its bullets, the declared rating and the event, or nothing at all.

    Sending twice sends once: the second call returns the revision that stands. Raises Stale where the draft moved
    on after `version`, Refused where the month is closed or an answer is missing.

    `on_behalf_of` is the lead whose words somebody else typed: the update stands in the lead's name, says who typed
    it, and `source_note` says who told it and when. `path` is the way back to Green, which a Red needs.
    """
    update = _locked(workstream, period, by, is_example=is_example)
    standing = standing_revision(update)
    if standing:
        return standing
    _refuse_unless_writable(update)
    _refuse_unless_complete(items, rating, reason)
    refuse_unless_said(workstream=workstream, period=period, rating=rating, reason=reason, path=path)
    draft = UpdateDraft.objects.filter(update=update).first()
    if version is not None and draft is not None and draft.version != version:
        raise Stale(draft)
    moment = at or now()
    told = ""
    if on_behalf_of:
        _refuse_unless_told(workstream, on_behalf_of, source_note, moment)
        by_name = on_behalf_of.name
        told = f"Entered on behalf of {by_name} (from {source_note})"
    with recorded(by=by, action="Sent the update", reason=told, at=moment):
        revision = UpdateRevision.objects.create(
            update=update,
            number=update.next_number(),
            by=by,
            by_name=by_name or (by.name if by else ""),
            on_behalf_of=on_behalf_of,
            source_note=source_note if on_behalf_of else "",
            at=moment,
        )
        _add_items(revision, items)
        UpdateEvent.objects.create(update=update, kind=UpdateEvent.Kind.SUBMITTED, by=by, at=moment, reason=told)
        declare(
            revision=revision,
            rating=rating,
            reason=reason,
            path=path,
            delivery_confidence=delivery_confidence,
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
    rating = revision.ratings.filter(kind=Rating.Kind.DECLARED).first()
    draft, _ = UpdateDraft.objects.get_or_create(update=update, defaults={"saved_at": moment})
    with recorded(by=by, action="Recalled the update", at=moment):
        UpdateEvent.objects.create(update=update, kind=UpdateEvent.Kind.RECALLED, by=by, at=moment)
        given = (rating.rating, rating.reason) if rating else ("", "")
        _put(DraftWords(text_of(revision), *given, revision.on_behalf_of, revision.source_note), draft)
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
    _refuse_if_merged(workstream)
    if MonthlyUpdate.objects.filter(workstream=workstream, period=period).exists():
        raise Refused(f"{workstream} already has an update for {period}.")
    moment = at or now()
    with recorded(by=by, action="Imported an update", at=moment):
        update = MonthlyUpdate.objects.create(
            workstream=workstream, period=period, batch=batch, source_line=source_line
        )
        revision = UpdateRevision.objects.create(
            update=update, number=1, by=by, by_name=by_name, at=moment, batch=batch
        )
        _add_items(revision, items, lines=lines, batch=batch)
        UpdateEvent.objects.create(update=update, kind=UpdateEvent.Kind.IMPORTED, by=by, at=moment, batch=batch)
    return update


@transaction.atomic
def move_month(
    *, update: MonthlyUpdate, to: ReportingPeriod, reason: str, by: User | None, at: datetime | None = None
) -> MonthlyUpdate:
    """Put a sent update under the month it is about. Only the identity moves: its revisions stay as they are.

    Raises Refused where the update is not sent, either month is closed, or the new month has not opened, belongs to
    another programme or has something of the workstream already.
    """
    moment, before = at or now(), update.period
    _refuse_move(update, to, moment)
    current = MonthlyUpdate.objects.select_for_update().select_related("workstream", "period").get(pk=update.pk)
    if current.period_id != before.pk:
        raise Refused(f"This update has been moved to {current.period} in the meantime.")
    if standing_revision(current) is None:
        raise Refused("This update has not been sent. Only a sent update can be moved to another month.")
    moved = f"From {before} to {to}. {reason}"
    with recorded(by=by, action="Moved an update to another month", reason=moved, at=moment):
        _clear_way(current.workstream, to)
        current.period = to
        current.save(update_fields=["period"])
        UpdateEvent.objects.create(update=current, kind=UpdateEvent.Kind.MOVED, by=by, at=moment, reason=moved)
    return current


def _refuse_move(update: MonthlyUpdate, to: ReportingPeriod, moment: datetime) -> None:
    before = update.period
    _refuse_if_merged(update.workstream)
    if to.programme_id != before.programme_id:
        raise Refused("That month belongs to another programme.")
    if to.pk == before.pk:
        raise Refused(f"The update is filed under {before} already.")
    if to.opens_on > moment.astimezone(LONDON).date():
        raise Refused(f"{to} has not opened yet.")
    # Held until the move is done, so that nobody closes either month in between.
    for period in ReportingPeriod.objects.select_for_update().filter(pk__in=[before.pk, to.pk]).order_by("pk"):
        if period.closed_at:
            raise Refused(f"{period} is closed, so what was filed under it stays as it is.")


def _clear_way(workstream: Workstream, to: ReportingPeriod) -> None:
    """Take away an update that was opened for the month and never written; refuse where there are words in it."""
    there = MonthlyUpdate.objects.filter(workstream=workstream, period=to).first()
    if there is None:
        return
    if there.events.exists() or there.revisions.exists():
        raise Refused(f"{workstream} already has an update for {to}.")
    draft = UpdateDraft.objects.filter(update=there).first()
    if draft and (any(draft.sections.values()) or draft.rating or draft.reason):
        raise Refused(f"Somebody has begun to write the {to} update of {workstream}.")
    there.delete()


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
    _refuse_if_merged(workstream)
    with recorded(by=by, action="Began the update"):
        update, _ = MonthlyUpdate.objects.get_or_create(
            workstream=workstream, period=period, defaults={"is_example": is_example}
        )
    return MonthlyUpdate.objects.select_for_update().select_related("workstream", "period").get(pk=update.pk)


def _refuse_if_merged(workstream: Workstream) -> None:
    # Asked again, not read from what the caller holds: it may have been merged a moment ago.
    into = Workstream.objects.filter(duplicates=workstream.pk).first()
    if into:
        raise Refused(f"{workstream} was merged into {into}. Write the update of {into} instead.")


def _refuse_unless_told(workstream: Workstream, lead: Person, source_note: str, moment: datetime) -> None:
    if not source_note.strip():
        raise Refused("Say who told you and when.")
    writing = Assignment.objects.in_force(moment.astimezone(LONDON).date()).writing().of_workstream(workstream)
    if lead.survivor.pk not in {each.who.pk for each in writing.with_people()}:
        raise Refused(f"{lead.survivor} does not lead {workstream}.")


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


def words_of(draft: UpdateDraft) -> DraftWords:
    """What a draft holds."""
    return DraftWords(draft.sections, draft.rating, draft.reason, draft.on_behalf_of, draft.source_note)


def _put(words: DraftWords, draft: UpdateDraft) -> None:
    draft.sections, draft.rating, draft.reason = words.sections, words.rating, words.reason
    draft.on_behalf_of, draft.source_note = words.on_behalf_of, words.source_note


def _wipe(draft: UpdateDraft) -> None:
    """Half-typed words are not kept; the version goes on counting so that an old tab is recognised."""
    _put(DraftWords({}), draft)
    draft.version += 1
    draft.save()
