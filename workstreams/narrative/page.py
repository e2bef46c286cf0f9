"""Puts a page together: drafts meet their rows of the table, get names, years and windows, and all is counted."""

from dataclasses import replace
from datetime import date
from typing import Final

from workstreams.narrative import names, wording
from workstreams.narrative.drafts import Draft
from workstreams.narrative.gates import date_gates
from workstreams.narrative.lines import Line, LineKind, split_lines
from workstreams.narrative.model import (
    Item,
    Milestone,
    ParsedPage,
    SourceLine,
    Update,
    Warning,  # noqa: A004 - the word the published form uses
    Workstream,
)
from workstreams.narrative.plans import closures_of, milestones_of
from workstreams.narrative.reader import read
from workstreams.narrative.tables import DESCRIPTION, LEAD, NAME, STATUS, Row
from workstreams.narrative.updates import settle_months
from workstreams.narrative.walk import Gathered

PLACEHOLDER: Final = "Untitled workstream"
_ENOUGH: Final = 4  # the score from which prose belongs to a row of the table
_PRECEDENCE: Final = ("current", "ongoing", "paused", "planned", "completed")


def parse(text: str, name: str | None = None, reference: date | None = None) -> ParsedPage:
    """Read a programme page.

    `name` names the workstream of a page that has one and no title. `reference` is the day the page was taken; it
    settles years only where nothing on the page does, and marks them ambiguous. Never raises for any text. A page
    that is no programme page gives no workstreams and all its lines as unused. Takes time in proportion to the text;
    how long one may be is for the caller to say (`workstreams.documents`: 20,000 lines and 2 MB of text).
    """
    lines = split_lines(text)
    found = read(lines)
    drafts = _with_rows(found)
    warnings: list[Warning] = []
    named = _named(drafts, name, text)
    workstreams = tuple(_workstream(draft, found, reference, warnings) for draft in named)
    placed = found.placed if workstreams else {}
    unused = tuple(_unused(lines, placed))
    return ParsedPage(workstreams, unused, tuple(sorted(warnings, key=lambda w: w.line)), placed)


def _unused(lines: list[Line], placed: dict[int, str]) -> list[SourceLine]:
    return [
        SourceLine(line.number, line.text)
        for line in lines
        if line.kind is not LineKind.BLANK and line.number not in placed
    ]


# Rows and drafts


def _with_rows(found: Gathered) -> list[Draft]:
    """Table rows first, each joined by the prose that fits it best, then the prose no row claims."""
    rows = [_from_row(row, section) for row, section in found.rows]
    kept = [draft for draft in found.drafts if _says_something(draft)]
    pairs = sorted(
        (
            (score, -at, -place)
            for at, row in enumerate(rows)
            for place, draft in enumerate(kept)
            if (score := _score(row, draft)) >= _ENOUGH
        ),
        reverse=True,
    )
    claimed: dict[int, int] = {}
    for _, at, place in pairs:
        if -at not in claimed.values() and -place not in claimed:
            claimed[-place] = -at
    for place, at in claimed.items():
        _join(rows[at], kept[place])
    rest = [draft for place, draft in enumerate(kept) if place not in claimed]
    return _merged([*rows, *rest])


def _says_something(draft: Draft) -> bool:
    return bool(draft.leads or draft.description or draft.objectives or draft.has_body)


def _from_row(row: Row, section: str) -> Draft:
    name = row.cells[NAME]
    draft = Draft(name.line, name.text, "the table", [section] if section else [], from_table=True)
    status = wording.status_word(row.text(STATUS))
    if not section and status:
        draft.sections.append(status)
    if row.text(LEAD):
        draft.leads.extend(names.leads_from(row.text(LEAD), row.cells[LEAD].line))
    if row.text(DESCRIPTION):
        draft.description.append(Item(row.text(DESCRIPTION), (row.cells[DESCRIPTION].line,)))
    return draft


