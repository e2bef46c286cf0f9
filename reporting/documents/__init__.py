"""A board report in every format, each made from one snapshot and from nothing else.

    made = documents.made(snapshot.content, Edition.FULL, Format.DOCX)
    made.content, made.sha256, made.pages

PDF, Word, PowerPoint and Excel files are made in a child process with limits on memory and time and without a network;
Excel, Word and PowerPoint are loaded there and nowhere else. The same snapshot gives the same bytes.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reporting.board import SectionFailedError, compose
from reporting.board_facts import SCHEMA
from reporting.documents.packing import writable
from reporting.editions import Edition, Format
from reporting.pdf import Limits, Reason, RenderFailed, Stage, render, run_child


@dataclass(frozen=True)
class Made:
    """A finished file and its fingerprint. `pages` is 0 where a format has none."""

    content: bytes
    sha256: str
    pages: int = 0


def made(
    content: Mapping[str, Any],
    edition: Edition,
    kind: Format,
    *,
    on_stage: Callable[[Stage], None] | None = None,
    limits: Limits | None = None,
) -> Made:
    """One edition of a report as a file. Raises RenderFailed, with the section's name where one stands in the way."""
    if kind not in edition.formats:
        sentence = f"The {edition.words.lower()} cannot be had as {kind.words}."
        raise RenderFailed(Reason.SECTION, sentence=sentence)
    try:
        return _made(content, edition, kind, on_stage=on_stage, limits=limits)
    except SectionFailedError as error:
        raise RenderFailed(Reason.SECTION, str(error), sentence=str(error), section=error.section) from error


def _made(
    content: Mapping[str, Any],
    edition: Edition,
    kind: Format,
    *,
    on_stage: Callable[[Stage], None] | None,
    limits: Limits | None,
) -> Made:
    # Not needed in the child, which has no Django.
    from reporting.board_html import board_html, board_web_page

    if kind is Format.HTML:
        return _file(writable(board_web_page(content, edition)).encode())
    if kind is Format.PDF:
        rendered = render(board_html(content, edition), on_stage=on_stage, limits=limits)
        return Made(rendered.content, rendered.sha256, rendered.pages)
    if content.get("schema") != SCHEMA:
        message = "this month was frozen by an earlier release, so it can be had as a web page and a PDF only"
        raise SectionFailedError("The frozen record", message)
    compose(content, edition)  # a section that fails is named here, before a child is started
    record = json.dumps({key: value for key, value in content.items() if key != "dashboard"}, ensure_ascii=False)
    program = ["reporting.documents", edition.value, kind.value]
    file, pages = run_child(program, record, on_stage=on_stage, limits=limits)
    return _file(file, pages)


def _file(content: bytes, pages: int = 0) -> Made:
    return Made(content, hashlib.sha256(content).hexdigest(), pages)
