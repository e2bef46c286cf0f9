"""Raising, changing and closing what stands in the registers: issues, risks, decisions, actions, links, questions."""

from datetime import date, datetime
from typing import Any, TypeAlias, TypeVar

from django.db import transaction

from programme.clock import day_of, now
from programme.history import recorded
from programme.models import Person, Programme, User
from programme.refusals import Refused, Stale
from workstreams.models import (
    Action,
    Ask,
    Decision,
    Document,
    Group,
    Issue,
    LaunchQuestion,
    Meeting,
    Risk,
    RiskScore,
    Workstream,
)

Entry: TypeAlias = Issue | Risk | Decision | Action | Document | LaunchQuestion
E = TypeVar("E", Issue, Risk, Decision, Action, Document, LaunchQuestion)
C = TypeVar("C", Issue, Risk, Action, Document, LaunchQuestion)
Source: TypeAlias = Issue | Risk | Ask | Decision | Meeting
FIRST_SCORE = "Scored when it was raised."

# What may be changed of each, beside closing it. A risk's score is a matter of its own: `actions.risks`.
CHANGEABLE: dict[type[Any], frozenset[str]] = {
    Issue: frozenset({"text", "severity", "owner"}),
    Risk: frozenset({"text", "owner", "review_on"}),
    Decision: frozenset({"text", "options", "decided_by", "decided_by_words", "decided_on", "group", "review_on"}),
    Action: frozenset({"text", "owner", "due_on"}),
    Document: frozenset({"text", "url", "kind", "owner", "check_after"}),
    LaunchQuestion: frozenset({"text", "asked_by", "owner"}),
}
_NAMES: dict[type[Any], str] = {Document: "link", LaunchQuestion: "question"}


def name_of(entry: Entry) -> str:
    """What it is called in a sentence: issue, risk, decision, action, link or question."""
    return _NAMES.get(type(entry)) or type(entry).__name__.lower()


@transaction.atomic
def raise_issue(
    *,
    workstream: Workstream,
    text: str,
    severity: str,
    by: User | None,
    owner: Person | None = None,
    at: datetime | None = None,
) -> Issue:
    """Add something that has gone wrong."""
    with recorded(by=by, action="Raised an issue", at=at):
        return Issue.objects.create(
            workstream=workstream, text=text, severity=severity, owner=owner, raised_on=_day(at)
        )


@transaction.atomic
def raise_risk(
    *,
    workstream: Workstream,
    text: str,
    likelihood: int,
    impact: int,
    by: User | None,
    owner: Person | None = None,
    review_on: date | None = None,
    at: datetime | None = None,
) -> Risk:
    """Add something that may go wrong, with its first score."""
    moment = at or now()
    with recorded(by=by, action="Raised a risk", at=at):
        risk = Risk.objects.create(
            workstream=workstream,
            text=text,
            likelihood=likelihood,
            impact=impact,
            owner=owner,
            review_on=review_on,
            raised_on=day_of(moment),
        )
    RiskScore.objects.create(risk=risk, likelihood=likelihood, impact=impact, reason=FIRST_SCORE, by=by, at=moment)
    return risk


@transaction.atomic
def record_decision(
    *,
    programme: Programme,
    text: str,
    decided_on: date,
    by: User | None,
    workstream: Workstream | None = None,
    decided_by: Person | None = None,
    decided_by_words: str = "",
    options: str = "",
    group: Group | None = None,
    meeting: Meeting | None = None,
    review_on: date | None = None,
    replaces: Decision | None = None,
    at: datetime | None = None,
) -> Decision:
    """Add a decision that was taken somewhere else, such as in a meeting. `replaces` is the earlier one it ends."""
    if decided_by is None and not decided_by_words.strip():
        raise Refused("Say who decided.")
    earlier = _replaceable(replaces, programme) if replaces else None
    with recorded(by=by, action="Recorded a decision", at=at):
        made = Decision.objects.create(
            programme=programme,
            workstream=workstream,
            text=text,
            decided_on=decided_on,
            decided_by=decided_by,
            decided_by_words=decided_by_words,
            options=options,
            group=meeting.group if meeting else group,
            meeting=meeting,
            review_on=review_on,
        )
    if earlier:
        with recorded(by=by, action="Replaced the decision", reason=text, at=at):
            earlier.superseded_by = made
            earlier.version += 1
            earlier.save()
    return made


