"""Sent updates as anybody reads them: a year of them, and one with its trail."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from programme.clock import today
from programme.models import ReportingPeriod
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from workstreams import access, sent_updates
from workstreams.models import MonthlyUpdate, Workstream
from workstreams.ratings import of_update
from workstreams.sent_updates import SentUpdate
from workstreams.views.following import follows_merges
from workstreams.views.updates.writing import find_period
from workstreams.views.workstreams import find_workstream, open_periods


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def update_list(request: ProgrammeRequest, slug: str) -> HttpResponse:
    """Every month's update as sent, newest first, a year to a page."""
    workstream = find_workstream(request, slug)
    sent = (
        MonthlyUpdate.objects.filter(workstream=workstream).sent().select_related("period").order_by("-period__month")
    )
    years = sorted({d.year for d in sent.values_list("period__month", flat=True)}, reverse=True)
    chosen = request.GET.get("year", "")
    year = int(chosen) if chosen.isdecimal() and int(chosen) in years else (years[0] if years else None)
    shown = sent_updates.in_full(sent.filter(period__month__year=year)) if year else []
    roles = access.assignment_roles(request.user, workstream)
    context = {
        "workstream": workstream, "tab": "updates", "updates": shown, "years": years,
        "year": year, "open_periods": open_periods(workstream) if access.can_write_update(roles) else [],
    }  # fmt: skip
    return page(request, "workstreams/updates.html", context, part="updates")


@require_GET
@requires(Permission.READ_WORKSTREAMS)
@follows_merges
def update_page(request: ProgrammeRequest, slug: str, month: str) -> HttpResponse:
    """One month's update as sent, with its trail; a month without one says so."""
    workstream, period = find_workstream(request, slug), find_period(request, month)
    update = MonthlyUpdate.objects.filter(workstream=workstream, period=period).sent().select_related("period").first()
    told, earlier = sent_updates.with_earlier(update, workstream) if update else (None, [])
    context = {
        "workstream": workstream,
        "period": period,
        "latest": told,
        "points": told.points(earlier) if told else [],
        "three": of_update(workstream, told) if told else None,
        "can_assure": told and Permission.ASSURE_RATINGS in request.permissions,
        "versions": sent_updates.versions(told) if told else [],
        "events": update.events.select_related("by__person") if update else [],
    }
    return page(request, "workstreams/update.html", context | _rights(request, workstream, period, told))


def _rights(
    request: ProgrammeRequest, workstream: Workstream, period: ReportingPeriod, told: SentUpdate | None
) -> dict[str, object]:
    """What this reader may do about the update."""
    team = access.team_on(workstream, today())
    roles = access.roles_among(team, request.user, workstream)
    writes, on_behalf = access.can_write_update(roles), access.writes_on_behalf(roles, request.permissions)
    can_write = not told and period.opens_on <= today() and not period.closed_at
    recalls = bool(told and (writes or (on_behalf and told.revision.on_behalf_of_id)))
    in_time = today() <= period.due_on and not period.closed_at
    return {
        "can_write": can_write and writes,
        "writers": access.writers_among(team) if can_write and on_behalf else [],
        "can_recall": recalls and in_time,
        "can_correct": told and not in_time and access.can_correct(roles, request.permissions),
        "can_move": told and not period.closed_at and Permission.CORRECT_FILING in request.permissions,
    }
