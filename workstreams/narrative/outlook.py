"""What can be seen of a page from any of its lines.

What comes next, how far an item or a paragraph runs, what looks like a title. Everything that looks far ahead is worked
out once, so a page takes time in proportion to its length.
"""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from workstreams.narrative import wording
from workstreams.narrative.lines import Line, LineKind
from workstreams.narrative.model import Item

SIGNALS: Final = frozenset({LineKind.UPDATE, LineKind.LEAD})
PLAN_KINDS: Final = frozenset({LineKind.DATE, LineKind.PHASE, LineKind.YEAR})
TITLE_LENGTH: Final = 100
_TITLE_WORDS: Final = 13
_LETTERS: Final = 3
_NEAR: Final = 60  # lines: what comes later than this below a title is not what makes it a workstream's
_BROKEN_OFF: Final = re.compile(r"[^.!?:;)\u201d\"]$")


class Outlook:
    """The lines of a page and what lies ahead of each."""

    def __init__(self, lines: list[Line]) -> None:
        """Look over the page once for each thing that is looked ahead for."""
        self.lines = lines
        self.next_text = self._following(lambda index: lines[index].kind is not LineKind.BLANK)
        self.next_signal = self._following(lambda index: lines[index].kind in SIGNALS)
        self.next_update = self._following(lambda index: lines[index].kind is LineKind.UPDATE)
        self.next_plan = self._following(self._opens_plan)
        self.next_section = self._following(lambda index: lines[index].kind is LineKind.SECTION)
        self.lead_runs = self._runs_of_leads()

    def _following(self, wanted: Callable[[int], bool]) -> list[int]:
        """For each index, the index of the first wanted line from there on; the page's length when there is none."""
        found, nearest = [0] * (len(self.lines) + 1), len(self.lines)
        found[-1] = nearest
        for index in range(len(self.lines) - 1, -1, -1):
            nearest = index if wanted(index) else nearest
            found[index] = nearest
        return found

    def _runs_of_leads(self) -> int:
        """How many times the page says who leads; lines about it one below the other count once."""
        texts = [line.kind for line in self.lines if line.kind is not LineKind.BLANK]
        lead = LineKind.LEAD
        return sum(b is lead and a is not lead for a, b in pairwise([LineKind.BLANK, *texts]))

    def sole_lead(self, index: int) -> bool:
        """Whether this line says who leads, and the page says it nowhere else."""
        return index < len(self.lines) and self.lines[index].kind is LineKind.LEAD and self.lead_runs == 1

    def _opens_plan(self, index: int) -> bool:
        """A milestone label with a date heading as one of the next lines of text."""
        line = self.lines[index]
        if line.kind is not LineKind.LABEL or line.value != wording.MILESTONES:
            return False
        return self.kind_after(index + 1, 0) in PLAN_KINDS or self.kind_after(index + 1, 1) in PLAN_KINDS

    def kind_after(self, index: int, skip: int) -> LineKind:
        """The kind of the first, or with `skip` a later, line of text from an index on."""
        index = self.text_from(index)
        for _ in range(skip):
            index = self.text_from(index + 1)
        return self.lines[index].kind if index < len(self.lines) else LineKind.BLANK

    def text_from(self, index: int) -> int:
        """The index of the first line from here that is not blank; the page's length when there is none."""
        return self.next_text[min(index, len(self.lines))]

    def item(self, index: int) -> tuple[Item, int]:
        """A bullet with the lines that wrap it and the bullets nested in it."""
        first = self.lines[index]
        parts, numbers, after, nested = [first.text], [first.number], index + 1, False
        while after < len(self.lines):
            line = self.lines[after]
            deeper = line.kind is LineKind.BULLET and line.indent > first.indent + 1 and line.value != first.value
            wrapped = line.kind is LineKind.TEXT or (line.kind is LineKind.LABEL and line.indent > first.indent)
            if not (wrapped or deeper):
                resumed = self._resumes(parts[-1], after)
                if resumed is None:
                    break
                after, line = resumed, self.lines[resumed]
                deeper = False
            if deeper and nested:
                parts[-1] = parts[-1].rstrip(";,") + ";"
            nested = nested or deeper
            parts.append(line.text)
            numbers.append(line.number)
            after += 1
        return Item(" ".join(parts), tuple(numbers)), after

    def _resumes(self, text: str, index: int) -> int | None:
        """After a gap: the index of a line that carries on a sentence broken off, told by its small first letter."""
        if index >= len(self.lines) or self.lines[index].kind is not LineKind.BLANK or not _BROKEN_OFF.search(text):
            return None
        following = self.text_from(index)
        if following >= len(self.lines) or following > index + 1:
            return None
        line = self.lines[following]
        return following if line.kind is LineKind.TEXT and line.text[:1].islower() else None

    def paragraph(self, index: int) -> tuple[Item, int]:
        """Adjacent lines of text as one item."""
        parts, numbers = [self.lines[index].text], [self.lines[index].number]
        after = index + 1
        while after < len(self.lines) and (self._carries_on(after) or self._closes_sentence(after)):
            parts.append(self.lines[after].text)
            numbers.append(self.lines[after].number)
            after += 1
        return Item(" ".join(parts), tuple(numbers)), after

    def _carries_on(self, index: int) -> bool:
        return self.lines[index].kind is LineKind.TEXT and not self.lines[index].marked

    def _closes_sentence(self, index: int) -> bool:
        """Whether a line that is only a date ends the sentence broken off above it: a gap follows, none before."""
        if self.lines[index].kind is not LineKind.DATE:
            return False
        gap = index + 1 >= len(self.lines) or self.lines[index + 1].kind is LineKind.BLANK
        return gap and self.lines[index - 1].text[-1:].islower()

    def underlined(self, index: int) -> int:
        """How many lines of rule follow a title: one or none."""
        return int(index + 1 < len(self.lines) and self.lines[index + 1].kind is LineKind.RULE)

    def title_lines(self, index: int) -> list[int]:
        """The number of a title's line, and of the rule below it if there is one."""
        return [line.number for line in self.lines[index : index + 1 + self.underlined(index)]]

    def looks_like_title(self, index: int) -> bool:
        """Whether a short line stands alone, worded as a title is."""
        line = self.lines[index]
        single = index + 1 >= len(self.lines) or self.lines[index + 1].kind is not LineKind.TEXT
        alone = index == 0 or self.lines[index - 1].kind is not LineKind.TEXT
        return line.kind is LineKind.TEXT and self.short_title(line) and alone and (single or line.marked)

    def short_title(self, line: Line) -> bool:
        """Whether a line is short, begins as a title does and does not end as a sentence does."""
        short = len(line.text) <= TITLE_LENGTH and len(line.text.split()) <= _TITLE_WORDS
        worded = sum(map(str.isalpha, line.text)) >= _LETTERS
        formed = worded and line.text[:1].isalnum() and not line.text[:1].islower() and line.text[-1:] not in ".,;:?!>"
        return short and formed

    def has_own_body(self, index: int) -> bool:
        """Whether a lead, an update or a plan comes before the next section heading."""
        end = self.next_section[index]
        return min(self.next_signal[index], self.next_plan[index]) < min(end, index + _NEAR)

    def plan_follows(self, index: int) -> bool:
        """Whether a plan comes before the next section heading."""
        return self.next_plan[min(index, len(self.lines))] < self.next_section[min(index, len(self.lines))]
