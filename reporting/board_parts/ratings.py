"""Ratings of every workstream beside each other, and what is off track with its way back. Pure."""

from collections.abc import Iterator

from programme.dates import day_words
from programme.status import Rag
from programme.wording import listed
from reporting.board_blocks import Block, Cell, Column, Section, Table, Text
from reporting.board_facts import BoardFacts, WorkstreamTold
from reporting.board_parts.wording import address, ended, missing, strip_of
from reporting.editions import Edition

OFF_TRACK = (Rag.RED, Rag.NOT_REPORTED, Rag.AMBER)
NARROW = (Column("Workstream", 41), Column("Rating", 17), Column("Change", 14), Column("Last 6 months", 28))
WIDE = (
    Column("Workstream", 27),
    Column("Lead says", 17),
    Column("Rules say", 16),
    Column("Reviewer says", 13),
    Column("Last 6 months", 27),
)


def ratings(facts: BoardFacts, edition: Edition) -> Iterator[Section]:
    """Every workstream, worst first."""
    if not facts.workstreams:
        yield Section("ratings", "Ratings", (Text("This programme has no workstreams yet."),))
        return
    inside = not edition.is_for_outside
    blocks: list[Block] = [table(facts, facts.workstreams, three=inside)]
    if inside:
        differing = [each.name for each in facts.workstreams if each.differ and each.is_expected]
        words = "Wherever two of the three gave a rating, they agree."
        if differing:
            words = f"Where ratings differ, the difference is a question to the lead: {listed(differing)}."
        blocks.append(Text(words))
    blocks.append(
        Text("The latest month has the strong border. A month without an update is never filled in.", "quiet")
    )
    yield Section("ratings", "Ratings", tuple(blocks))


def table(facts: BoardFacts, workstreams: tuple[WorkstreamTold, ...], *, three: bool) -> Table:
    """The ratings as a table. What the rules and the reviewer say stands there only where it differs from the lead."""
    rows: list[tuple[Cell, ...]] = []
    for each in workstreams:
        status = "" if each.status == "Current" else each.status
        name = Cell(each.name, listed(each.leads) or "No lead is named", flag=status, link=address(facts, each.slug))
        lead, strip = Cell(rating=each.rating), Cell(strip=strip_of(each))
        if three:
            others = _other(each.derived, each.rating, "The same"), _other(each.assured, each.rating, "The same")
            assured = others[1] if each.assured else Cell(quiet="No second opinion")
            change = "" if each.change in {"Not known", "Same"} else each.change
            rows.append((name, Cell(rating=each.rating, quiet=change), others[0], assured, strip))
        else:
            rows.append((name, lead, missing("" if each.change == "Not known" else each.change, "Not known"), strip))
    return Table(WIDE if three else NARROW, tuple(rows))


def _other(said: Rag | None, lead: Rag, same: str) -> Cell:
    if said is None:
        return Cell(quiet="Not known")
    return Cell(quiet=same) if said is lead else Cell(rating=said)


def exceptions(facts: BoardFacts, edition: Edition) -> Iterator[Section]:
    """What is not on track, why, and the way back to Green."""
    found = off_track(facts)
    if not found:
        yield Section(
            "exceptions", "Off track and at risk", (Text("Every workstream that gave a rating is on track."),)
        )
        return
    inside = not edition.is_for_outside
    yield Section(
        "exceptions", "Off track and at risk", (exception_table(facts, found, inside=inside),), is_new_page=False
    )


def off_track(facts: BoardFacts) -> list[WorkstreamTold]:
    """Workstreams rated Red, then silent ones, then Amber ones."""
    found = [each for each in facts.workstreams if each.rating in OFF_TRACK and each.is_expected]
    return sorted(found, key=lambda each: OFF_TRACK.index(each.rating))


def exception_table(facts: BoardFacts, found: list[WorkstreamTold], *, inside: bool) -> Table:
    """Each with its reason and its path to Green."""
    columns = (Column("Workstream", 23), Column("Rating", 17), Column("Why", 32), Column("Path to Green", 28))
    rows = tuple(
        (
            Cell(each.name, link=address(facts, each.slug)),
            Cell(rating=each.rating),
            _why(facts, each, inside=inside),
            path(each, inside=inside),
        )
        for each in found
    )
    return Table(columns, rows)


def _why(facts: BoardFacts, each: WorkstreamTold, *, inside: bool) -> Cell:
    if each.rating is Rag.NOT_REPORTED:
        return Cell(f"No update for {facts.period.label}.", _ended(each.update_state) if inside else "")
    rules = ended(each.derived_why[0]) if inside and each.derived_why and each.differ else ""
    return Cell(ended(each.rating_reason), rules) if each.rating_reason else Cell(quiet=rules or "No reason was given.")


def _ended(words: str) -> str:
    return ended(words) if words else ""


def path(each: WorkstreamTold, *, inside: bool) -> Cell:
    """The way back to Green: what, who and by when."""
    told = each.path
    if not told.action:
        otherwise = {Rag.RED: "No path was recorded.", Rag.NOT_REPORTED: "Ask for the update."}
        return Cell(quiet=otherwise.get(each.rating, "The lead has the authority to recover."))
    who = [told.owner if inside else "", f"by {day_words(told.by)}" if told.by else ""]
    words = ", ".join(part for part in who if part)
    return Cell(ended(told.action), ended(words[:1].upper() + words[1:]))
