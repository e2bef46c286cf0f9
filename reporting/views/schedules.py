"""Schedules of board reports: what is made when, the next dates, the board's dates; pause, take up again, run now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from programme.clock import now, today
from programme.dates import day_words
from programme.models import User
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused
from programme.roles import Permission, Role
from programme.views.asking import Facts, Words, ask
from reporting.actions import scheduling
from reporting.editions import Edition
from reporting.forms.reports import BoardDateForm, ScheduleForm
from reporting.models import ReportSchedule, ScheduledRun
from reporting.months import month_on_show
from reporting.readers import Chosen, all_chosen, readers_of
from reporting.schedule_dates import Basis, Due

RUNS_SHOWN = 6
FORM = "reporting/ask.html"
NOTHING_BY_ITSELF = (
    "The report is made by itself and waits as a draft. Nothing is published until the approver has approved it and "
    "the programme office publishes it."
)
FREEZES = "It freezes what every workstream has said as at this moment. The schedule’s own dates stay as they are."


@dataclass(frozen=True)
class Shown:
    """A schedule with its next dates and what came of the last ones."""

    schedule: ReportSchedule
    dates: list[Due]
    runs: list[ScheduledRun]
    told: list[str]
    skipped: str

    @property
    def sentence(self) -> str:
        """What happens next, in words."""
        if self.schedule.paused_at:
            return "Paused: nothing is made until you take it up again."
        if not self.dates:
            return "No date is known ahead. Add the days on which the board meets."
        return f"The next one is made on {day_words(self.dates[0].day)}."


@require_http_methods(["GET", "POST"])
@requires(Permission.BUILD_REPORTS)
def schedule_list(request: ProgrammeRequest) -> HttpResponse:
    """Every schedule with its next five dates, and the board's dates with a form for another."""
    form = BoardDateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        scheduling.add_board_date(programme=request.programme, on=on, by=request.user)
        messages.success(request, f"The board meets on {day_words(on)}.")
        return redirect("report-schedules", request.programme.slug)
    wrong = form.is_bound and bool(form.errors)
    standing = ReportSchedule.objects.visible_to(request.user).standing().filter(programme=request.programme)
    rows = _with_everything(standing)
    named = all_chosen(request.programme.pk, [(Edition(row.edition), row.told_people) for row in rows], now())
    shown = [_shown(row, people) for row, people in zip(rows, named, strict=True)]
    context = {
        "schedules": shown,
        "next": min(
            (each.dates[0] for each in shown if each.dates and not each.schedule.paused_at), default=None, key=_at
        ),
        "boards": request.programme.board_dates.filter(on__gte=today()),
        "form": form,
        "form_errors": wrong,
    }
    return page(request, "reporting/schedules.html", context, status=422 if wrong else 200)


def _at(due: Due) -> datetime:
    return due.at


def _with_everything(schedules: object) -> list[ReportSchedule]:
    rows = schedules.select_related("programme", "approver__person", "by__person")  # type: ignore[attr-defined]
    return list(
        rows.prefetch_related("programme__periods", "programme__board_dates", "runs__report__period", "runs__period")
    )


def _shown(schedule: ReportSchedule, named: Chosen) -> Shown:
    labels = {role.value: str(role.label) for role in Role}
    told = [labels[role] for role in schedule.told_roles if role in labels] + [user.name for user in named.able]
    runs = list(schedule.runs.all())[:RUNS_SHOWN]
    return Shown(schedule, scheduling.next_for(schedule, now()), runs, told, named.sentence)


def _find(request: ProgrammeRequest, pk: int) -> ReportSchedule:
    own = ReportSchedule.objects.visible_to(request.user).standing().filter(programme=request.programme)
    return get_object_or_404(own.select_related("programme", "approver__person", "by__person"), pk=pk)


def _list(request: ProgrammeRequest) -> str:
    return reverse("report-schedules", args=[request.programme.slug])


def _words(request: ProgrammeRequest, title: str, button: str) -> Words:
    return Words(
        caption=request.programme.name,
        title=title,
        button=button,
        back=_list(request),
        back_text="Scheduled reports",
        points=(NOTHING_BY_ITSELF,),
    )


def _approvers_and_readers(request: ProgrammeRequest) -> tuple[list[User], list[User]]:
    """Who may approve, and everybody who may read some edition; which of them may read the chosen one is checked."""
    readers = readers_of(request.programme.pk, Edition.COMMISSIONER, now())
    return list(scheduling.approvers(request.programme, now())), list(readers)


