"""The work: workstreams, monthly updates, ratings and milestones."""

from workstreams.models.assignment import Assignment
from workstreams.models.funding import FundingLine, FundingQuerySet
from workstreams.models.importing import ImportReview
from workstreams.models.milestone import (
    Milestone,
    MilestoneDate,
    MilestoneQuerySet,
    Phase,
    PhaseDate,
    statements_of,
)
from workstreams.models.plain import PlainPage, PlainPageQuerySet
from workstreams.models.rating import Rating
from workstreams.models.staff_page import StaffPage, StaffPageQuerySet, StaffPageStep, StaffPageVersion
from workstreams.models.update import MonthlyUpdate, UpdateDraft, UpdateEvent, UpdateItem, UpdateRevision
from workstreams.models.voice import Voice, VoiceQuerySet, VoiceStep
from workstreams.models.workstream import Objective, Workstream, WorkstreamQuerySet, WorkstreamStatus

__all__ = [
    "Assignment",
    "FundingLine",
    "FundingQuerySet",
    "ImportReview",
    "Milestone",
    "MilestoneDate",
    "MilestoneQuerySet",
    "MonthlyUpdate",
    "Objective",
    "Phase",
    "PhaseDate",
    "PlainPage",
    "PlainPageQuerySet",
    "Rating",
    "StaffPage",
    "StaffPageQuerySet",
    "StaffPageStep",
    "StaffPageVersion",
    "UpdateDraft",
    "UpdateEvent",
    "UpdateItem",
    "UpdateRevision",
    "Voice",
    "VoiceQuerySet",
    "VoiceStep",
    "Workstream",
    "WorkstreamQuerySet",
    "WorkstreamStatus",
    "statements_of",
]
