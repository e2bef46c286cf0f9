"""A demo programme's page, its workstreams and the months its source documents."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from django.conf import settings

from programme import invitation_mail
from programme.actions import invitations, periods, programmes
from programme.clock import LONDON
from programme.history import recorded
from programme.models import Organisation, Place, Programme
from reporting.demo.people import Cast, give_roles
from reporting.demo.plan import StoryMilestone
from reporting.demo.story import RULE, Event, StoryTime, Told, working_day
from workstreams.actions import handover, milestones, updates
from workstreams.actions import workstreams as work
from workstreams.models import Workstream
from workstreams.sections import Section


def make(told: Told, story: StoryTime, cast: Cast) -> Programme:
    """The programme with its workstreams, people and phases; what happened in them follows as events."""
    programme = programmes.create(
        name=told["name"],
        slug=told["slug"],
        by=cast.accounts["admin"],
        at=_begun(told, story),
        opens_before_month_end=RULE.opens_before_month_end,
        due_working_day=RULE.due_working_day,
        closes_after_due=RULE.closes_after_due,
    )
    programme = programmes.edit(
        programme=programme,
        version=programme.version,
        mandate=told["mandate"],
        scope=told["scope"],
        governance=told["governance"],
        partners=Organisation.objects.filter(name__in=told["partners"]),
        places=Place.objects.filter(name__in=told["places"]),
        by=cast.accounts["office"],
        at=_begun(told, story),
    )
    give_roles(programme, story, cast)
    _invite(programme, told, story, cast)
    made: dict[str, Workstream] = {}
    for each in told["workstreams"]:
        made[each["slug"]] = _make_workstream(programme, each, made, story, cast)
    _link_successors(told, made, story, cast)
    return programme


def _invite(programme: Programme, told: Told, story: StoryTime, cast: Cast) -> None:
    """Invitations that wait; the demo's mailbox has the letters."""
    for each in told.get("invitations", ()):
        invitation, token = invitations.invite(
            programme=programme,
            person=cast.people[each["person"]],
            email=each["email"],
            by=cast.accounts["admin"],
            at=story.now - timedelta(hours=3),
        )
        if settings.DEMO and invitation_mail.send(invitation, token):
            invitations.mailed(invitation=invitation, at=invitation.at)


def _make_workstream(
    programme: Programme, told: Told, made: dict[str, Workstream], story: StoryTime, cast: Cast
) -> Workstream:
    workstream = work.add(
        programme=programme,
        name=told["name"],
        slug=told["slug"],
        purpose=told["purpose"],
        parent=made[told["parent"]] if told["parent"] else None,
        aliases=told["aliases"],
        is_example=told["example"],
        by=cast.accounts["office"],
        at=story.not_later(_morning(_started(told, story))),
    )
    _set_statuses(workstream, told, story, cast)
    _assign_people(workstream, told, story, cast)
    _add_objectives(workstream, told, story, cast)
    _leave_notes(workstream, told, story, cast)
    _add_phases(workstream, told, story, cast)
    return workstream


def _set_statuses(workstream: Workstream, told: Told, story: StoryTime, cast: Cast) -> None:
    for status in told["statuses"]:
        since = story.day(status["on"])
        work.set_status(
            workstream=workstream,
            status=status["status"],
            since=since,
            since_words=status.get("words") or "",
            reason=status["reason"],
            by=cast.accounts["office"],
            at=story.not_later(_morning(since)),
        )


def _assign_people(workstream: Workstream, told: Told, story: StoryTime, cast: Cast) -> None:
    for assignment in told["assignments"]:
        work.assign(
            workstream=workstream,
            person=cast.people[assignment["person"]],
            role=assignment["role"],
            since=story.day(assignment["from"]),
            until=story.last_day(assignment["until"]),
            by=cast.accounts["office"],
            at=story.not_later(_morning(story.day(assignment["from"]))),
        )


def _leave_notes(workstream: Workstream, told: Told, story: StoryTime, cast: Cast) -> None:
    """Last words, written down by the office for leads who have no account."""
    for note in told.get("handover_notes", ()):
        handover.leave_note(
            workstream=workstream,
            person=cast.people[note["person"]],
            text=note["text"],
            by=cast.accounts["office"],
            at=story.not_later(working_day(story.months_ago(note["months_ago"]), 18, 15, 20)),
        )


def _add_objectives(workstream: Workstream, told: Told, story: StoryTime, cast: Cast) -> None:
    for objective in told["objectives"]:
        work.add_objective(
            workstream=workstream,
            number=objective["number"],
            text=objective["text"],
            is_priority=objective["priority"],
            by=cast.accounts["office"],
            at=story.not_later(_morning(_started(told, story))),
        )


def _add_phases(workstream: Workstream, told: Told, story: StoryTime, cast: Cast) -> None:
    for order, phase in enumerate(told["phases"], start=1):
        milestones.add_phase(
            workstream=workstream,
            name=phase["name"],
            order=order,
            window=story.window(phase["window"]) if phase["window"] else None,
            at=story.not_later(_morning(_started(told, story))),
            by=cast.accounts["office"],
        )


def _link_successors(told: Told, made: dict[str, Workstream], story: StoryTime, cast: Cast) -> None:
    for each in told["workstreams"]:
        if each.get("successor"):
            successor = made[each["successor"]]
            successor.predecessor = made[each["slug"]]
            at = story.not_later(_morning(_started(each, story)))
            with recorded(by=cast.accounts["office"], action="Said what the workstream follows on from", at=at):
                successor.save()


def events(programme: Programme, told: Told, story: StoryTime, cast: Cast) -> list[Event]:
    """What happened in the plans, and the months the programme's source documents."""
    rows = {row.slug: row for row in programme.workstreams.all()}
    started = {each["slug"]: _started(each, story) for each in told["workstreams"]}
    happened: list[Event] = []
    for each in told["workstreams"]:
        happened += _documented_months(rows[each["slug"]], each, cast)
        for milestone in each["milestones"]:
            happened += StoryMilestone(rows[each["slug"]], milestone, started[each["slug"]], story, cast).events()
    return happened


def _begun(told: Told, story: StoryTime) -> datetime:
    """When the programme's first workstream began."""
    return story.not_later(_morning(min(_started(each, story) for each in told["workstreams"])))


def _started(told: Told, story: StoryTime) -> date:
    return min(story.day(status["on"]) for status in told["statuses"])


def _documented_months(workstream: Workstream, told: Told, cast: Cast) -> Iterator[Event]:
    """Months from before the programme came here: sent, but rated by nobody."""
    lead = next((a["person"] for a in told["assignments"] if a["role"] == "lead"), None)
    for update in told["documented_updates"]:
        month = date.fromisoformat(f"{update['month']}-01")
        at = working_day(month, 15, 11)
        record = partial(
            _record, workstream, month, update, at=at, by_name=cast.people[lead].name if lead else "", cast=cast
        )
        yield at, record


def _record(workstream: Workstream, month: date, told: Told, *, at: datetime, by_name: str, cast: Cast) -> None:
    period, _ = periods.history_period(
        programme=workstream.programme, month=month, batch=None, by=cast.accounts["office"]
    )
    items = {Section(section): texts for section, texts in told["items"].items()}
    updates.record_history(
        workstream=workstream, period=period, items=items, lines={}, batch=None, by=None, at=at, by_name=by_name
    )


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=LONDON)
