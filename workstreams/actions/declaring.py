"""The declared rating of an update: what has to be said with it, and the row that keeps it."""

from dataclasses import dataclass
from datetime import date, datetime

from programme.models import Person, ReportingPeriod, User
from programme.refusals import Refused
from programme.status import Rag
from workstreams import sent_updates
from workstreams.actions.assuring import question_rules
from workstreams.models import Rating, UpdateRevision, Workstream


@dataclass(frozen=True)
class PathToGreen:
    """The way back to Green: what will be done, by whom and by which day. The owner is a person or words."""

    action: str = ""
    by: date | None = None
    owner: Person | None = None
    owner_words: str = ""

    @property
    def missing(self) -> list[str]:
        """What has not been said yet, in words."""
        parts = (
            ("what will be done", self.action.strip()),
            ("who will do it", self.owner or self.owner_words.strip()),
            ("by which day", self.by),
        )
        return [words for words, said in parts if not said]


NO_PATH = PathToGreen()


def rating_before(workstream: Workstream, period: ReportingPeriod) -> Rag | None:
    """The newest rating declared for a month before `period`, or None."""
    before = sent_updates.latest(workstream, before=period)
    return before.rating if before else None


def needs_note(rating: Rag, before: Rag | None) -> bool:
    """Whether a rating has to say why: every one but Green, and a Green after Red."""
    return rating is not Rag.GREEN or before is Rag.RED


def refuse_unless_said(
    *, workstream: Workstream, period: ReportingPeriod, rating: Rag, reason: str, path: PathToGreen
) -> None:
    """Raise Refused where the rating needs a reason or, when Red, a path to Green, that has not been given."""
    before = rating_before(workstream, period) if rating is Rag.GREEN and not reason.strip() else None
    if before is Rag.RED:
        raise Refused("The last rating was Red. Say what has changed to make it Green.")
    if rating is Rag.RED and path.missing:
        raise Refused(f"A Red rating needs a path to Green. Still to say: {', '.join(path.missing)}.")


def declare(
    *,
    revision: UpdateRevision,
    rating: Rag,
    reason: str,
    path: PathToGreen,
    delivery_confidence: str,
    by: User | None,
    at: datetime,
    questioned: bool = True,
) -> Rating:
    """Keep the rating a lead gives with an update; where the rules say worse, a question to the lead is raised.

    Comes after the event that makes the update stand as sent. A path is kept only where the rating is Red.
    `questioned` is false where a correction leaves the rating as it was: what was asked has been asked.
    """
    kept = path if rating is Rag.RED else NO_PATH
    declared = Rating.objects.create(
        workstream=revision.update.workstream,
        period=revision.update.period,
        rating=rating.value,
        reason=reason,
        delivery_confidence=delivery_confidence,
        path_action=kept.action.strip(),
        path_owner=kept.owner,
        path_owner_words="" if kept.owner else kept.owner_words.strip(),
        path_by=kept.by,
        revision=revision,
        by=by,
        at=at,
    )
    if questioned:
        question_rules(revision, rating, at)
    return declared
