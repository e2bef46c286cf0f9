"""Where the items of the page of actions come from. Each source reads what it needs in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from programme.models import Person, Programme, ReportingPeriod, User
from programme.periods import add_months
from programme.permissions import Rights
from programme.roles import Permission, Role
from programme.wording import listed
from reporting.actions_page import NOBODY, Asked, Item, Kind, Reader, by_due, reader_of
from reporting.homes import due_updates
from workstreams import asks, promises, roadmap
from workstreams.hearing import WEEKS_TO_TELL_BACK
from workstreams.models import (
    Action,
    Ask,
    Assignment,
    BaselineRequest,
    Decision,
    Document,
    GateCondition,
    LaunchQuestion,
    MonthlyUpdate,
    Risk,
    UpdateEvent,
    Voice,
    Workstream,
)


def everything(programme: Programme, user: User, rights: Rights, day: date) -> list[Item]:
    """All that is to be done in a programme, the day that comes first at the top."""
    reader = reader_of(user, programme, rights, day)
    rows = programme.workstreams.select_related("merged_into")
    asked = Asked(programme, reader, day, _leads(programme, day), {row.pk: row for row in rows})
    found = [item for source in SOURCES for item in source(asked)]
    return sorted(found, key=by_due)


def _leads(programme: Programme, day: date) -> dict[int, str]:
    names: dict[int, list[str]] = defaultdict(list)
    held = Assignment.objects.in_force(day).leads().filter(workstream__programme=programme)
    for each in held.with_people().select_related("workstream"):
        names[each.workstream.merged_into_id or each.workstream_id].append(each.who.name)
    return {key: listed(each) for key, each in names.items()}


def _name(person: Person | None) -> str:
    return person.survivor.name if person else NOBODY


def _actions(asked: Asked) -> Iterator[Item]:
    related = ("owner__merged_into", "workstream__merged_into", "risk", "issue", "ask", "decision", "meeting__group")
    for row in Action.objects.filter(programme=asked.programme, closed_on=None).select_related(*related):
        yield asked.item(
            Kind.ACTION, row.text, where=row.source_words or "Registers", owner=_name(row.owner),
            is_mine=asked.reader.owns(row.owner), due=row.due_on, workstream=row.workstream, name="action",
            keys=(row.pk,),
        )  # fmt: skip


def _asks(asked: Asked) -> Iterator[Item]:
    reader = asked.reader
    waiting = Ask.objects.filter(workstream__programme=asked.programme).with_state().still_open()
    for line in asks.lines(waiting, asked.day):
        workstream = asked.workstreams[line.ask.workstream_id]
        key = workstream.survivor.pk
        if line.is_waiting:
            above = str(line.group or "Senior leadership team and sponsor")
            mine = Permission.ANSWER_ASKS in reader.permissions or key in reader.sponsored
            owner, where, due = above, "Waits for an answer", line.ask.wanted_by
        else:
            owner, mine, where, due = asked.lead_of(key), key in reader.led, "More is needed", line.newest.day
        yield asked.item(
            Kind.ASK, line.ask.text, where=where, owner=owner, is_mine=mine, due=due, workstream=workstream,
            name="ask", keys=(line.ask.pk,),
        )  # fmt: skip


def _milestones(asked: Asked) -> Iterator[Item]:
    found = roadmap.open_milestones(asked.programme, asked.reader.user)
    for row in found.select_related("workstream", "owner__merged_into"):
        # What nobody owns falls to whoever leads. The latest possible day counts; a date without an end is never late.
        if row.owner:
            where, owner, mine = "Plan", _name(row.owner), asked.reader.owns(row.owner)
        else:
            key = row.workstream_id
            where, owner, mine = "Plan, no owner named", asked.lead_of(key), key in asked.reader.led
        yield asked.item(
            Kind.MILESTONE, row.title, where=where, owner=owner, is_mine=mine, due=vars(row)["planned_end"],
            workstream=row.workstream, name="milestone", keys=(row.workstream.slug, row.pk),
        )  # fmt: skip


def _updates(asked: Asked) -> Iterator[Item]:
    reader = asked.reader
    returned = set(_returned(asked))
    led = [row for key, row in asked.workstreams.items() if key in reader.led]
    open_months = list(asked.programme.periods.ordinary().opened_by(asked.day).filter(closed_at=None).order_by("month"))
    own = due_updates(_reporting(led, asked.day), open_months, asked.day) if led else []
    owed = {(each.workstream.pk, each.period.pk): each.period for each in own}
    if Permission.READ_UPDATE_STATES in reader.permissions:
        owed |= {(update.workstream_id, update.period_id): update.period for update in returned}
    back = {(update.workstream_id, update.period_id) for update in returned}
    for (key, period_key), period in owed.items():
        workstream = asked.workstreams[key]
        where = "Returned by the office" if (key, period_key) in back else "Monthly update"
        yield asked.item(
            Kind.UPDATE, f"{period} update of {workstream.name}", where=where, owner=asked.lead_of(key),
            is_mine=key in reader.led, due=period.due_on, workstream=workstream,
            name="update-edit" if key in reader.led else "updates", keys=_update_keys(workstream, period, key, reader),
        )  # fmt: skip


def _update_keys(workstream: Workstream, period: ReportingPeriod, key: int, reader: Reader) -> tuple[str, ...]:
    return (workstream.slug, period.key) if key in reader.led else (workstream.slug,)


def _reporting(led: Sequence[Workstream], day: date) -> list[Workstream]:
    return list(Workstream.objects.filter(pk__in=[row.pk for row in led]).reporting_on(day))


def _returned(asked: Asked) -> list[MonthlyUpdate]:
    rows = MonthlyUpdate.objects.filter(workstream__programme=asked.programme, period__closed_at=None)
    return list(rows.ending_with(UpdateEvent.Kind.RETURNED).select_related("period"))


def _promises(asked: Asked) -> Iterator[Item]:
    running = Workstream.objects.filter(programme=asked.programme).reporting_on(asked.day)
    standing = list(running.values_list("pk", flat=True))
    due = dict(asked.programme.periods.ordinary().values_list("month", "due_on"))
    for key, found in promises.open_of(standing, asked.day).items():
        workstream = asked.workstreams[key]
        for promise in found:
            # It is answered in the next month's update.
            yield asked.item(
                Kind.PROMISE, promise.text, where=promise.age_words, owner=asked.lead_of(key),
                is_mine=key in asked.reader.led, due=due.get(add_months(promise.month, 1)), workstream=workstream,
                name="updates", keys=(workstream.slug,),
            )  # fmt: skip


def _risks(asked: Asked) -> Iterator[Item]:
    rows = Risk.objects.filter(workstream__programme=asked.programme, closed_on=None, review_on__isnull=False)
    for row in rows.select_related("owner__merged_into", "workstream__merged_into"):
        yield asked.item(
            Kind.RISK, row.text, where=f"Review of a risk, score {row.score}", owner=_name(row.owner),
            is_mine=asked.reader.owns(row.owner), due=row.review_on, workstream=row.workstream, name="risk",
            keys=(row.workstream.survivor.slug, row.pk),
        )  # fmt: skip


def _baselines(asked: Asked) -> Iterator[Item]:
    rows = BaselineRequest.objects.filter(milestone__workstream__programme=asked.programme).waiting()
    for row in rows.select_related("milestone__workstream"):
        mine = Permission.AGREE_BASELINES in asked.reader.permissions and row.by_id != asked.reader.user.pk
        yield asked.item(
            Kind.BASELINE, row.milestone.title, where="New baseline asked for", owner="Whoever agrees to baselines",
            is_mine=mine, due=None, workstream=asked.workstreams[row.milestone.workstream_id], name="baseline-decide",
            keys=(row.pk,),
        )  # fmt: skip


def _decisions(asked: Asked) -> Iterator[Item]:
    rows = Decision.objects.filter(programme=asked.programme, superseded_by=None, review_on__isnull=False)
    for row in rows.select_related("decided_by__merged_into", "workstream__merged_into"):
        yield asked.item(
            Kind.DECISION, row.text, where="Review of a decision", owner=row.decider,
            is_mine=asked.reader.owns(row.decided_by), due=row.review_on, workstream=row.workstream, name="decision",
            keys=(row.pk,),
        )  # fmt: skip


def _links(asked: Asked) -> Iterator[Item]:
    rows = Document.objects.filter(workstream__programme=asked.programme, closed_on=None, check_after__isnull=False)
    for row in rows.select_related("owner__merged_into", "workstream__merged_into"):
        yield asked.item(
            Kind.LINK, row.text, where="Link to check again", owner=_name(row.owner),
            is_mine=asked.reader.owns(row.owner), due=row.check_again_on, workstream=row.workstream, name="registers",
            keys=(row.workstream.survivor.slug,),
        )  # fmt: skip


def _questions(asked: Asked) -> Iterator[Item]:
    rows = LaunchQuestion.objects.filter(workstream__programme=asked.programme, closed_on=None)
    for row in rows.select_related("owner__merged_into", "workstream__merged_into"):
        yield asked.item(
            Kind.QUESTION, row.text, where=f"Asked by {row.asked_by}" if row.asked_by else "Asked at launch",
            owner=_name(row.owner), is_mine=asked.reader.owns(row.owner), due=None, workstream=row.workstream,
            name="registers", keys=(row.workstream.survivor.slug,),
        )  # fmt: skip


def _voices(asked: Asked) -> Iterator[Item]:
    reader = asked.reader
    for row in Voice.objects.filter(programme=asked.programme).unanswered().select_related("workstream__merged_into"):
        led = row.workstream is not None and row.workstream.survivor.pk in reader.led
        last = row.heard_until + timedelta(weeks=WEEKS_TO_TELL_BACK + 1, days=-1)
        owner = asked.lead_of(row.workstream.survivor.pk) if row.workstream else "Participation lead"
        yield asked.item(
            Kind.VOICE, row.said, where=f"Heard from {row.get_audience_display().lower()}: tell them what became of it",
            owner=owner, is_mine=led or Role.PARTICIPATION in reader.roles, due=last, workstream=row.workstream,
            name="voice", keys=(row.pk,),
        )  # fmt: skip


def _conditions(asked: Asked) -> Iterator[Item]:
    for row in GateCondition.objects.of_programme(asked.programme).open():
        yield asked.item(
            Kind.CONDITION, row.text, where=f"Condition of {row.gate.name}", owner=_name(row.owner),
            is_mine=asked.reader.owns(row.owner), due=row.due_on, workstream=row.gate.workstream, name="gate",
            keys=(row.gate_id,),
        )  # fmt: skip


SOURCES: tuple[Callable[[Asked], Iterator[Item]], ...] = (
    _actions,
    _asks,
    _milestones,
    _updates,
    _promises,
    _risks,
    _baselines,
    _decisions,
    _links,
    _questions,
    _voices,
    _conditions,
)
