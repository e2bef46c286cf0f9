"""The report as a workbook: every row of the record on sheets, with numbers as numbers and days as days."""

from collections.abc import Callable, Iterator
from typing import Final

from programme.tables import Cell, Sheet, written
from reporting.board import SectionFailedError
from reporting.board_blocks import Board
from reporting.board_facts import BoardFacts
from reporting.editions import Edition
from workstreams.money import Amounts, has_ended, variance, year_words

Rows = Iterator[tuple[Cell, ...]]


def workbook(board: Board, facts: BoardFacts, edition: Edition) -> bytes:
    """Write the sheets. Raises SectionFailedError, which names the sheet that could not be made."""
    sheets = [Sheet("About", ("What", "Value"), list(_about(board, facts)), (28, 90))]
    for name, columns, widths, rows in _SHEETS:
        if edition is Edition.COMMISSIONER and name in _INSIDE:
            continue
        try:
            made = [tuple(row) for row in rows(facts)]
        except Exception as error:
            raise SectionFailedError(name, f"{type(error).__name__}: {error}") from error
        sheets.append(Sheet(name, columns, made, widths))
    return written(sheets)


def _about(board: Board, facts: BoardFacts) -> Rows:
    yield "Report", f"{board.title}, {board.subtitle}"
    yield "Programme", board.programme
    yield from board.facts
    yield "In a sentence", board.sentence
    for rating, count in facts.summary.counts:
        yield f"Workstreams rated {rating.word}", count
    yield "Updates in", facts.summary.updates_in
    yield "Updates expected", facts.summary.updates_expected
    yield "Compared with", facts.since.report or "No earlier report"
    yield "Compared with the day", facts.since.day
    yield "Note", f"{board.note}."
    yield "Small numbers", f"Counts below {facts.policy.smallest_shown} are written as “{facts.policy.shown_as}”."


def _ratings(facts: BoardFacts) -> Rows:
    for each in facts.workstreams:
        before = each.previous_rating.word if each.previous_rating else "Not known"
        path = each.path
        yield (
            each.name, each.parent, each.status, ", ".join(each.leads), each.rating.word, before, each.change,
            each.rating_reason, path.action, path.by,
        )  # fmt: skip


def _opinions(facts: BoardFacts) -> Rows:
    for each in facts.workstreams:
        derived = each.derived.word if each.derived else "Not known"
        assured = each.assured.word if each.assured else "No second opinion"
        why = "; ".join(each.derived_why)
        yield each.name, each.rating.word, derived, why, assured, each.assured_why, each.path.owner


def _months(facts: BoardFacts) -> Rows:
    for each in facts.workstreams:
        for month in each.strip:
            yield each.name, month.label, month.rating.word


def _changes(facts: BoardFacts) -> Rows:
    for each in facts.changes:
        yield each.heading, facts.name_of(each.workstream), each.text


def _milestones(facts: BoardFacts) -> Rows:
    for m in facts.milestones:
        yield (
            m.title, facts.name_of(m.workstream), "Yes" if m.is_critical else "No", m.when or "No date", m.start, m.end,
            m.state_words, m.moves, m.slip_days, m.movement,
        )  # fmt: skip


def _updates(facts: BoardFacts) -> Rows:
    return _said(facts, lambda key: key != "risks")


def _help(facts: BoardFacts) -> Rows:
    return _said(facts, lambda key: key == "risks")


def _said(facts: BoardFacts, wanted: Callable[[str], bool]) -> Rows:
    for each in facts.workstreams:
        for part in each.update.sections if each.update else ():
            if wanted(part.key):
                for item in part.items:
                    yield each.name, each.update.label if each.update else "", part.title, item


def _objectives(facts: BoardFacts) -> Rows:
    for each in facts.workstreams:
        for objective in each.objectives:
            yield each.name, objective.number, objective.text, "Yes" if objective.priority else "No"


def _asks(facts: BoardFacts) -> Rows:
    for ask in facts.asks:
        blocking = "Yes" if ask.is_blocking else "No"
        yield (
            ask.text,
            facts.name_of(ask.workstream),
            blocking,
            ask.wanted_by,
            ask.age_words,
            ask.answer or "No answer yet",
        )


def _decisions(facts: BoardFacts) -> Rows:
    for each in facts.decisions:
        yield each.text, facts.name_of(each.workstream), each.decided_by, each.on


def _risks(facts: BoardFacts) -> Rows:
    for risk in facts.risks:
        where = facts.name_of(risk.workstream)
        yield risk.text, where, risk.score, risk.likelihood, risk.impact, risk.owner, risk.action, risk.action_by


def _issues(facts: BoardFacts) -> Rows:
    for issue in facts.issues:
        yield issue.text, facts.name_of(issue.workstream), issue.severity, issue.owner, issue.raised_on


def _gates(facts: BoardFacts) -> Rows:
    for gate in facts.gates.gates:
        where = facts.name_of(gate.workstream)
        who = gate.decided_by or gate.to_decide
        yield gate.name, where, gate.when, gate.state_words, who, len(gate.conditions), gate.movement


def _money(facts: BoardFacts) -> Rows:
    for line in facts.money:
        outcome = variance(Amounts(line.budget, line.forecast, line.actual), ended=has_ended(line.year, facts.day))
        kind = "Recurrent" if line.recurrent else "One year only"
        yield (
            facts.name_of(line.workstream), line.source, year_words(line.year), kind, line.budget, line.forecast,
            line.actual, outcome.pounds_over, outcome.words,
        )  # fmt: skip


