"""Spreadsheets in and out: the only home of pandas and openpyxl, imported when they are used.

    content = written([Sheet("Milestones", ("ID", "Milestone"), [(1, "Rota agreed")])])
    sheets = read(content, "Plan.xlsx")

Text is always written as text: a cell that begins with =, +, - or @ is never a formula, here or after somebody edits
it. What is read is bounded before it is unpacked; formulas, errors and anything that is not a spreadsheet are refused
in words. Nothing inside a file is run or fetched.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import PurePath
from typing import Any, Final, TypeAlias

from programme.dates import day_words
from programme.refusals import Refused

Cell: TypeAlias = str | int | date | None

LARGEST_FILE: Final = 5_000_000
LARGEST_UNPACKED: Final = 40_000_000
MOST_PARTS: Final = 500
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 60
MOST_SHEETS: Final = 20
LONGEST_CELL: Final = 5_000
LIMITS_IN_WORDS: Final = "A file can be up to 5 MB and a sheet can have up to 2,000 rows and 60 columns."
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_FORMULA_MARKS: Final = ("=", "+", "-", "@", "\t", "\r")
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LEGACY: Final = b"\xd0\xcf\x11\xe0"  # how old and password-protected office files begin


# Out


@dataclass(frozen=True)
class Sheet:
    """A sheet to write: its name, its column headings and its rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()


def written(sheets: Iterable[Sheet]) -> bytes:
    """A workbook with these sheets, headings in bold and kept in sight."""
    import pandas as pd
    from openpyxl.styles import Font

    out = io.BytesIO()
    with pd.ExcelWriter(out, engine="openpyxl", date_format="d mmmm yyyy") as writer:
        for sheet in sheets:
            rows = [[_writable(cell) for cell in row] for row in sheet.rows]
            frame = pd.DataFrame(rows, columns=list(sheet.columns), dtype=object)
            frame.to_excel(writer, sheet_name=sheet.name, index=False)
            made = writer.sheets[sheet.name]
            made.freeze_panes = "A2"
            for number, width in enumerate(sheet.widths, start=1):
                made.column_dimensions[_letter(number)].width = width
            for cell in (each for row in made.iter_rows() for each in row):
                _never_a_formula(cell)
            for cell in made[1]:
                cell.font = Font(bold=True)
    return out.getvalue()


def _writable(cell: Cell) -> Cell:
    return _UNWRITABLE.sub("", cell) if isinstance(cell, str) else cell


def _never_a_formula(cell: Any) -> None:
    if isinstance(cell.value, str) and cell.value.startswith(_FORMULA_MARKS):
        cell.data_type = "s"
        cell.quotePrefix = True  # so that it stays text when somebody edits it


