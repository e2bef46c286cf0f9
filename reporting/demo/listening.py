"""What the demo heard and did about it, its pages in plain language, its money and its pages for staff."""

from datetime import datetime, timedelta
from functools import partial

from programme.calendar import add_working_days
from programme.dates import FuzzyDate, day_words
from programme.models import Programme
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, Told, read
from workstreams import staff_pages
from workstreams.actions import funding, plain, voices
from workstreams.actions import staff_pages as pages
from workstreams.actions.funding import Funding
from workstreams.hearing import Step
from workstreams.models import FundingLine, StaffPageStep, Voice, Workstream
from workstreams.money import Amounts, financial_year

MONEY_RECORDED_WEEKS = 20


def events(programme: Programme, story: StoryTime, cast: Cast) -> list[Event]:
    """Everything of it, told in weeks before the day of the demo. Told once, when a programme is made."""
    told = read("listening")[programme.slug]
    rows = {row.slug: row for row in programme.workstreams.all()}
    happened: list[Event] = []
    for each in told["voices"]:
        happened += _heard(programme, each, rows, story, cast)
    for each in told["plain"]:
        at = _weeks_ago(story, each["weeks_ago"])
        written = partial(plain.save, workstream=rows[each["workstream"]], texts=each["texts"], version=0, at=at)
        happened.append((at, partial(written, by=cast.accounts["participation"])))
    happened += _money(told, rows, story, cast)
    for each in told["pages"]:
        at = _weeks_ago(story, each["weeks_ago"])
        happened.append((at, partial(_publish, programme, rows.get(each["workstream"]), each, at, cast)))
    return happened


def _weeks_ago(story: StoryTime, weeks: int) -> datetime:
    """A working day about that many weeks ago, at the hour of the demo or earlier."""
    moment = story.now - timedelta(weeks=weeks)
    day = add_working_days(moment.date() - timedelta(days=1), 1)
    return story.not_later(moment + (day - moment.date()))


def _heard(programme: Programme, told: Told, rows: dict[str, Workstream], story: StoryTime, cast: Cast) -> list[Event]:
    """One thing that was heard and each step since."""
    at = _weeks_ago(story, told["weeks_ago"])
    heard = voices.Heard(
        said=told["said"],
        how=told["how"],
        audience=told["audience"],
        level=told["level"],
        heard=FuzzyDate.day(at.date(), day_words(at.date())),
        groups=told["groups"],
        took_part=told["took_part"],
        quote=told["quote"],
        quote_consent=bool(told["quote"]),
        workstream=rows.get(told["workstream"]),
    )
    by = cast.accounts["participation"]
    recorded: list[Event] = [(at, partial(voices.record, programme=programme, heard=heard, by=by, at=at))]
    for step in told["steps"]:
        moment = _weeks_ago(story, step["weeks_ago"])
        recorded.append((moment, partial(_take, programme, told["said"], step, moment, cast)))
    return recorded


def _take(programme: Programme, said: str, told: Told, at: datetime, cast: Cast) -> None:
    voice = Voice.objects.get(programme=programme, said=said)
    voices.take(
        voice=voice,
        step=Step(told["step"]),
        text=told["text"],
        who=told["who"],
        on=at.date(),
        version=voice.version,
        by=cast.accounts["participation"],
        at=at,
    )


def _money(told: Told, rows: dict[str, Workstream], story: StoryTime, cast: Cast) -> list[Event]:
    at, year, by = _weeks_ago(story, MONEY_RECORDED_WEEKS), financial_year(story.today), cast.accounts["office"]
    later = {(each["workstream"], each["source"]): each for each in told["funding_changes"]}
    found: list[Event] = []
    for each in told["funding"]:
        change = later.get((each["workstream"], each["source"]))
        money = _funding(each, year, change["was"] if change else each["forecast"])
        row = rows[each["workstream"]]
        found.append((at, partial(funding.add, workstream=row, funding=money, by=by, at=at)))
        if change:
            moment = _weeks_ago(story, change["weeks_ago"])
            found.append(
                (moment, partial(_change, row, _funding(each, year, change["forecast"]), change, moment, cast))
            )
    return found


def _funding(told: Told, year: int, forecast: int | None) -> Funding:
    money = Amounts(told["budget"], forecast, told["actual"])
    return Funding(told["source"], year + told["year"], told["recurrent"], money, told["note"])


def _change(workstream: Workstream, money: Funding, told: Told, at: datetime, cast: Cast) -> None:
    line = FundingLine.objects.get(workstream=workstream, source=money.source, year=money.year)
    funding.change(
        line=line, funding=money, reason=told["reason"], version=line.version, by=cast.accounts["office"], at=at
    )


def _publish(programme: Programme, workstream: Workstream | None, told: Told, at: datetime, cast: Cast) -> None:
    """The office publishes a page, as everything stood at that moment."""
    by, day = cast.accounts["office"], at.date()
    if workstream:
        content = staff_pages.of_workstream(workstream, told["sections"], day)
    else:
        content = staff_pages.of_programme(programme, told["sections"], day)
    frozen = pages.publish(programme=programme, workstream=workstream, content=content, version=0, by=by, at=at)
    if told["link"]:
        switched = pages.page_of(programme, workstream)
        kind = StaffPageStep.Kind.LINK_ON
        pages.switch_link(page=switched or frozen.page, version=1, kind=kind, by=by, at=at)
