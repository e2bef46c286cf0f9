"""The work: workstreams, monthly updates, ratings and milestones."""

from workstreams.models.assignment import Assignment
from workstreams.models.milestone import Milestone, MilestoneDate, Phase, PhaseDate, statements_of
from workstreams.models.rating import Rating
from workstreams.models.update import MonthlyUpdate, UpdateDraft, UpdateEvent, UpdateItem, UpdateRevision
from workstreams.models.workstream import Objective, Workstream, WorkstreamStatus

__all__ = [
    "Assignment",
    "Milestone",
    "MilestoneDate",
    "MonthlyUpdate",
    "Objective",
    "Phase",
    "PhaseDate",
    "Rating",
    "UpdateDraft",
    "UpdateEvent",
    "UpdateItem",
    "UpdateRevision",
    "Workstream",
    "WorkstreamStatus",
    "statements_of",
]
