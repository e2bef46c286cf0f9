"""Freezing what a report says: the picture, the words and the milestones of a period as one canonical JSON."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from programme.clock import LONDON
from programme.dates import day_words, month_words
from programme.models import ReportingPeriod, User
from programme.status import DECLARABLE, Rag
from programme.templatetags.words import moment
from programme.wording import listed
from reporting.board_schema import (
    SCHEMA,
    TEMPLATE,
    BoardSnapshot,
    ListedMilestone,
    MilestoneRecord,
    StripRecord,
    SummaryRecord,
    UpdateRecord,
    WorkstreamRecord,
)
from reporting.dashboard import (
    MilestoneLine,
    ProgrammePicture,
    StripCell,
    UpdateState,
    WorkstreamLine,
    milestone_line,
    picture,
    with_opinions,
)
from reporting.frozen_dashboard import DashboardContent, to_record
from reporting.models import Snapshot
from reporting.months import months_of
from reporting.recent import what_changed
from workstreams.gathering import Gathered, Planned
from workstreams.models import Milestone, Objective, UpdateItem, UpdateRevision, Workstream
from workstreams.ratings import three_of
from workstreams.sections import Section

AUDIENCE = "Programme board and commissioners"
LONGEST_LIST = 200  # rows; a longer list of milestones says how many it leaves out


def canonical(content: Mapping[str, Any]) -> str:
    """The one way a snapshot is written down: sorted keys, no spaces, no escapes."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def compose(*, period: ReportingPeriod, by: User, at: datetime) -> BoardSnapshot:
    """Everything the board report of `period` says, as at `at`. Plain JSON; see board_schema.py."""
    programme, today = period.programme, at.astimezone(LONDON).date()
    since = months_of(programme, today).end_of_the_one_before(period)
    known = Gathered(programme, at, changed_since=since)
    seen = with_opinions(picture(programme, period, today, newest=False, known=known), known, three_of(known))
    shown = [line for line in seen.lines if line.status != "proposed"]
    keys = [line.pk for line in shown]
    purposes = dict(Workstream.objects.filter(pk__in=keys).values_list("pk", "purpose"))
    objectives, items, milestones = _objectives(keys), _items(shown), _milestones(keys, today)
    return {
        "schema": SCHEMA,
        "template": TEMPLATE,
        "programme": {
            "name": programme.name,
            "slug": programme.slug,
            "mandate": programme.mandate,
            "partners": list(programme.partners.values_list("name", flat=True)),
            "places": list(programme.places.values_list("name", flat=True)),
        },
        "period": {
            "month": period.key,
            "label": month_words(period.month),
            "due_on": period.due_on.isoformat(),
            "closes_on": period.closes_on.isoformat(),
        },
        "as_at": at.astimezone(LONDON).isoformat(timespec="seconds"),
        "as_at_label": moment(at),
        "prepared_by": by.name,
        "audience": AUDIENCE,
        "summary": _summary(seen, _corrections(period, at)),
        "workstreams": [
            _workstream(line, purposes[line.pk], objectives[line.pk], items, milestones[line.pk]) for line in shown
        ],
        "milestones_overdue": [_listed(m) for m in seen.milestones_overdue[:LONGEST_LIST]],
        "milestones_next": [_listed(m) for m in seen.milestones_next[:LONGEST_LIST]],
        "definitions": [
            {"rating": rag.value, "text": rag.definition}
            for rag in (*reversed(DECLARABLE), Rag.COMPLETE, Rag.NOT_RATED, Rag.NOT_REPORTED)
        ],
        "dashboard": to_record(DashboardContent(seen, what_changed(known, seen))),
    }


def _corrections(period: ReportingPeriod, at: datetime) -> list[str]:
    """What was corrected in earlier months since the report before this one, in words."""
    before = Snapshot.objects.filter(programme=period.programme_id, period__month__lt=period.month, at__lt=at)
    last = before.order_by("-at").values_list("at", flat=True).first()
    made = UpdateRevision.objects.filter(
        kind=UpdateRevision.Kind.CORRECTION,
        update__workstream__programme=period.programme_id,
        update__period__month__lt=period.month,
        at__lte=at,
    )
    if last:
        made = made.filter(at__gt=last)
    return [
        f"{each.update.workstream} has corrected its {each.update.period} update: {each.reason}"
        for each in made.select_related("update__workstream", "update__period").order_by("at", "pk")
    ]


