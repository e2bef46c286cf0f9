"""The report as a Word document: real headings, real lists and real tables whose heads stand again on every page."""

import io
from collections.abc import Callable
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reporting import board_blocks as blocks
from reporting.board import SectionFailedError
from reporting.documents.packing import writable

INK, NAVY, GREY = RGBColor(0x21, 0x2B, 0x32), RGBColor(0x00, 0x30, 0x87), RGBColor(0x4C, 0x62, 0x72)
WIDTH = Mm(170)


def word_document(board: blocks.Board) -> bytes:
    """Write the report. Raises SectionFailedError, which names the section that could not be written."""
    document: Any = docx.Document()
    _set_up(document, board)
    _cover(document, board)
    for number, section in enumerate(board.sections):
        try:
            if number and section.is_new_page and board.has_cover:
                document.add_page_break()
            document.add_heading(writable(section.title), 1)
            for block in section.blocks:
                _WRITERS[type(block)](document, block)
        except Exception as error:
            raise SectionFailedError(section.title, f"{type(error).__name__}: {error}") from error
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, board: blocks.Board) -> None:
    """A4, plain type, British English, and running lines."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(18)
    for style in document.styles:
        if style.type in {WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER}:
            style.font.name = "Arial"
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{name}"), None)
    normal = document.styles["Normal"]
    normal.font.size, normal.font.color.rgb = Pt(10.5), INK
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)
    for level, size in (("Title", 30), ("Heading 1", 19), ("Heading 2", 13), ("Heading 3", 11)):
        document.styles[level].font.size = Pt(size)
        document.styles[level].font.color.rgb = NAVY
        document.styles[level].font.bold = True
    page.header.paragraphs[0].text = writable(f"{board.programme}. {board.title}, {board.subtitle}")
    foot = page.footer.paragraphs[0]
    foot.text = writable(f"As at {board.as_at_label}. {board.note}. Page ")
    _field(foot, "PAGE")
    for line in (page.header.paragraphs[0], foot):
        for run in line.runs:
            run.font.size, run.font.color.rgb = Pt(8.5), GREY


def _field(paragraph: Any, instruction: str) -> None:
    """A number that the reader's program works out."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)  # noqa: SLF001 - the library has no other way to a field


def _cover(document: Any, board: blocks.Board) -> None:
    document.add_paragraph(writable(board.programme)).runs[0].font.color.rgb = GREY
    document.add_heading(writable(f"{board.title} {board.subtitle}"), 0)
    _paragraph(document, blocks.Text(board.sentence, "lead"))
    for name, value in board.facts:
        line = document.add_paragraph()
        line.add_run(f"{name}: ").bold = True
        line.add_run(writable(value))
    if board.has_cover:
        document.add_page_break()


def _heading(document: Any, block: blocks.Heading) -> None:
    document.add_heading(writable(block.text), block.level - 1)


def _paragraph(document: Any, block: blocks.Text) -> None:
    run = document.add_paragraph().add_run(writable(block.text))
    if block.tone == "lead":
        run.font.size = Pt(13)
    elif block.tone == "quiet":
        run.font.color.rgb = GREY


def _bullets(document: Any, block: blocks.Bullets) -> None:
    for item in block.items:
        document.add_paragraph(writable(item), style="List Bullet")


def _asked(document: Any, block: blocks.Asked) -> None:
    document.add_heading(writable(block.title), 2)
    for number, (text, about) in enumerate(block.items, start=1):
        line = document.add_paragraph()
        line.add_run(writable(f"{number}. {text}")).bold = True
        line.add_run(writable(f" {about}")).font.color.rgb = GREY
    if block.more:
        _paragraph(document, blocks.Text(block.more, "quiet"))


def _numbered(document: Any, block: blocks.Numbered) -> None:
    for number, text, is_first in block.items:
        document.add_paragraph(writable(f"{number}. {text}{' (priority)' if is_first else ''}"))


def _counts(document: Any, block: blocks.Counts) -> None:
    for rating, count in block.counts:
        document.add_paragraph(f"{rating.word}: {count}", style="List Bullet")


def _verdict(document: Any, block: blocks.Verdict) -> None:
    line = document.add_paragraph()
    line.add_run(f"Rating: {block.rating.word}").bold = True
    line.add_run(writable("".join(f", {words}" for words in block.beside)))
    for text in block.texts:
        document.add_paragraph(writable(text))


def _strip(document: Any, block: blocks.Strip) -> None:
    if block.months:
        columns = tuple(blocks.Column(month.label, 100 // len(block.months)) for month in block.months)
        cells = tuple(blocks.Cell(rating=month.rating) for month in block.months)
        _table(document, blocks.Table(columns, (cells,)))


def _said(document: Any, block: blocks.Said) -> None:
    document.add_heading(writable(block.title), 3)
    _bullets(document, blocks.Bullets(block.items))


def _picture(document: Any, block: blocks.Picture) -> None:
    """The drawing's milestones as a table: every word of it, for every reader."""
    names = (("Milestone", 40), ("Workstream", 26), ("When", 18), ("How it stands", 16))
    columns = tuple(blocks.Column(name, width) for name, width in names)
    rows = tuple(tuple(blocks.Cell(words) for words in row) for row in block.rows)
    _table(document, blocks.Table(columns, rows))


def _table(document: Any, block: blocks.Table) -> None:
    table = document.add_table(rows=1, cols=len(block.columns))
    table.style = "Table Grid"
    table.autofit = False
    for column, cell in zip(block.columns, table.rows[0].cells, strict=True):
        cell.paragraphs[0].add_run(writable(column.title)).bold = True
    _mark_row(table.rows[0], "w:tblHeader")
    for row in block.rows:
        made = table.add_row()
        for place, (cell, target) in enumerate(zip(row, made.cells, strict=True)):
            _fill(target.paragraphs[0], cell, is_head=place == 0, is_number=block.columns[place].is_number)
    for row in table.rows:
        _mark_row(row, "w:cantSplit")
        for column, cell in zip(block.columns, row.cells, strict=True):
            cell.width = int(WIDTH * column.width / 100)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)
    document.add_paragraph()


def _fill(paragraph: Any, cell: blocks.Cell, *, is_head: bool, is_number: bool) -> None:
    if is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if cell.rating:
        paragraph.add_run(cell.rating.word).bold = True
    if cell.strip:
        paragraph.add_run(", ".join(month.rating.word for month in cell.strip))
    if cell.text:
        paragraph.add_run(writable(cell.text)).bold = is_head or cell.is_strong
    if cell.flag:
        paragraph.add_run(writable(f" ({cell.flag})")).bold = True
    if cell.quiet:
        parted = bool(cell.text or cell.rating or cell.flag)
        paragraph.add_run(writable(f"{chr(10) if parted else ''}{cell.quiet}")).font.color.rgb = GREY


def _mark_row(row: Any, name: str) -> None:
    """Say that a row heads the table on every page, or that it is never cut."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - the library has no other way to it


_WRITERS: dict[type, Callable[[Any, Any], None]] = {
    blocks.Heading: _heading,
    blocks.Text: _paragraph,
    blocks.Bullets: _bullets,
    blocks.Asked: _asked,
    blocks.Numbered: _numbered,
    blocks.Counts: _counts,
    blocks.Verdict: _verdict,
    blocks.Strip: _strip,
    blocks.Said: _said,
    blocks.Picture: _picture,
    blocks.Table: _table,
}
