"""The milestones of the demo: when each was added, moved and recorded as done."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial

from programme.calendar import add_working_days
from programme.clock import LONDON
from programme.models import User
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, Told, working_day
from workstreams.actions import milestones
from workstreams.models import Milestone, Workstream

PLAN_TOLD_MONTHS = 13


@dataclass(frozen=True)
class StoryMilestone:
    """A milestone as its story tells it. The programme office keeps the plan."""

    workstream: Workstream
    told: Told
    started: date
    story: StoryTime
    cast: Cast

    def events(self) -> list[Event]:
        """Adding it, each move and its completion, at the moments the story gives or suggests."""
        done = self._recorded_as_done()
        later: list[Event] = []
        for forecast in self.told["forecasts"]:
            said = min(self._said(forecast), done)
            later.append((said, partial(self._move, forecast, said)))
        if self.told["actual"]:
            later.append((done, partial(self._complete, done)))
        added = min([self._first_said(), *(moment for moment, _ in later)])
        return [(added, partial(self._add, added)), *later]

    @property
    def _office(self) -> User:
        return self.cast.accounts["office"]

    def _row(self) -> Milestone:
        return self.workstream.milestones.get(title=self.told["title"])

    def _first_said(self) -> datetime:
        """With the update that first gave the date, else when the workstream or the story began."""
        said_on = self.told.get("baseline_said_on")
        if said_on:
            return self._said({"said_on": said_on})
        began = max(self.started, self.story.months_ago(PLAN_TOLD_MONTHS))
        return datetime.combine(began, time(9, 30), tzinfo=LONDON)

    def _said(self, told: Told) -> datetime:
        """In the second week of the month in which it was said."""
        said_on = told.get("said_on")
        month = date.fromisoformat(f"{said_on}-01") if said_on else self.story.months_ago(told["said_months_ago"])
        return self.story.not_later(working_day(month, 8, 11))

    def _recorded_as_done(self) -> datetime:
        """On the working day after the last day it can mean, or now."""
        if not self.told["actual"]:
            return self.story.now
        end = self.story.window(self.told["actual"]).end
        if end is None:
            raise ValueError(f"The demo says something was done “{self.told['actual']}”, which has no last day.")
        return self.story.not_later(datetime.combine(add_working_days(end, 1), time(15), tzinfo=LONDON))

    def _add(self, at: datetime) -> None:
        told = self.told
        milestones.add(
            workstream=self.workstream,
            title=told["title"],
            when=self.story.window(told["baseline"]) if told["baseline"] else None,
            phase=self.workstream.phases.get(name=told["phase"]) if told["phase"] else None,
            owner=self.cast.people[told["owner"]] if told["owner"] else None,
            is_critical=told["critical"],
            tense=Milestone.Tense.DONE if told.get("done") and not told["actual"] else "",
            at=at,
            by=self._office,
        )

    def _move(self, forecast: Told, at: datetime) -> None:
        row = self._row()
        milestones.move(
            milestone=row,
            when=self.story.window(forecast["words"]),
            reason=forecast["reason"],
            version=row.version,
            by=self._office,
            at=at,
        )

    def _complete(self, at: datetime) -> None:
        row = self._row()
        when = self.story.window(self.told["actual"])
        milestones.complete(milestone=row, when=when, version=row.version, by=self._office, at=at)
