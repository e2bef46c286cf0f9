"""Pairs a plan's gates with the dates of its axis.

Slides put dates on one line and gates elsewhere. With as many dates as gates they pair in order. Otherwise a dated
sentence that says what a gate says fixes that pair, dates between fixed pairs go to the gates in order, and a gate
left over has no date. Without any fixed pair no gate gets one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from programme.dates import FuzzyDate
from workstreams import fuzzydates
from workstreams.narrative.drafts import DraftGate
from workstreams.narrative.model import Gate, Item

_ENOUGH: Final = 0.6  # share of a sentence's words that its gate must say too
_STEM: Final = 5
_LONGEST_AXIS: Final = 400
_LEAST_DATES: Final = 3


def axis_of(text: str) -> list[FuzzyDate]:
    """The dates of a line that holds three or more of them and nothing else; else none."""
    if len(text) > _LONGEST_AXIS:
        return []
    mentions = [mention for mention in fuzzydates.find(text) if mention.date.has_window]
    rest = text
    for mention in reversed(mentions):
        rest = rest[: mention.start] + rest[mention.end :]
    return [m.date for m in mentions] if len(mentions) >= _LEAST_DATES and not rest.strip(" |,;\t-\u2013") else []


def date_gates(drafts: Sequence[DraftGate], axis: Sequence[FuzzyDate], paragraphs: Sequence[Item]) -> tuple[Gate, ...]:
    """The gates by number, each with its date or None."""
    ordered = sorted(drafts, key=lambda draft: (len(draft.number), draft.number))
    own = {at: dated for at, draft in enumerate(ordered) if (dated := _stated(draft.title))}
    dates: dict[int, tuple[FuzzyDate, str]] = {at: (dated, "stated with the gate") for at, dated in own.items()}
    if not own and len(axis) == len(ordered):
        basis = "the dates and the gates pair in order"
        dates = {at: (stated, basis) for at, stated in enumerate(axis)}
    elif not own and axis:
        dates = _spread(_fixed(ordered, axis, paragraphs), axis, len(ordered))
    return tuple(_gate(draft, dates.get(at)) for at, draft in enumerate(ordered))


def _stated(title: str) -> FuzzyDate | None:
    stated = fuzzydates.parse(title)
    return stated if stated and stated.has_window else None


def _gate(draft: DraftGate, found: tuple[FuzzyDate, str] | None) -> Gate:
    dated, basis = found or (None, "no date is stated for it")
    return Gate(draft.number, draft.title, tuple(draft.lines), dated, basis)


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in re.findall(r"[a-z]{4,}", text.lower())}


def _fixed(gates: Sequence[DraftGate], axis: Sequence[FuzzyDate], paragraphs: Sequence[Item]) -> dict[int, int]:
    """Gate to date, both by position, where a dated sentence says what only that gate says."""
    titles = [_stems(gate.title) for gate in gates]
    best: dict[int, tuple[float, int]] = {}
    for paragraph in paragraphs:
        for mention in fuzzydates.find(paragraph.text[:500])[:4]:
            at_axis = _position(mention.date, axis)
            words = _stems(paragraph.text.replace(mention.text, " "))
            if at_axis is None or not words:
                continue
            for at, title in enumerate(titles):
                score = len(words & title) / len(words)
                if score >= _ENOUGH and score > best.get(at, (0.0, 0))[0]:
                    best[at] = (score, at_axis)
    return _in_order({at: place for at, (_, place) in best.items()}, len(gates), len(axis))


def _position(stated: FuzzyDate, axis: Sequence[FuzzyDate]) -> int | None:
    return next((at for at, each in enumerate(axis) if (each.start, each.end) == (stated.start, stated.end)), None)


def _in_order(fixed: dict[int, int], gates: int, dates: int) -> dict[int, int]:
    """Only pairs that leave room for one another: later gates later dates, never more dates than gates between."""
    kept: dict[int, int] = {}
    last_gate = last_date = -1
    for gate, place in sorted(fixed.items()):
        room = place - last_date <= gate - last_gate and place > last_date
        if room and dates - place <= gates - gate:
            kept[gate] = place
            last_gate, last_date = gate, place
    return kept


def _spread(fixed: dict[int, int], axis: Sequence[FuzzyDate], gates: int) -> dict[int, tuple[FuzzyDate, str]]:
    """Dates between fixed pairs go to the gates in order; the gates left over stay without."""
    if not fixed:
        return {}
    basis = "paired by its words and the order of the dates on the page"
    dated = {gate: (replace(axis[place], ambiguous=True), basis) for gate, place in fixed.items()}
    ends = [(-1, -1), *sorted(fixed.items()), (gates, len(axis))]
    for (gate, place), (next_gate, next_place) in pairwise(ends):
        between = "in order between dates that are fixed by their words"
        for offset in range(1, min(next_place - place, next_gate - gate)):
            dated[gate + offset] = (replace(axis[place + offset], ambiguous=True), between)
    return dated
