"""Where a workstream begins.

A title begins one when a lead, a label or prose follows it; prose does after a plan or an update list when it
introduces a subject, or when a plan of its own follows.
"""

import re
from typing import Final

from workstreams.narrative import names, wording
from workstreams.narrative.drafts import Draft
from workstreams.narrative.lines import Line, LineKind
from workstreams.narrative.model import Item
from workstreams.narrative.outlook import TITLE_LENGTH
from workstreams.narrative.walk import LONG, Mode, Walk

_TOP: Final = 15  # lines: the title of a page without sections stands at its top
_EXPLICIT: Final = re.compile(
    r"(?:work\s?stream|work\s?package|project|initiative)\s*(?:(?:no\.?\s*)?(?:\d{1,2}|[A-Z])\b)?\s*[:.\-\u2013\u2014]\s*(?P<name>\S.*)",
    re.IGNORECASE,
)


def subtitle_of(walk: Walk, index: int) -> int | None:
    """The index of the line that only describes the name above it: 'Name', one short line, 'Lead: …'.

    Only at the top of a page that names one set of leads: on a page of several, the second line is the title of the
    first workstream.
    """
    line = walk.lines[index]
    if index != walk.page.text_from(0) or walk.sectioned or not walk.page.short_title(line):
        return None
    below = walk.page.text_from(index + 1 + walk.page.underlined(index))
    lead = walk.page.text_from(below + 1)
    if wording.GENERIC_TITLES.fullmatch(line.text) or not walk.page.sole_lead(lead):
        return None
    following = walk.lines[below]
    short = following.kind is LineKind.TEXT and len(following.text) <= TITLE_LENGTH
    return below if short and not _EXPLICIT.fullmatch(following.text.rstrip(":")) else None


def lead_counts(walk: Walk, line: Line, index: int) -> bool:
    """Whether a lead line on its own begins a workstream: it names one, or a plan, updates or a list follow."""
    says_so = re.search(r"\b(?:work\s?stream|project|programme)\b", line.text, re.IGNORECASE)
    follows = min(walk.page.next_plan[index], walk.page.next_update[index])
    return bool(says_so) or walk.sectioned or follows < len(walk.lines)


def title_at(walk: Walk, index: int) -> tuple[str, str] | None:
    """The title and why, when this line begins a workstream."""
    line = walk.lines[index]
    explicit = _EXPLICIT.fullmatch(line.text.rstrip(":"))
    if explicit and len(line.text) <= TITLE_LENGTH and walk.has_signal and not line.text.endswith("."):
        return explicit["name"].strip(), "its heading"
    if not walk.page.looks_like_title(index) or wording.GENERIC_TITLES.fullmatch(line.text):
        return None
    following = walk.page.text_from(index + 1 + walk.page.underlined(index))
    if following >= len(walk.lines) or not _title_counts(walk, index, walk.lines[following], following):
        return None
    return names.title_name(line.text), "its heading"


def _title_counts(walk: Walk, index: int, following: Line, at: int) -> bool:
    """Whether what follows a title makes it a workstream's."""
    draft = walk.current
    fresh = draft is None or draft.has_body or walk.mode in {Mode.AFTER_PLAN, Mode.LINKS}
    if following.kind is LineKind.LEAD:
        return fresh or bool(draft and (draft.leads or draft.description))
    if not fresh:
        return walk.lines[index].marked and following.kind is LineKind.TEXT and walk.page.has_own_body(at)
    if following.kind is LineKind.LABEL:
        first = index == walk.page.text_from(0) or walk.sectioned or walk.lines[index].marked or draft is not None
        return (
            following.value != wording.LINKS
            and walk.page.has_own_body(at)
            and (first or following.value != wording.MILESTONES)
        )
    if following.kind is LineKind.UPDATE:
        return True
    prose = following.kind is LineKind.TEXT and not walk.page.looks_like_title(at)
    expected = walk.sectioned or bool(walk.found.rows)
    at_top = draft is not None or index < _TOP or walk.lines[index].marked
    return prose and (expected or (at_top and walk.page.has_own_body(at)))


def prose_starts(walk: Walk, item: Item, after: int) -> bool:
    """Whether a paragraph without a title begins a workstream."""
    draft, text = walk.current, item.text
    page_of_many = walk.sectioned or bool(walk.found.rows)
    if draft is None:
        opens = len(text) >= LONG or names.opens_section(text)
        return page_of_many and (opens or (len(text) >= LONG // 3 and walk.page.plan_follows(after)))
    if not page_of_many and not names.names_workstream(text):
        return False
    if draft.has_body or walk.mode is Mode.LINKS:
        if names.opens_section(text):
            return len(text) >= LONG // 2 and _new_subject(draft, text)
        return len(text) >= LONG and walk.mode is not Mode.UPDATES and walk.page.plan_follows(after)
    return _another_subject(draft, text)


def _new_subject(draft: Draft, text: str) -> bool:
    """After a plan, a sentence about the same workstream ('This workstream will…') is no new one."""
    subject = names.distinctive(names.subject_of(text) or "")
    return not subject or not subject <= names.distinctive(draft.title)


def _another_subject(draft: Draft, text: str) -> bool:
    """In a description: a sentence that introduces something not spoken of so far, after a list."""
    subject = names.subject_of(text)
    if subject is None or len(text) < LONG // 2 or not draft.has_list:
        return False
    words, known = names.distinctive(subject), names.distinctive(draft.words())
    return bool(words) and names.names_workstream(text) and not words <= known
