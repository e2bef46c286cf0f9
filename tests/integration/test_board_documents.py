"""Word, PowerPoint and Excel files of a board report: the same record, real headings and tables, nothing that acts."""

import http.server
import io
import itertools
import json
import threading
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from lxml import etree

from reporting import documents
from reporting.board import SectionFailedError, facts_of
from reporting.documents.packing import packed
from reporting.editions import Edition, Format
from reporting.pdf import Limits, Reason, RenderFailed

DATA = Path(__file__).parent.parent / "data"
OFFICE = (Format.DOCX, Format.PPTX, Format.XLSX)


@pytest.fixture(scope="module")
def content() -> Any:
    return json.loads((DATA / "snapshot_v3.json").read_text())


@pytest.fixture(scope="module")
def files(content: Any) -> dict[Format, documents.Made]:
    return {kind: documents.made(content, Edition.FULL, kind) for kind in OFFICE}


def sheets_of(made: documents.Made) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made.content))


# -- what they hold ----------------------------------------------------------------------------------------------------


def test_the_word_document_has_real_headings_and_tables_whose_heads_come_again(content, files):
    document = docx.Document(io.BytesIO(files[Format.DOCX].content))
    heads = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    names = [each["name"] for each in content["workstreams"]]
    assert heads[:3] == ["Summary", "What changed", "Ratings"]
    assert [head for head in heads if head in names] == names
    assert len(document.tables) > len(names)
    for table in document.tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert all("w:cantSplit" in row._tr.xml for row in table.rows)
    assert document.core_properties.title.endswith("board report, October 2026")


def test_the_slides_have_a_title_each_and_tables_that_are_tables(content, files):
    show = pptx.Presentation(io.BytesIO(files[Format.PPTX].content))
    titles = [slide.shapes.title.text for slide in show.slides]
    assert titles[0] == "Board report, October 2026"
    assert titles[1] == "Decisions asked of the board"
    assert len(titles) == len(set(titles)) == files[Format.PPTX].pages
    tables = [shape.table for slide in show.slides for shape in slide.shapes if shape.has_table]
    rated = [row.cells[0].text for table in tables if table.cell(0, 0).text == "Workstream" for row in table.rows]
    assert {each["name"] for each in content["workstreams"]} <= set(rated)


def test_the_workbook_has_every_row_with_numbers_as_numbers_and_days_as_days(content, files):
    book, facts = sheets_of(files[Format.XLSX]), facts_of(content)
    assert book["Milestones"].max_row == len(facts.milestones) + 1
    assert book["Risks"].max_row == len(facts.risks) + 1
    assert [cell.value for cell in book["Risks"][2]][2] == facts.risks[0].score
    lasts = [row[5].value for row in book["Milestones"].iter_rows(min_row=2)]
    assert {type(value) for value in lasts if value is not None} == {datetime}
    assert [value.date() for value in lasts if value] == [m.end for m in facts.milestones if m.end]
    assert sum(row[4].value or 0 for row in book["Money"].iter_rows(min_row=2)) == sum(
        m.budget or 0 for m in facts.money
    )


def test_a_web_page_and_a_pdf_come_through_the_same_door(content):
    made = documents.made(content, Edition.YOUNG_PEOPLE, Format.HTML)
    assert made.content.startswith(b"<!DOCTYPE html>")
    assert documents.made(content, Edition.YOUNG_PEOPLE, Format.PDF).pages == 2


def test_the_workbook_of_commissioners_has_nothing_internal(content):
    book = sheets_of(documents.made(content, Edition.COMMISSIONER, Format.XLSX))
    assert {"Asks", "Risks", "Issues", "Heard", "Opinions", "Help needed", "Decisions"} & set(book.sheetnames) == set()
    words = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert [ask["text"] for ask in content["asks"] if ask["text"] in words] == []


# -- safe --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine that writes down who calls."""
    calls: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Stay silent."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", calls
        server.shutdown()


def attacks(web: str) -> list[str]:
    return [
        f'<img src="{web}/i">',
        f'<link rel="stylesheet" href="{web}/c"><style>@import "{web}/d"</style>',
        f'=WEBSERVICE("{web}/w")',
        f'=HYPERLINK("{web}/h","x")',
        "+cmd|' /C calc'!A0",
        "@SUM(1+1)",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        "INCLUDEPICTURE \\d file:///etc/passwd",
        "]]><w:fldSimple w:instr='DDEAUTO c:\\\\cmd'/>",
        "{% include '/etc/passwd' %}{{ 7|add:7 }}",
        "\u0000\u0001\ufffe\ud800 a\u202egnp",
        '<svg><use href="#a"/></svg>' * 20,
    ]


# What is not people's words: days, ratings, addresses and the like.
FIXED = {
    *("rating", "derived", "assured", "previous_rating", "state", "key", "slug", "workstream", "month", "day", "on"),
    *("as_at", "due_on", "closes_on", "start", "end", "by", "done_told_on", "moved_on", "action_by", "wanted_by"),
    *("raised_on", "change", "ratings", "status"),
}


