"""A page from a file on disk, whatever program saved it."""

import sys
from pathlib import Path

from programme.refusals import Refused
from workstreams import documents

STANDARD_INPUT = "-"


class PageFileError(Exception):
    """The file cannot be read as a page; the text says why."""


def read_page(name: str) -> str:
    """The file's text. Raises PageFileError with one sentence where there is none."""
    try:
        return documents.read(_content(name), name, otherwise=".txt")
    except Refused as refusal:
        raise PageFileError(str(refusal)) from refusal


def _content(name: str) -> bytes:
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except FileNotFoundError as error:
        raise PageFileError(f"There is no file {name}.") from error
    except OSError as error:
        raise PageFileError(f"{name} cannot be read: {error.strerror}.") from error
