"""The board report as one HTML page, made from a snapshot and from nothing else.

The page is written for `reporting.pdf`: its own small stylesheet, its own fonts, no links to the service.
"""

from datetime import date
from typing import Any

from django.template.loader import render_to_string

from programme.charts import Strip, StripMonth, rating_strip
from programme.status import Rag
from reporting.board_schema import READABLE, BoardSnapshot, StripRecord, WorkstreamRecord

WIDE_CELL, NARROW_CELL = 78, 28


def board_html(snapshot: BoardSnapshot) -> str:
    """Render the report with the templates of the version it was made for.

    Raises `KeyError` or `ValueError` when the snapshot is not of the schema it claims.
    """
    if snapshot["schema"] not in READABLE:
        message = f"This release cannot draw a snapshot of schema {snapshot['schema']}."
        raise ValueError(message)
    return render_to_string(f"reporting/board/v{int(snapshot['template'])}/report.html", _context(snapshot))


def _context(snapshot: BoardSnapshot) -> dict[str, Any]:
    """Add to the snapshot what the templates cannot work out: ratings as words and shapes, and the strips."""
    counts = [{"rag": Rag(count["rating"]), "count": count["count"]} for count in snapshot["summary"]["counts"]]
    definitions = [{"rag": Rag(each["rating"]), "text": each["text"]} for each in snapshot["definitions"]]
    return {
        "report": snapshot,
        "counts": counts,
        "definitions": definitions,
        "due_on": _day(snapshot["period"]["due_on"]),
        "closes_on": _day(snapshot["period"]["closes_on"]),
        "workstreams": [_workstream(record, snapshot["period"]["label"]) for record in snapshot["workstreams"]],
    }


def _day(iso: str) -> str:
    """Write a day in words: 6 November 2026."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def _workstream(record: WorkstreamRecord, month: str) -> dict[str, Any]:
    """Prepare one workstream."""
    update = record["update"]
    return {
        **record,
        "rag": Rag(record["rating"]),
        "was": Rag(record["previous_rating"]) if record["previous_rating"] else None,
        "narrow_strip": _strip(record["strip"], NARROW_CELL),
        "wide_strip": _strip(record["strip"], WIDE_CELL),
        "update_is_older": update is not None and update["label"] != month,
    }


def _strip(months: list[StripRecord], cell_width: float) -> Strip:
    """Draw a workstream's recent ratings."""
    return rating_strip([StripMonth(month["label"], Rag(month["rating"])) for month in months], cell_width=cell_width)
