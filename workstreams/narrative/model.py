"""What a programme page says, as values. Every value knows the source lines it came from (counted from 1)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from programme.dates import FuzzyDate
from workstreams.fuzzydates import Tense


@dataclass(frozen=True)
class Item:
    """A sentence or bullet as written, wrapped lines joined."""

    text: str
    lines: tuple[int, ...]

    @property
    def line(self) -> int:
        """The line it starts on."""
        return self.lines[0]


@dataclass(frozen=True)
class Lead:
    """Somebody, or a team, said to lead; the role as written if one was."""

    name: str
    role: str = ""
    line: int = 0


@dataclass(frozen=True)
class Update:
    """One monthly update. `month` is its first day, or None when the page does not settle the year."""

    heading: str
    line: int
    month: date | None
    ambiguous: bool
    clue: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Phase:
    """A named stretch of a plan; phases may overlap or leave gaps. Without a window its dates are None."""

    name: str
    line: int
    date: FuzzyDate | None


@dataclass(frozen=True)
class Milestone:
    """One deliverable with the window it was planned for or done in. `tense` suggests; a person confirms."""

    text: str
    lines: tuple[int, ...]
    heading: str
    heading_line: int | None
    date: FuzzyDate
    phase: str
    tense: Tense
    closure: bool = False
    as_written: str = ""  # the page's words, where a person has given better ones

    @property
    def line(self) -> int:
        """The line it starts on."""
        return self.lines[0]


@dataclass(frozen=True)
class Gate:
    """A decision point. `date` is None when the page states none for it."""

    number: str
    title: str
    lines: tuple[int, ...]
    date: FuzzyDate | None
    basis: str

    @property
    def line(self) -> int:
        """The line it starts on."""
        return self.lines[0]


@dataclass(frozen=True)
class Closure:
    """A sentence that says the workstream closed, will close or became business as usual."""

    text: str
    line: int
    date: FuzzyDate | None
    tense: Tense


@dataclass(frozen=True)
class Workstream:
    """One workstream. `sections` are all it stands under ('current'), `section` the first; `status` weighs them."""

    name: str
    name_basis: str
    line: int
    leads: tuple[Lead, ...]
    description: tuple[Item, ...]
    sections: tuple[str, ...]
    status: str
    objectives: tuple[Item, ...]
    updates: tuple[Update, ...]
    milestones: tuple[Milestone, ...]
    gates: tuple[Gate, ...]
    phases: tuple[Phase, ...]
    closures: tuple[Closure, ...]

    @property
    def section(self) -> str:
        """The section it first stands under, '' when the page has none."""
        return self.sections[0] if self.sections else ""

    def as_dict(self) -> dict[str, Any]:
        """The published form."""
        return {
            "name": self.name,
            "leads": [lead.name for lead in self.leads],
            "description": "\n".join(item.text for item in self.description),
            "section": self.section,
            "objectives": [item.text for item in self.objectives],
            "updates": [_update_dict(update) for update in self.updates],
            "milestones": [_milestone_dict(milestone) for milestone in self.milestones],
            "gates": [_gate_dict(gate) for gate in self.gates],
        }


@dataclass(frozen=True)
class SourceLine:
    """A line nothing was made of."""

    line: int
    text: str


@dataclass(frozen=True)
class Warning:  # noqa: A001 - the word the published form uses
    """Something a person should look at."""

    line: int
    message: str


@dataclass(frozen=True)
class ParsedPage:
    """Everything read from a page. Each line that is not blank is a key of `placed` (with its role) or in `unused`."""

    workstreams: tuple[Workstream, ...]
    unused: tuple[SourceLine, ...]
    warnings: tuple[Warning, ...]
    placed: dict[int, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The published form: plain values only, days as ISO text, months as '2023-09'."""
        return {
            "workstreams": [workstream.as_dict() for workstream in self.workstreams],
            "unused": [{"line": each.line, "text": each.text} for each in self.unused],
            "warnings": [{"line": each.line, "message": each.message} for each in self.warnings],
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _update_dict(update: Update) -> dict[str, Any]:
    return {
        "heading": update.heading,
        "month": update.month.strftime("%Y-%m") if update.month else None,
        "ambiguous": update.ambiguous,
        "clue": update.clue,
        "items": [item.text for item in update.items],
    }


def _milestone_dict(milestone: Milestone) -> dict[str, Any]:
    stated = milestone.date
    return {
        "text": milestone.text,
        "heading": milestone.heading,
        "start": _iso(stated.start),
        "end": _iso(stated.end),
        "precision": stated.precision.value,
        "kind": stated.kind.value,
        "ambiguous": stated.ambiguous,
        "phase": milestone.phase,
        "tense": milestone.tense.value,
        "line": milestone.line,
    }


def _gate_dict(gate: Gate) -> dict[str, Any]:
    return {
        "number": gate.number,
        "title": gate.title,
        "start": _iso(gate.date.start) if gate.date else None,
        "end": _iso(gate.date.end) if gate.date else None,
        "precision": gate.date.precision.value if gate.date else "undated",
        "ambiguous": bool(gate.date and gate.date.ambiguous),
        "basis": gate.basis,
        "line": gate.line,
    }
