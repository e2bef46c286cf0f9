"""The demo's groups and their meetings, what was passed up to them, scores of risks, links and questions.

Days are told in working days or weeks before the day of the demo; `due_in` and `review_in` count working days after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from programme.calendar import add_working_days
from programme.clock import LONDON
from programme.models import Person, Programme, User
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, Told, read
from workstreams.actions import asks, documents, meetings, risks
from workstreams.actions import groups as actions
from workstreams.actions.meetings import MinutedAction, MinutedDecision, Minutes
from workstreams.models import (
    AskEvent,
    Decision,
    Document,
    Group,
    GroupMember,
    LaunchQuestion,
    Meeting,
    Risk,
    Workstream,
)

MORNING, WRITTEN_AT = time(9, 15), time(16)


def events(programme: Programme, story: StoryTime, cast: Cast) -> list[Event]:
    """Everything of it at the moments the story gives; told once, when a programme is made."""
    told = read("groups").get(programme.slug)
    return list(_Story(programme, told, story, cast).events()) if told else []


@dataclass(frozen=True)
class _Story:
    """A programme's groups as their file tells them."""

    programme: Programme
    told: Told
    story: StoryTime
    cast: Cast

    def events(self) -> Iterator[Event]:
        for told in self.told["groups"]:
            yield from self._grouping(told)
        for told in self.told["meetings"]:
            at = self._moment(self._day(told), WRITTEN_AT)
            yield at, partial(self._meet, told, at)
        for told in self.told["escalations"]:
            for step in told["steps"]:
                at = self._moment(self._day(step), WRITTEN_AT)
                yield at, partial(self._pass_up, told, step, at)
        for told in self.told["scores"]:
            at = self._moment(self._day(told), MORNING)
            yield at, partial(self._score, told, at)
        for told in self.told["links"]:
            yield from self._linking(told)
        for told in self.told["questions"]:
            yield from self._asking(told)

    # Days, people and rows

    def _day(self, told: Told) -> date:
        return add_working_days(self.story.today, -int(told["working_days_ago"]))

    def _ahead(self, days: int | None) -> date | None:
        return None if days is None else add_working_days(self.story.today, days)

    def _moment(self, day: date, hour: time) -> datetime:
        return self.story.not_later(datetime.combine(day, hour, tzinfo=LONDON))

    def _weeks_ago(self, weeks: int) -> datetime:
        day = add_working_days(self.story.today - timedelta(weeks=weeks, days=1), 1)
        return self._moment(day, MORNING)

    def _by(self, key: str) -> User:
        return self.cast.accounts[key]

    def _person(self, key: str | None) -> Person | None:
        return self.cast.people[key] if key else None

    def _workstream(self, slug: str | None) -> Workstream | None:
        return self.programme.workstreams.get(slug=slug) if slug else None

    def _group(self, key: str | None) -> Group | None:
        names = {each["key"]: each["name"] for each in self.told["groups"]}
        return Group.objects.get(programme=self.programme, name=names[key]) if key else None

    # What happened

    def _grouping(self, told: Told) -> Iterator[Event]:
        at = self._weeks_ago(told["weeks_ago"])
        yield at, partial(self._make_group, told, at)
        for member in told["members"]:
            if member.get("left_weeks_ago"):
                left = self._weeks_ago(member["left_weeks_ago"])
                yield left, partial(self._leave, told["key"], member["person"], left)

    def _make_group(self, told: Told, at: datetime) -> None:
        facts = actions.GroupFacts(
            name=told["name"],
            kind=told["kind"],
            cadence=told["cadence"],
            workstream=self._workstream(told["workstream"]),
            reports_to=self._group(told["reports_to"]),
            terms=told["terms"],
            terms_url=told["terms_url"],
        )
        made = actions.add(programme=self.programme, facts=facts, by=self._by("office"), at=at)
        for member in told["members"]:
            actions.add_member(
                group=made,
                person=self._person(member.get("person")),
                words=member.get("words", ""),
                role=member["role"],
                since=at.astimezone(LONDON).date(),
                by=self._by("office"),
                at=at,
            )

    def _leave(self, group: str, person: str, at: datetime) -> None:
        member = GroupMember.objects.get(group=self._group(group), person=self._person(person))
        actions.end_member(member=member, until=at.astimezone(LONDON).date(), by=self._by("office"), at=at)

    def _meet(self, told: Told, at: datetime) -> Meeting:
        group = self._group(told["group"])
        assert group is not None
        minutes = Minutes(
            on=self._day(told),
            came=[self.cast.people[key] for key in told["came"]],
            apologies=[self.cast.people[key] for key in told["apologies"]],
            others=told["others"],
            notes=told["notes"],
            decisions=[self._decided(each) for each in told["decisions"]],
            actions=[
                MinutedAction(each["text"], self._person(each["owner"]), self._ahead(each["due_in"]))
                for each in told["actions"]
            ],
        )
        by = self._by("participation" if group.kind == Group.Kind.PARTICIPATION else "office")
        return meetings.hold(group=group, minutes=minutes, by=by, at=at)

    def _decided(self, told: Told) -> MinutedDecision:
        earlier = Decision.objects.filter(programme=self.programme, text=told.get("replaces", "")).first()
        return MinutedDecision(told["text"], told["options"], self._ahead(told["review_in"]), replaces=earlier)

    def _pass_up(self, told: Told, step: Told, at: datetime) -> None:
        newest = AskEvent.objects.filter(
            ask__workstream__programme=self.programme, ask__text__startswith=told["ask"]
        ).latest("number")
        group = self._group(step["up"])
        assert group is not None
        asks.pass_up(
            ask=newest.ask,
            group=group,
            sentence=step["sentence"],
            version=newest.number,
            by=self._by(step["by"]),
            at=at,
        )

    def _score(self, told: Told, at: datetime) -> None:
        risk = Risk.objects.get(
            workstream__programme=self.programme, workstream__slug=told["workstream"], text__startswith=told["risk"]
        )
        risks.score(
            risk=risk,
            likelihood=told["likelihood"],
            impact=told["impact"],
            reason=told["reason"],
            review_on=self._ahead(told["review_in"]),
            version=risk.version,
            by=self._by(told["by"]),
            at=at,
        )

    def _linking(self, told: Told) -> Iterator[Event]:
        at = self._weeks_ago(told["weeks_ago"])
        yield at, partial(self._link, told, at)
        if told["checked_weeks_ago"]:
            checked = self._weeks_ago(told["checked_weeks_ago"])
            yield checked, partial(self._check, told, checked)

    def _link(self, told: Told, at: datetime) -> None:
        workstream = self._workstream(told["workstream"])
        assert workstream is not None
        documents.add_link(
            workstream=workstream,
            text=told["text"],
            url=told["url"],
            kind=told["kind"],
            check_after=told["check_after"],
            owner=self._person(told["owner"]),
            by=self._by("office"),
            at=at,
        )

    def _check(self, told: Told, at: datetime) -> None:
        link = Document.objects.get(workstream__programme=self.programme, text=told["text"])
        documents.check_link(link=link, version=link.version, by=self._by("office"), at=at)

    def _asking(self, told: Told) -> Iterator[Event]:
        at = self._weeks_ago(told["weeks_ago"])
        yield at, partial(self._ask, told, at)
        if told["answer"]:
            answered = self._weeks_ago(told["answered_weeks_ago"])
            yield answered, partial(self._answer, told, answered)

    def _ask(self, told: Told, at: datetime) -> None:
        workstream = self._workstream(told["workstream"])
        assert workstream is not None
        documents.ask_question(
            workstream=workstream,
            text=told["text"],
            asked_by=told["asked_by"],
            owner=self._person(told["owner"]),
            by=self._by("office"),
            at=at,
        )

    def _answer(self, told: Told, at: datetime) -> None:
        question = LaunchQuestion.objects.get(workstream__programme=self.programme, text=told["text"])
        documents.answer_question(
            question=question, how=told["answer"], version=question.version, by=self._by(told["by"]), at=at
        )
