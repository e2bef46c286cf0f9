"""The months of a programme that have opened, read once for everything a front page says about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from programme.models import Programme, ReportingPeriod
from programme.periods import add_months
from reporting.models import Snapshot


@dataclass(frozen=True)
class Months:
    """Months that had opened on a day, the newest first, and which of them have a dashboard that was frozen."""

    day: date
    opened: Sequence[ReportingPeriod]
    frozen: Sequence[ReportingPeriod]

    @property
    def ordinary(self) -> list[ReportingPeriod]:
        """Those made ahead by the rule; imported history left out."""
        return [each for each in self.opened if each.kind == ReportingPeriod.Kind.ORDINARY]

    @property
    def last_due(self) -> ReportingPeriod | None:
        """The newest whose due day has passed."""
        return next((each for each in self.ordinary if each.due_on < self.day), None)

    @property
    def on_show(self) -> ReportingPeriod | None:
        """The month a dashboard reports on: the newest whose due day has passed, else the newest that has opened."""
        return self.last_due or next(iter(self.ordinary), None)

    @property
    def to_write(self) -> list[ReportingPeriod]:
        """Months whose update can still be written, the oldest first."""
        return [each for each in reversed(self.ordinary) if each.closed_at is None]

    def end_of_the_one_before(self, period: ReportingPeriod) -> date:
        """The due day of the month before; without a period of its own, the last day before `period`'s month."""
        month = add_months(period.month, -1)
        before = next((each for each in self.ordinary if each.month == month), None)
        return before.due_on if before else period.month - timedelta(days=1)


def months_of(programme: Programme, day: date) -> Months:
    """The months of a programme. One query."""
    closing = Snapshot.objects.filter(period=OuterRef("pk"), programme=programme.pk).with_dashboard()
    opened = programme.periods.opened_by(day).annotate(has_dashboard=Exists(closing)).order_by("-month")
    rows = [(each, each.has_dashboard) for each in opened]  # type: ignore[attr-defined]  # annotated above
    return Months(day, [each for each, _ in rows], [each for each, is_frozen in rows if is_frozen])


def month_on_show(programme: Programme, day: date) -> ReportingPeriod | None:
    """The month a dashboard reports on."""
    return months_of(programme, day).on_show
