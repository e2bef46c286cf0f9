"""The gates: what is to be decided when and by whom, and the conditions that are still open. Pure."""

from collections.abc import Iterator

from programme.dates import day_words
from reporting.board_blocks import Block, Bullets, Cell, Column, Heading, Section, Table, Text
from reporting.board_facts import BoardFacts
from reporting.board_parts.wording import capped, ended, missing
from reporting.editions import Edition
from workstreams.reported import GateTold

COLUMNS = (Column("Gate", 34), Column("When", 20), Column("How it stands", 18), Column("Who decides", 28))
CONDITIONS = (Column("Condition", 44), Column("Gate", 28), Column("By", 28))


def gates(facts: BoardFacts, edition: Edition) -> Iterator[Section]:
    """Every gate in order, and what has to be done for it. Nothing where the programme has none."""
    told = facts.gates
    if not told.gates:
        return
    inside = not edition.is_for_outside
    rows = tuple(_row(facts, gate, inside=inside) for gate in capped(told.gates))
    blocks: list[Block] = [Text(told.sentence, "lead"), Table(COLUMNS, rows)]
    still_open = [(gate, each) for gate in told.gates for each in gate.conditions]
    if still_open:
        lines = tuple(
            (
                Cell(each.text),
                Cell(gate.name),
                Cell(day_words(each.due_on), _owner(each.owner, inside=inside), is_strong=each.is_overdue),
            )
            for gate, each in capped(still_open)
        )
        blocks += [Heading("Open conditions"), Table(CONDITIONS, lines)]
    if inside and told.doubts:
        blocks += [Heading("To look at"), Bullets(tuple(ended(doubt) for doubt in told.doubts))]
    yield Section("gates", "Gates", tuple(blocks), is_new_page=False)


def _row(facts: BoardFacts, gate: GateTold, *, inside: bool) -> tuple[Cell, ...]:
    where = facts.name_of(gate.workstream) if gate.workstream else ""
    stands = Cell(gate.state_words, ended(gate.reason) if inside and gate.reason else "", is_strong=gate.is_overdue)
    who = missing(gate.decided_by or gate.to_decide, "Nobody is named")
    if inside and gate.panel_gap:
        who = Cell(who.text, gate.panel_gap if who.text else f"{who.quiet}. {gate.panel_gap}")
    return Cell(gate.name, where), Cell(gate.when, gate.movement), stands, who


def _owner(owner: str, *, inside: bool) -> str:
    return (owner or "No owner is named") if inside else ""
