"""From a recommendation to work that will be done: whether what was accepted has living work, and when. Pure.

Accepting costs nothing; work does. So what was accepted is asked again and again whether a workstream that runs has a
milestone still to come for it. Who has done all milestones is asked for evidence, never taken at their word.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from programme.dates import MONTH_NAMES
from programme.status import PlanState
from programme.wording import counted, listed

ACCEPTED, ADAPTED, DECLINED = "accepted", "adapted", "declined"
DECISIONS: Final = ((ACCEPTED, "Accepted"), (ADAPTED, "Accepted in another form"), (DECLINED, "Declined"))
SOURCES: Final = (
    ("report", "Report"),
    ("review", "Review"),
    ("gate", "Gate"),
    ("workshop", "Workshop"),
    ("maturity", "Maturity review"),
    ("other", "Something else"),
)
FOUND, KEPT, REFUSED, FILLED = "found", "accepted", "not_accepted", "filled"
GAP_STATES: Final = (
    (FOUND, "Not decided"),
    (KEPT, "Accepted"),
    (REFUSED, "Not accepted"),
    (FILLED, "Filled"),
)


class Life(StrEnum):
    """How a recommendation stands; the value is used in addresses."""

    UNDECIDED = "undecided"
    NO_WORK = "no-work"
    STOPPED = "stopped"
    UNPLANNED = "unplanned"
    LIVING = "living"
    DONE = "done"
    CLOSED = "closed"
    DECLINED = "declined"

    @property
    def words(self) -> str:
        """What a tag says."""
        return _WORDS[self]

    @property
    def lacks_work(self) -> bool:
        """Whether it was accepted and nothing that is going on will bring it about."""
        return self in {Life.NO_WORK, Life.STOPPED, Life.UNPLANNED}

    @property
    def colour(self) -> str:
        """The tag's colour; the words say the same."""
        return {"lacks": "yellow", Life.LIVING: "blue", Life.CLOSED: "green"}.get(
            "lacks" if self.lacks_work else self, "white"
        )


_WORDS: Final = {
    Life.UNDECIDED: "Not decided",
    Life.NO_WORK: "No work",
    Life.STOPPED: "Its work does not run",
    Life.UNPLANNED: "No milestone ahead",
    Life.LIVING: "Work goes on",
    Life.DONE: "Done, evidence missing",
    Life.CLOSED: "Closed with evidence",
    Life.DECLINED: "Declined",
}


@dataclass(frozen=True)
class Piece:
    """Work that is meant to bring it about: whether its workstream runs, and how its milestone stands, if any."""

    is_running: bool
    state: PlanState | None = None

    @property
    def is_living(self) -> bool:
        """Whether something is still to come of it."""
        return self.is_running and self.state is not None and not self.state.is_finished

    @property
    def is_done(self) -> bool:
        """Whether its milestone was reached, as recorded or as its source says."""
        return self.state in {PlanState.DONE, PlanState.SAID_DONE}


def life_of(decision: str, pieces: Collection[Piece], *, is_closed: bool = False) -> Life:
    """How a recommendation stands."""
    if is_closed:
        return Life.CLOSED
    if decision not in {ACCEPTED, ADAPTED}:
        return Life.DECLINED if decision == DECLINED else Life.UNDECIDED
    return _life_of_accepted(pieces)


def _life_of_accepted(pieces: Collection[Piece]) -> Life:
    if not pieces:
        return Life.NO_WORK
    if any(piece.is_living for piece in pieces):
        return Life.LIVING
    if any(piece.is_done for piece in pieces) and not any(p.is_running and p.state is None for p in pieces):
        return Life.DONE
    return Life.UNPLANNED if any(piece.is_running for piece in pieces) else Life.STOPPED


_WHY: Final = {
    Life.UNDECIDED: "Nobody has decided on it yet.",
    Life.NO_WORK: "It was accepted, and no workstream has taken it up.",
    Life.STOPPED: "It was accepted, and no workstream that had taken it up is running.",
    Life.UNPLANNED: "It was accepted, and no milestone ahead will bring it about.",
    Life.LIVING: "It was accepted, and a milestone ahead will bring it about.",
    Life.DONE: "Its milestones are done. It waits to be closed with evidence.",
    Life.CLOSED: "It was closed with evidence.",
    Life.DECLINED: "It was declined.",
}


def why(life: Life) -> str:
    """The same as a sentence."""
    return _WHY[life]


def check_sentence(lives: Iterable[Life]) -> str:
    """The standing check over all recommendations in a sentence; empty where there are none."""
    seen = list(lives)
    accepted = [life for life in seen if life not in {Life.UNDECIDED, Life.DECLINED}]
    lacking, undecided = sum(life.lacks_work for life in accepted), seen.count(Life.UNDECIDED)
    said = []
    if accepted:
        many = counted(len(accepted), "accepted recommendation")
        if lacking:
            said.append(f"{lacking:,} of {many} {'has' if lacking == 1 else 'have'} no living work")
        else:
            said.append(f"{many} {'has' if len(accepted) == 1 else 'all have'} living work or {_done(accepted)} done")
    if undecided:
        said.append(f"{counted(undecided, 'recommendation')} {'waits' if undecided == 1 else 'wait'} for a decision")
    return f"{_capital(listed(said))}." if said else ""


def _done(accepted: Sequence[Life]) -> str:
    return "is" if len(accepted) == 1 else "are"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def gaps_sentence(states: Sequence[str], unanswered: int) -> str:
    """All gaps in a sentence. `unanswered` are accepted gaps that no accepted recommendation answers."""
    if not states:
        return "No gap has been recorded."
    accepted, found = states.count(KEPT), states.count(FOUND)
    refused, filled = states.count(REFUSED), states.count(FILLED)
    said = [counted(accepted, "accepted gap") if accepted else "no accepted gap"]
    if unanswered:
        said.append(f"{unanswered:,} of them with nothing to fill {'it' if unanswered == 1 else 'them'}")
    if found:
        said.append(f"{found:,} not decided")
    if refused:
        said.append(f"{refused:,} not accepted")
    if filled:
        said.append(f"{filled:,} filled")
    return f"{_capital(listed(said))}."


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months that begin in January, April, July or October."""

    year: int
    first_month: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter in which a day lies."""
        return cls(day.year, (day.month - 1) // 3 * 3 + 1)

    @property
    def next(self) -> "Quarter":
        """The one that follows."""
        return Quarter(self.year + self.first_month // 10, (self.first_month + 2) % 12 + 1)

    @property
    def words(self) -> str:
        """'April to June 2027'."""
        return f"{MONTH_NAMES[self.first_month - 1]} to {MONTH_NAMES[self.first_month + 1]} {self.year}"


TWO_YEARS: Final = 8


def quarters(day: date, count: int = TWO_YEARS) -> list[Quarter]:
    """The quarter of the day and those that follow."""
    found = [Quarter.of(day)]
    while len(found) < count:
        found.append(found[-1].next)
    return found


BEFORE, AFTER, UNDATED, FINISHED = "Overdue", "After these two years", "No date", "Done already"


def heading_of(state: PlanState, end: date | None, ahead: Sequence[Quarter]) -> str:
    """Under which heading of the plan a milestone stands."""
    if state.is_finished:
        return FINISHED
    if state is PlanState.OVERDUE:
        return BEFORE
    if end is None:
        return UNDATED
    quarter = max(Quarter.of(end), ahead[0])
    return quarter.words if quarter <= ahead[-1] else AFTER
