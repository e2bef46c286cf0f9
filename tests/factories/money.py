"""Funding lines, made by the real actions."""

from datetime import UTC, datetime
from typing import Any

from workstreams.actions import funding
from workstreams.models import FundingLine, Workstream
from workstreams.money import Amounts

WHEN = datetime(2026, 10, 15, 9, tzinfo=UTC)
# A form filled in as people do.
TYPED: dict[str, Any] = {
    "version": 0, "source": "ICB growth", "year": 2026, "recurrent": "yes",
    "budget": "£100,000", "forecast": "112,000", "actual": "",
}  # fmt: skip


def line(
    workstream: Workstream,
    source: str = "ICB growth",
    *,
    year: int = 2026,
    recurrent: bool = True,
    budget: int | None = 100_000,
    forecast: int | None = 112_000,
    actual: int | None = None,
) -> FundingLine:
    """Money from one source in one year."""
    given = funding.Funding(source, year, recurrent, Amounts(budget, forecast, actual))
    return funding.add(workstream=workstream, funding=given, by=None, at=WHEN)
