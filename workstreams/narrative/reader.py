"""Walks down a page and gathers workstreams; decides where one ends and the next begins.

A new workstream begins at a title or sentence that says so. A title does when a lead, a label or prose follows it;
prose does after a plan or an update list when it introduces a subject, or when a plan of its own follows.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from programme.dates import FuzzyDate, Precision
from workstreams.narrative import names, wording
from workstreams.narrative.drafts import Draft, DraftGate, DraftHeading, DraftUpdate
from workstreams.narrative.gates import axis_of
from workstreams.narrative.lines import Line, LineKind, whole_date
from workstreams.narrative.model import Item, Phase
from workstreams.narrative.outlook import SIGNALS, TITLE_LENGTH, Outlook
from workstreams.narrative.tables import PlanTable, Row, read_plan_table, read_table


class Mode(Enum):
    """What the lines being read belong to."""

    NONE = auto()
    DESCRIPTION = auto()
    OBJECTIVES = auto()
    UPDATES = auto()
    PLAN = auto()
    AFTER_PLAN = auto()
    LEADS = auto()
    LINKS = auto()


_TOP: Final = 15  # lines: the title of a page without sections stands at its top
_LONG: Final = 160  # a paragraph this long is prose, not a plan's item
_FEW_PARAGRAPHS: Final = 12
_EXPLICIT: Final = re.compile(
    r"(?:work\s?stream|work\s?package|project|initiative)\s*(?:(?:no\.?\s*)?(?:\d{1,2}|[A-Z])\b)?\s*[:.\-\u2013\u2014]\s*(?P<name>\S.*)",
    re.IGNORECASE,
)


@dataclass
class Gathered:
    """What a walk found: drafts in page order, roles of placed lines, axis dates, and paragraphs for pairing gates."""

    drafts: list[Draft] = field(default_factory=list)
    rows: list[tuple[Row, str]] = field(default_factory=list)
    placed: dict[int, str] = field(default_factory=dict)
    axis: list[FuzzyDate] = field(default_factory=list)
    paragraphs: list[Item] = field(default_factory=list)


class Reader:
    """One walk down one page."""

    def __init__(self, lines: list[Line]) -> None:
        """Look over the page once for what later decisions need."""
        self.lines = lines
        self.page = Outlook(lines)
        self.found = Gathered()
        self.current: Draft | None = None
        self.mode = Mode.NONE
        self.section = ""
        self.phase = ""
        self.year: int | None = None
        self.pending: list[Item] = []
        kinds = {line.kind for line in lines}
        labels = {line.value for line in lines if line.kind is LineKind.LABEL}
        self.months_are_updates = wording.UPDATES in labels and wording.MILESTONES not in labels
        self.has_gates = LineKind.GATE in kinds
        self.sectioned = LineKind.SECTION in kinds
        self.has_signal = bool(kinds & SIGNALS) or any(index < len(lines) for index in self.page.next_plan[:1])

    # The walk

    def read(self) -> Gathered:
        """Gather everything; lines nobody claimed are simply not in `placed`."""
        index = 0
        while index < len(self.lines):
            line = self.lines[index]
            index = max(self._step(line, index), index + 1)
        return self.found

    def _step(self, line: Line, index: int) -> int:
        table = read_table(self.lines, index) if line.kind in _TABLE_KINDS and line.text else None
        if table:
            self._place("table heading", *table.header)
            for row in table.rows:
                self.found.rows.append((row, self.section))
                self._place("table row", *row.lines)
            self.current, self.mode = None, Mode.NONE
            return table.after
        plan = read_plan_table(self.lines, index) if self.current and line.kind in _TABLE_KINDS else None
        if plan:
            return self._plan_table(plan)
        return _STEPS[line.kind](self, line, index)

    def _plan_table(self, plan: PlanTable) -> int:
        """Each row of a plan's table is one milestone under its own date."""
        self._place("table heading", *plan.header)
        for row in plan.rows:
            stated = whole_date(row.date) or (FuzzyDate.undated(row.date) if row.date else None)
            heading = DraftHeading(row.date, row.line, stated, self.phase, self.year, [Item(row.text, (row.line,))])
            if self.current:
                self.current.headings.append(heading)
            self._place("milestone", row.line)
        self.mode = Mode.AFTER_PLAN
        return plan.after

    def _place(self, role: str, *numbers: int) -> None:
        for number in numbers:
            self.found.placed[number] = role

    def _start(self, line: Line, title: str = "", basis: str = "") -> Draft:
        """Begin a workstream here."""
        draft = Draft(line.number, title, basis, [self.section] if self.section else [])
        if (
            not self.sectioned
            and not self.found.drafts
            and not self.found.rows
            and len(self.pending) <= _FEW_PARAGRAPHS
        ):
            draft.description.extend(self.pending)
            for item in self.pending:
                self._place("description", *item.lines)
        self.pending = []
        self.found.drafts.append(draft)
        self.current, self.mode, self.phase, self.year = draft, Mode.DESCRIPTION, "", None
        return draft

    def _draft(self, line: Line) -> Draft:
        return self.current or self._start(line)

    # Blank and ruled lines

    def _skip(self, _line: Line, index: int) -> int:
        return index + 1

    def _rule(self, line: Line, index: int) -> int:
        self._place("rule", line.number)
        return index + 1

    # Headings

    def _section_heading(self, line: Line, index: int) -> int:
        self.section = line.value
        self.current, self.mode, self.pending = None, Mode.NONE, []
        self._place("section heading", line.number)
        return index + 1

    def _label(self, line: Line, index: int) -> int:
        if self.current is None and not (self.has_signal or self.found.rows):
            return index + 1
        if line.value == wording.LINKS:
            self.mode = Mode.LINKS
            return index + 1
        if self.current is None and line.value in {wording.OBJECTIVES, wording.UPDATES}:
            self._start(line)
        self.mode = _MODE_OF_LABEL[line.value]
        self._place("label", line.number)
        return index + 1

    def _lead(self, line: Line, index: int) -> int:
        if self.current is None and not self._lead_counts(line, index):
            return self._text(line, index)
        draft = self._draft(line)
        draft.leads.extend(names.leads_from(line.value, line.number))
        self._place("lead", line.number)
        self.mode = Mode.DESCRIPTION
        return index + 1

    def _lead_counts(self, line: Line, index: int) -> bool:
        """Whether a lead line on its own begins a workstream: it names one, or a plan, updates or a list follow."""
        says_so = re.search(r"\b(?:work\s?stream|project|programme)\b", line.text, re.IGNORECASE)
        follows = min(self.page.next_plan[index], self.page.next_update[index])
        return bool(says_so) or self.sectioned or follows < len(self.lines)

    def _update_heading(self, line: Line, index: int) -> int:
        draft = self._draft(line)
        self._open_update(draft, line, line.month, line.year)
        if line.rest:
            draft.updates[-1].items.append(Item(line.rest, (line.number,)))
        return index + 1

    def _open_update(self, draft: Draft, line: Line, month: int, year: int | None) -> None:
        ruling = year if year is not None else self.year
        draft.updates.append(DraftUpdate(line.text, line.number, month, ruling, line.doubtful_month))
        self.mode = Mode.UPDATES
        self._place("update heading", line.number)

    def _year_line(self, line: Line, index: int) -> int:
        """A bare year rules what follows, unless items stand right below it: then it is their date."""
        if self.current is None:
            return self._text(line, index)
        following = self.page.kind_after(index + 1, 0)
        if following in {LineKind.BULLET, LineKind.TEXT} and self.mode in {Mode.PLAN, Mode.AFTER_PLAN}:
            return self._date_heading(line, index)
        self.year = line.year
        self._place("year", line.number)
        return index + 1

    def _date_heading(self, line: Line, index: int) -> int:
        if self.current is None and not (self.mode is Mode.PLAN or self.found.rows):
            return self._text(line, index)
        draft = self._draft(line)
        if (self.mode is Mode.UPDATES or self.months_are_updates) and self._is_month(line):
            return self._month_of_updates(draft, line, index)
        draft.headings.append(DraftHeading(line.text, line.number, line.date, self.phase, self.year))
        self.mode = Mode.PLAN
        self._place("date heading", line.number)
        return self._plain_item(draft, index + 1)

    def _is_month(self, line: Line) -> bool:
        stated = line.date
        return stated is not None and (stated.precision is Precision.MONTH or not stated.has_window)

    def _month_of_updates(self, draft: Draft, line: Line, index: int) -> int:
        """Below the label 'Updates' a month alone heads an update."""
        word = re.match(r"[^\W\d_]+", line.text)
        month = wording.month_number(word.group()) if word else None
        if month is None:
            return index + 1
        stated = line.date.start.year if line.date and line.date.start else None
        self._open_update(draft, line, month, stated)
        return index + 1

    def _plain_item(self, draft: Draft, index: int) -> int:
        """A plain paragraph right below a date heading is one item, wrapped lines joined."""
        index = self.page.text_from(index)
        if index >= len(self.lines) or self.lines[index].kind is not LineKind.TEXT:
            return index
        item, after = self.page.paragraph(index)
        self.found.paragraphs.append(item)
        draft.headings[-1].items.append(item)
        self._place("milestone", *item.lines)
        return after

    def _phase_heading(self, line: Line, index: int) -> int:
        if self.current is None:
            return self._text(line, index)
        self.phase = line.text.rstrip(":")
        self.current.phases.append(Phase(self.phase, line.number, line.date))
        self.current.headings.append(DraftHeading(self.phase, line.number, line.date, self.phase, self.year))
        self.mode = Mode.PLAN
        self._place("phase heading", line.number)
        return index + 1

    def _gate(self, line: Line, index: int) -> int:
        draft = self._draft(line)
        title, numbers, after = line.rest, [line.number], index + 1
        most_lines = 5
        wrapped = {LineKind.TEXT, LineKind.PHASE}
        while after < len(self.lines) and self.lines[after].kind in wrapped and len(numbers) < most_lines:
            title = f"{title} {self.lines[after].text}".strip()
            numbers.append(self.lines[after].number)
            after += 1
        if title.endswith(line.value) and title[-len(line.value) - 1 : -len(line.value)].isalpha():
            title = title[: -len(line.value)]
        draft.gates.append(DraftGate(line.value, title, numbers))
        self.mode = Mode.AFTER_PLAN
        self._place("gate", *numbers)
        return after

    # Bullets

    def _bullet(self, line: Line, index: int) -> int:
        if (
            line.value[:1].isdigit()
            and self.page.kind_after(index + 1, 0) is LineKind.LEAD
            and self.page.short_title(line)
        ):
            self._start(line, names.title_name(line.text), "its heading")
            self._place("title", line.number)
            return index + 1
        item, after = self.page.item(index)
        if self.current is None and self.mode is Mode.PLAN and self.found.rows:
            self._start(line)
        draft = self.current
        if draft is None or self.mode is Mode.LINKS:
            return after
        role = self._take_bullet(draft, line, item)
        if role:
            self._place(role, *item.lines)
        return after

    def _take_bullet(self, draft: Draft, line: Line, item: Item) -> str:
        if self.mode is Mode.UPDATES and draft.updates:
            draft.updates[-1].items.append(item)
            return "update item"
        if self.mode is Mode.PLAN:
            if not draft.headings:
                draft.headings.append(DraftHeading("", None, None))
            draft.headings[-1].items.append(item)
            return "milestone"
        if self.mode is Mode.OBJECTIVES or self._unlabelled_objectives(draft, line):
            self.mode = Mode.OBJECTIVES
            draft.objectives.append(item)
            return "objective"
        if self.mode in {Mode.AFTER_PLAN, Mode.LEADS}:
            return ""
        label = wording.phase_label(item.text)
        if label:
            draft.phases.append(Phase(item.text.rstrip("."), item.line, None))
        draft.description.append(Item(f"\u2022 {item.text}", item.lines))
        return "description"

    def _unlabelled_objectives(self, draft: Draft, line: Line) -> bool:
        """A numbered list after the lead and before any update, on a page of updates, is the objectives."""
        updates_follow = self.page.next_update[line.number] < len(self.lines)
        plain = self.mode is Mode.DESCRIPTION and not draft.has_body and not draft.objectives and not draft.has_list
        said = draft.description[-1].text if draft.description else ""
        return plain and bool(draft.leads) and updates_follow and not said.endswith(":")

    # Text

    def _text(self, line: Line, index: int) -> int:
        axis = axis_of(line.text) if self.has_gates else []
        if axis:
            self.found.axis.extend(axis)
            self._place("axis of dates", line.number)
            return index + 1
        title = self._title_at(index)
        if title:
            self._start(line, *title)
            self._place("title", line.number)
            return index + 1 + self.page.underlined(index)
        item, after = self.page.paragraph(index)
        self.found.paragraphs.append(item)
        if self._prose_starts(item, after):
            self._start(line)
        return self._take_paragraph(item, index, after)

    def _take_paragraph(self, item: Item, index: int, after: int) -> int:
        draft = self.current
        if draft is None:
            self.pending.append(item)
        elif self.mode is Mode.LEADS:
            draft.leads.extend(names.leads_from(item.text, item.line))
            self._place("lead", *item.lines)
            self.mode = Mode.DESCRIPTION
        elif self.mode is Mode.UPDATES and draft.updates and self._other_heading(index):
            self.mode = Mode.AFTER_PLAN
        elif self.mode is Mode.UPDATES and draft.updates:
            draft.updates[-1].items.append(item)
            self._place("update item", *item.lines)
        elif self.mode is Mode.PLAN and draft.headings and self._plan_goes_on(item):
            draft.headings[-1].items.append(item)
            self._place("milestone", *item.lines)
        elif self.mode in {Mode.PLAN, Mode.AFTER_PLAN, Mode.LINKS}:
            self.mode = Mode.AFTER_PLAN if self.mode is Mode.PLAN and draft.headings else self.mode
            draft.links.append(item.text)
        else:
            self._describe(draft, item, index, after)
        return after

    def _other_heading(self, index: int) -> bool:
        """Whether a short line below an update heads something else, such as risks or links."""
        return self.page.looks_like_title(index) and bool(wording.GENERIC_TITLES.fullmatch(self.lines[index].text))

    def _plan_goes_on(self, item: Item) -> bool:
        """A short plain sentence below a date heading's items is one more item."""
        return (
            len(item.text) < _LONG
            and item.text.endswith(".")
            and bool(self.current and self.current.headings[-1].items)
        )

    def _describe(self, draft: Draft, item: Item, index: int, after: int) -> None:
        """Prose describes; a short line counts only as the heading of prose or of a list."""
        if wording.announces_objectives(item.text):
            self.mode = Mode.OBJECTIVES
        else:
            self.mode = Mode.DESCRIPTION
        following = self.page.kind_after(after, 0)
        heads = following is LineKind.BULLET or (
            following is LineKind.TEXT and not self.page.looks_like_title(self.page.text_from(after))
        )
        if self.page.looks_like_title(index) and not heads:
            draft.links.append(item.text)
            return
        draft.description.append(item)
        self._place("description", *item.lines)

    # Where a workstream begins

    def _title_at(self, index: int) -> tuple[str, str] | None:
        """The title and why, when this line begins a workstream."""
        line = self.lines[index]
        explicit = _EXPLICIT.fullmatch(line.text.rstrip(":"))
        if explicit and len(line.text) <= TITLE_LENGTH and self.has_signal and not line.text.endswith("."):
            return explicit["name"].strip(), "its heading"
        if not self.page.looks_like_title(index) or wording.GENERIC_TITLES.fullmatch(line.text):
            return None
        following = self.page.text_from(index + 1 + self.page.underlined(index))
        if following >= len(self.lines) or not self._title_counts(index, self.lines[following], following):
            return None
        return names.title_name(line.text), "its heading"

    def _title_counts(self, index: int, following: Line, at: int) -> bool:
        """Whether what follows a title makes it a workstream's."""
        draft = self.current
        fresh = draft is None or draft.has_body or self.mode in {Mode.AFTER_PLAN, Mode.LINKS}
        if following.kind is LineKind.LEAD:
            return fresh or bool(draft and (draft.leads or draft.description))
        if not fresh:
            return self.lines[index].marked and following.kind is LineKind.TEXT and self.page.has_own_body(at)
        if following.kind is LineKind.LABEL:
            first = index == self.page.text_from(0) or self.sectioned or self.lines[index].marked or draft is not None
            return (
                following.value != wording.LINKS
                and self.page.has_own_body(at)
                and (first or following.value != wording.MILESTONES)
            )
        if following.kind is LineKind.UPDATE:
            return True
        prose = following.kind is LineKind.TEXT and not self.page.looks_like_title(at)
        expected = self.sectioned or bool(self.found.rows)
        at_top = draft is not None or index < _TOP or self.lines[index].marked
        return prose and (expected or (at_top and self.page.has_own_body(at)))

    def _prose_starts(self, item: Item, after: int) -> bool:
        """Whether a paragraph without a title begins a workstream."""
        draft, text = self.current, item.text
        page_of_many = self.sectioned or bool(self.found.rows)
        if draft is None:
            opens = len(text) >= _LONG or names.opens_section(text)
            return page_of_many and (opens or (len(text) >= _LONG // 3 and self.page.plan_follows(after)))
        if not page_of_many and not names.names_workstream(text):
            return False
        if draft.has_body or self.mode is Mode.LINKS:
            if names.opens_section(text):
                return len(text) >= _LONG // 2 and self._new_subject(draft, text)
            return len(text) >= _LONG and self.mode is not Mode.UPDATES and self.page.plan_follows(after)
        return self._another_subject(draft, text)

    def _new_subject(self, draft: Draft, text: str) -> bool:
        """After a plan, a sentence about the same workstream ('This workstream will…') is no new one."""
        subject = names.distinctive(names.subject_of(text) or "")
        return not subject or not subject <= names.distinctive(draft.title)

    def _another_subject(self, draft: Draft, text: str) -> bool:
        """In a description: a sentence that introduces something not spoken of so far, after a list."""
        subject = names.subject_of(text)
        if subject is None or len(text) < _LONG // 2 or not draft.has_list:
            return False
        words, known = names.distinctive(subject), names.distinctive(draft.words())
        return bool(words) and names.names_workstream(text) and not words <= known


_TABLE_KINDS: Final = frozenset({LineKind.TEXT, LineKind.LABEL, LineKind.BULLET})
_MODE_OF_LABEL: Final = {
    wording.MILESTONES: Mode.PLAN,
    wording.OBJECTIVES: Mode.OBJECTIVES,
    wording.UPDATES: Mode.UPDATES,
    wording.LEADS: Mode.LEADS,
    wording.DESCRIPTION: Mode.DESCRIPTION,
}
_STEPS: Final[dict[LineKind, Callable[[Reader, Line, int], int]]] = {
    LineKind.BLANK: Reader._skip,  # noqa: SLF001 - the table of the class's own steps
    LineKind.RULE: Reader._rule,  # noqa: SLF001
    LineKind.SECTION: Reader._section_heading,  # noqa: SLF001
    LineKind.LABEL: Reader._label,  # noqa: SLF001
    LineKind.LEAD: Reader._lead,  # noqa: SLF001
    LineKind.UPDATE: Reader._update_heading,  # noqa: SLF001
    LineKind.YEAR: Reader._year_line,  # noqa: SLF001
    LineKind.DATE: Reader._date_heading,  # noqa: SLF001
    LineKind.PHASE: Reader._phase_heading,  # noqa: SLF001
    LineKind.GATE: Reader._gate,  # noqa: SLF001
    LineKind.BULLET: Reader._bullet,  # noqa: SLF001
    LineKind.TEXT: Reader._text,  # noqa: SLF001
}
