"""How much room blocks take on the pages of the highlight report, so that lists are cut to what two pages hold. Pure.

An estimate in points, a little generous: letters are counted, not drawn. The sizes are those of the stylesheet.
"""

from collections.abc import Callable, Iterable
from math import ceil
from typing import Any, Final

from reporting.board_blocks import Asked, Block, Bullets, Cell, Counts, Heading, Section, Table, Text

PAGE: Final = 742.0  # A4 less its margins, and less a line for what the estimate gets wrong
MASTHEAD: Final = 78.0
WIDTH: Final = 499.0
LINE, LETTER, BOLD = 10.9, 4.0, 4.5  # of a table; running text is a little larger
STRIP: Final = 31.0
RUNNING: Final = 12.2  # a line of running text
UNKNOWN: Final = 60.0


def height_of(sections: Iterable[Section]) -> float:
    """The height of sections one below the other."""
    return sum(30 + sum(_block(block) for block in section.blocks) for section in sections)


def _block(block: Block) -> float:
    measure = _MEASURES.get(type(block))
    return measure(block) if measure else UNKNOWN


def _text(block: Text) -> float:
    size = 1.3 if block.tone == "lead" else 1.0
    return _lines(block.text, WIDTH, LETTER * 1.05 * size) * RUNNING * size + 5


def _bullets(block: Bullets) -> float:
    return sum(_lines(item, WIDTH - 14, LETTER * 1.05) * RUNNING + 2.5 for item in block.items) + 5


def _asked(block: Asked) -> float:
    lines = sum(_lines(text, 450, BOLD * 1.05) + _lines(about, 450, LETTER * 1.05) for text, about in block.items)
    return 40 + lines * RUNNING + 4 * len(block.items) + (14 if block.more else 0)


def _table(block: Table) -> float:
    return 23 + sum(_row(block, row) for row in block.rows)


def _row(table: Table, row: tuple[Cell, ...]) -> float:
    widths = (column.width * WIDTH / 100 - 6 for column in table.columns)
    return 4.5 + max(_cell(cell, width, place) for place, (cell, width) in enumerate(zip(row, widths, strict=True)))


def _cell(cell: Cell, width: float, place: int) -> float:
    letter = BOLD if place == 0 or cell.is_strong else LETTER
    said = f"{cell.text} {cell.flag}".strip()
    lines = (_lines(said, width, letter) if said else 0) + (_lines(cell.quiet, width, LETTER) if cell.quiet else 0)
    lines += 1 if cell.rating else 0
    return max(lines * LINE, STRIP if cell.strip else 0)


def _lines(text: str, width: float, letter: float) -> int:
    """Lines a text takes; a word that does not fit goes to the next line, which costs about half a word a line."""
    return max(1, ceil((len(text) * letter) / max(width - 2 * letter, letter)))


_MEASURES: Final[dict[type, Callable[[Any], float]]] = {
    Heading: lambda _: 24.0,
    Counts: lambda _: 45.0,
    Text: _text,
    Bullets: _bullets,
    Asked: _asked,
    Table: _table,
}
