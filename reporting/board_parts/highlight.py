"""The two-page highlight report: the answer, decisions, what is off track, what was done and what comes next. Pure.

Lists are cut to what two pages hold, the most pressing kept; each says how many are left out and where they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from programme.status import Rag
from programme.wording import counted, listed
from reporting.board_blocks import Block, Bullets, Cell, Column, Counts, Heading, Section, Table, Text
from reporting.board_facts import BoardFacts, WorkstreamTold
from reporting.board_parts import milestones as plan
from reporting.board_parts.fitting import MASTHEAD, PAGE, height_of
from reporting.board_parts.ratings import OFF_TRACK, exception_table, off_track, table
from reporting.board_parts.registers import RISK_COLUMNS, risk_rows
from reporting.board_parts.summary import asked, since_words, updates_words
from reporting.board_parts.wording import more_words
from reporting.editions import Edition
from workstreams.reported import MilestoneTold

FULL_PACK = "the full pack"
MOST_ASKS, LONGEST = 4, 130
MOST_RATED = 14


@dataclass(frozen=True)
class Room:
    """How many of each the second page prints."""

    off_track: int
    milestones: int
    risks: int


# From what two pages hold where texts are short to what they hold where all are long.
ROOMS = (
    Room(6, 5, 4),
    Room(5, 4, 3),
    Room(5, 3, 2),
    Room(4, 4, 3),
    Room(4, 4, 2),
    Room(4, 3, 2),
    Room(3, 3, 2),
    Room(2, 2, 2),
    Room(1, 1, 1),
)


def first_page(facts: BoardFacts, _edition: Edition) -> Iterator[Section]:
    """Decisions, the answer and as many ratings as there is room for, the worst first."""
    made = _first(facts, 0)
    for count in range(min(MOST_RATED, len(facts.workstreams)), 0, -1):
        made = _first(facts, count)
        if height_of([made]) <= PAGE - MASTHEAD:
            break
    yield made


def _first(facts: BoardFacts, rated: int) -> Section:
    told = facts.summary
    blocks: list[Block] = [asked(facts, MOST_ASKS), Text(told.sentence, "lead"), Counts(told.counts)]
    if rated:
        blocks.append(table(facts, facts.workstreams[:rated], three=True))
    if left := facts.workstreams[rated:]:
        blocks.append(Text(_left_words(left)))
    blocks.append(Text(_updates(facts), "quiet"))
    return Section("summary", "At a glance", tuple(blocks), is_new_page=False)


def _updates(facts: BoardFacts) -> str:
    """How many updates were in; the silent ones by name where they are few."""
    told, silent = facts.summary, facts.summary.not_reported
    if len(silent) <= FEW:
        return updates_words(facts)
    words = updates_words(replace(facts, summary=replace(told, not_reported=())))
    return f"{words} {len(silent)} workstreams have not reported."


FEW = 5


def _left_words(left: Sequence[WorkstreamTold]) -> str:
    troubled = [each.name for each in left if each.rating in OFF_TRACK]
    words = f"{counted(len(left), 'more workstream')} {'is' if len(left) == 1 else 'are'} in {FULL_PACK}"
    if not troubled:
        return f"{words}: none of them is off track or silent."
    if len(troubled) > FEW:
        return f"{words}: {len(troubled)} of them are off track, at risk or silent."
    return f"{words}, among them {listed(troubled)}."


def second_page(facts: BoardFacts, _edition: Edition) -> Iterator[Section]:
    """What is off track, milestones, risks: as much of each as one page holds."""
    made: list[Section] = []
    for room in ROOMS:
        made = list(_second(facts, room))
        if height_of(made) <= PAGE:
            break
    yield from made


def _second(facts: BoardFacts, room: Room) -> Iterator[Section]:
    found = [_shortened(each) for each in off_track(facts) if each.rating is not Rag.NOT_REPORTED]
    blocks: list[Block] = [Text("Every workstream that gave a rating is on track.")]
    if found:
        told = exception_table(facts, found[: room.off_track], inside=False)
        blocks = [told, *_more(len(found) - room.off_track, "workstream")]
    yield Section("exceptions", "Off track and at risk", tuple(blocks))
    yield Section("milestones", "Milestones", tuple(_milestones(facts, room.milestones)), is_new_page=False)
    if facts.risks:
        rows = risk_rows(facts, room.risks)
        more = _more(len(facts.risks) - room.risks, "risk")
        yield Section("risks", "Highest risks", (Table(RISK_COLUMNS, rows), *more), is_new_page=False)


def _shortened(each: WorkstreamTold) -> WorkstreamTold:
    """The same with its reason and path cut at a word, so that one long answer does not push the others out."""
    path = replace(each.path, action=_cut(each.path.action))
    return replace(each, rating_reason=_cut(each.rating_reason), path=path)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]}…"


def _milestones(facts: BoardFacts, most: int) -> Iterator[Block]:
    yield Text(f"{plan.sentence(facts)} {'' if facts.since.report else since_words(facts)}".strip())
    done = plan.completed(facts)
    if done:
        yield Heading("Completed")
        yield Bullets(tuple(f"{m.title} ({facts.name_of(m.workstream)})" for m in done[:most]))
        yield from _more(len(done) - most, "milestone")
    late = plan.overdue(facts)
    slipped = [m for m in plan.slipped(facts) if m not in late]
    troubled = (late + slipped)[:most]
    if troubled:
        yield Heading("Overdue or slipped")
        yield _short_table(facts, troubled)
        yield from _more(len(late) + len(slipped) - len(troubled), "milestone")
    coming = plan.due_next(facts)
    if coming:
        yield Heading("Due next")
        yield _short_table(facts, coming[:most])
        yield from _more(len(coming) - most, "milestone")


def _short_table(facts: BoardFacts, found: Sequence[MilestoneTold]) -> Table:
    columns = (Column("Milestone", 42), Column("Workstream", 26), Column("When and how it stands", 32))
    rows = tuple(
        (
            Cell(m.title, flag="Critical" if m.is_critical else ""),
            Cell(facts.name_of(m.workstream)),
            Cell(f"{m.when or 'No date'}: {m.state_words.lower()}"),
        )
        for m in found
    )
    return Table(columns, rows)


def _more(left_out: int, thing: str) -> list[Block]:
    words = more_words(left_out, thing, where=FULL_PACK)
    return [Text(words, "quiet")] if words else []
