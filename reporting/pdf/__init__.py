"""The only door to WeasyPrint: an HTML page goes in, a tagged PDF/UA-1 file comes out.

`run_child` is how every file of a report is made, the PDF and others: see `reporting/documents`.

The page is laid out in a child process (`__main__.py`: HTML on stdin, PDF on stdout, progress on stderr) because a
report can be too big for the machine. WeasyPrint is imported in the child alone, so a web process may import this
package.

    rendered = render(page, on_stage=run.heartbeat)
    rendered.content, rendered.sha256, rendered.pages

The same page gives the same bytes: only bundled fonts are used, and nothing reads the clock.
"""

import errno
import hashlib
import logging
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent.parent
STYLESHEETS = {name: ROOT / "static/src" / name for name in ("board.css", "board-v2.css", "board-web.css")}
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
    SECTION = "section"
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
    Reason.SECTION: "A section of the report could not be made.",
    Reason.FAULT: "The program that makes the PDF met a fault that we do not recognise.",
}
# How programs say that there is no memory when they cannot say it properly, libraries for numbers among them.
_NO_ROOM = ("MemoryError", "Cannot allocate memory", "Memory allocation still failed", "failed to map segment")
_SIGNALS = {
    signal.SIGXCPU: Reason.TIME,
    # C libraries abort, trap or crash when the memory limit refuses them: they cannot raise MemoryError.
    signal.SIGABRT: Reason.MEMORY,
    signal.SIGTRAP: Reason.MEMORY,
    signal.SIGSEGV: Reason.MEMORY,
}


class RenderFailed(Exception):
    """There is no PDF.

    `reason` says which kind of failure it was, `str(error)` is a sentence people can read, and `detail` holds the
    child's last words, for the log only: it may quote the report.
    """

    def __init__(self, reason: Reason, detail: str = "", *, sentence: str = "", section: str = "") -> None:
        """Take the sentence from the reason, unless something better is known; `section` names the part it is about."""
        super().__init__(sentence or reason.sentence)
        self.reason = reason
        self.detail = detail
        self.section = section


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
    content, pages = run_child(["reporting.pdf"], html, on_stage=on_stage, limits=limits)
    return RenderedPdf(content, hashlib.sha256(content).hexdigest(), pages)


def run_child(
    program: list[str],
    text: str,
    *,
    on_stage: Callable[[Stage], None] | None = None,
    limits: Limits | None = None,
) -> tuple[bytes, int]:
    """Give `text` to a program that makes a file of a report, with its arguments; returns the file and its pages.

    The program is a module with hard limits on memory and time and no network: see `confined.py`.
    """
    limits = limits or Limits()
    deadline = time.monotonic() + limits.wall_seconds
    with _plainly():
        folder = TemporaryDirectory(prefix="report-")
    with folder:
        with _plainly():
            child = _start(Path(folder.name), program, text, limits)
        with _stopped_afterwards(child):
            pages, last_words = _follow(child, on_stage or _ignore, deadline)
            _raise_if_failed(child, last_words, deadline)
        with _plainly():
            return (Path(folder.name) / "report.out").read_bytes(), pages


def reason_of(error: OSError) -> Reason:
    """Tell a full disk and exhausted memory from other troubles with the system."""
    reasons = {errno.ENOSPC: Reason.DISK, errno.EDQUOT: Reason.DISK, errno.ENOMEM: Reason.MEMORY}
    return reasons.get(error.errno or 0, Reason.FAULT)


@contextmanager
def _plainly() -> Iterator[None]:
    """Say troubles with files and processes plainly. Never used around the caller's own code."""
    try:
        yield
    except OSError as error:
        raise RenderFailed(reason_of(error), str(error)) from error


@contextmanager
def _stopped_afterwards(child: subprocess.Popen[bytes]) -> Iterator[None]:
    """Leave no child behind, whatever happens here."""
    with child:
        try:
            yield
        finally:
            child.kill()


def _ignore(_stage: Stage) -> None:
    """Stand in for a caller who does not follow the stages."""


def _start(folder: Path, program: list[str], text: str, limits: Limits) -> subprocess.Popen[bytes]:
    """Start the child.

    What it reads and what it makes are files in a folder that the parent removes: a killed child leaves nothing
    behind, and two full pipes cannot wait for each other.
    """
    page = folder / "report.in"
    page.write_text(text, encoding="utf-8", errors="replace")
    module, *arguments = program
    bounds = [str(limits.memory_bytes), str(limits.cpu_seconds), str(os.getpid())]
    with page.open("rb") as stdin, (folder / "report.out").open("wb") as stdout:
        return subprocess.Popen(
            [sys.executable, "-m", module, *bounds, *arguments],
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=_environment(folder),
        )


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
    # At the end of a line, not as a line: Python's own complaints about lack of memory come without line breaks.
    said = re.findall(r"failed: (\w+)$", detail, flags=re.MULTILINE)
    if said:
        reason = Reason(said[-1])
    elif any(words in detail for words in _NO_ROOM):  # there was not even room to say it properly
        reason = Reason.MEMORY
    elif status < 0:
        reason = _SIGNALS.get(signal.Signals(-status), Reason.STOPPED)
    else:
        reason = Reason.FAULT
    told = re.findall(r"^section: (.+)$", detail, flags=re.MULTILINE) if reason is Reason.SECTION else []
    raise RenderFailed(reason, detail or f"exit status {status}", sentence=told[-1] if told else "")
