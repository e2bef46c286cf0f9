"""No change, I have checked: the words of the last update stand, and its rating is declared again."""

from datetime import datetime

from django.db import transaction

from programme.clock import now
from programme.history import recorded
from programme.models import ReportingPeriod, User
from programme.periods import add_months
from programme.refusals import Refused, Stale
from programme.status import Rag
from workstreams.actions.declaring import NO_PATH, declare
from workstreams.actions.updates.guards import locked, refuse_unless_writable
from workstreams.actions.updates.words import standing_revision, words_of
from workstreams.changes import LastMonths, why_not_no_change
from workstreams.models import MonthlyUpdate, Rating, UpdateDraft, UpdateEvent, UpdateRevision, Workstream


def last_months(workstream: Workstream, period: ReportingPeriod, *, looks_worse: bool = False) -> LastMonths:
    """What stands before `period`, as the rule about "no change" needs it. Two queries."""
    before = MonthlyUpdate.objects.filter(workstream=workstream, period__month__lt=period.month).sent()
    newest = list(before.select_related("period").order_by("-period__month")[:3])
    in_a_row = 0
    for place, update in enumerate(newest, start=1):
        if update.carried is None or update.period.month != add_months(period.month, -place):
            break
        in_a_row += 1
    rated = _declared(newest[0]) if newest else None
    return LastMonths(
        month_before_is_in=bool(newest) and newest[0].period.month == add_months(period.month, -1),
        rated=rated is not None,
        is_red=rated is not None and rated.rag is Rag.RED,
        no_changes_in_a_row=in_a_row,
        looks_worse=looks_worse,
    )


def _declared(update: MonthlyUpdate) -> Rating | None:
    return Rating.objects.filter(revision=update.sent_revision, kind=Rating.Kind.DECLARED).first()


@transaction.atomic
def confirm_no_change(
    *,
    workstream: Workstream,
    period: ReportingPeriod,
    by: User | None,
    by_name: str = "",
    looks_worse: bool = False,
    at: datetime | None = None,
    is_example: bool = False,
) -> UpdateRevision:
    """Say that nothing has changed since the month before, having checked it.

    Makes a revision without words of its own that carries those of the last update, and declares its rating again
    with its reason. Saying it twice says it once. Raises Refused where the rules ask for an update in words (see
    `why_not_no_change`), Stale where a draft has words.
    """
    update = locked(workstream, period, by, is_example=is_example)
    standing = standing_revision(update)
    if standing:
        return standing
    refuse_unless_writable(update)
    draft = UpdateDraft.objects.filter(update=update).first()
    if draft and not words_of(draft).is_empty:
        raise Stale(draft)
    reason = why_not_no_change(last_months(workstream, period, looks_worse=looks_worse))
    if reason:
        raise Refused(reason)
    moment = at or now()
    before = _month_before(workstream, period)
    rating = before.ratings.filter(kind=Rating.Kind.DECLARED).get()
    with recorded(by=by, action="Confirmed that nothing has changed", at=moment):
        revision = UpdateRevision.objects.create(
            update=update,
            number=update.next_number(),
            by=by,
            by_name=by_name or (by.name if by else ""),
            at=moment,
            carries=before.carries or before,
        )
        UpdateEvent.objects.create(update=update, kind=UpdateEvent.Kind.NO_CHANGE, by=by, at=moment)
        declare(
            revision=revision,
            rating=rating.rag,
            reason=rating.reason,
            path=NO_PATH,
            delivery_confidence=rating.delivery_confidence,
            by=by,
            at=moment,
        )
    return revision


def _month_before(workstream: Workstream, period: ReportingPeriod) -> UpdateRevision:
    """The revision that stands for the month before; the rule has seen that there is one."""
    update = MonthlyUpdate.objects.filter(workstream=workstream, period__month=add_months(period.month, -1)).sent()
    revisions = UpdateRevision.objects.select_related("carries")
    return revisions.filter(pk__in=[each.sent_revision for each in update if each.sent_revision]).get()
