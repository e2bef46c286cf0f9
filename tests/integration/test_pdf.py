"""The board report as a PDF: readable by everybody, the same every time, and deaf to what its text asks for."""

import errno
import http.server
import io
import itertools
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import page
import pikepdf
import psutil
import pytest
from pypdf import PdfReader

from reporting.board_html import board_html
from reporting.pdf import ROOT, Limits, Reason, RenderedPdf, RenderFailed, Stage, fonts, render

SAMPLE = Path(__file__).parent.parent / "data/snapshot_v1.json"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7|add:7 }} {% load static %}",
    "a\u0000b\u0001c\u001bd",
    "\u202egnp.exe\u202c",
    "👩‍👩‍👧 ✅ ≥ 95% → done",
    "Z̷̢̛a̸͓͝l̵͙̓g̶̖̈́o̷͜͠",
    "\ud800 alone",
    "w" * 300,
    "Łukasz Llŷr Ωmega Жанна שלום 漢字 العربية ﷽",
    "&#128512; &lt; &amp;lt;",
    "= ${x} \\ %s %(a)s",
)


@pytest.fixture(scope="module")
def snapshot() -> Any:
    return json.loads(SAMPLE.read_text())


@pytest.fixture(scope="module")
def report(snapshot: Any) -> RenderedPdf:
    return render(board_html(snapshot))


@pytest.fixture(scope="module")
def reader(report: RenderedPdf) -> PdfReader:
    return PdfReader(io.BytesIO(report.content))


def accessibility_findings(content: bytes) -> list[str]:
    """What the PDF/UA-1 rules say against a file, one line each."""
    checked = page.validate_pdf_bytes(content, profile="ua1")
    return [f"{failure.rule_id}: {failure.message}" for failure in checked.failures]


def small_page(body: str, title: str = "A page") -> str:
    """A page that is accessible apart from what `body` does to it."""
    return f'<!DOCTYPE html><html lang="en-GB"><head><title>{title}</title></head><body>{body}</body></html>'


def text_of(content: bytes) -> str:
    """All text of a PDF, pages joined by line ends."""
    return "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages)