@require_http_methods(["GET", "POST"])
@requires(Permission.BUILD_REPORTS)
def add_schedule(request: ProgrammeRequest) -> HttpResponse:
    """Set up a schedule."""
    approvers, readers = _approvers_and_readers(request)
    start = {"edition": "full", "basis": Basis.AFTER_CLOSE.value, "working_days": 2, "hour": 7}

    def make(data: QueryDict | None) -> ScheduleForm:
        return ScheduleForm(data, approvers=approvers, readers=readers, initial=start)

    def act(form: ScheduleForm) -> HttpResponse:
        scheduling.add_schedule(programme=request.programme, wanted=form.wanted, by=request.user)
        messages.success(request, "The schedule is set up. Its next dates are below.")
        return redirect(_list(request))

    return ask(request, _words(request, "Set up a schedule", "Set up the schedule"), make, act, template=FORM)


@require_http_methods(["GET", "POST"])
@requires(Permission.BUILD_REPORTS)
def edit_schedule(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Change a schedule; from then on its reports are made in the name of whoever changed it."""
    schedule = _find(request, pk)
    approvers, readers = _approvers_and_readers(request)

    def make(data: QueryDict | None) -> ScheduleForm:
        if data is None:
            return ScheduleForm.of(schedule, approvers, readers)
        return ScheduleForm(data, approvers=approvers, readers=readers)

    def act(form: ScheduleForm) -> HttpResponse:
        version = form.cleaned_data["version"] or 0
        scheduling.change_schedule(schedule=schedule, wanted=form.wanted, version=version, by=request.user)
        messages.success(request, "The schedule is changed. Its next dates are below.")
        return redirect(_list(request))

    return ask(request, _words(request, "Change the schedule", "Save"), make, act, theirs=_theirs, template=FORM)


def _theirs(current: ReportSchedule) -> Facts:
    return [("What and when", [str(current)]), ("Asked to approve it", [current.approver.name])]


@require_POST
@requires(Permission.BUILD_REPORTS)
def pause_schedule(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Pause it, or take it up again."""
    schedule = _find(request, pk)
    if schedule.paused_at:
        scheduling.resume(schedule=schedule, by=request.user)
        messages.success(request, "The schedule runs again, from its next date on.")
    else:
        scheduling.pause(schedule=schedule, by=request.user)
        messages.success(request, "The schedule is paused. Nothing is made until you take it up again.")
    return redirect(_list(request))


def _confirmed(request: ProgrammeRequest, words: Words, act: Callable[[], HttpResponse]) -> HttpResponse:
    if request.method == "GET":
        return page(request, "reporting/confirm_plain.html", {"words": words})
    try:
        return act()
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(words.back)


@require_http_methods(["GET", "POST"])
@requires(Permission.BUILD_REPORTS)
def run_schedule(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Make its report at once, after a page that says which."""
    schedule = _find(request, pk)
    month = month_on_show(request.programme, today())
    words = Words(
        caption=str(schedule),
        title=f"Make the {month} report now?" if month else "Make the report now?",
        button="Make the report",
        back=_list(request),
        points=(FREEZES,),
    )

    def act() -> HttpResponse:
        made = scheduling.run_now(schedule=schedule, by=request.user)
        return redirect("report", request.programme.slug, made.pk)

    return _confirmed(request, words, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.BUILD_REPORTS)
def end_schedule(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """End it for good, after a confirm page."""
    schedule = _find(request, pk)
    words = Words(
        caption=str(schedule),
        title="End this schedule?",
        button="End the schedule",
        back=_list(request),
        points=("It makes no more reports. Those it has made stay. To stop it for a while, pause it instead.",),
        warning=True,
    )

    def act() -> HttpResponse:
        scheduling.end(schedule=schedule, by=request.user)
        messages.success(request, "The schedule has ended.")
        return redirect(_list(request))

    return _confirmed(request, words, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.BUILD_REPORTS)
def remove_board_date(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Take a board date away, after a confirm page."""
    found = get_object_or_404(request.programme.board_dates, pk=pk)
    words = Words(
        caption=request.programme.name,
        title=f"The board does not meet on {day_words(found.on)}?",
        button="Remove the date",
        back=_list(request),
        points=("Schedules that count from board dates make no report for it.",),
    )

    def act() -> HttpResponse:
        scheduling.remove_board_date(board_date=found, by=request.user)
        messages.success(request, "The date is removed.")
        return redirect(_list(request))

    return _confirmed(request, words, act)
