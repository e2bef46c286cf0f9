"""Every expected update of a month as the programme office runs it: what is in, who is silent, who was reminded.

A fixed number of queries beside the picture's. Nothing here is stored.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import OuterRef, Subquery

from programme.clock import day_of
from programme.dates import day_words
from programme.mail_kinds import MailKind
from programme.models import Mail, MailAttempt, ReportingPeriod, User
from programme.periods import add_months
from programme.wording import counted, listed
from reporting.dashboard import UpdateState, WorkstreamLine, picture
from workstreams.actions.office import speaks_for
from workstreams.models import Reminder, UpdateDraft, UpdateEvent, UpdateRevision

Kind = UpdateEvent.Kind


class Standing(StrEnum):
    """Where an update stands for the office, most pressing first. The value is shown."""

    SILENT = "Silent"
    LATE = "Late"
    RETURNED = "Returned"
    DRAFT = "Begun"
    NOT_BEGUN = "Not begun"
    NO_CHANGE = "No change"
    IN = "In"


IS_IN = frozenset({Standing.IN, Standing.NO_CHANGE})


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


@dataclass(frozen=True)
class Told:
    """The newest e-mails about an update, and what became of them."""

    on: date
    words: str
    problem: bool


@dataclass(frozen=True)
class Row:
    """One expected update."""

    line: WorkstreamLine
    standing: Standing
    words: str
    reason: str
    is_late: bool
    is_own: bool
    acknowledged: str
    told: Told | None

    @property
    def is_in(self) -> bool:
        """Whether the month's update has come, with or without a change."""
        return self.standing in IS_IN


@dataclass(frozen=True)
class Month:
    """A month as the office sees it."""

    period: ReportingPeriod
    rows: tuple[Row, ...]

    @property
    def missing(self) -> list[Row]:
        """Updates that are not in."""
        return [row for row in self.rows if not row.is_in]

    @property
    def sentence(self) -> str:
        """How far the month is, in words."""
        if not self.rows:
            return f"No updates are expected for {self.period}."
        came = len(self.rows) - len(self.missing)
        if not self.missing:
            parts = [f"Every update for {self.period} is in."]
        else:
            parts = [f"{came} of {counted(len(self.rows), 'update')} {_be(came)} in."]
        parts += [self._pressing, self._undelivered]
        return " ".join(part for part in parts if part)

    @property
    def _pressing(self) -> str:
        late = sum(row.is_late for row in self.missing)
        silent = sum(row.standing is Standing.SILENT for row in self.rows)
        back = sum(row.standing is Standing.RETURNED for row in self.rows)
        said = [f"{late} {_be(late)} late"] if late else []
        said += [f"{silent} of them silent"] if silent else []
        said += [f"{back} {_be(back)} back with the lead"] if back else []
        return f"{listed(said)}." if said else ""

    @property
    def _undelivered(self) -> str:
        failed = sum(bool(row.told and row.told.problem) for row in self.rows)
        verb = "reminder has" if failed == 1 else "reminders have"
        return f"{failed} {verb} not arrived." if failed else ""


def month_of(period: ReportingPeriod, today: date, reader: User) -> Month:
    """The month's expected updates, most pressing first."""
    seen = picture(period.programme, period, today, newest=False)
    events, begun, told = _events(period), _begun(period), _told(period)
    sent = [line.last_sent.revision_id for line in seen.expected if line.last_sent]
    revisions = UpdateRevision.objects.select_related("on_behalf_of__merged_into").in_bulk(sent)
    rows = [
        _row(line, period, today, events.get(line.pk, ()), begun.get(line.pk, 0), told.get(line.pk), revisions, reader)
        for line in seen.expected
    ]
    return Month(period, tuple(sorted(rows, key=pressing)))


def pressing(row: Row) -> tuple[object, ...]:
    """Sorts the most pressing first."""
    return (list(Standing).index(row.standing), not row.is_late, row.line.name.lower())


def _events(period: ReportingPeriod) -> Mapping[int, list[UpdateEvent]]:
    found: dict[int, list[UpdateEvent]] = defaultdict(list)
    events = UpdateEvent.objects.filter(update__period=period).select_related("update", "by__person")
    for event in events.order_by("at", "pk"):
        found[event.update.workstream_id].append(event)
    return found


def _begun(period: ReportingPeriod) -> Mapping[int, int]:
    """How many answers each draft has."""
    drafts = UpdateDraft.objects.filter(update__period=period).select_related("update")
    return {
        each.update.workstream_id: sum(bool(text.strip()) for text in each.sections.values()) + bool(each.rating)
        for each in drafts
    }


