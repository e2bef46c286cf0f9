"""Reads the dates of British and NHS programme pages: 'Winter 2024/25', 'w/c 3 March', 'by the end of Q3', 'TBC'.

    parse("Spring/summer 2025")       FuzzyDate, 1 March to 31 August 2025
    parse("in February", update_day)  the February nearest in the direction of the tense
    find(sentence, reference)         every date phrase with its place and tense

Pure and without a network. A date is never invented: lengths ("six weeks"), ages, versions, money, telephone numbers
and impossible days give nothing; what a careful reader would doubt is marked ambiguous with its readings.
Seasons are the Met Office's; a quarter is of the financial year unless the calendar is named; slashed dates put the
day first. The conventions are in `programme.dates`.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Final

from programme.dates import FuzzyDate
from workstreams.fuzzydates.phrases import Phrase, Span, read_phrase
from workstreams.fuzzydates.recent import not_long_before
from workstreams.fuzzydates.reference import Reference, reference_from
from workstreams.fuzzydates.settling import alone, follows, settle
from workstreams.fuzzydates.tense import Tense, tense_around, tense_of
from workstreams.fuzzydates.tokens import Tokens, cleaned, runs
from workstreams.fuzzydates.tokens import cleaned as plain
from workstreams.fuzzydates.vocabulary import MONTHS

__all__ = ["MONTHS", "MOST_MENTIONS", "Mention", "Tense", "find", "parse", "plain", "tense_of"]


@dataclass(frozen=True)
class Mention:
    """A date phrase in a text: `text[start:end]` is the phrase."""

    start: int
    end: int
    date: FuzzyDate
    source: str = field(repr=False, compare=False)
    vague: bool = field(default=False, compare=False)  # 'recent': gives way to any date stated beside it

    @property
    def text(self) -> str:
        """The phrase as written."""
        return self.date.text

    @cached_property
    def tense(self) -> Tense:
        """Whether the words around the phrase say done or planned; worked out only when asked."""
        return _tense(self.source, self.start, self.end)


def parse(text: str, reference: date | FuzzyDate | None = None) -> FuzzyDate | None:
    """The date a text states: the first with a window, else the first time words; None when there are none.

    `reference` is the date a missing year or "the next 12 months" leans on: the month of the update the text stands
    in, or the date of the heading above it. Never raises for any text. `.text` is the text as given.
    """
    first: FuzzyDate | None = None
    for mention in _mentions(text, reference_from(reference)):
        if mention.date.has_window and not mention.vague:
            first = mention.date
            break
        first = first or mention.date
    return replace(first, text=text.strip()) if first else None


def find(text: str, reference: date | FuzzyDate | None = None) -> list[Mention]:
    """Every date phrase of a text in order, with its place and whether the words around it say done or planned.

    Takes time in proportion to the text and stops at `MOST_MENTIONS` phrases. How long a text may be is for the caller
    to say; what people import is held to 20,000 lines and 2 MB before it comes here (`workstreams.documents`).
    """
    mentions = list(islice(_mentions(text, reference_from(reference)), MOST_MENTIONS))
    return _without_vague(text, mentions) if any(mention.vague for mention in mentions) else mentions


def _mentions(text: str, reference: Reference | None) -> Iterator[Mention]:
    behind, seen = -1, 0
    for tokens in runs(text):
        at = 0
        while at < len(tokens):
            phrase = read_phrase(tokens, at) if tokens[at].start > behind else None
            if phrase is None:
                at += 1
                continue
            mention, at = _mention(phrase, tokens, text, reference, with_tense=seen < _MOST_TENSES)
            seen += 1
            if mention:
                behind = mention.end - 1
                yield mention


def _mention(
    phrase: Phrase, tokens: Tokens, text: str, reference: Reference | None, *, with_tense: bool
) -> tuple[Mention | None, int]:
    """The date of a phrase, and where reading goes on."""
    content, after = phrase.content, phrase.after
    if isinstance(content, Span) and content.listed and not follows(content):
        content, after = alone(content), content.after_first
    start, end = tokens[phrase.first].start, tokens[after - 1].end
    words = tokens.quote(phrase.first, after)
    if not isinstance(content, Span):
        made = content(words, reference)
        vague = content is not_long_before
        return (Mention(start, end, made, text, vague) if made else None), after
    leans = with_tense and reference is not None and not content.first.has_year
    tense = _tense(text, start, end) if leans else Tense.UNKNOWN
    stated = settle(content, words, reference, tense)
    if stated is None and content.last is not None:
        after = content.after_first
        words, end = tokens.quote(phrase.first, after), tokens[after - 1].end
        stated = settle(alone(content), words, reference, tense)
    return (Mention(start, end, stated, text) if stated else None), after


def _without_vague(text: str, mentions: list[Mention]) -> list[Mention]:
    """Without the 'recent' of a sentence that says the date itself."""
    stated = [mention for mention in mentions if not mention.vague and mention.date.has_window]
    starts = [mention.start for mention in stated]
    kept = []
    for mention in mentions:
        at = bisect(starts, mention.start)
        beside = [
            (other.end, mention.start) if other.start < mention.start else (mention.end, other.start)
            for other in stated[max(0, at - 1) : at + 1]
        ]
        if not mention.vague or not any(_one_sentence(text, first, last) for first, last in beside):
            kept.append(mention)
    return kept


def _one_sentence(text: str, first: int, last: int) -> bool:
    return last - first <= _AROUND and not _SENTENCE_END.search(text, first, last)


_SENTENCE_END: Final = re.compile(r"[.!?;]\s|\n")
_MOST_TENSES: Final = 500  # phrases of one text whose clause is weighed; no real text has more
MOST_MENTIONS: Final = 50_000  # phrases of one text that are told; far beyond any page
_AROUND: Final = 200  # characters on either side that can hold the clause of a date


def _tense(text: str, start: int, end: int) -> Tense:
    first = max(0, start - _AROUND)
    return tense_around(cleaned(text[first : end + _AROUND]), start - first, end - first)
