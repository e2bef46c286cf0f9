"""Composing a board report: which sections an edition has, in which order, made from facts and nothing else. Pure.

What matters first: decisions, the answer, what changed, what is off track; detail later; definitions last. The
sections of every edition are listed here in one place. A section that fails is named, never left out in silence.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

from programme.wording import listed
from reporting.board_blocks import Board, Section, Table
from reporting.board_facts import SCHEMA, BoardFacts, from_record
from reporting.board_parts import (
    appendix,
    gaps,
    gates,
    highlight,
    maturity,
    milestones,
    money,
    pages,
    plain,
    ratings,
    registers,
    summary,
)
from reporting.editions import Edition

Composer: TypeAlias = Callable[[BoardFacts, Edition], Iterator[Section]]

# A report that is longer takes longer than a reader has, and more memory than a machine may give.
MOST_ROWS_IN_ALL: Final = 4_000

SECTIONS: Final[Mapping[Edition, tuple[tuple[str, Composer], ...]]] = {
    Edition.FULL: (
        ("Summary", summary.summary),
        ("What changed", summary.changed),
        ("Ratings", ratings.ratings),
        ("Off track and at risk", ratings.exceptions),
        ("Milestones", milestones.milestones),
        ("Roadmap", milestones.roadmap),
        ("Gates", gates.gates),
        ("Workstreams", pages.pages),
        ("Gaps, and what will fill them", gaps.gaps),
        ("Maturity reviews", maturity.maturity),
        ("Risks and issues", registers.risks),
        ("Money", money.money),
        ("What we heard", registers.voices),
        ("Corrections since the last report", registers.corrections),
        ("Decisions", registers.decisions),
        ("How to read this report", appendix.appendix),
    ),
    Edition.HIGHLIGHT: (
        ("At a glance", highlight.first_page),
        ("Off track, milestones and risks", highlight.second_page),
    ),
    Edition.COMMISSIONER: (
        ("Summary", summary.summary),
        ("What changed", summary.changed),
        ("Ratings", ratings.ratings),
        ("Off track and at risk", ratings.exceptions),
        ("Milestones", milestones.milestones),
        ("Roadmap", milestones.roadmap),
        ("Gates", gates.gates),
        ("Workstreams", pages.pages),
        ("Maturity reviews", maturity.maturity),
        ("Money", money.money),
        ("What we heard", registers.voices),
        ("Corrections since the last report", registers.corrections),
        ("How to read this report", appendix.appendix),
    ),
    Edition.YOUNG_PEOPLE: (
        ("How is it going?", plain.how_it_goes),
        ("What you told us, and what we did", plain.told_us),
        ("What we are doing", plain.work),
    ),
}


class SectionFailedError(Exception):
    """A section could not be composed. `section` names it and the text is a sentence for people."""

    def __init__(self, section: str, reason: str) -> None:
        """Take the name and why."""
        super().__init__(f"The section “{section}” could not be made: {reason}")
        self.section = section


def compose(content: Mapping[str, Any], edition: Edition, *, sections: Mapping[Edition, Any] = SECTIONS) -> Board:
    """An edition of a report from a snapshot of schema 3.

    Raises SectionFailedError, which names the section, where one cannot be made or is too long to be printed.
    """
    facts = facts_of(content)
    found: list[Section] = []
    for name, composer in sections[edition]:
        try:
            found += composer(facts, edition)
        except Exception as error:
            raise SectionFailedError(name, f"{type(error).__name__}: {error}") from error
    _refuse_too_long(found)
    return _board(facts, edition, tuple(_linked(found)))


def facts_of(content: Mapping[str, Any]) -> BoardFacts:
    """The facts a snapshot holds. Raises SectionFailedError where it is not what it claims to be."""
    if content.get("schema") != SCHEMA:
        raise SectionFailedError(
            "The frozen record", f"this release cannot compose a record of version {content.get('schema')}"
        )
    try:
        return from_record(content)
    except Exception as error:
        raise SectionFailedError("The frozen record", f"it cannot be read ({type(error).__name__})") from error


def _linked(sections: list[Section]) -> Iterator[Section]:
    """The same with every link that leads nowhere in this edition taken off its words."""
    keys = {section.key for section in sections}
    for section in sections:
        blocks = (_with_links(block, keys) if isinstance(block, Table) else block for block in section.blocks)
        yield replace(section, blocks=tuple(blocks))


def _with_links(table: Table, keys: set[str]) -> Table:
    rows = (tuple(cell if cell.link in keys else replace(cell, link="") for cell in row) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _refuse_too_long(sections: list[Section]) -> None:
    """Refuse what would be hundreds of pages, naming the section that makes it so."""
    if sum(section.rows for section in sections) > MOST_ROWS_IN_ALL:
        longest = max(sections, key=lambda section: section.rows)
        raise SectionFailedError(
            longest.title,
            f"its tables have {longest.rows:,} rows and the whole report more than {MOST_ROWS_IN_ALL:,}. "
            "Choose the highlight report, or the Excel workbook, which holds every row.",
        )


def _board(facts: BoardFacts, edition: Edition, sections: tuple[Section, ...]) -> Board:
    programme, month = facts.programme, facts.period.label
    is_short = edition in {Edition.HIGHLIGHT, Edition.YOUNG_PEOPLE}
    return Board(
        title=TITLES[edition],
        subtitle=month,
        programme=programme.name,
        language_title=f"{programme.name}: {TITLES[edition].lower()}, {month}",
        sentence=summary.sentence_of(facts, edition),
        as_at=facts.as_at,
        as_at_label=facts.as_at_label,
        author=facts.prepared_by if edition is not Edition.YOUNG_PEOPLE else programme.name,
        facts=tuple(_facts(facts, edition)),
        sections=sections,
        has_cover=not is_short,
        has_contents=not is_short,
        kind=edition.value,
    )


TITLES: Final = {
    Edition.FULL: "Board report",
    Edition.HIGHLIGHT: "Highlight report",
    Edition.COMMISSIONER: "Commissioner report",
    Edition.YOUNG_PEOPLE: "What is happening",
}


def _facts(facts: BoardFacts, edition: Edition) -> Iterator[tuple[str, str]]:
    """What the cover says of the report itself."""
    programme = facts.programme
    yield "For", edition.audience
    yield "As at", facts.as_at_label
    version = f"Version {facts.version}. " if facts.version else ""
    if edition is not Edition.YOUNG_PEOPLE:
        yield "Prepared by", facts.prepared_by or "Not known"
        yield "Version", f"{version}Frozen record of {facts.period.label}: later updates do not change it."
        if facts.period.status:
            yield "Status of the month", f"{facts.period.status}."
    if edition in {Edition.FULL, Edition.COMMISSIONER}:
        partners, places = listed(programme.partners), listed(programme.places)
        about = (("Mandate", programme.mandate), ("Partners", partners), ("Places", places))
        yield from ((name, value) for name, value in about if value)
