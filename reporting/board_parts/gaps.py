"""Gaps of the THRIVE map, and what will fill them. Pure."""

from collections.abc import Iterator

from reporting.board_blocks import Block, Bullets, Cell, Column, Heading, Section, Table, Text
from reporting.board_facts import BoardFacts
from reporting.board_parts.wording import MOST_ROWS, capped, more_words
from reporting.editions import Edition
from thrive.reported import FilledTold

COLUMNS = (
    Column("Recommendation", 38),
    Column("How it stands", 16),
    Column("Owner", 18),
    Column("What will show it", 28),
)


def gaps(facts: BoardFacts, _edition: Edition) -> Iterator[Section]:
    """What is missing with nothing to fill it, then what was accepted. Nothing where no gap is recorded."""
    told = facts.gaps
    if not told.sentence:
        return
    blocks: list[Block] = [Text(told.sentence, "lead")]
    bare = [f"{gap.title}, {gap.place}" for gap in told.gaps if not gap.is_answered]
    if bare:
        blocks += [Heading("Accepted gaps with nothing to fill them"), Bullets(capped(bare))]
        blocks += _left_out(len(bare), "gap with nothing to fill it", "gaps with nothing to fill them")
    if told.recommendations:
        rows = tuple(_row(each) for each in capped(told.recommendations))
        blocks += [Heading("What was accepted"), Table(COLUMNS, rows)]
        blocks += _left_out(len(told.recommendations), "recommendation", "recommendations")
    yield Section("gaps", "Gaps, and what will fill them", tuple(blocks), is_new_page=False)


def _left_out(count: int, thing: str, things: str) -> list[Block]:
    """Where the rest is, if a list is longer than is printed."""
    said = more_words(count - MOST_ROWS, thing, things)
    return [Text(said, "quiet")] if said else []


def _row(each: FilledTold) -> tuple[Cell, ...]:
    return (
        Cell(each.text, each.place),
        Cell(each.state),
        Cell(each.owner, f"By {each.wanted_by}") if each.owner else Cell(quiet="No owner"),
        Cell("; ".join(each.milestones)) if each.milestones else Cell(quiet="No milestone"),
    )
