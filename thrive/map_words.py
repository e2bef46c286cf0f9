"""The map in words: what stands in a cell, and the sentences that say where help ends. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from programme.wording import counted, listed
from thrive.ages import BANDS, EVERYBODY, Ages
from thrive.coverage import Cell, Facts, Offer, Stage, State, Turn
from thrive.groupings import Grouping, groupings

NAMED: Final = 3  # services named in a cell; its page names them all
SAID_PLANNED: Final = {Stage.PLANNED: "planned", Stage.NOT_LIVE: "commissioned, not live"}


def offer_words(offer: Offer, only_in: str = "") -> str:
    """'Team A', 'Team A (partial)', 'Team A (planned: Hub opens)', 'Team A (only in Harbour)'."""
    said = [] if offer.core else ["partial"]
    if offer.stage in SAID_PLANNED:
        said.append(SAID_PLANNED[offer.stage] + (f": {offer.comes_with}" if offer.comes_with else ""))
    if only_in:
        said.append(f"only in {only_in}")
    return f"{offer.name} ({', '.join(said)})" if said else offer.name


@dataclass(frozen=True)
class Shown:
    """A cell as a table shows it."""

    cell: Cell
    ages: Ages
    grouping: Grouping
    place_name: str
    offered: tuple[str, ...]
    more: int

    @property
    def state(self) -> State:
        """The weakest state in it."""
        return self.cell.state

    @property
    def is_even(self) -> bool:
        """Whether all ages of it stand alike."""
        return self.cell.is_even

    @property
    def parts(self) -> list[str]:
        """Where ages differ: '16 to 17: one core'."""
        if self.is_even:
            return []
        return [f"{ages.words}: {state.words.lower()}" for ages, state in self.cell.stretches]

    @property
    def title(self) -> str:
        """What a link to it is called."""
        return f"{self.grouping.name}, {self.ages.words}, {self.place_name}"


def shown(cell: Cell, grouping: Grouping, names: Mapping[int, str]) -> Shown:
    """The cell with the names of what is offered, the live and whole ones first."""
    whole = {offer.key for piece in cell.pieces for offer in piece.offers}
    ordered = sorted(
        cell.offers, key=lambda o: (o.stage is not Stage.LIVE, o.key not in whole, not o.core, o.name, o.key)
    )
    words = dict.fromkeys(offer_words(o, "" if o.key in whole else names.get(o.place, "a part")) for o in ordered)
    return Shown(cell, cell.ages, grouping, names.get(cell.place, ""), tuple(words)[:NAMED], max(0, len(words) - NAMED))


@dataclass(frozen=True)
class Matrix:
    """One place: ages down, needs across."""

    groupings: tuple[Grouping, ...]
    rows: tuple[tuple[Ages, tuple[Shown, ...]], ...]

    @property
    def cells(self) -> list[Shown]:
        """All of them, row by row."""
        return [each for _, row in self.rows for each in row]

    @property
    def by_need(self) -> list[tuple[Grouping, list[Shown]]]:
        """The same, need by need."""
        return [(each, [row[number] for _, row in self.rows]) for number, each in enumerate(self.groupings)]


def matrix(facts: Facts, place: int, names: Mapping[int, str], group: str = "") -> Matrix:
    """The matrix of a place."""
    rows = tuple(
        (band, tuple(shown(facts.cell(place, each.code, band, group), each, names) for each in groupings()))
        for band in BANDS
    )
    return Matrix(groupings(), rows)


def levels(facts: Facts, places: Sequence[int], names: Mapping[int, str], ages: Ages, group: str = "") -> list[Matrix]:
    """One row for each place: the same ages across needs. Each place is a matrix of one row."""
    return [
        Matrix(
            groupings(),
            ((ages, tuple(shown(facts.cell(place, g.code, ages, group), g, names) for g in groupings())),),
        )
        for place in places
    ]


def summary(place: str, cells: Iterable[Shown]) -> str:
    """One sentence on top of a place's map."""
    count = Counter(each.state for each in cells)
    total = sum(count.values())
    if count[State.NOT_MAPPED] == total:
        return f"Nothing is mapped in {place} yet."
    covered = count[State.ONE] + count[State.SEVERAL]
    said = [f"{covered} of {total} cells of {place} have a core service at every age"]
    said += (
        [f"{counted(count[State.NONE], 'has a confirmed gap', 'have a confirmed gap')}"] if count[State.NONE] else []
    )
    said += [f"{count[State.PARTIAL]:,} partial only"] if count[State.PARTIAL] else []
    coming = count[State.PLANNED] + count[State.NOT_LIVE]
    said += [f"{coming:,} still to open"] if coming else []
    said += [f"{count[State.NOT_MAPPED]:,} not yet mapped"] if count[State.NOT_MAPPED] else []
    return f"{listed(said)}."


