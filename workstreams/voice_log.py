"""The co-production log as it is read: filtered, sorted and counted, in few queries however long it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, Q, Value, When

from programme.small_numbers import total_shown
from workstreams.hearing import ANSWERS, Step, Waiting, ledger_sentence
from workstreams.models import Voice, VoiceQuerySet
from workstreams.voice_words import AUDIENCE_WORDS

SORTS = {"waiting": "Waiting", "heard": "Heard", "state": "State"}


@dataclass(frozen=True)
class LogLine:
    """Something heard, with how long its speakers have waited."""

    voice: Voice
    waiting: Waiting


def filtered(voices: VoiceQuerySet, chosen: Mapping[str, str], day: date) -> VoiceQuerySet:
    """Voices that fit the filters; an empty or unknown value does not filter."""
    state, workstream = chosen.get("state", ""), chosen.get("workstream", "")
    voices = voices.with_state()
    if state == "unanswered":
        voices = voices.unanswered()
    elif state == "overdue":
        voices = voices.overdue(day)
    elif state:
        voices = voices.in_state(state)
    if chosen.get("audience"):
        voices = voices.filter(audience=chosen["audience"])
    if chosen.get("group"):
        voices = voices.filter(groups__contains=[chosen["group"]])
    if workstream == "none":
        return voices.filter(workstream=None)
    about = Q(workstream__slug=workstream) | Q(workstream__merged_into__slug=workstream)
    return voices.filter(about) if workstream else voices


def ordered(voices: VoiceQuerySet, sort: str) -> VoiceQuerySet:
    """The longest unanswered first, or by when it was heard, or by state. A minus turns the order round."""
    key = sort.lstrip("-")
    order = Case(
        *(When(state_now=step.value, then=Value(place)) for place, step in enumerate(Step)), output_field=IntegerField()
    )
    answered = Case(When(state_now__in=ANSWERS, then=Value(1)), default=Value(0), output_field=IntegerField())
    keys = {
        "waiting": (answered, F("heard_until")),
        "heard": (F("heard_until"),),
        "state": (order, F("heard_until")),
    }[key if key in SORTS else "waiting"]
    turned = sort.startswith("-")
    return voices.with_state().order_by(*(each.desc() if turned else each.asc() for each in keys), "pk")


def lines(voices: Iterable[Voice], day: date) -> list[LogLine]:
    """Each with its wait."""
    return [LogLine(voice, voice.waiting(day)) for voice in voices]


@dataclass(frozen=True)
class Tally:
    """The log counted: one sentence, and who was heard how often and by how many, under the small-number rule."""

    sentence: str
    heard: int
    unanswered: int
    overdue: int
    audiences: list[tuple[str, int, str]]


def tally(voices: VoiceQuerySet, day: date) -> Tally:
    """Count a log. One query."""
    every = lines(voices.with_state(), day)
    open_still = [line for line in every if not line.waiting.is_answered]
    overdue = [line for line in open_still if line.waiting.is_overdue]
    longest = max((line.waiting.weeks for line in open_still), default=0)
    audiences = []
    for key, words in AUDIENCE_WORDS.items():
        heard = [line.voice for line in every if line.voice.audience == key]
        if heard:
            audiences.append((words, len(heard), total_shown(voice.took_part for voice in heard)))
    sentence = ledger_sentence(
        heard=len(every), unanswered=len(open_still), overdue=len(overdue), longest_weeks=longest
    )
    return Tally(sentence, len(every), len(open_still), len(overdue), audiences)
