"""What the demo's workstreams ask for, what stands in their registers, and second opinions on their ratings.

Days are told in working days before the day of the demo; a number below zero lies ahead of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any

from programme.calendar import add_working_days
from programme.clock import LONDON
from programme.models import Person, Programme, User
from programme.status import Rag
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, Told, read
from workstreams.actions import asks, assuring
from workstreams.actions import registers as register
from workstreams.models import Ask, AskEvent, MonthlyUpdate, Workstream

ASKED_AT, SAID_AT = time(10), time(14)


def events(programme: Programme, story: StoryTime, cast: Cast) -> list[Event]:
    """Everything in the registers of a programme, at the moments the story gives."""
    told = read("registers").get(programme.slug, {})
    rows = {row.slug: row for row in programme.workstreams.all()}
    return [event for slug, each in told.items() for event in _Registers(rows[slug], each, story, cast).events()]


@dataclass(frozen=True)
class _Registers:
    """The registers of one workstream as their story tells them."""

    workstream: Workstream
    told: Told
    story: StoryTime
    cast: Cast

    def events(self) -> Iterator[Event]:
        for told in self.told["asks"]:
            yield from self._asking(told)
        for told in self.told["risks"]:
            at = self._moment(told["raised"])
            yield at, partial(self._raise_risk, told, at)
        for told in self.told["issues"]:
            at = self._moment(told["raised"])
            yield at, partial(self._raise_issue, told, at)
        for told in self.told["decisions"]:
            yield self._moment(told["on"]), partial(self._decide, told)
        for told in self.told["actions"]:
            at = self._moment(told["raised"])
            yield at, partial(self._act, told, at)
        for told in self.told["assured"]:
            at = self._moment(told, SAID_AT)
            yield at, partial(self._assure, told, at)

    def _day(self, told: Told) -> date:
        return add_working_days(self.story.today, -int(told["working_days_ago"]))

    def _moment(self, told: Told, hour: time = ASKED_AT) -> datetime:
        return self.story.not_later(datetime.combine(self._day(told), hour, tzinfo=LONDON))

    @property
    def _lead(self) -> User | None:
        leads = self.workstream.assignments.in_force(self.story.today).leads().select_related("person")
        first = leads.first()
        return self.cast.account_of(first.who) if first else None

    @property
    def _office(self) -> User:
        return self.cast.accounts["office"]

    def _person(self, key: str) -> Person:
        return self.cast.people[key]

    def _asking(self, told: Told) -> Iterator[Event]:
        at = self._moment(told["asked"])
        yield at, partial(self._ask, told, at)
        for number, said in enumerate(told["events"], start=1):
            moment = self._moment(said, SAID_AT)
            yield moment, partial(self._add_to_ask, told, said, number, moment)

    def _ask(self, told: Told, at: datetime) -> None:
        asks.ask(
            workstream=self.workstream,
            text=told["text"],
            wanted_by=self._day(told["wanted"]),
            is_blocking=told["blocking"],
            by=self._lead,
            at=at,
        )

    def _add_to_ask(self, told: Told, said: Told, version: int, at: datetime) -> None:
        asked = Ask.objects.get(workstream=self.workstream, text=told["text"])
        common: dict[str, Any] = {"ask": asked, "sentence": said["sentence"], "version": version, "at": at}
        if said["kind"] == AskEvent.Kind.REPLIED:
            asks.reply(**common, by=self._lead or self._office)
        else:
            asks.answer(**common, kind=said["kind"], day=self._day(said["day"]), by=self.cast.accounts[said["by"]])

    def _raise_risk(self, told: Told, at: datetime) -> None:
        risk = register.raise_risk(
            workstream=self.workstream,
            text=told["text"],
            likelihood=told["likelihood"],
            impact=told["impact"],
            owner=self._person(told["owner"]),
            review_on=self._day(told["review"]) if told["review"] else None,
            by=self._lead or self._office,
            at=at,
        )
        if told.get("action"):
            self._act(told["action"], at, source=risk)

    def _raise_issue(self, told: Told, at: datetime) -> None:
        register.raise_issue(
            workstream=self.workstream,
            text=told["text"],
            severity=told["severity"],
            owner=self._person(told["owner"]),
            by=self._lead or self._office,
            at=at,
        )

    def _act(self, told: Told, at: datetime, *, source: Any = None) -> None:
        register.add_action(
            programme=self.workstream.programme,
            workstream=self.workstream,
            text=told["text"],
            owner=self._person(told["owner"]),
            due_on=self._day(told["due"]),
            source=source,
            by=self._lead or self._office,
            at=at,
        )

    def _decide(self, told: Told) -> None:
        register.record_decision(
            programme=self.workstream.programme,
            workstream=self.workstream,
            text=told["text"],
            decided_by_words=told["by_words"],
            decided_on=self._day(told["on"]),
            by=self._office,
        )

    def _assure(self, told: Told, at: datetime) -> None:
        month = self.story.months_ago(told["months_ago"])
        update = MonthlyUpdate.objects.filter(workstream=self.workstream, period__month=month).sent(at).first()
        if update is not None:
            by = self.cast.accounts["assurer"]
            assuring.assure(update=update, rating=Rag(told["rating"]), reason=told["reason"], by=by, at=at)
