"""What has come back to those who lead workstreams: answers to asks, more that is needed, questions about ratings."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser

from programme.clock import LONDON
from programme.models import Programme, User
from workstreams import asks
from workstreams.derived import newest_sent
from workstreams.models import Ask, RatingQuestion, Workstream

ANSWERS_SHOWN_DAYS = 14


@dataclass(frozen=True)
class LeadNews:
    """The newest first, each kind by itself."""

    more_needed: tuple[asks.AskLine, ...] = ()
    answered: tuple[asks.AskLine, ...] = ()
    questions: tuple[RatingQuestion, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.more_needed or self.answered or self.questions)


def lead_news(programme: Programme, user: User | AnonymousUser, at: datetime) -> LeadNews:
    """News for the workstreams whose update the user writes. At most ten queries, one where they write none.

    Questions are those about the newest update; older ones stay on the workstream's page of ratings.
    """
    day = at.astimezone(LONDON).date()
    led = list(Workstream.objects.filter(programme=programme).led_by(user, day).values_list("pk", flat=True))
    if not led:
        return LeadNews()
    theirs = Ask.objects.filter(workstream__in=led)
    answered = theirs.answered_since(at - timedelta(days=ANSWERS_SHOWN_DAYS))
    newest = [sent.update_id for sent in newest_sent(led, at).values()]
    questions = RatingQuestion.objects.filter(revision__update__in=newest).unanswered().in_full()
    return LeadNews(
        more_needed=tuple(asks.lines(theirs.with_state().waiting_for_lead(), day)),
        answered=tuple(line for line in asks.lines(answered, day) if line.has_ended),
        questions=tuple(questions.order_by("-at", "-pk")),
    )
