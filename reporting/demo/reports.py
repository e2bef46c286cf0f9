"""The board reports of the demo: real PDFs of past months, approved and published by the people whose job it is."""

import time as clock_time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from programme.actions import mail
from programme.calendar import nth_working_day
from programme.history import recorded
from programme.models import Programme, ReportingPeriod
from programme.periods import add_months
from reporting import actions
from reporting.actions import reading, scheduling
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, working_day
from reporting.editions import Edition
from reporting.models import BoardReport
from reporting.schedule_dates import Basis

State = BoardReport.State
FULL, OUTSIDE = Edition.FULL, Edition.COMMISSIONER
# Months ago and edition to how far its report has come, by programme.
WANTED = {
    "mid-mersey": {
        (3, FULL): State.PUBLISHED,
        (2, FULL): State.PUBLISHED,
        (2, OUTSIDE): State.PUBLISHED,
        (2, Edition.YOUNG_PEOPLE): State.PUBLISHED,
        (1, FULL): State.DRAFT,
        (1, OUTSIDE): State.DRAFT,
    },
    "community": {(2, FULL): State.PUBLISHED},
}
# Months ago whose report was made again after it had been published, because a figure was corrected.
AGAIN = {"community": 2}
SCHEDULED_IN = "mid-mersey"
DECISION = "The board meets next week, and the workstreams that are silent have been chased."
CORRECTED = "One team had been counted twice; this version puts it right."
ELSEWHERE_SECONDS = 120


def events(programme: Programme, story: StoryTime, cast: Cast) -> list[Event]:
    """Freezing months that have no report yet, seeing each through at its day: the next compares with it."""
    reported = set(programme.reports.values_list("period__month", "edition"))
    found: list[Event] = []
    for (ago, edition), wanted in WANTED[programme.slug].items():
        month = story.months_ago(ago)
        if (month, edition.value) not in reported:
            at = story.not_later(_working_day_after(month, 9, 10))
            found.append((at, partial(_request, programme, month, edition, at, cast)))
            if wanted is State.PUBLISHED:
                at = story.not_later(_working_day_after(month, 11, 11))
                found.append((at, partial(_see_through, programme, month, edition, cast)))
    return found


def finish(programme: Programme, story: StoryTime, cast: Cast, say: Callable[[str], object]) -> None:
    """Build what waits, and bring each report as far as the story wants it. A failure is said, and can be retried."""
    first_start = programme.slug == SCHEDULED_IN and not programme.report_schedules.exists()
    done = set(programme.reports.published().values_list("period__month", "edition"))
    for (ago, edition), wanted in WANTED[programme.slug].items():
        month = story.months_ago(ago)
        of_month = programme.reports.filter(period__month=month, edition=edition).select_related("period")
        report = of_month.order_by("-version").first()
        if report is None:
            continue
        if (month, edition.value) not in done:
            _build(report, say)
            if wanted is State.PUBLISHED:
                _publish(report, cast, _moments(month))
                first_start = True
        if AGAIN.get(programme.slug) == ago and list(of_month.values_list("state", flat=True)) == [State.PUBLISHED]:
            _make_again(report.period, story, cast, say)
            first_start = True
    if first_start and programme.slug == SCHEDULED_IN:
        _schedule(programme, story, cast)
    if first_start:
        mail.deliver_waiting(at=story.now)  # what readers were told of it


def _make_again(period: ReportingPeriod, story: StoryTime, cast: Cast, say: Callable[[str], object]) -> None:
    """Today a second version is made and published, by which the first is superseded."""
    at = story.now - timedelta(hours=3)
    again = actions.request_report(period=period, by=cast.accounts["office"], decision=CORRECTED, at=at)
    _build(again, say)
    _publish(again, cast, [at + timedelta(hours=1), at + timedelta(hours=2)])


def _schedule(programme: Programme, story: StoryTime, cast: Cast) -> None:
    """Two schedules from today on, the board's next dates, and a link for somebody without an account."""
    if programme.report_schedules.exists():
        return
    office, approver = cast.accounts["office"], cast.accounts["approver"]
    for edition, basis, days, told, named in (
        (FULL, Basis.AFTER_CLOSE, 2, ["slt"], [cast.accounts["lead"].pk]),
        (OUTSIDE, Basis.BEFORE_BOARD, 3, ["commissioner"], []),
    ):
        wanted = scheduling.Wanted(edition, basis, days, 7, told, approver, named)
        scheduling.add_schedule(programme=programme, wanted=wanted, by=office, at=story.now)
    for ahead in (1, 2, 3):
        month = add_months(story.month, ahead)
        meets = nth_working_day(month.year, month.month, 14)
        scheduling.add_board_date(programme=programme, on=meets, by=office, at=story.now)
    newest = programme.reports.published().filter(edition=OUTSIDE).first()
    if newest:
        for_whom = "Moira Tansey, Harbourside Families Forum"
        reading.make_link(report=newest, for_whom=for_whom, days=30, by=office, at=story.now)


def _request(programme: Programme, month: date, edition: Edition, at: datetime, cast: Cast) -> None:
    period, office = programme.periods.get(month=month), cast.accounts["office"]
    actions.request_report(period=period, by=office, edition=edition, decision=DECISION, at=at)


def _see_through(programme: Programme, month: date, edition: Edition, cast: Cast) -> None:
    """Built, approved and published."""
    report = programme.reports.filter(period__month=month, edition=edition).order_by("-version").first()
    if report is not None and report.state != State.PUBLISHED:
        _build(report, _silently)
        report.refresh_from_db()
        _publish(report, cast, _moments(month))


def _silently(_line: str) -> None:
    """Say nothing."""


def _moments(month: date) -> list[datetime]:
    """When a month's report is approved, and when published."""
    return [_working_day_after(month, day, hour) for day, hour in ((10, 14), (11, 11))]


def _build(report: BoardReport, say: Callable[[str], object]) -> None:
    """Here, or in a worker that was quicker; then give the file the day the story gives it."""
    if report.state == State.DRAFT and report.built_at == report.requested_at:
        return
    if report.state in {State.QUEUED, State.BUILDING}:
        say(f"Making the board report of {report.period}")
        actions.build(report_id=report.pk, at=report.requested_at)
    limit = clock_time.monotonic() + ELSEWHERE_SECONDS
    report.refresh_from_db()
    while report.state in {State.QUEUED, State.BUILDING} and clock_time.monotonic() < limit:
        clock_time.sleep(0.5)
        report.refresh_from_db()
    with recorded(by=None, action="Dated the demo's report", at=report.requested_at):
        BoardReport.objects.filter(pk=report.pk, state=State.DRAFT).update(built_at=report.requested_at)
    if report.state == State.FAILED:
        say(f"The board report of {report.period} could not be made: {report.failure}")


def _publish(report: BoardReport, cast: Cast, moments: Sequence[datetime]) -> None:
    """Approved at the first moment, published at the second, as far as it has not been."""
    approved, published = moments
    if report.state == State.DRAFT:
        actions.approve(report=report, by=cast.accounts["approver"], at=approved)
        report.refresh_from_db()
    if report.state == State.APPROVED:
        actions.publish(report=report, by=cast.accounts["office"], at=published)


def _working_day_after(month: date, number: int, hour: int) -> datetime:
    return working_day(add_months(month, 1), number, hour, 15)
