"""Items of lists: of an update, a plan, the objectives or the description."""

from workstreams.narrative import names, wording
from workstreams.narrative.drafts import Draft, DraftHeading
from workstreams.narrative.lines import Line, LineKind
from workstreams.narrative.model import Item, Phase
from workstreams.narrative.walk import Mode, Walk


def bullet(walk: Walk, line: Line, index: int) -> int:
    """An item of what is being read, with the lines that wrap it; a numbered title above a lead is no item."""
    if line.value[:1].isdigit() and walk.page.kind_after(index + 1, 0) is LineKind.LEAD and walk.page.short_title(line):
        walk.start(line, names.title_name(line.text), "its heading")
        walk.place("title", line.number)
        return index + 1
    item, after = walk.page.item(index)
    if walk.current is None and walk.mode is Mode.PLAN and walk.found.rows:
        walk.start(line)
    draft = walk.current
    if draft is None or walk.mode is Mode.LINKS:
        return after
    role = _take(walk, draft, index, item)
    if role:
        walk.place(role, *item.lines)
    return after


def _take(walk: Walk, draft: Draft, index: int, item: Item) -> str:
    if walk.mode is Mode.UPDATES and draft.updates:
        draft.updates[-1].items.append(item)
        return "update item"
    if walk.mode is Mode.PLAN:
        if not draft.headings:
            draft.headings.append(DraftHeading("", None, None))
        draft.headings[-1].items.append(item)
        return "milestone"
    if walk.mode is Mode.OBJECTIVES or _unlabelled_objectives(walk, draft, index):
        walk.mode = Mode.OBJECTIVES
        draft.objectives.append(item)
        return "objective"
    if walk.mode in {Mode.AFTER_PLAN, Mode.LEADS}:
        return ""
    label = wording.phase_label(item.text)
    if label:
        draft.phases.append(Phase(item.text.rstrip("."), item.line, None))
    draft.description.append(Item(f"\u2022 {item.text}", item.lines))
    return "description"


def _unlabelled_objectives(walk: Walk, draft: Draft, index: int) -> bool:
    """A numbered list after the lead and before any update, on a page of updates, is the objectives."""
    updates_follow = walk.page.next_update[index + 1] < len(walk.lines)
    plain = walk.mode is Mode.DESCRIPTION and not draft.has_body and not draft.objectives and not draft.has_list
    said = draft.description[-1].text if draft.description else ""
    return plain and bool(draft.leads) and updates_follow and not said.endswith(":")
