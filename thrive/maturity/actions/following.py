"""From a finding to work: a recommendation of THRIVE, decided on, worked on and closed where all of them are."""

from datetime import datetime

from django.db import transaction

from programme.clock import day_of, now
from programme.models import Place, User
from programme.refusals import Refused
from thrive.actions import delivery
from thrive.maturity.models import Element, Finding, Review, TakenForward
from thrive.maturity.scoring import State

LONGEST_SOURCE = 200


@transaction.atomic
def take_forward(
    *,
    review: Review,
    text: str,
    place: Place,
    by: User | None,
    finding: Finding | None = None,
    element: Element | None = None,
    at: datetime | None = None,
) -> TakenForward:
    """Make a recommendation of a finding, or of an element to be lifted. Raises Refused.

    A recommendation is read by everybody in the programme, so its review has been released.
    """
    moment = at or now()
    if review.stands is not State.RELEASED:
        raise Refused("Release the review first: a recommendation is read by everybody in the programme.")
    _refuse_what_is_of_something_else(review, finding, element)
    domain = finding.domain if finding else element.domain if element else None
    source = f"{review.title}, {domain}"
    if len(source) > LONGEST_SOURCE:
        source = f"{source[: LONGEST_SOURCE - 1]}…"
    made = delivery.recommend(
        place=place, text=text, source_kind="maturity", source=source, made_on=day_of(moment), by=by, at=moment
    )
    return TakenForward.objects.create(review=review, finding=finding, element=element, recommendation=made)


def _refuse_what_is_of_something_else(review: Review, finding: Finding | None, element: Element | None) -> None:
    if finding is None and element is None:
        raise Refused("Say which finding or which element it comes from.")
    if finding and finding.review_id != review.pk:
        raise Refused("That finding is of another review.")
    if element and element.domain.framework_id != review.framework_id:
        raise Refused("That element is of another version of the framework.")
    if finding and element and element.domain_id != finding.domain_id:
        raise Refused(f"Choose an element of {finding.domain}.")
