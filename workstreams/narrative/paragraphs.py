"""Lines of plain text: titles, and prose that describes, reports or belongs to a plan."""

from workstreams.narrative import beginnings, names, wording
from workstreams.narrative.drafts import Draft
from workstreams.narrative.gates import axis_of
from workstreams.narrative.lines import Line, LineKind
from workstreams.narrative.model import Item
from workstreams.narrative.walk import LONG, Mode, Walk


def text(walk: Walk, line: Line, index: int) -> int:
    """A title that begins a workstream, or a paragraph of what is being read."""
    axis = axis_of(line.text) if walk.has_gates else []
    if axis:
        walk.found.axis.extend(axis)
        walk.place("axis of dates", line.number)
        return index + 1
    below = beginnings.subtitle_of(walk, index)
    if below is not None:
        draft = walk.start(line, names.title_name(line.text), "its heading")
        draft.description.append(Item(walk.lines[below].text, (walk.lines[below].number,)))
        walk.place("title", *walk.page.title_lines(index))
        walk.place("subtitle", walk.lines[below].number)
        return below + 1
    title = beginnings.title_at(walk, index)
    if title:
        walk.start(line, *title)
        walk.place("title", *walk.page.title_lines(index))
        return index + 1 + walk.page.underlined(index)
    item, after = walk.page.paragraph(index)
    walk.found.paragraphs.append(item)
    if beginnings.prose_starts(walk, item, after):
        walk.start(line)
    return _take(walk, item, index, after)


def _take(walk: Walk, item: Item, index: int, after: int) -> int:
    draft = walk.current
    if draft is None:
        walk.pending.append(item)
    elif walk.mode is Mode.LEADS:
        draft.leads.extend(names.leads_from(item.text, item.line))
        walk.place("lead", *item.lines)
        walk.mode = Mode.DESCRIPTION
    elif walk.mode is Mode.UPDATES and draft.updates and _other_heading(walk, index):
        walk.mode = Mode.AFTER_PLAN
    elif walk.mode is Mode.UPDATES and draft.updates:
        draft.updates[-1].items.append(item)
        walk.place("update item", *item.lines)
    elif walk.mode is Mode.PLAN and draft.headings and _plan_goes_on(walk, item):
        draft.headings[-1].items.append(item)
        walk.place("milestone", *item.lines)
    elif walk.mode in {Mode.PLAN, Mode.AFTER_PLAN, Mode.LINKS}:
        walk.mode = Mode.AFTER_PLAN if walk.mode is Mode.PLAN and draft.headings else walk.mode
        draft.links.append(item.text)
    else:
        _describe(walk, draft, item, index, after)
    return after


def _other_heading(walk: Walk, index: int) -> bool:
    """Whether a short line below an update heads something else, such as risks or links."""
    return walk.page.looks_like_title(index) and bool(wording.GENERIC_TITLES.fullmatch(walk.lines[index].text))


def _plan_goes_on(walk: Walk, item: Item) -> bool:
    """A short plain sentence below a date heading's items is one more item."""
    return len(item.text) < LONG and item.text.endswith(".") and bool(walk.current and walk.current.headings[-1].items)


def _describe(walk: Walk, draft: Draft, item: Item, index: int, after: int) -> None:
    """Prose describes; a short line counts only as the heading of prose or of a list."""
    if wording.announces_objectives(item.text):
        walk.mode = Mode.OBJECTIVES
    else:
        walk.mode = Mode.DESCRIPTION
    following = walk.page.kind_after(after, 0)
    heads = following is LineKind.BULLET or (
        following is LineKind.TEXT and not walk.page.looks_like_title(walk.page.text_from(after))
    )
    if walk.page.looks_like_title(index) and not heads:
        draft.links.append(item.text)
        return
    draft.description.append(item)
    walk.place("description", *item.lines)
