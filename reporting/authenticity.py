"""What a file that somebody holds is, and whether it is genuine, in words. Pure; the search for it is in verifying.py.

Nothing is said of a report that was never published: its file is not known here, like anybody's holiday pictures.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

LARGEST = 30_000_000  # bytes; a full pack has about one
_MARK = re.compile(rb"snapshot-sha256:([0-9a-f]{64})(?::([a-z_]{2,20}))?")
# Where a PDF keeps what it says of itself: as plain text, or packed in one of these.
_PACKED = re.compile(rb"/Type\s*/(?:ObjStm|Metadata)\b[^>]{0,200}>>\s*stream\r?\n")
MOST_PACKED, LONGEST_UNPACKED = 100, 2_000_000
BEGINS_LIKE_A_PDF = b"%PDF-"


class Verdict(StrEnum):
    """What is known of the file."""

    GENUINE = "genuine"
    CHANGED = "changed"
    UNKNOWN = "unknown"
    NOT_A_PDF = "not_a_pdf"

    @property
    def heading(self) -> str:
        """The answer in a few words."""
        return {
            Verdict.GENUINE: "This file is genuine",
            Verdict.CHANGED: "This file has been changed",
            Verdict.UNKNOWN: "We do not know this file",
            Verdict.NOT_A_PDF: "This is not a PDF",
        }[self]

    @property
    def words(self) -> str:
        """What that means."""
        return {
            Verdict.GENUINE: "Every byte is as it was published.",
            Verdict.CHANGED: (
                "It bears the mark of the report below, but its bytes are not those that were published. Somebody or "
                "some program has altered it: printing to PDF, signing and adding comments do so too. Do not rely on "
                "it; ask for the published file."
            ),
            Verdict.UNKNOWN: (
                "It is not the file of any report that was published here, and bears no mark of one. It may come from "
                "elsewhere, have been altered, or be a draft."
            ),
            Verdict.NOT_A_PDF: "Reports are checked as PDF files. Choose the PDF as you received it.",
        }[self]


@dataclass(frozen=True)
class Standing:
    """The report that a file is, or claims to be."""

    programme: str
    month: str
    edition: str
    version: int
    as_at: str
    state: str  # the sentence: published on …, superseded by …, withdrawn because …
    note: str = ""


def state_sentence(
    state: str, *, published: str, ended: str = "", reason: str = "", successor: int | None = None
) -> str:
    """How the report stands today, with its days in words."""
    if state == "withdrawn":
        return f"Withdrawn on {ended}: {reason}" if reason else f"Withdrawn on {ended}. Do not rely on it."
    if state == "superseded":
        return f"Published on {published}, superseded by version {successor} on {ended}. Use the later version."
    if state == "published":
        return f"Published on {published}. It is the version that stands."
    return "A draft that has not been published. Do not pass it on."


def mark(snapshot: str, edition: str = "") -> str:
    """The mark a report's file bears in its keywords: the fingerprint of the frozen figures it was made from.

    Editions that are made at one moment have one fingerprint, so the mark names the edition, too; old ones did not.
    """
    return f"snapshot-sha256:{snapshot}:{edition}" if edition else f"snapshot-sha256:{snapshot}"


def marks_in(content: bytes) -> list[tuple[str, str]]:
    """Fingerprint and edition in every mark that the file bears; the edition may be missing."""
    found = {each for part in (content, *_unpacked(content)) for each in _MARK.findall(part)}
    return sorted((fingerprint.decode(), edition.decode()) for fingerprint, edition in found)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """What the file says of itself, unpacked as far as it is harmless: a bomb is cut off, nonsense is passed over."""
    for number, found in enumerate(_PACKED.finditer(content)):
        if number == MOST_PACKED:
            return
        try:
            yield zlib.decompressobj().decompress(content[found.end() :], LONGEST_UNPACKED)
        except zlib.error:
            continue


def looks_like_pdf(content: bytes) -> bool:
    """Whether it begins as a PDF does; some programs put a few bytes in front."""
    return BEGINS_LIKE_A_PDF in content[:1024]
