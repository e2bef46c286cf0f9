"""Making reporting periods ahead of time, and for months that were imported."""

from datetime import date, datetime

from django.db import transaction

from programme.clock import now
from programme.history import recorded
from programme.models import ImportBatch, Programme, ReportingPeriod, User
from programme.periods import PeriodRule, add_months, first_of_month, period_days
from programme.refusals import Refused, Stale

MONTHS_AHEAD = 3


def rule_of(programme: Programme) -> PeriodRule:
    """The programme's own numbers for the rule."""
    return PeriodRule(programme.opens_before_month_end, programme.due_working_day, programme.closes_after_due)


@transaction.atomic
def make_ahead(*, programme: Programme, today: date, since: date | None = None) -> list[ReportingPeriod]:
    """Make the periods from `since` (default: this month) to three months ahead that do not exist yet.

    Safe to run at any time and by two processes at once; existing periods keep their days.
    """
    month, last = first_of_month(since or today), add_months(today, MONTHS_AHEAD)
    known = set(programme.periods.values_list("month", flat=True))
    missing = []
    while month <= last:
        if month not in known:
            days = period_days(month, rule_of(programme))
            missing.append(
                ReportingPeriod(
                    programme=programme,
                    month=month,
                    opens_on=days.opens_on,
                    due_on=days.due_on,
                    closes_on=days.closes_on,
                )
            )
        month = add_months(month, 1)
    if not missing:
        return []
    with recorded(by=None, action="Made reporting periods ahead"):
        return ReportingPeriod.objects.bulk_create(missing, ignore_conflicts=True)


@transaction.atomic
def history_period(
    *, programme: Programme, month: date, batch: ImportBatch | None, by: User | None
) -> tuple[ReportingPeriod, bool]:
    """The period of a past month, made as history where there is none. Returns it and whether it was made."""
    month = first_of_month(month)
    days = period_days(month, rule_of(programme))
    with recorded(by=by, action="Made a period for a past month"):
        return ReportingPeriod.objects.get_or_create(
            programme=programme,
            month=month,
            defaults={
                "kind": ReportingPeriod.Kind.HISTORY,
                "opens_on": days.opens_on,
                "due_on": days.due_on,
                "closes_on": days.closes_on,
                "batch": batch,
            },
        )


def _locked(period: ReportingPeriod) -> ReportingPeriod:
    """The month as it stands, held until the transaction ends. A frozen month is refused."""
    current = ReportingPeriod.objects.select_for_update().select_related("programme").get(pk=period.pk)
    if current.frozen_at:
        raise Refused(f"{current} is frozen, so nothing in it can be changed.")
    return current


@transaction.atomic
def change_days(
    *, period: ReportingPeriod, opens_on: date, due_on: date, closes_on: date, version: int, reason: str, by: User
) -> ReportingPeriod:
    """Give one month days of its own. Raises Stale where somebody else changed it, Refused once it is closed."""
    current = _locked(period)
    if current.closed_at:
        raise Refused(f"{current} is closed, so its days stay as they are.")
    if current.version != version:
        raise Stale(current)
    if not opens_on <= due_on <= closes_on:
        raise Refused("A month opens first, is due next and closes last.")
    if opens_on < current.month:
        raise Refused(f"{current} cannot open before it begins.")
    with recorded(by=by, action="Changed the month's days", reason=reason):
        current.opens_on, current.due_on, current.closes_on = opens_on, due_on, closes_on
        current.version += 1
        current.save()
    return current


@transaction.atomic
def close(*, period: ReportingPeriod, by: User | None, note: str = "", at: datetime | None = None) -> ReportingPeriod:
    """End ordinary posting for a month; from then on only corrections are taken. Refuses a month already closed.

    `note` says what was decided about those who had not sent.
    """
    current = _locked(period)
    if current.closed_at:
        raise Refused(f"{current} is already closed.")
    moment = at or now()
    with recorded(by=by, action="Closed the month", reason=note, at=moment):
        current.closed_at, current.closed_by, current.close_note = moment, by, note
        current.version += 1
        current.save()
    return current


@transaction.atomic
def reopen(*, period: ReportingPeriod, by: User, reason: str) -> ReportingPeriod:
    """Let people post for a closed month again. History keeps who had closed it and why. Never once it is frozen."""
    current = _locked(period)
    if not current.closed_at:
        raise Refused(f"{current} is not closed.")
    with recorded(by=by, action="Opened the month again", reason=reason):
        current.closed_at, current.closed_by, current.close_note = None, None, ""
        current.version += 1
        current.save()
    return current


@transaction.atomic
def freeze(*, period: ReportingPeriod, by: User, at: datetime | None = None) -> ReportingPeriod:
    """Make a closed month unchangeable for everybody; the database itself keeps it so. Cannot be undone."""
    current = _locked(period)
    if current.kind == ReportingPeriod.Kind.HISTORY:
        raise Refused(f"{current} is from before the programme came here, so it is never frozen.")
    if not current.closed_at:
        raise Refused(f"{current} has to be closed before it is frozen.")
    moment = at or now()
    with recorded(by=by, action="Froze the month", at=moment):
        current.frozen_at, current.frozen_by = moment, by
        current.version += 1
        current.save()
    return current
