"""Deciding what is to be said to whom, and writing it into the mail queue.

`tick` may run at any time, twice at once or not for days: a person's digest of a day has one key, and every line of it
has one, so that whatever is decided twice is written once. What an e-mail says gives nothing away: a programme, a
month and a link behind which one has to sign in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse

from programme.actions import mail
from programme.clock import LONDON, now
from programme.dates import day_words
from programme.mail_kinds import MailKind
from programme.models import Leave, Mail, MailChoices, Person, ReportingPeriod, User
from programme.refusals import Refused
from workstreams.models import AskEvent, Assignment, MonthlyUpdate, Reminder, UpdateEvent, Workstream
from workstreams.reminders import DEFAULT_RULE, Recipient, Team, is_time, recipients, step_on

Kind = UpdateEvent.Kind
OLDEST = timedelta(days=60)  # what was due before that is not asked for by itself any more
AWAY, NO_ACCOUNT = "is away", "has no account"
NEWS_DAYS = timedelta(days=7)  # how long something that happened is still worth telling


@dataclass(frozen=True)
class Line:
    """One thing to say to one person. The same `key` is said once, however often it is decided."""

    key: str
    kind: MailKind
    person: int
    workstream: Workstream
    period: ReportingPeriod | None
    text: str
    path: str
    covering: int | None = None
    because: str = ""  # why somebody stands in for the lead, to be read after "The lead"

    @property
    def words(self) -> str:
        """The line as it stands in the e-mail."""
        return f"{self.text} The lead {self.because}, so you are asked as deputy." if self.covering else self.text

    @property
    def link(self) -> str:
        """Where to do it."""
        return settings.PUBLIC_URL + self.path


def tick(*, at: datetime | None = None) -> int:
    """Write the digests that are still to be written today. Returns how many."""
    moment = at or now()
    local = moment.astimezone(LONDON)
    if not is_time(local):
        return 0
    lines = lines_on(moment)
    return sum(
        _write_digest(user, wanted, local.date(), moment) for user, wanted in _by_reader(lines, local.date()).items()
    )


def lines_on(moment: datetime) -> list[Line]:
    """Everything there is to say at a moment, said before or not. A new kind of news adds its lines here."""
    day = moment.astimezone(LONDON).date()
    teams = Teams(day)
    returned = _returned(moment, teams)
    come_back = {(line.person, line.workstream.pk, line.period) for line in returned}
    due = [line for line in _due(day, teams) if (line.person, line.workstream.pk, line.period) not in come_back]
    return [*returned, *due, *_acknowledged(moment, teams), *_answered(moment, teams)]


# -- who ---------------------------------------------------------------------------------------------------------------


class Teams:
    """Who answers for each workstream on a day, in three queries whatever their number."""

    def __init__(self, day: date) -> None:
        self.away = frozenset(Leave.objects.on(day).values_list(Coalesce("person__merged_into", "person"), flat=True))
        self._held: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        rows = Assignment.objects.in_force(day).order_by("pk")
        for workstream, person, role in rows.values_list(
            Coalesce("workstream__merged_into", "workstream"), Coalesce("person__merged_into", "person"), "role"
        ):
            if person not in self._held[workstream][role]:
                self._held[workstream][role].append(person)
        everybody = {person for held in self._held.values() for people in held.values() for person in people}
        self.without_account = frozenset(everybody - set(_readers(everybody)))

    def of(self, workstream: int) -> Team:
        """The team of one."""
        held = self._held[workstream]
        leads, deputies, sponsors = (tuple(held[role.value]) for role in Assignment.Role)
        return Team(leads, deputies, sponsors, self.away, self.without_account)


def _readers(people: Iterable[int]) -> dict[int, User]:
    """The accounts of people who have one they can use."""
    users = User.objects.filter(person__in=set(people), is_active=True)
    return {user.person_id: user for user in users if user.person_id}


def _by_reader(lines: Sequence[Line], day: date) -> Mapping[User, list[Line]]:
    """What is new to each person who can be written to and wants to hear it."""
    said = set(Reminder.objects.filter(key__in=[line.key for line in lines]).values_list("key", flat=True))
    users = _readers(line.person for line in lines)
    had = set(Mail.objects.filter(key__in=[_digest_key(u, day) for u in users.values()]).values_list("to", flat=True))
    off = dict(MailChoices.objects.filter(user__in=users.values()).values_list("user", "off"))
    found: dict[User, list[Line]] = defaultdict(list)
    for line in lines:
        user = users.get(line.person)
        if user and user.pk not in had and line.key not in said and line.kind.value not in off.get(user.pk, ()):
            found[user].append(line)
    return found


# -- what --------------------------------------------------------------------------------------------------------------


def missing_updates(periods: Iterable[ReportingPeriod], day: date) -> list[tuple[Workstream, ReportingPeriod]]:
    """Every update of these months that is owed on `day` and is not in."""
    periods = list(periods)
    owing = Workstream.objects.filter(programme__in={period.programme_id for period in periods}).reporting_on(day)
    told = MonthlyUpdate.objects.filter(period__in=periods)
    last = UpdateEvent.objects.filter(update=OuterRef("pk")).order_by("-at", "-pk")
    unchanged = told.annotate(last=Subquery(last.values("kind")[:1])).filter(last=Kind.NO_CHANGE)
    there = {pair for each in (told.sent(), unchanged) for pair in each.values_list("workstream_id", "period_id")}
    return [
        (workstream, period)
        for workstream in owing.select_related("programme")
        for period in periods
        if workstream.programme_id == period.programme_id and (workstream.pk, period.pk) not in there
    ]


def _due(day: date, teams: Teams) -> list[Line]:
    """The step the day has come to, for every update that is not in."""
    running = ReportingPeriod.objects.ordinary().opened_by(day).filter(closed_at=None, due_on__gte=day - OLDEST)
    steps = {period.pk: step_on(period.days, day, DEFAULT_RULE) for period in running}
    found = []
    for workstream, period in missing_updates([p for p in running if steps[p.pk]], day):
        kind = steps[period.pk]
        assert kind is not None
        key = f"{kind.value}:{period.pk}:{workstream.pk}"
        found += [_line(kind, key, workstream, period, told) for told in recipients(kind, teams.of(workstream.pk))]
    return found


def _returned(moment: datetime, teams: Teams) -> list[Line]:
    """Updates the office has returned that have not been sent again."""
    newest = UpdateEvent.objects.filter(update=OuterRef("update")).order_by("-at", "-pk")
    events = _news(Kind.RETURNED, moment).alias(newest=Subquery(newest.values("pk")[:1])).filter(newest=F("pk"))
    return _event_lines(MailKind.RETURNED, events.filter(update__period__closed_at=None), teams)


def _acknowledged(moment: datetime, teams: Teams) -> list[Line]:
    return _event_lines(MailKind.ACKNOWLEDGED, _news(Kind.ACKNOWLEDGED, moment), teams)


def _news(kind: Kind, moment: datetime) -> models.QuerySet[UpdateEvent]:
    events = UpdateEvent.objects.filter(kind=kind, at__gt=moment - NEWS_DAYS, at__lte=moment)
    return events.select_related("update__workstream__programme", "update__period", "by").order_by("pk")


def _event_lines(kind: MailKind, events: models.QuerySet[UpdateEvent], teams: Teams) -> list[Line]:
    return [
        _line(kind, f"{kind.value}:{event.pk}", event.update.workstream, event.update.period, told)
        for event in events
        for told in recipients(kind, teams.of(event.update.workstream_id))
        if event.by is None or event.by.person_id != told.person
    ]


def _answered(moment: datetime, teams: Teams) -> list[Line]:
    """Answers from above that nothing has followed yet: for whoever asked, and for those who lead the workstream."""
    newest = AskEvent.objects.filter(ask=OuterRef("ask")).order_by("-number")
    answers = AskEvent.objects.filter(kind__in=AskEvent.ANSWERS, at__gt=moment - NEWS_DAYS, at__lte=moment)
    latest = answers.alias(newest=Subquery(newest.values("pk")[:1])).filter(newest=F("pk"))
    events = latest.select_related("ask__workstream__programme", "ask__workstream__merged_into", "ask__by", "by")
    return [
        _answer_line(event, person)
        for event in events.order_by("pk")
        for person in _told_of(event, teams)
        if event.by is None or event.by.person_id != person
    ]


def _told_of(event: AskEvent, teams: Teams) -> list[int]:
    """Each once."""
    leads = recipients(MailKind.ANSWERED, teams.of(event.ask.workstream.survivor.pk))
    asked = event.ask.by.person_id if event.ask.by else None
    return list(dict.fromkeys([*([asked] if asked else []), *(told.person for told in leads)]))


def _answer_line(event: AskEvent, person: int) -> Line:
    workstream = event.ask.workstream.survivor
    return Line(
        key=f"{MailKind.ANSWERED.value}:{event.pk}:{person}",
        kind=MailKind.ANSWERED,
        person=person,
        workstream=workstream,
        period=None,
        text=f"{workstream.programme}: there is an answer to something you asked for.",
        path=reverse("ask", args=[workstream.programme.slug, event.ask_id]),
    )


def _line(kind: MailKind, key: str, workstream: Workstream, period: ReportingPeriod, told: Recipient) -> Line:
    page = "update" if kind in {MailKind.SPONSOR, MailKind.ACKNOWLEDGED} else "update-edit"
    return Line(
        key=f"{key}:{told.person}",
        kind=kind,
        person=told.person,
        workstream=workstream,
        period=period,
        text=f"{workstream.programme}: {_SAID[kind].format(month=period, due=day_words(period.due_on))}",
        path=reverse(page, args=[workstream.programme.slug, workstream.slug, period.key]),
        covering=told.covering,
        because=NO_ACCOUNT if told.has_no_account else AWAY,
    )


_SAID = {
    MailKind.SOON: "the {month} update is due on {due}.",
    MailKind.DUE: "the {month} update is due today.",
    MailKind.STANDING_IN: "the {month} update was due on {due} and is not in.",
    MailKind.SPONSOR: "the {month} update of a workstream you sponsor was due on {due} and is not in.",
    MailKind.RETURNED: "the {month} update has come back to you. The reason is beside the form.",
    MailKind.ACKNOWLEDGED: "the {month} update has been read by the programme office.",
    MailKind.CHASED: "the programme office is waiting for the {month} update, due on {due}.",
}


# -- writing it --------------------------------------------------------------------------------------------------------


def _digest_key(user: User, day: date) -> str:
    return f"digest:{user.pk}:{day.isoformat()}"


def _write_digest(user: User, lines: Sequence[Line], day: date, moment: datetime) -> bool:
    """The e-mail with its lines, or nothing where somebody else has just written it."""
    subject = f"{settings.SERVICE_NAME}: your updates, {day_words(day)}"
    return _write(_digest_key(user, day), user, subject, lines, moment, by=None)


def _write(key: str, user: User, subject: str, lines: Sequence[Line], moment: datetime, *, by: User | None) -> bool:
    context = {"user": user, "lines": lines, "public_url": settings.PUBLIC_URL, "service_name": settings.SERVICE_NAME}
    body = render_to_string("emails/digest.txt", context | {"asked_by": by})
    try:
        with transaction.atomic():
            mailed, is_new = mail.write(key=key, to=user, subject=subject, body=body, at=moment)
            if is_new:
                Reminder.objects.bulk_create(_reminder(line, mailed, moment, by) for line in lines)
    except IntegrityError:  # somebody else has just said one of these lines, in an e-mail of another key
        return False
    return is_new


def _reminder(line: Line, mailed: Mail, moment: datetime, by: User | None) -> Reminder:
    return Reminder(
        key=line.key,
        kind=line.kind.value,
        workstream=line.workstream,
        period=line.period,
        person_id=line.person,
        covering_id=line.covering,
        mail=mailed,
        by=by,
        at=moment,
    )


# -- chasing -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chase:
    """Whom chasing one update would reach."""

    workstream: Workstream
    readers: list[tuple[User, Line]] = field(default_factory=list)
    without_account: list[str] = field(default_factory=list)
    is_chased_today: bool = False

    @property
    def names(self) -> list[str]:
        """Who gets an e-mail, saying so where they stand in."""
        return [f"{user.name} (the lead {line.because})" if line.covering else user.name for user, line in self.readers]


def chases(*, period: ReportingPeriod, day: date, only: str = "") -> list[Chase]:
    """Whom chasing would reach for each update of the month that is not in, or for the workstream `only`."""
    teams = Teams(day)
    missing = [w for w, _ in missing_updates([period], day) if only in {"", w.slug}]
    told = {w.pk: recipients(MailKind.CHASED, teams.of(w.pk)) for w in missing}
    people = {each.person for recipients_of in told.values() for each in recipients_of}
    users, names = _readers(people), dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    said = set(Reminder.objects.filter(period=period, kind=MailKind.CHASED).values_list("key", flat=True))
    found = []
    for workstream in missing:
        key = f"{MailKind.CHASED.value}:{day.isoformat()}:{period.pk}:{workstream.pk}"
        lines = [_line(MailKind.CHASED, key, workstream, period, each) for each in told[workstream.pk]]
        found.append(
            Chase(
                workstream,
                [(users[line.person], line) for line in lines if line.person in users and line.key not in said],
                [names[line.person] for line in lines if line.person not in users],
                any(line.key in said for line in lines),
            )
        )
    return found


@dataclass(frozen=True)
class Chased:
    """What came of chasing."""

    people: list[str]
    unreached: list[str]


@transaction.atomic
def chase(*, period: ReportingPeriod, by: User, only: str = "", at: datetime | None = None) -> Chased:
    """Ask for the updates of a month that are not in: one e-mail to each person.

    The same again on the same day is said once. Refuses a closed month.
    """
    moment = at or now()
    if period.closed_at:
        raise Refused(f"{period} is closed, so there is nothing to chase.")
    wanted: dict[User, list[Line]] = defaultdict(list)
    found = chases(period=period, day=moment.astimezone(LONDON).date(), only=only)
    for each in found:
        for user, line in each.readers:
            wanted[user].append(line)
    subject = f"{settings.SERVICE_NAME}: the programme office asks for an update"
    people = []
    for user, lines in wanted.items():
        named = sha256(" ".join(sorted(line.key for line in lines)).encode()).hexdigest()
        if _write(f"chase:{user.pk}:{named}", user, subject, lines, moment, by=by):
            people.append(user.name)
    return Chased(sorted(people), sorted(w.workstream.name for w in found if not w.readers and not w.is_chased_today))
