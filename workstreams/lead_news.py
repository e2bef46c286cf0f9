"""What has come back to those who lead workstreams: answers to asks, more that is needed, questions about ratings."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from programme.clock import LONDON
from workstreams import asks
from workstreams.models import Ask, RatingQuestion
from workstreams.ratings import ThreeRatings

ANSWERS_SHOWN_DAYS = 14


@dataclass(frozen=True)
class LeadNews:
    """The newest first, each kind by itself."""

    more_needed: tuple[asks.AskLine, ...] = ()
    answered: tuple[asks.AskLine, ...] = ()
    questions: tuple[RatingQuestion, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.more_needed or self.answered or self.questions)


def lead_news(led: Collection[int], at: datetime, *, three: Mapping[int, ThreeRatings] | None = None) -> LeadNews:
    """News for the workstreams whose update the reader writes. Two queries, none where they write none.

    Questions are those about the newest update; older ones stay on the workstream's page of ratings.
    """
    if not led:
        return LeadNews()
    since = at - timedelta(days=ANSWERS_SHOWN_DAYS)
    found = asks.lines(Ask.objects.filter(workstream__in=led).came_back(since), at.astimezone(LONDON).date())
    questions = [asked for key in led if three and key in three for asked in three[key].unanswered]
    return LeadNews(
        more_needed=tuple(sorted((line for line in found if line.waits_for_lead), key=lambda line: line.ask.pk)),
        answered=tuple(line for line in found if line.has_ended),
        questions=tuple(sorted(questions, key=lambda asked: (asked.at, asked.pk), reverse=True)),
    )
