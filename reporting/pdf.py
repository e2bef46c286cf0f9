"""The only door to WeasyPrint: an HTML page goes in, a tagged PDF/UA-1 file comes out.

The page is laid out in a child process (`python -m reporting.pdf`, HTML on stdin, PDF on stdout, progress on stderr)
because a report can be too big for the machine. The child limits its own memory and time, has no Django, no
database address and no network, and may read nothing but the stylesheets and fonts listed here. WeasyPrint is
imported in the child alone, so a web process may import this module.

    rendered = render(page, on_stage=run.heartbeat)
    rendered.content, rendered.sha256, rendered.pages

The same page gives the same bytes: only bundled fonts are used, and nothing reads the clock.
"""

import ctypes
import hashlib
import logging
import os
import re
import resource
import selectors
import signal
import subprocess
import sys
import time
import unicodedata
import warnings
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
STYLESHEETS = {"board.css": ROOT / "static/src/board.css"}
FONT_FOLDERS = (ROOT / "static/dist/fonts", ROOT / "node_modules/@fontsource/arimo/files")
# Cut by alphabet, commonest first. Only the alphabets a report really uses are loaded.
FONT_ALPHABETS = ("latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "hebrew")
FONT_WEIGHTS = (400, 700)
SCHEME = "report:"
HEARTBEAT_SECONDS = 2.0
# What the child may know of its surroundings: how to find its programs and libraries, and no secret.
CHILD_MAY_KNOW = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")


class Stage(StrEnum):
    """What the child is doing, in the order it happens."""

    READING = "reading"
    LAYING_OUT = "laying out"
    DRAWING = "drawing"
    TAGGING = "tagging"


class Reason(StrEnum):
    """Why there is no PDF. The value travels on the child's stderr, the sentence is for people."""

    MEMORY = "memory"
    TIME = "time"
    NESTING = "nesting"
    FORBIDDEN = "forbidden"
    FONTS = "fonts"
    DISK = "disk"
    STOPPED = "stopped"
    FAULT = "fault"

    @property
    def sentence(self) -> str:
        """One plain sentence that says what happened and what may help."""
        return _SENTENCES[self]


_SENTENCES = {
    Reason.MEMORY: "The report needs more memory than it may use. Make it smaller, for example with fewer workstreams.",
    Reason.TIME: "The report took longer than the time allowed. Make it smaller, for example with fewer workstreams.",
    Reason.NESTING: "The report holds text that is nested too deeply to be laid out.",
    Reason.FORBIDDEN: "The report asked for a file or an address that is not part of it, so it was not made.",
    Reason.FONTS: "The report's fonts or stylesheet are missing on this machine. Run bin/setup.",
    Reason.DISK: "There is no room on the disk to make the report.",
    Reason.STOPPED: "The program that makes the PDF was stopped before it finished.",
    Reason.FAULT: "The program that makes the PDF met a fault that we do not recognise.",
}
_SIGNALS = {
    signal.SIGXCPU: Reason.TIME,
    # C libraries abort, trap or crash when the memory limit refuses them: they cannot raise MemoryError.
    signal.SIGABRT: Reason.MEMORY,
    signal.SIGTRAP: Reason.MEMORY,
    signal.SIGSEGV: Reason.MEMORY,
}


class RenderFailed(Exception):  # noqa: N818 - reads as a sentence where it is caught
    """There is no PDF.

    `reason` says which kind of failure it was, `str(error)` is a sentence people can read, and `detail` holds the
    child's last words, for the log only: it may quote the report.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason.sentence)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class RenderedPdf:
    """A finished PDF, its fingerprint and its number of pages."""

    content: bytes
    sha256: str
    pages: int


@dataclass(frozen=True)
class Limits:
    """What one report may cost. The caller's own time limit must be longer than `wall_seconds`."""

    memory_bytes: int = 1024**3
    cpu_seconds: int = 120
    wall_seconds: float = 180.0


def render(html: str, *, on_stage: Callable[[Stage], None] | None = None, limits: Limits | None = None) -> RenderedPdf:
    """Lay out one HTML page as a PDF/UA-1 file.

    `on_stage` is called at each new stage and again every few seconds while the child works, so that the caller can
    renew a lease. What it raises stops the child and is passed on. Raises `RenderFailed` when no PDF could be made.
    """
    limits = limits or Limits()
    deadline = time.monotonic() + limits.wall_seconds
    try:
        with TemporaryDirectory(prefix="report-") as folder, _child(Path(folder), html, limits) as child:
            pages, last_words = _follow(child, on_stage or _ignore, deadline)
            _raise_if_failed(child, last_words, deadline)
            content = (Path(folder) / "report.pdf").read_bytes()
    except OSError as error:
        raise RenderFailed(Reason.DISK, str(error)) from error
    return RenderedPdf(content, hashlib.sha256(content).hexdigest(), pages)


def _ignore(_stage: Stage) -> None:
    """Stand in for a caller who does not follow the stages."""


@contextmanager
def _child(folder: Path, html: str, limits: Limits) -> Iterator[subprocess.Popen[bytes]]:
    """Start the child, and leave no child behind whatever happens here.

    Page and PDF are files in a folder that the parent removes: a killed child leaves nothing behind, and two full
    pipes cannot wait for each other.
    """
    page = folder / "report.html"
    page.write_text(html, encoding="utf-8", errors="replace")
    command = [sys.executable, "-m", "reporting.pdf", str(limits.memory_bytes), str(limits.cpu_seconds)]
    with page.open("rb") as stdin, (folder / "report.pdf").open("wb") as stdout:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no user text
            [*command, str(os.getpid())],
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=_environment(folder),
        )
    with child:
        try:
            yield child
        finally:
            child.kill()