@dataclass(frozen=True)
class AgeGap:
    """A stretch of ages without enough for one need, in a sentence."""

    sentence: str
    state: State
    place: int
    ages: Ages
    grouping: Grouping


def age_gaps(facts: Facts, place: int, name: str, group: str = "", whom: str = "") -> list[AgeGap]:
    """Where help ends, exactly by age and not by band: gaps first, then what only looks like help, then unknowns."""
    found = []
    for need in groupings():
        for ages, state in facts.cell(place, need.code, EVERYBODY, group).stretches:
            if not state.is_covered:
                found.append(AgeGap(_gap_words(state, need.name, ages, name, whom), state, place, ages, need))
    order = [State.NONE, State.PARTIAL, State.NOT_LIVE, State.PLANNED, State.NOT_MAPPED]
    return sorted(found, key=lambda gap: order.index(gap.state))


def _gap_words(state: State, need: str, ages: Ages, place: str, whom: str) -> str:
    where = f"for ages {ages.words} in {place}"
    who = f" that reaches {whom[:1].lower()}{whom[1:]}" if whom else ""
    return {
        State.NONE: f"Nobody offers {need} {where}{who}: a person has looked and found nothing.",
        State.PARTIAL: f"Only partial services offer {need} {where}{who}.",
        State.NOT_LIVE: f"{need} {where} is commissioned but not live yet.",
        State.PLANNED: f"{need} {where} is planned; until then nothing is offered.",
        State.NOT_MAPPED: f"Nobody has looked yet at {need} {where}{who}.",
    }[state]


def gaps_sentence(gaps: Sequence[AgeGap]) -> str:
    """The page of words in one sentence."""
    count = Counter(gap.state for gap in gaps)
    if not gaps:
        return "Every need has a core service at every age."
    said = [counted(count[State.NONE], "confirmed gap")] if count[State.NONE] else ["No confirmed gap"]
    said += (
        [counted(count[State.PARTIAL], "need met in part only", "needs met in part only")]
        if count[State.PARTIAL]
        else []
    )
    coming = count[State.PLANNED] + count[State.NOT_LIVE]
    said += [f"{coming:,} still to open"] if coming else []
    said += [f"{count[State.NOT_MAPPED]:,} that nobody has looked at"] if count[State.NOT_MAPPED] else []
    return f"{listed(said)}."


def uneven(rows: Sequence[Sequence[Shown]]) -> list[str]:
    """Where places differ most: one has a core service and another is known to have none, or less than core."""
    found = []
    for number, need in enumerate(groupings()):
        column = [row[number] for row in rows]
        have = [each.place_name for each in column if each.state.is_covered]
        lack = [each.place_name for each in column if each.state in {State.NONE, State.PARTIAL}]
        if have and lack:
            verb = "has" if len(have) == 1 else "have"
            lacks = "does" if len(lack) == 1 else "do"
            found.append(f"{need.name}: {listed(have)} {verb} a core service; {listed(lack)} {lacks} not.")
    return found


def levels_sentence(rows: Sequence[Sequence[Shown]]) -> str:
    """How even the places are, in one sentence; each row is a place."""
    needs, places = len(groupings()), len(rows)
    everywhere = sum(all(row[number].state.is_covered for row in rows) for number in range(needs))
    where = {1: "the place", 2: "both places"}.get(places, f"all {places} places")
    has = "has" if everywhere == 1 else "have"
    said = f"{everywhere} of {needs} needs {has} a core service at all of these ages in {where}"
    differ = len(uneven(rows))
    if differ:
        return f"{said}; {differ} {'is' if differ == 1 else 'are'} met in some places and not in others."
    return f"{said}. No difference between places is known; where nobody has looked, there may be one."


def turn_words(turn: Turn, need: str, place: str) -> str:
    """As in 'Getting Help, 16 to 18, Halton: from not yet mapped to one core. New: Team A.'."""
    said = f"{need}, {turn.ages.words}, {place}: from {turn.before.words.lower()} to {turn.after.words.lower()}."
    said += f" New: {_few(turn.came)}." if turn.came else ""
    return said + (f" No longer: {_few(turn.went)}." if turn.went else "")


def _few(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return listed([*names[:NAMED], f"{more:,} more"] if more > 0 else names)
