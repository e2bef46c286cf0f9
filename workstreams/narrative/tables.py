"""Tables of workstreams: cells divided by signs on one line, or flattened to one cell a line."""

import re
from dataclasses import dataclass
from typing import Final

from workstreams.narrative.lines import Line, LineKind

NAME, DESCRIPTION, LEAD, STATUS, OTHER = "name", "description", "lead", "status", "other"

_COLUMNS: Final = (
    (NAME, re.compile(r"(?:the )?(?:work\s?streams?|projects?|programmes?|initiatives?|schemes?|name|title|area"
    r" of work|work area)(?: name| title)?", re.IGNORECASE)),
    (DESCRIPTION, re.compile(r"descriptions?|summary|aims?|purpose|focus|what|scope|objectives?|about|overview"
    r"|detail", re.IGNORECASE)),
    (LEAD, re.compile(r"(?:(?:work\s?stream|project|programme|clinical|senior|named|joint)\s+)?(?:leads?"
    r"|owners?|sro|responsible|led by|lead officer|manager|contact)(?:\(s\)|/s)?", re.IGNORECASE)),
    (STATUS, re.compile(r"status|rag|rating|state|stage|progress", re.IGNORECASE)),
    (OTHER, re.compile(r"no\.?|ref|number|id|place|organisation|priority|start(?: date)?|end(?: date)?|due(?:"
    r" date)?|sponsor|date|target|#", re.IGNORECASE)),
)  # fmt: skip
# A table keeps to the sign of its heading: a stroke inside a cell divided by bars belongs to the cell.
_DIVIDERS: Final = tuple(re.compile(form) for form in (r"\s*\|\s*", r"\t", r"\s+/\s+", r"\s{3,}"))
_MARKDOWN_RULE: Final = re.compile(r"[\s|:\-]+")
_LONGEST_HEADING: Final = 200
_MOST_NAME_WORDS: Final = 14
_MOST_LEAD_WORDS: Final = 14


@dataclass(frozen=True)
class Cell:
    """A cell's words and line."""

    text: str
    line: int


@dataclass(frozen=True)
class Row:
    """The cells of one workstream by column."""

    cells: dict[str, Cell]
    lines: tuple[int, ...]

    def text(self, column: str) -> str:
        """The cell's words, '' when there is no such column."""
        cell = self.cells.get(column)
        return cell.text if cell else ""


@dataclass(frozen=True)
class DatedRow:
    """A milestone of a plan set out as a table."""

    text: str
    date: str
    line: int


@dataclass(frozen=True)
class PlanTable:
    """A plan's rows; `header` are the lines of its heading, `after` the index of the line behind it."""

    rows: tuple[DatedRow, ...]
    header: tuple[int, ...]
    after: int


_DELIVERABLE: Final = re.compile(
    r"(?:key )?(?:milestones?|deliverables?|actions?|tasks?|activity|activities|steps?)", re.IGNORECASE
)
_WHEN: Final = re.compile(
    r"(?:target |due |planned |end |completion )?(?:dates?|timescales?|timing)|due|when|by when|deadline|month",
    re.IGNORECASE,
)


def read_plan_table(lines: list[Line], at: int) -> PlanTable | None:
    """The table of milestones and their dates whose heading starts at this line; None if none does."""
    heading = lines[at].text
    if len(heading) > _LONGEST_HEADING:
        return None
    for divider in _DIVIDERS:
        cells = split_cells(heading, divider)
        what = next((place for place, cell in enumerate(cells) if _DELIVERABLE.fullmatch(cell)), None)
        when = next((place for place, cell in enumerate(cells) if _WHEN.fullmatch(cell)), None)
        if what is not None and when is not None:
            return _plan_rows(lines, at, divider, (what, when, len(cells)))
    return None


def _plan_rows(lines: list[Line], at: int, divider: re.Pattern[str], places: tuple[int, int, int]) -> PlanTable | None:
    what, when, count = places
    rows, header, index = [], [lines[at].number], at + 1
    while index < len(lines):
        line = lines[index]
        cells = split_cells(line.text, divider)
        if _MARKDOWN_RULE.fullmatch(line.text):
            header.append(line.number)
        elif len(cells) == count and cells[what]:
            rows.append(DatedRow(cells[what], cells[when], line.number))
        elif line.kind is not LineKind.BLANK:
            break
        index += 1
    return PlanTable(tuple(rows), tuple(header), index) if rows else None


