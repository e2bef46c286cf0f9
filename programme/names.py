"""Whether two names may be one person's. Pure; it only suggests, and somebody decides."""

import re

_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "rev", "sir", "dame"})


def words_of_name(name: str) -> list[str]:
    """The words of a name in small letters, without titles, brackets and full stops."""
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", re.sub(r"\([^)]*\)", " ", name.lower()))
    return [word.replace("’", "'") for word in words if word not in _TITLES]


def may_be_same(one: str, other: str) -> bool:
    """The same words in any order, or the same last word after a matching first name or initial."""
    first, second = words_of_name(one), words_of_name(other)
    if not first or not second:
        return False
    if sorted(first) == sorted(second):
        return True
    if min(len(first), len(second)) == 1 or first[-1] != second[-1]:
        return False
    short, long = sorted((first[0], second[0]), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))
