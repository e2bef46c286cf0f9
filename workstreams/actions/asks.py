"""Asking for help, passing it up and down, answering, replying and withdrawing. Each adds an event to the ask.

An event carries the number of the one its writer had read. Two people who answer at the same moment both want the
next number; the database gives it to one, and the other is shown what was answered.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from programme.clock import LONDON, now
from programme.history import recorded
from programme.models import User
from programme.refusals import Refused, Stale
from workstreams.asks import reporting_lines, way_of
from workstreams.escalation import above, below
from workstreams.models import Ask, AskEvent, Decision, Group, UpdateRevision, Workstream

Kind = AskEvent.Kind


@transaction.atomic
def ask(
    *,
    workstream: Workstream,
    text: str,
    by: User | None,
    wanted_by: date | None = None,
    is_blocking: bool = False,
    asked_in: UpdateRevision | None = None,
    group: Group | None = None,
    at: datetime | None = None,
) -> Ask:
    """Ask for help or a decision, from a register's page or with an update (`asked_in`), perhaps of a group."""
    if not text.strip():
        raise Refused("Say what you are asking for.")
    if is_blocking and wanted_by is None:
        raise Refused("Say by which day you need the answer, since the work cannot go on without it.")
    moment = at or now()
    made = Ask.objects.create(
        workstream=workstream,
        text=text.strip(),
        wanted_by=wanted_by,
        is_blocking=is_blocking,
        asked_in=asked_in,
        by=by,
        at=moment,
    )
    AskEvent.objects.create(ask=made, number=1, kind=Kind.ASKED, group=group, by=by, at=moment)
    return made


@transaction.atomic
def answer(
    *, ask: Ask, kind: str, sentence: str, day: date, version: int, by: User, at: datetime | None = None
) -> AskEvent:
    """Answer yes, no or more needed, with a sentence and a day. A yes becomes a decision at once.

    Raises Stale where somebody has answered, replied or withdrawn since event number `version`.
    """
    if kind not in AskEvent.ANSWERS:
        raise Refused("Answer yes, no or more needed.")
    moment = at or now()
    event = _add(ask, kind, sentence=sentence, version=version, by=by, moment=moment, day=day)
    if kind == Kind.YES:
        with recorded(by=by, action="Answered an ask with yes", at=moment):
            Decision.objects.create(
                programme=ask.workstream.programme,
                workstream=ask.workstream,
                text=f"{ask.text.rstrip('.?! ')}: yes. {event.sentence}",
                decided_by=by.person,
                decided_by_words="" if by.person else by.name,
                decided_on=moment.astimezone(LONDON).date(),
                group_id=next(iter(reversed(way_of(ask))), None),
                ask=ask,
            )
    return event


@transaction.atomic
def reply(*, ask: Ask, sentence: str, version: int, by: User, at: datetime | None = None) -> AskEvent:
    """Say the more that was needed; the ask then waits for an answer again. Raises Stale or Refused."""
    return _add(ask, Kind.REPLIED, sentence=sentence, version=version, by=by, moment=at or now())


@transaction.atomic
def withdraw(*, ask: Ask, sentence: str, version: int, by: User, at: datetime | None = None) -> AskEvent:
    """Take an ask back because it is no longer needed. Raises Stale or Refused."""
    return _add(ask, Kind.WITHDRAWN, sentence=sentence, version=version, by=by, moment=at or now())


@transaction.atomic
def pass_up(*, ask: Ask, group: Group, sentence: str, version: int, by: User, at: datetime | None = None) -> AskEvent:
    """Escalate: pass an ask to the group above the one that has it, saying why. Raises Stale or Refused."""
    if group.pk not in above(way_of(ask), reporting_lines(ask.workstream.programme)):
        raise Refused(f"This ask cannot be passed up to {group} from where it is now.")
    return _add(ask, Kind.PASSED_UP, sentence=sentence, version=version, by=by, moment=at or now(), group=group)


@transaction.atomic
def pass_down(*, ask: Ask, sentence: str, version: int, by: User, at: datetime | None = None) -> AskEvent:
    """De-escalate: give an ask back to the group that passed it up, saying why. Raises Stale or Refused."""
    back = below(way_of(ask))
    if back is None:
        raise Refused("No group below has passed this ask up, so it cannot go back down.")
    group = Group.objects.get(pk=back)
    return _add(ask, Kind.PASSED_DOWN, sentence=sentence, version=version, by=by, moment=at or now(), group=group)


# What may be added to what.
_AFTER = {
    Kind.YES: AskEvent.WAITING,
    Kind.NO: AskEvent.WAITING,
    Kind.MORE_NEEDED: AskEvent.WAITING,
    Kind.PASSED_UP: AskEvent.WAITING,
    Kind.PASSED_DOWN: AskEvent.WAITING,
    Kind.REPLIED: (Kind.MORE_NEEDED.value,),
    Kind.WITHDRAWN: (*AskEvent.WAITING, Kind.MORE_NEEDED.value),
}


def _add(
    ask: Ask,
    kind: str,
    *,
    sentence: str,
    version: int,
    by: User,
    moment: datetime,
    day: date | None = None,
    group: Group | None = None,
) -> AskEvent:
    newest = AskEvent.objects.filter(ask=ask).latest("number")
    if newest.number != version:
        raise Stale(newest)
    if newest.kind not in _AFTER[Kind(kind)]:
        raise Refused(f"This ask cannot be changed that way any more. It stands as: {newest.get_kind_display()}.")
    if not sentence.strip():
        raise Refused("Say it in a sentence.")
    try:
        with transaction.atomic():
            return AskEvent.objects.create(
                ask=ask,
                number=version + 1,
                kind=kind,
                sentence=sentence.strip(),
                day=day,
                group=group,
                by=by,
                at=moment,
            )
    except IntegrityError as error:
        raise Stale(AskEvent.objects.filter(ask=ask).latest("number")) from error
