"""Risks and issues, decisions, what was heard, and corrections since the last report. Pure."""

from collections.abc import Iterator

from programme.dates import day_words
from programme.wording import counted
from reporting.board_blocks import Block, Bullets, Cell, Column, Heading, Section, Table, Text
from reporting.board_facts import BoardFacts
from reporting.board_parts.wording import MOST_ROWS, by_words, capped, ended, missing, more_words
from reporting.editions import Edition
from workstreams.reported import RiskTold, VoiceTold

HIGH = 15
RISK_COLUMNS = (Column("Risk", 36), Column("Workstream", 20), Column("Score", 18), Column("Owner and action", 26))


def risk_rows(facts: BoardFacts, most: int = MOST_ROWS) -> tuple[tuple[Cell, ...], ...]:
    """Risks, the highest score first, each with the action against it."""
    return tuple(
        (Cell(risk.text), Cell(facts.name_of(risk.workstream)), _score(risk), _owner(risk))
        for risk in capped(facts.risks, most)
    )


def _score(risk: RiskTold) -> Cell:
    words = f"Likelihood {risk.likelihood.partition(':')[0]}, impact {risk.impact.partition(':')[0]}"
    return Cell(f"{risk.score} of 25", words, is_strong=risk.score >= HIGH)


def _owner(risk: RiskTold) -> Cell:
    action = f"{ended(risk.action)} {ended(by_words(risk.action_by))}".strip() if risk.action else "No current action."
    return Cell(risk.owner, action) if risk.owner else Cell(quiet=f"No owner is named. {action}")


def risks(facts: BoardFacts, _edition: Edition) -> Iterator[Section]:
    """Open risks and issues."""
    high = sum(risk.score >= HIGH for risk in facts.risks)
    blocks: list[Block] = [Text(_sentence(len(facts.risks), high, len(facts.issues)), "lead"), Heading("Risks")]
    blocks += [Table(RISK_COLUMNS, risk_rows(facts))] if facts.risks else [Text("No risk is open.")]
    if len(facts.risks) > MOST_ROWS:
        blocks.append(Text(more_words(len(facts.risks) - MOST_ROWS, "risk"), "quiet"))
    blocks.append(Heading("Issues"))
    if facts.issues:
        columns = (Column("Issue", 44), Column("Workstream", 22), Column("Severity", 12), Column("Owner", 22))
        rows = tuple(
            (
                Cell(issue.text, f"Since {day_words(issue.raised_on)}"),
                Cell(facts.name_of(issue.workstream)),
                Cell(issue.severity, is_strong=issue.severity == "High"),
                missing(issue.owner, "No owner is named"),
            )
            for issue in capped(facts.issues)
        )
        blocks.append(Table(columns, rows))
        if len(facts.issues) > MOST_ROWS:
            blocks.append(Text(more_words(len(facts.issues) - MOST_ROWS, "issue"), "quiet"))
    else:
        blocks.append(Text("No issue is open."))
    yield Section("risks", "Risks and issues", tuple(blocks), is_new_page=False)


def _sentence(risks_open: int, high: int, issues_open: int) -> str:
    if not risks_open and not issues_open:
        return "No risk and no issue is open in the registers."
    now = f"{counted(risks_open, 'risk')} and {counted(issues_open, 'issue')} are open."
    return (
        f"{now} {counted(high, 'risk') if high else 'None'} {'score' if high > 1 else 'scores'} {HIGH} or more of 25."
    )


def decisions(facts: BoardFacts, _edition: Edition) -> Iterator[Section]:
    """What was decided and answered since the last report. Nothing where there is none."""
    answered = [ask for ask in facts.asks if ask.answer]
    if not facts.decisions and not answered:
        return
    blocks: list[Block] = []
    if facts.decisions:
        columns = (Column("Decision", 46), Column("About", 22), Column("By", 32))
        rows = tuple(
            (Cell(each.text), Cell(facts.name_of(each.workstream)), Cell(each.decided_by, day_words(each.on)))
            for each in capped(facts.decisions)
        )
        blocks.append(Table(columns, rows))
    if answered:
        columns = (Column("Ask", 46), Column("Workstream", 22), Column("Answer", 32))
        rows = tuple(
            (Cell(ask.text), Cell(facts.name_of(ask.workstream)), Cell(ask.answer)) for ask in capped(answered)
        )
        blocks += [Heading("Asks that were answered"), Table(columns, rows)]
    yield Section("decisions", f"Decisions since {day_words(facts.since.day)}", tuple(blocks), is_new_page=False)


def voices(facts: BoardFacts, edition: Edition) -> Iterator[Section]:
    """What young people, families and others said, and what became of it. Outside the trust only the counts."""
    told = facts.voices
    if not told.audiences and not told.voices:
        return
    blocks: list[Block] = [Text(told.sentence or "Nothing has been recorded yet.", "lead")]
    columns = (Column("Who", 40), Column("Times heard", 25), Column("People who took part", 35))
    rows = tuple((Cell(who), Cell(str(count)), Cell(people)) for who, count, people in told.audiences)
    small = f"A number from 1 to {facts.policy.smallest_shown - 1} is printed as “{facts.policy.shown_as}”"
    blocks += [Table(columns, rows), Text(f"{small}, so that it points at nobody.", "quiet")]
    if edition is Edition.FULL and told.voices:
        heard = (Column("What was said", 40), Column("Who, and when", 24), Column("What became of it", 36))
        lines = tuple(
            (
                Cell(voice.said, facts.name_of(voice.workstream)),
                Cell(f"{voice.audience}, {voice.heard}", voice.level),
                Cell(_became(voice), voice.waiting, is_strong=voice.is_overdue),
            )
            for voice in capped(told.voices)
        )
        blocks += [Heading("What was said"), Table(heard, lines)]
        if len(told.voices) > MOST_ROWS:
            blocks.append(Text(more_words(len(told.voices) - MOST_ROWS, "thing heard", "things heard"), "quiet"))
    yield Section("voices", "What we heard", tuple(blocks), is_new_page=False)


def _became(voice: VoiceTold) -> str:
    """As 'Decided: texting joins the line in spring.'."""
    return f"{voice.state}: {ended(voice.answer)}" if voice.answer else voice.state


def corrections(facts: BoardFacts, _edition: Edition) -> Iterator[Section]:
    """What earlier reports said and no longer holds."""
    blocks: list[Block] = [Text("No update of an earlier month was corrected since the last report.")]
    if facts.corrections:
        points = (
            f"{facts.name_of(each.workstream)}, update for {each.month}, {day_words(each.on)}: {ended(each.reason)}"
            for each in capped(facts.corrections)
        )
        blocks = [Bullets(tuple(points))]
        if len(facts.corrections) > MOST_ROWS:
            blocks.append(Text(more_words(len(facts.corrections) - MOST_ROWS, "correction"), "quiet"))
    yield Section("corrections", "Corrections since the last report", tuple(blocks), is_new_page=False)
