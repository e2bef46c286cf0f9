"""Building a report that was asked for: once, whatever is killed, lost or doubled on the way.

The row is made in the web transaction; a worker *claims* it by a conditional UPDATE that counts the attempt and takes
a lease; every later write says `state = 'building' AND attempt = …`; the file is put whole into the storage
(storage.py), and its hash and the state are saved together. A sweeper sends again whatever nobody holds.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from programme.clock import now
from programme.history import recorded
from programme.models import User
from programme.queue import wake
from programme.refusals import Refused
from reporting import pdf, storage
from reporting.actions import telling
from reporting.authenticity import mark
from reporting.board import SECTIONS, compose
from reporting.board_facts import SCHEMA
from reporting.board_html import board_html
from reporting.editions import Edition
from reporting.models import BoardReport, BoardReportQuerySet

logger = logging.getLogger(__name__)

State = BoardReport.State
ATTEMPTS = 3  # before people are asked; each time somebody tries again there are as many more
BUILD_TASK = "reporting.build"
WRITING = "Writing the words and tables"
STAGE_WORDS = {
    pdf.Stage.READING: "Reading the frozen figures and words",
    pdf.Stage.LAYING_OUT: "Laying out the pages",
    pdf.Stage.DRAWING: "Drawing the pages",
    pdf.Stage.TAGGING: "Adding headings and tags for screen readers",
}
STAGES = len(STAGE_WORDS) + 1


def claim(*, report_id: int, at: datetime | None = None) -> BoardReport | None:
    """Take a report nobody holds. None where somebody else has it, it is finished, or its attempts are used up."""
    moment = at or now()
    with transaction.atomic(), recorded(by=None, action="Began building the report", at=moment):
        free = BoardReport.objects.filter(pk=report_id).unfinished(moment).alias(in_round=F("attempt") % ATTEMPTS)
        used_up = Q(state=State.BUILDING, in_round=0)
        taken = free.exclude(used_up).update(
            state=State.BUILDING,
            attempt=F("attempt") + 1,
            lease_until=moment + _lease(),
            stage="",
            stages_done=0,
            section="",
        )
        if not taken:
            stopped = f"The report stopped {ATTEMPTS} times while it was being made. You can try again."
            if free.filter(used_up).update(state=State.FAILED, failure=stopped):
                telling.failed(BoardReport.objects.get(pk=report_id), moment)
            return None
    return BoardReport.objects.select_related("snapshot").get(pk=report_id)


def build(*, report_id: int, at: datetime | None = None) -> None:
    """Claim a report and make its PDF. Ends in a draft or a failure with a reason; safe to call any number of times."""
    report = claim(report_id=report_id)
    if report is None:
        return
    try:
        rendered = pdf.render(
            _written(report),
            on_stage=lambda stage: at_stage(report, stage),
            limits=pdf.Limits(cpu_seconds=settings.RENDER_TIME_LIMIT, wall_seconds=settings.RENDER_TIME_LIMIT),
        )
        finish(report, rendered, at or now())
    except LostLeaseError:
        return
    except (NotWrittenError, storage.NotReachedError) as fault:
        again_or_fail(report, str(fault))
    except pdf.RenderFailed as failure:
        if failure.reason is pdf.Reason.STOPPED:
            again_or_fail(report, str(failure))
        else:
            fail(report, str(failure))
    except OSError as error:  # the file could not be put in its place
        fail(report, pdf.reason_of(error).sentence)


class LostLeaseError(Exception):
    """The report is no longer this worker's: taken over, or cancelled. Whatever it does next must change nothing."""


class NotWrittenError(Exception):
    """A part of the report could not be written. The text is the sentence for people."""


def _written(report: BoardReport) -> str:
    """The report as one page, each section said as it is reached. What goes wrong in one is told with its name."""
    content, edition = report.snapshot.content, Edition(report.edition)
    try:
        if content["schema"] == SCHEMA:
            compose(content, edition, sections={edition: _announced(report, edition)})
        page = board_html(content, edition)
    except Exception as fault:
        if isinstance(fault.__cause__, LostLeaseError):
            raise fault.__cause__ from None
        logger.exception("Report %s could not be written.", report.pk)
        known = str(fault) if getattr(fault, "section", "") else ""  # what names its section is a sentence for people
        raise NotWrittenError(known or f"The report could not be written ({type(fault).__name__}).") from fault
    return marked(page, mark(report.snapshot.sha256, edition))


