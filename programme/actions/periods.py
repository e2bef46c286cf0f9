"""Making reporting periods ahead of time, and for months that were imported."""

from datetime import date, datetime

from django.db import transaction

from programme.clock import now
from programme.history import recorded
from programme.models import ImportBatch, Programme, ReportingPeriod, User
from programme.periods import PeriodRule, add_months, first_of_month, period_days
from programme.refusals import Refused

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


@transaction.atomic
def close(*, period: ReportingPeriod, by: User | None, at: datetime | None = None) -> ReportingPeriod:
    """End ordinary posting for a month; from then on only corrections are taken. Refuses a month already closed."""
    current = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    if current.closed_at:
        raise Refused(f"{current} is already closed.")
    moment = at or now()
    with recorded(by=by, action="Closed the month", at=moment):
        current.closed_at = moment
        current.save()
    return current
