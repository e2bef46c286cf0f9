"""The front page of a programme: the dashboard, or for those without that right a home that says what they can do."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from programme.clock import now, today
from programme.models import Programme
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.roles import Permission
from programme.status import Rag
from reporting.dashboard import ProgrammePicture, UpdateState, WorkstreamLine
from reporting.front import Front
from reporting.frozen_dashboard import from_record
from reporting.homes import office_home
from reporting.models import BoardReport, Snapshot
from reporting.months import Months, months_of
from reporting.quiet import gaps_sentence, money_sentence, voices_sentence

Key = Callable[[WorkstreamLine], Any]
SORTS: dict[str, tuple[str, Key]] = {
    "worst": ("Rating", lambda line: (line.rating.severity, -line.overdue, line.name)),
    "name": ("Workstream", lambda line: line.name.lower()),
    "update": ("Update", lambda line: (list(UpdateState)[::-1].index(line.update_state), line.name)),
}


# What somebody without the dashboard comes for: a right, the address and its words.
TASKS = (
    (Permission.KEEP_MAP, "thrive", "Open the THRIVE map"),
    (Permission.KEEP_VOICES, "voices", "Open the co-production log"),
    (Permission.RUN_MATURITY, "maturity", "Maturity reviews you prepare and close"),
)


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
    """One sentence, then what changed and workstreams worst first. Filters, sorting and 'as at' are plain addresses."""
    if Permission.READ_DASHBOARD not in request.permissions:
        return _reader_home(request)
    months = months_of(request.programme, today())
    frozen = _frozen(request, months)
    period = frozen.period if frozen else months.on_show
    if period is None:
        return page(request, "reporting/dashboard_empty.html", _before_the_first_month(request))
    front: Front | None = None
    if frozen:
        told = from_record(frozen.content["dashboard"])
    else:
        front = Front.of(request.programme, period, months)
        told = front.told
    form = FilterForm(request.GET)
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    kept = {"as_at": period.key} if frozen else {}
    sort = request.GET.get("sort", "worst")
    descending = sort.startswith("-")
    sort = sort.lstrip("-") if sort.lstrip("-") in SORTS else "worst"
    context = {
        "seen": told.picture,
        "changed": told.changed,
        "frozen": frozen,
        "lines": _filtered(told.picture, chosen, sort, descending=descending),
        "form": form,
        "filters_chosen": bool(chosen),
        "columns": _columns(kept | chosen, sort, descending=descending),
        "sort": f"-{sort}" if descending else sort,
        "as_at": frozen.at if frozen else now(),
        "frozen_months": months.frozen,
        "can_build": Permission.BUILD_REPORTS in request.permissions and not frozen,
        "can_chase": Permission.READ_UPDATE_STATES in request.permissions and not frozen,
        "latest_report": BoardReport.objects.visible_to(request.user)
        .filter(programme=request.programme)
        .published()
        .select_related("period")
        .first(),
    }
    if front:
        context |= front.own(request.user)
        context["quiet"] = lambda: _quiet(request.programme)
        if Permission.RUN_MONTH in request.permissions:
            context["office"] = office_home(told.picture, months)
    return page(request, "reporting/dashboard.html", context, part="workstreams")


def _quiet(programme: Programme) -> list[tuple[str, str, str]]:
    """Sentences about voices and money with their pages, where there is something to say. Asked for by whole pages."""
    said = [
        (voices_sentence(programme, today()), "voices", "Co-production log"),
        (money_sentence(programme, today()), "money", "Money of the programme"),
        (gaps_sentence(programme, today()), "thrive-gaps", "Gaps, and what will fill them"),
    ]
    return [each for each in said if each[0]]


def _before_the_first_month(request: ProgrammeRequest) -> dict[str, Any]:
    return {
        "first": request.programme.periods.ordinary().filter(closed_at=None).order_by("month").first(),
        "can_set_up": Permission.MANAGE_PROGRAMME in request.permissions,
    }


def _frozen(request: ProgrammeRequest, months: Months) -> Snapshot | None:
    """The closing snapshot of the month asked for; None means as it is now. A month not frozen does not exist."""
    asked = request.GET.get("as_at", "")
    if not asked:
        return None
    closing = Snapshot.objects.filter(programme=request.programme).with_dashboard()
    keys = {period.key: period.pk for period in months.frozen}
    return get_object_or_404(closing.select_related("period"), period=keys.get(asked))


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


def _reader_home(request: ProgrammeRequest) -> HttpResponse:
    """For commissioners and readers: what is published, and where each finds what is theirs."""
    reports = BoardReport.objects.visible_to(request.user).filter(programme=request.programme).published()
    context = {
        "reports": reports.select_related("period")[:6],
        "tasks": [(name, words) for right, name, words in TASKS if right in request.permissions],
        "can_read_workstreams": Permission.READ_WORKSTREAMS in request.permissions,
    }
    return page(request, "reporting/reader_home.html", context)
