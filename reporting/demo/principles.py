"""The demo's assessment against the i-THRIVE principles: a baseline and a follow-up whose two raters differ."""

from datetime import datetime, timedelta
from functools import partial

from programme.models import Place, Programme, User
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, Told, read, working_day
from thrive.actions import principles as actions
from thrive.actions.principles import Answer
from thrive.models import PrincipleAssessment
from thrive.principles import Key, levels


def events(programme: Programme, story: StoryTime, cast: Cast) -> list[Event]:
    """Told once, when a programme is made."""
    told = read("principles").get(programme.slug)
    if told is None:
        return []
    found: list[Event] = []
    for each in told["assessments"]:
        at = story.not_later(working_day(story.months_ago(each["months_ago"]), 6, 10))
        found.append((at, partial(_assess, told["place"], each, cast.accounts["mapper"], at)))
    return found


def _assess(name: str, told: Told, by: User, at: datetime) -> None:
    """Begun, answered by each rater, finished the same afternoon."""
    place = Place.objects.get(name=name)
    before = PrincipleAssessment.objects.filter(place=place, is_example=True, follows=None).first()
    assessment = actions.begin(place=place, begun_on=at.date(), follows=before, is_example=True, by=by, at=at)
    for each in told["raters"]:
        rater = actions.add_rater(assessment=assessment, name=each["name"], sees_from=each["sees_from"], by=by, at=at)
        actions.answer(rater=rater, answers=_answers(each["answers"]), after=0, by=by, at=at + timedelta(hours=1))
    actions.finish(assessment=assessment, version=assessment.version, by=by, at=at + timedelta(hours=3))


def _answers(told: dict[str, list[tuple[int, str] | None]]) -> dict[Key, Answer]:
    return {
        (principle, level.code): Answer(*said)
        for principle, row in told.items()
        for level, said in zip(levels(), row, strict=True)
        if said
    }
