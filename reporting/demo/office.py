"""What the demo's office did with its months: froze those well behind, chased who was late, returned one update."""

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial

from programme.actions import mail
from programme.calendar import add_working_days
from programme.clock import LONDON
from programme.mail_kinds import MailKind
from programme.models import Programme, ReportingPeriod
from programme.periods import add_months
from programme.status import Rag
from reporting import actions
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, working_day
from workstreams.actions import office, reminding, updates
from workstreams.models import Assignment, MonthlyUpdate, Reminder
from workstreams.sections import Section

FROZEN_MONTHS = 2  # months back that are still open or only closed
RETURNED = "mhst"  # its lead sends the open month early, and is asked to say more
EARLY = {
    Section.PROGRESS: ["The October figures are with the schools", "Two supervisors are back from leave"],
    Section.NEXT_STEPS: ["Agree the spring timetable with the schools"],
}
WHY = "Please say how many schools answered, and by when the others are expected to."


def events(programme: Programme, story: StoryTime, cast: Cast) -> list[Event]:
    """What should have happened and has not yet."""
    return [*_freezings(programme, story, cast), *_chasing(programme, story, cast), *_return(programme, story, cast)]


def _freezings(programme: Programme, story: StoryTime, cast: Cast) -> Iterator[Event]:
    """Two working days after a month was closed."""
    for period in programme.periods.ordinary().filter(frozen_at=None, month__lt=story.months_ago(FROZEN_MONTHS)):
        at = working_day(add_months(period.month, 2), 11, 10)
        yield at, partial(actions.freeze_month, period=period, by=cast.accounts["office"], at=at)


def _yesterday(story: StoryTime, hour: int) -> datetime:
    """On the working day before the day of the demo."""
    return datetime.combine(add_working_days(story.today, -1), time(hour, 20), tzinfo=LONDON)


def _chasing(programme: Programme, story: StoryTime, cast: Cast) -> Iterator[Event]:
    """Yesterday, once for each month."""
    period = programme.periods.filter(month=story.months_ago(1), closed_at=None).first()
    chased = Reminder.objects.filter(period=period, kind=MailKind.CHASED)
    at = _yesterday(story, 10)
    if period and period.due_on < at.date() and not chased.exists():
        yield at, partial(_chase, period, cast, at)


def _chase(period: ReportingPeriod, cast: Cast, at: datetime) -> None:
    reminding.chase(period=period, by=cast.accounts["office"], at=at)
    mail.deliver_waiting(at=at)


def _return(programme: Programme, story: StoryTime, cast: Cast) -> Iterator[Event]:
    """The open month of one workstream: sent early, and returned the same afternoon."""
    workstream = programme.workstreams.filter(slug=RETURNED).first()
    period = programme.periods.filter(month=story.month, closed_at=None).first()
    begun = MonthlyUpdate.objects.filter(workstream=workstream, period=period)
    at = _yesterday(story, 11)
    if workstream and period and period.opens_on <= at.date() and not begun.exists():
        yield at, partial(_send_and_return, programme, period, cast, at)


def _send_and_return(programme: Programme, period: ReportingPeriod, cast: Cast, at: datetime) -> None:
    workstream = programme.workstreams.get(slug=RETURNED)
    lead = Assignment.objects.in_force(at.date()).leads().filter(workstream=workstream).select_related("person")[0].who
    sent = updates.send(
        workstream=workstream,
        period=period,
        items=EARLY,
        rating=Rag.GREEN,
        reason="",
        by=cast.account_of(lead),
        by_name=lead.name,
        at=at,
        is_example=True,
    )
    later = at.replace(hour=15)
    office.return_update(update=sent.update, reason=WHY, by=cast.accounts["office"], at=later)
