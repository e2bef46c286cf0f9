"""Asking for, building, approving and publishing a board report.

Exactly once: the row is made in the web transaction; a worker *claims* it by a conditional UPDATE that counts the
attempt and takes a lease; every later write says `state = 'building' AND attempt = …`; the file is written under a
temporary name, renamed, and its hash and the state are saved together. A sweeper sends again whatever nobody holds.
"""

import hashlib
import importlib.metadata
import os
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q

from programme.actions import periods
from programme.clock import now
from programme.history import recorded
from programme.models import Programme, ReportingPeriod, User
from programme.queue import wake
from programme.refusals import Refused
from reporting import pdf, snapshots
from reporting.board_html import board_html
from reporting.models import BoardReport, BoardReportQuerySet, Download, Snapshot

State = BoardReport.State
ATTEMPTS = 3  # before people are asked; each time somebody tries again there are as many more
BUILD_TASK = "reporting.build"
STAGE_WORDS = {
    pdf.Stage.READING: "Reading the frozen figures and words",
    pdf.Stage.LAYING_OUT: "Laying out the pages",
    pdf.Stage.DRAWING: "Drawing the pages",
    pdf.Stage.TAGGING: "Adding headings and tags for screen readers",
}
LIBRARIES = ("Django", "weasyprint", "fonttools")


@transaction.atomic
def request_report(*, period: ReportingPeriod, by: User, at: datetime | None = None) -> BoardReport:
    """Freeze a snapshot of the period and queue its board report. Asking again while one is being built returns it."""
    moment = at or now()
    # The programme's row is held so that two people asking at once cannot make the same version.
    Programme.objects.select_for_update().get(pk=period.programme_id)
    waiting = period.reports.filter(state__in=[State.QUEUED, State.BUILDING]).first()
    if waiting:
        return waiting
    with recorded(by=by, action="Asked for the board report", at=moment):
        snapshot = _snapshot(period, Snapshot.Kind.DRAFT, by, moment)
        newest = period.reports.aggregate(newest=Max("version"))["newest"] or 0
        report = BoardReport.objects.create(
            programme_id=period.programme_id,
            period=period,
            snapshot=snapshot,
            version=newest + 1,
            built_by=by,
            requested_at=moment,
        )
    wake(BUILD_TASK, report.pk)
    return report


def _snapshot(period: ReportingPeriod, kind: Snapshot.Kind, by: User, moment: datetime) -> Snapshot:
    content = snapshots.compose(period=period, by=by, at=moment)
    return Snapshot.objects.create(
        programme_id=period.programme_id,
        period=period,
        kind=kind,
        schema_version=content["schema"],
        content=content,
        versions={name: importlib.metadata.version(name) for name in LIBRARIES},
        sha256=snapshots.digest(content),
        by=by,
        at=moment,
    )


@transaction.atomic
def freeze_month(*, period: ReportingPeriod, by: User, at: datetime | None = None) -> Snapshot:
    """Freeze a closed month, with the snapshot that says how it stood. Cannot be undone; see docs/decisions/0017.

    The month is held first, so that whoever is writing into it has finished before the snapshot is taken.
    """
    moment = at or now()
    frozen = periods.freeze(period=period, by=by, at=moment)
    return _snapshot(frozen, Snapshot.Kind.CLOSE, by, moment)


def claim(*, report_id: int, at: datetime | None = None) -> BoardReport | None:
    """Take a report nobody holds. None where somebody else has it, it is finished, or its attempts are used up."""
    moment = at or now()
    with transaction.atomic(), recorded(by=None, action="Began building the report", at=moment):
        free = BoardReport.objects.filter(pk=report_id).unfinished(moment).alias(in_round=F("attempt") % ATTEMPTS)
        used_up = Q(state=State.BUILDING, in_round=0)
        taken = free.exclude(used_up).update(
            state=State.BUILDING, attempt=F("attempt") + 1, lease_until=moment + _lease(), stage="", stages_done=0
        )
        if not taken:
            free.filter(used_up).update(
                state=State.FAILED,
                failure=f"The report stopped {ATTEMPTS} times while it was being made. You can try again.",
            )
            return None
    return BoardReport.objects.select_related("snapshot").get(pk=report_id)


def build(*, report_id: int, at: datetime | None = None) -> None:
    """Claim a report and make its PDF. Ends in a draft or a failure with a reason; safe to call any number of times."""
    report = claim(report_id=report_id)
    if report is None:
        return
    try:
        rendered = pdf.render(
            board_html(report.snapshot.content),
            on_stage=lambda stage: _at_stage(report, stage),
            limits=pdf.Limits(cpu_seconds=settings.RENDER_TIME_LIMIT, wall_seconds=settings.RENDER_TIME_LIMIT),
        )
        _finish(report, rendered, at or now())
    except LostLeaseError:
        return
    except pdf.RenderFailed as failure:
        if failure.reason is pdf.Reason.STOPPED and report.attempt % ATTEMPTS:
            _give_back(report)
        else:
            _fail(report, str(failure))
    except OSError as error:  # the file could not be put in its place
        _fail(report, pdf.reason_of(error).sentence)


def _lease() -> timedelta:
    """How long a worker may be silent before another takes its report over."""
    return timedelta(seconds=settings.REPORT_LEASE_SECONDS)


class LostLeaseError(Exception):
    """Another worker has taken this report over; whatever this one does next must change nothing."""


