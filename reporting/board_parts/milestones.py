"""Milestones since the last report and ahead, and the roadmap. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from programme.dates import day_words
from programme.periods import add_months
from programme.status import PlanState
from programme.timeline import Timeline, TimelineItem, timeline
from programme.wording import counted
from reporting.board_blocks import Block, Cell, Column, Heading, Picture, Section, Table, Text
from reporting.board_facts import BoardFacts
from reporting.board_parts.wording import (
    MOST_ROWS,
    capped,
    milestone_name,
    milestone_table,
    milestone_when,
    more_words,
)
from reporting.editions import Edition
from workstreams.reported import MilestoneTold
from workstreams.slippage import times

DUE_NEXT_DAYS = 60
MOST_DRAWN, MONTHS_DRAWN, LONG_OVERDUE_DAYS = 22, 12, 92
HIGHEST_DRAWING = 880.0  # what one page has room for under the heading
CHANGED = (Column("Milestone", 36), Column("Workstream", 24), Column("Now", 18), Column("By how much, how often", 22))


def completed(facts: BoardFacts) -> list[MilestoneTold]:
    """Milestones that somebody has recorded as done since the last report."""
    return [m for m in facts.milestones if m.done_told_on and m.done_told_on > facts.since.day]


def slipped(facts: BoardFacts) -> list[MilestoneTold]:
    """Open milestones whose date was moved back since the last report, the furthest first."""
    found = [m for m in facts.milestones if not m.state.is_finished and m.moved_on and m.moved_on > facts.since.day]
    late = [m for m in found if m.slip_days is None or m.slip_days > 0]
    return sorted(late, key=lambda m: -(m.slip_days or 0))


def overdue(facts: BoardFacts) -> list[MilestoneTold]:
    """Overdue ones, critical ones first, then the longest overdue."""
    found = [m for m in facts.milestones if m.state is PlanState.OVERDUE]
    return sorted(found, key=lambda m: (not m.is_critical, m.end or date.max))


def due_next(facts: BoardFacts) -> list[MilestoneTold]:
    """What is due in the next weeks, soonest first."""
    until = facts.day + timedelta(days=DUE_NEXT_DAYS)
    return [m for m in facts.milestones if not m.state.is_finished and m.end and facts.day <= m.end <= until]


def milestones(facts: BoardFacts, _edition: Edition) -> Iterator[Section]:
    """Overdue, slipped, due next, completed: the worst first. Of what there is none, the sentence says so."""
    blocks: list[Block] = [Text(sentence(facts), "lead")]
    blocks += _part(facts, "Overdue", overdue(facts))
    if late := slipped(facts):
        blocks += [Heading(f"Slipped since {day_words(facts.since.day)}"), slip_table(facts, late)]
    blocks += _part(facts, "Due next", due_next(facts))
    blocks += _part(facts, "Completed", completed(facts))
    yield Section("milestones", "Milestones", tuple(blocks), is_new_page=False)


def _part(facts: BoardFacts, title: str, found: Sequence[MilestoneTold]) -> list[Block]:
    if not found:
        return []
    blocks: list[Block] = [Heading(title), milestone_table(facts, found)]
    if len(found) > MOST_ROWS:
        blocks.append(Text(more_words(len(found) - MOST_ROWS, "milestone"), "quiet"))
    return blocks


def sentence(facts: BoardFacts) -> str:
    """The four in two sentences."""
    late, ahead = len(overdue(facts)), len(due_next(facts))
    done, moved = len(completed(facts)), len(slipped(facts))
    now = f"{_milestones(late)} {_are(late)} overdue and {_none(ahead)} {_are(ahead)} due in {DUE_NEXT_DAYS} days."
    since = f"Since {day_words(facts.since.day)}, {_none(done)} {_were(done)} completed and {_none(moved)} slipped."
    return f"{now} {since}"


def _milestones(count: int) -> str:
    return counted(count, "milestone") if count else "No milestone"


def _none(count: int) -> str:
    return f"{count:,}" if count else "none"


def _are(count: int) -> str:
    return "are" if count > 1 else "is"


def _were(count: int) -> str:
    return "were" if count > 1 else "was"


def slip_table(facts: BoardFacts, found: Sequence[MilestoneTold], most: int = MOST_ROWS) -> Table:
    """Slipped milestones: by how much against the baseline, and how often."""
    rows = tuple(
        (milestone_name(m), Cell(facts.name_of(m.workstream)), Cell(m.when or "No date"), slip_cell(m))
        for m in capped(found, most)
    )
    return Table(CHANGED, rows)


def slip_cell(milestone: MilestoneTold) -> Cell:
    """'62 days later. Moved twice, first planned for March 2026'."""
    often = f"Moved {times(milestone.moves)}" if milestone.moves else "Moved"
    first = f", first planned for {milestone.baseline}" if milestone.baseline else ", baseline not recorded"
    if milestone.slip_days is None:
        return Cell(quiet=f"{often}{first}")
    return Cell(f"{counted(milestone.slip_days, 'day')} later", f"{often}{first}")


def roadmap(facts: BoardFacts, _edition: Edition) -> Iterator[Section]:
    """What is open, on a time axis, by workstream."""
    found = ahead(facts)
    if not found:
        yield Section("roadmap", "Roadmap", (Text("No open milestone has a date."),))
        return
    shown, drawn = _drawn(facts, found)
    blocks: list[Block] = [
        Text(f"What is overdue and what is due in the next {MONTHS_DRAWN} months, as at {day_words(facts.day)}."),
        Picture(drawn, tuple(_picture_row(facts, m) for m in found[:shown])),
    ]
    if left := found[shown:]:
        columns = (Column("Milestone", 44), Column("Workstream", 28), Column("When", 28))
        rows = tuple((milestone_name(m), Cell(facts.name_of(m.workstream)), milestone_when(m)) for m in capped(left))
        blocks += [Heading("Also ahead"), Table(columns, rows)]
        if len(left) > MOST_ROWS:
            blocks.append(Text(more_words(len(left) - MOST_ROWS, "milestone"), "quiet"))
    yield Section("roadmap", "Roadmap", tuple(blocks), is_new_page=False)


def _drawn(facts: BoardFacts, found: Sequence[MilestoneTold]) -> tuple[int, Timeline]:
    """As many as one page holds, drawn."""
    count = min(len(found), MOST_DRAWN)
    drawn = drawing(facts, found[:count])
    while drawn.height > HIGHEST_DRAWING and count > 1:
        count -= 1
        drawn = drawing(facts, found[:count])
    return count, drawn


def _picture_row(facts: BoardFacts, milestone: MilestoneTold) -> tuple[str, str, str, str]:
    """What the drawing says of one milestone, for those who read it as a table."""
    where = facts.name_of(milestone.workstream)
    return milestone.title, where, milestone.when or "No date", milestone.state_words


def ahead(facts: BoardFacts) -> list[MilestoneTold]:
    """Open dated milestones within the drawn months: critical and overdue ones first, so that they are always drawn."""
    limit = add_months(facts.day.replace(day=1), MONTHS_DRAWN + 1)
    found = [
        m for m in facts.milestones
        if not m.state.is_finished and (m.start or m.end) and (m.start or m.end or limit) < limit
    ]  # fmt: skip
    pressing = (PlanState.OVERDUE, PlanState.DUE_SOON)
    return sorted(found, key=lambda m: (not m.is_critical and m.state not in pressing, m.start or m.end or limit))


def drawing(facts: BoardFacts, found: Sequence[MilestoneTold]) -> Timeline:
    """The drawing. What has been overdue for very long ends in an arrow, so that what is coming keeps its room."""
    items = [
        TimelineItem(m.title, m.when, m.state, m.start, m.end, facts.name_of(m.workstream))
        for m in sorted(found, key=lambda m: facts.name_of(m.workstream))
    ]
    limit = add_months(facts.day.replace(day=1), MONTHS_DRAWN + 1) - timedelta(days=1)
    days = [m.start or m.end or facts.day for m in found if m.state is PlanState.OVERDUE]
    first = max(min([facts.day, *days]), facts.day - timedelta(days=LONG_OVERDUE_DAYS))
    return timeline(items, today=facts.day, span=(first, limit))
