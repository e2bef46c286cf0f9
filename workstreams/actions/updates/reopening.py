"""A sent update goes back to its writer: recalled by the lead's side, or returned by the office."""

from datetime import datetime

from django.db import transaction

from programme.clock import LONDON, now
from programme.history import recorded
from programme.models import User
from programme.refusals import Refused, frozen_is_refused
from workstreams.actions.updates.guards import locked, refuse_if_closed
from workstreams.actions.updates.words import (
    DraftWords,
    answers_of,
    carried_over,
    put,
    rating_answers,
    standing_revision,
    text_of,
)
from workstreams.models import MonthlyUpdate, Rating, UpdateDraft, UpdateEvent, UpdateRevision


@transaction.atomic
def recall(*, update: MonthlyUpdate, by: User, at: datetime | None = None) -> UpdateDraft:
    """Take a sent update back to change it, until its due day has passed. Its words return to the draft."""
    moment = at or now()
    if standing_revision(update) is None:
        raise Refused("This update has not been sent, so there is nothing to recall.")
    if moment.astimezone(LONDON).date() > update.period.due_on:
        raise Refused("The due day has passed, so the update stays as it was sent.")
    return reopen(update=update, kind=UpdateEvent.Kind.RECALLED, by=by, at=moment)


_ACTIONS = {UpdateEvent.Kind.RECALLED: "Recalled the update", UpdateEvent.Kind.RETURNED: "Returned the update"}


@frozen_is_refused()
@transaction.atomic
def reopen(
    *, update: MonthlyUpdate, kind: UpdateEvent.Kind, by: User, reason: str = "", at: datetime | None = None
) -> UpdateDraft:
    """Withdraw what stands as sent and put its words back into the draft, so that they can be changed and sent again.

    `kind` says how: RECALLED, or RETURNED with the office's reason, which its writer sees above the form. Days and
    rights are the caller's to check. Raises Refused where nothing stands as sent or the month is closed.
    """
    update = locked(update.workstream, update.period, by)
    moment = at or now()
    revision = standing_revision(update)
    if revision is None:
        raise Refused("This update does not stand as sent, so it cannot go back to its writer.")
    refuse_if_closed(update.period)
    if kind == UpdateEvent.Kind.RETURNED and not reason.strip():
        raise Refused("Say why the update goes back.")
    draft, _ = UpdateDraft.objects.get_or_create(update=update, defaults={"saved_at": moment})
    with recorded(by=by, action=_ACTIONS[kind], reason=reason, at=moment):
        UpdateEvent.objects.create(update=update, kind=kind, by=by, at=moment, reason=reason)
        put(_words_to_change(revision), draft)
        draft.version += 1
        draft.saved_by, draft.saved_at = by, moment
        draft.save()
    return draft


def _words_to_change(revision: UpdateRevision) -> DraftWords:
    """A revision as it would be typed. "No change" leaves nothing to change: its writer begins afresh."""
    if revision.carries_id:
        return DraftWords({}, on_behalf_of=revision.on_behalf_of, source_note=revision.source_note)
    rating = revision.ratings.filter(kind=Rating.Kind.DECLARED).first()
    return DraftWords(
        sections=text_of(revision, without=carried_over(revision)),
        rating=rating.rating if rating else "",
        reason=rating.reason if rating else "",
        on_behalf_of=revision.on_behalf_of,
        source_note=revision.source_note,
        answers=answers_of(revision) | (rating_answers(rating) if rating else {}),
    )
