"""The board reports of the demo: real PDFs of past months, approved and published by the people whose job it is."""

import time as clock_time
from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from programme.history import recorded
from programme.models import Programme, ReportingPeriod
from programme.periods import add_months
from reporting import actions
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, working_day
from reporting.models import BoardReport

State = BoardReport.State
# Months ago to how far its report has come, by programme.
WANTED = {
    "mid-mersey": {3: State.PUBLISHED, 2: State.PUBLISHED, 1: State.DRAFT},
    "community": {2: State.PUBLISHED},
}
ELSEWHERE_SECONDS = 120


def events(programme: Programme, story: StoryTime, cast: Cast) -> list[Event]:
    """Freezing the snapshots of months that have no report yet."""
    reported = set(programme.reports.values_list("period__month", flat=True))
    found: list[Event] = []
    for ago in WANTED[programme.slug]:
        month = story.months_ago(ago)
        if month not in reported:
            at = story.not_later(_working_day_after(month, 9, 10))
            found.append((at, partial(_request, programme, month, at, cast)))
    return found


def finish(programme: Programme, story: StoryTime, cast: Cast, say: Callable[[str], object]) -> None:
    """Build what waits, and bring each report as far as the story wants it. A failure is said, and can be retried."""
    for ago, wanted in WANTED[programme.slug].items():
        period = programme.periods.get(month=story.months_ago(ago))
        report = period.reports.order_by("-version").first()
        if report is None or period.reports.published().exists():
            continue
        if report.state in {State.QUEUED, State.BUILDING}:
            say(f"Making the board report of {period}")
            _build(report)
        if report.state == State.FAILED:
            say(f"The board report of {period} could not be made: {report.failure}")
        elif wanted is State.PUBLISHED:
            _publish(report, period, cast)


def _request(programme: Programme, month: date, at: datetime, cast: Cast) -> None:
    actions.request_report(period=programme.periods.get(month=month), by=cast.accounts["office"], at=at)


def _build(report: BoardReport) -> None:
    """Here, or in a worker that was quicker; then give the file the day the story gives it."""
    actions.build(report_id=report.pk)
    limit = clock_time.monotonic() + ELSEWHERE_SECONDS
    report.refresh_from_db()
    while report.state in {State.QUEUED, State.BUILDING} and clock_time.monotonic() < limit:
        clock_time.sleep(0.5)
        report.refresh_from_db()
    with recorded(by=None, action="Dated the demo's report", at=report.requested_at):
        BoardReport.objects.filter(pk=report.pk, state=State.DRAFT).update(built_at=report.requested_at)


def _publish(report: BoardReport, period: ReportingPeriod, cast: Cast) -> None:
    if report.state == State.DRAFT:
        at = _working_day_after(period.month, 10, 14)
        actions.approve(report=report, by=cast.accounts["approver"], at=at)
        report.refresh_from_db()
    if report.state == State.APPROVED:
        at = _working_day_after(period.month, 11, 11)
        actions.publish(report=report, by=cast.accounts["office"], at=at)


def _working_day_after(month: date, number: int, hour: int) -> datetime:
    return working_day(add_months(month, 1), number, hour, 15)
