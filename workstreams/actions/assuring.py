"""A second opinion on a rating, the questions that follow where ratings differ, and the lead's answers."""

from datetime import datetime

from django.db import transaction

from programme.clock import now
from programme.history import recorded
from programme.models import User
from programme.refusals import Refused
from programme.status import DECLARABLE, Rag
from workstreams import rag
from workstreams.derived import derived_ratings
from workstreams.models import MonthlyUpdate, Rating, RatingAnswer, RatingQuestion, UpdateRevision

Basis = RatingQuestion.Basis


def wrote(user: User, revision: UpdateRevision) -> bool:
    """Whether an update is the user's own: they sent it, or it stands in their name."""
    if revision.by_id and revision.by_id == user.pk:
        return True
    mine = {user.person_id, user.person.merged_into_id if user.person else None} - {None}
    stands_for = revision.on_behalf_of
    theirs = {stands_for.pk, stands_for.merged_into_id} - {None} if stands_for else set()
    return bool(mine & theirs)


@transaction.atomic
def assure(*, update: MonthlyUpdate, rating: Rag, reason: str, by: User, at: datetime | None = None) -> Rating:
    """Give an assured rating of a sent update, with the reason. It stands beside the lead's, and never replaces it.

    Raises Refused where the update is not sent, is one's own, or no reason is given. Where it differs from what the
    lead declared, a question to the lead is raised in the same transaction.
    """
    sent = MonthlyUpdate.objects.filter(pk=update.pk).sent().first()
    if sent is None or sent.sent_revision is None:
        raise Refused("This update has not been sent, so there is nothing to give a second opinion on.")
    revision = UpdateRevision.objects.select_related("update__workstream", "on_behalf_of").get(pk=sent.sent_revision)
    if any(wrote(by, each) for each in update.revisions.select_related("on_behalf_of")):
        raise Refused("You wrote or sent this update. Somebody else has to give the second opinion.")
    if rating not in DECLARABLE:
        raise Refused("Choose Green, Amber or Red.")
    if not reason.strip():
        raise Refused("Say why, from the evidence you have seen.")
    moment = at or now()
    with recorded(by=by, action="Gave an assured rating", reason=reason):
        given = Rating.objects.create(
            workstream=revision.update.workstream,
            period=sent.period,
            kind=Rating.Kind.ASSURED,
            rating=rating.value,
            reason=reason.strip(),
            revision=revision,
            by=by,
            at=moment,
        )
        _question_assured(revision, given, moment)
    return given


def _question_assured(revision: UpdateRevision, given: Rating, moment: datetime) -> None:
    declared = revision.ratings.filter(kind=Rating.Kind.DECLARED).first()
    if declared is None or declared.rating == given.rating:
        return
    said = given.reason if given.reason.endswith((".", "!", "?")) else f"{given.reason}."
    RatingQuestion.objects.create(
        workstream=revision.update.workstream,
        revision=revision,
        basis=Basis.ASSURED,
        declared=declared.rating,
        other=given.rating,
        assured=given,
        text=f"The assurance reviewer says {given.rag.word}: {said} Why is it {declared.rag.word}?",
        by=given.by,
        at=moment,
    )


def question_rules(revision: UpdateRevision, declared: Rag, moment: datetime) -> RatingQuestion | None:
    """Ask the lead why, where they declare better than the rules say at `moment`. The same is asked once."""
    workstream = revision.update.workstream
    derived = derived_ratings(workstream.programme, moment, only=[workstream]).get(workstream.pk)
    words = rag.question(declared, derived) if derived else ""
    if derived is None or not words:
        return None
    raised, _ = RatingQuestion.objects.get_or_create(
        revision=revision,
        basis=Basis.DERIVED,
        other=derived.rating.value,
        defaults={"workstream": workstream, "declared": declared.value, "text": words, "at": moment},
    )
    return raised


@transaction.atomic
def answer(*, question: RatingQuestion, text: str, by: User, at: datetime | None = None) -> RatingAnswer:
    """Keep what the lead says to a question. No rating changes by it."""
    if not text.strip():
        raise Refused("Write your answer.")
    return RatingAnswer.objects.create(question=question, text=text.strip(), by=by, at=at or now())
