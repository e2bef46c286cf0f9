"""The dates that sentences of monthly updates state, and which of them speak of one deliverable. Pure.

A page says in August that a model starts in January, and in October that it starts in spring: nobody says that it
moved. Each such date is found with what it is about; those about the same thing become one milestone whose date was
stated again and again. It all proposes: a person confirms each in the review of an import.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as day
from typing import Final

from programme.dates import FuzzyDate, Precision, month_window, month_words
from workstreams import narrative, subjects
from workstreams.fuzzydates import Mention, Tense
from workstreams.narrative import Item, Update

_LONGEST: Final = 2_000  # characters of an item that are searched
_MOST_OF_ITEM: Final = 12
_ABOUT_LENGTH: Final = 200
_REACH: Final = 60  # characters before a date that can put it off
_OPENING: Final = 6  # characters: a date phrase may begin with its own "until"
_TELLING: Final = 2  # letters or words below which a clause says nothing on its own
# As exact as a plan's own dates; a year in passing is none.
_EXACT: Final = frozenset(
    {
        Precision.DAY, Precision.WEEK, Precision.PART_MONTH, Precision.MONTH, Precision.MONTH_RANGE, Precision.QUARTER,
        Precision.SEASON, Precision.SEASON_RANGE, Precision.PART_YEAR, Precision.HALF_YEAR, Precision.TERM,
        Precision.RANGE, Precision.OPEN_UNTIL,
    }
)  # fmt: skip


@dataclass(frozen=True)
class SaidDate:
    """One date of one sentence. `key` is its place on the page; `about` what it is the date of, in the page's words."""

    key: str
    about: str
    sentence: str
    line: int
    month: day
    heading: str
    date: FuzzyDate
    tense: Tense
    as_written: str = ""  # what it is about in the page's words, where a person has given better ones

    @property
    def page_words(self) -> str:
        """What it is about, in the page's own words."""
        return self.as_written or self.about

    @property
    def source(self) -> str:
        """'Said in the October 2022 update: “…”'."""
        return f"Said in the {month_words(self.month)} update: “{self.sentence}”"

    @property
    def last_day(self) -> day:
        """The last day of the month in whose update it stands: when it was said, as far as anybody can tell."""
        return month_window(self.month.year, self.month.month)[1]


@dataclass(frozen=True)
class Known:
    """A deliverable that a date may be about: one of the programme's or of the page's plan, and when it is dated."""

    key: str
    texts: tuple[str, ...]
    when: FuzzyDate | None = None
    is_done: bool = False


@dataclass
class _Thing:
    """A deliverable as it grows while the sentences are read in the order they were said."""

    key: str
    texts: list[str]
    dates: list[FuzzyDate] = field(default_factory=list)
    is_done: bool = False
    lines: set[int] = field(default_factory=set)

    def moves_to(self, stated: FuzzyDate) -> bool:
        last = self.dates[-1] if self.dates else None
        return last is None or (last.start, last.end) != (stated.start, stated.end)


OUT: Final = ""  # no milestone
NEW: Final = "new"  # a milestone of its own


@dataclass(frozen=True)
class Proposal:
    """What is best made of a said date: nothing, a new milestone, or another date of `of`. `like` says of what."""

    choice: str
    of: str = ""
    like: str = ""
    was: FuzzyDate | None = None


# Finding


def said_dates(updates: Sequence[Update]) -> tuple[SaidDate, ...]:
    """Every date the updates' sentences state, in page order. An update whose month nobody settled has none."""
    seen: dict[str, int] = {}
    out = []
    found = narrative.mentions_of(updates)
    for each in (each for update in updates if update.month for each in _of_update(update, update.month, found)):
        seen[each.key] = count = seen.get(each.key, 0) + 1
        out.append(each if count == 1 else replace(each, key=f"{each.key}x{count}"))
    return tuple(out)


def _of_update(update: Update, month: day, found: dict[tuple[int, int], list[Mention]]) -> Iterator[SaidDate]:
    for item in update.items:
        yield from _of_item(item, update, month, found[update.line, item.line])


