"""Counts and lists in words. Pure."""

from collections.abc import Sequence


def counted(count: int, one: str, many: str = "") -> str:
    """'1 update', '3 updates', '1,200 updates'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """'A', 'A and B', 'A, B and C'."""
    if len(words) < 2:  # noqa: PLR2004 - two is where 'and' begins
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
