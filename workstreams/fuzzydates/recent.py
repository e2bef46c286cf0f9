"""'Recent' and 'recently': a time only where it is known when the words were written, and never a certain one."""

from dataclasses import replace
from typing import Final

from programme.dates import FuzzyDate, Precision, Window, month_window
from workstreams.fuzzydates.reference import Reference, shifted
from workstreams.fuzzydates.relative import Fixed
from workstreams.fuzzydates.tokens import Tokens
from workstreams.fuzzydates.vocabulary import TIME_UNITS

_MONTHS_BACK: Final = 2  # of a monthly update: what is recent happened in its month or in the two before
_COMPARED: Final = frozenset({"most", "more", "less", "as", "so", "how"})
_POINTS_AT: Final = frozenset({"a", "an", "the", "this", "that", "our", "very", "their", "two", "three", "its", "of"})
_HAPPENED: Final = frozenset({"has", "have", "had", "was", "were", "been", "is", "are", "we", "they", "and"})
_NO_EVENT: Final = frozenset({"past", "history", "times", "update", "updates", "news"}) | TIME_UNITS.keys()


def read_recent(tokens: Tokens, at: int) -> Fixed | None:
    """'a recent visit', 'has recently opened', 'opened recently'; not 'most recent', 'in recent years'.

    'Recently qualified nurses' only describes the nurses, so a lone 'recently' before another word says nothing.
    """
    word, before, following = tokens[at].text, tokens[at - 1].text, tokens[at + 1]
    if word not in {"recent", "recently"} or before in _COMPARED or following.text in _NO_EVENT:
        return None
    closes = not following.is_word and not following.is_number
    whole = at == 0 and closes
    told = before in _POINTS_AT and following.is_word if word == "recent" else before in _HAPPENED or closes
    return Fixed(not_long_before, at + 1) if whole or told else None


def not_long_before(text: str, reference: Reference | None) -> FuzzyDate | None:
    """The time the words stand under, or one of the two months before it; nothing where that is not known."""
    if reference is None:
        return None
    first = reference.window[0].replace(day=1)
    earlier = [shifted(first, -count) for count in range(1, _MONTHS_BACK + 1)]
    windows = [reference.window, *(month_window(month.year, month.month) for month in earlier)]
    readings = tuple(_reading(text, window) for window in windows)
    return replace(readings[0], ambiguous=True, alternatives=readings)


def _reading(text: str, window: Window) -> FuzzyDate:
    basis = "recent: about the time it was written, or one of the two months before"
    return FuzzyDate.from_parts(text=text, start=window[0], end=window[1], precision=Precision.RELATIVE, basis=basis)
