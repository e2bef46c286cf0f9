"""One row of a spreadsheet of the map, cell by cell: what each says, or what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from programme.clock import today
from programme.tables import Problem, ReadSheet, Row
from thrive.ages import Ages, age
from workstreams import fuzzydates

# Headings that stand on more than one sheet.
ID, VERSION, PLACE, NEED, FROM, TO = "ID", "Version", "Place", "Need", "From age", "To age"


@dataclass
class Reading:
    """One row being read."""

    sheet: ReadSheet
    row: Row
    problems: list[Problem]
    is_right: bool = field(default=True, kw_only=True)

    def cell(self, heading: str) -> str:
        """The words of a cell."""
        return self.row.cells.get(heading, "")

    def has(self, heading: str) -> bool:
        """Whether the sheet has the column."""
        return heading in self.sheet.columns

    def wrong(self, heading: str, reason: str) -> None:
        """Remember what is wrong, and that the row is not right."""
        self.is_right = False
        column = self.sheet.column(heading) if heading else ""
        self.problems.append(Problem(self.sheet.name, self.row.number, column, reason))

    def text(self, heading: str, *, longest: int, required: bool = False) -> str:
        """A text, not too long."""
        said = self.cell(heading)
        if required and not said:
            self.wrong(heading, "This cell must not be empty")
        elif len(said) > longest:
            self.wrong(heading, f"At most {longest:,} characters")
        return said

    def one_of(self, heading: str, choices: Iterable[tuple[str, str]], *, required: bool = True) -> str:
        """The value whose words the cell says."""
        said, by_words = self.cell(heading), {str(words).casefold(): key for key, words in choices}
        if not said and not required:
            return ""
        if said.casefold() not in by_words:
            self.wrong(heading, f"“{said}” is not one of: {', '.join(words for _, words in choices)}")
        return by_words.get(said.casefold(), "")

    def several(self, heading: str, choices: Iterable[tuple[str, str]]) -> list[str]:
        """The values whose words the cell says, separated by semicolons."""
        by_words = {str(words).casefold(): key for key, words in choices}
        said = split(self.cell(heading))
        for each in said:
            if each.casefold() not in by_words:
                self.wrong(heading, f"“{each}” is not one of: {', '.join(words for _, words in choices)}")
        return [by_words[each.casefold()] for each in said if each.casefold() in by_words]

    def named(self, heading: str, names: Mapping[str, Any], what: str, *, required: bool = True) -> Any:
        """What is called so."""
        said = self.cell(heading)
        if (said or required) and said.casefold() not in names:
            self.wrong(heading, f"No {what} is called “{said}”" if said else "This cell must not be empty")
        return names.get(said.casefold())

    def ages(self, start_in: str, end_in: str) -> Ages | None:
        """Two cells as one stretch."""
        months = []
        for heading in (start_in, end_in):
            read = age(self.cell(heading))
            months.append(read)
            if read is None:
                self.wrong(heading, f"“{self.cell(heading)}” is not an age such as 16 or 6 months")
        start, end = months
        if start is None or end is None:
            return None
        if start >= end:
            self.wrong(end_in, "The ages must end after they begin")
            return None
        return Ages(start, end)

    def day(self, heading: str) -> date | None:
        """A day that has come, or nothing."""
        said = self.cell(heading)
        when = fuzzydates.parse(said, reference=today()) if said else None
        if said and (when is None or when.start is None or when.start != when.end):
            self.wrong(heading, f"“{said}” is not a day such as 3 May 2026")
        elif when and when.start and when.start > today():
            self.wrong(heading, "This day has not come yet")
        return when.start if when else None

    def number(self, heading: str) -> int:
        """A whole number."""
        said = self.cell(heading)
        if not said.isdecimal():
            self.wrong(heading, f"“{said}” is not a number")
        return int(said) if said.isdecimal() else 0


def split(said: str) -> list[str]:
    """The parts of a cell between semicolons, each once."""
    return list(dict.fromkeys(part for each in said.split(";") if (part := " ".join(each.split()))))
