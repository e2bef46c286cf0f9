"""Filing updates: past months as an import tells them, and an update moved to the month it is about."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from programme.clock import LONDON, now
from programme.history import recorded
from programme.models import ImportBatch, ReportingPeriod, User
from programme.refusals import Refused, frozen_is_refused
from workstreams.actions.updates.guards import refuse_if_merged
from workstreams.actions.updates.items import add_items
from workstreams.actions.updates.words import Items, standing_revision
from workstreams.models import MonthlyUpdate, UpdateDraft, UpdateEvent, UpdateRevision, Workstream
from workstreams.sections import Section


@frozen_is_refused()
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
    refuse_if_merged(workstream)
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
        add_items(revision, items, lines=lines, batch=batch)
        UpdateEvent.objects.create(update=update, kind=UpdateEvent.Kind.IMPORTED, by=by, at=moment, batch=batch)
    return update


@frozen_is_refused()
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
    refuse_if_merged(update.workstream)
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