def _held(report: BoardReport) -> BoardReportQuerySet:
    """The row, only while this attempt still holds it."""
    return BoardReport.objects.filter(pk=report.pk, state=State.BUILDING, attempt=report.attempt)


def _at_stage(report: BoardReport, stage: pdf.Stage) -> None:
    """Say how far the work is, and renew the lease. Raises LostLeaseError where the report is no longer ours."""
    with recorded(by=None, action="Building the report"):
        held = _held(report).update(
            stage=STAGE_WORDS[stage], stages_done=list(STAGE_WORDS).index(stage), lease_until=now() + _lease()
        )
    if not held:
        raise LostLeaseError


def _finish(report: BoardReport, rendered: pdf.RenderedPdf, moment: datetime) -> None:
    """Put the file in place and, in one statement, say so. An attempt that lost its lease leaves nothing visible."""
    name = f"{report.programme_id}/{report.pk}-{report.attempt}-{rendered.sha256[:16]}.pdf"
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    try:
        with temporary.open("wb") as file:
            file.write(rendered.content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    with recorded(by=None, action="Built the report", at=moment):
        done = _held(report).update(
            state=State.DRAFT,
            file=name,
            sha256=rendered.sha256,
            size=len(rendered.content),
            pages=rendered.pages,
            built_at=moment,
            failure="",
            lease_until=None,
        )
    if not done:
        path.unlink(missing_ok=True)
        raise LostLeaseError
    for left_behind in path.parent.glob(f"{report.pk}-*"):  # by attempts that were killed just before they could say so
        if left_behind != path:
            left_behind.unlink(missing_ok=True)


def _fail(report: BoardReport, reason: str) -> None:
    with recorded(by=None, action="The report could not be built", reason=reason):
        _held(report).update(state=State.FAILED, failure=reason, lease_until=None)


def _give_back(report: BoardReport) -> None:
    """The renderer was killed, mostly for memory that others will give back: let the next free worker try again."""
    with recorded(by=None, action="The program that makes the PDF was stopped"):
        given_back = _held(report).update(state=State.QUEUED, lease_until=None)
    if given_back:
        wake(BUILD_TASK, report.pk)


def attempt_of_round(report: BoardReport) -> int:
    """Which attempt it is since somebody last asked for the report; 0 before the first. The row counts them all."""
    if report.state == State.QUEUED:
        return report.attempt % ATTEMPTS
    return (report.attempt - 1) % ATTEMPTS + 1 if report.attempt else 0


@transaction.atomic
def retry(*, report: BoardReport, by: User) -> None:
    """Try a failed report again, from the same snapshot.

    Attempts go on being counted, from the next round: a number used twice would let a worker of the first round that
    was thought dead write into the second.
    """
    round_over = F("attempt") + (ATTEMPTS - F("attempt") % ATTEMPTS) % ATTEMPTS
    with recorded(by=by, action="Asked to build the report again"):
        again = BoardReport.objects.filter(pk=report.pk, state=State.FAILED).update(
            state=State.QUEUED,
            attempt=round_over,
            failure="",
            stage="",
            stages_done=0,
            lease_until=None,
            requested_at=now(),
        )
    if not again:
        raise Refused("Only a report that could not be built can be tried again.")
    wake(BUILD_TASK, report.pk)


@transaction.atomic
def approve(*, report: BoardReport, by: User, at: datetime | None = None) -> None:
    """Approve a draft. Never by the person who created it."""
    current = BoardReport.objects.select_for_update().get(pk=report.pk)
    if current.built_by_id == by.pk:
        raise Refused("You created this report, so somebody else has to approve it.")
    if current.state != State.DRAFT:
        raise Refused(f"This report is not waiting for approval: it is {current.get_state_display().lower()}.")
    moment = at or now()
    with recorded(by=by, action="Approved the report", at=moment):
        current.state, current.approved_by, current.approved_at = State.APPROVED, by, moment
        current.save()


@transaction.atomic
def publish(*, report: BoardReport, by: User, at: datetime | None = None) -> None:
    """Publish an approved report. From then on the database refuses every change to it."""
    current = BoardReport.objects.select_for_update().get(pk=report.pk)
    if current.state != State.APPROVED:
        raise Refused(f"Only an approved report can be published: this one is {current.get_state_display().lower()}.")
    moment = at or now()
    with recorded(by=by, action="Published the report", at=moment):
        current.state, current.published_by, current.published_at = State.PUBLISHED, by, moment
        current.save()


def file_of(report: BoardReport) -> bytes:
    """The finished PDF, checked against its hash. Raises Refused where the file is missing or was altered."""
    path = Path(settings.MEDIA_ROOT) / report.file
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused("The file of this report is missing from the server's storage.") from error
    if hashlib.sha256(content).hexdigest() != report.sha256:
        raise Refused("The file of this report has been altered on the server, so it is not handed out.")
    return content


@transaction.atomic
def record_download(*, report: BoardReport, user: User) -> None:
    """Remember who took a copy."""
    Download.objects.create(report=report, user=user, at=now())


def sweep(*, at: datetime | None = None) -> int:
    """Send again every report nobody holds: the message was lost, or the worker died. Returns how many."""
    keys = list(BoardReport.objects.unfinished(at or now()).values_list("pk", flat=True))
    for key in keys:
        wake(BUILD_TASK, key)
    return len(keys)
