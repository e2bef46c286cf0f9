"""What a report is made of, whatever its format: sections of paragraphs, lists, tables and pictures. Pure.

Composition (`board.py`) chooses and orders blocks; each format draws the same ones. A rating is never colour alone:
every format prints its word.
"""

from dataclasses import dataclass
from typing import TypeAlias

from programme.charts import StripMonth
from programme.status import Rag
from programme.timeline import Timeline


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    text: str
    level: int = 3


@dataclass(frozen=True)
class Text:
    """A paragraph; `tone` is "lead", "quiet" or empty."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """The decisions asked of the reader, in a box that is seen first. Each is a text and a quiet line under it."""

    title: str
    items: tuple[tuple[str, str], ...]
    more: str = ""


@dataclass(frozen=True)
class Numbered:
    """Numbered points; a number may be missing in between. `True` marks those that come first."""

    items: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True)
class Counts:
    """How many workstreams have each rating, worst first."""

    counts: tuple[tuple[Rag, int], ...]


@dataclass(frozen=True)
class Verdict:
    """A workstream's rating with what stands behind it."""

    rating: Rag
    beside: tuple[str, ...] = ()  # beside the word: "at risk", "Was Green"
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Strip:
    """A workstream's ratings month by month, oldest first."""

    months: tuple[StripMonth, ...]


@dataclass(frozen=True)
class Said:
    """A side heading and what somebody wrote under it."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A drawing of milestones on a time axis, and the same as rows: milestone, workstream, when, how it stands."""

    timeline: Timeline
    rows: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True)
class Cell:
    """A cell of a table: words with a quiet line under them, a rating, or a strip. `link` leads to a section."""

    text: str = ""
    quiet: str = ""
    rating: Rag | None = None
    strip: tuple[StripMonth, ...] = ()
    flag: str = ""
    link: str = ""
    is_strong: bool = False

    @property
    def words(self) -> str:
        """Everything the cell says, on one line."""
        said = [self.rating.word if self.rating else "", self.text, self.flag, self.quiet]
        said += [f"{month.label} {month.rating.word}" for month in self.strip]
        return ". ".join(part for part in said if part)


@dataclass(frozen=True)
class Column:
    """A column: its heading, and its width in per cent of the table's."""

    title: str
    width: int
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A table whose first column heads its rows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""


Block: TypeAlias = Heading | Text | Bullets | Asked | Numbered | Counts | Verdict | Strip | Said | Picture | Table


@dataclass(frozen=True)
class Section:
    """A part of the report with a heading of its own; `key` is its address inside the report."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    is_under: bool = False  # stands under the one before it in the contents
    is_new_page: bool = True

    @property
    def rows(self) -> int:
        """How many rows its tables have."""
        return sum(len(block.rows) for block in self.blocks if isinstance(block, Table))


@dataclass(frozen=True)
class Board:
    """One edition of a report, ready to be drawn in any format."""

    title: str
    subtitle: str
    programme: str
    language_title: str  # the title of the file
    sentence: str
    as_at: str
    as_at_label: str
    author: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    note: str = "Contains no patient-identifiable information"
    has_cover: bool = True
    has_contents: bool = True
    kind: str = "full"
