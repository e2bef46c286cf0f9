"""A summary of the report as slides: a title on each, real tables, and no slide too full to be read in a room."""

import io
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Emu, Mm, Pt

from reporting import board_blocks as blocks
from reporting.board_facts import BoardFacts
from reporting.board_parts import milestones, ratings, summary
from reporting.board_parts.wording import by_words, ended
from reporting.documents.packing import writable
from reporting.editions import Edition

_COLOUR: Any = RGBColor  # brings no types of its own
INK, NAVY, PALE, WHITE = (_COLOUR.from_string(code) for code in ("212B32", "003087", "E8EDEE", "FFFFFF"))
WIDE, HIGH, MARGIN = Mm(338.7), Mm(190.5), Mm(16)
TITLE_LAYOUT, TITLE_ONLY = 0, 5
ROWS_A_SLIDE, POINTS_A_SLIDE, LONGEST = 9, 6, 140
# Of a table on a slide, in points: the room under its heading, a line, a letter, and what a cell keeps free.
TABLE_HEIGHT, LINE, LETTER, INSETS = 370.0, 16.0, 6.8, 15.0


def slides(board: blocks.Board, facts: BoardFacts, edition: Edition) -> tuple[bytes, int]:
    """Write the slides. Returns the file and how many there are."""
    show = Presentation()
    show.slide_width, show.slide_height = WIDE, HIGH
    _first(show, board)
    inside = edition is not Edition.COMMISSIONER
    if inside:
        asks = [f"{ask.text} ({facts.name_of(ask.workstream)})" for ask in summary.waiting(facts)]
        _points(show, "Decisions asked of the board", asks, "No decision is asked of the board.")
    _points(show, "What needs attention", summary.points_for(facts, edition), "Nothing was found that needs attention.")
    _points(show, "What changed", [f"{each.heading}: {each.text}" for each in facts.changes], "Nothing has changed.")
    _table(show, "Ratings", ("Workstream", "Rating", "Last month", "Change"), list(_ratings(facts)))
    _table(show, "Off track and at risk", ("Workstream", "Rating", "Why", "Path to Green"), list(_off_track(facts)))
    heads = ("Milestone", "Workstream", "When", "How it stands")
    _table(show, "Milestones overdue", heads, list(_milestones(facts, milestones.overdue(facts))))
    _table(show, "Milestones due next", heads, list(_milestones(facts, milestones.due_next(facts))))
    if inside and facts.risks:
        rows = [
            (r.text, facts.name_of(r.workstream), f"{r.score} of 25", r.owner or "No owner is named")
            for r in facts.risks
        ]
        _table(show, "Highest risks", ("Risk", "Workstream", "Score", "Owner"), rows[:ROWS_A_SLIDE])
    out = io.BytesIO()
    show.save(out)
    return out.getvalue(), len(show.slides)


def _ratings(facts: BoardFacts) -> Iterator[tuple[str, ...]]:
    for each in facts.workstreams:
        before = each.previous_rating.word if each.previous_rating else "Not known"
        yield each.name, each.rating.word, before, each.change


def _off_track(facts: BoardFacts) -> Iterator[tuple[str, ...]]:
    for each in ratings.off_track(facts):
        path = f"{ended(each.path.action)} {by_words(each.path.by)}".strip() if each.path.action else "No path recorded"
        why = each.rating_reason or f"No update for {facts.period.label}"
        yield each.name, each.rating.word, why, path


def _milestones(facts: BoardFacts, found: Sequence[Any]) -> Iterator[tuple[str, ...]]:
    for each in found:
        yield each.title, facts.name_of(each.workstream), each.when or "No date", each.state_words


def _first(show: Any, board: blocks.Board) -> None:
    slide = show.slides.add_slide(show.slide_layouts[TITLE_LAYOUT])
    title, under = slide.shapes.title, slide.placeholders[1]
    _place(title, MARGIN, Mm(36), WIDE - 2 * MARGIN, Mm(40))
    _place(under, MARGIN, Mm(80), WIDE - 2 * MARGIN, Mm(80))
    _say(title.text_frame, f"{board.title}, {board.subtitle}", 40, NAVY, is_bold=True)
    lines = (board.programme, board.sentence, f"As at {board.as_at_label}. {board.note}.")
    under.text_frame.clear()
    for number, line in enumerate(lines):
        paragraph = under.text_frame.paragraphs[0] if number == 0 else under.text_frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = 1, Pt(10)
        _run(paragraph, line, 20 if number < len(lines) - 1 else 14, INK)


