"""Groups with members and meetings, links and questions, made by the real actions."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count

from programme.models import Person, Programme, User
from tests.factories import people
from workstreams.actions import documents, groups, meetings
from workstreams.actions.meetings import MinutedAction, MinutedDecision, Minutes
from workstreams.models import Document, Group, LaunchQuestion, Meeting, Workstream

HELD = date(2026, 11, 3)
_numbers = count(1)


def group(
    programme: Programme,
    name: str = "",
    *,
    kind: str = "task",
    workstream: Workstream | None = None,
    reports_to: Group | None = None,
    members: Sequence[Person] = (),
) -> Group:
    """A group that meets every month; without `members` it has one."""
    made = groups.add(
        programme=programme,
        facts=groups.GroupFacts(
            name=name or f"Group {next(_numbers)}",
            kind=kind,
            cadence="monthly",
            workstream=workstream,
            reports_to=reports_to,
        ),
        by=None,
    )
    for person in members or [people.person()]:
        groups.add_member(group=made, person=person, role="member", since=people.SINCE, by=None)
    return made


def meeting(
    of: Group,
    *,
    on: date = HELD,
    decisions: Sequence[str] = ("Open at night",),
    actions: Sequence[MinutedAction] = (MinutedAction("Ring round"),),
    by: User | None = None,
) -> Meeting:
    """A meeting to which its first member came."""
    first = of.members.exclude(person=None).first()
    minutes = Minutes(
        on=on,
        came=[first.person] if first and first.person else [],
        notes="The rota was looked at.",
        decisions=[MinutedDecision(text) for text in decisions],
        actions=actions,
    )
    return meetings.hold(group=of, minutes=minutes, by=by, at=datetime(2026, 11, 3, 15, tzinfo=UTC))


def link(workstream: Workstream, text: str = "Access policy", *, at: datetime | None = None) -> Document:
    """A link that is to be looked at again after 3 months."""
    return documents.add_link(
        workstream=workstream,
        text=text,
        url="https://example.nhs.uk/policy",
        kind="policy",
        check_after=3,
        by=None,
        at=at or datetime(2026, 7, 1, 9, tzinfo=UTC),
    )


def question(workstream: Workstream, text: str = "Who answers at weekends?") -> LaunchQuestion:
    """A question without an answer."""
    return documents.ask_question(
        workstream=workstream, text=text, asked_by="Staff", by=None, at=datetime(2026, 7, 1, 9, tzinfo=UTC)
    )
