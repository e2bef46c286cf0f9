"""Programmes, workstreams, updates and milestones, made by the real actions on stated days.

NOW is a day on which much is going on: September's update is past its due day, October's is open until 6 November.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import count

from programme.actions import periods, programmes
from programme.dates import FuzzyDate
from programme.models import Person, Programme, ReportingPeriod, User
from programme.status import Rag
from tests.factories.people import SINCE, user
from workstreams import fuzzydates
from workstreams.actions import asks, milestones, registers, updates
from workstreams.actions import workstreams as work
from workstreams.actions.declaring import NO_PATH, PathToGreen
from workstreams.actions.updates import DraftWords
from workstreams.models import (
    Ask,
    Assignment,
    Issue,
    Milestone,
    Risk,
    UpdateDraft,
    UpdateRevision,
    Workstream,
    WorkstreamStatus,
)
from workstreams.sections import Section

NOW = "2026-11-04T12:00:00"
TODAY = date(2026, 11, 4)
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
FIRST_MONTH = date(2026, 3, 1)
WORDS: Mapping[Section, Sequence[str]] = {
    Section.PROGRESS: ["The crisis line is answered at night", "Two nurses have started"],
    Section.NEXT_STEPS: ["Agree the rota"],
}
PATH = PathToGreen("Two agency nurses start", date(2026, 12, 1), owner_words="The service manager")
_numbers = count(1)


def programme(name: str = "") -> Programme:
    """A programme with its reporting periods from March 2026 to February 2027."""
    name = name or f"Programme {next(_numbers)}"
    made = programmes.create(
        name=name, slug=name.lower().replace(" ", "-"), by=None, mandate="What the board asked for."
    )
    periods.make_ahead(programme=made, today=TODAY, since=FIRST_MONTH)
    return made


def period(programme: Programme, month: date) -> ReportingPeriod:
    return programme.periods.get(month=month)


def workstream(programme: Programme, name: str = "", *, lead: User | None = None) -> Workstream:
    """A current workstream, led by `lead` or by somebody of its own."""
    made = work.add(
        programme=programme, name=name or f"Workstream {next(_numbers)}", by=None, purpose="To help sooner."
    )
    work.set_status(workstream=made, status=WorkstreamStatus.Status.CURRENT, since=SINCE, by=None)
    assign(made, lead or user(), Assignment.Role.LEAD)
    return made


def assign(workstream: Workstream, who: User | Person, role: str) -> Assignment:
    person = who if isinstance(who, Person) else who.person
    assert person is not None, "only somebody with a name can be assigned"
    return work.assign(workstream=workstream, person=person, role=role, since=SINCE, by=None)


def lead_of(workstream: Workstream) -> User:
    account: User = workstream.assignments.leads().get().person.user
    return account


def sent_update(
    workstream: Workstream,
    month: date,
    *,
    rating: Rag = Rag.GREEN,
    reason: str = "",
    items: Mapping[Section, Sequence[str]] = WORDS,
    at: datetime | None = None,
) -> UpdateRevision:
    """An update as its lead sent it, on its due day unless `at` says when."""
    due = period(workstream.programme, month)
    return updates.send(
        workstream=workstream,
        period=due,
        items=items,
        rating=rating,
        reason=reason or ("" if rating is Rag.GREEN else "Two posts are vacant. Interviews are on 20 November."),
        by=lead_of(workstream),
        path=PATH if rating is Rag.RED else NO_PATH,
        at=at or datetime(due.due_on.year, due.due_on.month, due.due_on.day, 9, tzinfo=UTC),
    )


def draft(
    workstream: Workstream,
    month: date,
    *,
    progress: str = "The rota is agreed",
    rating: str = "green",
    told: str = "",
    answers: Mapping[str, str] | None = None,
) -> UpdateDraft:
    """What the lead has typed so far, or with `told` what they told somebody else; complete enough to be sent."""
    sections = {Section.PROGRESS.value: progress, Section.RISKS.value: "", Section.NEXT_STEPS.value: "Train staff"}
    lead = lead_of(workstream)
    return updates.save_draft(
        workstream=workstream,
        period=period(workstream.programme, month),
        words=DraftWords(
            sections, rating, on_behalf_of=lead.person if told else None, source_note=told, answers=answers or {}
        ),
        version=0,
        by=lead,
    )


def told_update(
    workstream: Workstream, month: date, *, by: User, source_note: str = "Email from the lead, 3 November"
) -> UpdateRevision:
    """An update that somebody of the office entered in its lead's name."""
    due = period(workstream.programme, month)
    return updates.send(
        workstream=workstream,
        period=due,
        items=WORDS,
        rating=Rag.GREEN,
        reason="",
        by=by,
        on_behalf_of=lead_of(workstream).person,
        source_note=source_note,
        at=datetime(2026, 11, 4, 9, tzinfo=UTC),
    )


def said(words: str) -> FuzzyDate:
    """A date as people say it."""
    found = fuzzydates.parse(words, reference=TODAY)
    assert found is not None, words
    return found


def milestone(workstream: Workstream, title: str = "", *, when: str = "", moved_to: Sequence[str] = ()) -> Milestone:
    """A milestone with its baseline, moved once for each of `moved_to`."""
    made = milestones.add(
        workstream=workstream,
        title=title or f"Milestone {next(_numbers)}",
        when=said(when) if when else None,
        by=lead_of(workstream),
        at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    )
    for version, words in enumerate(moved_to, start=1):
        milestones.move(
            milestone=made,
            when=said(words),
            reason="The supplier is late",
            version=version,
            by=lead_of(workstream),
            at=datetime(2026, 3 + version, 2, 9, tzinfo=UTC),
        )
    made.refresh_from_db()
    return made


def ask(
    workstream: Workstream,
    text: str = "Fund two more nurses",
    *,
    wanted_by: date | None = date(2026, 10, 16),
    is_blocking: bool = False,
    at: datetime = datetime(2026, 10, 5, 9, tzinfo=UTC),
) -> Ask:
    """Something the workstream's lead wants from above."""
    lead = lead_of(workstream)
    return asks.ask(workstream=workstream, text=text, wanted_by=wanted_by, is_blocking=is_blocking, by=lead, at=at)


def risk(workstream: Workstream, text: str = "Nurses leave", *, likelihood: int = 3, impact: int = 4) -> Risk:
    """An open risk without an action."""
    return registers.raise_risk(
        workstream=workstream,
        text=text,
        likelihood=likelihood,
        impact=impact,
        by=lead_of(workstream),
        at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    )


def issue(workstream: Workstream, text: str = "The phone line is down", *, severity: str = "high") -> Issue:
    """An open issue."""
    return registers.raise_issue(
        workstream=workstream,
        text=text,
        severity=severity,
        by=lead_of(workstream),
        at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    )
