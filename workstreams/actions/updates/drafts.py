"""Keeping what has been typed so far.

A draft is saved as often as people type. A save carries the version it was typed on, and a later version answers
with Stale instead of being overwritten.
"""

from datetime import datetime

from django.db import transaction

from programme.clock import now
from programme.models import ReportingPeriod, User
from programme.refusals import Stale, frozen_is_refused
from workstreams.actions.updates.guards import locked, refuse_unless_writable
from workstreams.actions.updates.words import DraftWords, put, words_of
from workstreams.models import UpdateDraft, Workstream


@frozen_is_refused()
@transaction.atomic
def save_draft(
    *,
    workstream: Workstream,
    period: ReportingPeriod,
    words: DraftWords,
    version: int,
    by: User,
    at: datetime | None = None,
    is_example: bool = False,
) -> UpdateDraft:
    """Keep what has been typed so far. Raises Stale, or Refused where the month is sent or closed."""
    update = locked(workstream, period, by, is_example=is_example)
    refuse_unless_writable(update)
    draft, made = UpdateDraft.objects.get_or_create(update=update, defaults={"saved_at": at or now()})
    if draft.version != version:
        raise Stale(draft)
    if made or words_of(draft) != words:
        put(words, draft)
        draft.version += 1
        draft.saved_by, draft.saved_at = by, at or now()
        draft.save()
    return draft
