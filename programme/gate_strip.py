"""Stage gates in a row, in the order in which they are passed: geometry only.

`templates/charts/gates.svg.html` draws it. No Django, no clock. Every state has a shape and a word
of its own; see programme/charts.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from programme.charts import CORNERS, GREY, INK, WHITE, Label, Mark, circle, joined


@dataclass(frozen=True)
class StripGate:
    """One gate as it is asked for: its number, name, date in words, the word of its state and its look."""

    number: int
    name: str
    when: str
    word: str
    look: str  # a key of LOOKS


@dataclass(frozen=True)
class DrawnGate:
    """One gate, ready to draw."""

    mark: Mark
    lines: tuple[Label, ...]
    notes: tuple[Label, ...]


@dataclass(frozen=True)
class GateStrip:
    """The gates, ready to draw: `rails` are the lines on which they stand, as x1, y, x2."""

    title: str
    width: float
    height: float
    rails: tuple[tuple[float, float, float], ...]
    gates: tuple[DrawnGate, ...]


# Shape and fill. A gate that is passed is a square, as a milestone that is done.
LOOKS: dict[str, tuple[str, str]] = {
    "passed": ("square", "#003087"),
    "conditions": ("square", "#c5d7ef"),
    "deferred": ("bars", GREY),
    "stopped": ("cross", INK),
    "overdue": ("diamond", "#d5281b"),
    "due_soon": ("triangle", "#ffb81c"),
    "planned": ("circle", WHITE),
    "undated": ("ring", WHITE),
}
_A_ROW, _WIDTH = 4, 680.0
_CELL = _WIDTH / _A_ROW
_RADIUS, _RAIL_Y, _LINE, _LETTERS, _LINES = 9.0, 16.0, 14.0, 23, 3
_BELOW = _RAIL_Y + _RADIUS + 16  # from the top of a row to its first line of words


def gate_strip(gates: Sequence[StripGate]) -> GateStrip:
    """Lay out gates from left to right, four in a row; a row is as high as its longest name needs."""
    names = [_broken(f"{each.number}. {each.name}") for each in gates]
    rows = range(-(-len(gates) // _A_ROW))
    heights = [_height(names[row * _A_ROW : (row + 1) * _A_ROW]) for row in rows]
    tops = [sum(heights[:row]) for row in rows]
    return GateStrip(
        title=_sentence(gates),
        width=_WIDTH,
        height=sum(heights),
        rails=tuple(_rail(len(gates), row, tops[row]) for row in rows),
        gates=tuple(
            _drawn(gate, lines, (place % _A_ROW) * _CELL, tops[place // _A_ROW])
            for place, (gate, lines) in enumerate(zip(gates, names, strict=True))
        ),
    )


def _height(names: Sequence[Sequence[str]]) -> float:
    """Room for the mark, the longest name, its date and its state."""
    return _BELOW + _LINE * (max(len(lines) for lines in names) + 1) + 12


def _rail(count: int, row: int, top: float) -> tuple[float, float, float]:
    """To the last gate of the row, or to the edge where gates follow below."""
    held = min(_A_ROW, count - row * _A_ROW)
    goes_on = count > (row + 1) * _A_ROW
    return (0.0 if row else _RADIUS, top + _RAIL_Y, _WIDTH if goes_on else (held - 1) * _CELL + _RADIUS)


def _drawn(gate: StripGate, lines: Sequence[str], left: float, top: float) -> DrawnGate:
    first = top + _BELOW
    names = tuple(Label(text, left, first + at * _LINE) for at, text in enumerate(lines))
    below = first + len(lines) * _LINE
    notes = (Label(gate.when, left, below), Label(gate.word, left, below + _LINE))
    return DrawnGate(_mark(gate.look, left + _RADIUS, top + _RAIL_Y), names, notes)


def _mark(look: str, x: float, y: float) -> Mark:
    shape, fill = LOOKS[look]
    if shape in CORNERS:
        path = joined((x + dx * _RADIUS, y + dy * _RADIUS) for dx, dy in CORNERS[shape])
    elif shape == "bars":
        path = _box(x - 6, y - 8, 4.5, 16) + _box(x + 1.5, y - 8, 4.5, 16)
    elif shape == "cross":
        steps = (
            (-7, -4),
            (-4, -7),
            (0, -3),
            (4, -7),
            (7, -4),
            (3, 0),
            (7, 4),
            (4, 7),
            (0, 3),
            (-4, 7),
            (-7, 4),
            (-3, 0),
        )
        path = joined((x + dx, y + dy) for dx, dy in steps)
    else:
        path = circle(x, y, _RADIUS - 1.5)
        path += circle(x, y, _RADIUS - 5) if shape == "ring" else ""
    return Mark(path, fill, INK, 1.25)


def _box(x: float, y: float, width: float, height: float) -> str:
    return joined([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])


def _broken(text: str) -> list[str]:
    """Break a name at words into at most three lines; the table beside the drawing has the whole of it."""
    lines = [""]
    for word in text.split():
        candidate = f"{lines[-1]} {word}".strip()
        if len(candidate) <= _LETTERS or not lines[-1]:
            lines[-1] = candidate
        else:
            lines.append(word)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1][: _LETTERS - 1]}…"]
    return [line if len(line) <= _LETTERS else f"{line[: _LETTERS - 1]}…" for line in lines]


def _sentence(gates: Sequence[StripGate]) -> str:
    """Say every gate, when it is and how it stands."""
    if not gates:
        return "No gates yet."
    return "; ".join(f"Gate {each.number}, {each.name}: {each.when}, {each.word.lower()}" for each in gates) + "."
