"""Documents of every form become lines; hostile ones are refused, or read in bounded time."""

import io
import time
import zipfile

import docx
import pytest

from programme.refusals import Refused
from workstreams import documents, narrative

WEB_PAGE = """<!DOCTYPE html><html><head><title>Not this</title><style>p {}</style></head><body>
<script>alert("not this")</script><h1>Riverside</h1><p>Lead: Jo <b>Bramley</b></p><h2>May 2024 update</h2>
<ul><li>One<ul><li>Inner</li></ul></li><li><p>Two</p></li></ul><ol><li>First</li><li>Second</li></ol>
<table><tr><th>Workstream</th><th>Lead</th></tr><tr><td>Night<br>care</td><td><p>Jo</p></td></tr></table>
</body></html>"""
WEB_LINES = [
    "# Riverside", "Lead: Jo Bramley", "## May 2024 update", "• One", "    • Inner", "• Two", "1. First", "2. Second",
    "Workstream\tLead", "Night care\tJo",
]  # fmt: skip


def said(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("Café – plan\nTwo".encode(), "plan.txt"),
        (b"\xef\xbb\xbf" + "Café – plan\r\nTwo".encode(), "PLAN.TXT"),
        ("Café – plan\rTwo".encode("utf-16"), "plan.txt"),
        ("Café – plan\nTwo".encode("cp1252"), "plan.md"),
        ("<p>Café – plan</p><p>Two".encode("cp1252"), "plan.htm"),
    ],
)
def test_text_is_read_whatever_program_saved_it(content, name):
    assert said(documents.read(content, name)) == ["Café – plan", "Two"]


def test_a_web_page_becomes_headings_lists_and_rows():
    assert said(documents.read(WEB_PAGE.encode(), "page.html")) == WEB_LINES
    assert said(documents.pasted(WEB_PAGE)) == WEB_LINES


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Riverside", 0)
    document.add_paragraph("Lead: Jo Bramley")
    document.add_heading("May 2024 update", 2)
    document.add_paragraph("One", style="List Bullet")
    document.add_paragraph("Inner", style="List Bullet 2")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Night\ncare", "Jo"
    document.add_paragraph("After the table")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_a_word_file_keeps_its_headings_lists_and_tables_in_order():
    lines = said(documents.read(word_file(), "page.docx"))
    assert lines == [
        "# Riverside", "Lead: Jo Bramley", "## May 2024 update", "• One", "    • Inner", "Night care\tJo",
        "After the table",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        documents.read(WEB_PAGE.partition("<table")[0].encode(), "page.html"),
        documents.read(word_file(), "page.docx"),
        "# Riverside\n\nLead: Jo Bramley\n\n## May 2024 update\n\n- One\n",
    ],
    ids=["web page", "Word", "Markdown"],
)
def test_the_parser_understands_each_form(text):
    workstream = narrative.parse(text).workstreams[0]
    assert [lead.name for lead in workstream.leads] == ["Jo Bramley"]
    assert [str(update.month) for update in workstream.updates] == ["2024-05-01"]


def test_what_is_invisible_or_turns_the_direction_is_taken_out():
    assert documents.pasted("Night\u202e care\x07\nTwo") == "Night care\nTwo"


def packed(*parts: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"x" * 5_000_001, "a.txt", "larger than 5 MB"),
        (b"x" * 2_000_001, "a.txt", "more than 2 MB of text"),
        (b"x\n" * 20_001, "a.txt", "more than 20,000 lines"),
        (b" \n", "a.txt", "a.txt is empty"),
        (b"\x89PNG\x00\x81\x8d", "a.txt", "not a text file in an encoding"),
        (b"%PDF-1.7", "a.pdf", "cannot be read. Choose a text file"),
        (b"\xd0\xcf\x11\xe0", "a.doc", "Save it as .docx in Word first"),
        (b"PK\x03\x04 nothing", "a.docx", "not a Word document"),
        (packed(("word/document.xml", b"<a/>")), "a.docx", "not a Word document"),
        (packed(("word/document.xml", b"0" * 30_000_001)), "a.docx", "larger than 30 MB once it is unpacked"),
        (packed(*((f"{n}.xml", b"") for n in range(2_001))), "a.docx", "once it is unpacked"),
        (b"<script>alert(1)</script>", "a.html", "a.html is empty"),
    ],
)
def test_what_is_not_read_is_refused_in_words(content, name, sentence):
    with pytest.raises(Refused, match=sentence):
        documents.read(content, name)


HOSTILE = {
    "nested": b"<div>" * 400_000 + b"x",
    "lists in lists": b"<ol><li>" * 200_000 + b"x",
    "tables in cells": b"<table><tr><td>" * 150_000 + b"x",
    "comments never closed": b"x" + b"<!--" * 500_000,
    "tags never closed": b"x" + b"<a " * 500_000,
    "attributes": b"<p " + b"a=1 " * 400_000 + b">x",
    "declarations": b"x" + b"<![CDATA[" * 200_000,
    "character references": b"x&#0;&#xD800;" * 80_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_cost_no_more_than_a_moment(name):
    began = time.process_time()
    try:
        text = documents.read(HOSTILE[name], "a.html")
    except Refused:
        text = ""
    assert "\0" not in text
    assert time.process_time() - began < 5
