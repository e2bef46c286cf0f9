"""Whose update is in, late or silent, for the people who chase."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from programme.clock import today
from programme.models import ReportingPeriod
from programme.pages import page
from programme.periods import PeriodDays, stage_of
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from reporting.dashboard import UpdateState, month_on_show, picture

MONTHS_OFFERED = 12


@require_GET
@requires(Permission.READ_UPDATE_STATES)
def updates_due(request: ProgrammeRequest) -> HttpResponse:
    """Every expected update of one month, the latest first."""
    offered = list(request.programme.periods.ordinary().opened_by(today()).order_by("-month")[:MONTHS_OFFERED])
    period = _chosen(request, offered)
    if period is None:
        return page(request, "reporting/updates_due_empty.html", {})
    seen = picture(request.programme, period, today(), newest=False)
    worst = [UpdateState.LATE, UpdateState.NOT_DUE, UpdateState.SENT_LATE, UpdateState.NO_CHANGE, UpdateState.SENT]
    days = PeriodDays(period.month, period.opens_on, period.due_on, period.closes_on)
    context = {
        "period": period,
        "offered": offered,
        "stage": stage_of(days, today(), closed=bool(period.closed_at), frozen=bool(period.frozen_at)),
        "lines": sorted(seen.expected, key=lambda line: (worst.index(line.update_state), line.name)),
        "sent": len(seen.expected) - len(seen.not_in),
        "expected": len(seen.expected),
    }
    return page(request, "reporting/updates_due.html", context, part="updates")


def _chosen(request: ProgrammeRequest, offered: list[ReportingPeriod]) -> ReportingPeriod | None:
    asked = request.GET.get("month", "")
    by_key = {period.key: period for period in offered}
    return by_key.get(asked) or month_on_show(request.programme, today())
