"""Board reports: the list, asking for one, and the page of one report from being built to its end."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import now, today
from programme.pages import page
from programme.permissions import ProgrammeRequest, requires
from programme.queue import wake
from programme.refusals import Refused
from programme.roles import Permission
from reporting import actions
from reporting.board_facts import SCHEMA
from reporting.editions import Edition, Format
from reporting.forms.reports import AskForm
from reporting.models import BoardReport
from reporting.months import month_on_show
from reporting.readers import announced_to
from reporting.ready import readiness
from reporting.report_page import said

if TYPE_CHECKING:
    from programme.models import ReportingPeriod

State = BoardReport.State
POLL_FAST, POLL_SLOW, FAST_FOR = 2, 5, 60  # seconds
MONTHS_OFFERED = 6
USES_SHOWN = 20


def find_report(request: ProgrammeRequest, pk: int) -> BoardReport:
    """The report at this address, or 404: a draft does not exist for those who may not read drafts."""
    seen = BoardReport.objects.visible_to(request.user).filter(programme=request.programme)
    people = ("built_by__person", "approved_by__person", "published_by__person", "ended_by__person")
    return get_object_or_404(seen.select_related("period", "programme", "snapshot", "successor", *people), pk=pk)


@require_GET
@requires(Permission.READ_PROGRAMME)
def report_list(request: ProgrammeRequest) -> HttpResponse:
    """The latest report first, with what it says; earlier ones, two to compare; drafts for those who may read them."""
    seen = BoardReport.objects.visible_to(request.user).filter(programme=request.programme).select_related("period")
    told = list(seen.told())
    latest = next((each for each in told if each.state == State.PUBLISHED), None)
    context = {
        "latest": latest,
        "summary": said(latest.snapshot.content, Edition(latest.edition)).sentence if latest else "",
        "earlier": [each for each in told if each is not latest],
        "comparable": paired([each for each in told if each.can_be_opened and can_be_compared(request, each)]),
        "drafts": seen.exclude(state__in=BoardReport.TOLD).order_by("-period__month", "-version", "-pk"),
        "reads_drafts": Permission.READ_DRAFT_REPORTS in request.permissions,
        "can_build": Permission.BUILD_REPORTS in request.permissions,
    }
    return page(request, "reporting/reports.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.BUILD_REPORTS)
def create_report(request: ProgrammeRequest) -> HttpResponse:
    """Is the month ready? Then freeze it and build the report; where it is not, say why all the same."""
    offered = list(request.programme.periods.ordinary().opened_by(today()).order_by("-month")[:MONTHS_OFFERED])
    by_key = {period.key: period for period in offered}
    asked = (request.POST if request.method == "POST" else request.GET).get("month", "")
    period: ReportingPeriod | None = by_key.get(asked) or month_on_show(request.programme, today())
    if period is None:
        raise Http404
    ready = readiness(period, today(), now())
    form = AskForm(request.POST if request.method == "POST" else None, is_ready=ready.is_ready)
    if request.method == "POST" and form.is_valid():
        said = {"edition": form.cleaned_data["edition"], "decision": form.cleaned_data.get("decision", "")}
        try:
            report = actions.request_report(period=period, by=request.user, **said)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("report", request.programme.slug, report.pk)
    wrong = form.is_bound and bool(form.errors)
    context = {"period": period, "offered": offered, "ready": ready, "form": form, "form_errors": wrong}
    return page(request, "reporting/report_new.html", context, part="readiness", status=422 if wrong else 200)


@require_GET
@requires(Permission.READ_PROGRAMME)
def report(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """One report: progress while it is built, then what it says, who decided what, its file, and how it ended."""
    found = find_report(request, pk)
    building = found.state in {State.QUEUED, State.BUILDING}
    if building and BoardReport.objects.filter(pk=pk).unfinished(now()).exists():
        # Looking at the page is as good as the sweeper: a lost message or a dead worker is noticed at once.
        wake(actions.BUILD_TASK, found.pk)
    # The progress part stops asking by itself; the finished page is fetched whole.
    if request.htmx and not building:  # type: ignore[attr-defined]
        response = HttpResponse(status=200)
        response["HX-Redirect"] = reverse("report", args=[request.programme.slug, pk])
        return response
    context = _progress(found) if building else _finished(request, found)
    context |= {
        "formats": other_formats(found),
        "report": found,
        "building": building,
        "can": _may(request, found),
        "content": found.snapshot.content,
        "said": said(found.snapshot.content, Edition(found.edition)),
        # What the office decided about what was missing stays inside the trust, like the page's other workings.
        "readiness": found.snapshot.content.get("readiness") if Permission.READ_REPORTS in request.permissions else {},
    }
    return page(request, "reporting/report.html", context, part="progress")


def can_be_compared(request: ProgrammeRequest, found: BoardReport) -> bool:
    """Whether the reader may lay it beside another: inside the trust any, outside what its own pages say in tables."""
    return Permission.READ_REPORTS in request.permissions or found.edition == Edition.COMMISSIONER


def paired(offered: list[BoardReport]) -> list[BoardReport]:
    """The same with two that belong together first: the newest, and the one before it of the same edition."""
    if not offered:
        return []
    newest, *others = offered
    return [newest, *sorted(others, key=lambda each: each.edition != newest.edition)]


def _may(request: ProgrammeRequest, found: BoardReport) -> dict[str, bool]:
    """What this reader may do with the report as it stands."""
    held, mine = request.permissions, found.built_by_id == request.user.pk
    readable = found.can_be_opened or Permission.READ_DRAFT_REPORTS in held
    return {
        "retry": Permission.BUILD_REPORTS in held and found.state == State.FAILED,
        "cancel": Permission.BUILD_REPORTS in held and found.state in {State.QUEUED, State.BUILDING},
        "approve": Permission.APPROVE_REPORTS in held and found.state == State.DRAFT and not mine,
        "publish": Permission.PUBLISH_REPORTS in held and found.state == State.APPROVED,
        "withdraw": Permission.PUBLISH_REPORTS in held and found.can_be_opened,
        "share": Permission.PUBLISH_REPORTS in held and found.can_be_opened,
        "see_readers": Permission.BUILD_REPORTS in held and found.state in BoardReport.TOLD,
        "open": readable and bool(found.file),
        "read": readable,
    }


def other_formats(found: BoardReport) -> list[Format]:
    """The forms it can be had in beside the PDF; what an earlier release froze has its web page alone."""
    whole = found.snapshot.schema_version >= SCHEMA
    return [
        each for each in Edition(found.edition).formats if each is not Format.PDF and (whole or each is Format.HTML)
    ]


def _progress(found: BoardReport) -> dict[str, Any]:
    waited = (now() - found.requested_at).total_seconds()
    return {
        "attempt": actions.attempt_of_round(found),
        "poll": POLL_FAST if waited < FAST_FOR else POLL_SLOW,
        "percent": _percent(found),
    }


def _percent(found: BoardReport) -> int:
    """Stages finished, as a share of all stages; never 100 before the file is there."""
    if found.state == State.QUEUED:
        return 0
    return 10 + 80 * found.stages_done // actions.STAGES


def _finished(request: ProgrammeRequest, found: BoardReport) -> dict[str, Any]:
    context: dict[str, Any] = {"own_draft": found.built_by_id == request.user.pk and found.state == State.DRAFT}
    if Permission.BUILD_REPORTS in request.permissions and found.state in BoardReport.TOLD:
        taken = found.downloads.select_related("user__person", "link")
        context |= {"taken": taken[:USES_SHOWN], "taken_count": taken.count(), "links": found.links.count()}
        context["announced_to"] = announced_to(found)
    return context
