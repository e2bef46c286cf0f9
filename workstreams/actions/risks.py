"""Scoring a risk again. Every score is kept with its reason and its day."""

from datetime import date, datetime

from django.db import transaction

from programme.clock import day_of, now
from programme.history import recorded
from programme.models import User
from programme.refusals import Refused
from workstreams.actions.registers import locked
from workstreams.models import Risk, RiskScore
from workstreams.risks import score_of


@transaction.atomic
def score(
    *,
    risk: Risk,
    likelihood: int,
    impact: int,
    reason: str,
    version: int,
    by: User | None,
    review_on: date | None = None,
    at: datetime | None = None,
) -> RiskScore:
    """Score a risk again, also where the score stays the same, and name the day of the next look at it.

    Raises Stale, or Refused where the risk is closed, no reason is given or the next day has passed.
    """
    current, moment = locked(risk, version), at or now()
    if not reason.strip():
        raise Refused("Say why it is scored like this.")
    if review_on and review_on < day_of(moment):
        raise Refused("The next review cannot lie in the past.")
    score_of(likelihood, impact)
    with recorded(by=by, action="Scored the risk", reason=reason.strip(), at=moment):
        current.likelihood, current.impact, current.review_on = likelihood, impact, review_on
        current.version += 1
        current.save()
    return RiskScore.objects.create(
        risk=current, likelihood=likelihood, impact=impact, reason=reason.strip(), by=by, at=moment
    )
