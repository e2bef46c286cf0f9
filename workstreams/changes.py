"""What stays the same from month to month, and what became of what was promised. Pure.

Two sentences are the same words when nothing a reader would act on differs: the numbers, the months and days, the
yes or no, and nearly all other words. "50 to 60% recruited" and "60 to 70% recruited" are different words.

A promise is a next step of a sent update. It stays open until somebody answers it: done, moved to a day or dropped.
What was moved is carried on as the same promise. What nobody answers is asked again, three times at most. Promises
never feed a rating: people would stop making them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final

from programme.dates import MONTH_NAMES, month_words
from programme.wording import counted

NEARLY: Final = 0.85  # the share of words two sentences have in common, from which they count as the same
MARKED_FROM: Final = 2  # updates in a row with the same words, from which a reader is told
ASKED_FROM: Final = 3  # updates in a row with the same words, from which the lead is asked
ASKED_AT_MOST: Final = 3  # updates in which an unanswered promise is asked about

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMBERS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand half quarter third all none
    both first second once twice""".split()  # noqa: SIM905 - a list of words reads better as words
)
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "tomorrow"])
_SEASONS = frozenset(["spring", "summer", "autumn", "winter"])
_DENIALS = frozenset(["not", "no", "never", "without", "cannot", "yet"])
_TURNS = frozenset(["more", "less", "fewer", "up", "down", "above", "below", "before", "after"])
_SHORT_MONTHS = {name[:3].lower(): name.lower() for name in MONTH_NAMES} | {"sept": "september"}
_DECIDING = _NUMBERS | _DAYS | _SEASONS | _DENIALS | _TURNS | {name.lower() for name in MONTH_NAMES}


@dataclass(frozen=True)
class _Reading:
    """A sentence as it is compared: what must be equal, in its order, and the other words."""

    deciding: tuple[str, ...]
    others: Counter[str]

    @property
    def says_something(self) -> bool:
        return bool(self.deciding or self.others)


@cache
def _token(word: str) -> str:
    word = word.lower().replace("’", "'")
    return _SHORT_MONTHS.get(word, word)


def _decides(token: str) -> bool:
    return token[0].isdigit() or token in _DECIDING or token.endswith("n't")


def _read(text: str) -> _Reading:
    tokens = [_token(word) for word in _TOKEN.findall(text)]
    return _Reading(tuple(token for token in tokens if _decides(token)), Counter(t for t in tokens if not _decides(t)))


def same_words(one: str, other: str) -> bool:
    """Whether two sentences say the same in the same words, or nearly."""
    a, b = _read(one), _read(other)
    if not a.says_something or a.deciding != b.deciding:
        return False
    size = a.others.total() + b.others.total()
    return size == 0 or 2 * (a.others & b.others).total() >= NEARLY * size


# -- words that stand --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MonthWords:
    """What one sent update said in one section."""

    month: date
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Stood:
    """How many updates in a row, the newest included, have said the same words, and since which month."""

    updates: int
    since: date

    @property
    def words(self) -> str:
        """'unchanged since August 2026'."""
        return f"unchanged since {month_words(self.since)}"

    @property
    def is_marked(self) -> bool:
        """Whether a reader is told."""
        return self.updates >= MARKED_FROM

    @property
    def is_asked(self) -> bool:
        """Whether the lead is asked if it is still so."""
        return self.updates >= ASKED_FROM


def how_long(text: str, month: date, earlier: Iterable[MonthWords]) -> Stood:
    """How long words of `month` have stood, by the updates before it. A month without an update breaks nothing."""
    stood = Stood(1, month)
    for said in sorted(earlier, key=lambda each: each.month, reverse=True):
        if said.month >= month:
            continue
        if not any(same_words(text, each) for each in said.texts):
            break
        stood = Stood(stood.updates + 1, said.month)
    return stood


def longest(stood: Iterable[Stood]) -> Stood | None:
    """The words that have stood longest."""
    return max(stood, key=lambda each: each.updates, default=None)


# -- promises ----------------------------------------------------------------------------------------------------------


class Outcome(StrEnum):
    """What became of a promise."""

    DONE = "done"
    MOVED = "moved"
    DROPPED = "dropped"

    @property
    def word(self) -> str:
        """The word shown."""
        return self.value.capitalize()


def outcome_words(outcome: Outcome, when: str, reason: str) -> str:
    """'Done', 'Moved to March 2027' or 'Dropped because the supplier has gone'."""
    tail = {Outcome.MOVED: f" to {when}", Outcome.DROPPED: f" because {reason}"}
    return f"{outcome.word}{tail.get(outcome, '')}"


@dataclass(frozen=True)
class Answer:
    """What an update said about an earlier month's next step, known by its month and words."""

    month: date
    text: str
    outcome: Outcome
    when: str = ""
    reason: str = ""

    @property
    def words(self) -> str:
        """'Done', 'Moved to March 2027' or 'Dropped because the supplier has gone'."""
        return outcome_words(self.outcome, self.when, self.reason)


