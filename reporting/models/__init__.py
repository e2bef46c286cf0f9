"""Snapshots and board reports. A snapshot is frozen truth; a report is rendered from one and never from live rows."""

from reporting.models.reading import Download, ReportLink
from reporting.models.report import BoardReport, BoardReportQuerySet
from reporting.models.schedule import BoardDate, ReportSchedule, ScheduledRun
from reporting.models.snapshot import Snapshot, SnapshotQuerySet

__all__ = [
    "BoardDate",
    "BoardReport",
    "BoardReportQuerySet",
    "Download",
    "ReportLink",
    "ReportSchedule",
    "ScheduledRun",
    "Snapshot",
    "SnapshotQuerySet",
]
