"""What stands first for each reader on the front page: what a lead owes, and whom the office waits for.

Read in a fixed number of queries whatever the size; milestones and sent months come from the picture already read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser

from programme.models import Programme, ReportingPeriod, User
from reporting.dashboard import MilestoneLine, ProgrammePicture, SentUpdate
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
class OwnWorkstream:
    """A workstream its reader writes for: what is owed, what arrived and what is late in its plan."""

    workstream: Workstream
    due: tuple[DueUpdate, ...]
    last_sent: SentUpdate | None
    overdue: tuple[MilestoneLine, ...]


def own_workstreams(
    programme: Programme, user: User | AnonymousUser, today: date, seen: ProgrammePicture | None
) -> list[OwnWorkstream]:
    """The reader's own workstreams, the one whose update is due first at the top."""
    led = list(Workstream.objects.filter(programme=programme).led_by(user, today).reporting_on(today))
    if not led:
        return []
    due = due_updates(programme, led, today)
    lines = {line.pk: line for line in seen.lines} if seen else {}
    overdue = seen.milestones_overdue if seen else ()
    owned = [
        OwnWorkstream(
            workstream=each,
            due=tuple(one for one in due if one.workstream == each),
            last_sent=lines[each.pk].last_sent if each.pk in lines else None,
            overdue=tuple(one for one in overdue if one.workstream_slug == each.slug),
        )
        for each in led
    ]
    return sorted(owned, key=lambda own: (own.due[0].days_left if own.due else 366, own.workstream.name))


def due_updates(programme: Programme, led: Sequence[Workstream], today: date) -> list[DueUpdate]:
    """Months that are open for writing and not sent, oldest first."""
    periods = list(programme.periods.ordinary().opened_by(today).filter(closed_at=None).order_by("month"))
    updates = MonthlyUpdate.objects.filter(workstream__in=led, period__in=periods)
    sent = set(updates.sent().values_list("workstream_id", "period_id"))
    drafts = UpdateDraft.objects.filter(update__in=updates).select_related("update")
    filled = {(each.update.workstream_id, each.update.period_id): _filled(each) for each in drafts}
    return [
        DueUpdate(each, period, (period.due_on - today).days, filled.get((each.pk, period.pk), 0))
        for period in periods
        for each in led
        if (each.pk, period.pk) not in sent
    ]


def _filled(draft: UpdateDraft) -> int:
    return sum(bool(text.strip()) for text in draft.sections.values()) + bool(draft.rating)
