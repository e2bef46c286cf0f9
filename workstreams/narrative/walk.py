"""Where a reading of a page stands: what is open, what has been gathered, and which lines are claimed."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from programme.dates import FuzzyDate
from workstreams.narrative import wording
from workstreams.narrative.drafts import Draft
from workstreams.narrative.lines import Line, LineKind
from workstreams.narrative.model import Item
from workstreams.narrative.outlook import SIGNALS, Outlook
from workstreams.narrative.tables import Row

LONG: Final = 160  # a paragraph this long is prose, not a plan's item
_FEW_PARAGRAPHS: Final = 12


class Mode(Enum):
    """What the lines being read belong to."""

    NONE = auto()
    DESCRIPTION = auto()
    OBJECTIVES = auto()
    UPDATES = auto()
    PLAN = auto()
    AFTER_PLAN = auto()
    LEADS = auto()
    LINKS = auto()


@dataclass
class Gathered:
    """What a walk found: drafts in page order, roles of placed lines, axis dates, and paragraphs for pairing gates."""

    drafts: list[Draft] = field(default_factory=list)
    rows: list[tuple[Row, str]] = field(default_factory=list)
    placed: dict[int, str] = field(default_factory=dict)
    axis: list[FuzzyDate] = field(default_factory=list)
    paragraphs: list[Item] = field(default_factory=list)


class Walk:
    """One walk down one page."""

    def __init__(self, lines: list[Line]) -> None:
        """Look over the page once for what later decisions need."""
        self.lines = lines
        self.page = Outlook(lines)
        self.found = Gathered()
        self.current: Draft | None = None
        self.mode = Mode.NONE
        self.section = ""
        self.phase = ""
        self.year: int | None = None
        self.pending: list[Item] = []
        kinds = {line.kind for line in lines}
        labels = {line.value for line in lines if line.kind is LineKind.LABEL}
        self.months_are_updates = wording.UPDATES in labels and wording.MILESTONES not in labels
        self.has_gates = LineKind.GATE in kinds
        self.sectioned = LineKind.SECTION in kinds
        self.has_signal = bool(kinds & SIGNALS) or any(index < len(lines) for index in self.page.next_plan[:1])

    def place(self, role: str, *numbers: int) -> None:
        """Claim source lines."""
        for number in numbers:
            self.found.placed[number] = role

    def start(self, line: Line, title: str = "", basis: str = "") -> Draft:
        """Begin a workstream here."""
        draft = Draft(line.number, title, basis, [self.section] if self.section else [])
        first = not self.sectioned and not self.found.drafts and not self.found.rows
        if first and len(self.pending) <= _FEW_PARAGRAPHS:
            draft.description.extend(self.pending)
            for item in self.pending:
                self.place("description", *item.lines)
        self.pending = []
        self.found.drafts.append(draft)
        self.current, self.mode, self.phase, self.year = draft, Mode.DESCRIPTION, "", None
        return draft

    def draft(self, line: Line) -> Draft:
        """The workstream being read; begun here when there is none."""
        return self.current or self.start(line)
