"""What holds the demo's plans together: dependencies, new baselines, a pilot, evidence and places."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from programme.models import Place, Programme
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, Told, read, working_day
from workstreams.actions import baselines, dependencies, milestones, pilots
from workstreams.models import Milestone
from workstreams.sheets import details_of

FILE = "mid_mersey_plan"


def events(programme: Programme, told: Told, story: StoryTime, cast: Cast) -> list[Event]:
    """What happened across the plans of the first programme, at the moments its file gives."""
    if programme.slug != "mid-mersey":
        return []
    titles = {m["key"]: m["title"] for each in told["workstreams"] for m in each["milestones"]}
    telling = _Telling(programme, titles, story, cast)
    plan = read(FILE)
    found: list[Event] = []
    settled = working_day(story.months_ago(2), 6, 10)
    found += [(settled, partial(telling.depend, each)) for each in plan["dependencies"]]
    found += [(settled, partial(telling.describe, each)) for each in [*plan["evidence"], *plan["places"]]]
    for each in plan["pilots"]:
        said = story.not_later(working_day(story.months_ago(each["said_months_ago"]), 7, 10))
        found.append((said, partial(telling.pilot, each, said)))
    for each in plan["baselines"]:
        asked = story.not_later(working_day(story.months_ago(each["asked_months_ago"]), 9, 10))
        found.append((asked, partial(telling.ask, each, asked)))
        if each["outcome"]:
            decided = story.not_later(working_day(story.months_ago(each["asked_months_ago"]), 12, 14))
            found.append((decided, partial(telling.decide, each, decided)))
    return found


class _Telling:
    """The acts themselves, by the people whose part it is."""

    def __init__(self, programme: Programme, titles: dict[str, str], story: StoryTime, cast: Cast) -> None:
        self.programme, self.titles, self.story, self.cast = programme, titles, story, cast

    def _milestone(self, key: str) -> Milestone:
        return Milestone.objects.select_related("workstream", "phase", "owner").get(
            workstream__programme=self.programme, title=self.titles[key]
        )

    def depend(self, told: Told) -> None:
        dependencies.add(
            milestone=self._milestone(told["milestone"]),
            needs=self._milestone(told["needs"]),
            by=self.cast.accounts["office"],
        )

    def describe(self, told: Told) -> None:
        row = self._milestone(told["milestone"])
        details = details_of(row)
        if "url" in told:
            details = replace(details, evidence_url=told["url"], evidence_label=told["label"])
        else:
            details = replace(details, places=list(Place.objects.filter(name__in=told["places"])))
        milestones.edit(milestone=row, details=details, version=row.version, by=self.cast.accounts["office"])

    def pilot(self, told: Told, at: datetime) -> None:
        workstream = self.programme.workstreams.get(slug=told["workstream"])
        window = self.story.window
        pilots.plan(
            workstream=workstream,
            name=told["name"],
            question=told["question"],
            dates=pilots.PilotDates(window(told["pilot"]), window(told["evaluation"]), window(told["roll_out"])),
            owner=self.cast.people[told["owner"]],
            phase=workstream.phases.get(name=told["phase"]),
            by=self.cast.accounts["office"],
            at=at,
        )

    def ask(self, told: Told, at: datetime) -> None:
        row = self._milestone(told["milestone"])
        when = self.story.window(told["when"])
        by = self.cast.accounts["office"]
        baselines.ask(milestone=row, when=when, reason=told["reason"], version=row.version, by=by, at=at)

    def decide(self, told: Told, at: datetime) -> None:
        row = self._milestone(told["milestone"])
        request = row.baseline_requests.waiting().get()
        decide = baselines.agree if told["outcome"] == "agreed" else baselines.refuse
        by = self.cast.accounts["slt"]
        decide(request=request, version=row.version, by=by, reason=told["outcome_reason"], at=at)
