"""The months of a programme with their days, and one month's own days."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from programme.actions import periods
from programme.clock import day_of, today
from programme.dates import day_words
from programme.models import ReportingPeriod, User
from programme.pages import page
from programme.periods import Stage
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused, Stale
from programme.roles import Permission
from reporting.forms.month import DaysForm
from workstreams.views.updates.writing import find_period

MONTHS_SHOWN = 24
WHEN = {"opens_on": "Opens", "due_on": "Due", "closes_on": "Closes"}


@dataclass(frozen=True)
class PeriodRow:
    """A month as a row."""

    period: ReportingPeriod
    stage: Stage
    decided: str

    @property
    def can_be_changed(self) -> bool:
        """Whether its days may still be changed."""
        return not self.period.closed_at


@require_GET
@requires(Permission.SET_PERIODS)
def period_list(request: ProgrammeRequest) -> HttpResponse:
    """The months ahead and behind, newest first, each with its days and how it stands."""
    shown = request.programme.periods.ordinary().select_related("closed_by__person", "frozen_by__person")
    rows = [PeriodRow(each, each.stage(today()), _decided(each)) for each in shown[:MONTHS_SHOWN]]
    running = [row for row in rows if row.stage in {Stage.OPEN, Stage.DUE}]
    context = {"rows": rows, "running": running, "rule": periods.rule_of(request.programme)}
    return page(request, "reporting/periods.html", context)


def _decided(period: ReportingPeriod) -> str:
    """Who closed and froze it, and when."""
    parts = []
    for verb, at, by in (
        ("Closed", period.closed_at, period.closed_by),
        ("Frozen", period.frozen_at, period.frozen_by),
    ):
        if at:
            parts.append(f"{verb} {day_words(day_of(at))}{f' by {by.name}' if by else ''}.")
    return " ".join([*parts, period.close_note]).strip()


@require_http_methods(["GET", "POST"])
@requires(Permission.SET_PERIODS)
def edit_period(request: ProgrammeRequest, month: str) -> HttpResponse:
    """Give one month days of its own; a save that is out of date shows both."""
    period = find_period(request, month)
    if request.method == "GET":
        return _form_page(request, period, DaysForm.of(period))
    form = DaysForm(request.POST)
    if not form.is_valid():
        return _form_page(request, period, form, status=422)
    try:
        periods.change_days(period=period, by=request.user, **form.cleaned_data)
    except Stale as stale:
        return _form_page(request, period, form.rebased_on(stale.current), theirs=stale.current, status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, period, form, status=422)
    messages.success(request, f"The days of {period} are changed.")
    return redirect("periods", request.programme.slug)


def _form_page(
    request: ProgrammeRequest,
    period: ReportingPeriod,
    form: DaysForm,
    *,
    theirs: ReportingPeriod | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "period": period,
        "form": form,
        "theirs": theirs,
        "form_errors": form.is_bound and bool(form.errors),
        "trail": _trail(period),
        "stage": period.stage(today()),
    }
    return page(request, "reporting/period.html", context, status=status)


def _trail(period: ReportingPeriod) -> list[dict[str, Any]]:
    """What happened to a month, newest first, each change in words."""
    model: Any = apps.get_model("programme", "ReportingPeriodEvent")
    events = list(model.objects.filter(pgh_obj_id=period.pk).select_related("pgh_context").order_by("pgh_id"))
    who = User.objects.in_bulk({e.pgh_context.metadata.get("user") for e in events} - {None})
    told = []
    for before, event in zip([None, *events], events, strict=False):
        said = event.pgh_context.metadata
        by = who.get(said.get("user"))
        told.append(
            {
                "at": _when(before, event),
                "by": by.name if by else "the service",
                "action": said.get("action", ""),
                "reason": said.get("reason", ""),
                "changes": _changes(before, event),
            }
        )
    return told[::-1]


def _when(before: Any, after: Any) -> Any:
    """When it was decided, where that is kept; else when it was written down."""
    for name in ("frozen_at", "closed_at"):
        if before is not None and getattr(after, name) and not getattr(before, name):
            return getattr(after, name)
    return after.pgh_created_at


def _changes(before: Any, after: Any) -> list[str]:
    if before is None:
        return [f"{word} {day_words(getattr(after, name))}" for name, word in WHEN.items()]
    return [
        f"{word} {day_words(getattr(after, name))}, was {day_words(getattr(before, name))}"
        for name, word in WHEN.items()
        if getattr(after, name) != getattr(before, name)
    ]
