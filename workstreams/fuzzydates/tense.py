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
    r"\b(?:will|shall|plans?|planned|planning|scheduled|due|expected?|expects|anticipated?|aim(?:s|ing)?|going to|intends?"
    r"|intended|proposed|forecast|hopes?|hoping|target(?:ed|ing)?|upcoming|to (?:be|go|start|begin|take|follow|visit|launch"
    r"|commence|complete|finish|deliver|hold|move|roll|join|report|present|submit|review|happen|finalise|agree|publish"
    r"|implement|open|close|end|come|meet|run)|from next|next|towards|ahead of|on track|awaiting|pending)\b",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"\b(?:was|were|has|have|had|took|went|began|held|met|gave|ran|came|made|led|sent|saw|brought|became|written|built|begun"
    r"|done|gone|grew|won|set up|live|last|recent|recently|previously|ago|since|in place|signed off|[a-z]{2,20}ed)\b",
    re.IGNORECASE,
)
# Words that look done and say nothing about when.
_EITHER: Final = frozenset(
    "planned scheduled expected anticipated intended proposed targeted based related required need needed led embed "
    "detailed dedicated integrated united limited shared increased improved enhanced agreed red bed feed seed indeed "
    "has have had live was were".split()
) - {"was", "were", "has", "had"}
_AFTER_TO_BE: Final = re.compile(r"\b(?:to|will|shall|should|must|can|could|may|might|would)\s(?:then\s)?(?:be|have)\s\w*$|\bto\s$")
_CLAUSE_END: Final = re.compile(r"[.;!?](?=\s|$)|\n")
_REACH: Final = 160


def tense_around(text: str, start: int, end: int) -> Tense:
    """The tense of the clause around text[start:end]; the cue nearest to the date wins, the one before it on a tie."""
    before, after = _clause(text, start, end)
    cues: list[tuple[int, int, Tense]] = []
    for match in _PLANNED.finditer(before):
        cues.append((len(before) - match.end(), 0, Tense.PLANNED))
    for match in _DONE.finditer(before):
        if _tells(match, before):
            cues.append((len(before) - match.end(), 1, Tense.DONE))
    for match in _PLANNED.finditer(after):
        if not after[: match.start()].rstrip().endswith("as"):
            cues.append((match.start() + _AFTER_COSTS, 0, Tense.PLANNED))
    for match in _DONE.finditer(after):
        if _tells(match, after):
            cues.append((match.start() + _AFTER_COSTS, 1, Tense.DONE))
    return min(cues)[2] if cues else Tense.UNKNOWN


_AFTER_COSTS: Final = 1


def _tells(match: re.Match[str], text: str) -> bool:
    """Whether a past form says that it happened: not 'to be completed', not 'a shared plan'."""
    return match.group().lower() not in _EITHER and not _AFTER_TO_BE.search(text[max(0, match.start() - 30) : match.start()])


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after the date in its own sentence."""
    before = text[max(0, start - _REACH) : start]
    after = text[end : end + _REACH]
    stops = list(_CLAUSE_END.finditer(before))
    if stops:
        before = before[stops[-1].end() :]
    stop = _CLAUSE_END.search(after)
    return before, after[: stop.start()] if stop else after
