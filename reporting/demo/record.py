"""A programme of the past, as its source has it: its page, its workstreams, its participation groups and its gates.

No months are reported in it, and nothing is told of it after it was made.
"""

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial

from django.db import transaction

from programme.clock import LONDON
from programme.models import Programme
from reporting.demo import gates, structure
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, Told, run
from workstreams.actions import groups


@transaction.atomic
def put(told: Told, story: StoryTime, cast: Cast) -> Programme:
    """Everything at once or nothing."""
    programme = structure.make(told, story, cast)
    run([*gates.events(programme, story, cast), *_groups(programme, told, story, cast)], story)
    return programme


def _groups(programme: Programme, told: Told, story: StoryTime, cast: Cast) -> Iterator[Event]:
    for each in told["groups"]:
        at = datetime.combine(story.day(each["since"]), time(10), tzinfo=LONDON)
        yield at, partial(_add_group, programme, each, at, cast)


def _add_group(programme: Programme, told: Told, at: datetime, cast: Cast) -> None:
    by = cast.accounts["office"]
    facts = groups.GroupFacts(told["name"], told["kind"], told["cadence"], terms=told["terms"])
    made = groups.add(programme=programme, facts=facts, by=by, at=at)
    for words in told["members"]:
        groups.add_member(group=made, role="member", words=words, since=at.date(), by=by, at=at)
