"""Lines that head others: sections, labels, leads, updates, years, dates, phases and gates."""

import re
from typing import Final

from programme.dates import Precision
from workstreams.narrative import beginnings, names, paragraphs, wording
from workstreams.narrative.drafts import Draft, DraftGate, DraftHeading, DraftUpdate
from workstreams.narrative.lines import Line, LineKind
from workstreams.narrative.model import Item, Phase
from workstreams.narrative.walk import Mode, Walk

_MODE_OF_LABEL: Final = {
    wording.MILESTONES: Mode.PLAN,
    wording.OBJECTIVES: Mode.OBJECTIVES,
    wording.UPDATES: Mode.UPDATES,
    wording.LEADS: Mode.LEADS,
    wording.DESCRIPTION: Mode.DESCRIPTION,
}


def skip(_walk: Walk, _line: Line, index: int) -> int:
    """A blank line says nothing."""
    return index + 1


def rule(walk: Walk, line: Line, index: int) -> int:
    """A ruled line is claimed and says nothing."""
    walk.place("rule", line.number)
    return index + 1


def section(walk: Walk, line: Line, index: int) -> int:
    """A heading that says which workstreams follow."""
    walk.section = line.value
    walk.current, walk.mode, walk.pending = None, Mode.NONE, []
    walk.place("section heading", line.number)
    return index + 1


def label(walk: Walk, line: Line, index: int) -> int:
    """A label says what the lines below it are."""
    if walk.current is None and not (walk.has_signal or walk.found.rows):
        return index + 1
    if line.value == wording.LINKS:
        walk.mode = Mode.LINKS
        return index + 1
    if walk.current is None and line.value in {wording.OBJECTIVES, wording.UPDATES}:
        walk.start(line)
    walk.mode = _MODE_OF_LABEL[line.value]
    walk.place("label", line.number)
    return index + 1


def lead(walk: Walk, line: Line, index: int) -> int:
    """Somebody leads: this workstream, or a new one that the line begins."""
    if walk.current is None and not beginnings.lead_counts(walk, line, index):
        return paragraphs.text(walk, line, index)
    draft = walk.draft(line)
    draft.leads.extend(names.leads_from(line.value, line.number))
    walk.place("lead", line.number)
    walk.mode = Mode.DESCRIPTION
    return index + 1


def update(walk: Walk, line: Line, index: int) -> int:
    """An update's heading, perhaps with its first item on the same line."""
    draft = walk.draft(line)
    _open_update(walk, draft, line, line.month, line.year)
    if line.rest:
        draft.updates[-1].items.append(Item(line.rest, (line.number,)))
    return index + 1


def _open_update(walk: Walk, draft: Draft, line: Line, month: int, year: int | None) -> None:
    ruling = year if year is not None else walk.year
    draft.updates.append(DraftUpdate(line.text, line.number, month, ruling, line.doubtful_month))
    walk.mode = Mode.UPDATES
    walk.place("update heading", line.number)


def year(walk: Walk, line: Line, index: int) -> int:
    """A bare year rules what follows, unless items stand right below it: then it is their date."""
    if walk.current is None:
        return paragraphs.text(walk, line, index)
    following = walk.page.kind_after(index + 1, 0)
    if following in {LineKind.BULLET, LineKind.TEXT} and walk.mode in {Mode.PLAN, Mode.AFTER_PLAN}:
        return dated(walk, line, index)
    walk.year = line.year
    walk.place("year", line.number)
    return index + 1


def dated(walk: Walk, line: Line, index: int) -> int:
    """A date that heads items of a plan, or an update where months head updates."""
    if walk.current is None and not (walk.mode is Mode.PLAN or walk.found.rows):
        return paragraphs.text(walk, line, index)
    draft = walk.draft(line)
    if (walk.mode is Mode.UPDATES or walk.months_are_updates) and _is_month(line):
        return _month_of_updates(walk, draft, line, index)
    draft.headings.append(DraftHeading(line.text, line.number, line.date, walk.phase, walk.year))
    walk.mode = Mode.PLAN
    walk.place("date heading", line.number)
    return _plain_item(walk, draft, index + 1)


def _is_month(line: Line) -> bool:
    stated = line.date
    return stated is not None and (stated.precision is Precision.MONTH or not stated.has_window)


def _month_of_updates(walk: Walk, draft: Draft, line: Line, index: int) -> int:
    """Below the label 'Updates' a month alone heads an update."""
    word = re.match(r"[^\W\d_]+", line.text)
    month = wording.month_number(word.group()) if word else None
    if month is None:
        return index + 1
    stated = line.date.start.year if line.date and line.date.start else None
    _open_update(walk, draft, line, month, stated)
    return index + 1


def _plain_item(walk: Walk, draft: Draft, index: int) -> int:
    """A plain paragraph right below a date heading is one item, wrapped lines joined."""
    index = walk.page.text_from(index)
    if index >= len(walk.lines) or walk.lines[index].kind is not LineKind.TEXT:
        return index
    item, after = walk.page.paragraph(index)
    walk.found.paragraphs.append(item)
    draft.headings[-1].items.append(item)
    walk.place("milestone", *item.lines)
    return after


def phase(walk: Walk, line: Line, index: int) -> int:
    """A phase of a plan; it can hold items itself."""
    if walk.current is None:
        return paragraphs.text(walk, line, index)
    walk.phase = line.text.rstrip(":")
    walk.current.phases.append(Phase(walk.phase, line.number, line.date))
    walk.current.headings.append(DraftHeading(walk.phase, line.number, line.date, walk.phase, walk.year))
    walk.mode = Mode.PLAN
    walk.place("phase heading", line.number)
    return index + 1


def gate(walk: Walk, line: Line, index: int) -> int:
    """A gate with the lines its title runs over."""
    draft = walk.draft(line)
    title, numbers, after = line.rest, [line.number], index + 1
    most_lines = 5
    wrapped = {LineKind.TEXT, LineKind.PHASE}
    while after < len(walk.lines) and walk.lines[after].kind in wrapped and len(numbers) < most_lines:
        title = f"{title} {walk.lines[after].text}".strip()
        numbers.append(walk.lines[after].number)
        after += 1
    if title.endswith(line.value) and title[-len(line.value) - 1 : -len(line.value)].isalpha():
        title = title[: -len(line.value)]
    draft.gates.append(DraftGate(line.value, title, numbers))
    walk.mode = Mode.AFTER_PLAN
    walk.place("gate", *numbers)
    return after