def _of_item(item: Item, update: Update, month: day, found: Sequence[Mention]) -> Iterator[SaidDate]:
    text = item.text[:_LONGEST]
    mentions = [mention for mention in found if not mention.vague][: _MOST_OF_ITEM + 1]
    for place, mention in enumerate(mentions[:_MOST_OF_ITEM]):
        stated = replace(mention.date, text=mention.date.text.rstrip(" .,;"))
        if stated.has_window and stated.precision in _EXACT:
            about = _about(text, mentions, place)
            if about:
                sentence, tense = _sentence(text, mention), _tense(text, mention, month)
                yield SaidDate(
                    f"d{item.line}.{place}", about, sentence, item.line, month, update.heading, stated, tense
                )


_PUT_OFF: Final = re.compile(
    r"\b(?:delayed|deferred|postponed|rescheduled|re-?planned|revised|slipped|slips|pushed|put|moved|brought|extended)"
    r"\s+(?:(?:back|out|forward|off)\s+)?(?:to|until|till|into)\b[^.;]{0,20}$",
    re.IGNORECASE,
)


def _tense(text: str, mention: Mention, month: day) -> Tense:
    """'Delayed until July' is planned, and so is what lies ahead when nothing says otherwise ('opens in July')."""
    if _PUT_OFF.search(text[max(0, mention.start - _REACH) : mention.start + _OPENING]):
        return Tense.PLANNED
    ahead = mention.date.start is not None and mention.date.start > month_window(month.year, month.month)[1]
    return Tense.PLANNED if ahead and mention.tense is Tense.UNKNOWN else mention.tense


_SENTENCE_END: Final = re.compile(r"(?<=[.!?;])\s+(?=[^\W\d_a-z]|\d)|\n")
_BREAK: Final = re.compile(
    r"\s+[\u2013\u2014-]+\s+|[;:]\s+"
    r"|,?\s+(?:and|but|then|while|with|which)\s+(?=(?:then\s+)?(?:the|an?|our|we|they|it|this|there|external|further)\b)",
    re.IGNORECASE,
)
_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|shall|would|to\s+[a-z]+|\w{2,}ed)\b", re.IGNORECASE
)
_OPENS: Final = re.compile(
    r"^(?:[\W_]*(?:and|but|then|so|also|with|there\s+(?:will|shall|is\s+to)\s+be|there\s+(?:has|have)\s+been|which|while|the|an?)\b)+[\W_]*",
    re.IGNORECASE,
)
_CLOSES: Final = re.compile(
    r"[\s(,\u2013\u2014-]*\b(?:(?:is|are|was|were|be|been|now|still|currently|provisionally)\s+)*"
    r"(?:(?:to\s+be\s+)?(?:planned|scheduled|due|expected|arranged|proposed|booked|set|targeted|confirmed)(?:\s+(?:to\s+take\s+place|to\s+be|to))?)?"
    r"\s*\b(?:for|in|on|by|at|from|during|until|before|of|the|around|about)?[\s(]*$",
    re.IGNORECASE,
)


def _sentence(text: str, mention: Mention) -> str:
    first, last = _sentence_bounds(text, mention.start, mention.end)
    return text[first:last].strip()


def _sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    first = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
    following = _SENTENCE_END.search(text, end)
    return first, following.start() if following else len(text)


def _about(text: str, mentions: Sequence[Mention], place: int) -> str:
    """The words of the sentence that the date belongs to: those before it, and those behind it up to the next."""
    mention = mentions[place]
    first, last = _sentence_bounds(text, mention.start, mention.end)
    if place and mentions[place - 1].end > first:
        first = mentions[place - 1].end
    if place + 1 < len(mentions):
        last = min(last, max(mention.end, mentions[place + 1].start))
    before, after = _own_clause(text[first : mention.start]), text[mention.end : last]
    after = _first_clause(after, said_before=_says(before))
    words = " ".join(filter(None, (_CLOSES.sub("", before), after.strip(" ()[].,:;/"))))
    return _tidied(words)


def _own_clause(before: str) -> str:
    """The last clause before a date, longer where that alone says nothing."""
    breaks = list(_BREAK.finditer(before))
    for found in reversed(breaks):
        own = before[found.end() :]
        if _FINITE.search(before[: found.start()]) and _says(own) and (_FINITE.search(own) or _ends_clause(found)):
            return own
    return before


