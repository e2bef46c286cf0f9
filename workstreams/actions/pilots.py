"""Planning a pilot: three milestones that belong together, each waiting for the one before."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from programme.clock import now
from programme.dates import FuzzyDate
from programme.history import recorded
from programme.models import Person, User
from programme.refusals import Refused
from workstreams.actions import dependencies, milestones
from workstreams.dependencies import Fit, fit
from workstreams.models import Milestone, Phase, Pilot, Workstream

Step = Milestone.Step


@dataclass(frozen=True)
class PilotDates:
    """When each step is done."""

    pilot: FuzzyDate
    evaluation: FuzzyDate
    roll_out: FuzzyDate


@transaction.atomic
def plan(
    *,
    workstream: Workstream,
    name: str,
    dates: PilotDates,
    by: User | None,
    question: str = "",
    owner: Person | None = None,
    phase: Phase | None = None,
    at: datetime | None = None,
) -> Pilot:
    """Add a pilot, its evaluation and its roll-out to the plan. Raises Refused where one comes before its time."""
    if Pilot.objects.filter(workstream=workstream, name__iexact=name).exists():
        raise Refused(f"{workstream} already has a pilot called “{name}”. Give this one another name.")
    for problem in out_of_order(dates).values():
        raise Refused(problem)
    moment = at or now()
    with recorded(by=by, action="Planned a pilot", at=moment):
        pilot = Pilot.objects.create(workstream=workstream, name=name, question=question)
    before: Milestone | None = None
    for step, when in ((Step.PILOT, dates.pilot), (Step.EVALUATION, dates.evaluation), (Step.ROLL_OUT, dates.roll_out)):
        made = milestones.add(
            workstream=workstream, title=f"{step.label}: {name}", when=when, phase=phase, owner=owner, by=by, at=moment,
            pilot=pilot, pilot_step=step,
        )  # fmt: skip
        if before:
            dependencies.add(milestone=made, needs=before, by=by)
        before = made
    return pilot


def out_of_order(dates: PilotDates) -> dict[str, str]:
    """What is wrong with the order of the steps, by step; empty where each can come after the one before."""
    wrong = {}
    if fit(dates.pilot, dates.evaluation) is Fit.CLASHES:
        wrong["evaluation"] = "The evaluation cannot be done before the pilot begins"
    if fit(dates.evaluation, dates.roll_out) is Fit.CLASHES:
        wrong["roll_out"] = "The roll-out cannot be done before the evaluation begins"
    return wrong