def _score(row: Draft, draft: Draft) -> int:
    if draft.title:
        same = names.key(draft.title) == names.key(row.title)
        return 100 if same else names.match_score(row.title, draft.title, "")
    opening = draft.description[0].text if draft.description else ""
    first_sentence = opening.split(". ", 1)[0]
    return names.match_score(row.title, names.subject_of(opening) or first_sentence, draft.words())


def _join(row: Draft, draft: Draft) -> None:
    """The prose's content under the table's name; sections of both kept in order."""
    row.sections.extend(section for section in draft.sections if section not in row.sections)
    row.leads.extend(lead for lead in draft.leads if lead.name not in {known.name for known in row.leads})
    row.description.extend(draft.description)
    row.objectives.extend(draft.objectives)
    row.updates.extend(draft.updates)
    row.headings.extend(draft.headings)
    row.phases.extend(draft.phases)
    row.gates.extend(draft.gates)
    row.links.extend(draft.links)


def _merged(drafts: list[Draft]) -> list[Draft]:
    """A workstream told of twice under one title is one."""
    merged: dict[tuple[str, ...], Draft] = {}
    kept = []
    for draft in drafts:
        key = names.key(draft.title)
        if key and key in merged:
            _join(merged[key], draft)
            continue
        if key:
            merged[key] = draft
        kept.append(draft)
    return kept


# Names


def _named(drafts: list[Draft], name: str | None, page: str) -> list[Draft]:
    """Every draft with a title: its own, the caller's for a lone one, one from its words, or a neutral one."""
    lone = len(drafts) == 1
    untitled = 0
    taken: set[tuple[str, ...]] = {names.key(draft.title) for draft in drafts if draft.title}
    named = []
    for draft in drafts:
        if draft.title:
            named.append(draft)
            continue
        title, basis = _name_of(draft, name if lone else None, page)
        if not title or names.key(title) in taken:
            untitled += 1
            title, basis = (PLACEHOLDER if lone else f"{PLACEHOLDER} {untitled}"), "the page gives it no name"
        taken.add(names.key(title))
        named.append(replace(draft, title=title, title_basis=basis))
    return named


def _name_of(draft: Draft, given: str | None, page: str) -> tuple[str, str]:
    if given:
        return given, "given with the page"
    prose = [item.text for item in draft.description if not item.text.startswith("\u2022")]
    found = names.name_from_text(prose, draft.links, page)
    return found or ("", "")


# Workstreams


def _workstream(draft: Draft, found: Gathered, reference: date | None, warnings: list[Warning]) -> Workstream:
    updates = settle_months(draft.updates, reference)
    milestones = milestones_of(draft.headings)
    gates = date_gates(draft.gates, found.axis, found.paragraphs)
    closures = closures_of(draft.description, milestones)
    status = _status(draft.sections)
    _warn(draft, updates, milestones, warnings)
    return Workstream(
        name=draft.title,
        name_basis=draft.title_basis,
        line=draft.line,
        leads=tuple(draft.leads),
        description=tuple(draft.description),
        sections=tuple(draft.sections),
        status=status,
        objectives=tuple(draft.objectives),
        updates=updates,
        milestones=milestones,
        gates=gates,
        phases=tuple(draft.phases),
        closures=closures,
    )


def _status(sections: list[str]) -> str:
    """One word where a page says several: work anyone still calls current is current."""
    return next((status for status in _PRECEDENCE if status in sections), "current")


def _warn(
    draft: Draft, updates: tuple[Update, ...], milestones: tuple[Milestone, ...], warnings: list[Warning]
) -> None:
    if "current" in draft.sections and "completed" in draft.sections:
        warnings.append(Warning(draft.line, f"“{draft.title}” stands among the current and the completed workstreams."))
    warnings.extend(
        Warning(update.line, f"The month of “{update.heading}” needs a person: {update.clue}.")
        for update in updates
        if update.ambiguous
    )
    seen: set[int | None] = set()
    for milestone in milestones:
        if milestone.date.ambiguous and milestone.heading_line not in seen:
            seen.add(milestone.heading_line)
            reading = milestone.date.display()
            warnings.append(
                Warning(milestone.line, f"“{milestone.date.text}” was read as {reading}: {milestone.date.basis}.")
            )
