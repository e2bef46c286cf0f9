"""The board report as one HTML page, made from a snapshot and from nothing else.

The page is written twice from the same blocks: for `reporting.pdf`, with the report's own stylesheet by name, and as a
web page of its own (the main accessible form) that carries its styles and lets nothing else in. A renderer is kept for
each schema: versions 1 and 2 are drawn by the templates they were made for.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from programme.charts import Strip, StripMonth, rating_strip
from programme.status import Rag
from reporting import board_blocks as blocks
from reporting.board import SectionFailedError, compose
from reporting.board_facts import SCHEMA, TEMPLATE
from reporting.board_schema import READABLE, BoardSnapshot, StripRecord, WorkstreamRecord
from reporting.editions import Edition
from reporting.pdf import STYLESHEETS

WIDE_CELL, NARROW_CELL = 78, 28
FOLDER = f"reporting/board/v{TEMPLATE}"


def board_html(content: Mapping[str, Any], edition: Edition = Edition.FULL) -> str:
    """The page that becomes the PDF. Raises SectionFailedError, or ValueError for a snapshot nobody can draw."""
    return _page(content, edition, "")


def board_web_page(content: Mapping[str, Any], edition: Edition = Edition.FULL) -> str:
    """The report as a web page that needs nothing but itself. Raises as `board_html`."""
    return _page(content, edition, web_stylesheet())


@cache
def web_stylesheet() -> str:
    """The styles a web page of the report carries."""
    return "\n".join(STYLESHEETS[name].read_text(encoding="utf-8") for name in ("board-v2.css", "board-web.css"))


@cache
def content_security_policy() -> str:
    """What a web page of the report may do: be read. Its one stylesheet is allowed by its fingerprint."""
    fingerprint = base64.b64encode(hashlib.sha256(web_stylesheet().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{fingerprint}'; base-uri 'none'; form-action 'none'"


def _page(content: Mapping[str, Any], edition: Edition, stylesheet: str) -> str:
    if content["schema"] in READABLE:
        return _earlier(content, edition)
    if content["schema"] != SCHEMA:
        message = f"This release cannot draw a snapshot of schema {content['schema']}."
        raise ValueError(message)
    board = compose(content, edition)
    parts = [{"section": section, "items": _items(section)} for section in board.sections]
    context = {
        "board": board,
        "parts": parts,
        "first": board.sections[0].key if board.sections else "",
        # Our own file, not people's words; a fingerprint of it stands in the policy, so it must not be escaped.
        "stylesheet": mark_safe(stylesheet),  # noqa: S308 - see above
        "policy": content_security_policy() if stylesheet else "",
    }
    return render_to_string(f"{FOLDER}/report.html", context)


def _items(section: blocks.Section) -> list[dict[str, Any]]:
    """Each block with its template. A drawing that cannot be made is told with the section's name."""
    try:
        return list(_prepared(section))
    except Exception as error:
        raise SectionFailedError(section.title, f"{type(error).__name__}: {error}") from error


def _prepared(section: blocks.Section) -> Iterator[dict[str, Any]]:
    """Blocks with what their templates cannot work out. What scrolls on a phone is named by the headings above it."""
    label = section.title
    for block in section.blocks:
        drawn: Any = block
        if isinstance(block, blocks.Heading):
            label = f"{section.title}: {block.text}"
        elif isinstance(block, blocks.Table):
            drawn = {"table": block, "rows": _rows(block)}
        elif isinstance(block, blocks.Strip):
            drawn = _drawn(block.months, WIDE_CELL)
        yield {"template": f"{FOLDER}/_{type(block).__name__.lower()}.html", "block": drawn, "label": label}


def _rows(table: blocks.Table) -> list[list[tuple[blocks.Cell, Strip | None, bool]]]:
    """Rows of cells, each with its strip drawn and whether it is a number."""
    numbers = [column.is_number for column in table.columns]
    return [
        [
            (cell, _drawn(cell.strip, NARROW_CELL) if cell.strip else None, is_number)
            for cell, is_number in zip(row, numbers, strict=True)
        ]
        for row in table.rows
    ]


def _drawn(months: tuple[StripMonth, ...], cell_width: float) -> Strip:
    return rating_strip(months, cell_width=cell_width)


# Schemas 1 and 2


def _earlier(content: Mapping[str, Any], edition: Edition) -> str:
    """A report that an earlier release froze, with the templates it was made for."""
    if edition is not Edition.FULL:
        message = "This month was frozen by an earlier release, which knew the full pack only."
        raise SectionFailedError("The frozen record", message)
    snapshot: BoardSnapshot = content  # type: ignore[assignment]  # its schema says so
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
