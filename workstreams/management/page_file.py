"""A page from a file on disk, whatever program saved it."""

import sys
from pathlib import Path

ENCODINGS = ("utf-8-sig", "cp1252")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
STANDARD_INPUT = "-"


class PageFileError(Exception):
    """The file cannot be read as a page; the text says why."""


def read_page(name: str) -> str:
    """The file's text. Raises PageFileError with one sentence where there is none."""
    text = _decoded(_content(name), name)
    if not text.strip():
        raise PageFileError(f"{name} is empty.")
    return text


def _content(name: str) -> bytes:
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except FileNotFoundError as error:
        raise PageFileError(f"There is no file {name}.") from error
    except OSError as error:
        raise PageFileError(f"{name} cannot be read: {error.strerror}.") from error


def _decoded(content: bytes, name: str) -> str:
    """UTF-16 says so in its first two bytes; without its mark almost anything would pass for it."""
    encodings = ("utf-16",) if content.startswith(UTF_16_MARKS) else ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise PageFileError(f"{name} is not a text file in an encoding that can be read. Save it as UTF-8 and try again.")
