"""What a person changed of a page that was read: a workstream split in two, words and dates put right. Pure.

Everything is known by the line it starts on ('m54' is the milestone of line 54), so that no change shifts another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from programme.dates import FuzzyDate
from workstreams.narrative import Item, Milestone, ParsedPage, Update, Workstream
from workstreams.said_dates import SaidDate

WORKSTREAM, UPDATE, ITEM, MILESTONE, SAID = "w", "u", "i", "m", "d"
CORRECTED: Final = "corrected by a person"
SPLIT_OFF: Final = "split off by a person"


@dataclass(frozen=True)
class Placed:
    """A workstream of a page with the keys of all that can be chosen about it."""

    key: str
    workstream: Workstream
    updates: tuple[tuple[str, Update], ...]
    milestones: tuple[tuple[str, Milestone], ...]


class _Keys:
    """Keys by line; a second thing on one line is told apart by its number."""

    def __init__(self) -> None:
        self.taken: dict[str, int] = {}

    def of(self, kind: str, line: int) -> str:
        key = f"{kind}{line}"
        self.taken[key] = count = self.taken.get(key, 0) + 1
        return key if count == 1 else f"{key}x{count}"


def placed(page: ParsedPage) -> tuple[Placed, ...]:
    """The workstreams of a page, everything with its key."""
    keys = _Keys()
    return tuple(
        Placed(
            keys.of(WORKSTREAM, told.line),
            told,
            tuple((keys.of(UPDATE, update.line), update) for update in told.updates),
            tuple((keys.of(MILESTONE, milestone.line), milestone) for milestone in told.milestones),
        )
        for told in page.workstreams
    )


@dataclass(frozen=True)
class Correction:
    """Better words, another date, or both."""

    text: str = ""
    when: FuzzyDate | None = None


Corrections = Mapping[str, Correction]


def edited(page: ParsedPage, splits: Mapping[int, str], corrections: Corrections) -> ParsedPage:
    """The page with its workstreams split at these lines, under these names, and its words and dates put right."""
    parts = [part for told in page.workstreams for part in _split(told, splits)]
    page = replace(page, workstreams=tuple(parts))
    return replace(page, workstreams=tuple(_corrected(each, corrections) for each in placed(page)))


# Splitting


def lines_of(told: Workstream) -> list[int]:
    """Every line at which something of a workstream starts, in order."""
    lines = {each.line for each in (*told.description, *told.objectives)} | {each.line for each in told.leads}
    lines |= {each.line for each in told.updates} | {each.line for each in told.milestones}
    lines |= {each.line for each in told.gates} | {each.line for each in told.phases}
    return sorted(lines - {0})


def _split(told: Workstream, splits: Mapping[int, str]) -> Iterator[Workstream]:
    """One workstream, or several: each cut takes what stands from its line on."""
    lines = lines_of(told)
    cuts = sorted(line for line in splits if lines and lines[0] < line <= lines[-1] and line != told.line)
    bounds = [0, *cuts, max(lines, default=0) + 1]
    for first, last in pairwise(bounds):
        part = _between(told, first, last)
        yield replace(part, name=splits[first], name_basis=SPLIT_OFF, line=first) if first else part


def _between(told: Workstream, first: int, last: int) -> Workstream:
    def within(line: int) -> bool:
        return first <= line < last

    return replace(
        told,
        leads=tuple(each for each in told.leads if within(each.line)),
        description=tuple(each for each in told.description if within(each.line)),
        objectives=tuple(each for each in told.objectives if within(each.line)),
        updates=tuple(each for each in told.updates if within(each.line)),
        milestones=tuple(each for each in told.milestones if within(each.line)),
        gates=tuple(each for each in told.gates if within(each.line)),
        phases=tuple(each for each in told.phases if within(each.line)),
        closures=tuple(each for each in told.closures if within(each.line)),
    )


# Correcting


def item_key(item: Item) -> str:
    """The key of a bullet of an update."""
    return f"{ITEM}{item.line}"


def _corrected(each: Placed, corrections: Corrections) -> Workstream:
    if not corrections:
        return each.workstream
    return replace(
        each.workstream,
        updates=tuple(_corrected_update(update, corrections) for _, update in each.updates),
        milestones=tuple(_corrected_milestone(told, corrections.get(key)) for key, told in each.milestones),
    )


def _corrected_update(update: Update, corrections: Corrections) -> Update:
    items = (
        replace(item, text=corrections[item_key(item)].text or item.text) if item_key(item) in corrections else item
        for item in update.items
    )
    return replace(update, items=tuple(items))


def _corrected_milestone(told: Milestone, correction: Correction | None) -> Milestone:
    if correction is None:
        return told
    stated = replace(correction.when, basis=CORRECTED) if correction.when else told.date
    renamed = bool(correction.text) and correction.text != told.text
    return replace(
        told, text=correction.text or told.text, date=stated, as_written=told.text if renamed else told.as_written
    )


def corrected_said(said: SaidDate, correction: Correction | None) -> SaidDate:
    """A date of a sentence with what it is about, or the date, put right; the sentence stays as it was said."""
    if correction is None:
        return said
    stated = replace(correction.when, basis=CORRECTED) if correction.when else said.date
    renamed = bool(correction.text) and correction.text != said.about
    return replace(said, about=correction.text or said.about, date=stated, as_written=said.about if renamed else "")
