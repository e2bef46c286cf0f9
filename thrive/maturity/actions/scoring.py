"""Scoring alone, and agreeing together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from programme.clock import day_of, now
from programme.models import User
from programme.refusals import Refused, Stale
from thrive.maturity.actions.reviews import refuse_released
from thrive.maturity.models import Consensus, Element, Level, Participant, Review, Score
from thrive.maturity.scoring import Answer, State, round_is_open


@transaction.atomic
def score(
    *, participant: Participant, answers: Mapping[str, Answer], by: User | None = None, at: datetime | None = None
) -> int:
    """Keep somebody's answers by element code; what they said before and did not change is left alone.

    `by` is the facilitator who writes for somebody in the room. Returns how many answers are new. Raises Refused.
    """
    moment = at or now()
    # Held against the closing of the round, which changes the review.
    review = Review.objects.select_for_update(of=("self",)).get(pk=participant.review_id)
    current = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    _refuse(review, current, by)
    elements = _asked(current, review, answers)
    levels = {level.value: level for level in Level.objects.filter(framework=review.framework_id)}
    stands = {s.element_id: s for s in Score.objects.filter(participant=current).last_words().select_related("level")}
    made = []
    for code, answer in answers.items():
        if answer.level is not None and answer.level not in levels:
            raise Refused("There is no such level.")
        before = stands.get(elements[code].pk)
        if before and (before.level.value if before.level else None, before.reason, before.evidence) == (
            answer.level, answer.reason, answer.evidence,
        ):  # fmt: skip
            continue
        made.append(
            Score(
                participant=current,
                element=elements[code],
                level=levels[answer.level] if answer.level is not None else None,
                reason=answer.reason,
                evidence=answer.evidence,
                by=by,
                at=moment,
            )
        )
    return len(Score.objects.bulk_create(made))


def _refuse(review: Review, participant: Participant, by: User | None) -> None:
    if not round_is_open(review.stands):
        raise Refused("The round is not open: scores cannot be given or changed now.")
    if participant.withdrawn_at is not None:
        raise Refused("This person takes part no longer.")
    if participant.in_room != (by is not None):
        raise Refused("Somebody with a link scores by themselves; for people in the room a facilitator writes.")


def _asked(participant: Participant, review: Review, codes: Mapping[str, Answer]) -> dict[str, Element]:
    found = Element.objects.filter(domain__framework=review.framework_id, domain__code__in=participant.domains)
    elements = {element.code: element for element in found.filter(code__in=codes)}
    if len(elements) < len(codes):
        raise Refused("This person is not asked about that element.")
    return elements


@dataclass(frozen=True)
class Agreement:
    """What people agreed of an element. A level only if they agreed on one."""

    level: int | None
    rationale: str
    decided_by: str
    decided_on: date
    dissent: str = ""
    ambition: int | None = None
    ambition_by: date | None = None


@transaction.atomic
def agree(
    *, review: Review, element: Element, agreement: Agreement, number: int, by: User | None, at: datetime | None = None
) -> Consensus:
    """Write down what was agreed. `number` is how often that was done before. Raises Stale or Refused."""
    return agree_many(review=review, agreements=[(element, agreement, number)], by=by, at=at)[0]


@transaction.atomic
def agree_many(
    *,
    review: Review,
    agreements: Sequence[tuple[Element, Agreement, int]],
    by: User | None,
    at: datetime | None = None,
) -> list[Consensus]:
    """The same for several elements at once, all or none."""
    moment = at or now()
    current = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    refuse_released(current)
    if current.stands is not State.WORKSHOP:
        raise Refused("Levels are agreed in the workshop, after the round has closed.")
    levels = {level.value: level for level in Level.objects.filter(framework=current.framework_id)}
    stands = {c.element_id: c for c in Consensus.objects.filter(review=current).standing()}
    made = []
    for element, agreement, number in agreements:
        before = stands.get(element.pk)
        if (before.number if before else 0) != number:
            raise Stale(before)
        _refuse_agreement(agreement, levels, moment)
        made.append(
            Consensus(
                review=current,
                element=element,
                number=number + 1,
                level=levels[agreement.level] if agreement.level is not None else None,
                rationale=agreement.rationale,
                dissent=agreement.dissent,
                decided_by=agreement.decided_by,
                decided_on=agreement.decided_on,
                ambition=levels[agreement.ambition] if agreement.ambition is not None else None,
                ambition_by=agreement.ambition_by if agreement.ambition is not None else None,
                by=by,
                at=moment,
            )
        )
    return Consensus.objects.bulk_create(made)


def _refuse_agreement(agreement: Agreement, levels: Mapping[int, Level], moment: datetime) -> None:
    if not agreement.rationale.strip() or not agreement.decided_by.strip():
        raise Refused("Write down why, and who decided.")
    if {agreement.level, agreement.ambition} - {None} - set(levels):
        raise Refused("There is no such level.")
    if agreement.decided_on > day_of(moment):
        raise Refused("The day cannot be in the future.")
    if agreement.ambition is not None and agreement.ambition_by is None:
        raise Refused("Say by when that level is to be reached.")
