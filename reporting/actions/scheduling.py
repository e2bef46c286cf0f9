"""Schedules: set up, changed, paused, run now; and the tick that makes what has fallen due.

The tick may run at any time, twice at once or not for days. A date of a schedule has one row, made under the
schedule's own lock, so that what was made is never made again; what was missed is made once when the tick is back.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from programme.actions.periods import rule_of
from programme.clock import day_of, now
from programme.dates import day_words
from programme.history import recorded
from programme.models import Programme, ReportingPeriod, User
from programme.permissions import roles_with
from programme.refusals import Refused, Stale
from programme.roles import Permission
from programme.wording import listed
from reporting.actions import telling
from reporting.actions.deciding import check_roles
from reporting.actions.requesting import request_report
from reporting.editions import Edition
from reporting.models import BoardDate, BoardReport, ReportSchedule, ScheduledRun
from reporting.months import month_on_show
from reporting.readers import chosen, in_roles
from reporting.schedule_dates import Basis, Due, dates_of, missed, months_around, next_dates

logger = logging.getLogger(__name__)
Run = ScheduledRun.State
ATTEMPTS = 3


@dataclass(frozen=True)
class Wanted:
    """What a schedule is to be."""

    edition: Edition
    basis: Basis
    working_days: int
    hour: int
    told_roles: list[str]
    approver: User
    told_people: list[int] = field(default_factory=list)  # accounts, by their keys


@transaction.atomic
def add_schedule(*, programme: Programme, wanted: Wanted, by: User, at: datetime | None = None) -> ReportSchedule:
    """Set up a schedule. Its first date is the next one; what lies behind is not made up for."""
    _check(programme, wanted, by, at or now())
    with recorded(by=by, action="Set up a schedule of reports", at=at):
        return ReportSchedule.objects.create(programme=programme, by=by, since=at or now(), **vars(wanted))


@transaction.atomic
def change_schedule(
    *, schedule: ReportSchedule, wanted: Wanted, version: int, by: User, at: datetime | None = None
) -> ReportSchedule:
    """Change it. Its reports are made in the name of whoever changed it last, from the next date on."""
    current = ReportSchedule.objects.select_for_update().get(pk=schedule.pk)
    if current.version != version:
        raise Stale(current)
    if current.ended_at:
        raise Refused("This schedule has been ended.")
    _check(current.programme, wanted, by, at or now())
    with recorded(by=by, action="Changed a schedule of reports", at=at):
        for name, value in vars(wanted).items():
            setattr(current, name, value)
        current.by, current.since, current.version = by, at or now(), current.version + 1
        current.save()
    return current


def approvers(programme: Programme, moment: datetime) -> Iterable[User]:
    """Who may approve reports of the programme."""
    return in_roles(programme.pk, roles_with(Permission.APPROVE_REPORTS), moment)


def _check(programme: Programme, wanted: Wanted, by: User, moment: datetime) -> None:
    if wanted.approver.pk == by.pk:
        raise Refused("A schedule's reports are made in your name, so somebody else has to approve them.")
    if wanted.approver.pk not in {user.pk for user in approvers(programme, moment)}:
        raise Refused(f"{wanted.approver.name} may not approve reports of this programme.")
    check_roles(wanted.edition, wanted.told_roles)
    unable = chosen(programme.pk, wanted.edition, wanted.told_people, moment).left
    if unable:
        raise Refused(f"{listed([user.name for user in unable])} may not read the {wanted.edition.words.lower()}.")


@transaction.atomic
def pause(*, schedule: ReportSchedule, by: User, at: datetime | None = None) -> None:
    """Make nothing until it is taken up again."""
    with recorded(by=by, action="Paused a schedule of reports", at=at):
        ReportSchedule.objects.running().filter(pk=schedule.pk).update(paused_at=at or now())


@transaction.atomic
def resume(*, schedule: ReportSchedule, by: User, at: datetime | None = None) -> None:
    """Take it up again from the next date; dates of the pause are not made up for."""
    with recorded(by=by, action="Took up a schedule of reports again", at=at):
        paused = ReportSchedule.objects.standing().filter(pk=schedule.pk, paused_at__isnull=False)
        paused.update(paused_at=None, since=at or now())


@transaction.atomic
def end(*, schedule: ReportSchedule, by: User, at: datetime | None = None) -> None:
    """Make no more reports by it, ever. What it made stays."""
    with recorded(by=by, action="Ended a schedule of reports", at=at):
        ReportSchedule.objects.standing().filter(pk=schedule.pk).update(ended_at=at or now())


@transaction.atomic
def run_now(*, schedule: ReportSchedule, by: User, at: datetime | None = None) -> BoardReport:
    """Make the schedule's report of the newest month at once, in the name of whoever asks. Its dates stay."""
    period = month_on_show(schedule.programme, day_of(at or now()))
    if period is None:
        raise Refused("There is no month to report on yet.")
    if schedule.approver_id == by.pk:
        raise Refused("You are asked to approve this schedule's reports, so somebody else has to start it.")
    return request_report(period=period, by=by, edition=Edition(schedule.edition), schedule=schedule, at=at)


