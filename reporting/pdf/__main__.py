"""The child that makes one PDF: `python -m reporting.pdf < report.html > report.pdf`.

It has no Django, no database address and no network, limits its own memory and time, and reads nothing but the
stylesheets and fonts it is told of. Progress and failures go to stderr, one "kind: text" a line.
"""

import errno
import logging
import sys
import warnings
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reporting.pdf import STYLESHEETS, Reason, RenderFailed, Stage
from reporting.pdf.confined import leave, main, refuse_network, say
from reporting.pdf.fonts import choose_alphabets, font_faces, font_file, printable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "report:"
FLAG_PRINT = 4


def _make_pdf(html: str, _arguments: list[str]) -> bytes:
    """Lay out, tag and finish one page."""
    say("stage", Stage.READING)
    alphabets, missing = choose_alphabets(character for character in set(html) if not character.isascii())
    warnings.filterwarnings("ignore", "No fonts configured")  # none but ours, on purpose
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    sys.addaudithook(refuse_network)
    _report_progress()
    fetcher, fonts = _bundled_files_only(), FontConfiguration()
    try:
        faces = CSS(string=font_faces(alphabets, SCHEME), font_config=fonts, url_fetcher=fetcher)
        page = HTML(string=printable(html, missing), url_fetcher=fetcher)
        options: dict[str, Any] = {"stylesheets": [faces], "pdf_variant": "pdf/ua-1"}
        document = page.render(font_config=fonts, **options)
        touch_up = partial(_touch_up, headings=_headings(page.etree_element))
        content: bytes = document.write_pdf(finisher=touch_up, **options)
    except FatalURLFetchingError as error:  # a BaseException, so that WeasyPrint cannot swallow it
        if _ran_out_of_memory(error):
            raise MemoryError from error
        raise RenderFailed(Reason.FORBIDDEN, str(error)) from error
    say("pages", len(document.pages))
    return content


def _ran_out_of_memory(error: BaseException | None) -> bool:
    """Whether lack of memory is behind it: a bundled file that could not be read for that reason was not forbidden."""
    while error is not None:
        if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
            return True
        error = error.__cause__ or error.__context__
    return False


def _headings(root: "Element") -> dict[str, str]:
    """Find the heading of each part that links may lead to, by the part's id."""
    found = {}
    for part in root.iter("section"):
        name, heading = part.get("id"), part.find(".//h2")
        if name and heading is not None:
            found[name] = " ".join("".join(heading.itertext()).split())
    return found


def _touch_up(_document: object, pdf: Any, headings: dict[str, str]) -> None:
    """Add what PDF/UA asks for and WeasyPrint leaves out: scopes of table headers, links that print and say where to.

    It is done before the file is written, so that no second library has to open it and write it again.
    """
    structure = [thing for thing in pdf.objects if isinstance(thing, dict)]
    rows_with_data = {thing["P"] for thing in structure if thing.get("S") == "/TD"}
    for thing in structure:
        if thing.get("S") == "/TH" and "A" in thing:
            thing["A"]["Scope"] = "/Row" if thing["P"] in rows_with_data else "/Column"
        elif thing.get("Subtype") == "/Link":
            thing["F"] = FLAG_PRINT
            if "Dest" in thing:
                thing["Contents"].string = "Go to " + headings.get(thing["Dest"].string, "another part of this report")


class _ProgressHandler(logging.Handler):
    """Turns WeasyPrint's numbered steps into our stages."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say the stage when a step begins that is a stage of ours."""
        stages = {"Step 4": Stage.LAYING_OUT, "Step 6": Stage.DRAWING, "Step 7": Stage.TAGGING}
        if stage := stages.get(str(record.msg)[:6]):
            say("stage", stage)


class _ComplaintHandler(logging.Handler):
    """Sends WeasyPrint's warnings to the parent's log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say the complaint in one line."""
        say("complaint", record.getMessage())


def _report_progress() -> None:
    """Connect WeasyPrint's loggers to stderr."""
    progress = logging.getLogger("weasyprint.progress")
    progress.setLevel(logging.INFO)
    progress.propagate = False
    progress.addHandler(_ProgressHandler())
    complaints = logging.getLogger("weasyprint")
    complaints.setLevel(logging.WARNING)
    complaints.addHandler(_ComplaintHandler())


def _bundled_files_only() -> "URLFetcher":
    """Make a fetcher that knows a few bundled files by name and stops the report at anything else, `data:` included."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class BundledFilesOnly(URLFetcher):
        """Serves `report:<name>`."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> "URLFetcherResponse":
            """Give the bundled file; any error is fatal because of `fail_on_errors`."""
            path = _bundled_file(url)
            kind = "text/css" if path.suffix == ".css" else f"font/{path.suffix[1:]}"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return BundledFilesOnly(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


def _bundled_file(url: str) -> Path:
    """Find the file behind `report:board.css` or `report:latin-400`. Names are looked up, never joined to a path."""
    name = url.removeprefix(SCHEME) if url.startswith(SCHEME) else ""
    path = STYLESHEETS.get(name) or font_file(name)
    if path is None:
        message = f"not one of the report's own files: {url[:200]}"
        raise ValueError(message)
    return path


if __name__ == "__main__":
    leave(main(sys.argv[1:], _make_pdf))