class TestReport:
    def test_has_no_accessibility_findings(self, report: RenderedPdf) -> None:
        assert accessibility_findings(report.content) == []

    def test_is_made_without_complaints(self, snapshot: Any, caplog: pytest.LogCaptureFixture) -> None:
        render(board_html(snapshot))

        assert caplog.messages == []

    def test_is_the_same_every_time(self, snapshot: Any, report: RenderedPdf) -> None:
        again = render(board_html(snapshot))

        assert (again.sha256, again.content == report.content) == (report.sha256, True)

    def test_counts_its_pages(self, report: RenderedPdf, reader: PdfReader) -> None:
        assert report.pages == len(reader.pages)

    def test_names_itself_and_carries_the_date_of_the_snapshot(self, reader: PdfReader) -> None:
        metadata = reader.metadata
        assert metadata is not None

        assert metadata.title == (
            "Marlow Bay and Thornley children and young people’s mental health programme: board report, October 2026"
        )
        assert metadata.creation_date == datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
        assert str(reader.root_object["/Lang"]) == "en-GB"

    def test_contents_page_gives_the_page_where_each_part_starts(self, snapshot: Any, reader: PdfReader) -> None:
        contents = reader.pages[1].extract_text()
        names = [workstream["name"] for workstream in snapshot["workstreams"]]

        for heading in ["Summary", "Workstreams at a glance", *names, "How to read this report"]:
            found = re.search(rf"{re.escape(heading)}\s+(\d+)$", contents, re.MULTILINE)
            assert found, heading
            first_line = reader.pages[int(found[1]) - 1].extract_text().splitlines()[0]
            assert heading.startswith(first_line), heading

    def test_contents_page_links_to_each_part(self, snapshot: Any, reader: PdfReader) -> None:
        links: list[Any] = [note.get_object() for note in reader.pages[1].annotations or ()]
        names = [workstream["name"] for workstream in snapshot["workstreams"]]
        first = ["Summary", "Workstreams at a glance", "Milestones overdue and due next"]
        parts = [*first, *names, "How to read this report"]

        assert list(dict.fromkeys(link["/Contents"] for link in links)) == [f"Go to {part}" for part in parts]
        assert {link["/F"] for link in links} == {4}

    def test_bookmarks_follow_the_headings(self, snapshot: Any, reader: PdfReader) -> None:
        outline: list[Any] = reader.outline
        top, under_it = outline[0], outline[1]

        assert top["/Title"] == "Board report"
        assert [mark["/Title"] for mark in under_it if not isinstance(mark, list)] == [
            "Contents",
            "Summary",
            "Workstreams at a glance",
            "Milestones overdue and due next",
            *(workstream["name"] for workstream in snapshot["workstreams"]),
            "How to read this report",
        ]

    def test_strips_have_their_sentence_as_alternative_text(self, report: RenderedPdf) -> None:
        with pikepdf.open(io.BytesIO(report.content)) as pdf:
            alternatives = [
                str(thing.get("/Alt"))
                for thing in pdf.objects
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
            ]

        assert len(alternatives) == 16
        assert alternatives[0] == (
            "Rating by month: May 2026 Green; June 2026 Green; July 2026 Amber; August 2026 Amber; "
            "September 2026 Amber; October 2026 Red."
        )

    def test_table_headers_say_what_they_head(self, report: RenderedPdf) -> None:
        with pikepdf.open(io.BytesIO(report.content)) as pdf:
            scopes = {
                str(thing["/A"].get("/Scope"))
                for thing in pdf.objects
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TH"
            }

        assert scopes == {"/Row", "/Column"}

    def test_uses_only_bundled_fonts(self, report: RenderedPdf) -> None:
        with pikepdf.open(io.BytesIO(report.content)) as pdf:
            families = {
                str(thing["/FontName"]).split("+")[1]
                for thing in pdf.objects
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
            }

        assert families == {"Arimo-latin", "Arimo-latin-Bold", "Arimo-latin-ext"}

    def test_running_lines_stand_on_every_page_but_the_cover(self, reader: PdfReader) -> None:
        total = len(reader.pages)
        for number, sheet in enumerate(reader.pages, start=1):
            text = sheet.extract_text()
            assert (f"Page {number} of {total}" in text) == (number > 1)
            assert "As at 22 November 2026 at 3:30pm" in text
            assert "no patient-identifiable information" in text

    @pytest.mark.parametrize(
        "sentence",
        [
            "No update was sent for October 2026. Not sent.",
            "The latest one is for September 2026, sent by Jo Ashdown on 7 October 2026.",
            "No lead is named",
            "No milestones have been set.",
            "No objectives have been set.",
            "Nothing was written here.",
        ],
    )
    def test_says_what_is_missing(self, report: RenderedPdf, sentence: str) -> None:
        assert sentence in re.sub(r"\s+", " ", text_of(report.content))

    def test_empty_programme_still_makes_a_report(self, snapshot: Any) -> None:
        summary = snapshot["summary"] | {"counts": [], "points": [], "not_reported": []}
        nothing = {"workstreams": [], "milestones_overdue": [], "milestones_next": [], "summary": summary}
        made = render(board_html(snapshot | nothing))

        assert accessibility_findings(made.content) == []
        assert "This programme has no workstreams yet." in text_of(made.content)

    def test_refuses_a_snapshot_of_another_schema(self, snapshot: Any) -> None:
        with pytest.raises(ValueError, match="cannot draw a snapshot of schema 4"):
            board_html(snapshot | {"schema": 4})

    def test_templates_have_no_inline_styles(self, snapshot: Any) -> None:
        assert "style=" not in board_html(snapshot)


class TestHostileText:
    def test_reaches_the_page_as_text_only(self, snapshot: Any) -> None:
        made = render(board_html(with_text_everywhere(snapshot, itertools.cycle(HOSTILE))))
        text = text_of(made.content)

        assert accessibility_findings(made.content) == []
        assert "<script>alert(1)</script>" in text
        assert "{{ 7|add:7 }}" in text

    def test_characters_without_a_bundled_font_are_spelt(self) -> None:
        made = render(small_page("<p>👍 ≥ 95% → 漢 Llŷr Жанна</p>"))

        assert text_of(made.content) == "[thumbs up sign] >= 95% -> [cjk unified ideograph-6f22] Llŷr Жанна"
        assert accessibility_findings(made.content) == []

    def test_marks_that_turn_the_reading_direction_are_left_out(self) -> None:
        assert text_of(render(small_page("<p>invoice\u202egnp.exe</p>")).content) == "invoicegnp.exe"

    def test_spelling_never_makes_markup(self) -> None:
        less_than, greater_than = "\uff1c", "\uff1e"  # full-width signs, which become < and > when written plainly
        made = render(small_page(f"<p>{less_than}b{greater_than}bold</p>"))

        assert text_of(made.content) == "<b>bold"


