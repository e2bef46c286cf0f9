"""Board reports: asking for one, watching it being built, approving, publishing, taking a copy."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme.clock import now, today
from programme.pages import asks_for_headers_only, page
from programme.permissions import ProgrammeRequest, requires
from programme.queue import wake
from programme.refusals import Refused
from programme.roles import Permission
from reporting import actions
from reporting.dashboard import picture
from reporting.models import BoardReport
from reporting.months import month_on_show

if TYPE_CHECKING:
    from programme.models import ReportingPeriod

State = BoardReport.State
POLL_FAST, POLL_SLOW, FAST_FOR = 2, 5, 60  # seconds
MONTHS_OFFERED = 6


def _find(request: ProgrammeRequest, pk: int) -> BoardReport:
    """The report at this address, or 404: a draft does not exist for those who may not read drafts."""
    seen = BoardReport.objects.visible_to(request.user).filter(programme=request.programme)
    people = ("built_by__person", "approved_by__person", "published_by__person")
    return get_object_or_404(seen.select_related("period", "snapshot", *people), pk=pk)


@require_GET
@requires(Permission.READ_PROGRAMME)
def report_list(request: ProgrammeRequest) -> HttpResponse:
    """Published reports, latest first; drafts above them for those who may read drafts."""
    seen = BoardReport.objects.visible_to(request.user).filter(programme=request.programme).select_related("period")
    context = {
        "published": seen.published(),
        "drafts": seen.exclude(state=State.PUBLISHED).order_by("-period__month", "-version"),
        "reads_drafts": Permission.READ_DRAFT_REPORTS in request.permissions,
        "can_build": Permission.BUILD_REPORTS in request.permissions,
    }
    return page(request, "reporting/reports.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.BUILD_REPORTS)
def create_report(request: ProgrammeRequest) -> HttpResponse:
    """Is the month ready? Then freeze it and build the report."""
    offered = list(request.programme.periods.ordinary().opened_by(today()).order_by("-month")[:MONTHS_OFFERED])
    by_key = {period.key: period for period in offered}
    asked = (request.POST if request.method == "POST" else request.GET).get("month", "")
    period: ReportingPeriod | None = by_key.get(asked) or month_on_show(request.programme, today())
    if period is None:
        raise Http404
    if request.method == "POST":
        report = actions.request_report(period=period, by=request.user)
        return redirect("report", request.programme.slug, report.pk)
    context = {"period": period, "offered": offered, "seen": picture(request.programme, period, today(), newest=False)}
    return page(request, "reporting/report_new.html", context, part="readiness")


@require_GET
@requires(Permission.READ_PROGRAMME)
def report(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """One report: progress while it is built, then what it says, who approved it and the PDF."""
    found = _find(request, pk)
    building = found.state in {State.QUEUED, State.BUILDING}
    if building and BoardReport.objects.filter(pk=pk).unfinished(now()).exists():
        # Looking at the page is as good as the sweeper: a lost message or a dead worker is noticed at once.
        wake(actions.BUILD_TASK, found.pk)
    waited = (now() - found.requested_at).total_seconds()
    mine = found.built_by_id == request.user.pk
    context = {
        "report": found,
        "building": building,
        "attempt": actions.attempt_of_round(found),
        "poll": POLL_FAST if waited < FAST_FOR else POLL_SLOW,
        "percent": _percent(found),
        "content": found.snapshot.content,
        "can_retry": Permission.BUILD_REPORTS in request.permissions and found.state == State.FAILED,
        "can_approve": Permission.APPROVE_REPORTS in request.permissions and found.state == State.DRAFT and not mine,
        "own_draft": mine and found.state == State.DRAFT,
        "can_publish": Permission.PUBLISH_REPORTS in request.permissions and found.state == State.APPROVED,
    }
    # The progress part stops asking by itself; the finished page is fetched whole.
    if request.htmx and not building:  # type: ignore[attr-defined]
        response = HttpResponse(status=200)
        response["HX-Redirect"] = reverse("report", args=[request.programme.slug, pk])
        return response
    return page(request, "reporting/report.html", context, part="progress")


def _percent(found: BoardReport) -> int:
    """Stages finished, as a share of all stages; never 100 before the file is there."""
    if found.state == State.QUEUED:
        return 0
    return 10 + 80 * found.stages_done // len(actions.STAGE_WORDS)


@require_POST
@requires(Permission.BUILD_REPORTS)
def retry_report(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Try a failed report again."""
    return _do(request, pk, actions.retry, "The report is being built again.")


@require_http_methods(["GET", "POST"])
@requires(Permission.APPROVE_REPORTS)
def approve_report(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Approve a draft, after a confirm page."""
    if request.method == "POST":
        return _do(
            request, pk, actions.approve, "You have approved the report. The programme office can publish it now."
        )
    return page(request, "reporting/report_approve.html", {"report": _find(request, pk)})


@require_http_methods(["GET", "POST"])
@requires(Permission.PUBLISH_REPORTS)
def publish_report(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Publish an approved report, after a confirm page that says who will see it."""
    if request.method == "POST":
        return _do(request, pk, actions.publish, "The report is published. Commissioners can download it now.")
    return page(request, "reporting/report_publish.html", {"report": _find(request, pk)})


def _do(request: ProgrammeRequest, pk: int, action: object, done: str) -> HttpResponse:
    try:
        action(report=_find(request, pk), by=request.user)  # type: ignore[operator]
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("report", request.programme.slug, pk)


@require_GET
@requires(Permission.READ_PROGRAMME)
def download_report(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """The PDF. Permission is asked for at every download, and every download is remembered."""
    found = _find(request, pk)
    if not found.file:
        raise Http404
    try:
        content = actions.file_of(found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("report", request.programme.slug, pk)
    if not asks_for_headers_only(request):
        actions.record_download(report=found, user=request.user)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{request.programme.slug}-board-report-{found.period.key}-v{found.version}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
