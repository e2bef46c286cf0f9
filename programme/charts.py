"""Chart geometry: what to draw and where, as frozen dataclasses. No Django, no markup, no clock.

One template per chart (`templates/charts/*.svg.html`) draws the geometry, on pages and in the PDF alike. Every chart
carries `title`, one sentence with all its numbers: WeasyPrint and screen readers take the text alternative from it.
Colour is never alone: each mark has a shape, a letter or words beside it, and stays distinct in black and white.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from programme.status import Rag

INK, GREY, PALE, WHITE = "#212b32", "#4c6272", "#d8dde0", "#ffffff"
FILLS = {
    Rag.RED: "#d5281b",
    Rag.AMBER: "#ffb81c",
    Rag.GREEN: "#007f3b",
    Rag.COMPLETE: "#003087",
    Rag.NOT_RATED: WHITE,
    Rag.NOT_REPORTED: GREY,
}


@dataclass(frozen=True)
class Mark:
    """One shape, as the `d` of an SVG path and its paint."""

    path: str
    fill: str
    stroke: str
    stroke_width: float


def rating_mark(rating: Rag, x: float, y: float, size: float) -> Mark:
    """Draw a rating's shape inside a square of `size` centred on x, y."""
    radius = size / 2
    if rating.shape == "circle":
        return Mark(circle(x, y, radius * 0.92), FILLS[rating], INK, 0.75)
    is_line = rating.shape in _LINES
    corners = ((x + dx * radius, y + dy * radius) for dx, dy in CORNERS[rating.shape])
    path = joined(corners, is_closed=not is_line)
    if is_line:
        return Mark(path, "none", FILLS[rating], round(size / 5, 2))
    return Mark(path, FILLS[rating], INK, 0.75 if rating != Rag.NOT_RATED else 1.25)


# In units of half the size, from the middle.
CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "triangle": ((0, -0.9), (1, 0.8), (-1, 0.8)),
    "square": ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    "tick": ((-0.85, 0.05), (-0.25, 0.7), (0.9, -0.7)),
    "dash": ((-0.7, 0), (0.7, 0)),
}
_LINES = {"tick", "dash"}


def joined(corners: Iterable[tuple[float, float]], *, is_closed: bool = True) -> str:
    """Join corners by straight lines."""
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in corners) + ("Z" if is_closed else "")


def circle(x: float, y: float, radius: float) -> str:
    """Draw a circle as two arcs."""
    arc = f"a{radius:.2f} {radius:.2f} 0 1 0 "
    return f"M{x - radius:.2f} {y:.2f}{arc}{2 * radius:.2f} 0{arc}{-2 * radius:.2f} 0Z"


@dataclass(frozen=True)
class StripMonth:
    """One month of a rating strip, as it is asked for: "May 2026" and its rating."""

    label: str
    rating: Rag


@dataclass(frozen=True)
class StripCell:
    """One month of a rating strip, ready to draw."""

    x: float
    width: float
    letter: str
    letter_x: float
    mark: Mark
    border: str
    border_width: float
    background: str


@dataclass(frozen=True)
class Label:
    """A piece of text and where it stands; `anchor` is SVG's start, middle or end."""

    text: str
    x: float
    y: float
    anchor: str = "start"


@dataclass(frozen=True)
class Strip:
    """A rating strip, ready to draw."""

    title: str
    width: float
    height: float
    cell_y: float
    cell_height: float
    letter_y: float
    cells: tuple[StripCell, ...]
    labels: tuple[Label, ...]


def rating_strip(months: Sequence[StripMonth], *, cell_width: float = 30) -> Strip:
    """Lay out ratings month by month, oldest first, the latest with a strong border.

    Cells of 66 units and more carry their month's name; narrower strips name only the first and last month.
    """
    last = len(months) - 1
    cells = tuple(
        _strip_cell(month.rating, index * cell_width, cell_width, is_latest=index == last)
        for index, month in enumerate(months)
    )
    return Strip(
        title=_strip_sentence(months),
        width=cell_width * len(months),
        height=_CELL_HEIGHT + 15,
        cell_y=1,
        cell_height=_CELL_HEIGHT - 2,
        letter_y=_CELL_HEIGHT / 2 + 4.2,
        cells=cells,
        labels=tuple(_strip_labels([month.label for month in months], cell_width)),
    )


_CELL_HEIGHT = 22.0
_MONTH_NAME_WIDTH = 66.0


def _strip_cell(rating: Rag, left: float, width: float, *, is_latest: bool) -> StripCell:
    """Place one month's shape and letter, centred together."""
    middle = left + width / 2
    return StripCell(
        x=left + 1,
        width=width - 2,
        letter=rating.letter,
        letter_x=middle + 6,
        mark=rating_mark(rating, middle - 5.5, _CELL_HEIGHT / 2, 9.5),
        border=INK if is_latest else "#aeb7bd",
        border_width=1.5 if is_latest else 0.75,
        background="#f0f4f5" if rating == Rag.NOT_REPORTED else WHITE,
    )


def _strip_labels(names: Sequence[str], cell_width: float) -> Iterable[Label]:
    """Name each month under its cell, or the first and last where cells are narrow; never by a short form."""
    y = _CELL_HEIGHT + 11
    months = [name.rsplit(" ", 1)[0] for name in names]
    if cell_width >= _MONTH_NAME_WIDTH:
        return [Label(month, (index + 0.5) * cell_width, y, "middle") for index, month in enumerate(months)]
    ends = [Label(months[0], 1, y)] if months else []
    return [*ends, Label(months[-1], len(months) * cell_width - 1, y, "end")] if len(months) > 1 else ends


def _strip_sentence(months: Sequence[StripMonth]) -> str:
    """Say every month and its rating."""
    if not months:
        return "No ratings yet."
    return "Rating by month: " + "; ".join(f"{month.label} {month.rating.word}" for month in months) + "."