def _heard(facts: BoardFacts) -> Rows:
    for v in facts.voices.voices:
        yield (
            v.said,
            facts.name_of(v.workstream),
            v.audience,
            v.how,
            v.level,
            v.heard,
            v.took_part,
            v.state,
            v.waiting,
            v.answer,
        )


def _audiences(facts: BoardFacts) -> Rows:
    yield from facts.voices.audiences


def _corrections(facts: BoardFacts) -> Rows:
    for each in facts.corrections:
        yield facts.name_of(each.workstream), each.month, each.reason, each.on


def _gaps(facts: BoardFacts) -> Rows:
    for gap in facts.gaps.gaps:
        yield gap.title, gap.place, "Answered" if gap.is_answered else "Nothing fills it"


def _accepted(facts: BoardFacts) -> Rows:
    for each in facts.gaps.recommendations:
        yield each.text, each.place, each.state, each.owner, each.wanted_by, "; ".join(each.milestones)


def _maturity(facts: BoardFacts) -> Rows:
    for review in facts.maturity.reviews:
        audience = f"{review.audience}{' Example: the levels are invented.' if review.is_example else ''}"
        for each in review.domains:
            yield (
                review.title,
                review.place,
                review.period,
                each.name,
                each.middle,
                each.sentence,
                each.change,
                audience,
            )


def _advice(facts: BoardFacts) -> Rows:
    for review in facts.maturity.reviews:
        for each in review.advice:
            yield review.title, each.domain, each.text, each.state


def _definitions(facts: BoardFacts) -> Rows:
    for each in facts.definitions:
        yield each.rating.word, each.text


# Sheets that only an edition for the trust itself has.
_INSIDE: Final = frozenset(
    {"Opinions", "Help needed", "Asks", "Decisions", "Risks", "Issues", "Heard", "Gaps", "Accepted", "Maturity advice"}
)
_SHEETS: Final = (
    (
        "Ratings",
        ("Workstream", "Part of", "Status", "Leads", "Rating", "Month before", "Change", "Reason", "Path to Green",
         "By"),
        (36, 24, 14, 24, 14, 14, 12, 60, 50, 18),
        _ratings,
    ),
    (
        "Opinions",
        ("Workstream", "Lead says", "Rules say", "Rules: why", "Reviewer says", "Reviewer: why", "Owner of the path"),
        (36, 14, 14, 60, 18, 60, 24),
        _opinions,
    ),
    ("Months", ("Workstream", "Month", "Rating"), (36, 18, 14), _months),
    ("Changes", ("What", "Workstream", "Change"), (22, 36, 80), _changes),
    (
        "Milestones",
        ("Milestone", "Workstream", "Critical", "When", "First day", "Last day", "How it stands", "Times moved",
         "Days later than planned", "Movement"),
        (50, 36, 10, 24, 18, 18, 22, 12, 14, 50),
        _milestones,
    ),
    (
        "Gates",
        ("Gate", "About", "When", "How it stands", "Who decides", "Open conditions", "Movement"),
        (40, 36, 24, 28, 30, 16, 50),
        _gates,
    ),
    ("Updates", ("Workstream", "Month", "Section", "What was said"), (36, 18, 22, 90), _updates),
    ("Help needed", ("Workstream", "Month", "Section", "What was said"), (36, 18, 22, 90), _help),
    ("Objectives", ("Workstream", "Number", "Objective", "Priority"), (36, 10, 90, 10), _objectives),
    ("Asks", ("Ask", "Workstream", "Blocking", "Wanted by", "How long", "Answer"), (60, 36, 10, 18, 36, 40), _asks),
    ("Decisions", ("Decision", "About", "Decided by", "On"), (70, 36, 28, 18), _decisions),
    (
        "Risks",
        ("Risk", "Workstream", "Score", "Likelihood", "Impact", "Owner", "Action", "Action by"),
        (60, 36, 8, 18, 18, 24, 50, 18),
        _risks,
    ),
    ("Issues", ("Issue", "Workstream", "Severity", "Owner", "Raised on"), (60, 36, 12, 24, 18), _issues),
    (
        "Money",
        ("Workstream", "Source", "Year", "Kind", "Budget", "Forecast", "Spent", "Pounds over", "Outcome"),
        (36, 30, 16, 16, 14, 14, 14, 14, 36),
        _money,
    ),
    ("Who was heard", ("Who", "Times heard", "People who took part"), (30, 14, 24), _audiences),
    (
        "Heard",
        ("What was said", "Workstream", "Who", "How", "Level", "When", "People", "State", "Waiting", "What was done"),
        (60, 36, 20, 22, 14, 20, 16, 18, 28, 60),
        _heard,
    ),
    ("Gaps", ("Accepted gap", "Place", "Answer"), (60, 30, 20), _gaps),
    (
        "Accepted",
        ("Recommendation", "Place", "How it stands", "Owner", "Wanted by", "What will show it"),
        (60, 30, 24, 24, 18, 60),
        _accepted,
    ),
    (
        "Maturity",
        ("Review", "Place", "When", "Domain", "In the middle", "How many elements stand where",
         "Since the review before", "Who may read it"),
        (36, 30, 20, 36, 30, 50, 36, 50),
        _maturity,
    ),
    ("Maturity advice", ("Review", "Domain", "Recommendation", "How it stands"), (36, 36, 70, 24), _advice),
    ("Corrections", ("Workstream", "Month", "Reason", "On"), (36, 18, 70, 18), _corrections),
    ("Definitions", ("Rating", "Meaning"), (16, 90), _definitions),
)  # fmt: skip