def _summary(seen: ProgrammePicture, corrections: list[str]) -> SummaryRecord:
    return {
        "sentence": seen.sentence,
        "counts": [{"rating": rag.value, "count": count} for rag, count in seen.counts],
        "points": [*_points(seen), *corrections],
        "updates_in": len(seen.expected) - len(seen.not_in),
        "updates_expected": len(seen.expected),
        "not_reported": [line.name for line in seen.not_in],
    }


def _points(seen: ProgrammePicture) -> list[str]:
    """What needs the board's attention, worst first: Reds with their reason, what got worse, critical dates missed."""
    points = [f"{line.name} is off track: {line.reason}" for line in seen.expected if line.rating is Rag.RED]
    points += [
        f"{line.name} fell from {line.previous.word} to {line.rating.word}." for line in seen.worse if line.previous
    ]
    points += [
        f"Critical milestone missed in {m.workstream}: {m.title} ({m.standing.state_words.lower()})."
        for m in seen.milestones_overdue
        if m.is_critical
    ]
    if seen.not_in:
        points.append(f"No update from {listed([line.name for line in seen.not_in])}.")
    return points


def _objectives(workstreams: Iterable[int]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for each in Objective.objects.filter(workstream__in=workstreams, ended_on=None):
        found[each.workstream_id].append({"number": each.number, "text": each.text, "priority": each.is_priority})
    return found


def _items(lines: Iterable[WorkstreamLine]) -> Mapping[int, dict[str, list[str]]]:
    """Bullets by revision and section."""
    revisions = [line.last_sent.words_id for line in lines if line.last_sent]
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for revision, section, text in UpdateItem.objects.filter(revision__in=revisions).values_list(
        "revision_id", "section", "text"
    ):
        found[revision][section].append(text)
    return found


def _milestones(workstreams: Iterable[int], today: date) -> Mapping[int, list[MilestoneLine]]:
    found: dict[int, list[MilestoneLine]] = defaultdict(list)
    rows = Milestone.objects.filter(workstream__in=workstreams).select_related("workstream").with_dates()
    for row in rows:
        found[row.workstream_id].append(milestone_line(Planned.of(row, today), row.workstream))
    for lines in found.values():
        lines.sort(key=lambda line: line.standing.when.sort_key() if line.standing.when else (1,))
    return found


def _workstream(
    line: WorkstreamLine,
    purpose: str,
    objectives: list[Any],
    items: Mapping[int, dict[str, list[str]]],
    milestones: list[MilestoneLine],
) -> WorkstreamRecord:
    return {
        "name": line.name,
        "slug": line.slug,
        "parent": line.parent or None,
        "status": line.status_words,
        "purpose": purpose,
        "leads": list(line.leads),
        "rating": line.rating.value,
        "rating_reason": line.reason,
        "previous_rating": line.previous.value if line.previous else None,
        "change": line.change.value,
        "strip": [_cell(cell) for cell in line.strip],
        "objectives": objectives,
        "update": _update(line, items),
        "update_state": "" if line.update_state is UpdateState.SENT else line.update_words,
        "milestones": [_milestone(m) for m in milestones[:LONGEST_LIST]],
    }


def _cell(cell: StripCell) -> StripRecord:
    return {"month": f"{cell.month:%Y-%m}", "label": cell.label, "rating": cell.rating.value}


def _update(line: WorkstreamLine, items: Mapping[int, dict[str, list[str]]]) -> UpdateRecord | None:
    sent = line.last_sent
    if sent is None:
        return None
    words = items[sent.words_id]
    return {
        "label": month_words(sent.month),
        "sent_label": day_words(sent.at.astimezone(LONDON).date()),
        "sent_by": sent.by_name,
        "sections": [
            {"key": section.value, "title": section.heading, "items": words[section.value]}
            for section in Section
            if words.get(section.value)
        ],
    }


def _milestone(line: MilestoneLine) -> MilestoneRecord:
    when = line.standing.when
    return {
        "title": line.title,
        "when": line.when_words,
        "state": line.standing.state.value,
        "state_label": line.standing.state_words,
        "moved": line.standing.movement,
        "critical": line.is_critical,
        "start": when.start.isoformat() if when and when.start else None,
        "end": when.end.isoformat() if when and when.end else None,
    }


def _listed(line: MilestoneLine) -> ListedMilestone:
    return {"workstream": line.workstream, **_milestone(line)}
