"""Money by financial year, and line by line. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from reporting.board_blocks import Block, Cell, Column, Heading, Section, Table, Text
from reporting.board_facts import BoardFacts
from reporting.board_parts.wording import capped
from reporting.editions import Edition
from workstreams.money import Amounts, Line, Year, has_ended, pounds, roll_up, variance, year_to_lead_with, year_words
from workstreams.reported import MoneyTold

COLUMNS = (
    Column("Source", 30),
    Column("Year", 16),
    Column("Budget", 13, is_number=True),
    Column("Forecast", 13, is_number=True),
    Column("Spent", 13, is_number=True),
    Column("Outcome", 15),
)


def amount(known: int | None) -> Cell:
    """Pounds, or that they are not recorded: never nought."""
    return Cell(pounds(known)) if known is not None else Cell(quiet="Not recorded")


def amounts_of(line: MoneyTold) -> Amounts:
    """The money of a line as the rules take it."""
    return Amounts(line.budget, line.forecast, line.actual)


def money_table(lines: Sequence[MoneyTold], day: date) -> Table:
    """Lines of one workstream."""
    rows = tuple(
        (
            Cell(line.source, "Recurrent" if line.recurrent else "One year only"),
            Cell(year_words(line.year)),
            amount(line.budget),
            amount(line.forecast),
            amount(line.actual),
            Cell(variance(amounts_of(line), ended=has_ended(line.year, day)).words),
        )
        for line in capped(lines)
    )
    return Table(COLUMNS, rows)


def years(facts: BoardFacts) -> list[Year]:
    """The programme's money rolled up."""
    lines = (Line(line.source, line.year, line.recurrent, amounts_of(line)) for line in facts.money)
    return roll_up(lines, facts.day)


def money(facts: BoardFacts, edition: Edition) -> Iterator[Section]:
    """The present year by source, and who is over; other years in a line each. Nothing where no money is recorded."""
    rolled = years(facts)
    leading = year_to_lead_with(rolled, facts.day)
    if leading is None:
        return
    blocks: list[Block] = [Text(_sentence(leading), "lead"), _by_source(leading)]
    if edition is Edition.FULL:
        blocks += _over(facts, leading.first)
    blocks += [Text(_sentence(year)) for year in rolled if year.first != leading.first]
    yield Section("money", "Money", tuple(blocks), is_new_page=False)


def _sentence(year: Year) -> str:
    """The year and its sentence as one."""
    return f"{year.words}: {year.sentence[:1].lower()}{year.sentence[1:]}"


def _by_source(year: Year) -> Table:
    amounts = (Column(name, 16, is_number=True) for name in ("Budget", "Forecast", "Spent"))
    columns = (Column("Source", 30), *amounts, Column("Outcome", 22))
    rows = tuple(
        (
            Cell(total.name, is_strong=total is year.whole),
            amount(total.amounts.budget),
            amount(total.amounts.forecast),
            amount(total.amounts.actual),
            Cell(total.words),
        )
        for total in (*year.sources, year.whole)
    )
    return Table(columns, rows)


def _over(facts: BoardFacts, first: int) -> list[Block]:
    found = [(line, variance(amounts_of(line), ended=has_ended(line.year, facts.day))) for line in facts.money]
    over = [(line, told) for line, told in found if line.year == first and told.is_over]
    if not over:
        return [Text("No line is expected to go over its budget.")]
    over.sort(key=lambda pair: -(pair[1].pounds_over or 0))
    columns = (Column("Workstream", 36), Column("Source", 34), Column("Outcome", 30))
    rows = tuple(
        (Cell(facts.name_of(line.workstream)), Cell(line.source), Cell(told.words)) for line, told in capped(over)
    )
    return [Heading("Over budget"), Table(columns, rows)]
