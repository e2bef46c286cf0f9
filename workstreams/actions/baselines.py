"""A new baseline: asked for with a reason, then agreed or refused by somebody else. The old one is remembered.

Whoever asked may withdraw the request until somebody has decided.
"""

from datetime import datetime

from django.db import transaction

from programme.clock import now
from programme.dates import FuzzyDate
from programme.history import recorded
from programme.models import User
from programme.refusals import Refused
from workstreams.actions import milestones
from workstreams.models import BaselineDecision, BaselineRequest, Milestone, MilestoneDate

Statement = MilestoneDate.Statement
Outcome = BaselineDecision.Outcome


@transaction.atomic
def ask(
    *, milestone: Milestone, when: FuzzyDate, reason: str, version: int, by: User, at: datetime | None = None
) -> BaselineRequest:
    """Ask for a new baseline. Nothing changes until somebody else agrees. Raises Stale or Refused."""
    current = milestones.locked(milestone, version)
    _refuse_done(current)
    if not reason.strip():
        raise Refused("Say why a new baseline is needed.")
    if not when.has_window:
        raise Refused("A baseline needs a date that begins or ends on some day.")
    if current.baseline_requests.waiting().exists():
        raise Refused("A new baseline has already been asked for. It waits for somebody to agree.")
    moment = at or now()
    with recorded(by=by, action="Asked for a new baseline", reason=reason, at=moment):
        return BaselineRequest.objects.create(
            milestone=current, statement=Statement.BASELINE, reason=reason, by=by, at=moment,
            **milestones.columns(when),
        )  # fmt: skip


@transaction.atomic
def agree(
    *, request: BaselineRequest, version: int, by: User, reason: str = "", at: datetime | None = None
) -> BaselineDecision:
    """Agree: the date asked for becomes the baseline. Not one's own request, and only once. Raises Stale or Refused."""
    current = _to_decide(request, version, by)
    moment = at or now()
    with recorded(by=by, action="Agreed to a new baseline", reason=reason or request.reason, at=moment):
        decision = BaselineDecision.objects.create(
            request=request, outcome=Outcome.AGREED, reason=reason, by=by, at=moment
        )
        milestones.state(current, Statement.BASELINE, request.window, by=by, at=moment, reason=request.reason)
        milestones.confirmed(current)
    return decision


@transaction.atomic
def refuse(
    *, request: BaselineRequest, version: int, by: User, reason: str, at: datetime | None = None
) -> BaselineDecision:
    """Refuse, with a reason: the baseline stays as it is. Raises Stale or Refused."""
    _to_decide(request, version, by)
    if not reason.strip():
        raise Refused("Say why you refuse, for those who asked.")
    moment = at or now()
    with recorded(by=by, action="Refused a new baseline", reason=reason, at=moment):
        return BaselineDecision.objects.create(
            request=request, outcome=Outcome.REFUSED, reason=reason, by=by, at=moment
        )


@transaction.atomic
def withdraw(*, request: BaselineRequest, by: User, reason: str = "", at: datetime | None = None) -> BaselineDecision:
    """Take one's own request back before anybody has decided on it. Raises Refused."""
    if request.by_id != by.pk:
        raise Refused("Only the person who asked for it can withdraw it.")
    Milestone.objects.select_for_update().get(pk=request.milestone_id)
    _refuse_decided(request)
    moment = at or now()
    with recorded(by=by, action="Withdrew a new baseline", reason=reason, at=moment):
        return BaselineDecision.objects.create(
            request=request, outcome=Outcome.WITHDRAWN, reason=reason.strip(), by=by, at=moment
        )


def _refuse_decided(request: BaselineRequest) -> None:
    decided = BaselineDecision.objects.filter(request=request).first()
    if decided and decided.outcome == Outcome.WITHDRAWN:
        raise Refused("This request has been withdrawn.")
    if decided:
        raise Refused("Somebody has already decided on this new baseline.")


def _to_decide(request: BaselineRequest, version: int, by: User) -> Milestone:
    if request.by_id == by.pk:
        raise Refused("You asked for this new baseline, so somebody else has to decide.")
    current = milestones.locked(request.milestone, version)
    _refuse_decided(request)
    _refuse_done(current)
    return current


def _refuse_done(milestone: Milestone) -> None:
    if milestone.dates.filter(statement=Statement.ACTUAL).exists():
        raise Refused("This milestone is done. Its baseline can no longer change.")
