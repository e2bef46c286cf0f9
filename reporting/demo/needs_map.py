"""The THRIVE map of the demo: an invented directory, what it does for which need, and what was found missing."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from programme.calendar import add_working_days
from programme.models import Organisation, Place, Programme, User
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, Told, read
from thrive.actions import directory, mapping
from thrive.actions.directory import Entry
from thrive.actions.mapping import Help
from thrive.ages import Ages, age
from thrive.models import Service
from workstreams.models import Milestone

_SAME = (
    "offer", "ways_in", "hours", "how_to_reach", "capacity", "wait_weeks", "evidence_base", "tags", "made_for",
    "reaches",
)  # fmt: skip


def events(programme: Programme, story: StoryTime, cast: Cast) -> list[Event]:
    """Services added and mapped, later checked or closed, and gaps confirmed; told once."""
    told = read("thrive").get(programme.slug)
    if told is None:
        return []
    by = cast.accounts["mapper"]
    found: list[Event] = []
    checked: dict[datetime, list[str]] = {}
    for each in told["services"]:
        at = _weeks_ago(story, each["weeks_ago"])
        found.append((at, partial(_add, programme, each, at, by)))
        if each["checked_weeks_ago"] is not None:
            checked.setdefault(_weeks_ago(story, min(each["checked_weeks_ago"], each["weeks_ago"])), []).append(
                each["name"]
            )
        if "closed_weeks_ago" in each:
            at = _weeks_ago(story, each["closed_weeks_ago"])
            found.append((at, partial(_close, each, at, by)))
    found += [(at, partial(_check, names, at, by)) for at, names in checked.items()]
    for each in told["nones"]:
        at = _weeks_ago(story, each["weeks_ago"])
        found.append((at, partial(_confirm_none, each, at, by)))
    return found


def _weeks_ago(story: StoryTime, weeks: int) -> datetime:
    """A working day about that many weeks ago, at the hour of the demo or earlier."""
    moment = story.now - timedelta(weeks=weeks)
    day = add_working_days(moment.date() - timedelta(days=1), 1)
    return story.not_later(moment + (day - moment.date()))


def _ages(told: list[str]) -> Ages:
    start, end = (age(each) for each in told)
    assert start is not None, told
    assert end is not None, told
    return Ages(start, end)


def _entry(programme: Programme, told: Told) -> Entry:
    bodies = {
        body.name: body for body in Organisation.objects.filter(name__in=(told["provider"], told["commissioner"]))
    }
    comes_with = told.get("milestone")
    return Entry(
        name=told["name"],
        provider=bodies[told["provider"]],
        commissioner=bodies.get(told["commissioner"]),
        places=list(Place.objects.filter(name__in=told["places"])),
        ages=_ages(told["ages"]),
        status="live",
        milestone=Milestone.objects.filter(workstream__programme=programme, title=comes_with).first(),
        is_example=True,
        **{name: told[name] for name in _SAME if name in told},
    )


def _add(programme: Programme, told: Told, at: datetime, by: User) -> None:
    entry = _entry(programme, told)
    if told.get("status"):
        # Where the plan does not know the milestone yet, it is still something that was paid for.
        status = told["status"] if entry.milestone or told["status"] != "planned" else "not_live"
        entry = replace(entry, status=status)
    service = directory.add(entry=entry, by=by, at=at)
    places = {place.name: place for place in entry.places}
    for row in told["maps"]:
        seen: date | None = at.date() if told["checked_weeks_ago"] is not None else None
        help_ = Help(row["need"], _ages(row["ages"]), row["contribution"], row["evidence_kind"], row["evidence"], seen)
        mapping.add(service=service, places=[places[name] for name in row["places"]], helps=[help_], by=by, at=at)


def _check(names: list[str], at: datetime, by: User) -> None:
    directory.assure(services=list(Service.objects.filter(name__in=names)), on=at.date(), by=by, at=at)


def _close(told: Told, at: datetime, by: User) -> None:
    service = Service.objects.get(name=told["name"])
    entry = Entry(
        name=service.name, provider=service.provider, places=list(service.places.all()), offer=service.offer,
        ages=service.ages, commissioner=service.commissioner, status="closed", is_example=True,
    )  # fmt: skip
    directory.change(service=service, entry=entry, version=service.version, by=by, at=at)


def _confirm_none(told: Told, at: datetime, by: User) -> None:
    mapping.confirm_none(
        place=Place.objects.get(name=told["place"]),
        grouping=told["need"],
        ages=_ages(told["ages"]),
        group=told["group"],
        evidence=told["evidence"],
        by=by,
        at=at,
    )
