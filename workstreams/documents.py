"""Documents as people keep them (plain text, web pages, Word files, Markdown) made into lines the parser reads.

    text = read(content, "Programme page.docx")
    text = pasted(words)

Every limit is checked before the work it limits: a Word file is refused by the size it says it has unpacked, and a
web page is read without building a tree, so that tags nested without end cost no more than others. A refusal is one
sentence for the person who chose the file. Nothing is fetched and nothing inside a document is run.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from programme.refusals import Refused

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

LARGEST_FILE: Final = 5_000_000
LARGEST_TEXT: Final = 2_000_000
LARGEST_UNPACKED: Final = 30_000_000
MOST_LINES: Final = 20_000
MOST_PARTS: Final = 2_000  # files inside a Word file
LIMITS_IN_WORDS: Final = "A file can be up to 5 MB and hold up to 20,000 lines."
TYPES_IN_WORDS: Final = "a text file (.txt), a web page (.html), a Word document (.docx) or Markdown (.md)"

_ENCODINGS: Final = ("utf-8-sig", "cp1252")
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
# What no page means to say: control characters, and marks that turn the direction of the text around.
_UNWANTED: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_INDENT: Final = "    "
_DEEPEST_INDENT: Final = 8


def read(content: bytes, name: str, *, otherwise: str = "") -> str:
    """The text of a file. A name that tells no type is read as `otherwise` (such as '.txt'). Raises Refused."""
    if len(content) > LARGEST_FILE:
        raise Refused(f"{name} is larger than 5 MB. Copy the part that is the programme's page, and paste it.")
    suffix = PurePath(name).suffix.lower()
    reader = _READERS.get(suffix) or _READERS.get(otherwise)
    if reader is None:
        hint = " Save it as .docx in Word first." if suffix in {".doc", ".odt", ".rtf"} else ""
        raise Refused(f"{name} cannot be read. Choose {TYPES_IN_WORDS}.{hint}")
    text = _tidy(reader(content, name))
    if not text.strip():
        raise Refused(f"{name} is empty.")
    return _within_limits(text, name)


def pasted(text: str) -> str:
    """The text of what was pasted; the source of a web page is read as one. Raises Refused."""
    if len(text) > LARGEST_TEXT:
        raise Refused("The text is longer than 2 MB. Paste the part that is the programme's page.")
    opening = text.lstrip("\ufeff \t\r\n")[:200].lower()
    if opening.startswith(("<!doctype html", "<html", "<body", "<div", "<table")):
        text = _of_html(text.encode(errors="replace"), "The text")
    text = _tidy(text)
    if not text.strip():
        raise Refused("There are no words in the text.")
    return _within_limits(text, "The text")


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").removeprefix("\ufeff")
    return _UNWANTED.sub("", text)


def _within_limits(text: str, name: str) -> str:
    if len(text) > LARGEST_TEXT:
        raise Refused(f"{name} holds more than 2 MB of text. Bring it in in parts.")
    if text.count("\n") >= MOST_LINES:
        raise Refused(f"{name} has more than 20,000 lines. Bring it in in parts.")
    return text


# Plain text


def _decoded(content: bytes, name: str) -> str:
    """UTF-16 says so in its first two bytes; without its mark almost anything would pass for it."""
    encodings = ("utf-16",) if content.startswith(_UTF_16_MARKS) else _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused(f"{name} is not a text file in an encoding that can be read. Save it as UTF-8 and try again.")


# Web pages

_DROPPED: Final = frozenset({"head", "script", "style", "noscript", "template", "svg", "iframe", "object", "select"})
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main",
    "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_LISTS: Final = frozenset({"ul", "ol"})
_CELLS: Final = frozenset({"td", "th"})


class _PageLines:
    """Receives the tags and words of a web page one after the other, and keeps lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._words: list[str] = []
        self._opening = ""
        self._dropped = 0
        self._numbers: list[int | None] = []  # one for each open list: its last number, None for bullets
        self._cells = 0

    def start(self, tag: object, _attributes: object) -> None:
        """A tag opens."""
        if tag in _DROPPED:
            self._dropped += 1
        elif tag in _CELLS:
            self._cells += 1
            self._words.append("\t" if self._cells > 1 else "")
        elif self._cells and tag != "tr":
            self._words.append(" ")
        elif tag == "br":
            self._break()
        elif tag in _BLOCKS:
            self._open_block(str(tag))

    def _open_block(self, tag: str) -> None:
        if not self._opening or "".join(self._words).strip():  # a paragraph inside an item stays the item's
            self._break()
        if tag in _LISTS:
            self._numbers.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._opening = self._mark()
        elif tag[0] == "h" and tag[1:].isdecimal():
            self.lines.append("")
            self._opening = "#" * int(tag[1:]) + " "

    def _mark(self) -> str:
        depth = min(max(len(self._numbers) - 1, 0), _DEEPEST_INDENT)
        if self._numbers and self._numbers[-1] is not None:
            self._numbers[-1] += 1
            return f"{_INDENT * depth}{self._numbers[-1]}. "
        return f"{_INDENT * depth}• "

    def end(self, tag: object) -> None:
        """A tag closes."""
        if tag in _DROPPED:
            self._dropped = max(0, self._dropped - 1)
        elif tag == "tr":
            self._break()
            self._cells = 0
        elif tag in _BLOCKS and not self._cells:
            self._break()
            if tag in _LISTS and self._numbers:
                self._numbers.pop()
            if tag in _LISTS or tag in {"p", "table", "div"}:
                self._gap()

    def data(self, words: str) -> None:
        """Words between tags."""
        if not self._dropped:
            self._words.append(words)

    def close(self) -> list[str]:
        """All lines."""
        self._break()
        return self.lines

    def _gap(self) -> None:
        if self.lines and self.lines[-1] and not self._numbers:
            self.lines.append("")

    def _break(self) -> None:
        cells = "".join(self._words).split("\t") if self._cells else ["".join(self._words).replace("\t", " ")]
        text = "\t".join(" ".join(cell.split()) for cell in cells).rstrip()
        if text.strip():
            self.lines.append(self._opening + text)
        self._words, self._opening = [], ""


