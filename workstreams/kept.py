"""What the work keeps of its changes, in words. A field or a table without words here is never told.

Drafts are not among them: what was typed and never sent belongs to nobody's history.
"""

from collections.abc import Mapping

from django.db.models import Q

from programme.models import Programme
from programme.trail import Kept, Place, Strand
from workstreams import gate_history
from workstreams.appended import (
    ANSWERS,
    ASKED,
    ASSURED,
    BASELINES,
    CHECKS,
    CLOSING,
    CORRECTIONS,
    DATES,
    EVENTS,
    MILESTONES,
    NOTES,
    PHASE_DATES,
    QUESTIONS,
    REHOMED,
    STATUS,
    TEAM,
    WORKSTREAMS,
)
from workstreams.models import (
    Action,
    Assignment,
    Attendance,
    Decision,
    Document,
    FundingLine,
    Group,
    GroupMember,
    Issue,
    LaunchQuestion,
    Meeting,
    Milestone,
    MonthlyUpdate,
    Objective,
    Phase,
    Pilot,
    RatingThresholds,
    Risk,
    Workstream,
)

REGISTERS, GROUPS, RULES = "registers", "groups", "rules"

WORKSTREAM = Kept(
    Workstream,
    "workstream",
    WORKSTREAMS,
    "name",
    {
        "name": "name",
        "purpose": "purpose",
        "aliases": "also called",
        "parent": "part of",
        "predecessor": "follows on from",
        "merged_into": "merged into",
    },
    subject="pgh_obj_id",
)
OBJECTIVE = Kept(
    Objective,
    "objective",
    WORKSTREAMS,
    "text",
    {"text": "words", "number": "number", "is_priority": "current priority", "ended_on": "ended on"},
    subject="workstream_id",
)
ASSIGNMENT = Kept(
    Assignment, "assignment", TEAM, "person", {"role": "as", "since": "from", "until": "until"}, subject="workstream_id"
)
PHASE = Kept(Phase, "phase", MILESTONES, "name", {"name": "name"}, subject="workstream_id")
MILESTONE = Kept(
    Milestone,
    "milestone",
    MILESTONES,
    "title",
    {
        "title": "name",
        "phase": "phase",
        "owner": "owner",
        "is_critical": "critical",
        "dropped_on": "dropped on",
        "dropped_why": "why it was dropped",
    },
    subject="workstream_id",
    link="milestone",
)
PILOT = Kept(Pilot, "pilot", MILESTONES, "name", {"name": "name", "question": "rolled out if"}, subject="workstream_id")
FUNDING = Kept(
    FundingLine,
    "funding line",
    WORKSTREAMS,
    "source",
    {
        "source": "source",
        "year": "financial year beginning in",
        "recurrent": "recurrent",
        "budget": "budget in pounds",
        "forecast": "forecast in pounds",
        "actual": "actual in pounds",
    },
    subject="workstream_id",
)
_ENTRY = {"text": "words", "owner": "owner", "raised_on": "raised on"}
_ENDED = {"closed_on": "closed on", "closed_how": "how it was closed"}
RISK = Kept(
    Risk,
    "risk",
    REGISTERS,
    "text",
    {**_ENTRY, "likelihood": "likelihood", "impact": "impact", "review_on": "to be looked at again on", **_ENDED},
    subject="workstream_id",
)
ISSUE = Kept(Issue, "issue", REGISTERS, "text", {**_ENTRY, "severity": "severity", **_ENDED}, subject="workstream_id")
ACTION = Kept(
    Action,
    "action",
    REGISTERS,
    "text",
    {**_ENTRY, "due_on": "due on", "ending": "ended as", **_ENDED},
    subject="workstream_id",
)
DECISION = Kept(
    Decision,
    "decision",
    REGISTERS,
    "text",
    {
        "text": "words",
        "options": "options considered",
        "decided_by": "decided by",
        "decided_by_words": "decided by",
        "decided_on": "decided on",
        "group": "decided in",
        "meeting": "minuted at",
        "review_on": "to be reviewed on",
        "superseded_by": "replaced by",
    },
    subject="workstream_id",
)
LINK = Kept(
    Document,
    "link",
    REGISTERS,
    "text",
    {
        "text": "title",
        "url": "address",
        "kind": "kind",
        "owner": "looked after by",
        "check_after": "to be checked again",
        "checked_on": "checked on",
        "closed_on": "taken away on",
        "closed_how": "why it was taken away",
    },
    subject="workstream_id",
)
QUESTION = Kept(
    LaunchQuestion,
    "question",
    REGISTERS,
    "text",
    {
        **_ENTRY,
        "asked_by": "asked by",
        "closed_on": "answered on",
        "closed_how": "answer",
        "answered_by": "answered by",
    },
    subject="workstream_id",
)
GROUP = Kept(
    Group,
    "group",
    GROUPS,
    "name",
    {
        "name": "name",
        "kind": "kind",
        "cadence": "meets",
        "workstream": "about",
        "reports_to": "reports to",
        "terms": "terms of reference",
        "terms_url": "link to the terms of reference",
        "ended_on": "ended on",
    },
    subject="workstream_id",
)
MEMBER = Kept(
    GroupMember,
    "member",
    GROUPS,
    "group",
    {"person": "who", "words": "who", "role": "as", "since": "from", "until": "until"},
)
MEETING = Kept(
    Meeting,
    "meeting",
    GROUPS,
    "group",
    {"on": "day", "others": "others who came", "notes": "notes"},
)
ATTENDANCE = Kept(Attendance, "attendance", GROUPS, "person", {"state": "state"})
THRESHOLDS = Kept(
    RatingThresholds,
    "rules of the derived rating",
    RULES,
    "programme",
    {name: name.replace("_", " ") for name in (*RatingThresholds.NUMBERS, *RatingThresholds.WORDS)},
)
# Its moves are told by its events, and that somebody opened a month to write is nobody's business until it is sent.
SILENT = (MonthlyUpdate,)
BELOW = (OBJECTIVE, ASSIGNMENT, PHASE, MILESTONE, RISK, ISSUE, ACTION, DECISION, LINK, QUESTION, GROUP, PILOT, FUNDING)
OF_GROUPS = (MEMBER, MEETING, ATTENDANCE)
KEPT = (WORKSTREAM, *BELOW, *OF_GROUPS, THRESHOLDS, *gate_history.KEPT)
APPENDED = (
    *(STATUS, DATES, PHASE_DATES, EVENTS, CORRECTIONS, ASSURED, ASKED, QUESTIONS, ANSWERS, NOTES),
    *(BASELINES, CLOSING, CHECKS, REHOMED),
    *gate_history.APPENDED,
)


