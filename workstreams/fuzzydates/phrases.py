"""Reads a whole date phrase: what opens it, one or two periods, and what closes it."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from workstreams.fuzzydates import periods
from workstreams.fuzzydates.days import after_day_number, read_day_month
from workstreams.fuzzydates.periods import Found, Period
from workstreams.fuzzydates.points import read_point
from workstreams.fuzzydates.recent import read_recent
from workstreams.fuzzydates.relative import Make, read_recurring, read_relative, read_undated, read_unit_end
from workstreams.fuzzydates.tokens import Tokens
from workstreams.fuzzydates.vocabulary import MONTHS, NUMBER_WORDS, TIME_UNITS


class Edge(Enum):
    """Which end a phrase leaves open, and whether the period named is itself counted."""

    NONE = auto()
    FROM = auto()
    AFTER = auto()
    UNTIL = auto()
    BEFORE = auto()


@dataclass(frozen=True)
class Span:
    """One period, or from one to another, with its edge and, if stated, its length."""

    first: Period
    last: Period | None = None
    edge: Edge = Edge.NONE
    length: tuple[int, str] | None = None
    listed: bool = False  # joined by "and" or a stroke: a range only if the two follow each other
    after_first: int = 0


@dataclass(frozen=True)
class Phrase:
    """A phrase and the tokens it takes: `first` up to, not including, `after`. The core starts at `core`."""

    content: Span | Make
    first: int
    after: int
    core: int


_OPENINGS: Final[tuple[tuple[tuple[str, ...], Edge], ...]] = (
    (("with", "effect", "from"), Edge.FROM),
    (("effective", "from"), Edge.FROM),
    (("starting", "from"), Edge.FROM),
    (("as", "from"), Edge.FROM),
    (("as", "of"), Edge.FROM),
    (("not", "before"), Edge.FROM),
    (("no", "earlier", "than"), Edge.FROM),
    (("from",), Edge.FROM),
    (("since",), Edge.FROM),
    (("after",), Edge.AFTER),
    (("following",), Edge.AFTER),
    (("by", "no", "later", "than"), Edge.UNTIL),
    (("no", "later", "than"), Edge.UNTIL),
    (("not", "later", "than"), Edge.UNTIL),
    (("on", "or", "before"), Edge.UNTIL),
    (("up", "until"), Edge.UNTIL),
    (("up", "to"), Edge.UNTIL),
    (("prior", "to"), Edge.BEFORE),
    (("ahead", "of"), Edge.BEFORE),
    (("before",), Edge.BEFORE),
    (("until",), Edge.UNTIL),
    (("till",), Edge.UNTIL),
    (("by",), Edge.UNTIL),
)
_OPENING_WORDS: Final = frozenset(words[0] for words, _ in _OPENINGS)
_CLOSINGS: Final[tuple[tuple[tuple[str, ...], Edge], ...]] = (
    (("onwards",), Edge.FROM),
    (("onward",), Edge.FROM),
    (("forward",), Edge.FROM),
    (("and", "beyond"), Edge.FROM),
    (("and", "onwards"), Edge.FROM),
    (("and", "ongoing"), Edge.FROM),
    (("or", "later"), Edge.FROM),
    (("at", "the", "earliest"), Edge.FROM),
    (("at", "the", "latest"), Edge.UNTIL),
    (("or", "earlier"), Edge.UNTIL),
    (("or", "sooner"), Edge.UNTIL),
    (("or", "before"), Edge.UNTIL),
)
_CLOSING_WORDS: Final = frozenset(words[0] for words, _ in _CLOSINGS)
_NO_LAST_DAY: Final = frozenset({"ongoing", "present", "date", "now", "current", "onwards", "tbc", "tbd", "today"})
_JOINERS: Final = frozenset({"-", "to", "until", "till", "through", "and", "/", "&"})
_LISTERS: Final = frozenset({"and", "/", "&"})
_MOST_LISTED: Final = 12  # days of one list
_LEAP_YEAR: Final = 2024
# "moved from February to March" says March.
_MOVED: Final = frozenset(
    ["moved", "slipped", "delayed", "deferred", "postponed", "rescheduled", "changed", "revised", "pushed", "rolled"]
)


def read_phrase(tokens: Tokens, at: int) -> Phrase | None:
    """The date phrase that starts at this token, if one does."""
    token = tokens[at]
    if token.text in _OPENING_WORDS or token.text == "between":
        opened = _read_opened(tokens, at)
        if opened:
            return opened
    if token.is_word:
        for reader in (read_relative, read_recurring, read_undated, read_recent):
            fixed = reader(tokens, at)
            if fixed:
                return Phrase(fixed.make, at, fixed.after, at)
    span = _read_span(tokens, at)
    return Phrase(span[0], at, span[1], at) if span else None


def _read_opened(tokens: Tokens, at: int) -> Phrase | None:
    """A phrase with a word such as 'by' or 'from' before its period."""
    if tokens[at].text == "between":
        span = _read_span(tokens, at + 1, between=True)
        return Phrase(span[0], at, span[1], at + 1) if span else None
    for words, edge in _OPENINGS:
        if tokens.words(at, *words):
            return _read_after_opening(tokens, at, at + len(words), edge)
    return None


def _read_after_opening(tokens: Tokens, at: int, core: int, edge: Edge) -> Phrase | None:
    end_of = _end_of_relative(tokens, core)
    relative = read_relative(tokens, end_of) if edge is Edge.UNTIL else None
    if edge is Edge.UNTIL and end_of > core and not relative:
        relative = read_unit_end(tokens, end_of)
    if relative:
        return Phrase(relative.make, at, relative.after, core)
    while tokens[core].text in {"about", "around", "circa", "approximately"}:
        core += 1
    span = _read_span(tokens, core)
    if span is None:
        return None
    content, after = span
    if edge is Edge.FROM and content.last is not None:
        if tokens[at - 1].text in _MOVED:
            return Phrase(Span(content.last), at, after, core)
        edge = Edge.NONE
    if content.edge is not Edge.NONE:
        edge = content.edge
    return Phrase(
        Span(content.first, content.last, edge, content.length, content.listed, content.after_first), at, after, core
    )


def _end_of_relative(tokens: Tokens, at: int) -> int:
    """Past 'the end of' when what follows is counted from another date ('this period', 'the month')."""
    after = at + (tokens[at].text == "the")
    if tokens[after].text == "end":
        after += 1
        after += tokens[after].text == "of"
        return after
    return at


def _read_span(tokens: Tokens, at: int, *, between: bool = False) -> tuple[Span, int] | None:
    """A period, perhaps with a second, a length or a closing word."""
    first = _read_day_list(tokens, at) or read_point(tokens, at)
    if first is None:
        return None
    closed = _read_closing(tokens, first.after)
    if closed:
        return Span(first.period, edge=closed[0]), closed[1]
    length = _read_length(tokens, first.after)
    if length:
        return Span(first.period, length=length[0]), length[1]
    joined = _read_joined(tokens, first, between=between)
    return joined or (Span(first.period, after_first=first.after), first.after)


def _read_joined(tokens: Tokens, first: Found, *, between: bool) -> tuple[Span, int] | None:
    """'to March 2026', '/summer 2025', '- ongoing' after a first period."""
    after = first.after + (tokens[first.after].text == ")" and tokens[first.after + 1].text in _JOINERS and between)
    joiner = tokens[after].text
    if joiner not in _JOINERS:
        return None
    following = after + 1 + (joiner == "up" and tokens[after + 1].text == "to")
    if tokens[following].text in _NO_LAST_DAY and joiner in {"-", "to", "until", "and"}:
        return Span(first.period, edge=Edge.FROM), following + 1
    last = read_day_month(tokens, following, counted=False) or read_point(tokens, following)
    if last is None or not last.period.readings:
        return None
    listed = joiner in _LISTERS and not between
    return Span(first.period, last.period, listed=listed, after_first=first.after), last.after


def _read_day_list(tokens: Tokens, at: int) -> Found | None:
    """The '4' of '4 to 6 June 2025': a day whose month stands after the second day."""
    after = after_day_number(tokens, at)
    if after is not None and tokens[after].text == ",":
        return _read_listed_day(tokens, at, after)
    if after is None or tokens[after].text not in _JOINERS:
        return None
    second = after_day_number(tokens, after + 1, counted=False)
    if second is None or tokens[second].text not in MONTHS:
        return None
    last = read_day_month(tokens, after + 1, counted=False)
    if last is None or not last.period.readings:
        return None
    reading = last.period.readings[0]
    window = reading.window(reading.year or _LEAP_YEAR)
    if window is None or not 0 < tokens[at].value < window[0].day:
        return None
    return Found(periods.day(reading.year, window[0].month, tokens[at].value), after)


def _read_listed_day(tokens: Tokens, at: int, after: int) -> Found | None:
    """The '7th' of '7th, 14th and 21st October': rising days that share the month behind the last."""
    following, values = after, [tokens[at].value]
    for _ in range(_MOST_LISTED):
        day = following + 1 + (tokens[following + 1].text in _LISTERS)
        end = after_day_number(tokens, day, counted=False)
        if end is None or tokens[following].text not in {",", *_LISTERS} or tokens[day].value <= values[-1]:
            return None
        values.append(tokens[day].value)
        if tokens[end].text in MONTHS:
            last = read_day_month(tokens, day, counted=False)
            reading = last.period.readings[0] if last and last.period.readings else None
            window = reading.window(reading.year or _LEAP_YEAR) if reading else None
            return Found(periods.day(reading.year, window[0].month, values[0]), after) if reading and window else None
        following = end
    return None


def _read_closing(tokens: Tokens, at: int) -> tuple[Edge, int] | None:
    if tokens[at].text not in _CLOSING_WORDS:
        return None
    for words, edge in _CLOSINGS:
        if tokens.words(at, *words):
            return edge, at + len(words)
    return None


def _read_length(tokens: Tokens, at: int) -> tuple[tuple[int, str], int] | None:
    """'for 30 days', '(for six weeks)'."""
    at += tokens[at].text in {",", "("}
    if tokens[at].text != "for":
        return None
    number = tokens[at + 1]
    count = number.value if number.is_number else NUMBER_WORDS.get(number.text, 0)
    unit = TIME_UNITS.get(tokens[at + 2].text)
    return ((count, unit), at + 3) if unit and 0 < count else None
