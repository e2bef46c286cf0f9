"""The registers as sheets of a workbook: one sheet each, in words, with real days. A fixed number of queries."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from programme.models import Person, Programme
from programme.tables import Cell, Sheet, written
from workstreams import asks
from workstreams.models import (
    Action,
    Ask,
    Decision,
    Document,
    Issue,
    LaunchQuestion,
    Risk,
    Workstream,
    WorkstreamQuerySet,
)

_OWNER = ("owner__merged_into", "workstream__merged_into")
_WIDE, _NAME, _DAY = 60, 26, 18


def workbook(programme: Programme, seen: WorkstreamQuerySet, chosen: Workstream | None, day: date) -> bytes:
    """Everything, or what belongs to one workstream."""
    about = Q(workstream__in=seen)
    if chosen:
        about = Q(workstream=chosen) | Q(workstream__merged_into=chosen)
    whole = about if chosen else about | Q(workstream=None, programme=programme)
    return written([
        _risks(Risk.objects.filter(about).select_related(*_OWNER).prefetch_related("scores")),
        _issues(Issue.objects.filter(about).select_related(*_OWNER)),
        _asks(asks.lines(Ask.objects.filter(about), day)),
        _actions(Action.objects.filter(whole).select_related(*_OWNER, *_SOURCES)),
        _decisions(Decision.objects.filter(whole).select_related(*_DECIDED)),
        _links(Document.objects.filter(about).select_related(*_OWNER, "checked_by__person")),
        _questions(LaunchQuestion.objects.filter(about).select_related(*_OWNER, "answered_by__merged_into")),
    ])  # fmt: skip


_SOURCES = ("risk", "issue", "ask", "decision", "meeting__group")
_DECIDED = ("decided_by__merged_into", "workstream__merged_into", "meeting__group", "group", "superseded_by")


def _name(person: Person | None, nobody: str = "No owner yet") -> str:
    return person.survivor.name if person else nobody


def _about(entry: Any) -> str:
    return entry.workstream.survivor.name if entry.workstream else "The whole programme"


def _state(entry: Any, ended: str = "Closed") -> str:
    return "Open" if entry.closed_on is None else ended


def _sheet(name: str, columns: dict[str, int], rows: Iterable[tuple[Cell, ...]]) -> Sheet:
    return Sheet(name, tuple(columns), list(rows), tuple(columns.values()))


def _risks(risks: Iterable[Risk]) -> Sheet:
    columns = {
        "Risk": _WIDE, "Workstream": _NAME, "Score": 8, "Band": 12, "Likelihood": 20, "Impact": 20,
        "Earlier scores": 20, "Owner": _NAME, "Raised": _DAY, "Next review": _DAY, "State": 10, "Closed on": _DAY,
        "How it ended": _WIDE,
    }  # fmt: skip
    return _sheet("Risks", columns, (_risk_row(risk) for risk in risks))


def _risk_row(risk: Risk) -> tuple[Cell, ...]:
    earlier = [str(score.score) for score in risk.scores.all()][:-1]
    return (
        risk.text, _about(risk), risk.score, risk.band.word, risk.get_likelihood_display(),
        risk.get_impact_display(), ", ".join(earlier) or "None", _name(risk.owner), risk.raised_on, risk.review_on,
        _state(risk), risk.closed_on, risk.closed_how,
    )  # fmt: skip


def _issues(issues: Iterable[Issue]) -> Sheet:
    columns = {
        "Issue": _WIDE, "Workstream": _NAME, "Severity": 12, "Owner": _NAME, "Raised": _DAY, "State": 10,
        "Closed on": _DAY, "How it ended": _WIDE,
    }  # fmt: skip
    rows = (
        (row.text, _about(row), row.get_severity_display(), _name(row.owner), row.raised_on, _state(row),
         row.closed_on, row.closed_how)
        for row in issues
    )  # fmt: skip
    return _sheet("Issues", columns, rows)


def _asks(lines: Iterable[asks.AskLine]) -> Sheet:
    columns = {
        "Ask": _WIDE, "Workstream": _NAME, "State": 34, "Stands with": _NAME, "Wanted by": _DAY, "Blocking": 10,
        "What was said last": _WIDE,
    }  # fmt: skip
    rows = (
        (line.ask.text, line.ask.workstream.name, line.state_words,
         str(line.group or "Senior leadership team and sponsor"), line.ask.wanted_by,
         "Yes" if line.ask.is_blocking else "No", line.newest.sentence)
        for line in lines
    )  # fmt: skip
    return _sheet("Asks", columns, rows)


def _actions(actions: Iterable[Action]) -> Sheet:
    columns = {
        "Action": _WIDE, "Workstream": _NAME, "Comes from": _WIDE, "Owner": _NAME, "Raised": _DAY, "Due": _DAY,
        "State": 10, "Ended on": _DAY, "What was done, or why not": _WIDE,
    }  # fmt: skip
    rows = (
        (row.text, _about(row), row.source_words or "Nothing in the registers", _name(row.owner), row.raised_on,
         row.due_on, row.state_words, row.closed_on, row.closed_how)
        for row in actions
    )  # fmt: skip
    return _sheet("Actions", columns, rows)


def _decisions(decisions: Iterable[Decision]) -> Sheet:
    columns = {
        "Decision": _WIDE, "Workstream": _NAME, "Decided by": _NAME, "Where": _NAME, "Decided on": _DAY,
        "Options considered": _WIDE, "Look at it again on": _DAY, "Replaced by": _WIDE,
    }  # fmt: skip
    rows = (
        (row.text, _about(row), row.decider, row.where or "Not recorded", row.decided_on,
         row.options or "Not recorded", row.review_on, str(row.superseded_by or "It stands"))
        for row in decisions
    )  # fmt: skip
    return _sheet("Decisions", columns, rows)


def _links(links: Iterable[Document]) -> Sheet:
    columns = {
        "Title": _WIDE, "Workstream": _NAME, "Kind": _NAME, "Link": _WIDE, "Looked after by": _NAME,
        "Checked on": _DAY, "Checked by": _NAME, "Check again on": _DAY, "State": 12,
    }  # fmt: skip
    rows = (
        (row.text, _about(row), row.get_kind_display(), row.url, _name(row.owner, "Nobody yet"), row.checked_on,
         row.checked_by.name if row.checked_by else "Not recorded", row.check_again_on, _state(row, "Taken away"))
        for row in links
    )  # fmt: skip
    return _sheet("Links", columns, rows)


def _questions(questions: Iterable[LaunchQuestion]) -> Sheet:
    columns = {
        "Question": _WIDE, "Workstream": _NAME, "Asked by": _NAME, "Asked on": _DAY, "Who finds the answer": _NAME,
        "State": 12, "Answer": _WIDE, "Answered on": _DAY, "Answered by": _NAME,
    }  # fmt: skip
    rows = (
        (row.text, _about(row), row.asked_by or "Not recorded", row.raised_on, _name(row.owner, "Nobody yet"),
         _state(row, "Answered"), row.closed_how, row.closed_on, _name(row.answered_by, ""))
        for row in questions
    )  # fmt: skip
    return _sheet("Questions", columns, rows)
