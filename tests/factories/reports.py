"""Board reports at each step of their life, with a real small file where one would be there."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from programme.models import ReportingPeriod, User
from reporting import actions, pdf
from reporting.actions import scheduling
from reporting.editions import Edition
from reporting.models import BoardReport, ReportSchedule
from reporting.schedule_dates import Basis

TINY_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
WHEN = datetime(2026, 10, 12, 9, tzinfo=UTC)


def queued(period: ReportingPeriod, by: User, edition: Edition = Edition.FULL) -> BoardReport:
    return actions.request_report(period=period, by=by, edition=edition, at=WHEN)


def building(period: ReportingPeriod, by: User, edition: Edition = Edition.FULL) -> BoardReport:
    held = actions.claim(report_id=queued(period, by, edition).pk)
    assert held is not None
    return held


def failed(period: ReportingPeriod, by: User) -> BoardReport:
    held = building(period, by)
    actions.fail(held, "The report took longer than 120 seconds to draw.")
    return BoardReport.objects.get(pk=held.pk)


def rendered(content: bytes = TINY_PDF) -> pdf.RenderedPdf:
    return pdf.RenderedPdf(content, hashlib.sha256(content).hexdigest(), pages=1)


def draft(period: ReportingPeriod, by: User, content: bytes = TINY_PDF, edition: Edition = Edition.FULL) -> BoardReport:
    """Built, and waiting for approval."""
    held = building(period, by, edition)
    actions.finish(held, rendered(content), WHEN)
    return BoardReport.objects.get(pk=held.pk)


def approved(
    period: ReportingPeriod, by: User, approver: User, content: bytes = TINY_PDF, edition: Edition = Edition.FULL
) -> BoardReport:
    made = draft(period, by, content, edition)
    actions.approve(report=made, by=approver, at=WHEN)
    return BoardReport.objects.get(pk=made.pk)


def published(
    period: ReportingPeriod, by: User, approver: User, content: bytes = TINY_PDF, edition: Edition = Edition.FULL
) -> BoardReport:
    made = approved(period, by, approver, content, edition)
    actions.publish(report=made, by=by, at=WHEN)
    return BoardReport.objects.get(pk=made.pk)


def withdrawn(period: ReportingPeriod, by: User, approver: User) -> BoardReport:
    made = published(period, by, approver)
    actions.withdraw(report=made, reason="The figures of one team were wrong", by=by, at=WHEN)
    return BoardReport.objects.get(pk=made.pk)


def schedule(period: ReportingPeriod, by: User, approver: User, at: datetime = WHEN, **changes: Any) -> ReportSchedule:
    """Two working days after the window closes, at 7am."""
    plan = {"edition": Edition.FULL, "basis": Basis.AFTER_CLOSE, "working_days": 2, "hour": 7, "told_roles": []}
    wanted = scheduling.Wanted(approver=approver, **(plan | changes))  # type: ignore[arg-type]
    return scheduling.add_schedule(programme=period.programme, wanted=wanted, by=by, at=at)
