"""The date phrases of monthly updates, each read in the context of its page.

A date without a year leans on its update's month. 'Recent' leans on what the page itself says of the same thing: where
an update dates it, that date is meant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from programme.dates import FuzzyDate, Precision, month_window
from workstreams import fuzzydates, subjects
from workstreams.fuzzydates import Mention
from workstreams.narrative.model import Item, Update

_LONGEST: Final = 2_000  # characters of an item that are searched
_MOST_VAGUE: Final = 100  # phrases of one page that are looked up among its dates
_MOST_DATED: Final = 1_000  # dates they are looked up among
_WORDS: Final = range(2, 9)  # of what a vague phrase may be about
_NOT_RECENT: Final = 184  # days: what lies longer back nobody calls recent
_EXACT: Final = frozenset({Precision.DAY, Precision.WEEK, Precision.PART_MONTH, Precision.MONTH})


@dataclass(frozen=True)
class Dated:
    """What an update dates: its words and when."""

    words: str
    date: FuzzyDate


def mentions_of(updates: Sequence[Update]) -> dict[tuple[int, int], list[Mention]]:
    """Every date phrase of each item, by the lines its update and it start on. Months nobody settled have none."""
    items = [(update, item, update.month) for update in updates if update.month for item in update.items]
    found = {(u.line, item.line): fuzzydates.find(item.text[:_LONGEST], month) for u, item, month in items}
    vague = [key for key, mentions in found.items() if any(mention.vague for mention in mentions)][:_MOST_VAGUE]
    if vague:
        dated = list(_dated(items, found))[:_MOST_DATED]
        months = {(update.line, item.line): month for update, item, month in items}
        for key in vague:
            found[key] = [_settled(mention, months[key], dated) for mention in found[key]]
    return found


def _dated(items: Sequence[tuple[Update, Item, date]], found: dict[tuple[int, int], list[Mention]]) -> Iterator[Dated]:
    for update, item, _ in items:
        for mention in found[update.line, item.line]:
            if not mention.vague and not mention.date.ambiguous and mention.date.precision in _EXACT:
                yield Dated(item.text[:_LONGEST], mention.date)


def _settled(mention: Mention, month: date, dated: Sequence[Dated]) -> Mention:
    """A vague phrase with the date another sentence gives the same thing, when one in its reach does."""
    if not mention.vague:
        return mention
    last = month_window(month.year, month.month)[1]
    words = mention.source[mention.end :].split()[: _WORDS.stop]
    about = [" ".join(words[:count]) for count in _WORDS if count <= len(words)]
    best, most = None, subjects.ENOUGH
    for each in dated:
        start = each.date.start
        if start is None or not 0 <= (last - start).days <= _NOT_RECENT:
            continue
        alike = max((subjects.likeness(words, each.words) for words in about), default=0)
        if alike >= most:
            best, most = each.date, alike
    return replace(mention, date=_as_dated(mention.date, best)) if best else mention


def _as_dated(vague: FuzzyDate, stated: FuzzyDate) -> FuzzyDate:
    basis = f"recent: the page dates it “{stated.text}”"
    meant = replace(stated, text=vague.text, precision=Precision.RELATIVE, basis=basis)
    others = tuple(r for r in vague.alternatives if (r.start, r.end) != (meant.start, meant.end))
    return replace(meant, ambiguous=True, alternatives=(meant, *others))
