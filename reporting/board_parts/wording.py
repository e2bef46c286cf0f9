"""What the sections share: cells for what is missing, lists that say what they leave out, milestones as rows. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from programme.charts import StripMonth
from programme.dates import day_words
from programme.status import PlanState
from programme.wording import counted
from reporting.board_blocks import Cell, Column, Table
from reporting.board_facts import BoardFacts, WorkstreamTold
from workstreams.reported import MilestoneTold

T = TypeVar("T")
# Rows of one table on paper. The web page and the workbook have the same rows; the workbook alone has them all.
MOST_ROWS = 150
MILESTONE_COLUMNS = (
    Column("Milestone", 36),
    Column("Workstream", 24),
    Column("When", 22),
    Column("How it stands", 18),
)


def capped(rows: Sequence[T], most: int = MOST_ROWS) -> tuple[T, ...]:
    """As many rows as are printed."""
    return tuple(rows[:most])


def more_words(left_out: int, thing: str, things: str = "", where: str = "the Excel workbook") -> str:
    """'3 more milestones are in the full pack.', or nothing where none is left out."""
    if left_out <= 0:
        return ""
    many = f"more {things or f'{thing}s'}"
    return f"{counted(left_out, f'more {thing}', many)} {'is' if left_out == 1 else 'are'} in {where}."


def missing(words: str, otherwise: str) -> Cell:
    """A cell with words, or in quiet letters what is missing."""
    return Cell(words) if words else Cell(quiet=otherwise)


def strip_of(workstream: WorkstreamTold) -> tuple[StripMonth, ...]:
    """A workstream's recent ratings as a strip."""
    return tuple(StripMonth(each.label, each.rating) for each in workstream.strip)


def address(facts: BoardFacts, slug: str) -> str:
    """Where a workstream's page stands inside the report; empty where it has none."""
    found = next((n for n, each in enumerate(facts.workstreams, start=1) if each.slug == slug), 0)
    return f"workstream-{found}" if found else ""


def milestone_name(milestone: MilestoneTold) -> Cell:
    """The milestone as the head of its row."""
    return Cell(milestone.title, flag="Critical" if milestone.is_critical else "")


def milestone_state(milestone: MilestoneTold) -> Cell:
    """How it stands, strong where somebody should look."""
    strong = milestone.state in {PlanState.OVERDUE, PlanState.DUE_SOON}
    return Cell(milestone.state_words, is_strong=strong)


def milestone_when(milestone: MilestoneTold) -> Cell:
    """When, and under it how the date moved."""
    moved = "" if milestone.movement == "Baseline not recorded" else milestone.movement
    return Cell(milestone.when, moved) if milestone.when else Cell(quiet=moved or "No date")


def milestone_table(facts: BoardFacts, milestones: Sequence[MilestoneTold], most: int = MOST_ROWS) -> Table:
    """Milestones of several workstreams."""
    rows = tuple(
        (milestone_name(m), Cell(facts.name_of(m.workstream)), milestone_when(m), milestone_state(m))
        for m in capped(milestones, most)
    )
    return Table(MILESTONE_COLUMNS, rows)


def by_words(day: date | None, before: str = "By") -> str:
    """'By 12 December 2026', or nothing."""
    return f"{before} {day_words(day)}" if day else ""


def ended(text: str) -> str:
    """A sentence with its end."""
    return text if not text or text.endswith((".", "?", "!", "…")) else f"{text}."