def hostile(value: Any, texts: Iterator[str], key: str = "") -> Any:
    """The same record with an attack in each field that holds people's words."""
    if isinstance(value, dict):
        return {name: each if name in FIXED else hostile(each, texts, name) for name, each in value.items()}
    if isinstance(value, list):
        if key == "counts":
            return value
        return [hostile(each, texts, key) for each in value]
    return next(texts) if isinstance(value, str) else value


@pytest.fixture
def attacked(content: Any, listener: tuple[str, list[str]]) -> Any:
    small = content | {"workstreams": content["workstreams"][:3], "milestones": content["milestones"][:12]}
    made = hostile(small, itertools.cycle(attacks(listener[0])))
    return made | {"definitions": content["definitions"]}


def local(mark: Any) -> str:
    """The name of an element without its namespace."""
    return str(mark.tag).rpartition("}")[2]


@pytest.mark.parametrize("kind", Format)
def test_what_people_write_opens_and_fetches_nothing(attacked, listener, kind):
    made = documents.made(attacked, Edition.FULL, kind)
    assert listener[1] == []
    assert b"root:x:" not in made.content
    if kind in OFFICE:
        with zipfile.ZipFile(io.BytesIO(made.content)) as parts:
            names = parts.namelist()
            trees = [etree.fromstring(parts.read(name)) for name in names if name.endswith((".xml", ".rels"))]
            assert not any(b"<!DOCTYPE" in parts.read(name) for name in names if name.endswith(".xml"))
        marks = [mark for tree in trees for mark in tree.iter()]
        assert [mark.attrib for mark in marks if mark.get("TargetMode") == "External"] == []
        acting = {"fldSimple", "instrText", "f", "hyperlink", "hlinkClick", "oleObj", "control"}
        found = [(local(mark), list(mark.attrib.values())) for mark in marks if local(mark) in acting]
        assert [each for each in found if each != ("fldSimple", ["PAGE"])] == []
        assert [name for name in names if "vba" in name.lower() or "embed" in name.lower()] == []
    elif kind is Format.HTML:
        assert b"&lt;img src=" in made.content
        assert b"<img" not in made.content


def test_a_cell_that_looks_like_a_formula_is_text(attacked):
    book = sheets_of(documents.made(attacked, Edition.FULL, Format.XLSX))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    risky = [cell for cell in cells if cell.value.startswith(("=", "+", "@"))]
    assert risky
    assert {(cell.data_type, cell.quotePrefix) for cell in risky} == {("s", True)}


# -- when it does not work ---------------------------------------------------------------------------------------------


def test_what_an_edition_does_not_have_is_refused_in_words(content):
    with pytest.raises(RenderFailed, match="The young people’s page cannot be had as Excel workbook"):
        documents.made(content, Edition.YOUNG_PEOPLE, Format.XLSX)


def test_an_earlier_record_is_refused_for_office_files():
    record = json.loads((DATA / "snapshot_v1.json").read_text())
    with pytest.raises(RenderFailed, match="frozen by an earlier release") as failed:
        documents.made(record, Edition.FULL, Format.DOCX)
    assert (failed.value.reason, failed.value.section) == (Reason.SECTION, "The frozen record")


def test_a_section_that_fails_is_named(content, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise SectionFailedError("Risks and issues", "KeyError: 'score'")

    monkeypatch.setattr(documents, "compose", broken)
    with pytest.raises(RenderFailed) as failed:
        documents.made(content, Edition.FULL, Format.DOCX)
    assert str(failed.value) == "The section “Risks and issues” could not be made: KeyError: 'score'"
    assert failed.value.section == "Risks and issues"


def test_a_section_that_fails_in_the_child_is_named(content, monkeypatch):
    """The child composes on its own: what it finds wrong travels back in its own words."""
    monkeypatch.setattr(documents, "compose", lambda *_: None)
    with pytest.raises(RenderFailed, match="The section “The frozen record” could not be made: it cannot be read"):
        documents.made(content | {"workstreams": 7}, Edition.FULL, Format.XLSX)


def test_too_much_memory_is_said_plainly(content):
    with pytest.raises(RenderFailed) as failed:
        documents.made(content, Edition.FULL, Format.XLSX, limits=Limits(memory_bytes=120 * 1024**2))
    assert failed.value.reason is Reason.MEMORY


def test_packing_takes_the_clock_out():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("docProps/core.xml", "<now/>")
        parts.writestr("[Content_Types].xml", "<types/>")
    made = packed(out.getvalue(), datetime.fromisoformat("2026-11-12T10:15:00+00:00"), author="A & B", title="T\u0000")
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert parts.namelist() == ["[Content_Types].xml", "docProps/core.xml"]
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"A &amp; B" in parts.read("docProps/core.xml")
    assert date(2026, 11, 12).isoformat().encode() in zipfile.ZipFile(io.BytesIO(made)).read("docProps/core.xml")