def _environment(folder: Path) -> dict[str, str]:
    """Give the child a world in which only bundled fonts exist, so that each machine makes the same bytes."""
    fonts = folder / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{folder}/none</dir><cachedir>{folder}/cache</cachedir></fontconfig>")
    known = {name: os.environ[name] for name in CHILD_MAY_KNOW if name in os.environ}
    return known | {
        "FONTCONFIG_FILE": str(fonts),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "0",  # fontTools would write the present minute into each font it unpacks
        "TMPDIR": str(folder),
    }


def _follow(
    child: subprocess.Popen[bytes], on_stage: Callable[[Stage], None], deadline: float
) -> tuple[int, deque[str]]:
    """Pass the child's stages on until it falls silent. Returns the number of pages and its last other lines."""
    stage, pages, last_words = Stage.READING, 0, deque[str](maxlen=40)
    on_stage(stage)
    for line in _lines(child, deadline):
        kind, _, text = line.partition(": ")
        if kind == "stage":
            stage = Stage(text)
        elif kind == "pages":
            pages = int(text)
        elif line:
            last_words.append(line)
        if kind == "stage" or not line:
            on_stage(stage)
    return pages, last_words


def _lines(child: subprocess.Popen[bytes], deadline: float) -> Iterator[str]:
    """Give each line of the child's stderr, and an empty line after every few seconds of silence."""
    pipe = child.stderr
    if pipe is None:
        message = "the child is always started with a pipe for its stderr"
        raise TypeError(message)
    unfinished = b""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                raise RenderFailed(Reason.TIME)
            if not selector.select(min(HEARTBEAT_SECONDS, remaining)):
                yield ""
                continue
            received = os.read(pipe.fileno(), 65536)
            if not received:
                return
            *lines, unfinished = (unfinished + received).split(b"\n")
            yield from (line.decode(errors="replace") for line in lines)


