"""The small-number rule: a count so small that it could point at somebody is never shown exactly. Pure.

A count from 1 to 4 is shown as 'fewer than 5'. A total says only what the shown parts say already: where a part is
hidden, the total is 'at least' what is certain without it, so nothing can be found by taking the parts away.
"""

from collections.abc import Iterable
from typing import Final

SMALLEST_SHOWN: Final = 5
HIDDEN: Final = f"fewer than {SMALLEST_SHOWN}"
NOT_RECORDED: Final = "not recorded"


def is_hidden(count: int | None) -> bool:
    """Whether a count is too small to be shown. Nobody at all is not a small number: it points at no one."""
    return count is not None and 0 < count < SMALLEST_SHOWN


def shown(count: int | None) -> str:
    """A count as readers see it."""
    if count is None:
        return NOT_RECORDED
    return HIDDEN if is_hidden(count) else f"{count:,}"


def total_shown(counts: Iterable[int | None]) -> str:
    """The total of counts seen one by one; it never says more than they do. Unrecorded ones are left out."""
    known = [count for count in counts if count is not None]
    if not known:
        return NOT_RECORDED
    hidden = sum(is_hidden(count) for count in known)
    certain = sum(count for count in known if not is_hidden(count))
    if not hidden:
        return f"{certain:,}"
    return HIDDEN if hidden == 1 and not certain else f"at least {certain + hidden:,}"