def _replaceable(decision: Decision, programme: Programme) -> Decision:
    """The earlier decision, locked, where it still stands."""
    earlier = Decision.objects.select_for_update().get(pk=decision.pk)
    if earlier.programme_id != programme.pk:
        raise Refused("The decision to be replaced belongs to another programme.")
    if earlier.superseded_by_id:
        raise Refused("The decision to be replaced has been replaced already.")
    return earlier


@transaction.atomic
def add_action(
    *,
    programme: Programme,
    text: str,
    by: User | None,
    workstream: Workstream | None = None,
    owner: Person | None = None,
    due_on: date | None = None,
    source: Source | None = None,
    raised_on: date | None = None,
    at: datetime | None = None,
) -> Action:
    """Add something to do; `source` is the risk, issue, ask, decision or meeting it comes from."""
    comes_from = {name: source for name, kind in _SOURCES.items() if isinstance(source, kind)}
    with recorded(by=by, action="Added an action", at=at):
        return Action.objects.create(
            programme=programme,
            workstream=workstream,
            text=text,
            owner=owner,
            due_on=due_on,
            raised_on=raised_on or _day(at),
            **comes_from,
        )


_SOURCES: dict[str, type[Any]] = {"risk": Risk, "issue": Issue, "ask": Ask, "decision": Decision, "meeting": Meeting}


@transaction.atomic
def change(*, entry: E, version: int, by: User | None, **fields: Any) -> E:
    """Change what an entry says. Raises Stale where somebody saved after `version`, Refused where it is closed."""
    unknown = set(fields) - CHANGEABLE[type(entry)]
    if unknown:
        raise TypeError(f"Of a {name_of(entry)}, {', '.join(sorted(unknown))} cannot be changed.")
    current = locked(entry, version)
    with recorded(by=by, action=f"Changed the {name_of(entry)}"):
        for name, value in fields.items():
            setattr(current, name, value)
        current.version += 1
        current.save()
    return current


@transaction.atomic
def close(
    *,
    entry: C,
    how: str,
    version: int,
    by: User | None,
    on: date | None = None,
    at: datetime | None = None,
) -> C:
    """Close an issue or a risk, or take a link away, saying how or why. Raises Stale or Refused."""
    current = ended(entry, how, version, on, at)
    with recorded(by=by, action=f"Closed the {name_of(entry)}", reason=how, at=at):
        current.save()
    return current


@transaction.atomic
def end_action(
    *,
    action: Action,
    ending: str,
    how: str,
    version: int,
    by: User | None,
    on: date | None = None,
    at: datetime | None = None,
) -> Action:
    """Say that an action was done or dropped, and how or why. Raises Stale or Refused."""
    current = ended(action, how, version, on, at)
    current.ending = ending
    with recorded(by=by, action=f"{Action.Ending(ending).label} the action", reason=how, at=at):
        current.save()
    return current


def ended(entry: C, how: str, version: int, on: date | None, at: datetime | None) -> C:
    """The entry, locked, with its end written in; not saved yet. Raises Stale or Refused."""
    current = locked(entry, version)
    day = on or _day(at)
    if not how.strip():
        raise Refused("Say how it ended.")
    if day > _day(at):
        raise Refused("It can only have ended today or earlier.")
    if day < current.raised_on:
        raise Refused("It cannot have ended before it was raised.")
    current.closed_on, current.closed_how = day, how.strip()
    current.version += 1
    return current


def locked(entry: E, version: int) -> E:
    """The entry as it is stored now, for changing. Raises Stale, or Refused where it is closed."""
    current: E = type(entry).objects.select_for_update().get(pk=entry.pk)
    if current.version != version:
        raise Stale(current)
    if not isinstance(current, Decision) and current.closed_on:
        raise Refused(f"This {name_of(current)} is closed, so it stays as it is.")
    return current


def _day(at: datetime | None) -> date:
    return day_of(at or now())
