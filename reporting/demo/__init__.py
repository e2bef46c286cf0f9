"""The demo programmes: invented people, and months told relative to the day of the demo.

Two programmes are running; a third is told as its source left it, with its stage gates.

`build_demo` calls the same actions as the pages do, each with the moment it would have happened, in the order of those
moments, so that a report frozen two months ago knows nothing of what came after. Every start tops up the months that
have passed since; what was sent or typed is never touched. Milestones and assignments keep the days they were given
on the first start, so an old demo slowly falls behind its plan, as plans do: `bin/demo --fresh` begins again.
"""

from collections.abc import Callable
from datetime import date, datetime, time

from django.db import transaction

from programme.actions import periods
from programme.clock import LONDON, now
from programme.models import Programme
from reporting.demo import (
    closing,
    drafting,
    filling,
    gates,
    groups,
    listening,
    maturity,
    months,
    needs_map,
    office,
    principles,
    record,
    registers,
    reports,
    roadmap,
    structure,
)
from reporting.demo.people import Cast, gather
from reporting.demo.story import ON_RECORD, PROGRAMMES, StoryTime, Told, read, run, story_time

Say = Callable[[str], object]
EVENING = time(18)


def _silently(_line: str) -> None:
    """Say nothing."""


def build_demo(*, today: date | None = None, say: Say = _silently) -> None:
    """Make the demo as it stands on the evening of `today` (default: now), or bring it up to that day."""
    moment = datetime.combine(today, EVENING, tzinfo=LONDON) if today else now()
    story = story_time(moment)
    cast = gather(read("people"))
    for name in PROGRAMMES:
        _bring_up_to_date(read(name), story, cast, say)
    past = read(ON_RECORD)
    if not Programme.objects.filter(slug=past["slug"]).exists():
        say(f"Making {past['name']}")
        record.put(past, story, cast)


def _bring_up_to_date(told: Told, story: StoryTime, cast: Cast, say: Say) -> None:
    """Everything in the database at once or nothing, so that a start that was interrupted is simply done again."""
    with transaction.atomic():
        programme = Programme.objects.filter(slug=told["slug"]).first()
        events = []
        if programme is None:
            say(f"Making {told['name']}")
            programme = structure.make(told, story, cast)
            events += structure.events(programme, told, story, cast)
            events += registers.events(programme, story, cast)
            events += groups.events(programme, story, cast)
            events += roadmap.events(programme, told, story, cast)
            events += listening.events(programme, story, cast)
            events += gates.events(programme, story, cast)
            events += needs_map.events(programme, story, cast)
            events += filling.events(programme, story, cast)
            events += maturity.events(programme, story, cast)
            events += principles.events(programme, story, cast)
            events += closing.events(programme, story, cast)
        _make_periods(programme, told, story)
        new_months = months.events(programme, told, story, cast)
        if new_months:
            say(f"{programme}: telling {len(new_months)} updates and closings")
        drafted = drafting.events(programme, told, story, cast)
        told_by_office = office.events(programme, story, cast)
        run([*events, *new_months, *drafted, *told_by_office, *reports.events(programme, story, cast)], story)
    reports.finish(programme, story, cast, say)


def _make_periods(programme: Programme, told: Told, story: StoryTime) -> None:
    """From the first month told, without a gap: a month without a period could not be seen to be silent."""
    oldest = programme.periods.ordinary().order_by("month").values_list("month", flat=True).first()
    since = oldest or story.months_ago(months.first_month_ago(told))
    periods.make_ahead(programme=programme, today=story.today, since=since)
