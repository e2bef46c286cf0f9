"""What does not fit together in a workstream, each with a sentence of why. Pure.

Nothing here is an error: every entry is something that two facts say differently, and that a person can put right or
explain. The rules, in the order in which they are listed:

* a lead rates Red, and no way back to Green is given or its day has passed;
* an ask has no answer and the day by which it was wanted has passed;
* a condition of a gate is open and its day has passed;
* a check after closing is overdue;
* somebody who was heard has waited for an answer longer than people should have to;
* a workstream closed, and milestones that do not lie after its closing day are neither done nor dropped nor moved;
* a lead rates Green, and a milestone that is not done has been moved twice or more;
* objectives of a running workstream are silent (`workstreams/objectives.py`);
* a milestone was recorded as done without a link to what shows it;
* nothing of what the newest update reports as progress speaks of an objective.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from programme.dates import day_words, month_words
from programme.status import Rag
from programme.wording import counted, listed
from workstreams.closing import Check
from workstreams.hearing import WEEKS_TO_TELL_BACK
from workstreams.objectives import SILENT_FROM, Said, heard, unmatched
from workstreams.slippage import times

MOVED_OFTEN: Final = 2
NAMED: Final = 2  # how many are named before the rest is counted


class Kind(StrEnum):
    """What does not fit, the most pressing first."""

    RED_WITHOUT_PATH = "red-without-path"
    ASK_PAST = "ask-past"
    CONDITION_OVERDUE = "condition-overdue"
    CHECK_OVERDUE = "check-overdue"
    VOICE_UNTOLD = "voice-untold"
    CLOSED_UNFINISHED = "closed-unfinished"
    GREEN_BUT_MOVED = "green-but-moved"
    OBJECTIVE_SILENT = "objective-silent"
    DONE_UNSHOWN = "done-unshown"
    WORK_UNMATCHED = "work-unmatched"

    @property
    def words(self) -> str:
        """The kind as it is chosen in a list."""
        return _WORDS[self]


_WORDS: Final = {
    Kind.RED_WITHOUT_PATH: "Red without a way back to Green",
    Kind.ASK_PAST: "Ask past its day",
    Kind.CONDITION_OVERDUE: "Gate condition overdue",
    Kind.CHECK_OVERDUE: "Check after closing overdue",
    Kind.VOICE_UNTOLD: "Voice not answered",
    Kind.CLOSED_UNFINISHED: "Closed with unfinished milestones",
    Kind.GREEN_BUT_MOVED: "Green with a milestone moved twice",
    Kind.OBJECTIVE_SILENT: "Objective that nobody mentions",
    Kind.DONE_UNSHOWN: "Done without evidence",
    Kind.WORK_UNMATCHED: "Work that matches no objective",
}


@dataclass(frozen=True)
class Planned:
    """A milestone: what is left of it, how often it moved, and what shows that it is done."""

    key: int
    title: str
    moves: int = 0
    is_open: bool = True
    recorded_as_done: bool = False
    has_evidence: bool = False
    lies_after_closing: bool = False


@dataclass(frozen=True)
class Declared:
    """What the lead said in the newest update, with the way back to Green where it is Red."""

    rating: Rag
    month: date
    has_path: bool = False
    path_by: date | None = None


@dataclass(frozen=True)
class Wanted:
    """Something with a day, that nobody has answered or met: an ask, or a condition of a gate."""

    key: int  # of the ask, or of the gate
    text: str
    due_on: date | None


@dataclass(frozen=True)
class Facts:
    """What is known of one workstream, or of the programme as a whole, on a day."""

    today: date
    is_running: bool = True
    closed_on: date | None = None
    declared: Declared | None = None
    milestones: Sequence[Planned] = ()
    asks: Sequence[Wanted] = ()
    conditions: Sequence[Wanted] = ()
    objectives: Sequence[tuple[int, str]] = ()
    updates: Sequence[Said] = ()
    voices_overdue: int = 0
    checks: Sequence[Check] = ()


@dataclass(frozen=True)
class Found:
    """One thing that does not fit: why, what can be done, and on which page (its name and, for one thing, its key)."""

    kind: Kind
    sentence: str
    fix: str
    page: str
    key: int | None = None


def found(facts: Facts) -> list[Found]:
    """Everything that does not fit, in the order of the rules."""
    return [each for rule in _RULES for each in rule(facts)]


def _red_without_path(facts: Facts) -> Iterator[Found]:
    said = facts.declared
    if said is None or said.rating is not Rag.RED or not facts.is_running:
        return
    rated = f"It is rated Red for {month_words(said.month)}"
    fix = "Say it in the next update"
    if not said.has_path:
        yield Found(Kind.RED_WITHOUT_PATH, f"{rated}, and no way back to Green is given.", fix, "updates")
    elif said.path_by and said.path_by < facts.today:
        passed = f"{rated}, and the day it was to be Green again, {day_words(said.path_by)}, has passed."
        yield Found(Kind.RED_WITHOUT_PATH, passed, fix, "updates")


def _asks_past(facts: Facts) -> Iterator[Found]:
    for ask in facts.asks:
        if ask.due_on and ask.due_on < facts.today:
            words = f"“{short(ask.text)}” was wanted by {day_words(ask.due_on)} and has no answer."
            yield Found(Kind.ASK_PAST, words, "Answer it", "ask", ask.key)


def _conditions(facts: Facts) -> Iterator[Found]:
    for each in facts.conditions:
        if each.due_on and each.due_on < facts.today:
            words = f"The condition of a gate, “{short(each.text)}”, was due on {day_words(each.due_on)} and is open."
            yield Found(Kind.CONDITION_OVERDUE, words, "Close the condition", "gate", each.key)


def _checks(facts: Facts) -> Iterator[Found]:
    for check in facts.checks:
        if check.is_overdue:
            words = f"Its {check.name} was due on {day_words(check.due_on)} and nobody has answered it."
            yield Found(Kind.CHECK_OVERDUE, words, "Say whether it has held", "closing")


def _voices(facts: Facts) -> Iterator[Found]:
    if facts.voices_overdue:
        waits = counted(facts.voices_overdue, "thing that was heard has", "things that were heard have")
        words = f"{waits} waited for an answer for more than {WEEKS_TO_TELL_BACK} weeks."
        yield Found(Kind.VOICE_UNTOLD, words, "Tell people what became of it", "workstream-voices")


def _closed_unfinished(facts: Facts) -> Iterator[Found]:
    if facts.closed_on is None:
        return
    left = [each.title for each in facts.milestones if each.is_open and not each.lies_after_closing]
    if left:
        words = f"It closed on {day_words(facts.closed_on)} with {_unfinished(left)}."
        yield Found(Kind.CLOSED_UNFINISHED, words, "Say what became of them", "plan")


def _unfinished(titles: Sequence[str]) -> str:
    return f"{counted(len(titles), 'unfinished milestone')}: {named(titles)}"


def _green_but_moved(facts: Facts) -> Iterator[Found]:
    said = facts.declared
    moved = [each for each in facts.milestones if each.is_open and each.moves >= MOVED_OFTEN]
    if said is None or said.rating is not Rag.GREEN or not facts.is_running or not moved:
        return
    worst = max(moved, key=lambda each: each.moves)
    more = f", and {counted(len(moved) - 1, 'other milestone')} twice or more" if len(moved) > 1 else ""
    words = f"“{short(worst.title)}” has been moved {times(worst.moves)}{more}"
    sentence = f"It is rated Green for {month_words(said.month)}, and {words}."
    yield Found(Kind.GREEN_BUT_MOVED, sentence, "Look at its ratings", "ratings")


def _silent(facts: Facts) -> Iterator[Found]:
    told = [(number, text, heard(text, facts.updates)) for number, text in facts.objectives]
    silent = [each for each in told if each[2].is_silent]
    if not facts.is_running or not silent:
        return
    number, text, newest = silent[0]
    words = f"Objective {number}, “{short(text)}”: {newest.words[:1].lower()}{newest.words[1:]}."
    if len(silent) > 1:
        goes = (
            f"{len(silent)} of its {len(told)} objectives go unmentioned in the last {counted(SILENT_FROM, 'update')}"
        )
        words = f"{goes}: {named([each[1] for each in silent])}."
    yield Found(Kind.OBJECTIVE_SILENT, words, "Compare objectives and updates", "objectives")


def _unshown(facts: Facts) -> Iterator[Found]:
    bare = [each for each in facts.milestones if each.recorded_as_done and not each.has_evidence]
    if not bare:
        return
    is_are = "milestone is" if len(bare) == 1 else "milestones are"
    words = f"{len(bare):,} {is_are} done without a link to what shows it: {named([each.title for each in bare])}."
    one = bare[0] if len(bare) == 1 else None
    yield Found(Kind.DONE_UNSHOWN, words, "Add the link", "milestone" if one else "plan", one.key if one else None)


def _unmatched(facts: Facts) -> Iterator[Found]:
    newest = facts.updates[0] if facts.updates else None
    if newest is None or not facts.is_running:
        return
    lost = unmatched(newest.progress, [text for _, text in facts.objectives])
    if lost and len(lost) == len(newest.progress):
        points = "The only point" if len(lost) == 1 else f"None of the {len(lost)} points"
        speaks = "speaks of no objective" if len(lost) == 1 else "speaks of an objective"
        words = f"{points} of progress for {month_words(newest.month)} {speaks}."
        yield Found(Kind.WORK_UNMATCHED, words, "Compare objectives and updates", "objectives")


_RULES: Final[tuple[Callable[[Facts], Iterator[Found]], ...]] = (
    _red_without_path,
    _asks_past,
    _conditions,
    _checks,
    _voices,
    _closed_unfinished,
    _green_but_moved,
    _silent,
    _unshown,
    _unmatched,
)
LONGEST: Final = 80


def short(text: str) -> str:
    """A text as part of a sentence, shortened where it is long."""
    words = " ".join(text.split()).rstrip(".")
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def named(titles: Sequence[str]) -> str:
    """The first titles, and how many more there are."""
    quoted = [f"“{short(title)}”" for title in titles[:NAMED]]
    more = len(titles) - NAMED
    return listed([*quoted, f"{more} more"] if more > 0 else quoted)
