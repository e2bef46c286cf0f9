"""Undoing an import, while nothing later points at what it made."""

from django.db import connection, transaction

from programme.history import recorded
from programme.models import ImportBatch, ReportingPeriod, User
from programme.refusals import Refused, frozen_is_refused
from workstreams.models import ImportReview

# What stands in the way, in words, by the table whose row still points at the batch.
_IN_THE_WAY = {
    "workstreams_updaterevision": "somebody has sent or corrected an update for one of its months",
    "workstreams_updatedraft": "somebody has begun to write an update for one of its months",
    "workstreams_monthlyupdate": "somebody has written an update for one of its workstreams",
    "workstreams_milestonedate": "somebody has changed the date of one of its milestones",
    "workstreams_milestone": "somebody has added a milestone to one of its workstreams",
    "workstreams_milestonedependency": "somebody has said what one of its milestones waits for, or what waits for it",
    "workstreams_milestoneplace": "somebody has said where one of its milestones counts",
    "workstreams_baselinerequest": "somebody has asked for a new baseline of one of its milestones",
    "workstreams_pilot": "somebody has planned a pilot in one of its workstreams",
    "workstreams_assignment": "somebody has given one of its people or workstreams an assignment",
    "workstreams_rating": "somebody has rated one of its workstreams",
    "workstreams_voice": "somebody has recorded what was heard about one of its workstreams",
    "workstreams_fundingline": "somebody has recorded money of one of its workstreams",
    "workstreams_plainpage": "somebody has written one of its workstreams in plain language",
    "workstreams_staffpage": "somebody has published the page of one of its workstreams",
    "programme_user": "one of its people has an account now",
}


def _refuse_if_frozen(batch: ImportBatch) -> None:
    frozen = ReportingPeriod.objects.filter(frozen_at__isnull=False, updates__batch=batch).order_by("month").first()
    if frozen:
        raise Refused(f"The import of {batch.source} cannot be undone: {frozen} is frozen.")


@frozen_is_refused()
@transaction.atomic
def undo_import(*, batch: ImportBatch, by: User | None) -> None:
    """Delete every row of a batch, and the batch. Raises Refused, having deleted nothing, where something builds on it.

    The database does it in one function of its owner's, since the application itself may delete none of these rows.
    """
    _refuse_if_frozen(batch)
    ImportReview.objects.filter(batch=batch).update(batch=None)  # it can be looked at and imported again
    with recorded(by=by, action="Undid an import"), connection.cursor() as cursor:
        # Not a bare SELECT: history adds who and why only to statements that may write.
        cursor.execute("WITH undone AS (SELECT undo_import(%s) AS answer) SELECT answer FROM undone", [batch.pk])
        in_the_way: str = cursor.fetchone()[0]
    if in_the_way:
        why = _IN_THE_WAY.get(in_the_way, f"something newer builds on it ({in_the_way})")
        raise Refused(f"The import of {batch.source} cannot be undone: {why}.")