@transaction.atomic
def add_board_date(*, programme: Programme, on: date, by: User, at: datetime | None = None) -> BoardDate:
    """Say that the board meets on a day. A day that is known already is left as it is."""
    with recorded(by=by, action="Added a board date", at=at):
        return BoardDate.objects.get_or_create(programme=programme, on=on)[0]


@transaction.atomic
def remove_board_date(*, board_date: BoardDate, by: User, at: datetime | None = None) -> None:
    """The board does not meet on that day."""
    with recorded(by=by, action="Removed a board date", at=at):
        BoardDate.objects.filter(pk=board_date.pk).delete()


# -- dates -------------------------------------------------------------------------------------------------------------


def dates_for(schedule: ReportSchedule, today: date) -> list[Due]:
    """Every date of a schedule from a quarter ago to half a year ahead."""
    programme = schedule.programme
    known = [period.days for period in programme.periods.all()]
    boards = [each.on for each in programme.board_dates.all()]
    return dates_of(schedule.rule, months_around(today, known, rule_of(programme)), boards)


def next_for(schedule: ReportSchedule, moment: datetime) -> list[Due]:
    """The next five."""
    return next_dates(dates_for(schedule, day_of(moment)), moment)


# -- the tick ----------------------------------------------------------------------------------------------------------


def tick(*, at: datetime | None = None) -> int:
    """Ask for every report that has fallen due and was not asked for. Returns how many were."""
    moment = at or now()
    made = 0
    for schedule in ReportSchedule.objects.running().select_related("programme"):
        done = set(schedule.runs.exclude(state=Run.TRYING).values_list("day", flat=True))
        for due in missed(dates_for(schedule, day_of(moment)), since=schedule.since, now=moment, done=done):
            made += _run(schedule, due, moment)
    return made


def _run(schedule: ReportSchedule, due: Due, moment: datetime) -> bool:
    """One date. What goes wrong is remembered on its row and tried again at the next tick, three times in all."""
    period = ReportingPeriod.objects.filter(programme=schedule.programme_id, month=due.month).first()
    if period is None:
        return False
    try:
        return _make(schedule, due, period, moment)
    except Exception as fault:
        logger.exception("The report of schedule %s that was due on %s could not be asked for.", schedule.pk, due.day)
        reason = str(fault) if isinstance(fault, Refused) else f"{type(fault).__name__}: {fault}"
        _remember(schedule, due, period, reason, moment)
        return False


@transaction.atomic
def _make(schedule: ReportSchedule, due: Due, period: ReportingPeriod, moment: datetime) -> bool:
    # Another tick waits here, and then finds the row that this one has made.
    held = ReportSchedule.objects.running().select_for_update().filter(pk=schedule.pk, version=schedule.version).first()
    if held is None:
        return False
    run, _ = ScheduledRun.objects.get_or_create(schedule=held, day=due.day, defaults={"period": period, "at": moment})
    if run.state != Run.TRYING:
        return False
    report = request_report(period=period, by=held.by, edition=Edition(held.edition), schedule=held, at=moment)
    run.state, run.report, run.attempts, run.failure, run.at = Run.MADE, report, run.attempts + 1, "", moment
    run.save()
    return True


@transaction.atomic
def _remember(schedule: ReportSchedule, due: Due, period: ReportingPeriod, reason: str, moment: datetime) -> None:
    held = ReportSchedule.objects.select_for_update().select_related("programme").get(pk=schedule.pk)
    run, _ = ScheduledRun.objects.get_or_create(schedule=held, day=due.day, defaults={"period": period, "at": moment})
    if run.state != Run.TRYING:
        return
    run.attempts, run.failure, run.at = run.attempts + 1, reason, moment
    if run.attempts >= ATTEMPTS:
        run.state = Run.FAILED
        telling.not_asked_for(held, day_words(due.day), moment)
    run.save()
