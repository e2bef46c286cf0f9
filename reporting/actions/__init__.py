"""What is done to board reports: asked for, built, decided, scheduled, read."""

from reporting.actions.building import (
    ATTEMPTS,
    BUILD_TASK,
    STAGE_WORDS,
    STAGES,
    LostLeaseError,
    again_or_fail,
    at_section,
    at_stage,
    attempt_of_round,
    build,
    cancel,
    claim,
    fail,
    finish,
    retry,
    sweep,
)
from reporting.actions.deciding import approve, publish, withdraw
from reporting.actions.reading import file_of, record_download
from reporting.actions.requesting import freeze_month, request_report

__all__ = [
    "ATTEMPTS",
    "BUILD_TASK",
    "STAGES",
    "STAGE_WORDS",
    "LostLeaseError",
    "again_or_fail",
    "approve",
    "at_section",
    "at_stage",
    "attempt_of_round",
    "build",
    "cancel",
    "claim",
    "fail",
    "file_of",
    "finish",
    "freeze_month",
    "publish",
    "record_download",
    "request_report",
    "retry",
    "sweep",
    "withdraw",
]
