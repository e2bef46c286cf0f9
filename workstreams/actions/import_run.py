"""One import on its way: what was made, what was left out and what a person should look at."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from programme.clock import LONDON
from programme.dates import FuzzyDate
from programme.models import ImportBatch, Programme, User
from workstreams.choices import Chosen
from workstreams.models import Milestone, Workstream

NAME_LENGTH, TITLE_LENGTH, WORDS_LENGTH, BASIS_LENGTH = 200, 500, 200, 300


@dataclass
class ImportRun:
    """What the parts of an import share. `made` holds milestones by their key on the page."""

    programme: Programme
    batch: ImportBatch
    by: User | None
    at: datetime
    counts: Counter[str] = field(default_factory=Counter)
    skipped: list[str] = field(default_factory=list)
    to_check: list[str] = field(default_factory=list)
    saved: list[tuple[Workstream, Chosen]] = field(default_factory=list)
    made: dict[str, Milestone] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day of the import."""
        return self.at.astimezone(LONDON).date()


def fitted(text: str, length: int) -> str:
    """The text, cut with an ellipsis where the column is shorter. The batch keeps the whole page."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def fitted_date(stated: FuzzyDate) -> FuzzyDate:
    """A date whose words fit their columns."""
    return replace(stated, text=fitted(stated.text, WORDS_LENGTH), basis=fitted(stated.basis, BASIS_LENGTH))