def with_text_everywhere(value: Any, texts: Iterator[str], key: str = "") -> Any:
    """The same snapshot with the next text in each field that holds people's words."""
    if isinstance(value, dict):
        return {name: with_text_everywhere(each, texts, name) for name, each in value.items()}
    if isinstance(value, list):
        return [with_text_everywhere(each, texts, key) for each in value]
    fixed = {"rating", "previous_rating", "state", "month", "due_on", "closes_on", "as_at", "start", "end"}
    return value if key in fixed or not isinstance(value, str) else next(texts)


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


ATTACKS = {
    "image": '<img alt="a" src="{web}/a">',
    "image file": '<img alt="a" src="file://{file}">',
    "image data": '<img alt="a" src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E">',
    "protocol-relative image": '<img alt="a" src="//127.0.0.1/a">',
    "relative image": '<img alt="a" src="../../../../../etc/passwd">',
    "own scheme with a path": '<img alt="a" src="report:../../../../../../etc/passwd">',
    "own scheme with a file": '<img alt="a" src="report:{file}">',
    "stylesheet link": '<link rel="stylesheet" href="{web}/a.css">',
    "stylesheet import": '<style>@import "{web}/a.css";</style>',
    "background": '<div style="background: url({web}/b)">x</div>',
    "list picture": '<ul style="list-style-image: url({web}/b)"><li>x</li></ul>',
    "content": "<style>p::before {{ content: url({web}/c) }}</style><p>x</p>",
    "font": "<style>@font-face {{ font-family: q; src: url({web}/f) }} p {{ font-family: q }}</style><p>x</p>",
    "font file": "<style>@font-face {{ font-family: q; src: url(file://{file}) }} p {{ font-family: q }}</style><p>x",
    "attachment link": '<link rel="attachment" href="file://{file}"><p>x</p>',
    "attachment anchor": '<a rel="attachment" href="file://{file}">x</a>',
    "attachment from the web": '<link rel="attachment" href="{web}/a"><p>x</p>',
    "svg image": '<svg width="9" height="9"><image href="{web}/s" width="9" height="9"/></svg>',
    "svg image file": '<svg width="9" height="9"><image href="file://{file}" width="9" height="9"/></svg>',
    "svg use": '<svg width="9" height="9"><use href="{web}/u#a"/></svg>',
    "svg style": '<svg width="9" height="9"><style>@import "{web}/s.css";</style></svg>',
    "object": '<object data="{web}/o"></object>',
    "embed": '<embed src="{web}/e">',
    "frame": '<iframe src="{web}/i"></iframe>',
    "video poster": '<video poster="{web}/v"></video>',
    "input image": '<input type="image" alt="a" src="{web}/n">',
    "base": '<base href="{web}/"><img alt="a" src="a">',
    "colour profile": "<style>@color-profile --q {{ src: url({web}/p) }} p {{ color: color(--q 1 0 0) }}</style><p>x",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_markup_that_slipped_through_reaches_nothing(
    attack: str, listener: tuple[str, list[str]], tmp_path: Path
) -> None:
    """Text is always escaped; this is the second line of defence, so either no PDF or one without anything foreign."""
    web, calls = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("THE-SECRET-OF-THIS-MACHINE")
    content, reason = b"", Reason.FORBIDDEN
    try:
        content = render(small_page(attack.format(web=web, file=secret))).content
    except RenderFailed as failed:
        reason = failed.reason

    assert (calls, reason) == ([], Reason.FORBIDDEN)
    assert foreign_parts(content) == []


def foreign_parts(content: bytes) -> list[str]:
    """What a PDF holds that is not of the report: attachments, and the text of files on this machine."""
    if not content:
        return []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = b"".join(thing.read_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream))
        return [*pdf.attachments, *(secret for secret in ("THE-SECRET", "root:") if secret.encode() in streams)]


def renderers() -> list[psutil.Process]:
    """The programs of this process that make PDFs; a browser that other tests opened here is not one."""
    return [child for child in psutil.Process().children() if "reporting.pdf" in child.cmdline()]


