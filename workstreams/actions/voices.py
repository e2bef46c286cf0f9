"""Writing the co-production log: recording what was heard, putting it right, and each step until people are told."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime

from django.db import transaction

from programme.clock import LONDON, now
from programme.dates import FuzzyDate
from programme.history import recorded
from programme.models import Programme, User
from programme.refusals import Refused, Stale
from workstreams.hearing import Step, next_steps
from workstreams.models import Voice, VoiceStep, Workstream

CONFIRMED = "Confirmed that nobody can be identified from the words."


@dataclass(frozen=True)
class Heard:
    """What was heard, when, from whom and how. `confirmed` says that a warning was looked at."""

    said: str
    how: str
    audience: str
    level: str
    heard: FuzzyDate
    groups: list[str] = field(default_factory=list)
    took_part: int | None = None
    quote: str = ""
    quote_consent: bool = False
    workstream: Workstream | None = None
    confirmed: bool = False


@transaction.atomic
def record(*, programme: Programme, heard: Heard, by: User | None, at: datetime | None = None) -> Voice:
    """Record something that was heard."""
    moment = at or now()
    columns = _columns(programme, heard, moment)
    with recorded(by=by, action="Recorded what was heard", reason=CONFIRMED if heard.confirmed else "", at=moment):
        return Voice.objects.create(programme=programme, recorded_by=by, recorded_at=moment, **columns)


@transaction.atomic
def change(*, voice: Voice, heard: Heard, version: int, by: User | None, at: datetime | None = None) -> Voice:
    """Put right what was recorded. Raises Stale where somebody else was faster; history keeps what it said before."""
    current = _locked(voice, version)
    moment = at or now()
    for name, value in _columns(current.programme, heard, moment).items():
        setattr(current, name, value)
    with recorded(
        by=by, action="Changed what was recorded as heard", reason=CONFIRMED if heard.confirmed else "", at=moment
    ):
        return _saved(current)


@transaction.atomic
def take(
    *,
    voice: Voice,
    step: Step,
    text: str,
    on: date,
    version: int,
    by: User | None,
    who: str = "",
    confirmed: bool = False,
    at: datetime | None = None,
) -> VoiceStep:
    """Record the next step. Raises Stale, or Refused where it cannot follow the last one."""
    current = _locked(voice, version)
    moment = at or now()
    state = Voice.objects.with_state().get(pk=current.pk).state
    if step not in next_steps(state):
        raise Refused(f"This cannot be recorded now: it stands as “{state.state}”.")
    _refuse_day(current, on, moment)
    with recorded(by=by, action=step.verb, reason=CONFIRMED if confirmed else "", at=moment):
        _saved(current)
    return VoiceStep.objects.create(voice=current, kind=step, text=text, who=who, on=on, by=by, at=moment)


def _locked(voice: Voice, version: int) -> Voice:
    current = Voice.objects.select_for_update().get(pk=voice.pk)
    if current.version != version:
        raise Stale(current)
    return current


def _saved(voice: Voice) -> Voice:
    voice.version += 1
    voice.save()
    return voice


def _refuse_day(voice: Voice, on: date, moment: datetime) -> None:
    if on > moment.astimezone(LONDON).date():
        raise Refused("The day cannot be in the future.")
    if on < voice.heard_from:
        raise Refused("The day cannot be before it was heard.")


def _columns(programme: Programme, heard: Heard, moment: datetime) -> dict[str, object]:
    when = heard.heard
    if when.start is None or when.end is None:
        raise Refused("Say when it was heard: a day, a month or a season.")
    if when.start > moment.astimezone(LONDON).date():
        raise Refused("What was heard cannot lie in the future.")
    if heard.quote and not heard.quote_consent:
        raise Refused("A quote needs the recorded consent of whoever said it.")
    if heard.workstream is not None and heard.workstream.programme_id != programme.pk:
        raise Refused("The workstream belongs to another programme.")
    names = {each.name for each in fields(heard)} - {"heard", "confirmed"}
    columns = {name: getattr(heard, name) for name in names}
    return columns | {"heard_words": when.text, "heard_from": when.start, "heard_until": when.end}
