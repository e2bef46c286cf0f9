"""Whether the words around a date speak of something done or something planned. A hint: a person confirms it."""

import re
from enum import StrEnum
from typing import Final


class Tense(StrEnum):
    """What the words suggest."""

    DONE = "done"
    PLANNED = "planned"
    UNKNOWN = "unknown"


_PLANNED: Final = re.compile(
    r"\b(?:will|shall|plans? to|planned|planning to|scheduled|due(?! to)|expected|expects?|anticipated?|aim(?:s"
    r"|ing)? to|going to"
    r"|intends?|intended|proposed|forecast|hopes?|hoping|target date|targeted for|upcoming|to (?:be|go|start"
    r"|begin|take|follow"
    r"|visit|launch|commence|complete|finish|deliver|hold|move|roll|join|report|present|submit|review|happen"
    r"|finalise|agree"
    r"|publish|implement|open|close|end|come|meet|run)|from next|next|ahead of|on track|awaiting|pending)\b",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"\b(?:was|were|has|have|had|took|went|began|held|met|gave|ran|came|made|sent|saw|brought|became|written"
    r"|built|begun"
    r"|done|gone|grew|won|now live|last|recent|recently|previously|ago|in place|signed off|(?P<ed>[a-z]{2,20}ed))\b",
    re.IGNORECASE,
)
# Words that end in -ed and say nothing about when.
_EITHER: Final = frozenset(
    [
        "planned",
        "scheduled",
        "expected",
        "anticipated",
        "intended",
        "proposed",
        "targeted",
        "based",
        "related",
        "required",
        "need",
        "needed",
        "embed",
        "detailed",
        "dedicated",
        "united",
        "limited",
        "enhanced",
        "red",
        "bed",
        "feed",
        "seed",
        "indeed",
        "led",
    ]
)
# A participle says that something happened at the start of its clause, after a form of to be, or before one of these;
# before a noun ("approved pathways") it only describes.
_AFTER_VERB: Final = re.compile(
    r"\s*(?:$|[^\w\s]|(?:and|or|with|to|for|by|in|on|at|as|into|via|through|across|from|after|before|since"
    r"|until|under|over|the|a|an"
    r"|our|their|its|that|which|between|within|among|off|out|up|of|about|against|internally|externally"
    r"|successfully|fully"
    r"|following|when|where|because|so|but|due|during|per|this|these|those|all|more|most|online|further|early"
    r"|late|mid|\d+)\b)",
    re.IGNORECASE,
)
_BEFORE_VERB: Final = re.compile(
    r"(?:^|[,;:(\u2013\u2014-]|\b(?:was|were|been|has|have|had|is|are|we|they|and|team|staff))\s*(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_AFTER_TO_BE: Final = re.compile(
    r"\b(?:to|will|shall|should|must|can|could|may|might|would)\s(?:then\s)?(?:be|have)\s\w*$|\bto\s$"
)
_CLAUSE_END: Final = re.compile(r"[.;!?](?=\s|$)|\n")
_REACH: Final = 160


Cue = tuple[int, int, Tense]  # how far from the date, planned before done, what it says


def tense_around(text: str, start: int, end: int) -> Tense:
    """The tense of the clause around text[start:end]; the cue nearest to the date wins, the one before it on a tie."""
    before, after = _clause(text, start, end)
    cues = [*_cues_before(before), *_cues_after(after)]
    return min(cues)[2] if cues else Tense.UNKNOWN


def _cues_before(text: str) -> list[Cue]:
    planned = [(len(text) - match.end(), 0, Tense.PLANNED) for match in _PLANNED.finditer(text)]
    done = [(len(text) - match.end(), 1, Tense.DONE) for match in _DONE.finditer(text) if _tells(match, text)]
    return planned + done


def _cues_after(text: str) -> list[Cue]:
    """Cues behind the date; 'as planned' only says that nothing moved."""
    planned = [
        (match.start() + _AFTER_COSTS, 0, Tense.PLANNED)
        for match in _PLANNED.finditer(text)
        if not text[: match.start()].rstrip().endswith("as")
    ]
    done = [(match.start() + _AFTER_COSTS, 1, Tense.DONE) for match in _DONE.finditer(text) if _tells(match, text)]
    return planned + done


def tense_of(text: str) -> Tense:
    """The tense of a sentence without a date, by its first cue."""
    return tense_around(text[:_REACH], 0, 0)


_AFTER_COSTS: Final = 1


def _tells(match: re.Match[str], text: str) -> bool:
    """Whether a past form says that it happened: not 'to be completed', not 'a shared plan'."""
    before = text[max(0, match.start() - 30) : match.start()]
    if match.group().lower() in _EITHER or _AFTER_TO_BE.search(before):
        return False
    if match["ed"] is None:
        return True
    return bool(_AFTER_VERB.match(text, match.end()) or _BEFORE_VERB.search(before))


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after the date in its own sentence."""
    before = text[max(0, start - _REACH) : start]
    after = text[end : end + _REACH]
    stops = list(_CLAUSE_END.finditer(before))
    if stops:
        before = before[stops[-1].end() :]
    stop = _CLAUSE_END.search(after)
    return before, after[: stop.start()] if stop else after
