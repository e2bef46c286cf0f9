"""Asks as they are read: what each waits for, and how long it has waited in working days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from programme.calendar import working_days_after
from programme.clock import LONDON
from programme.dates import day_words
from programme.models import Programme
from programme.wording import counted
from workstreams.escalation import Passed, way
from workstreams.models import Ask, AskEvent, AskQuerySet, Group

STATE_WORDS = {
    "asked": "Waiting for an answer",
    "replied": "Waiting for an answer",
    "passed_up": "Waiting for an answer",
    "passed_down": "Waiting for an answer",
    "more_needed": "Waiting for the workstream: more is needed",
    "yes": "Answered: yes",
    "no": "Answered: no",
    "withdrawn": "Withdrawn",
}


@dataclass(frozen=True)
class AskLine:
    """An ask with its trail, and its age on a day. A list that shows no trail gives the state alone."""

    ask: Ask
    events: tuple[AskEvent, ...]
    day: date
    known_state: str = ""

    @property
    def newest(self) -> AskEvent:
        """What happened last."""
        return self.events[-1]

    @property
    def version(self) -> int:
        """What a form that is opened now was opened on."""
        return self.newest.number

    @property
    def state(self) -> str:
        """The kind of the newest event."""
        return self.known_state or str(self.newest.kind)

    @property
    def state_words(self) -> str:
        """Whom or what it waits for, or how it ended."""
        words = STATE_WORDS[self.state]
        group = self.group if self.is_waiting else None
        return f"{words} from {group}" if group else words

    @property
    def group(self) -> Group | None:
        """The group that has it now, where one was named."""
        groups = {event.group_id: event.group for event in self.events}
        path = way(steps_of(self.events))
        return groups[path[-1]] if path else None

    @property
    def is_waiting(self) -> bool:
        """Whether nobody above has answered yet."""
        return self.state in AskEvent.WAITING

    @property
    def waits_for_lead(self) -> bool:
        """Whether the workstream has to say more."""
        return self.state == AskEvent.Kind.MORE_NEEDED

    @property
    def has_ended(self) -> bool:
        """Whether nothing further is expected."""
        return self.state in AskEvent.ENDED

    @property
    def days_past(self) -> int:
        """Working days since the day by which the answer was wanted; zero before that day and where none was named."""
        return working_days_after(self.ask.wanted_by, self.day) if self.ask.wanted_by else 0

    @property
    def days_waiting(self) -> int:
        """Working days since it was asked."""
        return working_days_after(self.ask.at.astimezone(LONDON).date(), self.day)

    @property
    def age_words(self) -> str:
        """As '12 working days past 6 November 2026'."""
        return age_words(self.ask.wanted_by, self.days_past, self.days_waiting, self.day)


_PASSED = {AskEvent.Kind.PASSED_UP: Passed.UP, AskEvent.Kind.PASSED_DOWN: Passed.DOWN}


def steps_of(events: Iterable[AskEvent]) -> list[tuple[Passed, int]]:
    """The events that put an ask with a group, as the rules know them."""
    return [(_PASSED.get(AskEvent.Kind(event.kind), Passed.PUT), event.group_id) for event in events if event.group_id]


def way_of(ask: Ask) -> tuple[int, ...]:
    """The groups an ask went through on its way up. One query."""
    return way(steps_of(ask.events.exclude(group=None)))


def reporting_lines(programme: Programme) -> dict[int, int | None]:
    """To which group each group that still meets reports. One query."""
    return dict(Group.objects.filter(programme=programme).standing().values_list("pk", "reports_to"))


def age_words(wanted_by: date | None, days_past: int, days_waiting: int, day: date) -> str:
    """How long an ask has waited, in words."""
    if wanted_by is None:
        return f"Asked {counted(days_waiting, 'working day')} ago, by no stated day"
    if wanted_by > day:
        return f"Wanted by {day_words(wanted_by)}"
    if wanted_by == day:
        return "Wanted today"
    if not days_past:
        return f"Wanted by {day_words(wanted_by)}; no working day has passed since"
    return f"{counted(days_past, 'working day')} past {day_words(wanted_by)}"


def lines(asks: AskQuerySet, day: date) -> list[AskLine]:
    """Asks as lines. Two queries however many there are."""
    return [AskLine(ask, tuple(ask.events.all()), day) for ask in asks.in_full()]


def pressing_first(found: Iterable[AskLine]) -> list[AskLine]:
    """What waits before what has ended; then blocking, longest past its day, longest waiting."""
    return sorted(
        found,
        key=lambda line: (
            line.has_ended,
            not line.is_waiting,
            not line.ask.is_blocking,
            -line.days_past,
            line.ask.wanted_by or date.max,
            line.ask.at,
        ),
    )
