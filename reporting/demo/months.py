"""The months of a demo programme: who sent what when, who stayed silent, and when a month was closed."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from programme.actions import periods
from programme.calendar import add_working_days
from programme.models import Programme, ReportingPeriod
from programme.periods import add_months
from programme.status import Rag
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, Told, working_day
from workstreams import promises
from workstreams.actions import updates
from workstreams.actions.declaring import NO_PATH, PathToGreen
from workstreams.changes import Outcome
from workstreams.models import Assignment, MonthlyUpdate, Workstream
from workstreams.sections import Section

RECENT = 4  # months of a story that go on being told in turn
OPEN_MONTHS = 2  # months back in which the office still takes a late update


def first_month_ago(told: Told) -> int:
    """How far back the story's months begin."""
    return max(int(update["months_ago"]) for each in told["workstreams"] for update in each["example_updates"])


def events(programme: Programme, told: Told, story: StoryTime, cast: Cast) -> list[Event]:
    """Updates not sent yet whose moment has come, and the closing of the months behind them."""
    rows = {row.slug: row for row in programme.workstreams.all()}
    reporting = set(programme.workstreams.reporting_on(story.today).values_list("pk", flat=True))
    updates_begun = MonthlyUpdate.objects.filter(workstream__programme=programme)
    begun = set(updates_begun.values_list("workstream", "period__month"))
    periods_open = {p.month: p for p in programme.periods.ordinary().filter(closed_at=None)}
    first = _first_story_month(programme, told, story)
    found: list[Event] = []
    for each in told["workstreams"]:
        row = rows[each["slug"]]
        planned = [*_first_told(each, first), *(_told_since(each, first, story) if row.pk in reporting else ())]
        found += [
            event
            for update in planned
            if update.month in periods_open and (row.pk, update.month) not in begun and update.at <= story.now
            for event in _happens(row, periods_open[update.month], update, story, cast)
        ]
    return [*found, *_closings(periods_open, story, cast)]


def _first_story_month(programme: Programme, told: Told, story: StoryTime) -> date:
    """The month the story stood in when it was first told, read from the oldest month it told."""
    examples = MonthlyUpdate.objects.filter(workstream__programme=programme, is_example=True)
    oldest = examples.order_by("period__month").values_list("period__month", flat=True).first()
    return add_months(oldest, first_month_ago(told)) if oldest else story.month


@dataclass(frozen=True)
class _Planned:
    """An update as the story wants it."""

    month: date
    at: datetime
    told: Told


def _first_told(told: Told, first: date) -> Iterator[_Planned]:
    """The months before `first`, the month the story stood in when it was first told."""
    for update in told["example_updates"]:
        month = add_months(first, -update["months_ago"])
        yield _Planned(month, _sent_at(told, month, update), update)


def _told_since(told: Told, first: date, story: StoryTime) -> Iterator[_Planned]:
    """The months since then: the story's newest months again in turn, so that no month repeats the one before.

    Silence is told relative to the day. Who has been silent for long stays so; where only the newest month is ever
    missing, it is sent a month late, once the next one takes its place.
    """
    recent = sorted(
        (u for u in told["example_updates"] if u["months_ago"] <= RECENT), key=lambda u: -int(u["months_ago"])
    )
    silent, often_late = told["silent_months_ago"], 1 in told["silent_months_ago"]
    months = [add_months(first, turn - 1) for turn in range(_months_between(first, story.month) + 1)]
    for turn, month in enumerate(months):
        if recent and _months_between(month, story.month) not in silent and (turn or often_late):
            update = recent[turn % len(recent)]
            at = working_day(add_months(month, 2), 2, 10) if often_late else _sent_at(told, month, update)
            yield _Planned(month, at, update)