@dataclass(frozen=True)
class Table:
    """A table's rows; `header` are the lines of its heading, `after` the index of the line behind it."""

    rows: tuple[Row, ...]
    header: tuple[int, ...]
    after: int


def _column(text: str) -> str | None:
    words = text.strip(" *#:|")
    return next((name for name, form in _COLUMNS if form.fullmatch(words)), None)


def _header(cells: list[str]) -> list[str] | None:
    columns = [_column(cell) for cell in cells]
    named = [column for column in columns if column]
    whole = len(named) == len(columns) > 1 and NAME in named and (LEAD in named or DESCRIPTION in named)
    return named if whole else None


def read_table(lines: list[Line], at: int) -> Table | None:
    """The table whose heading starts at this line; None if none does."""
    return _read_divided(lines, at) or _read_flattened(lines, at)


def split_cells(text: str, divider: re.Pattern[str]) -> list[str]:
    """The cells of a divided line."""
    return [cell.strip(" *") for cell in divider.split(text.strip().strip("|").strip())]


def _divider(text: str) -> re.Pattern[str] | None:
    """The sign that divides a line, if the line is a table's heading."""
    if len(text) > _LONGEST_HEADING:
        return None
    return next((divider for divider in _DIVIDERS if _header(split_cells(text, divider))), None)


def _read_divided(lines: list[Line], at: int) -> Table | None:
    divider = _divider(lines[at].text)
    columns = _header(split_cells(lines[at].text, divider)) if divider else None
    if divider is None or columns is None:
        return None
    rows, header, index = [], [lines[at].number], at + 1
    while index < len(lines):
        line = lines[index]
        cells = split_cells(line.text, divider)
        if _MARKDOWN_RULE.fullmatch(line.text):
            header.append(line.number)
        elif len(cells) == len(columns) and cells[columns.index(NAME)]:
            rows.append(_row(columns, [Cell(cell, line.number) for cell in cells]))
        elif line.kind is not LineKind.BLANK:
            break
        index += 1
    return Table(tuple(rows), tuple(header), index) if rows else None


def _read_flattened(lines: list[Line], at: int) -> Table | None:
    """One cell a line: the heading's cells say how many make a row."""
    heading: list[Cell] = []
    index = at
    while index < len(lines) and len(heading) < len(_COLUMNS) + 3:
        line = lines[index]
        if line.kind is not LineKind.BLANK:
            if _column(line.text) is None or line.kind is LineKind.SECTION:
                break
            heading.append(Cell(line.text, line.number))
        index += 1
    columns = _header([cell.text for cell in heading])
    if columns is None:
        return None
    rows: list[Row] = []
    while True:
        cells, after = _cells(lines, index, len(columns))
        if len(cells) < len(columns) or not _plausible(columns, cells):
            break
        rows.append(_row(columns, cells))
        index = after
    return Table(tuple(rows), tuple(cell.line for cell in heading), index) if rows else None


def _cells(lines: list[Line], at: int, count: int) -> tuple[list[Cell], int]:
    cells: list[Cell] = []
    while at < len(lines) and len(cells) < count:
        line = lines[at]
        if line.kind in {LineKind.SECTION, LineKind.UPDATE, LineKind.DATE, LineKind.RULE, LineKind.YEAR}:
            break
        if line.kind is not LineKind.BLANK:
            cells.append(Cell(line.text, line.number))
        at += 1
    return cells, at


def _plausible(columns: list[str], cells: list[Cell]) -> bool:
    """Whether cells can be a row: a short name, a lead that is no sentence."""
    by_column = dict(zip(columns, cells, strict=True))
    name, lead = by_column[NAME].text, by_column.get(LEAD)
    if len(name.split()) > _MOST_NAME_WORDS or name.endswith((".", ":")):
        return False
    return lead is None or (len(lead.text.split()) <= _MOST_LEAD_WORDS and not lead.text.endswith(":"))


def _row(columns: list[str], cells: list[Cell]) -> Row:
    return Row(dict(zip(columns, cells, strict=True)), tuple(sorted({cell.line for cell in cells})))
