"""The three ratings of a workstream side by side: declared by its lead, derived by the rules, assured by somebody else.

None replaces another. Where they differ, the difference is a question to the lead, and the answer stays beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from programme.clock import now
from programme.dates import month_words
from programme.models import Programme
from programme.status import Rag, count_ratings
from workstreams import rag
from workstreams.derived import Sent, derived_ratings, newest_sent
from workstreams.models import Rating, RatingQuestion, Workstream
from workstreams.sent_updates import SentUpdate


@dataclass(frozen=True)
class ThreeRatings:
    """What each of the three says of one workstream at a moment."""

    workstream_id: int
    sent: Sent | None
    declared: Rag
    derived: rag.Derived
    assured: Rating | None = None
    questions: tuple[RatingQuestion, ...] = ()

    @property
    def given(self) -> Rating | None:
        """The lead's rating with its reason, confidence and path, where there is one."""
        return self.sent.rating if self.sent else None

    @property
    def month(self) -> date | None:
        """The month of the newest update."""
        return self.sent.month if self.sent else None

    @property
    def month_words(self) -> str:
        """The same in words."""
        return month_words(self.sent.month) if self.sent else ""

    @property
    def differ(self) -> bool:
        """Whether two of those who gave a colour disagree, be it about a month that is no longer the newest due."""
        said = {self.derived.rating} | {each.rag for each in (self.sent, self.assured) if each}
        return len(said & rag.COLOURS) > 1

    @property
    def question_now(self) -> str:
        """What the rules ask at this moment where that has not been asked about this update yet, or nothing."""
        if any(q.basis == "derived" and q.other == self.derived.rating for q in self.questions):
            return ""
        return rag.question(self.declared, self.derived)

    @property
    def unanswered(self) -> list[RatingQuestion]:
        """Questions to which the lead has said nothing."""
        return [question for question in self.questions if not question.answers.all()]


def three_ratings(
    programme: Programme, at: datetime | None = None, *, only: Iterable[Workstream] | None = None
) -> dict[int, ThreeRatings]:
    """The three ratings of a programme's workstreams at a moment (now), by workstream. A fixed number of queries."""
    moment = at or now()
    derived = derived_ratings(programme, moment, only=only)
    sent = newest_sent(derived, moment)
    assured = _assured([each.update_id for each in sent.values()], moment)
    questions = _questions([each.update_id for each in sent.values()], moment)
    out = {}
    for key, said in derived.items():
        found, update = sent.get(key), sent[key].update_id if key in sent else 0
        declared = _declared(found, said)
        out[key] = ThreeRatings(key, found, declared, said, assured.get(update), tuple(questions[update]))
    return out


def _declared(sent: Sent | None, derived: rag.Derived) -> Rag:
    """What the lead says for the newest month that is due. Silence is not filled in from another month."""
    if derived.rating in {Rag.NOT_REPORTED, Rag.COMPLETE}:
        return derived.rating
    return sent.rag if sent else Rag.NOT_RATED


def of_workstream(workstream: Workstream, at: datetime | None = None) -> ThreeRatings:
    """The three ratings of one workstream."""
    return three_ratings(workstream.programme, at, only=[workstream])[workstream.pk]


def of_update(workstream: Workstream, told: SentUpdate) -> ThreeRatings | None:
    """The three ratings of one month's update: the rules as at the moment it was sent, opinions given since then.

    None where nobody rated it, as for a month that was brought in from a page.
    """
    given = next((each for each in told.revision.ratings.all() if each.kind == Rating.Kind.DECLARED), None)
    if given is None:
        return None
    sent = Sent(told.update.pk, told.update.period.month, told.revision.pk, given)
    derived = derived_ratings(workstream.programme, told.revision.at, only=[workstream])[workstream.pk]
    moment = now()
    assured, questions = _assured([sent.update_id], moment), _questions([sent.update_id], moment)
    return ThreeRatings(
        workstream.pk, sent, sent.rag, derived, assured.get(sent.update_id), tuple(questions[sent.update_id])
    )


def _assured(updates: list[int], at: datetime) -> Mapping[int, Rating]:
    """The newest assured rating of each update; a corrected update keeps the one given before."""
    given = Rating.objects.filter(kind=Rating.Kind.ASSURED, revision__update__in=updates, at__lte=at)
    rows = given.select_related("revision", "by__person").order_by("at", "pk")
    return {row.revision.update_id: row for row in rows if row.revision}


def _questions(updates: list[int], at: datetime) -> Mapping[int, list[RatingQuestion]]:
    found: dict[int, list[RatingQuestion]] = defaultdict(list)
    for row in RatingQuestion.objects.filter(revision__update__in=updates, at__lte=at).in_full():
        found[row.revision.update_id].append(row)
    return found


@dataclass(frozen=True)
class RollUp:
    """A programme's ratings of one kind: how many of each, and the worst. Never an average."""

    counts: tuple[tuple[Rag, int], ...]

    @property
    def worst(self) -> Rag | None:
        """The worst rating anybody has; None where there is none."""
        return self.counts[0][0] if self.counts else None


def roll_up(ratings: Iterable[Rag]) -> RollUp:
    """Counts, worst first, and the worst."""
    return RollUp(tuple(count_ratings(ratings)))


def rolled_up(three: Iterable[ThreeRatings]) -> dict[str, RollUp]:
    """The programme's three roll-ups, by 'declared', 'derived' and 'assured'."""
    every = list(three)
    return {
        "declared": roll_up(each.declared for each in every),
        "derived": roll_up(each.derived.rating for each in every),
        "assured": roll_up(each.assured.rag for each in every if each.assured),
    }
