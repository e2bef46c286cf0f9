"""Everything a board report says, as plain values: what a snapshot of schema 3 holds. Pure.

The names of the fields are the names in the JSON. A field that a later release adds needs a default, so that reports
frozen before it still open; a change of what a field means needs a new schema number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from programme.small_numbers import HIDDEN, SMALLEST_SHOWN
from programme.status import Rag
from thrive.maturity.reported import MaturityTold
from thrive.reported import GapsTold
from workstreams.rag import Thresholds
from workstreams.reported import (
    AskTold,
    CorrectionTold,
    DecisionTold,
    DefinitionTold,
    GatesTold,
    IssueTold,
    MilestoneTold,
    MoneyTold,
    PathTold,
    PlainTold,
    RiskTold,
    VoicesTold,
)

if TYPE_CHECKING:
    from cattrs import Converter

SCHEMA = 3
TEMPLATE = 2
SUPPRESSION_POLICY = 1


@dataclass(frozen=True)
class ProgrammeTold:
    """The programme the report is about."""

    name: str
    slug: str
    mandate: str = ""
    partners: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class PeriodTold:
    """The month reported on, and whether it was still open when the report was made."""

    month: str  # "2026-10"
    label: str  # "October 2026"
    due_on: date
    closes_on: date
    status: str = ""  # "Frozen on 12 November 2026"


@dataclass(frozen=True)
class PolicyTold:
    """The small-number rule that was in force: counts below `smallest_shown` are printed as `shown_as`."""

    version: int = SUPPRESSION_POLICY
    smallest_shown: int = SMALLEST_SHOWN
    shown_as: str = HIDDEN


@dataclass(frozen=True)
class SummaryTold:
    """The one-page answer."""

    sentence: str
    counts: tuple[tuple[Rag, int], ...]
    points: tuple[str, ...]  # what needs attention, most urgent first
    updates_in: int
    updates_expected: int
    not_reported: tuple[str, ...]  # names of workstreams


@dataclass(frozen=True)
class SinceTold:
    """What the report compares itself with: the last published one, or a day where there is none."""

    day: date
    report: str = ""  # "the report for September 2026, version 1"
    ratings: Mapping[str, Rag] = field(default_factory=dict)  # as that report gave them, by slug


@dataclass(frozen=True)
class ChangeTold:
    """One change under its heading, in words."""

    heading: str
    text: str
    workstream: str


@dataclass(frozen=True)
class StripTold:
    """One month of a workstream's ratings."""

    month: str
    label: str
    rating: Rag


@dataclass(frozen=True)
class SaidTold:
    """One part of an update, as bullets in the lead's own words."""

    key: str
    title: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class UpdateTold:
    """The update used, which may be for an earlier month than the report's."""

    label: str
    sent_label: str
    sent_by: str
    sections: tuple[SaidTold, ...]


@dataclass(frozen=True)
class ObjectiveTold:
    """One numbered objective; `priority` marks those the programme puts first."""

    number: int
    text: str
    priority: bool


@dataclass(frozen=True)
class WorkstreamTold:
    """One workstream as the board sees it."""

    name: str
    slug: str
    parent: str
    status: str
    purpose: str
    leads: tuple[str, ...]
    rating: Rag
    rating_reason: str
    previous_rating: Rag | None
    change: str
    strip: tuple[StripTold, ...]
    objectives: tuple[ObjectiveTold, ...] = ()
    update: UpdateTold | None = None
    update_state: str = ""
    is_expected: bool = True
    derived: Rag | None = None
    derived_why: tuple[str, ...] = ()
    assured: Rag | None = None
    assured_why: str = ""
    differ: bool = False
    path: PathTold = field(default_factory=PathTold)


@dataclass(frozen=True)
class PointTold:
    """One thing that stood against reporting the month."""

    kind: str
    text: str


@dataclass(frozen=True)
class ReadinessTold:
    """What the office knew when the report was made, and what it decided; empty in a snapshot that froze a month."""

    sentence: str = ""
    points: tuple[PointTold, ...] = ()
    decision: str = ""
    reason: str = ""


@dataclass(frozen=True)
class BoardFacts:
    """The whole report, before anybody decides what of it an edition prints."""

    schema: int
    template: int
    programme: ProgrammeTold
    period: PeriodTold
    as_at: str
    as_at_label: str
    prepared_by: str
    audience: str
    summary: SummaryTold
    since: SinceTold
    version: int | None = None
    policy: PolicyTold = PolicyTold()
    changes: tuple[ChangeTold, ...] = ()
    workstreams: tuple[WorkstreamTold, ...] = ()
    milestones: tuple[MilestoneTold, ...] = ()
    asks: tuple[AskTold, ...] = ()
    decisions: tuple[DecisionTold, ...] = ()
    risks: tuple[RiskTold, ...] = ()
    issues: tuple[IssueTold, ...] = ()
    voices: VoicesTold = field(default_factory=VoicesTold)
    money: tuple[MoneyTold, ...] = ()
    gates: GatesTold = field(default_factory=GatesTold)
    corrections: tuple[CorrectionTold, ...] = ()
    plain: tuple[PlainTold, ...] = ()
    definitions: tuple[DefinitionTold, ...] = ()
    rules: Thresholds = field(default_factory=Thresholds)
    readiness: ReadinessTold = ReadinessTold()
    gaps: GapsTold = field(default_factory=GapsTold)
    maturity: MaturityTold = field(default_factory=MaturityTold)

    @property
    def day(self) -> date:
        """The day as at which the report is made."""
        return date.fromisoformat(self.as_at[:10])

    def name_of(self, slug: str) -> str:
        """A workstream's name; the whole programme where none is given."""
        if not slug:
            return "The whole programme"
        return next((each.name for each in self.workstreams if each.slug == slug), slug)


def to_record(facts: BoardFacts) -> dict[str, Any]:
    """The facts as plain JSON: days as ISO 8601, ratings and states by their values."""
    record: dict[str, Any] = _converter().unstructure(facts)
    return record


def from_record(record: Mapping[str, Any]) -> BoardFacts:
    """Read back what `to_record` wrote. Raises an exception of cattrs where it is something else."""
    return _converter().structure(record, BoardFacts)


@cache
def _converter() -> "Converter":
    from cattrs.preconf.json import make_converter

    return make_converter()
