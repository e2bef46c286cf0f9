"""Whether two pieces of text speak of the same deliverable, so that a date said again is seen to have moved. Pure.

    likeness("The team will move base to KRRC", "Team to change base to Knowsley Recovery and Resource Centre")

Words that carry meaning are compared: without their endings, with initials for the name they stand for and a few verbs
of programmes for each other. What tells two things of one kind apart (another number, a follow-up, other names) keeps
them apart. It proposes only: a person confirms. General English; nothing is known of any particular page.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from programme.dates import MONTH_NAMES

ENOUGH: Final = 0.65  # from here on two texts are taken to mean one thing
ENOUGH_ON_ONE_DATE: Final = 0.5  # the same where both are dated alike
_LONGEST: Final = 600  # characters; a subject is a clause
_MOST_WORDS: Final = 60
_SHORTEST_STEM: Final = 4
_LONGEST_INITIALS, _SHORTEST_INITIALS = 6, 2

_FILLER_WORDS: Final = """
    a an the this that these those and or but then also of to in on at by for from with within into onto over
    under as is are was were be been being am will shall would should could may might must can has have had
    having do does did it its we our us they their them he she his her there here which who whom whose what when
    where while so such than not no yes if about around before after during until till since between across
    through per via plan plans planned planning schedule scheduled expect expected due intend intended propose
    proposed aim aims aiming hope hoped forecast target date dates month months week weeks year years
    currently current now still again ongoing progress underway take takes taking taken took place held hold
    holding happen happens arrange arranged arranging delay delays delayed slip slips slipped postponed deferred
    rescheduled revised new put confirm confirmed set go going been get getting up out off back well some any
    all each other spring summer autumn winter easter christmas early mid late quarter
"""
_FILLERS: Final = frozenset(_FILLER_WORDS.split())
_MONTHS: Final = frozenset(name.lower() for name in MONTH_NAMES) | frozenset(name[:3].lower() for name in MONTH_NAMES)
# Words that nearly every line of a programme has.
_COMMON_WORDS: Final = """
    team model servic work project programm staff role new process group site offer provis deliver system cyp
    nhs trust support improv develop workstream meet
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())
# One word for verbs that programmes use for one event.
_ALIKE: Final = {
    stem: verb
    for verb, stems in {
        "start": "start begin began begun commenc launch golive mobilis open",
        "finish": "finish complet conclud end close clos",
        "move": "mov chang relocat transfer shift",
        "approve": "approv agre agreement approval signoff sign ratif endors",
        "publish": "publish issu releas",
        "draft": "draft writ written",
    }.items()
    for stem in stems.split()
}
_VERBS: Final = frozenset(_ALIKE.values())
# Another one of its kind: what bears such a word is not what does not.
_ANOTHER_WORDS: Final = (
    "followup further second third fourth fifth next another final last first initial interim repeat"
)
_ANOTHER: Final = frozenset(_ANOTHER_WORDS.split())
_PAIRED: Final = (
    (re.compile(r"\b(follow)[\s-]*(?:up|on)\b", re.IGNORECASE), r"\1up"),
    (re.compile(r"\b(?:go|goes|going|went)[\s-]+live\b", re.IGNORECASE), "golive"),
    (re.compile(r"\bsign(?:ed|ing)?[\s-]+off\b", re.IGNORECASE), "signoff"),
    (re.compile(r"\b(\d{1,3})\s*(?:-|\u2013|\u2014|to)\s*(\d{1,3})\b"), r"\1to\2"),
    (re.compile(r"\b([A-Za-z])\s*&\s*([A-Za-z])\b"), r"\1\2"),
    (re.compile(r"\b(co|re|pre|e|non)-(?=[a-z])", re.IGNORECASE), r"\1"),
    (re.compile(r"[’']s\b"), ""),
)
_WORD: Final = re.compile(r"[^\W_]+")
_ENDINGS: Final = ("ations", "ation", "ements", "ement", "ments", "ment", "ings", "ing", "ies", "ed", "es", "s", "e")
_NUMBER: Final = re.compile(r"\d+|[ivx]{1,4}")
_SPAN: Final = re.compile(r"\d+to\d+")
_SMALL: Final = frozenset({"and", "of", "the", "for", "in", "to", "a"})
_DIGITS: Final = "one two three four five six seven eight nine"
_NUMBER_WORDS: Final = {word: str(n) for n, word in enumerate(_DIGITS.split(), 1)}


