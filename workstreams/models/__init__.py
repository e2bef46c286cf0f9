"""The work: workstreams, monthly updates, ratings and milestones."""

from workstreams.models.assignment import Assignment
from workstreams.models.baseline import BaselineDecision, BaselineRequest
from workstreams.models.dependency import MilestoneDependency
from workstreams.models.importing import ImportReview
from workstreams.models.milestone import (
    Milestone,
    MilestoneDate,
    MilestonePlace,
    MilestoneQuerySet,
    Phase,
    PhaseDate,
    statements_of,
)
from workstreams.models.pilot import Pilot
from workstreams.models.plan_sheet import PlanSheet
from workstreams.models.rating import Rating
from workstreams.models.update import MonthlyUpdate, UpdateDraft, UpdateEvent, UpdateItem, UpdateRevision
from workstreams.models.workstream import Objective, Workstream, WorkstreamQuerySet, WorkstreamStatus

__all__ = [
    "Assignment",
    "BaselineDecision",
    "BaselineRequest",
    "ImportReview",
    "Milestone",
    "MilestoneDate",
    "MilestoneDependency",
    "MilestonePlace",
    "MilestoneQuerySet",
    "MonthlyUpdate",
    "Objective",
    "Phase",
    "PhaseDate",
    "Pilot",
    "PlanSheet",
    "Rating",
    "UpdateDraft",
    "UpdateEvent",
    "UpdateItem",
    "UpdateRevision",
    "Workstream",
    "WorkstreamQuerySet",
    "WorkstreamStatus",
    "statements_of",
]
