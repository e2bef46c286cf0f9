"""The eight i-THRIVE principles at three levels: what several people's scores say together. Pure.

Scores are never averaged, and nobody's is left out: where raters differ, that is what is shown. The principles and
levels are reference data, read once from the file beside the code; what is asked of each stands in versions of its own.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from programme.wording import counted, listed

_FIXTURES: Final = Path(__file__).resolve().parent / "fixtures"


@dataclass(frozen=True)
class Principle:
    """One of the eight."""

    code: str
    name: str
    meaning: str


@dataclass(frozen=True)
class Level:
    """Where a principle is looked at: the whole system, services, or one person with another."""

    code: str
    name: str
    scope: str


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((_FIXTURES / "principles.json").read_text(encoding="utf-8"))
    return told


@cache
def principles() -> tuple[Principle, ...]:
    """All eight, in the order in which they are always listed."""
    ordered = sorted(_told()["principles"], key=lambda each: int(each["order"]))
    return tuple(Principle(each["code"], each["name"], each["meaning"]) for each in ordered)


@cache
def levels() -> tuple[Level, ...]:
    """Macro, meso, micro."""
    return tuple(Level(each["code"], each["name"], each["scope"]) for each in _told()["levels"])


def principle(code: str) -> Principle | None:
    """The principle of a code, if there is one."""
    return next((each for each in principles() if each.code == code), None)


LOWEST: Final = 1
THRIVE_LIKE: Final = 3  # from here on a principle may be called THRIVE-like
HIGHEST: Final = 4
SCORES: Final = tuple(range(LOWEST, HIGHEST + 1))


def shipped_scale() -> list[str]:
    """What the scores mean in the version that comes with the product."""
    return [str(each["meaning"]) for each in _told()["scale"]]


Key = tuple[str, str]  # a principle and a level


def asked() -> list[Key]:
    """All that may be asked."""
    return [(each.code, level.code) for each in principles() for level in levels()]


class Verdict(StrEnum):
    """What scores say together; the value is used in addresses and classes."""

    NOT_YET = "not-yet"
    SPLIT = "split"
    UNKNOWN = "unknown"
    LIKE = "like"

    @property
    def words(self) -> str:
        """What a cell says."""
        return _WORDS[self]


_WORDS: Final = {
    Verdict.NOT_YET: "Not yet",
    Verdict.SPLIT: "Raters differ",
    Verdict.UNKNOWN: "Not answered",
    Verdict.LIKE: "THRIVE-like",
}
# The least that holds: one level that is certainly below is enough to say no.
_LEAST: Final = (Verdict.NOT_YET, Verdict.SPLIT, Verdict.UNKNOWN, Verdict.LIKE)


def verdict_of(scores: Collection[int]) -> Verdict:
    """What the scores of all raters say of one principle at one level."""
    reached = {score >= THRIVE_LIKE for score in scores}
    if not reached:
        return Verdict.UNKNOWN
    if len(reached) > 1:
        return Verdict.SPLIT
    return Verdict.LIKE if reached == {True} else Verdict.NOT_YET


@dataclass(frozen=True)
class Standing:
    """A principle in one assessment: at each level the scores that were given, lowest first."""

    principle: Principle
    by_level: Mapping[str, tuple[int, ...]]

    @property
    def verdict(self) -> Verdict:
        """What all levels say together: the least that holds."""
        said = {verdict_of(self.by_level.get(level.code, ())) for level in levels()}
        return next(each for each in _LEAST if each in said)

    @property
    def differs(self) -> bool:
        """Whether raters gave different scores at any level."""
        return any(len(set(scores)) > 1 for scores in self.by_level.values())

    @property
    def words(self) -> str:
        """'Macro 2, meso 2 and 4, micro not answered'."""
        said = [f"{level.name.lower()} {scores_words(self.by_level.get(level.code, ()))}" for level in levels()]
        return ", ".join(said).capitalize()


def scores_words(scores: Collection[int]) -> str:
    """'3', '2 and 4', 'not answered'."""
    return listed([str(each) for each in sorted(set(scores))]) or "not answered"


def standings(given: Iterable[tuple[Key, int]]) -> tuple[Standing, ...]:
    """All eight principles from every rater's scores."""
    found: dict[Key, list[int]] = {}
    for key, score in given:
        found.setdefault(key, []).append(score)
    return tuple(
        Standing(each, {level.code: tuple(sorted(found.get((each.code, level.code), ()))) for level in levels()})
        for each in principles()
    )


