"""What the demo's office did with its months: froze those well behind, chased who was late, returned one update."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import partial

from django.db.models import OuterRef, Subquery

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
from workstreams.models import Assignment, MonthlyUpdate, Reminder, UpdateEvent, UpdateRevision
from workstreams.sections import Section

FROZEN_MONTHS = 2  # months back that are still open or only closed
RETURNED_IN = "mid-mersey"
RETURNED = "mhst"  # its lead sends the open month early, and is asked to say more
EARLY = {
    Section.PROGRESS: ["The October figures are with the schools", "Two supervisors are back from leave"],
    Section.NEXT_STEPS: ["Agree the spring timetable with the schools"],
}
AGAIN = {
    Section.PROGRESS: ["14 of 19 schools have sent their October figures; the other 5 will by the end of the month"],
    Section.NEXT_STEPS: ["Agree the spring timetable with the 14 schools, then with the other 5"],
}
WHY = "Please say how many schools answered, and by when the others are expected to."


def events(programme: Programme, story: StoryTime, cast: Cast) -> list[Event]:
    """What should have happened and has not yet."""
    running = {period.month: period for period in programme.periods.ordinary().filter(frozen_at=None)}
    return [
        *_freezings(running.values(), story, cast),
        *_chasing(running.get(story.months_ago(1)), story, cast),
        *_return(programme, running, story, cast),
    ]


def _freezings(running: Iterable[ReportingPeriod], story: StoryTime, cast: Cast) -> Iterator[Event]:
    """Two working days after a month was closed."""
    for period in running:
        if period.month < story.months_ago(FROZEN_MONTHS):
            at = working_day(add_months(period.month, 2), 11, 10)
            yield at, partial(actions.freeze_month, period=period, by=cast.accounts["office"], at=at)


def _yesterday(story: StoryTime, hour: int) -> datetime:
    """On the working day before the day of the demo."""
    return datetime.combine(add_working_days(story.today, -1), time(hour, 20), tzinfo=LONDON)


def _chasing(period: ReportingPeriod | None, story: StoryTime, cast: Cast) -> Iterator[Event]:
    """Yesterday, once for each month."""
    at = _yesterday(story, 10)
    if period is None or period.closed_at or period.due_on >= at.date():
        return
    if not Reminder.objects.filter(period=period, kind=MailKind.CHASED).exists():
        yield at, partial(_chase, period, cast, at)


def _chase(period: ReportingPeriod, cast: Cast, at: datetime) -> None:
    reminding.chase(period=period, by=cast.accounts["office"], at=at)
    mail.deliver_waiting(at=at)


def _return(
    programme: Programme, running: Mapping[date, ReportingPeriod], story: StoryTime, cast: Cast
) -> Iterator[Event]:
    """The open month of one workstream: sent early, returned the same afternoon, and sent again when it is due."""
    newest = UpdateEvent.objects.filter(update=OuterRef("pk")).order_by("-at", "-pk")
    told = MonthlyUpdate.objects.filter(workstream__programme=programme, workstream__slug=RETURNED)
    last = dict(told.values_list("period__month", Subquery(newest.values("kind")[:1])))
    for month, period in running.items():
        due = working_day(add_months(month, 1), 3, 12)
        if last.get(month) == UpdateEvent.Kind.RETURNED and month < story.month and not period.closed_at:
            yield due, partial(_send, programme, period, AGAIN, cast, due)
    at, period_now = _yesterday(story, 11), running.get(story.month)
    if programme.slug == RETURNED_IN and period_now and story.month not in last and period_now.opens_on <= at.date():
        yield at, partial(_send_and_return, programme, period_now, cast, at)


def _send_and_return(programme: Programme, period: ReportingPeriod, cast: Cast, at: datetime) -> None:
    sent = _send(programme, period, EARLY, cast, at)
    later = at.replace(hour=15)
    office.return_update(update=sent.update, reason=WHY, by=cast.accounts["office"], at=later)


def _send(
    programme: Programme, period: ReportingPeriod, items: updates.Items, cast: Cast, at: datetime
) -> UpdateRevision:
    workstream = programme.workstreams.get(slug=RETURNED)
    lead = Assignment.objects.in_force(at.date()).leads().filter(workstream=workstream).select_related("person")[0].who
    return updates.send(
        workstream=workstream,
        period=period,
        items=items,
        rating=Rag.GREEN,
        reason="",
        by=cast.account_of(lead),
        by_name=lead.name,
        at=at,
        is_example=True,
    )
