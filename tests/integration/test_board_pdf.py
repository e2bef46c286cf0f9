"""Every edition of the board report as PDF and web page: readable by everybody, and the same every time."""

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from pypdf import PdfReader

from reporting.board import SectionFailedError
from reporting.board_html import board_html, board_web_page, content_security_policy
from reporting.editions import Edition
from reporting.pdf import RenderedPdf, render

DATA = Path(__file__).parent.parent / "data"
PAGES = {
    Edition.FULL: (24, 34),
    Edition.HIGHLIGHT: (2, 2),
    Edition.COMMISSIONER: (20, 28),
    Edition.YOUNG_PEOPLE: (1, 2),
}


@pytest.fixture(scope="module")
def content() -> Any:
    return json.loads((DATA / "snapshot_v3.json").read_text())


@pytest.fixture(scope="module")
def rendered(content: Any) -> dict[Edition, RenderedPdf]:
    return {edition: render(board_html(content, edition)) for edition in Edition}


@pytest.fixture(scope="module")
def full(rendered: dict[Edition, RenderedPdf]) -> PdfReader:
    return PdfReader(io.BytesIO(rendered[Edition.FULL].content))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("edition", Edition)
def test_has_no_accessibility_findings_and_the_length_its_readers_expect(rendered, edition):
    made = rendered[edition]
    failures = page.validate_pdf_bytes(made.content, profile="ua1").failures
    least, most = PAGES[edition]
    assert [f"{each.rule_id}: {each.message}" for each in failures] == []
    assert least <= made.pages <= most


def test_the_contents_page_gives_the_page_where_each_part_starts(full):
    contents = full.pages[1].extract_text()
    found = re.findall(r"^(.+?)\s+(\d{1,2})$", contents, re.MULTILINE)
    assert len(found) >= 20
    for heading, number in (each for each in found if not each[0].startswith("As at")):
        assert plain(heading) in plain(full.pages[int(number) - 1].extract_text()), heading


def test_bookmarks_follow_the_headings(full):
    top: list[Any] = full.outline
    assert top[0]["/Title"].startswith("Board report")
    marks = [mark["/Title"] for mark in top[1] if not isinstance(mark, list)]
    assert marks[:4] == ["Contents", "Summary", "What changed", "Ratings"]
    assert marks[-1] == "How to read this report"


def test_pictures_have_their_numbers_as_alternative_text(rendered):
    with pikepdf.open(io.BytesIO(rendered[Edition.FULL].content)) as pdf:
        told = [
            str(t.get("/Alt")) for t in pdf.objects if isinstance(t, pikepdf.Dictionary) and t.get("/S") == "/Figure"
        ]
    assert told
    assert all(re.match(r"(Rating by month: May 2026 |\d+ milestones?: )", words) for words in told)


def test_only_bundled_fonts_are_used_and_each_is_embedded(rendered):
    with pikepdf.open(io.BytesIO(rendered[Edition.FULL].content)) as pdf:
        fonts = [t for t in pdf.objects if isinstance(t, pikepdf.Dictionary) and t.get("/Type") == "/FontDescriptor"]
        assert {str(font["/FontName"]).split("+")[1].split("-")[0] for font in fonts} == {"Arimo"}
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_headings_of_tables_stand_again_on_the_next_page_and_running_lines_on_every_page(full):
    count = len(full.pages)
    for number, sheet in enumerate(full.pages[1:], start=2):
        text = sheet.extract_text()
        assert f"Page {number} of {count}" in text
        assert "Board report, October 2026" in text
    heard = [
        sheet.extract_text() for sheet in full.pages if "What was said Who, and when" in plain(sheet.extract_text())
    ]
    assert len(heard) >= 1


@pytest.mark.parametrize("edition", Edition)
def test_the_web_page_says_what_the_pdf_says(content, edition):
    words, printed = _words(board_web_page(content, edition)), _words(board_html(content, edition))
    assert [line for line in printed if line not in words] == []


def test_the_web_page_lets_nothing_in_and_carries_its_styles(content):
    made = board_web_page(content)
    policy = content_security_policy()
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert f'content="{policy}"'.replace("'", "&#x27;") in made
    assert re.findall(r"\s(?:src|style|on\w+)=\"", made) == []
    assert {link[:1] for link in re.findall(r'href="([^"]*)"', made)} == {"#"}


@pytest.mark.parametrize("name", ["snapshot_v1.json", "snapshot_v2.json", "snapshot_v3.json"])
def test_a_record_of_every_version_still_opens(name):
    record = json.loads((DATA / name).read_text())
    assert record["programme"]["name"] in board_web_page(record)
    assert record["programme"]["name"] in board_html(record)


def test_the_highlight_report_keeps_to_two_pages_however_much_there_is(content):
    def longer(rows: Any, *names: str) -> Any:
        return [row | {name: " ".join([row[name]] * 3) for name in names} for row in rows] * 3

    much = content | {
        "workstreams": longer(content["workstreams"], "rating_reason"),
        "milestones": [
            m | {"moved_on": "2026-11-02", "done_told_on": None} for m in longer(content["milestones"], "title")
        ],
        "asks": longer(content["asks"], "text"),
        "risks": longer(content["risks"], "text"),
    }
    assert render(board_html(much, Edition.HIGHLIGHT)).pages == 2


def test_an_earlier_record_has_the_full_pack_only():
    record = json.loads((DATA / "snapshot_v2.json").read_text())
    with pytest.raises(SectionFailedError, match="knew the full pack only"):
        board_html(record, Edition.HIGHLIGHT)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.inside = tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.inside != "style":
            self.words.append(plain(data.strip()))


def _words(markup: str) -> list[str]:
    reader = _Reader()
    reader.feed(markup)
    return reader.words
