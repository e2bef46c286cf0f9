"""Copies of a report: by an account, by a signed link, and the page on which the office makes and ends links."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from programme.clock import now
from programme.pages import asks_for_headers_only, page
from programme.permissions import ProgrammeRequest, requires
from programme.refusals import Refused
from programme.roles import Permission
from programme.views.asking import Words
from reporting import actions, documents, pdf
from reporting.actions import reading
from reporting.board_html import content_security_policy
from reporting.editions import Edition, Format
from reporting.forms.reports import LinkForm
from reporting.models import BoardReport, ReportLink
from reporting.report_page import said
from reporting.views.reports import find_report, other_formats

# Somebody waits for it in a browser: half a second is usual, and what takes far longer is given up.
LIMITS = pdf.Limits(cpu_seconds=15, wall_seconds=20)


@require_GET
@requires(Permission.READ_PROGRAMME)
def download_report(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """The PDF. Permission is asked for at every download, and every download is remembered."""
    found = find_report(request, pk)
    if not found.file or not (found.can_be_opened or Permission.READ_DRAFT_REPORTS in request.permissions):
        raise Http404
    try:
        content = actions.file_of(found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("report", request.programme.slug, pk)
    if not asks_for_headers_only(request):
        actions.record_download(report=found, user=request.user)
    return _file(found, content)


@require_GET
@requires(Permission.READ_PROGRAMME)
def report_as(request: ProgrammeRequest, pk: int, kind: str) -> HttpResponse:
    """The report as a web page, a Word, PowerPoint or Excel file, from the same snapshot as the PDF."""
    found = find_report(request, pk)
    wanted = next((each for each in Edition(found.edition).formats if each.value == kind), None)
    readable = found.can_be_opened or Permission.READ_DRAFT_REPORTS in request.permissions
    if wanted is None or wanted is Format.PDF or not found.file or not readable:
        raise Http404
    try:
        made = documents.made(found.snapshot.content, Edition(found.edition), wanted, limits=LIMITS)
    except pdf.RenderFailed as failure:
        messages.error(request, str(failure))
        return redirect("report", request.programme.slug, pk)
    if not asks_for_headers_only(request):
        actions.record_download(report=found, user=request.user, form=wanted.value)
    return _file(found, made.content, wanted)


def _file(found: BoardReport, content: bytes, kind: Format = Format.PDF) -> HttpResponse:
    response = HttpResponse(content, content_type=kind.content_type)
    if kind is Format.HTML:  # read in the browser; it brings its own styles and may do nothing else
        response["Content-Security-Policy"] = f"{content_security_policy()}; frame-ancestors 'none'"
    else:
        edition = "board-report" if found.edition == "full" else found.edition.replace("_", "-")
        name = f"{found.programme.slug}-{edition}-{found.period.key}-v{found.version}.{kind.value}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


# -- links for people without an account -------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@requires(Permission.PUBLISH_REPORTS)
def report_links(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """Every link to the report with its uses, and a form for another."""
    found = find_report(request, pk)
    form = LinkForm(request.POST if request.method == "POST" else None, stays_inside=found.stays_inside)
    if request.method == "POST" and form.is_valid():
        try:
            reading.make_link(report=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The link for {form.cleaned_data['for_whom']} is made. Copy it from the list.")
            return redirect("report-links", request.programme.slug, pk)
    wrong = form.is_bound and bool(form.errors)
    links = found.links.select_related("by__person", "revoked_by__person").prefetch_related("uses")
    context = {
        "report": found,
        "links": [_shown(link) for link in links],
        "form": form,
        "form_errors": wrong,
        "can_share": found.can_be_opened,
    }
    return page(request, "reporting/report_links.html", context, status=422 if wrong else 200)


def _shown(link: ReportLink) -> dict[str, Any]:
    uses = list(link.uses.all())
    return {
        "link": link,
        "works": link.is_open(now()),
        "address": reading.address_of(link),
        "opened": len([use for use in uses if use.form == reading.OPENED]),
        "taken": len([use for use in uses if use.form != reading.OPENED]),
        "last": uses[0].at if uses else None,
    }


@require_http_methods(["GET", "POST"])
@requires(Permission.PUBLISH_REPORTS)
def revoke_link(request: ProgrammeRequest, pk: int) -> HttpResponse:
    """End a link, after a confirm page."""
    links = ReportLink.objects.filter(report__in=BoardReport.objects.visible_to(request.user))
    link = get_object_or_404(links.select_related("report__period"), pk=pk, report__programme=request.programme)
    back = reverse("report-links", args=[request.programme.slug, link.report_id])
    if request.method == "POST":
        try:
            reading.revoke_link(link=link, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"The link for {link.for_whom} works no longer.")
        return redirect(back)
    words = Words(
        caption=link.report.title,
        title=f"End the link for {link.for_whom}?",
        button="End the link",
        back=back,
        points=("Whoever has it cannot open the report with it any more. Copies that were taken stay with them.",),
    )
    context = {"words": words, "question": words.title, "facts": (), "possible": True}
    return page(request, "reporting/confirm_plain.html", context)


@login_not_required  # whoever holds the link has no account; it ends, and each use is logged
@require_GET
def shared_report(request: HttpRequest, token: str) -> HttpResponse:
    """What the link is for, and the file. A link that works no longer is like one that never was."""
    link = _open(token)
    if not asks_for_headers_only(request):
        reading.record_use(link=link)
    return _shared(request, link, token)


def _shared(request: HttpRequest, link: ReportLink, token: str, failure: str = "") -> HttpResponse:
    edition = Edition(link.report.edition)
    context = {
        "link": link,
        "report": link.report,
        "token": token,
        "formats": other_formats(link.report),
        "said": said(link.report.snapshot.content, edition),
        "audience": edition.audience,
        "failure": failure,
    }
    status = HTTPStatus.SERVICE_UNAVAILABLE if failure else HTTPStatus.OK
    return _private(page(request, "reporting/shared_report.html", context, status=status))


@login_not_required  # as above
@require_GET
def shared_file(request: HttpRequest, token: str) -> HttpResponse:
    """The PDF, by a link. Every copy is remembered."""
    link = _open(token)
    try:
        content = actions.file_of(link.report)
    except Refused as refused:
        raise Http404 from refused
    if not asks_for_headers_only(request):
        reading.record_use(link=link, form="pdf")
    return _private(_file(link.report, content))


@login_not_required  # as above
@require_GET
def shared_as(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """The web page, or a Word, PowerPoint or Excel file, by a link. Every copy is remembered."""
    link = _open(token)
    wanted = next((each for each in other_formats(link.report) if each.value == kind), None)
    if wanted is None:
        raise Http404
    try:
        made = documents.made(link.report.snapshot.content, Edition(link.report.edition), wanted, limits=LIMITS)
    except pdf.RenderFailed as failure:
        return _shared(request, link, token, str(failure))
    if not asks_for_headers_only(request):
        reading.record_use(link=link, form=wanted.value)
    return _private(_file(link.report, made.content, wanted))


def _open(token: str) -> ReportLink:
    link = reading.open_link(token, now())
    if link is None:
        raise Http404
    return link


def _private(response: HttpResponse) -> HttpResponse:
    """Not to be kept, found by search engines, or named to the next site."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
