"""The two-page highlight report: the answer, decisions, what is off track, what was done and what comes next. Pure.

Lists are cut to what two pages hold, the most pressing kept; each says how many are left out and where they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from programme.status import Rag
from programme.wording import counted, listed
from reporting.board_blocks import Block, Bullets, Cell, Column, Counts, Heading, Section, Table, Text
from reporting.board_facts import BoardFacts, WorkstreamTold
from reporting.board_parts import milestones as plan
from reporting.board_parts.ratings import OFF_TRACK, exception_table, off_track, table
from reporting.board_parts.registers import RISK_COLUMNS, risk_rows
from reporting.board_parts.summary import asked, since_words, updates_words, waiting
from reporting.board_parts.wording import more_words
from reporting.editions import Edition
from workstreams.reported import MilestoneTold

FULL_PACK = "the full pack"
MOST_ASKS, MOST_OFF_TRACK, MOST_RATED = 4, 5, 12
MOST_MILESTONES, MOST_RISKS, LONGEST = 4, 3, 150


def first_page(facts: BoardFacts, _edition: Edition) -> Iterator[Section]:
    """Decisions, the answer and the ratings."""
    told = facts.summary
    blocks: list[Block] = [asked(facts, MOST_ASKS), Text(told.sentence, "lead"), Counts(told.counts)]
    rated = _shown(facts)
    if rated:
        blocks.append(table(facts, rated, three=True))
    left = [each for each in facts.workstreams if each not in rated]
    if left:
        blocks.append(Text(_left_words(left)))
    blocks.append(Text(updates_words(facts), "quiet"))
    yield Section("summary", "At a glance", tuple(blocks), is_new_page=False)


def _shown(facts: BoardFacts) -> tuple[WorkstreamTold, ...]:
    """The worst first, as many as there is room for beside the decisions."""
    room = MOST_RATED - len(waiting(facts)[:MOST_ASKS])
    return facts.workstreams[:room]


def _left_words(left: Sequence[WorkstreamTold]) -> str:
    troubled = [each.name for each in left if each.rating in OFF_TRACK]
    words = f"{counted(len(left), 'more workstream')} {'is' if len(left) == 1 else 'are'} in {FULL_PACK}"
    calm = f"{words}: none of them is off track or silent." if not troubled else f"{words}."
    return calm if not troubled or len(troubled) > MOST_OFF_TRACK else f"{words}, among them {listed(troubled)}."


def second_page(facts: BoardFacts, _edition: Edition) -> Iterator[Section]:
    """What is off track, milestones, risks."""
    found = [_shortened(each) for each in off_track(facts) if each.rating is not Rag.NOT_REPORTED]
    if found:
        table_ = exception_table(facts, found[:MOST_OFF_TRACK], inside=False)
        blocks: list[Block] = [table_, *_more(len(found) - MOST_OFF_TRACK, "workstream")]
    else:
        blocks = [Text("Every workstream that gave a rating is on track.")]
    yield Section("exceptions", "Off track and at risk", tuple(blocks))
    yield Section("milestones", "Milestones", tuple(_milestones(facts)), is_new_page=False)
    if facts.risks:
        rows = risk_rows(facts, MOST_RISKS)
        more = _more(len(facts.risks) - MOST_RISKS, "risk")
        yield Section("risks", "Highest risks", (Table(RISK_COLUMNS, rows), *more), is_new_page=False)


def _shortened(each: WorkstreamTold) -> WorkstreamTold:
    """The same with its reason cut at a word, so that one long answer does not push the others out."""
    reason = each.rating_reason
    if len(reason) > LONGEST:
        reason = f"{reason[:LONGEST].rsplit(' ', 1)[0]}…"
    return replace(each, rating_reason=reason)


def _milestones(facts: BoardFacts) -> Iterator[Block]:
    yield Text(f"{plan.sentence(facts)} {since_words(facts) if not facts.since.report else ''}".strip())
    done = plan.completed(facts)
    if done:
        yield Heading("Completed")
        yield Bullets(tuple(f"{m.title} ({facts.name_of(m.workstream)})" for m in done[:MOST_MILESTONES]))
        yield from _more(len(done) - MOST_MILESTONES, "milestone")
    late = plan.overdue(facts)
    slipped = [m for m in plan.slipped(facts) if m not in late]
    troubled = (late + slipped)[:MOST_MILESTONES]
    if troubled:
        yield Heading("Overdue or slipped")
        yield _short_table(facts, troubled)
        yield from _more(len(late) + len(slipped) - len(troubled), "milestone")
    coming = plan.due_next(facts)
    if coming:
        yield Heading("Due next")
        yield _short_table(facts, coming[:MOST_MILESTONES])
        yield from _more(len(coming) - MOST_MILESTONES, "milestone")


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
