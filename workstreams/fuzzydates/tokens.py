"""Text cut into words, numbers and signs, each knowing where it stands.

Cleaning keeps every character's place, so a phrase found in the clean text can be quoted from the original.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_SAME_LENGTH: Final = str.maketrans(
    {
        **dict.fromkeys(
            "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2018\u2019\u201b\u2032\uff07", "'"),
        **dict.fromkeys("\u2215\u2044\uff0f", "/"),
        "\uff0e": ".",
        "\uff0c": ",",
        "\uff1a": ":",
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **{chr(0xFF21 + letter): chr(0x41 + letter) for letter in range(26)},
        **{chr(0xFF41 + letter): chr(0x61 + letter) for letter in range(26)},
    }
)
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|\S{1,64}@\S{1,255}", re.IGNORECASE)

# A phrase needs one of these; text without any is left after one pass at the speed of the regular expression engine.
_ANCHOR: Final = re.compile(
    r"(?=[A-Za-z0-9])(?:(?<![A-Za-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|winter|easter"
    r"|christmas|xmas|new\s{1,4}year|q\s?[1-4]|h[12]|fy|quarter|qtr|bi|six|half|term|ongoing|on.going|contin|rolling|tb[acd]"
    r"|to\s{1,4}be|no\s|not\s|undated|date|recent|next|last|past|this|coming|following|previous|ago|today|tomorrow|yesterday|year"
    r"|end\s{1,4}of\s{1,4}the|daily|nightly|weekly|fortnight|monthly|annual|every|each|per\s|twice|once|hourly)"
    r"|(?<!\d)(?:19|20|21)\d\d(?!\d)|\d[./-]\d{1,2}[./-]\d\d|\d/(?:19|20|21)\d\d|\d\d[/-]\d\d)",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")

_SHORT: Final = 4_000  # texts up to here are read whole
_REACH: Final = 120  # how far around an anchor a phrase and its clause may stretch
_LONGEST_NUMBER: Final = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A word (lower case), a number of up to four digits (its digits) or a sign; `glued` to the one before or not."""

    text: str
    start: int
    end: int
    glued: bool
    is_number: bool
    is_word: bool
    capital: bool = False

    @property
    def value(self) -> int:
        """The number, or -1."""
        return int(self.text) if self.is_number else -1


_END: Final = Token("", -1, -1, glued=False, is_number=False, is_word=False)
_BEYOND: Final = (_END,) * 16  # more than any reader looks back


class Tokens:
    """A run of tokens that answers with an empty token beyond both ends."""

    __slots__ = ("_count", "_items", "original")

    def __init__(self, items: list[Token], original: str) -> None:
        """Keep the tokens and the text they came from."""
        self._items = [*items, *_BEYOND]
        self._count = len(items)
        self.original = original

    def __len__(self) -> int:
        """How many there are."""
        return self._count

    def __getitem__(self, index: int) -> Token:
        """The token, or the empty one."""
        try:
            return self._items[index]  # an index before the first comes out among the empty ones at the end
        except IndexError:
            return _END

    def words(self, at: int, *expected: str) -> bool:
        """Whether these texts stand here in this order."""
        return self[at].text == expected[0] and all(self[at + n].text == text for n, text in enumerate(expected))

    def quote(self, first: int, after: int) -> str:
        """The original characters from one token up to, not including, another."""
        return self.original[self[first].start : self[after - 1].end]


def cleaned(text: str) -> str:
    """The text with typographic signs made plain and addresses blanked; every character keeps its place."""
    plain = text if text.isascii() else text.translate(_SAME_LENGTH)
    if "www." in plain or "://" in plain or "@" in plain:
        plain = _ADDRESS.sub(lambda match: " " * len(match.group()), plain)
    return plain


def runs(text: str) -> Iterator[Tokens]:
    """The stretches of a text that can hold a date phrase; linear in the length of the text."""
    plain = cleaned(text)
    if len(plain) <= _SHORT:
        if _ANCHOR.search(plain):
            yield _cut(plain, 0, len(plain), text)
        return
    for first, last in _stretches(plain):
        yield _cut(plain, first, last, text)


def _stretches(plain: str) -> Iterator[tuple[int, int]]:
    """Windows around the anchors, joined where they meet, each begun and ended at a space where one is near."""
    first = last = -1
    for match in _ANCHOR.finditer(plain):
        begin, finish = max(0, match.start() - _REACH), min(len(plain), match.end() + _REACH)
        if first < 0:
            first, last = begin, finish
        elif begin <= last and last - first < _SHORT:
            last = finish
        else:
            yield _at_spaces(plain, first, last)
            first, last = max(begin, last - _REACH if begin <= last else begin), finish
    if first >= 0:
        yield _at_spaces(plain, first, last)


def _at_spaces(plain: str, first: int, last: int) -> tuple[int, int]:
    space = plain.find(" ", first, first + _REACH // 2) if first else -1
    return (space + 1 if space >= 0 else first), last


def _cut(plain: str, first: int, last: int, original: str) -> Tokens:
    items: list[Token] = []
    previous_end = -1
    for match in _TOKEN.finditer(plain, first, last):
        piece = match.group()
        start, end = match.span()
        digit = piece[0].isdecimal() and piece.isascii()
        letter = piece[0].isalpha()
        number = digit and len(piece) <= _LONGEST_NUMBER
        capital = letter and piece[0].isupper()
        items.append(Token(piece.lower(), start, end, start == previous_end, number, letter, capital))
        previous_end = end
    return Tokens(items, original)
