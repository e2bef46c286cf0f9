"""Closing a workstream well: what its pack has to say, and whether what was achieved has held since. Pure.

Whether it held is asked 3, 6 and 12 months after the closing day. A check is due on the same day of that month, or on
the month's last day where there is no such day, and is overdue from the day after. An answer may be put right later;
the newest one counts.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from programme.dates import day_words
from programme.wording import counted

CHECK_MONTHS: Final = (3, 6, 12)
_MONTHS_A_YEAR: Final = 12


class Outcome(StrEnum):
    """What became of an objective."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"

    @property
    def words(self) -> str:
        """As it is read."""
        return {"met": "Met", "partly": "Partly met", "not_met": "Not met"}[self.value]


class Fate(StrEnum):
    """What becomes of a milestone that is not done when its workstream closes."""

    MOVE = "move"
    DROP = "drop"
    STAY = "stay"

    @property
    def words(self) -> str:
        """As it is chosen."""
        return {
            "move": "Another workstream takes it over",
            "drop": "It is dropped",
            "stay": "It stays here, after the closing day",
        }[self.value]


class Held(StrEnum):
    """Whether what a workstream achieved has lasted."""

    HELD = "held"
    PARTLY = "partly"
    NOT_HELD = "not_held"

    @property
    def words(self) -> str:
        """As it is read."""
        return {"held": "Held", "partly": "Partly held", "not_held": "Not held"}[self.value]


def due_on(closed_on: date, months: int) -> date:
    """The day of a check: the closing day, some months on."""
    months_on = closed_on.month - 1 + months
    year, month = closed_on.year + months_on // _MONTHS_A_YEAR, months_on % _MONTHS_A_YEAR + 1
    return date(year, month, min(closed_on.day, monthrange(year, month)[1]))


@dataclass(frozen=True)
class Check:
    """One check after closing: due, and perhaps answered. `today` is the day it is looked at."""

    months: int
    due_on: date
    today: date
    held: Held | None = None

    @property
    def name(self) -> str:
        """'6-month check'."""
        return f"{self.months}-month check"

    @property
    def days_overdue(self) -> int:
        """Days since it was due, where nobody has answered."""
        return 0 if self.held else max(0, (self.today - self.due_on).days)

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been answered by now."""
        return self.days_overdue > 0

    @property
    def state_words(self) -> str:
        """'Held', 'Overdue by 12 days', 'Due on 4 February 2027'."""
        if self.held:
            return self.held.words
        if self.is_overdue:
            return f"Overdue by {counted(self.days_overdue, 'day')}"
        return f"Due on {day_words(self.due_on)}"


def checks(closed_on: date, answered: Mapping[int, Held], today: date) -> tuple[Check, ...]:
    """The checks of a workstream that closed on a day, with what was answered, by months."""
    return tuple(Check(m, due_on(closed_on, m), today, answered.get(m)) for m in CHECK_MONTHS)


def next_check(every: Sequence[Check]) -> Check | None:
    """The first that nobody has answered."""
    return next((each for each in every if each.held is None), None)


def closed_sentence(*, closed_on: date, status: str, why: str, owner: str, every: Sequence[Check]) -> str:
    """When and why it closed, who owns it now and which check is next: one sentence."""
    stop = "stopped" if status == "stopped" else "closed"
    because = f" because “{why.strip().rstrip('.')}”" if why.strip() else ""
    owned = f"{_inside(owner)} owns it now" if owner else "who owns it now has not been recorded"
    return f"This workstream {stop} on {day_words(closed_on)}{because}; {owned}{_then(every)}."


def _inside(owner: str) -> str:
    """An owner in the middle of a sentence: an article begins small, a name does not."""
    article, space, rest = owner.partition(" ")
    return f"{article.lower()}{space}{rest}" if article in {"The", "A", "An", "Our"} else owner


def _then(every: Sequence[Check]) -> str:
    if not every:
        return ""
    following = next_check(every)
    if following is None:
        return f", and its {every[-1].name} says: {every[-1].state_words.lower()}"
    if following.is_overdue:
        return f", and the {following.name} is overdue by {counted(following.days_overdue, 'day')}"
    return f", and the {following.name} is due on {day_words(following.due_on)}"


@dataclass(frozen=True)
class ObjectiveSaid:
    """What a pack says of an objective."""

    key: int
    text: str
    outcome: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class MilestoneSaid:
    """What a pack says of an unfinished milestone. `lies_after` is whether its date lies after the closing day."""

    key: int
    title: str
    fate: str = ""
    target: int | None = None
    reason: str = ""
    lies_after: bool = False


@dataclass(frozen=True)
class PackSaid:
    """A pack as it is checked before it is sent."""

    why: str
    closes_on: date | None
    owner: str
    lessons: str
    objectives: Sequence[ObjectiveSaid] = ()
    milestones: Sequence[MilestoneSaid] = ()
    waiting_voices: int = 0
    voices: str = ""


def missing(said: PackSaid) -> dict[str, str]:
    """What a pack lacks before it can be sent, by the name of its field. Empty where it is complete."""
    found = {}
    if not said.why.strip():
        found["why"] = "Enter why the workstream closes"
    if said.closes_on is None:
        found["closes_on"] = "Enter the day on which it closes"
    if not said.owner.strip():
        found["owner"] = "Enter who owns it from then on"
    if not said.lessons.strip():
        found["lessons"] = "Enter what others can learn from it"
    if said.waiting_voices and not said.voices.strip():
        found["voices"] = "Enter who will tell those who still wait for an answer, and when"
    for objective in said.objectives:
        found |= _missing_of_objective(objective)
    for milestone in said.milestones:
        found |= _missing_of_milestone(milestone)
    return found


def _missing_of_objective(said: ObjectiveSaid) -> dict[str, str]:
    name = f"objective-{said.key}"
    if not said.outcome:
        return {f"{name}-outcome": f"Select what became of “{_short(said.text)}”"}
    if not said.evidence.strip():
        return {f"{name}-evidence": f"Enter what shows it: “{_short(said.text)}”"}
    return {}


def _missing_of_milestone(said: MilestoneSaid) -> dict[str, str]:
    name, title = f"milestone-{said.key}", _short(said.title)
    if not said.fate:
        return {f"{name}-fate": f"Select what becomes of “{title}”"}
    if said.fate == Fate.MOVE and said.target is None:
        return {f"{name}-target": f"Select the workstream that takes “{title}” over"}
    if said.fate == Fate.DROP and not said.reason.strip():
        return {f"{name}-reason": f"Enter why “{title}” is dropped"}
    if said.fate == Fate.STAY and not said.lies_after:
        return {
            f"{name}-fate": f"“{title}” does not lie after the closing day: move or drop it, or change its date first"
        }
    return {}


_LONGEST: Final = 60


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
