"""The office's page: every expected update of a month, and what can be done about each."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from programme.clock import today
from programme.models import ReportingPeriod
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from reporting import office
from reporting.months import month_on_show
from reporting.office import Row
from workstreams.inconsistencies import inconsistencies_of
from workstreams.views.inconsistencies import sentence_of

MONTHS_OFFERED = 12

Key = Callable[[Row], Any]
SORTS: dict[str, tuple[str, Key]] = {
    "name": ("Workstream", lambda row: row.line.name.lower()),
    "lead": ("Lead", lambda row: (not row.line.leads, [name.lower() for name in row.line.leads])),
    "update": ("Update", office.pressing),
    "reminder": ("Last reminder", lambda row: (row.told is not None, row.told.on.toordinal() if row.told else 0)),
}


@require_GET
@requires(Permission.READ_UPDATE_STATES)
def updates_due(request: ProgrammeRequest) -> HttpResponse:
    """Every expected update of one month, the most pressing first."""
    offered = list(request.programme.periods.ordinary().opened_by(today()).order_by("-month")[:MONTHS_OFFERED])
    period = _chosen(request, offered)
    if period is None:
        return page(request, "reporting/updates_due_empty.html", {})
    month = office.month_of(period, today(), request.user)
    sort = request.GET.get("sort", "update")
    descending = sort.startswith("-")
    sort = sort.lstrip("-") if sort.lstrip("-") in SORTS else "update"
    runs = Permission.RUN_MONTH in request.permissions
    context = {
        "period": period,
        "offered": offered,
        "month": month,
        "rows": sorted(month.rows, key=SORTS[sort][1], reverse=descending),
        "columns": _columns(period, sort, descending=descending),
        "stage": period.stage(today()),
        "runs": runs,
        "on_behalf": Permission.WRITE_ON_BEHALF in request.permissions and not period.closed_at,
        # Asked for by the whole page only: a change of month or order does not look through everything again.
        "inconsistencies": lambda: sentence_of(inconsistencies_of(request.programme)),
        "can_set_periods": Permission.SET_PERIODS in request.permissions,
    }
    return page(request, "reporting/updates_due.html", context, part="updates")


def _columns(period: ReportingPeriod, sort: str, *, descending: bool) -> list[dict[str, str]]:
    """Each heading with the address that sorts by it; the one in use turns round."""
    columns = []
    for key, (text, _) in SORTS.items():
        here = key == sort
        target = f"-{key}" if here and not descending else key
        state = ("descending" if descending else "ascending") if here else "none"
        columns.append({"text": text, "query": f"month={period.key}&sort={target}", "aria": state})
    return columns


def _chosen(request: ProgrammeRequest, offered: list[ReportingPeriod]) -> ReportingPeriod | None:
    asked = request.GET.get("month", "")
    by_key = {period.key: period for period in offered}
    return by_key.get(asked) or month_on_show(request.programme, today())
