"""Ages as exact half-open stretches of months, from birth to the 25th birthday. Pure.

'16 to 18' begins on the 16th birthday and ends the day before the 18th: whoever is 18 belongs to the next stretch.
Months, because teams for infants and for those who move on say '6 months to 2 years' and 'from 17 and a half'.
"""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

YEAR: Final = 12
BIRTH: Final = 0
OLDEST: Final = 25 * YEAR

_HALVES: Final = {"½": 6, "¼": 3, "¾": 9}
_YEARS: Final = re.compile(r"(\d{1,2})(½|¼|¾|\.5| and a half)? ?(?:years?|yrs?|y)?(?: old)?")
_YEARS_AND_MONTHS: Final = re.compile(r"(?:(\d{1,2}) ?(?:years?|yrs?|y) (?:and )?)?(\d{1,3}) ?(?:months?|mths?|m)")


@dataclass(frozen=True, order=True)
class Ages:
    """From `start` months up to, not including, `end` months."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not BIRTH <= self.start < self.end <= OLDEST:
            raise ValueError(f"{self.start} to {self.end} months is no stretch between birth and 25 years")

    def overlaps(self, other: "Ages") -> bool:
        """Whether somebody can be of both ages."""
        return self.start < other.end and other.start < self.end

    def within(self, other: "Ages") -> "Ages | None":
        """The part that lies in `other`, if any."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Ages(start, end) if start < end else None

    def holds(self, other: "Ages") -> bool:
        """Whether every age of `other` is one of these."""
        return self.start <= other.start and other.end <= self.end

    @property
    def words(self) -> str:
        """'16 to 18', 'birth to 5', '6 months to 2 years'."""
        if self.start % YEAR or self.end % YEAR or self.end < 2 * YEAR:
            return f"{age_words(self.start)} to {age_words(self.end)}"
        return f"{_short(self.start)} to {_short(self.end)}"

    @property
    def key(self) -> str:
        """How addresses write it: '192-216'."""
        return f"{self.start}-{self.end}"


EVERYBODY: Final = Ages(BIRTH, OLDEST)
# The bands that the map shows first; they share their edges, so nobody falls between two of them.
BANDS: Final = tuple(Ages(a * YEAR, b * YEAR) for a, b in ((0, 5), (5, 11), (11, 16), (16, 18), (18, 25)))


def age_words(months: int) -> str:
    """'birth', '6 months', '16 years', '17 years 6 months'."""
    years, rest = divmod(months, YEAR)
    if not months:
        return "birth"
    parts = [f"{years} {'year' if years == 1 else 'years'}"] if years else []
    parts += [f"{rest} {'month' if rest == 1 else 'months'}"] if rest else []
    return " ".join(parts)


def typed_words(months: int) -> str:
    """An age as it stands in a box: '16', '6 months', '17 years 6 months', '0'."""
    return str(months // YEAR) if months % YEAR == 0 else age_words(months)


def _short(months: int) -> str:
    return "birth" if not months else str(months // YEAR)


def age(text: str) -> int | None:
    """The months that a text means: '16', '17½', '17.5 years', '6 months', 'birth'. None where it is no age."""
    said = " ".join(text.lower().split())
    if said in {"birth", "from birth"}:
        return BIRTH
    if years := _YEARS.fullmatch(said):
        months = int(years[1]) * YEAR + (_HALVES.get(years[2], 6) if years[2] else 0)
    elif both := _YEARS_AND_MONTHS.fullmatch(said):
        months = int(both[1] or 0) * YEAR + int(both[2])
    else:
        return None
    return months if months <= OLDEST else None


def ages_of(key: str) -> Ages | None:
    """The stretch that an address writes, or None."""
    found = re.fullmatch(r"(\d{1,3})-(\d{1,3})", key, re.ASCII)
    try:
        return Ages(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def pieces(window: Ages, stretches: Iterable[Ages]) -> list[Ages]:
    """The window cut at every edge of the stretches, so that each is in a piece wholly or not at all."""
    edges = {window.start, window.end}
    edges |= {edge for each in stretches for edge in (each.start, each.end) if window.start < edge < window.end}
    ordered = sorted(edges)
    return [Ages(start, end) for start, end in itertools.pairwise(ordered)]
