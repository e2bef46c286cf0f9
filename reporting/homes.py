"""What stands first for each reader on the front page: what a lead owes, and whom the office waits for.

Read in a fixed number of queries whatever the size; milestones and sent months come from the picture already read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from programme.models import ReportingPeriod
from reporting.dashboard import (
    REPORTING,
    MilestoneLine,
    ProgrammePicture,
    SentUpdate,
    UpdateState,
    WorkstreamLine,
)
from reporting.months import Months
from workstreams.models import MonthlyUpdate, UpdateDraft, Workstream
from workstreams.sections import Section


@dataclass(frozen=True)
class DueUpdate:
    """A month's update that a lead has still to send, and how far its draft is."""

    workstream: Workstream
    period: ReportingPeriod
    days_left: int
    filled: int

    @property
    def of(self) -> int:
        """How many sections there are to write: the parts of the update and its rating."""
        return len(Section) + 1

    @property
    def begun(self) -> bool:
        """Whether anything has been written."""
        return self.filled > 0


@dataclass(frozen=True)
class OfficeHome:
    """What the month wants from the programme office: whom it waits for, what is due next, what can be closed."""

    month: ReportingPeriod
    late: tuple[WorkstreamLine, ...]
    all_in: bool
    next_due: ReportingPeriod | None
    days_left: int
    to_close: tuple[ReportingPeriod, ...]


def office_home(seen: ProgrammePicture, months: Months) -> OfficeHome | None:
    """The same picture and months that the dashboard has read; no query."""
    if months.on_show is None:
        return None
    coming = next((each for each in months.to_write if each.due_on >= months.day), None)
    return OfficeHome(
        month=months.on_show,
        late=tuple(line for line in seen.not_in if line.update_state is UpdateState.LATE),
        all_in=bool(seen.expected) and not seen.not_in,
        next_due=coming,
        days_left=(coming.due_on - months.day).days if coming else 0,
        to_close=tuple(each for each in months.to_write if each.closes_on < months.day),
    )


@dataclass(frozen=True)
class OwnWorkstream:
    """A workstream its reader writes for: what is owed, what arrived and what is late in its plan."""

    workstream: Workstream
    due: tuple[DueUpdate, ...]
    last_sent: SentUpdate | None
    overdue: tuple[MilestoneLine, ...]


def own_workstreams(
    rows: Iterable[Workstream], periods: Sequence[ReportingPeriod], today: date, seen: ProgrammePicture
) -> list[OwnWorkstream]:
    """The reader's own workstreams that report, the one whose update is due first at the top."""
    led = [row for row in rows if row.status_now in REPORTING]
    if not led:
        return []
    due = due_updates(led, periods, today)
    lines = {line.pk: line for line in seen.lines}
    owned = [
        OwnWorkstream(
            workstream=each,
            due=tuple(one for one in due if one.workstream == each),
            last_sent=lines[each.pk].last_sent if each.pk in lines else None,
            overdue=tuple(one for one in seen.milestones_overdue if one.workstream_slug == each.slug),
        )
        for each in led
    ]
    return sorted(owned, key=lambda own: (own.due[0].days_left if own.due else 366, own.workstream.name))


def due_updates(led: Sequence[Workstream], periods: Sequence[ReportingPeriod], today: date) -> list[DueUpdate]:
    """Those of the months `periods`, oldest first, that are not sent, with how far each draft is. One query."""
    known = MonthlyUpdate.objects.filter(workstream__in=led, period__in=periods).with_standing()
    updates = {(each.workstream_id, each.period_id): each for each in known.select_related("draft")}
    return [
        DueUpdate(each, period, (period.due_on - today).days, _filled(updates.get((each.pk, period.pk))))
        for period in periods
        for each in led
        if not _is_sent(updates.get((each.pk, period.pk)))
    ]


def _is_sent(update: MonthlyUpdate | None) -> bool:
    return update is not None and update.is_sent


def _filled(update: MonthlyUpdate | None) -> int:
    draft: UpdateDraft | None = getattr(update, "draft", None)
    return sum(bool(text.strip()) for text in draft.sections.values()) + bool(draft.rating) if draft else 0
