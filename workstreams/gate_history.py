"""What stage gates keep of their changes, in words."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from programme.history_words import Change, changed, quotable
from programme.trail import Appended, Kept, Strand
from workstreams.models import (
    Gate,
    GateCondition,
    GateCriterion,
    GateDate,
    GateEvidence,
    GateOutcome,
    GateSeat,
)

GATES = "gates"

GATE = Kept(
    Gate,
    "stage gate",
    GATES,
    "name",
    {
        "name": "name",
        "purpose": "what is decided",
        "decided_by": "decided by",
        "workstream": "workstream",
        "removed_at": "taken out on",
    },
    subject="workstream_id",
)
CRITERION = Kept(
    GateCriterion,
    "criterion",
    GATES,
    "text",
    {"text": "words", "state": "state", "evidence": "evidence", "evidence_url": "link"},
)
SEAT = Kept(GateSeat, "seat on a panel", GATES, "sector", {"person": "person", "words": "seat"})
EVIDENCE = Kept(GateEvidence, "document", GATES, "label", {"label": "name", "url": "link"})
CONDITION = Kept(
    GateCondition,
    "condition",
    GATES,
    "text",
    {
        "text": "words",
        "owner": "owner",
        "due_on": "due on",
        "closed_on": "closed on",
        "closed_how": "what shows that it is met",
        "evidence_url": "link",
    },
)


def _say_dates(rows: QuerySet[GateDate]) -> Mapping[int, Change]:
    found = list(rows.select_related("gate"))
    stated: dict[int, list[GateDate]] = {}
    for each in GateDate.objects.filter(gate__in={row.gate_id for row in found}):
        stated.setdefault(each.gate_id, []).append(each)
    told = {}
    for row in found:
        before = [each for each in stated[row.gate_id] if (each.at, each.pk) < (row.at, row.pk)]
        was = before[-1].window.display() if before else ""
        told[row.pk] = Change(
            at=row.at,
            who="",
            action="Moved the stage gate" if before else "Dated the stage gate",
            noun="stage gate",
            title=row.gate.name,
            parts=(changed("date", was, row.window.display()),),
            reason=row.reason,
            subject=row.gate.workstream_id,
        )
    return told


def _say_outcomes(rows: QuerySet[GateOutcome]) -> Mapping[int, Change]:
    return {
        row.pk: Change(
            at=row.at,
            who="",
            action="Recorded the outcome of a stage gate",
            noun="stage gate",
            title=row.gate.name,
            parts=(f"{row.outcome.words.lower()}, decided by {quotable(row.decided_by)}, {row.when_words}",),
            reason=row.reason,
            subject=row.gate.workstream_id,
        )
        for row in rows.select_related("gate")
    }


DATES = Appended(GateDate, GATES, _say_dates)
OUTCOMES = Appended(GateOutcome, GATES, _say_outcomes)
OF_GATES = (CRITERION, SEAT, EVIDENCE, CONDITION, DATES, OUTCOMES)
KEPT = (GATE, CRITERION, SEAT, EVIDENCE, CONDITION)
APPENDED = (DATES, OUTCOMES)


def of_gates(*, own: Mapping[str, Any], below: Mapping[str, Any]) -> list[Strand]:
    """Gates for which `own` holds, and all that hangs on gates for which `below` holds."""
    return [GATE.where(**own), *(source.where(**below) for source in OF_GATES)]


def of_gate(gate: Gate) -> list[Strand]:
    """All that was kept of one gate."""
    return of_gates(own={"pgh_obj": gate.pk}, below={"gate": gate.pk})