# ---- Which rows a page is about -------------------------------------------------------------------------------------


def _of(own: Q, under: str, wanted: object) -> list[Strand]:
    """Everything kept of some workstreams: `own` picks their own rows, `wanted` (after `under`) those below them."""
    column = f"workstream{under}"
    return [
        Strand(WORKSTREAM, own),
        *(kept.where(**{column: wanted}) for kept in BELOW),
        STATUS.where(**{column: wanted}),
        DATES.where(**{f"milestone__{column}": wanted}),
        PHASE_DATES.where(**{f"phase__{column}": wanted}),
        EVENTS.where(**{f"update__{column}": wanted}),
        CORRECTIONS.where(**{f"update__{column}": wanted}),
        ASSURED.where(**{column: wanted}),
        ASKED.where(**{f"ask__{column}": wanted}),
        QUESTIONS.where(**{column: wanted}),
        NOTES.where(**{column: wanted}),
        ANSWERS.where(**{f"question__{column}": wanted}),
        BASELINES.where(**{f"request__milestone__{column}": wanted}),
        CLOSING.where(**{f"pack__{column}": wanted}),
        CHECKS.where(**{f"step__pack__{column}": wanted}),
        REHOMED.where(**{f"target{under}": wanted}),
    ]


def of_workstream(workstream: Workstream) -> list[Strand]:
    """All that was kept of a workstream and of what was merged into it."""
    keys = [workstream.pk, *workstream.duplicates.values_list("pk", flat=True)]
    merged = WORKSTREAM.events.filter(merged_into=workstream.pk).values("pgh_obj")
    return [
        *_of(Q(pgh_obj__in=keys) | Q(pgh_obj__in=merged), "__in", keys),
        *gate_history.of_gates(own={"workstream__in": keys}, below={"gate__workstream__in": keys}),
    ]


def of_programme(programme: Programme) -> list[Strand]:
    """All that was kept of every workstream of a programme, those whose import was undone among them."""
    ever = WORKSTREAM.events.filter(programme=programme.pk).values("pgh_obj")
    of_whole = {"programme": programme.pk, "workstream": None}
    return [
        *_of(Q(programme=programme.pk), "__in", ever),
        ACTION.where(**of_whole),
        DECISION.where(**of_whole),
        GROUP.where(**of_whole),
        MEMBER.where(group__programme=programme.pk),
        MEETING.where(group__programme=programme.pk),
        ATTENDANCE.where(meeting__group__programme=programme.pk),
        THRESHOLDS.where(programme=programme.pk),
        *gate_history.of_gates(own={"programme": programme.pk}, below={"gate__programme": programme.pk}),
    ]


def of_milestone(milestone: Milestone) -> list[Strand]:
    """All that was kept of one milestone."""
    return [
        MILESTONE.where(pgh_obj=milestone.pk),
        DATES.where(milestone=milestone),
        BASELINES.where(request__milestone=milestone),
        REHOMED.where(milestone=milestone),
    ]


def of_group(group: Group) -> list[Strand]:
    """All that was kept of a group, its members and its meetings."""
    return [
        GROUP.where(pgh_obj=group.pk),
        MEMBER.where(group=group.pk),
        MEETING.where(group=group.pk),
        ATTENDANCE.where(meeting__group=group.pk),
        DECISION.where(group=group.pk),
        ACTION.where(meeting__group=group.pk),
    ]


def of_risk(risk: Risk) -> list[Strand]:
    """All that was kept of one risk."""
    return [RISK.where(pgh_obj=risk.pk)]


def of_update(update: MonthlyUpdate) -> list[Strand]:
    """What happened to one month's update: sent, recalled, returned, corrected, moved, rated."""
    return [
        EVENTS.where(update=update),
        CORRECTIONS.where(update=update),
        ASSURED.where(workstream=update.workstream_id, period=update.period_id),
    ]


def places(keys: set[int]) -> Mapping[int, Place]:
    """Workstreams as history names them; a merged one under the address of the one that stands."""
    rows = Workstream.objects.filter(pk__in=keys).select_related("merged_into")
    return {row.pk: Place(row.name, row.survivor.slug) for row in rows}