# In


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell or one row: where, and why in words."""

    sheet: str
    row: int
    column: str  # "C (Owner)", or empty for the whole row
    reason: str

    @property
    def where(self) -> str:
        """'Sheet Milestones, row 4, column C (Owner)'."""
        column = f", column {self.column}" if self.column else ""
        return f"Sheet {self.sheet}, row {self.row}{column}"


@dataclass(frozen=True)
class Row:
    """One row as text by column heading. Empty cells are empty texts."""

    sheet: str
    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class ReadSheet:
    """A sheet as it was read: where each heading stands, its rows, and what could not be read."""

    name: str
    columns: dict[str, str]  # heading to letter
    rows: list[Row]
    problems: list[Problem] = field(default_factory=list)

    def column(self, heading: str) -> str:
        """'C (Owner)'."""
        return f"{self.columns[heading]} ({heading})" if heading in self.columns else heading


def read(content: bytes, name: str) -> list[ReadSheet]:
    """The sheets of an XLSX file that have a heading row. Raises Refused in words for anything else."""
    _check_file(content, name)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        found = [_sheet(each) for each in book.worksheets[: MOST_SHEETS + 1] if each.sheet_state == "visible"]
    except Refused:
        raise
    except Exception as error:  # whatever a broken file makes the library raise, it is one sentence
        raise Refused(f"{name} could not be read as a spreadsheet. Save it again as .xlsx and try again.") from error
    if len(found) > MOST_SHEETS:
        raise Refused(f"{name} has more than {MOST_SHEETS} sheets.")
    return [each for each in found if each.columns]


def _check_file(content: bytes, name: str) -> None:
    """Refuse by type, size, number of parts and unpacked size, before anything is unpacked."""
    if len(content) > LARGEST_FILE:
        raise Refused(f"{name} is larger than 5 MB. {LIMITS_IN_WORDS}")
    if content.startswith(_LEGACY):
        raise Refused(f"{name} is protected by a password or saved as .xls. Save it as .xlsx without a password.")
    if PurePath(name).suffix.lower() not in {".xlsx", ""} or not zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused(f"{name} is not an Excel file of the type .xlsx. Save it as .xlsx and try again.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _check_parts(packed, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refused(f"{name} is damaged or protected and cannot be read.") from error


def _check_parts(packed: zipfile.ZipFile, name: str) -> None:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refused(f"{name} unpacks to more than a spreadsheet of this kind can hold. {LIMITS_IN_WORDS}")
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Refused(f"{name} is not an Excel file of the type .xlsx. Save it as .xlsx and try again.")
    for part in parts:
        # Spreadsheets declare no document types; those that do could make a parser unfold without end.
        if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in packed.read(part).replace(b"\0", b""):
            raise Refused(f"{name} holds declarations that no spreadsheet needs, so it is not opened.")


def _sheet(worksheet: Any) -> ReadSheet:
    """One sheet. Reading stops at the limits, whatever size the file claims the sheet to have."""
    cells = worksheet.iter_rows(min_row=1, max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)
    headings = [_text(cell) for cell in next(cells, ())]
    if any(headings[MOST_COLUMNS:]):
        raise Refused(f"The sheet {worksheet.title} has more than {MOST_COLUMNS} columns.")
    columns: dict[str, str] = {}
    for number, heading in enumerate(headings, start=1):
        if heading and heading in columns:
            raise Refused(f"The sheet {worksheet.title} has two columns called “{heading}”.")
        if heading:
            columns[heading] = _letter(number)
    made = ReadSheet(worksheet.title, columns, [])
    for number, row in enumerate(cells, start=2):
        kept = {heading: cell for heading, cell in zip(headings, row, strict=False) if heading}
        if all(cell.value is None or not str(cell.value).strip() for cell in kept.values()):
            continue
        if number > MOST_ROWS + 1:
            raise Refused(f"The sheet {worksheet.title} has more than {MOST_ROWS:,} rows.")
        made.rows.append(Row(made.name, number, {heading: _text(cell) for heading, cell in kept.items()}))
        made.problems.extend(_cell_problems(made, number, kept))
    return made


def _cell_problems(sheet: ReadSheet, number: int, row: dict[str, Any]) -> Iterable[Problem]:
    for heading, cell in row.items():
        reason = ""
        if cell.data_type == "f":
            reason = "This cell holds a formula. Put its result there as a value"
        elif cell.data_type == "e":
            reason = f"This cell holds the error {cell.value}"
        elif isinstance(cell.value, str) and len(cell.value) > LONGEST_CELL:
            reason = f"This cell holds more than {LONGEST_CELL:,} characters"
        if reason:
            yield Problem(sheet.name, number, sheet.column(heading), reason)


def _text(cell: Any) -> str:
    """What a cell says, as a person would type it: a day in words, yes or no, a whole number without its point."""
    value = cell.value
    if value is None or cell.data_type in {"f", "e"}:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return day_words(value.date() if isinstance(value, datetime) else value)
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _UNWRITABLE.sub("", str(value)).strip()[:LONGEST_CELL]


def _letter(number: int) -> str:
    """'A' for 1, 'AA' for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
