"""Targets, gaps, recommendations and the work for them, made by the real actions."""

from datetime import UTC, date, datetime
from typing import Any

from programme.models import Place, User
from tests.factories import people, work
from thrive.actions import delivery
from thrive.actions.delivery import Decision, Shortfall, Target
from thrive.models import GapFinding, Recommendation, RecommendationWork, TargetOffer
from workstreams.models import Milestone, Workstream

WHEN = datetime(2026, 10, 5, 9, tzinfo=UTC)


def target(place: Place, title: str = "Shared risk support", **about: Any) -> TargetOffer:
    """What good looks like, of no single need unless one is given."""
    told = Target(title, "Agencies agree on one plan within a week.", "Example report", **about)
    return delivery.set_target(place=place, target=told, by=None, at=WHEN)


def gap(place: Place, of: TargetOffer | None = None, *, title: str = "No shared plan", **about: Any) -> GapFinding:
    """Where a place falls short of a target."""
    lacks = Shortfall(title, "Each agency has a plan of its own.", **about)
    return delivery.find_gap(
        place=place, target=of or (None if lacks.grouping else target(place)), lacks=lacks, by=None, at=WHEN
    )


def accepted_gap(made: GapFinding, *, by: User | None = None) -> GapFinding:
    return delivery.decide_gap(
        gap=made, accepted=True, reason="Young people fall between us", version=made.version, by=by, at=WHEN
    )


def recommendation(place: Place, *gaps: GapFinding, text: str = "Hold one panel each week") -> Recommendation:
    """From a report."""
    return delivery.recommend(
        place=place, text=text, source_kind="report", source="Example report", gaps=gaps, by=None, at=WHEN
    )


def accepted(made: Recommendation, *, by: User | None = None) -> Recommendation:
    """Accepted, with an owner and a day."""
    owner = people.person("Olu Ade")
    said = Decision("accepted", "It is the cheapest way", owner=owner, wanted_by=date(2027, 6, 30))
    return delivery.decide(recommendation=made, said=said, version=made.version, by=by, at=WHEN)


def work_for(
    made: Recommendation, workstream: Workstream | None = None, milestone: Milestone | None = None
) -> RecommendationWork:
    """A workstream named for it, after accepting it."""
    taken = made if made.decision else accepted(made)
    stream = workstream or (milestone.workstream if milestone else work.workstream(work.programme()))
    return delivery.put_to_work(recommendation=taken, workstream=stream, milestone=milestone, by=None, at=WHEN)
