"""A page half read: what the reader gathers before years, windows and names are settled."""

from dataclasses import dataclass, field

from programme.dates import FuzzyDate
from workstreams.narrative.model import Item, Lead, Phase


@dataclass
class DraftUpdate:
    """An update's heading, the year that rules it if one does, and its items."""

    heading: str
    line: int
    month: int
    year: int | None
    doubtful: bool = False
    items: list[Item] = field(default_factory=list)


@dataclass
class DraftHeading:
    """A date heading of a plan, or None where items stand without one, and the items below it."""

    text: str
    line: int | None
    date: FuzzyDate | None
    phase: str = ""
    ruling_year: int | None = None
    items: list[Item] = field(default_factory=list)


@dataclass
class DraftGate:
    """A gate's number and title."""

    number: str
    title: str
    lines: list[int]


@dataclass
class Draft:
    """A workstream being gathered."""

    line: int
    title: str = ""
    title_basis: str = ""
    sections: list[str] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    description: list[Item] = field(default_factory=list)
    objectives: list[Item] = field(default_factory=list)
    updates: list[DraftUpdate] = field(default_factory=list)
    headings: list[DraftHeading] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    gates: list[DraftGate] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    from_table: bool = False

    @property
    def has_body(self) -> bool:
        """Whether updates or a plan have begun, after which new prose may be another workstream's."""
        return bool(self.updates or any(heading.items for heading in self.headings) or self.gates)

    @property
    def has_list(self) -> bool:
        """Whether a list has been read."""
        return bool(self.objectives) or any(
            len(item.lines) and item.text.startswith("\u2022") for item in self.description
        )

    def words(self) -> str:
        """Everything said so far."""
        planned = [item for heading in self.headings for item in heading.items]
        items = [*self.description, *self.objectives, *planned]
        return " ".join([self.title, *(item.text for item in items), *self.links])
