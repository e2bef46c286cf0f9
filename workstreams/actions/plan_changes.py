"""Changing many milestones at once: all of it, or with `only_right` what can be done; a dry run is the same work.

Each change is made by the action that a single page would use, so a table can do nothing that a page could not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from programme.clock import today
from programme.dates import FuzzyDate
from programme.models import User
from programme.refusals import Refused, Stale
from workstreams.actions import milestones
from workstreams.actions.milestones import Details
from workstreams.dependants import trouble_of_moves
from workstreams.models import Milestone, Workstream, statements_of
from workstreams.slippage import standing

STALE = "Somebody else has changed this milestone since"


@dataclass(frozen=True)
class Change:
    """What one row asks for. `details`, `when` and `done_on` are None where they stay as they are."""

    key: str
    workstream: Workstream
    milestone: Milestone | None  # None for a new one; else with its dates, phase and owner at hand
    version: int = 1
    details: Details | None = None
    when: FuzzyDate | None = None
    reason: str = ""
    done_on: FuzzyDate | None = None

    @property
    def title(self) -> str:
        """What it is called now, or will be."""
        if self.milestone is not None:
            return self.milestone.title
        return self.details.title if self.details else ""


@dataclass(frozen=True)
class Told:
    """A change in words: what is changed, and what its new date means for others."""

    key: str
    title: str
    workstream: str
    lines: tuple[str, ...]
    trouble: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What was done, or would be. `problems` says by key why a change could not be made."""

    told: tuple[Told, ...]
    problems: dict[str, str] = field(default_factory=dict)
    saved: bool = False


def apply(
    *,
    changes: Sequence[Change],
    by: User,
    only_right: bool = False,
    dry_run: bool = False,
    at: datetime | None = None,
) -> Outcome:
    """Make all changes in one transaction, or none where one cannot be made, unless `only_right`."""
    told = {each.key: each for each in in_words(changes)}
    problems: dict[str, str] = {}
    with transaction.atomic():
        for change in changes:
            try:
                with transaction.atomic():
                    _make(change, by, at)
            except Stale:
                problems[change.key] = STALE
            except Refused as refused:
                problems[change.key] = str(refused)
        saved = not dry_run and (only_right or not problems) and len(problems) < len(changes)
        if not saved:
            transaction.set_rollback(True)
    return Outcome(tuple(words for key, words in told.items() if key not in problems), problems, saved)


def _make(change: Change, by: User, at: datetime | None) -> None:
    milestone, version = change.milestone, change.version
    if milestone is None:
        _add(change, by, at)
        return
    if change.details is not None:
        milestone = milestones.edit(milestone=milestone, details=change.details, version=version, by=by)
        version = milestone.version
    if change.when is not None:
        milestones.move(milestone=milestone, when=change.when, reason=change.reason, version=version, by=by, at=at)
        version += 1
    if change.done_on is not None:
        milestones.complete(milestone=milestone, when=change.done_on, version=version, by=by, at=at)


def _add(change: Change, by: User, at: datetime | None) -> None:
    details = change.details
    if details is None or change.when is None:
        raise Refused("A new milestone needs a name and a date.")
    made = milestones.add(
        workstream=change.workstream, title=details.title, when=change.when, phase=details.phase, owner=details.owner,
        is_critical=details.is_critical, by=by, at=at,
    )  # fmt: skip
    if details.evidence_url:
        milestones.edit(milestone=made, details=details, version=made.version, by=by)
    if change.done_on is not None:
        made.refresh_from_db()
        milestones.complete(milestone=made, when=change.done_on, version=made.version, by=by, at=at)


def in_words(changes: Sequence[Change]) -> list[Told]:
    """What each change would change, for somebody to look at before it is saved. A fixed number of queries."""
    moves = {c.milestone.pk: c.when for c in changes if c.milestone and c.when}
    programme = changes[0].workstream.programme if changes else None
    trouble = trouble_of_moves(programme, moves, today()) if programme and moves else {}
    return [
        Told(
            change.key, change.title, change.workstream.name, tuple(_lines(change)),
            tuple(trouble.get(change.milestone.pk, ())) if change.milestone else (),
        )
        for change in changes
    ]  # fmt: skip


def _lines(change: Change) -> Iterable[str]:
    milestone, details = change.milestone, change.details
    if milestone is None:
        yield f"New milestone, due {change.when.display()}" if change.when else "New milestone"
    elif details is not None:
        yield from _detail_lines(milestone, details)
    if milestone is not None and change.when is not None:
        now = standing(statements_of(milestone), today()).when
        yield f"Date: from {now.display() if now else 'no date'} to {change.when.display()}, because “{change.reason}”"
    if change.done_on is not None:
        yield f"Done: {change.done_on.display()}"


def _detail_lines(milestone: Milestone, details: Details) -> Iterable[str]:
    owner = milestone.owner.survivor if milestone.owner else None
    pairs = (
        ("Name", milestone.title, details.title),
        ("Phase", milestone.phase, details.phase),
        ("Owner", owner, details.owner),
        ("Critical", "yes" if milestone.is_critical else "no", "yes" if details.is_critical else "no"),
        ("Evidence link", milestone.evidence_url, details.evidence_url),
        ("Evidence label", milestone.evidence_label, details.evidence_label),
    )
    for name, before, after in pairs:
        if before != after:
            yield f"{name}: from {before or 'none'} to {after or 'none'}"
