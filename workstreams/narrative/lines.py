"""Source lines and what each is, judged by its own form."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from programme.dates import FuzzyDate, Kind, Precision
from workstreams import fuzzydates
from workstreams.narrative import wording


class LineKind(Enum):
    """The form of a line."""

    BLANK = auto()
    BULLET = auto()
    UPDATE = auto()
    YEAR = auto()
    DATE = auto()
    PHASE = auto()
    SECTION = auto()
    LABEL = auto()
    LEAD = auto()
    GATE = auto()
    RULE = auto()
    TEXT = auto()


@dataclass(frozen=True)
class Line:
    """A line: its number, its words without marker and markup, and what its form says.

    `value` is the label's name, the section's status, the lead's words, the gate's number or the ruling year.
    `rest` is what follows on the same line: the item after an update's heading, the gate's title.
    """

    number: int
    text: str
    kind: LineKind
    indent: int = 0
    value: str = ""
    rest: str = ""
    marked: bool = False  # a heading by its markup
    date: FuzzyDate | None = None
    month: int = 0
    year: int | None = None
    doubtful_month: bool = False


_LONGEST_GAP: Final = 100  # blank lines; more than any look ahead reaches
_PART_OF_YEAR: Final = FuzzyDate.from_parts(
    text="", start=None, end=None, precision=Precision.RELATIVE_UNANCHORED, ambiguous=True, basis="part of a year"
)
_TAB: Final = 4
_BULLET: Final = re.compile(
    r"(?P<marker>[\u2022\u25e6\u2023\u25aa\u25ab\u25cf\u25cb\u25a0\u25a1\u2043\u2219\u00b7\u27a2\u27a4\u2713\u2714\u2013\u2014*+\-\uf0b7\uf0a7]"
    r"|\(?\d{1,2}[.)]|\(?[a-hj-z][.)]|\(?[ivx]{1,4}[.)]|o(?=\s{2,}|\t))\s+(?P<text>\S.*)"
)
_GLUED_BULLET: Final = re.compile(r"(?P<marker>[\u2022\u25e6\u2023\u25aa\u25cf\u25cb\u25a0\uf0b7])(?P<text>\S.*)")
_RULE: Final = re.compile(r"[-=_*~\s]{3,}")
_MARKUP: Final = re.compile(r"^(?:#{1,6}\s+)?(?:\*\*|__)?(?P<text>.*?)(?:\*\*|__)?(?P<colon>:?)(?:\*\*|__)?\s*#*$")
_LONGEST_HEADING: Final = 140


def split_lines(text: str) -> list[Line]:
    """Every line of a text with its kind; understands LF, CRLF and CR, and drops a byte order mark."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = list(_with_parts_of_years(_each(plain)))
    return [_dated_bullet(line, lines, index) for index, line in enumerate(lines)]


def _each(plain: str) -> Iterator[Line]:
    """Line by line; of a long gap only its beginning, for what lies that far apart is apart all the same."""
    gap = 0
    for number, raw in enumerate(plain.split("\n"), 1):
        gap = gap + 1 if not raw or raw.isspace() else 0
        if gap <= _LONGEST_GAP:
            yield _line(number, raw)


def _with_parts_of_years(lines: Iterable[Line]) -> Iterator[Line]:
    """'Early', 'Mid' or 'Late' alone on a line below a bare year heads what was planned for that part of it."""
    ruled = False
    for line in lines:
        if line.kind in {LineKind.YEAR, LineKind.SECTION, LineKind.LEAD, LineKind.UPDATE, LineKind.LABEL}:
            ruled = line.kind is LineKind.YEAR
        part = ruled and line.kind is LineKind.TEXT and wording.is_part_of_year(line.text)
        yield replace(line, kind=LineKind.DATE, text=line.text.rstrip(":"), date=_PART_OF_YEAR) if part else line


