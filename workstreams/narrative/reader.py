"""Walks down a page, line by line, and gathers workstreams."""

from collections.abc import Callable
from typing import Final

from programme.dates import FuzzyDate
from workstreams.narrative import bullets, headings, paragraphs
from workstreams.narrative.drafts import DraftHeading
from workstreams.narrative.lines import Line, LineKind, whole_date
from workstreams.narrative.model import Item
from workstreams.narrative.tables import PlanTable, read_plan_table, read_table
from workstreams.narrative.walk import Gathered, Mode, Walk


def read(lines: list[Line]) -> Gathered:
    """Gather everything; lines nobody claimed are simply not in `placed`."""
    walk, index = Walk(lines), 0
    while index < len(lines):
        index = max(_step(walk, lines[index], index), index + 1)
    return walk.found


def _step(walk: Walk, line: Line, index: int) -> int:
    table = read_table(walk.lines, index) if line.kind in _TABLE_KINDS and line.text else None
    if table:
        walk.place("table heading", *table.header)
        for row in table.rows:
            walk.found.rows.append((row, walk.section))
            walk.place("table row", *row.lines)
        walk.current, walk.mode = None, Mode.NONE
        return table.after
    plan = read_plan_table(walk.lines, index) if walk.current and line.kind in _TABLE_KINDS else None
    if plan:
        return _plan_table(walk, plan)
    return _STEPS[line.kind](walk, line, index)


def _plan_table(walk: Walk, plan: PlanTable) -> int:
    """Each row of a plan's table is one milestone under its own date."""
    walk.place("table heading", *plan.header)
    for row in plan.rows:
        stated = whole_date(row.date) or (FuzzyDate.undated(row.date) if row.date else None)
        heading = DraftHeading(row.date, row.line, stated, walk.phase, walk.year, [Item(row.text, (row.line,))])
        if walk.current:
            walk.current.headings.append(heading)
        walk.place("milestone", row.line)
    walk.mode = Mode.AFTER_PLAN
    return plan.after


_TABLE_KINDS: Final = frozenset({LineKind.TEXT, LineKind.LABEL, LineKind.BULLET})
_STEPS: Final[dict[LineKind, Callable[[Walk, Line, int], int]]] = {
    LineKind.BLANK: headings.skip,
    LineKind.RULE: headings.rule,
    LineKind.SECTION: headings.section,
    LineKind.LABEL: headings.label,
    LineKind.LEAD: headings.lead,
    LineKind.UPDATE: headings.update,
    LineKind.YEAR: headings.year,
    LineKind.DATE: headings.dated,
    LineKind.PHASE: headings.phase,
    LineKind.GATE: headings.gate,
    LineKind.BULLET: bullets.bullet,
    LineKind.TEXT: paragraphs.text,
}
