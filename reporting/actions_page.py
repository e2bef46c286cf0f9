"""What is to be done, by whom and by when, wherever it stands: actions, asks, milestones, reviews, promises, voices.

A fixed number of queries whatever the size. Each thing is an item with an owner in words and, where there is one, a
day; whether it is the reader's own is decided here, from who they are and what they may do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.urls import reverse

from programme.dates import day_words
from programme.models import Person, Programme, User
from programme.permissions import Rights
from programme.roles import Permission, Role
from programme.wording import counted
from workstreams.models import (
    Assignment,
    Workstream,
)

SOON_DAYS = 30
NOBODY = "Nobody yet"


class Kind(StrEnum):
    """Where an item comes from, in the words of the filter."""

    ACTION = "action"
    ASK = "ask"
    MILESTONE = "milestone"
    UPDATE = "update"
    PROMISE = "promise"
    RISK = "risk"
    BASELINE = "baseline"
    DECISION = "decision"
    LINK = "link"
    QUESTION = "question"
    VOICE = "voice"
    CONDITION = "condition"

    @property
    def words(self) -> str:
        """As in the filter."""
        return KIND_WORDS[self]


KIND_WORDS = {
    Kind.ACTION: "Actions",
    Kind.ASK: "Asks",
    Kind.MILESTONE: "Milestones",
    Kind.UPDATE: "Monthly updates",
    Kind.PROMISE: "Promised next steps",
    Kind.RISK: "Reviews of risks",
    Kind.BASELINE: "New baselines",
    Kind.DECISION: "Reviews of decisions",
    Kind.LINK: "Links to check again",
    Kind.QUESTION: "Questions to answer",
    Kind.VOICE: "Voices to be told",
    Kind.CONDITION: "Conditions of gates",
}


@dataclass(frozen=True)
class Item:
    """One thing to do."""

    kind: Kind
    text: str
    where: str  # what it comes from, in words
    owner: str
    is_mine: bool
    due: date | None
    workstream: str
    address: tuple[str, tuple[Any, ...]]

    @property
    def href(self) -> str:
        """The page on which it is done."""
        return reverse(self.address[0], args=self.address[1])

    def is_late(self, day: date) -> bool:
        """Whether its day has passed."""
        return self.due is not None and self.due < day

    def due_words(self, day: date) -> str:
        """'4 November 2026, 12 days ago'; empty where no day was named."""
        if self.due is None:
            return ""
        days = (self.due - day).days
        near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
        return f"{day_words(self.due)}, {near or (f'in {days:,} days' if days > 0 else f'{-days:,} days ago')}"


@dataclass(frozen=True)
class Reader:
    """Who asks: the records that are them, the workstreams they lead or sponsor, and what they may do."""

    user: User
    people: frozenset[int]
    led: frozenset[int]
    sponsored: frozenset[int]
    permissions: frozenset[Permission]
    roles: tuple[Role, ...]

    def owns(self, person: Person | None) -> bool:
        """Whether somebody is the reader."""
        return person is not None and person.survivor.pk in self.people


@dataclass(frozen=True)
class Asked:
    """A programme on a day, asked about by somebody."""

    programme: Programme
    reader: Reader
    day: date
    leads: dict[int, str]
    workstreams: dict[int, Workstream]

    def lead_of(self, workstream: int) -> str:
        """Who leads a workstream, in words."""
        return self.leads.get(workstream, NOBODY)

    def item(self, kind: Kind, text: str, **facts: Any) -> Item:
        """An item of this programme. `workstream` is the row, `name` and `keys` the page after the programme."""
        workstream, name, keys = facts.pop("workstream"), facts.pop("name"), facts.pop("keys")
        about = workstream.survivor.name if workstream else "The whole programme"
        return Item(kind, text, workstream=about, address=(name, (self.programme.slug, *keys)), **facts)


def reader_of(user: User, programme: Programme, rights: Rights, day: date) -> Reader:
    """The reader as this page needs them. Three queries. Who views as another role has nothing of their own."""
    own = set() if user.viewing_as else {user.person_id, user.person.merged_into_id if user.person else None}
    held = Assignment.objects.in_force(day).of_user(user).filter(workstream__programme=programme)
    if user.viewing_as:
        held = held.none()
    parts = list(held.select_related("workstream__merged_into"))
    return Reader(
        user,
        frozenset(key for key in own if key),
        frozenset(each.workstream.survivor.pk for each in parts if each.role != Assignment.Role.SPONSOR),
        frozenset(each.workstream.survivor.pk for each in parts if each.role == Assignment.Role.SPONSOR),
        rights.permissions,
        rights.roles,
    )


def by_due(item: Item) -> tuple[Any, ...]:
    """Sorts what comes first to the top; what has no day comes last."""
    return (item.due is None, item.due or date.max, item.text.lower())


# ---- The page in one sentence ---------------------------------------------------------------------------------------


def sentence(items: Sequence[Item], day: date, *, mine: bool) -> str:
    """As '3 things wait for you, 1 of them late.'."""
    late = sum(item.is_late(day) for item in items)
    if mine:
        if not items:
            return "Nothing waits for you."
        said = f"{counted(len(items), 'thing')} {'waits' if len(items) == 1 else 'wait'} for you"
    else:
        if not items:
            return "Nothing is open."
        said = f"{counted(len(items), 'thing')} {'is' if len(items) == 1 else 'are'} open in this programme"
    return f"{said}, {late} of them late." if late else f"{said}. None is late."


def matching(items: Sequence[Item], *, when: str, kind: str, workstream: str, day: date) -> list[Item]:
    """The items that fit the filters; an empty one does not filter."""
    tests: dict[str, Callable[[Item], bool]] = {
        "late": lambda item: item.is_late(day),
        "soon": lambda item: day <= (item.due or date.max) <= day + timedelta(days=SOON_DAYS),
        "undated": lambda item: item.due is None,
    }
    fits: Callable[[Item], bool] = tests.get(when) or (lambda _item: True)
    return [
        item
        for item in items
        if fits(item) and (not kind or item.kind == kind) and (not workstream or item.workstream == workstream)
    ]
