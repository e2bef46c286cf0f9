"""Scores of risks in NHS words: the four bands, how a score moved, and the matrix that is drawn. Pure.

band_of(16).word                      "Extreme"
moved(12, 16)                         "up from 12"
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from programme.wording import counted, listed

LEVELS = range(1, 6)
LIKELIHOODS = {1: "rare", 2: "unlikely", 3: "possible", 4: "likely", 5: "almost certain"}
IMPACTS = {1: "negligible", 2: "minor", 3: "moderate", 4: "major", 5: "catastrophic"}
HIGHEST = 25


class Band(StrEnum):
    """What a score comes to, worst first: the four bands of the usual NHS matrix."""

    EXTREME = "extreme"
    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"

    @property
    def word(self) -> str:
        """The word shown beside the score."""
        return self.value.capitalize()

    @property
    def least(self) -> int:
        """The lowest score of the band."""
        return _LEAST[self]


_LEAST = {Band.EXTREME: 15, Band.HIGH: 8, Band.MODERATE: 4, Band.LOW: 1}


def score_of(likelihood: int, impact: int) -> int:
    """Likelihood times impact, each from 1 to 5."""
    if likelihood not in LEVELS or impact not in LEVELS:
        raise ValueError("Likelihood and impact go from 1 to 5.")
    return likelihood * impact


def band_of(score: int) -> Band:
    """The band of a score from 1 to 25."""
    return next(band for band in Band if score >= band.least)


def score_words(likelihood: int, impact: int) -> str:
    """'12 of 25, high: possible, with major impact'."""
    score = score_of(likelihood, impact)
    return f"{score} of {HIGHEST}, {band_of(score)}: {LIKELIHOODS[likelihood]}, with {IMPACTS[impact]} impact"


def moved(before: int | None, now: int) -> str:
    """How a score compares with the one before it."""
    if before is None:
        return "first score"
    if before == now:
        return "looked at, unchanged"
    return f"{'up' if now > before else 'down'} from {before}"


# ---- The matrix -----------------------------------------------------------------------------------------------------

_LEFT, _TOP, _WIDE, _HIGH, _GAP = 118.0, 8.0, 84.0, 44.0, 4.0
_FILLS = {Band.LOW: "#d5ebdf", Band.MODERATE: "#fff2cc", Band.HIGH: "#ffcf8a", Band.EXTREME: "#f1a79f"}


@dataclass(frozen=True)
class Cell:
    """One square of the matrix, ready to draw."""

    x: float
    y: float
    fill: str
    letter: str
    count: str
    middle: float
    baseline: float
    corner: float


@dataclass(frozen=True)
class Label:
    """A word at the edge of the matrix."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class Matrix:
    """The picture, and the same in one sentence."""

    title: str
    width: float
    height: float
    cell_width: float
    cell_height: float
    cells: tuple[Cell, ...]
    labels: tuple[Label, ...]


def matrix(scored: Iterable[tuple[int, int]]) -> Matrix:
    """Draw how many risks stand where. Each is (likelihood, impact); likely is at the top, grave to the right."""
    pairs = list(scored)
    cells = tuple(
        _cell(likelihood, impact, pairs.count((likelihood, impact)))
        for likelihood in reversed(LEVELS)
        for impact in LEVELS
    )
    width, height = _LEFT + 5 * (_WIDE + _GAP), _TOP + 5 * (_HIGH + _GAP) + 42
    return Matrix(sentence(pairs), width, height, _WIDE, _HIGH, cells, tuple(_labels(height)))


def _place(likelihood: int, impact: int) -> tuple[float, float]:
    return _LEFT + (impact - 1) * (_WIDE + _GAP), _TOP + (5 - likelihood) * (_HIGH + _GAP)


def _cell(likelihood: int, impact: int, count: int) -> Cell:
    x, y = _place(likelihood, impact)
    band = band_of(score_of(likelihood, impact))
    return Cell(
        x=x,
        y=y,
        fill=_FILLS[band],
        letter=band.word[0],
        count=str(count) if count else "",
        middle=x + _WIDE / 2,
        baseline=y + _HIGH / 2 + 7,
        corner=x + _WIDE - 8,
    )


def _labels(height: float) -> Iterable[Label]:
    for level, word in LIKELIHOODS.items():
        y = _place(level, 1)[1] + _HIGH / 2 + 4
        yield Label(f"{level} {word}", _LEFT - 10, y, "end")
    for level, word in IMPACTS.items():
        x = _place(1, level)[0] + _WIDE / 2
        yield Label(f"{level} {word}", x, height - 26, "middle")
    yield Label("Impact, from left to right; likelihood, from bottom to top", _LEFT, height - 6, "start")


def sentence(scored: Sequence[tuple[int, int]]) -> str:
    """All numbers of the matrix in one sentence."""
    if not scored:
        return "No open risk has been recorded."
    bands = [band_of(score_of(*pair)) for pair in scored]
    told = [f"{bands.count(band)} {band}" for band in Band if band in bands]
    places = [
        f"{scored.count(pair)} {LIKELIHOODS[pair[0]]} with {IMPACTS[pair[1]]} impact"
        for pair in sorted(set(scored), key=lambda pair: (-score_of(*pair), pair))
    ]
    return f"{counted(len(scored), 'open risk')}: {listed(told)}. {'; '.join(places)}."
