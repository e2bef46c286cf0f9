"""The work: workstreams, monthly updates, ratings and milestones."""

from workstreams.models.action import Action
from workstreams.models.ask import Ask, AskEvent, AskQuerySet
from workstreams.models.assignment import Assignment
from workstreams.models.baseline import BaselineDecision, BaselineRequest
from workstreams.models.closing import ClosingPack, ClosingStep, MilestoneRehoming, SustainmentAnswer
from workstreams.models.decision import Decision
from workstreams.models.dependency import MilestoneDependency
from workstreams.models.document import Document
from workstreams.models.funding import FundingLine, FundingQuerySet
from workstreams.models.gate import (
    Gate,
    GateCondition,
    GateCriterion,
    GateDate,
    GateEvidence,
    GateOutcome,
    GateQuerySet,
    GateSeat,
)
from workstreams.models.group import Group, GroupMember, GroupQuerySet, MemberQuerySet
from workstreams.models.handover import HandoverNote
from workstreams.models.importing import ImportReview
from workstreams.models.issue import Issue
from workstreams.models.launch_question import LaunchQuestion
from workstreams.models.meeting import Attendance, Meeting, MeetingQuerySet
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
from workstreams.models.plain import PlainPage, PlainPageQuerySet
from workstreams.models.plan_sheet import PlanSheet
from workstreams.models.question import RatingAnswer, RatingQuestion
from workstreams.models.rating import Rating
from workstreams.models.register import RegisterEntry
from workstreams.models.reminder import Reminder
from workstreams.models.risk import Risk, RiskScore
from workstreams.models.staff_page import StaffPage, StaffPageQuerySet, StaffPageStep, StaffPageVersion
from workstreams.models.thresholds import RatingThresholds, thresholds_of
from workstreams.models.update import (
    MonthlyUpdate,
    PromiseOutcome,
    UpdateDraft,
    UpdateEvent,
    UpdateItem,
    UpdateRevision,
)
from workstreams.models.voice import Voice, VoiceQuerySet, VoiceStep
from workstreams.models.workstream import Objective, Workstream, WorkstreamQuerySet, WorkstreamStatus

__all__ = [
    "Action",
    "Ask",
    "AskEvent",
    "AskQuerySet",
    "Assignment",
    "Attendance",
    "BaselineDecision",
    "BaselineRequest",
    "ClosingPack",
    "ClosingStep",
    "Decision",
    "Document",
    "FundingLine",
    "FundingQuerySet",
    "Gate",
    "GateCondition",
    "GateCriterion",
    "GateDate",
    "GateEvidence",
    "GateOutcome",
    "GateQuerySet",
    "GateSeat",
    "Group",
    "GroupMember",
    "GroupQuerySet",
    "HandoverNote",
    "ImportReview",
    "Issue",
    "LaunchQuestion",
    "Meeting",
    "MeetingQuerySet",
    "MemberQuerySet",
    "Milestone",
    "MilestoneDate",
    "MilestoneDependency",
    "MilestonePlace",
    "MilestoneQuerySet",
    "MilestoneRehoming",
    "MonthlyUpdate",
    "Objective",
    "Phase",
    "PhaseDate",
    "Pilot",
    "PlainPage",
    "PlainPageQuerySet",
    "PlanSheet",
    "PromiseOutcome",
    "Rating",
    "RatingAnswer",
    "RatingQuestion",
    "RatingThresholds",
    "RegisterEntry",
    "Reminder",
    "Risk",
    "RiskScore",
    "StaffPage",
    "StaffPageQuerySet",
    "StaffPageStep",
    "StaffPageVersion",
    "SustainmentAnswer",
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
    "thresholds_of",
]