@dataclass(frozen=True)
class Subject:
    """The meaning words of a text: stems, numbers by themselves, words that say 'another one', and names."""

    stems: frozenset[str]
    numbers: frozenset[str]
    another: frozenset[str]
    names: frozenset[str]


def likeness(one: str, other: str) -> float:
    """From 0 to 1: how much of the shorter text's meaning is in the other. 0 where something tells them apart."""
    left, right = _words(one), _words(other)
    initials = _initials(left, right) | _initials(right, left)
    return _compared(_subject(_folded(left, initials)), _subject(_folded(right, initials)))


def same(one: str, other: str) -> bool:
    """Whether two texts are likely to speak of one deliverable."""
    return likeness(one, other) >= ENOUGH


def meaning(text: str) -> frozenset[str]:
    """The words of a text that carry meaning, without their endings; not what nearly every line of a programme has."""
    return _subject(_words(text)).stems - _COMMON - _VERBS


def _compared(one: Subject, other: Subject) -> float:
    told_apart = (
        one.another != other.another
        or _apart(one.numbers, other.numbers)
        or _apart(one.names, other.names)
        or _apart(one.stems & _VERBS, other.stems & _VERBS)
    )
    if told_apart:
        return 0.0
    left, right = one.stems - _VERBS, other.stems - _VERBS
    shared = left & right
    if not shared - _COMMON:
        return 0.0
    lone = len(shared) == 1  # one word in common says less the more the other has
    return _weight(shared) / (max if lone else min)(_weight(left), _weight(right))


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and not one & other


def _weight(stems: Iterable[str]) -> float:
    return sum(0.5 if stem in _COMMON else 1.0 for stem in stems)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    plain = text[:_LONGEST]
    for form, instead in _PAIRED:
        plain = form.sub(instead, plain)
    return tuple(_WORD.findall(plain)[:_MOST_WORDS])


def _initials(words: tuple[str, ...], others: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The names in `others` whose initials stand among `words`: ('Resource', 'Centre') for 'RC'."""
    wanted = {w.lower() for w in words if w.isupper() and _SHORTEST_INITIALS <= len(w) <= _LONGEST_INITIALS}
    return frozenset(name for short in wanted for name in _spelt_out(short, others)) if wanted else frozenset()


def _spelt_out(short: str, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Runs of words with these initials; small words between them count or not."""
    for first, word in enumerate(words):
        if word[0].lower() != short[0]:
            continue
        taken = 0
        for last in range(first, min(len(words), first + 2 * len(short))):
            if words[last][0].lower() == short[taken] and words[last].lower() != short:
                taken += 1
                if taken == len(short):
                    yield words[first : last + 1]
                    break
            elif words[last].lower() not in _SMALL:
                break


def _folded(words: tuple[str, ...], names: frozenset[tuple[str, ...]]) -> tuple[str, ...]:
    """The words with names that were spelt out put as their initials."""
    folded, at = [], 0
    while at < len(words):
        name = next((each for each in names if words[at : at + len(each)] == each), None)
        if name is None:
            folded.append(words[at])
            at += 1
        else:
            folded.append("".join(w[0] for w in name if w.lower() not in _SMALL).upper())
            at += len(name)
    return tuple(folded)


def _subject(words: tuple[str, ...]) -> Subject:
    stems, numbers, another, names = set(), set(), set(), set()
    for place, word in enumerate(words):
        low = word.lower()
        if low in _ANOTHER:
            another.add(low)
        elif _NUMBER.fullmatch(low) or low in _NUMBER_WORDS:
            numbers.add(_NUMBER_WORDS.get(low, low.lstrip("0") or "0"))
        elif low not in _FILLERS and low not in _MONTHS and (len(low) > 1 or word.isupper()):
            stem = low if word.isupper() or _SPAN.fullmatch(low) else _stem(low)
            stems.add(stem)
            if place and word[0].isupper() and stem not in _COMMON | _VERBS:
                names.add(stem)
    return Subject(frozenset(stems), frozenset(numbers), frozenset(another), frozenset(names))


def _stem(word: str) -> str:
    if word in _ALIKE:
        return _ALIKE[word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM - 1:
            cut = word[: -len(ending)]
            return _ALIKE.get(cut, cut)
    return word