def _slide(show: Any, title: str) -> Any:
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    _place(slide.shapes.title, MARGIN, Mm(9), WIDE - 2 * MARGIN, Mm(18))
    _say(slide.shapes.title.text_frame, title, 28, NAVY, is_bold=True)
    return slide


def _points(show: Any, title: str, points: Sequence[str], nothing: str) -> None:
    """Points on as many slides as they need; each slide says which one of them it is."""
    for heading, part in _parts(title, list(points) or [nothing], POINTS_A_SLIDE):
        slide = _slide(show, heading)
        frame = slide.shapes.add_textbox(MARGIN, Mm(34), WIDE - 2 * MARGIN, HIGH - Mm(44)).text_frame
        frame.word_wrap = True
        for number, point in enumerate(part):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(8)
            _run(paragraph, f"•  {_short(point)}", 18, INK)


def _table(show: Any, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    parts = _filled(rows, (WIDE - 2 * MARGIN) / Pt(1) / len(heads))
    for number, part in enumerate(parts, start=1):
        slide = _slide(show, title if len(parts) == 1 else f"{title}, {number} of {len(parts)}")
        size = (len(part) + 1, len(heads), MARGIN, Mm(32), WIDE - 2 * MARGIN, Mm(12) * (len(part) + 1))
        frame = slide.shapes.add_table(*size)
        frame.name = f"{title}: table"
        for place, head in enumerate(heads):
            _cell(frame.table.cell(0, place), head, NAVY, WHITE, is_bold=True)
        for line, row in enumerate(part, start=1):
            for place, text in enumerate(row):
                shade = PALE if line % 2 == 0 else WHITE
                _cell(frame.table.cell(line, place), _short(text), shade, INK, is_bold=place == 0)


def _parts(title: str, items: Sequence[Any], most: int) -> Iterator[tuple[str, Sequence[Any]]]:
    """As ("Ratings, 2 of 3", rows)."""
    count = -(-len(items) // most)
    for number in range(count):
        heading = title if count == 1 else f"{title}, {number + 1} of {count}"
        yield heading, items[number * most : (number + 1) * most]


def _filled(rows: Sequence[Sequence[str]], width: float) -> list[list[Sequence[str]]]:
    """Rows by slide: as many as have room, by the lines their longest cell takes at this width in points."""
    parts: list[list[Sequence[str]]] = []
    used = TABLE_HEIGHT
    for row in rows:
        lines = max(ceil(len(_short(text)) * LETTER / (width - INSETS)) for text in row)
        height = max(1, lines) * LINE + INSETS / 2
        if used + height > TABLE_HEIGHT or len(parts[-1]) == ROWS_A_SLIDE:
            parts.append([])
            used = 0.0
        parts[-1].append(row)
        used += height
    return parts


def _cell(cell: Any, text: str, fill: RGBColor, colour: RGBColor, *, is_bold: bool) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = fill
    _say(cell.text_frame, text, 13, colour, is_bold=is_bold)


def _say(frame: Any, text: str, size: int, colour: RGBColor, *, is_bold: bool = False) -> None:
    frame.clear()
    frame.word_wrap = True
    frame.paragraphs[0].alignment = 1
    _run(frame.paragraphs[0], text, size, colour, is_bold=is_bold)


def _run(paragraph: Any, text: str, size: int, colour: RGBColor, *, is_bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = writable(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, "Arial"
    run.font.color.rgb = colour


def _place(shape: Any, *box: int) -> None:
    shape.left, shape.top, shape.width, shape.height = (Emu(int(side)) for side in box)


def _short(text: str) -> str:
    """What fits beside others on a slide; the whole is in the report."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]}…"