def _told(period: ReportingPeriod) -> Mapping[int, Told]:
    """The e-mails of the newest day on which somebody was written to, by workstream."""
    newest = MailAttempt.objects.filter(mail=OuterRef("mail")).order_by("-number", "-pk")
    rows = (
        Reminder.objects.filter(period=period)
        .exclude(kind=MailKind.ACKNOWLEDGED)
        .select_related("mail", "person")
        .annotate(said=Subquery(newest.values("words")[:1]))
    )
    by_workstream: dict[int, list[Reminder]] = defaultdict(list)
    for row in rows.order_by("-at", "-pk"):
        kept = by_workstream[row.workstream_id]
        if not kept or day_of(kept[0].at) == day_of(row.at):
            kept.append(row)
    return {workstream: _told_words(kept) for workstream, kept in by_workstream.items()}


def _told_words(rows: Sequence[Reminder]) -> Told:
    verb = "Chased" if any(row.kind == MailKind.CHASED for row in rows) else "Reminded"
    to = {row.person.name: _delivery(row) for row in rows[::-1]}
    said = "; ".join(f"{name}: {words}" for name, words in to.items())
    failed = {Mail.State.REFUSED, Mail.State.UNSURE, Mail.State.GIVEN_UP}
    on = day_of(rows[0].at)
    return Told(on, f"{verb} {day_words(on)}. {said}", any(row.mail.state in failed for row in rows))


def _delivery(row: Reminder) -> str:
    """What became of the e-mail, with the server's words where it did not take it."""
    said: str = getattr(row, "said", "") or ""
    state = str(Mail.State(row.mail.state).label).lower()
    if row.mail.state == Mail.State.DELIVERED or not said:
        return state
    return f"{state}. {said.rstrip('.')}"


def _row(  # noqa: PLR0917 - the pieces of one row
    line: WorkstreamLine,
    period: ReportingPeriod,
    today: date,
    events: Sequence[UpdateEvent],
    answers: int,
    told: Told | None,
    revisions: Mapping[int, UpdateRevision],
    reader: User,
) -> Row:
    decisive = [event for event in events if event.kind not in {Kind.ACKNOWLEDGED, Kind.MOVED}]
    last = decisive[-1] if decisive else None
    standing = _standing(line, period, today, last, answers)
    revision = revisions.get(line.last_sent.revision_id) if line.last_sent and line.is_in else None
    return Row(
        line=line,
        standing=standing,
        words=_words(line, period, today, standing, last, answers),
        reason=last.reason if last and standing is Standing.RETURNED else "",
        is_late=line.update_state is UpdateState.SENT_LATE or (standing not in IS_IN and today > period.due_on),
        is_own=bool(revision and speaks_for(revision, reader)),
        acknowledged=_acknowledged(events, last) if standing in IS_IN else "",
        told=told,
    )


def _standing(
    line: WorkstreamLine, period: ReportingPeriod, today: date, last: UpdateEvent | None, answers: int
) -> Standing:
    if last and last.kind == Kind.NO_CHANGE:
        return Standing.NO_CHANGE
    if line.is_in:
        return Standing.IN
    if last and last.kind == Kind.RETURNED:
        return Standing.RETURNED
    if answers:
        return Standing.DRAFT
    if today <= period.due_on:
        return Standing.NOT_BEGUN
    reported = line.last_sent is not None and line.last_sent.month >= add_months(period.month, -1)
    return Standing.LATE if reported else Standing.SILENT


def _words(  # noqa: PLR0917 - what one sentence needs
    line: WorkstreamLine,
    period: ReportingPeriod,
    today: date,
    standing: Standing,
    last: UpdateEvent | None,
    answers: int,
) -> str:
    late = f", {counted((today - period.due_on).days, 'day')} late" if today > period.due_on else ""
    if standing is Standing.NO_CHANGE and last:
        return f"Checked {day_words(day_of(last.at))}: nothing has changed"
    if standing is Standing.RETURNED and last:
        return f"Returned {day_words(day_of(last.at))}{late}"
    if standing is Standing.DRAFT:
        return f"{counted(answers, 'answer')} written, not sent{late}"
    return line.update_words


def _acknowledged(events: Iterable[UpdateEvent], last: UpdateEvent | None) -> str:
    """Who has read what stands now."""
    since = last.at if last else None
    for event in events:
        if event.kind == Kind.ACKNOWLEDGED and (since is None or event.at >= since):
            by = f" by {event.by.name}" if event.by else ""
            return f"Acknowledged {day_words(day_of(event.at))}{by}"
    return ""
