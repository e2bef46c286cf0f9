"""The sheet of confirmed nones: what is written into it, and what its rows ask for when it comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from programme.dates import day_words
from programme.models import Place
from programme.tables import Row
from thrive import groupings
from thrive.ages import Ages, typed_words
from thrive.models import ConfirmedNone
from thrive.sheet_cells import FROM, ID, NEED, PLACE, TO, VERSION, Reading
from workstreams.voice_words import GROUPS

NONES: Final = "Confirmed nones"
GROUP, EVIDENCE, LOOKED = "For whom", "How it is known", "Looked on"
EVERYBODY: Final = "Everybody"
COLUMNS: Final = {
    ID: 8, PLACE: 22, NEED: 24, FROM: 10, TO: 10, GROUP: 30, EVIDENCE: 50, LOOKED: 18, VERSION: 9,
}  # fmt: skip
NEEDED: Final = (ID, PLACE, NEED, FROM, TO, EVIDENCE, VERSION)
_KEEPS: Final = "A confirmed none keeps its {}. Take it back on its page, or leave the ID empty for a new one"


def row_out(none: ConfirmedNone) -> tuple[str | int, ...]:
    """One row, in the order of the columns."""
    return (
        none.pk,
        none.place.name,
        none.get_grouping_display(),
        typed_words(none.age_from),
        typed_words(none.age_to),
        none.group_words or EVERYBODY,
        none.evidence,
        day_words(none.on),
        none.version,
    )


@dataclass(frozen=True)
class NoneAsked:
    """A row that says that nothing is offered, or what was seen when somebody looked again."""

    at: Row
    none: ConfirmedNone | None
    place: Place
    grouping: str
    ages: Ages
    group: str
    evidence: str
    on: date | None
    version: int


def asked(reading: Reading, nones: Mapping[int, ConfirmedNone], places: Mapping[str, Place]) -> NoneAsked | None:
    """What a row asks for; nothing where it is wrong, or as the map stands."""
    none, version = None, 0
    if reading.cell(ID):
        none = nones.get(reading.number(ID))
        version = reading.number(VERSION)
        if none is None:
            reading.wrong(ID, f"No confirmed none of these places has the ID {reading.cell(ID)}")
            return None
    place = reading.named(PLACE, places, "place of this programme")
    need, ages = reading.one_of(NEED, groupings.choices()), reading.ages(FROM, TO)
    group = _group(reading, none)
    evidence = reading.text(EVIDENCE, longest=2_000, required=True)
    on = reading.day(LOOKED) if reading.has(LOOKED) else (none.on if none else None)
    if none and on is None and reading.is_right:
        reading.wrong(LOOKED, "This cell must not be empty")
    if none:
        _refuse_moves(reading, none, place, need, ages, group)
    if not reading.is_right or place is None or ages is None:
        return None
    if none and (evidence, on) == (none.evidence, none.on):
        return None
    return NoneAsked(reading.row, none, place, need, ages, group, evidence, on, version)


def _group(reading: Reading, none: ConfirmedNone | None) -> str:
    if not reading.has(GROUP):
        return none.group if none else ""
    if reading.cell(GROUP).casefold() == EVERYBODY.casefold():
        return ""
    return reading.one_of(GROUP, GROUPS, required=False)


def _refuse_moves(  # noqa: PLR0917 - a row, and each thing it must not change
    reading: Reading, none: ConfirmedNone, place: Place | None, need: str, ages: Ages | None, group: str
) -> None:
    if place and place.pk != none.place_id:
        reading.wrong(PLACE, _KEEPS.format("place"))
    if need and need != none.grouping:
        reading.wrong(NEED, _KEEPS.format("need"))
    if ages and ages != none.ages:
        reading.wrong(FROM, _KEEPS.format("ages"))
    if group != none.group and reading.has(GROUP):
        reading.wrong(GROUP, _KEEPS.format("group"))
