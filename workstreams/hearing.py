"""What became of something that was heard: heard, decided, done, told back, or why not. Pure.

The state is the last step taken. Something heard is answered when whoever said it has been told what became of it, or
when it is written down why they cannot be told. Until then it waits, and after a school term it is overdue.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from programme.wording import counted

# About one school term: those who said it are then often no longer in the group that said it.
WEEKS_TO_TELL_BACK: Final = 12


class Step(StrEnum):
    """A step of the ledger, and the state something is in after it."""

    HEARD = "heard"
    DECIDED = "decided"
    DECLINED = "declined"
    DONE = "done"
    TOLD = "told"
    NOT_TOLD = "not_told"

    @property
    def state(self) -> str:
        """The state after it, in words."""
        return _WORDS[self][0]

    @property
    def verb(self) -> str:
        """What is done by taking it, for links and buttons."""
        return _WORDS[self][1]

    @property
    def slug(self) -> str:
        """The step in an address."""
        return self.value.replace("_", "-")

    @property
    def is_answer(self) -> bool:
        """Whether nobody waits any longer after it."""
        return self in ANSWERS


_WORDS: Final[dict[Step, tuple[str, str]]] = {
    Step.HEARD: ("Heard", "Open it again"),
    Step.DECIDED: ("Decided", "Record what was decided"),
    Step.DECLINED: ("Decided not to", "Record that it will not be done"),
    Step.DONE: ("Done", "Record that it was done"),
    Step.TOLD: ("Told back", "Record that people were told"),
    Step.NOT_TOLD: ("Cannot be told", "Record why people cannot be told"),
}
ANSWERS: Final = (Step.TOLD, Step.NOT_TOLD)
# What may follow what. A decision may change; whatever was recorded by mistake is opened again, with the reason.
_NEXT: Final[dict[Step, tuple[Step, ...]]] = {
    Step.HEARD: (Step.DECIDED, Step.DECLINED),
    Step.DECIDED: (Step.DONE, Step.DECLINED),
    Step.DECLINED: (Step.TOLD, Step.NOT_TOLD, Step.DECIDED),
    Step.DONE: (Step.TOLD, Step.NOT_TOLD, Step.HEARD),
    Step.TOLD: (Step.HEARD,),
    Step.NOT_TOLD: (Step.TOLD, Step.HEARD),
}


def next_steps(state: Step) -> tuple[Step, ...]:
    """The steps that may be taken from a state, the expected one first."""
    return _NEXT[state]


@dataclass(frozen=True)
class Waiting:
    """How long somebody has waited to be told. `overdue` is true after WEEKS_TO_TELL_BACK weeks."""

    weeks: int
    is_answered: bool

    @property
    def is_overdue(self) -> bool:
        """Whether they should have been told by now."""
        return not self.is_answered and self.weeks > WEEKS_TO_TELL_BACK

    @property
    def words(self) -> str:
        """'Heard 3 weeks ago, not told back', or how long the answer took."""
        if self.is_answered:
            return f"Answered after {counted(self.weeks, 'week')}" if self.weeks else "Answered within a week"
        since = f"Waiting for {counted(self.weeks, 'week')}" if self.weeks else "Heard this week"
        return f"{since}: overdue" if self.is_overdue else since


def waiting(*, heard_until: date, answered_on: date | None, today: date) -> Waiting:
    """Full weeks from the last day it can have been heard to the answer, or to today where there is none yet."""
    end = answered_on or today
    return Waiting(max(0, (end - heard_until).days) // 7, answered_on is not None)


def ledger_sentence(*, heard: int, unanswered: int, overdue: int, longest_weeks: int) -> str:
    """The whole ledger in one sentence."""
    if not heard:
        return "Nothing has been recorded yet."
    entries = counted(heard, "thing")
    if not unanswered:
        return f"{entries} heard. Everybody has been told what became of it."
    told = f"{entries} heard. {unanswered:,} of them {_have(unanswered)} not been answered yet"
    if not overdue:
        return f"{told}."
    longest = f"The longest wait is {longest_weeks} weeks."
    if overdue == unanswered:
        waited = f"{unanswered:,} of them {_have(unanswered)} been waiting for an answer"
        return f"{entries} heard. {waited} for more than {WEEKS_TO_TELL_BACK} weeks. {longest}"
    return f"{told}, {overdue:,} for more than {WEEKS_TO_TELL_BACK} weeks. {longest}"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"
