"""How to read the report: what ratings mean, the rules behind them, dates, and who did not report. Pure."""

from collections.abc import Iterator

from programme.dates import day_words
from programme.wording import counted
from reporting.board_blocks import Block, Bullets, Cell, Column, Heading, Section, Table, Text
from reporting.board_facts import BoardFacts
from reporting.board_parts.summary import since_words, updates_words
from reporting.board_parts.wording import more_words
from reporting.editions import Edition
from workstreams.rag import Thresholds

MOST_POINTS = 20  # of what stood against reporting

RATINGS = (
    "Each workstream lead gives one rating a month, with a reason. A rating is always printed as a word and a shape, "
    "so it can be read without colour."
)
RULES = (
    "Beside the lead’s rating stands what rules make of the plan, the asks and the registers. They never replace it. "
    "What nobody has recorded makes no rating better."
)
DATES = (
    "Dates are printed as they were agreed. “Summer 2026” means any day from 1 June to 31 August 2026.",
    "Spring is March to May, summer June to August, autumn September to November, and winter December to February.",
    "A milestone is overdue only after the last day its words allow.",
    "“Said to be done” means that an update says so and nobody has confirmed it yet.",
    "“Moved” compares a date with the first one that was agreed.",
)


def appendix(facts: BoardFacts, edition: Edition) -> Iterator[Section]:
    """Definitions, thresholds, who did not report, and where the record comes from."""
    blocks: list[Block] = [Heading("Ratings"), Text(RATINGS)]
    if facts.definitions:
        columns = (Column("Rating", 24), Column("In strips", 12), Column("Meaning", 64))
        rows = tuple(
            (Cell(rating=each.rating), Cell(each.rating.letter), Cell(each.text)) for each in facts.definitions
        )
        blocks.append(Table(columns, rows))
    if edition is Edition.FULL:
        blocks += [
            Heading("What the rules say"),
            Text(RULES),
            Bullets(tuple(rules(facts.rules))),
        ]
    blocks += [Heading("Dates"), Bullets(DATES), Heading("Not reported"), Text(updates_words(facts))]
    blocks += _readiness(facts, edition)
    policy, period = facts.policy, facts.period
    made = f"The report was made from a frozen record of {period.label}, as at {facts.as_at_label}."
    days = f"Updates were due by {day_words(period.due_on)} and the month closed on {day_words(period.closes_on)}."
    small = f"Counts of people below {policy.smallest_shown} are printed as “{policy.shown_as}”"
    record = [
        f"{made} {days}",
        since_words(facts),
        f"{small} (small-number rule, version {policy.version}).",
        f"Record version {facts.schema}, layout version {facts.template}. The same record always gives the same file.",
    ]
    blocks += [Heading("This record"), Bullets(tuple(record))]
    yield Section("reading", "How to read this report", tuple(blocks), is_new_page=False)


def _readiness(facts: BoardFacts, edition: Edition) -> list[Block]:
    """What stood against reporting, and what the office decided."""
    told = facts.readiness
    if edition is not Edition.FULL or not told.sentence:
        return []
    blocks: list[Block] = [Heading("Was the month ready?"), Text(told.sentence)]
    if told.points:
        blocks.append(Bullets(tuple(point.text for point in told.points[:MOST_POINTS])))
        more = more_words(len(told.points) - MOST_POINTS, "point", where="the tracker, on the report’s own page")
        blocks += [Text(more, "quiet")] if more else []
    return [*blocks, Text(told.decision)] if told.decision else blocks


def rules(limits: Thresholds) -> Iterator[str]:
    """The thresholds in words, Red before Amber."""
    ask = counted(limits.red_ask_working_days, "working day")
    late = f"Red: a milestone {_past(limits.red_overdue_days)} its latest possible day"
    yield f"{late}; a critical one {_past(limits.red_critical_overdue_days)} it."
    yield f"Red: a critical milestone forecast {_after(limits.red_critical_slip_days)} its baseline."
    yield f"Red: a blocking ask without an answer more than {ask} after the day it was wanted by."
    late = f"Amber: a milestone {_past(limits.amber_overdue_days)} its latest day"
    yield f"{late}, or forecast {_after(limits.amber_slip_days)} its baseline."
    moved = f"Amber: a milestone moved {counted(limits.amber_moves, 'time')} or more; an open issue rated high"
    yield f"{moved}; a risk that scores {limits.amber_risk_score} or more without a current action."
    yield "Green: none of these. Complete and Not reported are shown instead of a colour."


def _past(days: int) -> str:
    return f"more than {counted(days, 'day')} past" if days else "past"


def _after(days: int) -> str:
    return f"more than {counted(days, 'day')} after" if days else "after"