def _months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _sent_at(told: Told, month: date, update: Told) -> datetime:
    """On the working day the story gives, at an hour of its own."""
    spread = zlib.crc32(f"{told['slug']} {month}".encode())
    return working_day(add_months(month, 1), update["sent_working_day"], 9 + spread % 8, spread // 8 % 60)


def _happens(
    row: Workstream, period: ReportingPeriod, planned: _Planned, story: StoryTime, cast: Cast
) -> Iterator[Event]:
    """An update is sent, or says that nothing has changed; and later perhaps it is corrected."""
    act = _say_no_change if planned.told.get("no_change") else partial(_send, story=story)
    yield planned.at, partial(act, row, period, planned, cast)
    corrected = planned.told.get("corrected")
    if corrected:
        at = working_day(add_months(planned.month, 1), corrected["working_day"], 15)
        yield at, partial(_correct, row, period, planned, cast, at)


def _say_no_change(workstream: Workstream, period: ReportingPeriod, planned: _Planned, cast: Cast) -> None:
    leads = Assignment.objects.in_force(planned.at.date()).leads().filter(workstream=workstream)
    lead = leads.select_related("person").get().who
    updates.confirm_no_change(
        workstream=workstream,
        period=period,
        by=cast.account_of(lead),
        by_name=lead.name,
        at=planned.at,
        is_example=True,
    )


def _correct(workstream: Workstream, period: ReportingPeriod, planned: _Planned, cast: Cast, at: datetime) -> None:
    told = planned.told["corrected"]
    items = {Section(section): list(texts) for section, texts in planned.told["items"].items()}
    items[Section(told["section"])][told["place"]] = told["text"]
    updates.correct(
        update=MonthlyUpdate.objects.get(workstream=workstream, period=period),
        items=items,
        rating=Rag(planned.told["rating"]),
        reason=planned.told["reason"] or "",
        because=told["because"],
        number=1,
        by=cast.accounts["office"],
        path=_path(planned, cast),
        at=at,
    )


def _promises(
    workstream: Workstream, period: ReportingPeriod, told: Told, story: StoryTime
) -> Iterator[updates.PromiseAnswer]:
    """What became of earlier next steps, as far as they were given and wait for an answer."""
    waiting = {promise.text: promise.key for promise in promises.open_before(workstream, period)}
    for each in told.get("promises", ()):
        if each["text"] in waiting:
            when = story.window(each["when"]) if "when" in each else None
            outcome, reason = Outcome(each["outcome"]), each.get("reason", "")
            yield updates.PromiseAnswer(waiting[each["text"]], outcome, when=when, reason=reason)


def _send(workstream: Workstream, period: ReportingPeriod, planned: _Planned, cast: Cast, *, story: StoryTime) -> None:
    leads = Assignment.objects.in_force(planned.at.date()).leads().filter(workstream=workstream)
    assigned = leads.select_related("person").first()
    lead = assigned.who if assigned else None
    told = cast.accounts["office"] if lead and planned.told.get("told_to_office") else None
    updates.send(
        workstream=workstream,
        period=period,
        items={Section(section): texts for section, texts in planned.told["items"].items()},
        rating=Rag(planned.told["rating"]),
        reason=planned.told["reason"] or "",
        by=told or (cast.account_of(lead) if lead else None),
        by_name=lead.name if lead else "",
        on_behalf_of=lead if told else None,
        source_note=planned.told["told_to_office"] if told else "",
        path=_path(planned, cast),
        promises=list(_promises(workstream, period, planned.told, story)),
        at=planned.at,
        is_example=True,
    )


def _path(planned: _Planned, cast: Cast) -> PathToGreen:
    """The way back to Green of a Red, by a day counted from the one it was sent on."""
    told = planned.told.get("path")
    if not told:
        return NO_PATH
    owner = cast.people.get(told["owner"])
    by = add_working_days(planned.at.date(), told["working_days"])
    return PathToGreen(told["action"], by, owner, "" if owner else told["owner"])


def _closings(periods_open: dict[date, ReportingPeriod], story: StoryTime, cast: Cast) -> Iterator[Event]:
    """Months well behind are closed; the newest ones stay open, so that a lead still has something to post."""
    for month, period in periods_open.items():
        if month < story.months_ago(OPEN_MONTHS):
            at = working_day(add_months(month, 2), 9, 17, 30)
            yield at, partial(periods.close, period=period, by=cast.accounts["office"], at=at)
