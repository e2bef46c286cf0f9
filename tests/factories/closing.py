"""Closing packs and what was decided on them, made by the real actions."""

from datetime import UTC, date, datetime
from typing import Any

from programme.models import User
from tests.factories import work
from workstreams import closings
from workstreams.actions import closing
from workstreams.models import ClosingPack, ClosingStep, Workstream

SENT = datetime(2026, 11, 2, 9, tzinfo=UTC)
AGREED = datetime(2026, 11, 3, 9, tzinfo=UTC)


def answers(workstream: Workstream, **fates: Any) -> dict[str, Any]:
    """Every objective met; every unfinished milestone dropped, unless `fates` says otherwise by its key."""
    said: dict[str, Any] = {}
    for row in closings.objectives_of(workstream):
        said |= {f"objective-{row.pk}-outcome": "met", f"objective-{row.pk}-evidence": "The October report"}
    for each in closings.unfinished_of(workstream, work.TODAY):
        name = f"milestone-{each.milestone.pk}"
        said |= {f"{name}-fate": "drop", f"{name}-reason": "No longer needed"}
    return said | fates


def words(workstream: Workstream, **changed: Any) -> closing.PackWords:
    """A whole pack."""
    about: dict[str, Any] = {
        "why": "Its objectives are met.",
        "closes_on": date(2026, 11, 3),
        "owner": "Crisis service manager",
        "lessons": "Begin with the rota.",
        "voices": "The participation lead writes to them.",
        "answers": answers(workstream),
    }
    return closing.PackWords(**about | changed)


def saved(workstream: Workstream, **changed: Any) -> ClosingPack:
    version = ClosingPack.objects.filter(workstream=workstream).values_list("version", flat=True).first() or 0
    by = work.lead_of(workstream)
    return closing.save(workstream=workstream, words=words(workstream, **changed), version=version, by=by, at=SENT)


def sent(workstream: Workstream, *, at: datetime = SENT, **changed: Any) -> ClosingPack:
    """A pack that its lead has sent."""
    pack = saved(workstream, **changed)
    closing.send(pack=pack, version=pack.version, by=work.lead_of(workstream), at=at)
    return pack


def closed(workstream: Workstream, *, by: User, at: datetime = AGREED, **changed: Any) -> ClosingStep:
    """A workstream that closed by its pack."""
    pack = sent(workstream, at=min(SENT, at), **changed)
    return closing.agree(pack=pack, number=pack.steps.count(), sentence="Well done.", by=by, at=at)


# A form filled in as people do, for a workstream without objectives, milestones and voices.
TYPED: dict[str, Any] = {
    "version": 0,
    "why": "Its objectives are met.",
    "closes_on_day": "30",
    "closes_on_month": "11",
    "closes_on_year": "2026",
    "owner": "Crisis service manager",
    "lessons": "Begin with the rota.",
}