class Step(StrEnum):
    """What became of a level between two assessments."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"


def step_of(before: Collection[int], after: Collection[int]) -> Step:
    """Up only where nobody's score now is below anybody's then; what overlaps is unclear, and is said to be."""
    if not before or not after:
        return Step.UNKNOWN
    if set(before) == set(after):
        return Step.SAME
    if min(after) >= max(before):
        return Step.UP
    if max(after) <= min(before):
        return Step.DOWN
    return Step.UNCLEAR


class NotComparableError(Exception):
    """Two assessments that were asked different things."""


@dataclass(frozen=True)
class Compared:
    """A principle in two assessments."""

    before: Standing
    after: Standing

    @property
    def steps(self) -> dict[str, Step]:
        """By level."""
        return {
            level.code: step_of(self.before.by_level[level.code], self.after.by_level[level.code]) for level in levels()
        }

    @property
    def words(self) -> str:
        """'Became THRIVE-like. Up at macro and meso.'."""
        then, now = self.before.verdict, self.after.verdict
        said = []
        if then is not now and Verdict.LIKE in {then, now}:
            said.append("Now THRIVE-like" if now is Verdict.LIKE else "No longer THRIVE-like for every rater and level")
        steps = self.steps
        for step, told in ((Step.UP, "up"), (Step.DOWN, "down"), (Step.UNCLEAR, "not clear, as raters differ,")):
            where = [level.name.lower() for level in levels() if steps[level.code] is step]
            if where:
                every = len(where) == len(steps)
                said.append(f"{told} at {'every level' if every else listed(where)}".capitalize())
        if not said:
            said.append("Cannot be said" if Step.UNKNOWN in steps.values() else "The same")
        return ". ".join(said)


def compared(before: Sequence[Standing], after: Sequence[Standing], *, sets: tuple[int, int]) -> tuple[Compared, ...]:
    """Two assessments side by side. `sets` are the numbers of what each was asked. Raises NotComparableError."""
    if sets[0] != sets[1]:
        raise NotComparableError
    return tuple(Compared(then, now) for then, now in zip(before, after, strict=True))


def sentence(place: str, now: Sequence[Standing], *, when: str, before: Sequence[Standing] | None = None) -> str:
    """One sentence or two over an assessment, and over the one before where they can be compared."""
    verdicts = [each.verdict for each in now]
    like, split = verdicts.count(Verdict.LIKE), verdicts.count(Verdict.SPLIT)
    unknown = verdicts.count(Verdict.UNKNOWN)
    if unknown == len(now) and not any(scores for each in now for scores in each.by_level.values()):
        return f"Nobody has answered for {place} yet."
    said = f"{place} is THRIVE-like on {like} of {counted(len(now), 'principle')} in {when}"
    if before is not None:
        said += f", after {sum(each.verdict is Verdict.LIKE for each in before)} at the baseline"
    more = []
    if split:
        more.append(f"raters differ on {split}{' more' if like else ''}")
    if unknown:
        more.append(f"{unknown} cannot be said until every level is answered")
    return f"{said}; {' and '.join(more)}." if more else f"{said}."


def difference_sentence(now: Sequence[Standing], raters: int) -> str:
    """How far the raters of one assessment agree."""
    cells = [scores for each in now for scores in each.by_level.values()]
    shared = [scores for scores in cells if len(scores) > 1]
    if raters < 2:  # noqa: PLR2004 - it takes two to differ
        return "Nobody has answered yet." if not any(cells) else "One rater has answered, so nothing can differ yet."
    if not shared:
        return f"{counted(raters, 'rater')} take part, and no statement has been scored by two of them yet."
    apart = [scores for scores in shared if len(set(scores)) > 1]
    across = sum(verdict_of(scores) is Verdict.SPLIT for scores in apart)
    if not apart:
        every = "the one statement" if len(shared) == 1 else f"all {len(shared)} statements"
        return f"{counted(raters, 'rater')} agree on {every} that two or more scored."
    said = f"{counted(raters, 'rater')} differ on {len(apart)} of {counted(len(shared), 'statement')}"
    if not across:
        return f"{said}."
    where = "" if across == len(apart) else f"on {across} of them "
    return f"{said}; {where}some say THRIVE-like and some not yet."
