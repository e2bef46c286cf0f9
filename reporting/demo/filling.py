"""From gap to delivery in the demo: targets, gaps, what was recommended and decided, and the work for it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from programme.calendar import add_working_days
from programme.models import Place, Programme
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, Told, read
from thrive.actions import delivery
from thrive.actions.delivery import Decision, Shortfall, Target
from thrive.ages import Ages, age
from thrive.models import GapFinding, Recommendation, TargetOffer
from workstreams.models import Milestone, Workstream

TARGETS_SET_WEEKS_AGO = 18


def events(programme: Programme, story: StoryTime, cast: Cast) -> list[Event]:
    """What was found, recommended and decided; told once."""
    told = read("delivery").get(programme.slug)
    if told is None:
        return []
    filling = _Filling(programme, story, cast)
    found: list[Event] = [
        (filling.when(TARGETS_SET_WEEKS_AGO), partial(filling.target, each)) for each in told["targets"]
    ]
    for each in told["gaps"]:
        found += filling.gap(each)
    for each in told["recommendations"]:
        found += filling.recommendation(each)
    return found


def _ages(told: list[str]) -> Ages:
    start, end = (age(each) for each in told)
    assert start is not None, told
    assert end is not None, told
    return Ages(start, end)


class _Filling:
    """What was made, by its key in the story."""

    def __init__(self, programme: Programme, story: StoryTime, cast: Cast) -> None:
        self.programme, self.story, self.cast = programme, story, cast
        self.targets: dict[str, TargetOffer] = {}
        self.gaps: dict[str, GapFinding] = {}
        self.mapper, self.slt, self.office = (cast.accounts[key] for key in ("mapper", "slt", "office"))

    def when(self, weeks: int, hours: int = 0) -> datetime:
        """A working day about that many weeks ago, `hours` after the hour at which targets were set."""
        moment = self.story.now.replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(weeks=weeks)
        day = add_working_days(moment.date() - timedelta(days=1), 1)
        return self.story.not_later(moment + (day - moment.date()) + timedelta(hours=hours))

    def target(self, told: Told) -> None:
        target = Target(told["title"], told["good"], told["source"], told["need"], _ages(told["ages"]))
        place, at = Place.objects.get(name=told["place"]), self.when(TARGETS_SET_WEEKS_AGO)
        self.targets[told["key"]] = delivery.set_target(place=place, target=target, by=self.mapper, at=at)

    def gap(self, told: Told) -> Iterator[Event]:
        """Found, decided, filled."""
        at = self.when(told["weeks_ago"], 1)
        yield at, partial(self._find, told, at)
        if "decided_weeks_ago" in told:
            at = self.when(told["decided_weeks_ago"], 2)
            yield at, partial(self._decide_gap, told, at)
        if "filled" in told:
            at = self.when(told["filled_weeks_ago"], 5)
            yield at, partial(self._fill, told, at)

    def _find(self, told: Told, at: datetime) -> None:
        lacks = Shortfall(told["title"], told["now"], told["need"], _ages(told["ages"]), told.get("group", ""))
        place, target = Place.objects.get(name=told["place"]), self.targets[told["target"]]
        self.gaps[told["key"]] = delivery.find_gap(place=place, target=target, lacks=lacks, by=self.mapper, at=at)

    def _decide_gap(self, told: Told, at: datetime) -> None:
        gap, reason = self.gaps[told["key"]], told.get("accepted") or told["refused"]
        made = delivery.decide_gap(
            gap=gap, accepted="accepted" in told, reason=reason, version=gap.version, by=self.slt, at=at
        )
        self.gaps[told["key"]] = made

    def _fill(self, told: Told, at: datetime) -> None:
        gap = self.gaps[told["key"]]
        delivery.fill_gap(gap=gap, evidence=told["filled"], version=gap.version, by=self.office, at=at)

    def recommendation(self, told: Told) -> Iterator[Event]:
        """Written down, decided, worked on, closed."""
        made: dict[str, Recommendation] = {}
        at = self.when(told["weeks_ago"], 3)
        yield at, partial(self._recommend, told, made, at)
        if "decision" in told:
            at = self.when(told["decided_weeks_ago"], 4)
            yield at, partial(self._decide, told, made, at)
        if "closed" in told:
            at = self.when(told["closed_weeks_ago"], 6)
            yield at, partial(self._close, told, made, at)

    def _recommend(self, told: Told, made: dict[str, Recommendation], at: datetime) -> None:
        made["it"] = delivery.recommend(
            place=Place.objects.get(name=told["place"]), text=told["text"], source_kind=told["source_kind"],
            source=told["source"], gaps=[self.gaps[key] for key in told["gaps"]], by=self.mapper, at=at,
        )  # fmt: skip

    def _decide(self, told: Told, made: dict[str, Recommendation], at: datetime) -> None:
        takes: dict[str, Any] = {}
        if "owner" in told:
            day = self.story.today + timedelta(weeks=told["in_weeks"])
            takes = {"owner": self.cast.people[told["owner"]], "wanted_by": day}
        said = Decision(told["decision"], told["reason"], told.get("adapted", ""), **takes)
        version = made["it"].version
        made["it"] = delivery.decide(recommendation=made["it"], said=said, version=version, by=self.slt, at=at)
        for slug, title in told.get("work", []):
            workstream = Workstream.objects.get(programme=self.programme, slug=slug)
            milestone = Milestone.objects.filter(workstream=workstream, title=title).first() if title else None
            delivery.put_to_work(
                recommendation=made["it"], workstream=workstream, milestone=milestone, by=self.office, at=at
            )

    def _close(self, told: Told, made: dict[str, Recommendation], at: datetime) -> None:
        delivery.close(
            recommendation=made["it"], evidence=told["closed"], version=made["it"].version, by=self.office, at=at
        )
