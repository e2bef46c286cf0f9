"""Correcting what was sent, once it can no longer be recalled: a further revision with a reason."""

from datetime import datetime

from django.db import transaction

from programme.clock import LONDON, now
from programme.history import recorded
from programme.models import User
from programme.refusals import Refused, Stale
from programme.status import Rag
from workstreams.actions.declaring import NO_PATH, PathToGreen, declare, refuse_unless_said
from workstreams.actions.updates.guards import locked, refuse_unless_complete
from workstreams.actions.updates.items import add_items
from workstreams.actions.updates.promises import repeat_outcomes
from workstreams.actions.updates.words import Items, standing_revision
from workstreams.models import MonthlyUpdate, Rating, UpdateEvent, UpdateRevision


@transaction.atomic
def correct(
    *,
    update: MonthlyUpdate,
    items: Items,
    rating: Rag,
    reason: str,
    because: str,
    number: int,
    by: User,
    path: PathToGreen = NO_PATH,
    delivery_confidence: str = "",
    at: datetime | None = None,
) -> UpdateRevision:
    """Put a corrected text beside what was sent. Both stay readable; readers see the corrected one.

    `reason` is the rating's, `because` the correction's. `number` is the revision that was corrected: raises Stale
    with the newer one where somebody was faster. Allowed in closed months too; before the due day has passed the
    update is recalled instead.
    """
    update = locked(update.workstream, update.period, by)
    moment = at or now()
    standing = standing_revision(update)
    if standing is None:
        raise Refused("This update has not been sent, so there is nothing to correct.")
    if standing.number != number:
        raise Stale(standing)
    if not update.period.closed_at and moment.astimezone(LONDON).date() <= update.period.due_on:
        raise Refused("The due day has not passed yet. Recall the update to change it.")
    if not because.strip():
        raise Refused("Say why the update is corrected.")
    refuse_unless_complete(items, rating, reason, answered=standing.outcomes.exists())
    refuse_unless_said(workstream=update.workstream, period=update.period, rating=rating, reason=reason, path=path)
    with recorded(by=by, action="Corrected the update", reason=because, at=moment):
        revision = UpdateRevision.objects.create(
            update=update,
            number=number + 1,
            kind=UpdateRevision.Kind.CORRECTION,
            reason=because,
            by=by,
            by_name=by.name,
            at=moment,
        )
        add_items(revision, items)
        repeat_outcomes(standing, revision)
        UpdateEvent.objects.create(update=update, kind=UpdateEvent.Kind.CORRECTED, by=by, at=moment, reason=because)
        declare(
            revision=revision,
            rating=rating,
            reason=reason,
            path=path,
            delivery_confidence=delivery_confidence,
            by=by,
            at=moment,
            questioned=not standing.ratings.filter(kind=Rating.Kind.DECLARED, rating=rating.value).exists(),
        )
    return revision
