"""What was heard and the steps since, made by the real actions."""

from datetime import UTC, date, datetime
from typing import Any

from programme.models import Programme, User
from tests.factories import work
from workstreams.actions import voices
from workstreams.hearing import Step
from workstreams.models import Voice, VoiceStep, Workstream

WHEN = datetime(2026, 10, 15, 9, tzinfo=UTC)
# A form filled in as people do.
TYPED: dict[str, Any] = {
    "version": 0,
    "said": "Waiting rooms feel like a hospital",
    "heard": "October 2026",
    "how": "event",
    "audience": "young_people",
    "level": "consulted",
}


def day(name: str, *parts: int) -> dict[str, int]:
    """A day as its three boxes are filled in."""
    return {f"{name}_{part}": value for part, value in zip(("day", "month", "year"), parts, strict=True)}


def voice(
    programme: Programme,
    said: str = "Waiting rooms feel like a hospital",
    *,
    workstream: Workstream | None = None,
    when: str = "14 October 2026",
    by: User | None = None,
    **about: Any,
) -> Voice:
    """Something young people said at an event."""
    told = {"how": "event", "audience": "young_people", "level": "consulted"} | about
    heard = voices.Heard(said=said, heard=work.said(when), workstream=workstream, **told)
    return voices.record(programme=programme, heard=heard, by=by, at=WHEN)


def step(
    voice: Voice, kind: Step = Step.DECIDED, text: str = "Open later", *, on: date = date(2026, 10, 20), **about: Any
) -> VoiceStep:
    """The next step of something heard."""
    voice.refresh_from_db()
    moment = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    return voices.take(voice=voice, step=kind, text=text, on=on, version=voice.version, by=None, at=moment, **about)


def answered(programme: Programme, said: str = "Reply to our letters", **about: Any) -> Voice:
    """Decided, done and told back."""
    made = voice(programme, said, **about)
    for kind in (Step.DECIDED, Step.DONE, Step.TOLD):
        step(made, kind, f"What was {kind.state.lower()}")
    return made
