"""The vocabulary of ratings and of milestones' states: one home for each word, meaning, shape and severity.

Never colour alone: a rating is always printed as word and shape, and the shape differs in black and white.
Meanings follow common programme practice (Red needs escalation, Amber has a plan, Green is on track).
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum


class Rag(StrEnum):
    """A rating as it is stored and shown."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    COMPLETE = "complete"
    NOT_RATED = "not_rated"
    NOT_REPORTED = "not_reported"

    @property
    def word(self) -> str:
        """The word printed for this rating."""
        return _WORDS[self][0]

    @property
    def meaning(self) -> str:
        """What the rating says, to be read after 'is'."""
        return _WORDS[self][1]

    @property
    def letter(self) -> str:
        """One character for strips, always beside a text alternative."""
        return _WORDS[self][2]

    @property
    def shape(self) -> str:
        """Name of the mark drawn beside the word."""
        return _WORDS[self][3]

    @property
    def definition(self) -> str:
        """The full sentence printed beside the choice and in the report's appendix."""
        return _WORDS[self][4]

    @property
    def severity(self) -> int:
        """Sort key, worst first: 0 is the worst. Silence stands between Red and Amber: it is never good news."""
        return _SEVERITY.index(self)


_WORDS: dict[Rag, tuple[str, str, str, str, str]] = {
    Rag.RED: (
        "Red",
        "off track",
        "R",
        "diamond",
        "Off track. Not expected to deliver as planned without a decision or help from above the lead.",
    ),
    Rag.AMBER: (
        "Amber",
        "at risk",
        "A",
        "triangle",
        "At risk. There is a problem, and the lead has a plan and the authority to recover.",
    ),
    Rag.GREEN: ("Green", "on track", "G", "circle", "On track. Nothing that the lead cannot handle."),
    Rag.COMPLETE: ("Complete", "complete", "C", "tick", "Delivered, evidenced and handed over to business as usual."),
    Rag.NOT_RATED: ("Not rated", "not rated", "–", "square", "An update exists for the month but gives no rating."),
    Rag.NOT_REPORTED: (
        "Not reported",
        "not reported",
        "·",
        "dash",
        "No update was sent for the month. Never shown as Green and never filled in from another month.",
    ),
}
_SEVERITY = [Rag.RED, Rag.NOT_REPORTED, Rag.AMBER, Rag.NOT_RATED, Rag.GREEN, Rag.COMPLETE]
DECLARABLE = (Rag.GREEN, Rag.AMBER, Rag.RED)


class Confidence(StrEnum):
    """How likely it is that the whole will be delivered: the three levels that government projects use.

    It is another question than the month's rating: a workstream may be behind this month and sure to deliver.
    """

    GREEN = "green"
    AMBER = "amber"
    RED = "red"

    @property
    def words(self) -> str:
        """The level as a phrase; the colour's name stands in it, because boards know it by that."""
        return _CONFIDENCE[self][0]

    @property
    def definition(self) -> str:
        """The sentence printed beside the choice."""
        return _CONFIDENCE[self][1]


_CONFIDENCE: dict[Confidence, tuple[str, str]] = {
    Confidence.GREEN: (
        "Highly likely (Green)",
        "Delivery on time, within budget and to the quality agreed appears highly likely. No major issue threatens it.",
    ),
    Confidence.AMBER: (
        "Feasible (Amber)",
        "Delivery appears feasible. There are significant issues that need management attention and can be resolved.",
    ),
    Confidence.RED: (
        "Appears unachievable (Red)",
        "Delivery appears unachievable. There are major issues that do not appear to be manageable as things stand.",
    ),
}


class Change(StrEnum):
    """How a rating compares with the one before it."""

    WORSE = "Worse"
    SAME = "Same"
    BETTER = "Better"
    FIRST = "First rating"
    UNKNOWN = "Not known"


def change_between(previous: Rag | None, latest: Rag | None) -> Change:
    """Compare two ratings. Silence or a missing rating on either side is 'not known', never an improvement."""
    rated = {Rag.RED, Rag.AMBER, Rag.GREEN, Rag.COMPLETE}
    if latest not in rated or latest is None:
        return Change.UNKNOWN
    if previous is None:
        return Change.FIRST
    if previous not in rated:
        return Change.UNKNOWN
    if latest == previous:
        return Change.SAME
    return Change.WORSE if latest.severity < previous.severity else Change.BETTER


def count_ratings(ratings: Iterable[Rag]) -> list[tuple[Rag, int]]:
    """Counts, worst first, leaving out ratings nobody has."""
    counts = Counter(ratings)
    return [(rag, counts[rag]) for rag in _SEVERITY if counts[rag]]


class PlanState(StrEnum):
    """Where a milestone stands, most pressing first; the value is stored in snapshots."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    PLANNED = "planned"
    UNDATED = "undated"
    SAID_DONE = "said_done"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def word(self) -> str:
        """The word shown in a tag."""
        return _PLAN_WORDS[self]

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to do, as recorded or as its source says."""
        return self in {PlanState.SAID_DONE, PlanState.DONE, PlanState.DROPPED}


_PLAN_WORDS = {
    PlanState.OVERDUE: "Overdue",
    PlanState.DUE_SOON: "Due soon",
    PlanState.PLANNED: "Planned",
    PlanState.UNDATED: "No date",
    PlanState.SAID_DONE: "Said to be done",
    PlanState.DONE: "Done",
    PlanState.DROPPED: "Dropped",
}
