"""The stage gates of the demo: set, dated, judged and decided by the people whose part it is.

Documented gates have the months of their source; invented ones are told in months and weeks around the day of the demo.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from programme.calendar import add_working_days
from programme.clock import LONDON
from programme.models import Programme
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, Told, read, working_day
from workstreams.actions import gate_outcomes, gate_parts
from workstreams.actions import gates as actions
from workstreams.actions.gate_outcomes import Condition, Decided
from workstreams.actions.gate_parts import CriterionFacts
from workstreams.gate_rules import Outcome
from workstreams.models import Gate, GateCondition


def events(programme: Programme, story: StoryTime, cast: Cast) -> list[Event]:
    """Every gate of a programme, at the moments the story gives. Told once, when the programme is made."""
    return [
        event
        for told in read("gates").get(programme.slug, ())
        for event in _StoryGate(programme, told, story, cast).events()
    ]


@dataclass(frozen=True)
class _StoryGate:
    """One gate as its story tells it."""

    programme: Programme
    told: Told
    story: StoryTime
    cast: Cast

    def events(self) -> Iterator[Event]:
        added = self._moment(self.told["added"])
        yield added, partial(self._add, added)
        for moved in self.told["moves"]:
            at = self._moment(moved["said"])
            yield at, partial(self._move, moved, at)
        for outcome in self.told["outcomes"]:
            at = self._decided_at(outcome)
            yield at, partial(self._decide, outcome, at)
            for condition in outcome["conditions"]:
                if condition["closed"]:
                    moment = self._weeks(-condition["closed"]["weeks_ago"])
                    yield moment, partial(self._close, condition, moment)

    def _moment(self, told: str | Told) -> datetime:
        """The fifth working day of a month: a stated one, or so many months ago."""
        return self.story.not_later(working_day(self.story.day(told), 5, 10))

    def _decided_at(self, told: Told) -> datetime:
        """In the afternoon of the working day after the last day it can mean."""
        day = add_working_days(self._decided_on(told), 1)
        return self.story.not_later(datetime.combine(day, time(15), tzinfo=LONDON))

    def _decided_on(self, told: Told) -> date:
        said = told["on"]
        return date.fromisoformat(said) if isinstance(said, str) else self._weeks(-said["weeks_ago"]).date()

    def _weeks(self, weeks: int) -> datetime:
        """A working day so many weeks ahead, or ago where the number is below zero, at the hour of the demo."""
        moment = self.story.now + timedelta(weeks=weeks)
        day = add_working_days(moment.date() - timedelta(days=1), 1)
        return moment + (day - moment.date())

    def _gate(self) -> Gate:
        return Gate.objects.get(programme=self.programme, name=self.told["name"])

    def _add(self, at: datetime) -> None:
        told, office = self.told, self.cast.accounts["office"]
        slug = told["workstream"]
        workstream = self.programme.workstreams.get(slug=slug) if slug else None
        before = Gate.objects.filter(programme=self.programme, workstream=workstream).order_by("order").last()
        facts = actions.GateFacts(told["name"], told["purpose"], told["decided_by"], workstream, before)
        when = self.story.window(told["when"]) if told["when"] else None
        gate = actions.add(programme=self.programme, facts=facts, when=when, by=office, at=at)
        for each in told["criteria"]:
            gate_parts.add_criterion(gate=gate, facts=CriterionFacts(**each), by=office, at=at)
        for sector, person, words in told["seats"]:
            who = self.cast.people[person] if person else None
            gate_parts.give_seat(gate=gate, sector=sector, person=who, words=words, by=office, at=at)
        for each in told["pack"]:
            gate_parts.add_evidence(gate=gate, label=each["label"], url=each["url"], by=office, at=at)

    def _move(self, told: Told, at: datetime) -> None:
        gate, when = self._gate(), self.story.window(told["when"])
        office = self.cast.accounts["office"]
        actions.state_date(gate=gate, when=when, reason=told["reason"], version=gate.version, by=office, at=at)

    def _decide(self, told: Told, at: datetime) -> None:
        gate = self._gate()
        conditions = [
            Condition(each["text"], self.cast.people[each["owner"]], self._weeks(each["due_weeks"]).date())
            for each in told["conditions"]
        ]
        decided = Decided(
            kind=Outcome(told["kind"]),
            decided_by=told["by"],
            on=self._decided_on(told),
            on_words=told["words"],
            reason=told["reason"],
            conditions=conditions,
        )
        by = self.cast.accounts["slt"]
        gate_outcomes.decide(gate=gate, decided=decided, version=gate.version, by=by, at=at)

    def _close(self, told: Told, at: datetime) -> None:
        row = GateCondition.objects.get(gate=self._gate(), text=told["text"])
        by = self.cast.account_of(row.owner) if row.owner else None
        gate_outcomes.close_condition(
            condition=row,
            how=told["closed"]["how"],
            evidence_url=told["closed"]["url"],
            on=at.date(),
            version=row.version,
            by=by or self.cast.accounts["office"],
            at=at,
        )