def _line(number: int, raw: str) -> Line:
    plain = fuzzydates.plain(raw).expandtabs(_TAB) if raw.strip() else ""
    indent = len(plain) - len(plain.lstrip())
    text = raw.strip().strip("\u00a0\u200b\ufeff").strip()
    if not text:
        return Line(number, "", LineKind.BLANK)
    if _RULE.fullmatch(text[:200]) and len(set(text[:200].replace(" ", ""))) == 1:
        return Line(number, text, LineKind.RULE)
    text = _without_emphasis(text) if text[:1] in "*_" or "**" in text[:_LONGEST_HEADING] else text
    bullet = _BULLET.fullmatch(text) or _GLUED_BULLET.fullmatch(text)
    if bullet:
        return Line(number, bullet["text"].strip(), LineKind.BULLET, indent, value=bullet["marker"])
    marked = text.startswith(("#", "**", "__"))
    if len(text) > _LONGEST_HEADING:
        return _sentence(Line(number, text, LineKind.TEXT, indent))
    stripped = _MARKUP.match(text)
    words = stripped["text"].strip() if stripped and marked else text
    return _heading(
        Line(number, words + (stripped["colon"] if stripped and marked else ""), LineKind.TEXT, indent, marked=marked)
    )


_EMPHASIS: Final = re.compile(r"(?<!\w)(\*|_)(?=\S)([^*_\n]{1,120}?)(?<=\S)\1(?!\w)")


def _without_emphasis(text: str) -> str:
    """The text without single stars or underlines around words; double ones mark a heading and stay for now."""
    return text if text.startswith(("**", "__")) else _EMPHASIS.sub(r"\2", text)


def _sentence(line: Line) -> Line:
    """A long line can still name its lead or open an update."""
    lead = wording.lead_words(line.text)
    if lead:
        return replace(line, kind=LineKind.LEAD, value=lead)
    update = wording.update_heading(line.text)
    return _update(line, update) if update and update.rest else line


def _update(line: Line, found: wording.UpdateHeading) -> Line:
    return replace(
        line, kind=LineKind.UPDATE, month=found.month, year=found.year, rest=found.rest, doubtful_month=found.doubtful
    )


def _heading(line: Line) -> Line:
    """What a short line announces."""
    text = line.text.rstrip(":").strip()
    update = wording.update_heading(line.text)
    if update:
        return _update(line, update)
    gate = wording.gate_heading(text)
    if gate:
        return replace(line, kind=LineKind.GATE, value=gate[0], rest=gate[1])
    status = wording.section_status(text)
    if status:
        return replace(line, kind=LineKind.SECTION, value=status)
    year = wording.ruling_year(text)
    if year:
        return replace(line, kind=LineKind.YEAR, year=year, date=FuzzyDate.year(year, text=text))
    return _dated_heading(line, text) or _labelled(line, text)


def _labelled(line: Line, text: str) -> Line:
    label = wording.label(line.text)
    if label:
        return replace(line, kind=LineKind.LABEL, value=label)
    lead = wording.lead_words(text)
    return replace(line, kind=LineKind.LEAD, value=lead) if lead else line


def _dated_heading(line: Line, text: str) -> Line | None:
    if wording.is_phase(text) and not text.endswith("."):
        stated = fuzzydates.parse(text)
        return replace(line, kind=LineKind.PHASE, date=stated if stated and stated.has_window else None)
    core = wording.without_date_label(text).strip("()[] .")
    stated = whole_date(core)
    return replace(line, kind=LineKind.DATE, date=stated, text=text) if stated else None


def whole_date(text: str) -> FuzzyDate | None:
    """The date a text is, when it is a date and nothing else."""
    if not text or len(text) > _LONGEST_DATE:
        return None
    mentions = fuzzydates.find(text)
    if len(mentions) != 1 or mentions[0].date.kind is Kind.RECURRING:
        return None
    outside = text[: mentions[0].start] + text[mentions[0].end :]
    relative = mentions[0].date.precision in {Precision.RELATIVE, Precision.RELATIVE_UNANCHORED}
    if outside.strip(" ().,:-\u2013") or (relative and not wording.names_month_or_season(text)):
        return None
    return mentions[0].date


_LONGEST_DATE: Final = 70


def _dated_bullet(line: Line, lines: list[Line], index: int) -> Line:
    """A bullet that is only a date, with a list indented below it, is a heading."""
    if line.kind is not LineKind.BULLET or index + 1 >= len(lines):
        return line
    below = lines[index + 1]
    if below.kind is not LineKind.BULLET or below.indent <= line.indent:
        return line
    update = wording.update_heading(line.text)
    if update:
        return _update(line, update)
    stated = whole_date(line.text.rstrip(":"))
    return replace(line, kind=LineKind.DATE, date=stated, text=line.text.rstrip(":")) if stated else line
