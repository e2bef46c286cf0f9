"""The front page of a programme: the dashboard, or for those without that right a home that says what they can do."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from programme.clock import now, today
from programme.models import ReportingPeriod
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission, Role
from programme.status import Rag
from reporting.dashboard import ProgrammePicture, UpdateState, WorkstreamLine, month_on_show, picture
from reporting.models import BoardReport
from reporting.recent import what_changed
from workstreams.models import MonthlyUpdate, UpdateDraft, Workstream

# What a role will be able to do once its part of the product exists; said plainly until then.
COMING = {
    Role.MAPPER: "The map of services against the THRIVE groupings is not part of this release yet.",
    Role.FACILITATOR: "Maturity reviews are not part of this release yet.",
    Role.ASSURER: "Recording an assured rating is not part of this release yet. You can read everything that was sent.",
}

Key = Callable[[WorkstreamLine], Any]
SORTS: dict[str, tuple[str, Key]] = {
    "worst": ("Rating", lambda line: (line.rating.severity, -line.overdue, line.name)),
    "name": ("Workstream", lambda line: line.name.lower()),
    "update": ("Update", lambda line: (list(UpdateState)[::-1].index(line.update_state), line.name)),
}


class FilterForm(forms.Form):
    """The dashboard's filters. Unknown values mean 'all', so that an old link still opens."""

    rating = forms.ChoiceField(
        label="Rating", required=False, choices=[("", "All ratings"), *((r.value, r.word) for r in Rag)]
    )
    update = forms.ChoiceField(
        label="Update",
        required=False,
        choices=[("", "All updates"), ("in", "Sent"), ("late", "Not in"), ("not_needed", "Not needed")],
    )
    status = forms.ChoiceField(
        label="Workstreams", required=False, choices=[("", "Running"), ("all", "All, with completed ones")]
    )


def _matches(line: WorkstreamLine, rating: str, update: str) -> bool:
    if rating and line.rating != rating:
        return False
    if update == "in":
        return line.is_in
    if update == "late":
        return line.update_state is UpdateState.LATE
    return update != "not_needed" or not line.expects_update


def _filtered(seen: ProgrammePicture, chosen: dict[str, str], sort: str, *, descending: bool) -> list[WorkstreamLine]:
    lines = seen.lines if chosen.get("status") == "all" else seen.running
    kept = [line for line in lines if _matches(line, chosen.get("rating", ""), chosen.get("update", ""))]
    return sorted(kept, key=SORTS[sort][1], reverse=descending)


@require_GET
@requires(Permission.READ_PROGRAMME)
def dashboard(request: ProgrammeRequest) -> HttpResponse:
    """One sentence, then workstreams worst first, then milestones. Filters and sorting are plain addresses."""
    if Permission.READ_DASHBOARD not in request.permissions:
        return _reader_home(request)
    period = month_on_show(request.programme, today())
    mine = _my_updates(request)
    if period is None:
        return page(request, "reporting/dashboard_empty.html", {"mine": mine, "permissions": request.permissions})
    seen = picture(request.programme, period, today())
    form = FilterForm(request.GET)
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    sort = request.GET.get("sort", "worst")
    descending = sort.startswith("-")
    sort = sort.lstrip("-") if sort.lstrip("-") in SORTS else "worst"
    lines = _filtered(seen, chosen, sort, descending=descending)
    context = {
        "seen": seen,
        "changed": what_changed(request.programme, period, seen, today()),
        "lines": lines,
        "form": form,
        "filters_chosen": bool(chosen),
        "columns": _columns(chosen, sort, descending=descending),
        "sort": f"-{sort}" if descending else sort,
        "mine": mine,
        "coming": _coming(request),
        "as_at": now(),
        "can_build": Permission.BUILD_REPORTS in request.permissions,
        "can_chase": Permission.READ_UPDATE_STATES in request.permissions,
        "latest_report": BoardReport.objects.visible_to(request.user)
        .filter(programme=request.programme)
        .published()
        .select_related("period")
        .first(),
    }
    return page(request, "reporting/dashboard.html", context, part="workstreams")


def _columns(chosen: dict[str, str], sort: str, *, descending: bool) -> list[dict[str, str]]:
    """Each sortable heading with the address that sorts by it; the one in use turns round."""
    columns = []
    for key, (text, _) in SORTS.items():
        here = key == sort
        target = f"-{key}" if here and not descending else key
        query = "&".join(f"{name}={value}" for name, value in [*chosen.items(), ("sort", target)])
        state = ("descending" if descending else "ascending") if here else "none"
        columns.append({"key": key, "text": text, "query": query, "aria": state})
    return columns


def _my_updates(request: ProgrammeRequest) -> list[dict[str, Any]]:
    """The updates this reader is expected to write, the one due first at the top, with how far the draft is."""
    led = list(
        Workstream.objects.filter(programme=request.programme).led_by(request.user, today()).reporting_on(today())
    )
    if not led:
        return []
    periods = list(request.programme.periods.ordinary().opened_by(today()).filter(closed_at=None).order_by("month"))
    sent = set(
        MonthlyUpdate.objects.filter(workstream__in=led, period__in=periods)
        .sent()
        .values_list("workstream_id", "period_id")
    )
    drafts = {
        (d.update.workstream_id, d.update.period_id): d
        for d in UpdateDraft.objects.filter(update__workstream__in=led, update__period__in=periods).select_related(
            "update"
        )
    }
    return [
        _my_update(workstream, period, drafts.get((workstream.pk, period.pk)))
        for period in periods
        for workstream in led
        if (workstream.pk, period.pk) not in sent
    ]


def _my_update(workstream: Workstream, period: ReportingPeriod, draft: UpdateDraft | None) -> dict[str, Any]:
    filled = sum(bool(text.strip()) for text in draft.sections.values()) + bool(draft.rating) if draft else 0
    return {
        "workstream": workstream,
        "period": period,
        "days_left": (period.due_on - today()).days,
        "begun": filled > 0,
        "filled": filled,
    }


def _coming(request: ProgrammeRequest) -> list[str]:
    """What the reader's roles will be for and are not yet."""
    return [COMING[role] for role in request.rights.roles if role in COMING]


def _reader_home(request: ProgrammeRequest) -> HttpResponse:
    """For commissioners and readers: what is published, and for roles still to be built, the truth."""
    reports = BoardReport.objects.visible_to(request.user).filter(programme=request.programme).published()
    context = {
        "reports": reports.select_related("period")[:6],
        "coming": _coming(request),
        "can_read_workstreams": Permission.READ_WORKSTREAMS in request.permissions,
    }
    return page(request, "reporting/reader_home.html", context)