@dataclass(frozen=True)
class MonthPromises:
    """One sent update: the next steps it gave, each with its key, and what it answered of those before."""

    month: date
    given: tuple[tuple[int, str], ...] = ()
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Promise:
    """A next step that waits for an answer. `key` is the sentence that gave it last."""

    key: int
    text: str
    month: date
    first_month: date
    when: str = ""
    moved: int = 0
    asked: int = 0
    keys: frozenset[tuple[date, str]] = field(default=frozenset(), repr=False)

    @property
    def age_words(self) -> str:
        """'Promised in August 2026, moved twice, now to March 2027', as far as it applies."""
        parts = [f"Promised in {month_words(self.first_month)}"]
        if self.moved:
            parts.append(f"moved {times(self.moved)}, now to {self.when}")
        if self.asked:
            parts.append(f"not answered in {counted(self.asked, 'update')}")
        return ", ".join(parts)


def times(count: int) -> str:
    """'once', 'twice', '3 times'."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def open_promises(months: Iterable[MonthPromises]) -> list[Promise]:
    """What waits for an answer after these updates, the oldest promise first."""
    waiting: list[Promise] = []
    for month in sorted(months, key=lambda each: each.month):
        waiting = _given(_asked_again(_answered(waiting, month), month), month)
    return sorted(
        (promise for promise in waiting if promise.asked < ASKED_AT_MOST), key=lambda p: (p.first_month, p.key)
    )


def _answered(waiting: Sequence[Promise], month: MonthPromises) -> list[Promise]:
    """Without what was done or dropped; what was moved goes on as a promise of this month."""
    left = []
    for promise in waiting:
        answer = next((a for a in month.answers if (a.month, a.text) in promise.keys), None)
        if answer is None:
            left.append(promise)
        elif answer.outcome is Outcome.MOVED:
            moved = promise.moved + 1
            left.append(replace(promise, month=month.month, when=answer.when, moved=moved, asked=0))
    return left


def _asked_again(waiting: Iterable[Promise], month: MonthPromises) -> list[Promise]:
    """An update that said nothing about a promise of an earlier month has been asked about it once more."""
    return [replace(p, asked=p.asked + 1) if p.month < month.month else p for p in waiting]


def _given(waiting: Sequence[Promise], month: MonthPromises) -> list[Promise]:
    """With this month's next steps. The same words again are the same promise, given once more."""
    left = list(waiting)
    for key, text in month.given:
        place = next((i for i, p in enumerate(left) if same_words(p.text, text)), None)
        if place is None:
            left.append(Promise(key, text, month.month, month.month, keys=frozenset({(month.month, text)})))
        else:
            known = left[place]
            keys = known.keys | {(month.month, text)}
            left[place] = replace(known, key=key, text=text, month=month.month, asked=0, keys=keys)
    return left


# -- one prompt for a section ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Prompt:
    """The one thing the machine asks beside a section. The lower its rank, the more it matters."""

    rank: int
    words: str


def still_so(stood: Stood | None) -> Prompt | None:
    """Asks about words that have stood for long."""
    if stood is None or not stood.is_asked:
        return None
    return Prompt(3, f"Some words here have stood unchanged in {stood.updates} updates. Is it still so?")


def often_moved(promises: Iterable[Promise]) -> Prompt | None:
    """Asks about the promise that was moved most often, from the second time."""
    most = max(promises, key=lambda each: each.moved, default=None)
    if most is None or most.moved < 2:  # noqa: PLR2004 - once is ordinary
        return None
    return Prompt(2, f"“{most.text}” has been moved {times(most.moved)}. What stands in its way?")


def past_their_day(overdue: int) -> Prompt | None:
    """Asks about milestones whose last possible day has passed."""
    if not overdue:
        return None
    verb, them = ("is", "its date") if overdue == 1 else ("are", "their dates")
    return Prompt(1, f"{counted(overdue, 'milestone')} {verb} past {them}. Give a new date, or record it as done.")


def one_prompt(prompts: Iterable[Prompt | None]) -> Prompt | None:
    """At most one for a section: the one that matters most, the first of equals."""
    return min((prompt for prompt in prompts if prompt), key=lambda each: each.rank, default=None)


# -- no change ---------------------------------------------------------------------------------------------------------

NO_CHANGES_IN_A_ROW: Final = 2  # the third asks for a review


@dataclass(frozen=True)
class LastMonths:
    """What 'no change' leans on: whether the month before is in, how it was rated, and what came before."""

    month_before_is_in: bool
    rated: bool
    is_red: bool
    no_changes_in_a_row: int
    looks_worse: bool = False


def why_not_no_change(last: LastMonths) -> str:
    """Why 'no change' is not offered, in a sentence; empty where it is."""
    reasons = (
        (not last.month_before_is_in, "There is no update for the month before that could still stand."),
        (not last.rated, "The last update was not rated, so there is no rating that could still stand."),
        (last.is_red, "The last rating is Red. Say what has been done to get back on track."),
        (
            last.no_changes_in_a_row >= NO_CHANGES_IN_A_ROW,
            f"“No change” was given {times(last.no_changes_in_a_row)} in a row. Look afresh and write an update.",
        ),
        (last.looks_worse, "Milestones, risks or measures suggest a worse rating than the last one. Say how it is."),
    )
    return next((words for applies, words in reasons if applies), "")
