"""The three ratings of a workstream side by side: declared by its lead, derived by the rules, assured by somebody else.

None replaces another. Where they differ, the difference is a question to the lead, and the answer stays beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from programme.clock import now
from programme.dates import month_words
from programme.models import Programme
from programme.status import Rag, count_ratings
from workstreams import rag
from workstreams.derived import derived_of, derived_ratings, gathered
from workstreams.gathering import Gathered, Opinions, Sent, opinions_about
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
    return three_of(gathered(programme, at or now(), only))


def three_of(known: Gathered) -> dict[int, ThreeRatings]:
    """The three ratings of what was gathered, by workstream."""
    said = opinions_about(known.newest.values(), known.at)
    out = {}
    for key, derived in derived_of(known).items():
        sent = known.newest.get(key)
        declared = _declared(sent, derived)
        if sent is None:
            out[key] = ThreeRatings(key, None, declared, derived)
        else:
            out[key] = _beside(key, sent, said, declared, derived)
    return out


def _beside(key: int, sent: Sent, said: Opinions, declared: Rag, derived: rag.Derived) -> ThreeRatings:
    given = replace(sent, rating=said.declared.get(sent.revision_id))
    assured, questions = said.assured.get(sent.update_id), tuple(said.questions.get(sent.update_id, ()))
    return ThreeRatings(key, given, declared, derived, assured, questions)


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
    sent = Sent(told.update.pk, told.update.period.month, told.revision.pk, given.rating, given.at)
    derived = derived_ratings(workstream.programme, told.revision.at, only=[workstream])[workstream.pk]
    return _beside(workstream.pk, sent, opinions_about([sent], now()), sent.rag, derived)


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
