"""How a workstream of the demo closed: its pack, the decision, and the first check since."""

from datetime import datetime
from functools import partial
from typing import Any

from programme.models import Programme
from reporting.demo.people import Cast
from reporting.demo.story import Event, StoryTime, Told, read, working_day
from workstreams.actions import closing
from workstreams.models import Workstream

CLOSED_MONTHS_AGO = 3  # so that the check after 3 months has been due since the first days of the story's month


def events(programme: Programme, story: StoryTime, cast: Cast) -> list[Event]:
    """The pack is sent and agreed to in one week; checks are answered in the month of the story."""
    happened: list[Event] = []
    for told in read("closing").get(programme.slug, ()):
        row = programme.workstreams.get(slug=told["workstream"])
        month = story.months_ago(CLOSED_MONTHS_AGO)
        sent, agreed = working_day(month, 2, 9), working_day(month, 2, 16)
        happened.append((sent, partial(_send, row, told, sent, cast)))
        happened.append((agreed, partial(_agree, row, told, agreed, cast)))
        for check in told["checks"]:
            at = working_day(story.month, check["working_day"], 11)
            happened.append((at, partial(_answer, row, check, at, cast)))
    return happened


def _send(workstream: Workstream, told: Told, at: datetime, cast: Cast) -> None:
    answers: dict[str, Any] = {}
    for each in told["objectives"]:
        objective = workstream.objectives.get(number=each["number"])
        answers[f"objective-{objective.pk}-outcome"] = each["outcome"]
        answers[f"objective-{objective.pk}-evidence"] = each["evidence"]
    words = closing.PackWords(
        why=told["why"],
        closes_on=at.date(),
        owner=told["owner"],
        lessons=told["lessons"],
        voices=told["voices"],
        successor=workstream.programme.workstreams.get(slug=told["successor"]),
        answers=answers,
    )
    office = cast.accounts["office"]
    pack = closing.save(workstream=workstream, words=words, version=0, by=office, at=at)
    closing.send(pack=pack, version=pack.version, by=office, at=at)


def _agree(workstream: Workstream, told: Told, at: datetime, cast: Cast) -> None:
    pack = workstream.closing_pack
    closing.agree(pack=pack, number=1, sentence=told["sentence"], by=cast.accounts["slt"], at=at)


def _answer(workstream: Workstream, told: Told, at: datetime, cast: Cast) -> None:
    closing.answer_check(
        pack=workstream.closing_pack,
        months=told["months"],
        held=told["held"],
        words=told["words"],
        evidence=told["evidence"],
        number=0,
        by=cast.accounts["office"],
        at=at,
    )
