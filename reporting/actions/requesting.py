"""Asking for a report: what it will say is frozen at that moment, with what was decided about what is missing."""

import importlib.metadata
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from programme.actions import periods
from programme.clock import day_of, now
from programme.history import recorded
from programme.models import Programme, ReportingPeriod, User
from programme.queue import wake
from programme.refusals import Refused
from programme.templatetags.words import moment as moment_words
from reporting import snapshots
from reporting.actions.building import BUILD_TASK
from reporting.editions import Edition
from reporting.models import BoardReport, ReportSchedule, Snapshot
from reporting.readiness import record_of
from reporting.ready import readiness

State = BoardReport.State
LIBRARIES = ("Django", "weasyprint", "fonttools")


@transaction.atomic
def request_report(
    *,
    period: ReportingPeriod,
    by: User,
    edition: Edition = Edition.FULL,
    decision: str = "",
    schedule: ReportSchedule | None = None,
    at: datetime | None = None,
) -> BoardReport:
    """Freeze a snapshot of the period and queue its board report. Asking again while one is being built returns it.

    `decision` says in the office's words why it goes on although something is missing.
    """
    moment = at or now()
    # The programme's row is held so that two people asking at once cannot make the same version.
    Programme.objects.select_for_update().get(pk=period.programme_id)
    own = period.reports.filter(edition=edition)
    waiting = own.filter(state__in=[State.QUEUED, State.BUILDING]).first()
    if waiting:
        return waiting
    ready = record_of(
        readiness(period, day_of(moment), moment),
        who=by.name,
        when=moment_words(moment),
        reason=decision,
        schedule=schedule.rule.words if schedule else "",
    )
    with recorded(by=by, action="Asked for the board report", reason=decision, at=moment):
        newest = own.aggregate(newest=Max("version"))["newest"] or 0
        content = _composed(period, by, moment, newest + 1, edition) | {"readiness": ready}
        snapshot = _snapshot(period, Snapshot.Kind.DRAFT, by, moment, content)
        report = BoardReport.objects.create(
            programme_id=period.programme_id,
            period=period,
            snapshot=snapshot,
            edition=edition,
            version=newest + 1,
            schedule=schedule,
            built_by=by,
            requested_at=moment,
        )
    wake(BUILD_TASK, report.pk)
    return report


def _composed(
    period: ReportingPeriod, by: User, moment: datetime, version: int | None = None, edition: Edition | None = None
) -> dict[str, Any]:
    try:
        return snapshots.compose(period=period, by=by, at=moment, version=version, edition=edition)
    except snapshots.SectionNotReadError as fault:
        raise Refused(f"The report could not be begun. {fault}") from fault


def _snapshot(
    period: ReportingPeriod, kind: Snapshot.Kind, by: User, moment: datetime, content: dict[str, Any]
) -> Snapshot:
    return Snapshot.objects.create(
        programme_id=period.programme_id,
        period=period,
        kind=kind,
        schema_version=content["schema"],
        content=content,
        versions={name: importlib.metadata.version(name) for name in LIBRARIES},
        sha256=snapshots.digest(content),
        by=by,
        at=moment,
    )


@transaction.atomic
def freeze_month(*, period: ReportingPeriod, by: User, at: datetime | None = None) -> Snapshot:
    """Freeze a closed month, with the snapshot that says how it stood. Cannot be undone; see docs/decisions/0017.

    The month is held first, so that whoever is writing into it has finished before the snapshot is taken.
    """
    moment = at or now()
    frozen = periods.freeze(period=period, by=by, at=moment)
    return _snapshot(frozen, Snapshot.Kind.CLOSE, by, moment, _composed(frozen, by, moment))
