"""What the rules and the assurance reviewer say beside the lead, and what is asked of SLT, as the dashboard needs it.

Plain values without rows behind them, so that a frozen month keeps them as they were.
"""

from dataclasses import dataclass

from programme.status import Rag
from workstreams import asks
from workstreams.gathering import Gathered
from workstreams.rag import is_better
from workstreams.ratings import ThreeRatings


@dataclass(frozen=True)
class Opinions:
    """Ratings beside the lead's own. `unanswered` counts the questions that differences raised and nobody answered."""

    derived: Rag
    why: tuple[str, ...]
    assured: Rag | None
    assured_why: str
    differ: bool
    lead_is_brighter: bool
    unanswered: int


@dataclass(frozen=True)
class AskedOfSlt:
    """Help or a decision that a workstream waits for, with its age in words."""

    pk: int
    text: str
    workstream: str
    slug: str
    is_blocking: bool
    is_late: bool
    age_words: str


def asked_of_slt(known: Gathered) -> tuple[AskedOfSlt, ...]:
    """Every ask that waits for an answer from above, the most pressing first."""
    return tuple(
        AskedOfSlt(
            pk=line.ask.pk,
            text=line.ask.text,
            workstream=line.ask.workstream.name,
            slug=line.ask.workstream.slug,
            is_blocking=line.ask.is_blocking,
            is_late=line.days_past > 0,
            age_words=line.age_words,
        )
        for line in asks.pressing_first(asks.AskLine(ask, (), known.day, str(ask.state)) for ask in known.asks)
    )


def opinion_of(three: ThreeRatings) -> Opinions:
    """What others say of one workstream."""
    assured = three.assured.rag if three.assured else None
    return Opinions(
        derived=three.derived.rating,
        why=tuple(reason.words for reason in three.derived.reasons),
        assured=assured,
        assured_why=three.assured.reason if three.assured else "",
        differ=three.differ,
        lead_is_brighter=is_better(three.declared, three.derived.rating)
        or (assured is not None and is_better(three.declared, assured)),
        unanswered=len(three.unanswered) + bool(three.question_now),
    )