def _raise_if_failed(child: subprocess.Popen[bytes], last_words: Collection[str], deadline: float) -> None:
    """Turn the way the child ended into a reason. WeasyPrint's complaints about a finished PDF only go to the log."""
    try:
        status = child.wait(timeout=max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired as error:
        raise RenderFailed(Reason.TIME) from error
    detail = "\n".join(last_words)
    if status == 0:
        if detail:
            logger.warning("The PDF was made with complaints:\n%s", detail)
        return
    said = [line.removeprefix("failed: ") for line in last_words if line.startswith("failed: ")]
    if said:
        reason = Reason(said[-1])
    elif status < 0:
        reason = _SIGNALS.get(signal.Signals(-status), Reason.STOPPED)
    else:
        reason = Reason.FAULT
    raise RenderFailed(reason, detail or f"exit status {status}")


# From here on: the child.


def main(arguments: list[str]) -> int:
    """Read a page from stdin and write its PDF to stdout. Arguments: memory in bytes, CPU seconds, the parent."""
    limits = Limits()
    memory, cpu, parent = arguments or (limits.memory_bytes, limits.cpu_seconds, os.getppid())
    _die_with_parent(int(parent))
    _limit_self(int(memory), int(cpu))
    try:
        content = _make_pdf(sys.stdin.buffer.read().decode())
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except MemoryError:
        return _fail(Reason.MEMORY)
    except RecursionError:
        return _fail(Reason.NESTING)
    except OSError as error:
        return _fail(Reason.DISK, str(error))
    except RenderFailed as failed:
        return _fail(failed.reason, failed.detail)
    return 0


def _fail(reason: Reason, detail: str = "") -> int:
    """Say why on stderr; the parent makes the sentence."""
    if detail:
        _say("detail", detail)
    _say("failed", reason)
    return 1


def _say(kind: str, text: object) -> None:
    """Send the parent one line."""
    sys.stderr.write(f"{kind}: {str(text).replace(chr(10), ' ')}\n")
    sys.stderr.flush()


def _die_with_parent(parent: int) -> None:
    """Ask Linux to kill this process when the worker that wants the report is killed: nobody would read the PDF."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above
        sys.exit(1)


def _limit_self(memory: int, cpu: int) -> None:
    """Set hard limits before anything of the page is read."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _make_pdf(html: str) -> bytes:
    """Lay out, tag and finish one page."""
    _say("stage", Stage.READING)
    characters = {character for character in html if not character.isascii()}
    alphabets, missing = _choose_alphabets(characters)
    warnings.filterwarnings("ignore", "No fonts configured")  # none but ours, on purpose
    from weasyprint import CSS, HTML  # noqa: PLC0415 - heavy, and only the child may load it
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    sys.addaudithook(_refuse_network)
    _report_progress()
    fetcher, fonts = _bundled_files_only(), FontConfiguration()
    try:
        faces = CSS(string=_font_faces(alphabets), font_config=fonts, url_fetcher=fetcher)
        page = HTML(string=_printable(html, missing), url_fetcher=fetcher)
        options: dict[str, Any] = {"stylesheets": [faces], "pdf_variant": "pdf/ua-1"}
        document = page.render(font_config=fonts, **options)
        content: bytes = document.write_pdf(finisher=_touch_up, **options)
    except FatalURLFetchingError as error:  # a BaseException, so that WeasyPrint cannot swallow it
        raise RenderFailed(Reason.FORBIDDEN, str(error)) from error
    _say("pages", len(document.pages))
    return content


def _touch_up(_document: object, pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
    """Add what PDF/UA asks for and WeasyPrint leaves out: the scope of each table header, and links that print.

    It is done before the file is written: opening the finished file again to change it costs a quarter of the time.
    """
    structure = [thing for thing in pdf.objects if isinstance(thing, dict)]
    rows_with_data = {thing["P"] for thing in structure if thing.get("S") == "/TD"}
    for thing in structure:
        if thing.get("S") == "/TH" and "A" in thing:
            thing["A"]["Scope"] = "/Row" if thing["P"] in rows_with_data else "/Column"
        elif thing.get("Subtype") == "/Link":
            flag_print = 4
            thing["F"] = flag_print


class _ProgressHandler(logging.Handler):
    """Turns WeasyPrint's numbered steps into our stages."""

    stages = {"Step 4": Stage.LAYING_OUT, "Step 6": Stage.DRAWING, "Step 7": Stage.TAGGING}  # noqa: RUF012

    def emit(self, record: logging.LogRecord) -> None:
        """Say the stage when a step begins that is a stage of ours."""
        if stage := self.stages.get(str(record.msg)[:6]):
            _say("stage", stage)


class _ComplaintHandler(logging.Handler):
    """Sends WeasyPrint's warnings to the parent's log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say the complaint in one line."""
        _say("complaint", record.getMessage())


def _report_progress() -> None:
    """Connect WeasyPrint's loggers to stderr."""
    progress = logging.getLogger("weasyprint.progress")
    progress.setLevel(logging.INFO)
    progress.propagate = False
    progress.addHandler(_ProgressHandler())
    for name in ("weasyprint", "fontTools"):
        complaints = logging.getLogger(name)
        complaints.setLevel(logging.WARNING)
        complaints.addHandler(_ComplaintHandler())


def _refuse_network(event: str, _arguments: object) -> None:
    """Refuse connections and programs, whatever a library tries: the fetcher below should never let it come to this."""
    if event in {"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}:
        message = f"{event} is not allowed while a report is made"
        raise PermissionError(message)


def _bundled_files_only() -> "URLFetcher":
    """Make a fetcher that knows a few bundled files by name and stops the report at anything else, `data:` included."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - heavy, and only the child may load it

    class BundledFilesOnly(URLFetcher):  # type: ignore[misc]
        """Serves `report:<name>`."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
            """Give the bundled file; any error is fatal because of `fail_on_errors`."""
            path = _bundled_file(url)
            kind = "text/css" if path.suffix == ".css" else "font/" + path.suffix[1:]
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return BundledFilesOnly(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


def _bundled_file(url: str) -> Path:
    """Find the file behind `report:board.css` or `report:latin-400`. Names are looked up, never joined to a path."""
    name = url.removeprefix(SCHEME) if url.startswith(SCHEME) else ""
    faces = {f"{alphabet}-{weight}": (alphabet, weight) for alphabet in FONT_ALPHABETS for weight in FONT_WEIGHTS}
    if name in STYLESHEETS:
        return STYLESHEETS[name]
    if name in faces and (font := _font_file(*faces[name])):
        return font
    message = f"not one of the report's own files: {url[:200]}"
    raise ValueError(message)


def _font_file(alphabet: str, weight: int) -> Path | None:
    """Find one bundled font file. The plain .woff unpacks quicker than .woff2."""
    stem = f"arimo-{alphabet}-{weight}-normal"
    candidates = (folder / f"{stem}{suffix}" for folder in FONT_FOLDERS for suffix in (".woff", ".woff2"))
    return next((path for path in candidates if path.is_file()), None)


def _choose_alphabets(characters: Iterable[str]) -> tuple[list[str], set[str]]:
    """Find the font files these characters need. Returns their alphabets, and the characters that no file has."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - heavy, and only the child may load it

    chosen: list[str] = []
    missing = set(characters)
    for alphabet in FONT_ALPHABETS:
        path = _font_file(alphabet, FONT_WEIGHTS[0])
        if path is None and alphabet == FONT_ALPHABETS[0]:
            raise RenderFailed(Reason.FONTS, f"no font in {', '.join(map(str, FONT_FOLDERS))}")
        if path is None or (chosen and not missing):
            continue
        with TTFont(path, lazy=True) as font:
            covered = {character for character in missing if ord(character) in font.getBestCmap()}
        if covered or not chosen:
            chosen.append(alphabet)
        missing -= covered
    return chosen, missing | (set(characters) & STEERING)


def _font_faces(alphabets: list[str]) -> str:
    """Declare the chosen fonts, each alphabet as a family of its own: WeasyPrint takes two files of one for the same."""
    faces = [
        f'@font-face {{ font-family: "Arimo {alphabet}"; font-weight: {weight}; src: url("{SCHEME}{alphabet}-{weight}") }}'
        for alphabet in alphabets
        for weight in FONT_WEIGHTS
    ]
    families = ", ".join(f'"Arimo {alphabet}"' for alphabet in alphabets)
    return "\n".join([*faces, f"html, svg text {{ font-family: {families} }}"])


# Marks that turn the reading direction of what follows. They could make a line read differently from its letters.
STEERING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
# What people type often and the bundled fonts lack, in letters that everybody reads.
SPELT = {"≥": ">=", "≤": "<=", "≠": "not equal to", "→": "->", "←": "<-", "⇒": "=>", "✓": "[tick]", "✔": "[tick]"}


def _printable(html: str, missing: Collection[str]) -> str:
    """Spell out the characters that no bundled font has: a name can be read, an empty box cannot.

    Only characters outside ASCII are replaced, and names hold letters, so markup neither breaks nor appears.
    """
    controls = {code: None for code in (*range(9), 11, 12, *range(14, 32), 127, *range(0x80, 0xA0))}
    return html.translate(controls | {ord(character): _spell(character) for character in missing})


def _spell(character: str) -> str:
    """Write one character in ASCII: a usual spelling, its plain form, nothing if invisible, else its name."""
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    if character in SPELT:
        spelling = SPELT[character]
    elif plain:
        spelling = plain
    elif unicodedata.category(character) in {"Cc", "Cf", "Mn", "Me", "Zs"}:
        spelling = ""
    else:
        spelling = f"[{unicodedata.name(character, f'character {ord(character):X}').lower()}]"
    return re.sub(r"[<>&\"']", lambda mark: f"&#{ord(mark[0])};", spelling)


def _run() -> NoReturn:
    """Leave at once when done: giving back half a gigabyte piece by piece takes longer than making the last page."""
    status = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(status)


if __name__ == "__main__":
    _run()