def _of_html(content: bytes, name: str) -> str:
    source = _decoded(content, name)
    parser = etree.HTMLParser(target=_PageLines(), encoding="utf-8", no_network=True, remove_comments=True)
    try:
        parser.feed(source.encode(errors="replace"))
        lines: list[str] = parser.close()
    except etree.LxmlError as error:
        raise Refused(f"{name} is not a web page that can be read. Copy its words, and paste them.") from error
    return "\n".join(lines)


# Word files

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LIST_STYLE: Final = re.compile(r"(?:list|bullet)\D*(\d?)", re.IGNORECASE)


def _of_word(content: bytes, name: str) -> str:
    """Paragraphs, list items and tables in the order of the document."""
    _refuse_bomb(content, name)
    import docx

    try:
        document = docx.Document(io.BytesIO(content))
        return "\n".join(_word_lines(document, name))
    except Refused:
        raise
    except Exception as error:  # the library meets a broken file in a hundred ways
        raise Refused(f"{name} is not a Word document that can be read. Open it in Word and save it again.") from error


def _refuse_bomb(content: bytes, name: str) -> None:
    """By what the file says of itself: unpacking stops there, whatever is packed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Refused(f"{name} is not a Word document that can be read. Open it in Word and save it again.") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refused(f"{name} is larger than 30 MB once it is unpacked. Copy its words, and paste them.")


def _word_lines(document: "Document", name: str) -> Iterator[str]:
    from docx.text.paragraph import Paragraph

    count = 0
    for block in document.iter_inner_content():
        lines = _paragraph_lines(block) if isinstance(block, Paragraph) else _table_lines(block._tbl)  # noqa: SLF001 - rows by their elements: the public way is quadratic
        for line in lines:
            count += 1
            if count > MOST_LINES:
                raise Refused(f"{name} has more than 20,000 lines. Bring it in in parts.")
            yield line


def _paragraph_lines(paragraph: "Paragraph") -> list[str]:
    words = [" ".join(part.split()) for part in paragraph.text.split("\n")]
    first, *rest = words
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    if style == "Title" or style.startswith("Heading "):
        level = int(style[-1]) if style[-1:].isdecimal() else 1
        return ["", f"{'#' * min(level, 6)} {first}", *rest] if first else [""]
    depth = _list_depth(paragraph, style)
    if depth is None or not first:
        return words
    return [f"{_INDENT * min(depth, _DEEPEST_INDENT)}• {first}", *rest]


def _list_depth(paragraph: "Paragraph", style: str) -> int | None:
    """0 for a list item, 1 for one inside another; None for what is no list item."""
    numbered = paragraph._p.find(f"{_WORD}pPr/{_WORD}numPr")  # noqa: SLF001 - python-docx has no word for list items
    if numbered is not None:
        level = numbered.find(f"{_WORD}ilvl")
        written = level.get(f"{_WORD}val", "0") if level is not None else "0"
        return int(written) if written.isdecimal() else 0
    named = _LIST_STYLE.match(style)
    return max(int(named[1] or 1) - 1, 0) if named and style != "List Paragraph" else None


def _table_lines(table: Any) -> list[str]:
    """One line for each row, a tab between cells; what stands in one cell is joined."""
    lines = [""]
    for row in table.iterchildren(f"{_WORD}tr"):
        cells = [" ".join(" ".join(_cell_words(cell)).split()) for cell in row.iterchildren(f"{_WORD}tc")]
        lines.append("\t".join(cells).rstrip())
    return [*lines, ""]


def _cell_words(cell: Any) -> Iterator[str]:
    for paragraph in cell.iter(f"{_WORD}p"):
        yield "".join(each.text or " " for each in paragraph.iter(f"{_WORD}t", f"{_WORD}br", f"{_WORD}tab"))


_READERS: Final[dict[str, Callable[[bytes, str], str]]] = {
    ".txt": _decoded,
    ".text": _decoded,
    ".md": _decoded,
    ".markdown": _decoded,
    ".adoc": _decoded,
    ".html": _of_html,
    ".htm": _of_html,
    ".docx": _of_word,
}
SUFFIXES: Final = tuple(_READERS)
