"""What stands half-written on the day of the demo: a draft that the office types as a lead tells it, with an ask."""

from collections.abc import Iterator
from functools import partial

from programme.models import Programme
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, Told
from workstreams.actions import updates
from workstreams.models import Assignment
from workstreams.sections import Section


def events(programme: Programme, told: Told, story: StoryTime, cast: Cast) -> Iterator[Event]:
    """Drafts of months that are open and that nobody has begun."""
    for each in told["workstreams"]:
        if "draft" in each:
            yield story.now, partial(_draft, programme, each["slug"], each["draft"], story, cast)


def _draft(programme: Programme, slug: str, told: Told, story: StoryTime, cast: Cast) -> None:
    workstream = programme.workstreams.get(slug=slug)
    period = programme.periods.ordinary().filter(month=story.months_ago(told["months_ago"]), closed_at=None).first()
    leads = Assignment.objects.in_force(story.today).leads().filter(workstream=workstream).select_related("person")
    lead = leads.first()
    if period is None or lead is None or workstream.updates.filter(period=period).exists():
        return
    sections = {section.value: "" for section in Section} | {Section.PROGRESS.value: told["progress"]}
    asked = {"ask-1-text": told["ask"], "ask-1-by": story.words(told["wanted"])}
    words = updates.DraftWords(sections, on_behalf_of=lead.who, source_note=told["told_to_office"], answers=asked)
    updates.save_draft(
        workstream=workstream,
        period=period,
        words=words,
        version=0,
        by=cast.accounts["office"],
        at=story.now,
        is_example=True,
    )