class TestFailures:
    @pytest.mark.parametrize("megabytes", [100, 140, 180])
    def test_too_much_memory_is_said_plainly(self, snapshot: Any, megabytes: int) -> None:
        big = board_html(snapshot | {"workstreams": snapshot["workstreams"] * 12})

        with pytest.raises(RenderFailed) as failed:
            render(big, limits=Limits(memory_bytes=megabytes * 1024**2))

        assert str(failed.value) == (
            "The report needs more memory than it may use. Make it smaller, for example with fewer workstreams."
        )

    @pytest.mark.parametrize("limits", [Limits(cpu_seconds=1), Limits(wall_seconds=1)], ids=["processor", "clock"])
    def test_too_much_time_is_said_plainly(self, snapshot: Any, limits: Limits) -> None:
        big = board_html(snapshot | {"workstreams": snapshot["workstreams"] * 12})

        with pytest.raises(RenderFailed) as failed:
            render(big, limits=limits)

        assert (failed.value.reason, "took longer than the time allowed" in str(failed.value)) == (Reason.TIME, True)

    def test_deep_nesting_is_said_plainly(self) -> None:
        with pytest.raises(RenderFailed) as failed:
            render(small_page("<div>" * 400))

        assert failed.value.reason is Reason.NESTING

    @pytest.mark.parametrize("stage", list(Stage))
    def test_a_killed_child_is_said_plainly(self, snapshot: Any, stage: Stage) -> None:
        def kill_at(reached: Stage) -> None:
            if reached is stage:
                (child,) = renderers()
                child.kill()

        with pytest.raises(RenderFailed) as failed:
            render(board_html(snapshot), on_stage=kill_at)

        assert str(failed.value) == "The program that makes the PDF was stopped before it finished."

    def test_a_full_disk_is_said_plainly(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def no_room(*_arguments: object, **_options: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(Path, "write_text", no_room)

        with pytest.raises(RenderFailed, match="no room on the disk"):
            render(small_page("<p>x</p>"))

    def test_missing_fonts_are_said_plainly(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(fonts, "FOLDERS", (tmp_path,))

        with pytest.raises(RenderFailed, match="Run bin/setup") as failed:
            fonts.choose_alphabets("é")

        assert str(tmp_path) in failed.value.detail

    def test_what_the_caller_raises_stops_the_child_and_is_passed_on(self, snapshot: Any) -> None:
        class LeaseLost(OSError):  # an error of the caller's is never mistaken for one of ours
            pass

        def lose_the_lease(reached: Stage) -> None:
            if reached is Stage.LAYING_OUT:
                raise LeaseLost

        with pytest.raises(LeaseLost):
            render(board_html(snapshot), on_stage=lose_the_lease)

        assert renderers() == []

    def test_the_child_dies_with_its_parent(self, snapshot: Any, tmp_path: Path) -> None:
        report = tmp_path / "report.html"
        report.write_text(board_html(snapshot | {"workstreams": snapshot["workstreams"] * 12}))
        parent = subprocess.Popen([sys.executable, "-c", PARENT, str(report)], cwd=ROOT, stdout=subprocess.PIPE)
        with parent:
            assert parent.stdout is not None
            child = psutil.Process(int(parent.stdout.readline()))
            parent.kill()

        gone, alive = psutil.wait_procs([child], timeout=5)
        assert (len(gone), len(alive)) == (1, 0)


PARENT = """
import pathlib, psutil, sys
from reporting.pdf import Stage, render
def tell(stage):
    if stage is Stage.READING:
        print(psutil.Process().children()[0].pid, flush=True)
render(pathlib.Path(sys.argv[1]).read_text(), on_stage=tell)
"""


def test_stages_come_in_order(snapshot: Any) -> None:
    reached: list[Stage] = []
    render(board_html(snapshot), on_stage=reached.append)

    assert list(dict.fromkeys(reached)) == list(Stage)


def test_silence_is_broken_by_heartbeats(snapshot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.pdf.HEARTBEAT_SECONDS", 0.05)
    reached: list[Stage] = []
    render(board_html(snapshot), on_stage=reached.append)

    assert reached.count(Stage.LAYING_OUT) > 2


@pytest.mark.parametrize("statement", ["import reporting.pdf", "import reporting.pdf.__main__"])
def test_heavy_packages_stay_out(statement: str) -> None:
    """A web process may import the door, and the child starts without Django."""
    heavy = "{'weasyprint', 'fontTools', 'django', 'pikepdf'}"
    code = f"import sys; {statement}; sys.exit(str({heavy} & set(sys.modules)) if {heavy} & set(sys.modules) else 0)"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_child_learns_no_secrets(monkeypatch: pytest.MonkeyPatch, snapshot: Any) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:secret@db/tracker")
    seen: list[dict[str, str]] = []

    def look(_reached: Stage) -> None:
        seen.append(renderers()[0].environ())

    render(board_html(snapshot), on_stage=look)

    assert "DATABASE_URL" in os.environ
    assert all("DATABASE_URL" not in environment for environment in seen[1:])


def test_no_folder_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    render(small_page("<p>x</p>"))

    assert list(tmp_path.iterdir()) == []
