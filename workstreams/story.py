"""A workstream's months and milestones in a sentence each, for somebody who takes it over. Pure."""

from collections.abc import Sequence
from datetime import date

from programme.dates import day_words
from programme.status import Rag
from programme.wording import counted, listed

LONGEST = 160


def month_sentence(month: str, rating: Rag, reason: str, progress: Sequence[str]) -> str:
    """'October 2026: Amber, at risk. Two posts are vacant. First of 3 points: …'."""
    said = f"{month}: {rating.word}, {rating.meaning}" if rating is not Rag.NOT_RATED else f"{month}: not rated"
    parts = [_ended(said)]
    if reason:
        parts.append(_ended(cut(reason)))
    if progress:
        more = f" and {counted(len(progress) - 1, 'more point')}" if len(progress) > 1 else ""
        parts.append(_ended(f"{cut(progress[0])}{more}" if not more else f"“{cut(progress[0])}”{more}"))
    return " ".join(parts)


def silence_sentence(month: str) -> str:
    """A month nobody reported on."""
    return f"{month}: not reported."


def cut(text: str) -> str:
    """A text on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]}…"


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def plan_sentence(done: int, ahead: int, slipped: Sequence[tuple[str, int]]) -> str:
    """'3 milestones are done and 2 are to come. Rota agreed has moved twice.'."""
    if not done and not ahead:
        return "No milestone has been added yet."
    parts = [f"{counted(done, 'milestone')} {'is' if done == 1 else 'are'} done and {ahead} to come."]
    if slipped:
        parts.append(_ended(listed([f"“{title}” has moved {_times(moves)}" for title, moves in slipped])))
    return " ".join(parts)


def _times(moves: int) -> str:
    return {1: "once", 2: "twice"}.get(moves, f"{moves} times")


def time_words(since: date, until: date | None) -> str:
    """'from 1 July 2026', 'from 1 July 2026 to 31 October 2026'."""
    return f"from {day_words(since)}" + (f" to {day_words(until)}" if until else "")