def marked(page: str, words: str) -> str:
    """The page with the mark by which Verify knows a file that was changed afterwards."""
    return page.replace("</head>", f'<meta name="keywords" content="{words}">\n</head>', 1)


def _announced(report: BoardReport, edition: Edition) -> list[tuple[str, Callable[..., Any]]]:
    """The sections of an edition, each of which says on the report's row that it is being written."""

    def announced(name: str, composer: Callable[..., Any]) -> Callable[..., Any]:
        def said(*facts: Any) -> Any:
            at_section(report, name)
            return composer(*facts)

        return said

    return [(name, announced(name, composer)) for name, composer in SECTIONS[edition]]


def _lease() -> timedelta:
    """How long a worker may be silent before another takes its report over."""
    return timedelta(seconds=settings.REPORT_LEASE_SECONDS)


def _held(report: BoardReport) -> BoardReportQuerySet:
    """The row, only while this attempt still holds it."""
    return BoardReport.objects.filter(pk=report.pk, state=State.BUILDING, attempt=report.attempt)


def at_section(report: BoardReport, section: str) -> None:
    """Say which part is being written, and renew the lease. Raises LostLeaseError as `at_stage` does."""
    _say(report, stage=WRITING, stages_done=0, section=section)


def at_stage(report: BoardReport, stage: pdf.Stage) -> None:
    """Say how far the work is, and renew the lease. Raises LostLeaseError where the report is no longer ours."""
    _say(report, stage=STAGE_WORDS[stage], stages_done=list(STAGE_WORDS).index(stage) + 1, section="")


def _say(report: BoardReport, *, stage: str, stages_done: int, section: str) -> None:
    with recorded(by=None, action="Building the report"):
        held = _held(report).update(
            stage=stage, stages_done=stages_done, section=section[:200], lease_until=now() + _lease()
        )
    if not held:
        raise LostLeaseError


def finish(report: BoardReport, rendered: pdf.RenderedPdf, moment: datetime) -> None:
    """Put the file in place and, in one transaction, say so. An attempt that lost its lease leaves nothing visible."""
    folder = str(report.programme_id)
    name = f"{folder}/{report.pk}-{report.attempt}-{rendered.sha256[:16]}.pdf"
    storage.put(name, rendered.content)
    with transaction.atomic(), recorded(by=None, action="Built the report", at=moment):
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
        if done:
            # By attempts that were killed just before they could say so. The row is ours until this is saved.
            for left_behind in storage.beginning_with(folder, f"{report.pk}-"):
                if left_behind != name:
                    storage.forget(left_behind)
            telling.waits_for_approval(report, moment)
    if not done:
        storage.forget(name)
        raise LostLeaseError


@transaction.atomic
def fail(report: BoardReport, reason: str) -> None:
    """Stop with a reason, and tell the office."""
    with recorded(by=None, action="The report could not be built", reason=reason):
        if _held(report).update(state=State.FAILED, failure=reason, lease_until=None):
            telling.failed(report, now())


def again_or_fail(report: BoardReport, reason: str) -> None:
    """What may pass by itself is tried again by the next free worker, as often as attempts are left.

    A renderer is mostly killed for memory that others will give back; a part may meet a fault of the moment.
    """
    if not report.attempt % ATTEMPTS:
        fail(report, reason)
        return
    with recorded(by=None, action="The report has to be tried again", reason=reason):
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
            section="",
            lease_until=None,
            requested_at=now(),
        )
    if not again:
        raise Refused("Only a report that could not be built can be tried again.")
    wake(BUILD_TASK, report.pk)


@transaction.atomic
def cancel(*, report: BoardReport, by: User, at: datetime | None = None) -> None:
    """Stop a report that is waiting or being built. Its worker notices at its next word and leaves nothing behind."""
    with recorded(by=by, action="Cancelled the report", at=at):
        stopped = BoardReport.objects.filter(pk=report.pk, state__in=[State.QUEUED, State.BUILDING]).update(
            state=State.CANCELLED, lease_until=None, stage="", section=""
        )
    if not stopped:
        raise Refused("This report is not being built any more, so there is nothing to cancel.")


def sweep(*, at: datetime | None = None) -> int:
    """Send again every report nobody holds: the message was lost, or the worker died. Returns how many."""
    keys = list(BoardReport.objects.unfinished(at or now()).values_list("pk", flat=True))
    for key in keys:
        wake(BUILD_TASK, key)
    return len(keys)
