"""History in sentences: changes that belong to one action become one dated entry. Pure.

'On 3 November 2026 at 2:14pm Dana Whitlock moved the milestone “Rota agreed”: forecast from December 2026 to March
2027, because “The supplier is late”.' Values and names arrive here in words already.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

NOBODY = "The tracker itself"
ADDED, REMOVED = "added", "removed"
TWO = 2
SAME_ACTION = timedelta(seconds=5)  # an action that was given no moment writes its rows within moments of each other
LONGEST = 300  # characters of a text that are repeated; the whole text stands on its own page
_ADDRESS = re.compile(r"^(POST|PUT|PATCH|DELETE) /")
_DONE = {"insert": "Added", "update": "Changed", "delete": "Removed"}


@dataclass(frozen=True)
class Change:
    """One row that was added, changed or removed, in words. `subject` is the workstream it belongs to, if any."""

    at: datetime
    who: str
    action: str
    noun: str
    title: str
    parts: tuple[str, ...] = ()
    reason: str = ""
    subject: int | None = None
    where: str = ""
    href: str = ""
    act: str = ""  # which action it was, where that is known for sure


@dataclass(frozen=True)
class Entry:
    """What somebody did at a moment, with every change it made. A reader sees one entry for one action."""

    at: datetime
    who: str
    action: str
    reason: str
    where: str
    where_href: str
    changes: tuple[Change, ...]

    @property
    def only(self) -> Change | None:
        """The one change, where there is just one: then the entry is a single sentence."""
        return self.changes[0] if len(self.changes) == 1 else None

    @property
    def names_it(self) -> bool:
        """Whether the action ends in what it was done to, so that the title may follow at once."""
        return bool(self.only) and self.action.lower().endswith(self.only.noun.lower() if self.only else "")


def entries(changes: Sequence[Change]) -> list[Entry]:
    """Changes, newest first, as entries. Those of one action stand together in the order they were made."""
    return [_alone(_entry(act[::-1])) for group in _gathered(changes) for act in _acts(group)]


def _entry(members: Sequence[Change]) -> Entry:
    first = members[0]
    reason = next((change.reason for change in members if change.reason), "")
    return Entry(first.at, first.who, started(first.action), quotable(reason), first.where, "", _once(members))


def _gathered(changes: Iterable[Change]) -> list[list[Change]]:
    """Changes that the same person made at the same moment by the same kind of action to the same workstream."""
    groups: list[list[Change]] = []
    newest: dict[tuple[str, str, int | None], list[Change]] = {}
    for change in changes:
        key = (change.who, change.action, change.subject)
        group = newest.get(key)
        if group is None or group[-1].at - change.at > SAME_ACTION:
            group = newest[key] = []
            groups.append(group)
        group.append(change)
    return groups


def _acts(group: list[Change]) -> list[list[Change]]:
    """The actions among them: a row that does not know its action goes with the row of the same title."""
    known = list(dict.fromkeys(change.act for change in group if change.act))
    if len(known) < TWO:
        return [group]
    owner = {(change.noun, change.title): change.act for change in group if change.act}
    acts: dict[str, list[Change]] = {}
    for change in group:
        acts.setdefault(change.act or owner.get((change.noun, change.title), ""), []).append(change)
    return list(acts.values())


def _alone(entry: Entry) -> Entry:
    """A single change with more to tell need not say that something was added: the action says so."""
    one = entry.only
    if one is None or one.parts[:1] != (ADDED,) or len(one.parts) == 1:
        return entry
    return replace(entry, changes=(replace(one, parts=one.parts[1:]),))


def _once(changes: Iterable[Change]) -> tuple[Change, ...]:
    """A row and the statement made about it say the same title twice: they become one line."""
    lines: dict[tuple[str, str], Change] = {}
    for change in changes:
        key = (change.noun, change.title)
        known = lines.get(key)
        parts = tuple(dict.fromkeys((*known.parts, *change.parts))) if known else change.parts
        lines[key] = replace(change, parts=parts, href=change.href or (known.href if known else ""))
    return tuple(lines.values())


def started(action: str) -> str:
    """'Moved the milestone' as it goes on after a name: 'moved the milestone'."""
    return action[:1].lower() + action[1:]


def action_words(action: str, label: str, noun: str) -> str:
    """The action as it was recorded, or, where only the address of a page was, what happened to the row."""
    return f"{_DONE.get(label, 'Changed')} the {noun}" if not action or _ADDRESS.match(action) else action


def changed(label: str, before: str, after: str) -> str:
    """'owner from Jo to Sam', 'owner: Sam', 'owner taken away (was Jo)'."""
    if not before:
        return f"{label}: {after}"
    return f"{label} from {before} to {after}" if after else f"{label} taken away (was {before})"


def shortened(text: str) -> str:
    """A text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()}…"


def quotable(text: str) -> str:
    """A text as it stands between quotation marks inside a sentence: without a full stop of its own."""
    return shortened(text).removesuffix(".")