def _ends_clause(found: re.Match[str]) -> bool:
    return bool(re.search(r"[a-z]", found.group(), re.IGNORECASE))


def _first_clause(after: str, *, said_before: bool) -> str:
    """What follows a date in its clause: 'in July [a meeting was held]'."""
    for found in _BREAK.finditer(after):
        if said_before or _FINITE.search(after[: found.start()]) or not _ends_clause(found):
            return after[: found.start()]
    return after


def _says(words: str) -> bool:
    return len(re.findall(r"[^\W\d_]{3,}", words)) >= _TELLING


_AS_PLANNED: Final = re.compile(r"\s+as\s+(?:planned|scheduled|expected|agreed)\b")


def _tidied(words: str) -> str:
    """A clause as a title: without 'and then the', with a capital."""
    plain = _AS_PLANNED.sub("", " ".join(_OPENS.sub("", words).split())).strip(" ()[],:;./–—-")
    if not re.search(r"[^\W\d_]{3,}", plain):
        return ""
    return f"{plain[:1].upper()}{plain[1:]}"[:_ABOUT_LENGTH]


# Proposing


def proposals(said: Sequence[SaidDate], known: Sequence[Known] = ()) -> dict[str, Proposal]:
    """What to make of each said date, by its key, when nobody has chosen yet.

    Sentences are taken in the order they were said. A date is another one of a milestone that is known, or that an
    earlier sentence began, when both speak of the same thing; said again unchanged it adds nothing. What nobody spoke
    of again becomes a milestone of its own only while it is still ahead of the newest update.
    """
    things = [_Thing(each.key, list(each.texts), [each.when] if each.when else [], each.is_done) for each in known]
    newest = max((each.month for each in said), default=day.min)
    out: dict[str, Proposal] = {}
    begun: dict[str, SaidDate] = {}
    for each in sorted(said, key=lambda one: one.month):
        thing = _meant(each, things)
        if thing is None:
            things.append(_Thing(each.key, [each.page_words], [each.date], each.tense is Tense.DONE, {each.line}))
            begun[each.key] = each
            out[each.key] = Proposal(NEW if _is_ahead(each, newest) else OUT)
            continue
        out[each.key] = _again(each, thing)
        if out[each.key].choice and thing.key in begun:
            out[thing.key] = Proposal(NEW)
        _learn(thing, each)
    return out


def _meant(each: SaidDate, things: Sequence[_Thing]) -> _Thing | None:
    """The deliverable a sentence most likely speaks of, the one known first on a tie.

    One bullet speaks of it once, and what is done is not planned again.
    """
    best, most = None, 0.0
    for thing in things:
        if each.line in thing.lines or (thing.is_done and each.tense is not Tense.DONE):
            continue
        alike = max(subjects.likeness(each.page_words, text) for text in thing.texts)
        least = subjects.ENOUGH if thing.moves_to(each.date) else subjects.ENOUGH_ON_ONE_DATE
        if alike >= least and alike > most:
            best, most = thing, alike
    return best


def _again(each: SaidDate, thing: _Thing) -> Proposal:
    """Another date of a deliverable, taken where it is planned for another time; that it is done a person says."""
    was = thing.dates[-1] if thing.dates else None
    moved = thing.moves_to(each.date) and not thing.is_done
    taken = moved and each.tense is Tense.PLANNED and not each.date.ambiguous
    return Proposal(thing.key if taken else OUT, thing.key, thing.texts[0], was)


def _learn(thing: _Thing, each: SaidDate) -> None:
    thing.texts.append(each.page_words)
    thing.lines.add(each.line)
    if each.tense is not Tense.UNKNOWN:
        thing.dates.append(each.date)
    thing.is_done = thing.is_done or each.tense is Tense.DONE


def _is_ahead(each: SaidDate, newest: day) -> bool:
    planned = each.tense is Tense.PLANNED and not each.date.ambiguous
    return planned and each.date.end is not None and each.date.end > month_window(newest.year, newest.month)[1]
