"""What a published page says, frozen: sections of paragraphs, lists, tables and a journey. Pure.

The content is plain data, so that it is kept as JSON and printed again years later, on our page and as clean HTML. It
never carries markup. Whoever prints it escapes every text.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from programme.status import PlanState
from programme.timeline import Timeline, TimelineItem, timeline

SCHEMA: Final = 1
# Key, heading for the reader, what it takes, for the page of a workstream and for that of a programme.
OF_WORKSTREAM: Final = (
    ("purpose", "What it is for", "The purpose and the current objectives"),
    ("people", "Who to ask", "Leads, deputies and the sponsor"),
    ("journey", "The journey so far and what comes next", "Milestones with their dates"),
    (
        "updates",
        "Latest updates",
        "Progress and next steps of the last 3 updates sent; never risks or ratings",
    ),
    ("voices", "You said, we did", "What was heard and has been answered; never quotes"),
    ("plain", "In plain language", "The page for young people and families, as it stands"),
)
OF_PROGRAMME: Final = (
    ("about", "About the programme", "Mandate and scope"),
    ("workstreams", "Workstreams", "Each current workstream with its purpose and leads"),
    ("journey", "What comes next", "The next milestones of every workstream"),
    ("updates", "Latest updates", "Progress in the latest update of each workstream; never risks or ratings"),
    ("voices", "You said, we did", "What was heard and has been answered; never quotes"),
)


@dataclass(frozen=True)
class Stop:
    """One milestone of a journey, as it stood."""

    title: str
    when: str
    state: str
    state_words: str
    start: str | None
    end: str | None
    phase: str

    @property
    def line(self) -> str:
        """What it says, without what time alone changes: nobody has to publish again because a day has passed."""
        done = PlanState(self.state) in {PlanState.DONE, PlanState.SAID_DONE}
        return f"{self.title}: {self.when}, {self.state_words.lower()}" if done else f"{self.title}: {self.when}"


@dataclass(frozen=True)
class Block:
    """A piece of a section. Only the fields that its kind needs are filled."""

    kind: str  # paragraphs, heading, list, table or journey
    texts: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    stops: tuple[Stop, ...] = ()
    day: str = ""

    @property
    def timeline(self) -> Timeline:
        """The journey's drawing, as of the day it was frozen."""
        items = [
            TimelineItem(s.title, s.when, PlanState(s.state), _day(s.start), _day(s.end), s.phase) for s in self.stops
        ]
        return timeline(items, today=self.drawn_on)

    @property
    def drawn_on(self) -> date:
        """The day for which a journey is drawn."""
        return date.fromisoformat(self.day)

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """A table's rows, each cell with the heading of its column, for phones."""
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]

    @property
    def lines(self) -> list[str]:
        """Everything it says, a line for each point."""
        return [*self.texts, *(", ".join(row) for row in self.rows), *(stop.line for stop in self.stops)]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Section:
    """A chosen part of the page."""

    key: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Content:
    """A whole page."""

    title: str
    programme: str
    sections: tuple[Section, ...] = field(default_factory=tuple)

    @property
    def as_json(self) -> dict[str, Any]:
        """The content as it is kept."""
        return {"schema": SCHEMA, **asdict(self)}

    @property
    def sha256(self) -> str:
        """A mark of exactly this content: what is published is what was looked at."""
        return hashlib.sha256(json.dumps(self.as_json, sort_keys=True).encode()).hexdigest()


def read(kept: Mapping[str, Any]) -> Content:
    """The content from what was kept. Raises ValueError for a schema that nobody here knows."""
    if kept.get("schema") != SCHEMA:
        raise ValueError(f"A page of schema {kept.get('schema')} cannot be read.")
    return Content(kept["title"], kept["programme"], tuple(_section(each) for each in kept["sections"]))


def _section(kept: Mapping[str, Any]) -> Section:
    return Section(kept["key"], kept["heading"], tuple(_block(each) for each in kept["blocks"]))


def _block(kept: Mapping[str, Any]) -> Block:
    return Block(
        kind=kept["kind"],
        texts=tuple(kept["texts"]),
        headings=tuple(kept["headings"]),
        rows=tuple(tuple(row) for row in kept["rows"]),
        stops=tuple(Stop(**stop) for stop in kept["stops"]),
        day=kept["day"],
    )


def paragraphs(*texts: str) -> tuple[Block, ...]:
    """Texts as paragraphs, one for each line that says something; nothing where there is nothing to say."""
    said = tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())
    return (Block("paragraphs", texts=said),) if said else ()


def listed_block(texts: Iterable[str]) -> tuple[Block, ...]:
    """A list, or nothing."""
    said = tuple(texts)
    return (Block("list", texts=said),) if said else ()


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[Block, ...]:
    """A table, or nothing."""
    said = tuple(tuple(row) for row in rows)
    return (Block("table", headings=tuple(headings), rows=said),) if said else ()


def differences(old: Content | None, new: Content) -> list[str]:
    """What would change for a reader, in sentences; empty where nothing would."""
    if old is None:
        return []
    before = {section.key: section for section in old.sections}
    after = {section.key: section for section in new.sections}
    said = [f"“{old.title}” is now called “{new.title}”."] if old.title != new.title else []
    said += [f"“{s.heading}” is no longer on the page." for key, s in before.items() if key not in after]
    for key, section in after.items():
        if key not in before:
            said.append(f"“{section.heading}” is new on the page.")
        else:
            said += _changed_lines(before[key], section)
    return said


def _changed_lines(old: Section, new: Section) -> list[str]:
    was, now = _lines(old), _lines(new)
    gone = [f"{new.heading}: no longer says “{line.rstrip('.')}”." for line in was if line not in now]
    added = [f"{new.heading}: now says “{line.rstrip('.')}”." for line in now if line not in was]
    if not gone and not added and was != now:
        return [f"{new.heading}: says the same in another order."]
    return [*gone, *added]


def _lines(section: Section) -> list[str]:
    return [line for block in section.blocks for line in block.lines]
