"""Words that may identify a patient: found before they are saved, so that a person can take them out. Pure.

A finding is a hint, never a verdict. Whoever typed the words changes them, or says that nobody can be identified. What
was found is shown once to its writer and is kept nowhere: neither stored nor logged.

Each pattern looks at a bounded stretch of text, so a long text takes time in proportion to its length.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from programme.wording import listed


class Kind(StrEnum):
    """What something looks like; the value is read after 'looks like'."""

    NHS_NUMBER = "an NHS number"
    HOSPITAL_NUMBER = "a hospital or case number"
    BIRTH = "a date of birth"
    EMAIL = "an email address"
    PHONE = "a phone number"
    POSTCODE = "a postcode"
    NAME = "the name of a person"
    INITIALS = "initials with an age"


@dataclass(frozen=True)
class Finding:
    """A piece of a text: which words, where, and what they look like."""

    kind: Kind
    words: str
    start: int
    end: int

    @property
    def sentence(self) -> str:
        """'“943 476 5919” looks like an NHS number'."""
        return f"“{self.words}” looks like {self.kind.value}"


def findings(text: str) -> tuple[Finding, ...]:
    """Everything in a text that may identify somebody, in the order of the text; of two that overlap the surer one."""
    plain = text.translate(_SPACES_AND_DASHES)
    kept: list[Finding] = []
    for kind, find in _FINDERS:
        for start, end in find(plain):
            if all(end <= each.start or each.end <= start for each in kept):
                kept.append(Finding(kind, text[start:end], start, end))
    return tuple(sorted(kept, key=lambda each: each.start))


def warning(found: tuple[Finding, ...]) -> str:
    """All findings as one sentence; nothing where there is none."""
    said = list(dict.fromkeys(each.sentence for each in found))
    return f"{listed(said)}." if said else ""


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the check digit of an NHS number (modulus 11)."""
    if not re.fullmatch(r"[0-9]{10}", digits) or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


# One character for one, so that places in the text stay what they are.
_SPACES_AND_DASHES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\t"), " ") | dict.fromkeys(
    map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-"
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DAY = (
    rf"(?:[0-3]?[0-9][ ./-]{{1,2}}(?:[01]?[0-9]|{_MONTH})[ ./-]{{1,2}}(?:19|20)?[0-9]{{2}}(?![0-9])"
    r"|(?:19|20)[0-9]{2})"
)
_RELATIVE = (
    "daughter|son|child|children|brother|sister|niece|nephew|cousin|grandson|granddaughter|stepson|stepdaughter"
    "|mum|mother|dad|father|partner|wife|husband|friend|patient|pupil|student|client"
)
_YOUNG = (
    "girl|boy|young person|young man|young woman|young lady|teenager|lad|lass|child|patient|pupil|student|year[- ]old"
)
_NAME = r"[A-Z][a-z]{1,20}(?:[-'’][A-Z][a-z]{1,20})?(?: [A-Z][a-z]{1,20})?"
# Words with a capital that stand where a name would and are none.
_NO_NAMES = frozenset({
    "CAMHS", "The", "A", "An", "And", "But", "He", "She", "They", "We", "I", "It", "Who", "Whose", "Is", "Was", "Had",
    "Has", "Said", "Says", "Asked", "Felt", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    "Sunday", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December", "Spring", "Summer", "Autumn", "Winter", "Year", "Years", "Ward", "Unit", "Team", "Group",
    "Place", "Phase", "Section", "Page", "Gate", "In", "On", "At",
})  # fmt: skip

_TEN_DIGITS = re.compile(r"(?<![0-9])(?<![0-9][ .-])[0-9]{3}[ .-]?[0-9]{3}[ .-]?[0-9]{4}(?![ .-]?[0-9])")
_HOSPITAL = re.compile(
    r"\b(?:hospital|rio|mrn|unit|case|patient)(?: (?:no|number|id|ref))?[ .:#]{1,3}"
    r"(?=[A-Z0-9-]{0,15}[0-9]{4})[A-Z]{0,3}[0-9][A-Z0-9-]{3,14}\b",
    re.IGNORECASE,
)
_BORN = re.compile(
    rf"\b(?:d\.?o\.?b\.?|date of birth|born(?: on| in)?|birthday)\b[ :(.-]{{0,4}}(?:is |was |on |the )?({_DAY})",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![0-9+])(?:\+44|0044|\(?0)(?:[ ()-]{0,3}[0-9]){9,10}(?![0-9])")
_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])", re.IGNORECASE
)
_RELATED = re.compile(
    rf"\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir|[Yy]our) (?:[a-z]{{1,12}} )?(?:{_RELATIVE})"
    rf"(?:,| called| named)? ({_NAME})"
)
_CALLED = re.compile(rf"\b(?:{_YOUNG}|{_RELATIVE})(?: was| is|,)? (?:called|named) ({_NAME})")
_AGED = re.compile(
    rf"\b({_NAME})(?:,? aged? | \(|, )(?:[1-9]|1[0-9]|2[0-5])(?: years old|\)|, |(?= and | who | from | said ))"
)
_INITIALS = re.compile(r"(?<![A-Za-z.])([A-Z]\.? ?[A-Z]\.?)(?:,? aged? | \()(?:[1-9]|1[0-9]|2[0-5])(?![0-9])")
_NO_INITIALS = frozenset({"YP", "CYP", "UK", "AM", "PM", "MP"})


def _whole(pattern: re.Pattern[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    def find(text: str) -> Iterator[tuple[int, int]]:
        return (match.span() for match in pattern.finditer(text))

    return find


def _nhs_numbers(text: str) -> Iterator[tuple[int, int]]:
    for match in _TEN_DIGITS.finditer(text):
        if is_nhs_number(re.sub(r"[^0-9]", "", match[0])):
            yield match.span()


def _names(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_RELATED, _CALLED, _AGED):
        for match in pattern.finditer(text):
            words = match[1].split()
            if not {words[0], words[-1]} & _NO_NAMES:
                yield match.span(1)


def _initials(text: str) -> Iterator[tuple[int, int]]:
    for match in _INITIALS.finditer(text):
        if re.sub(r"[. ]", "", match[1]) not in _NO_INITIALS:
            yield match.span()


# The surest first: a number with a right check digit is an NHS number before it is a phone number.
_FINDERS: tuple[tuple[Kind, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    (Kind.NHS_NUMBER, _nhs_numbers),
    (Kind.EMAIL, _whole(_EMAIL)),
    (Kind.PHONE, _whole(_PHONE)),
    (Kind.BIRTH, _whole(_BORN)),
    (Kind.HOSPITAL_NUMBER, _whole(_HOSPITAL)),
    (Kind.POSTCODE, _whole(_POSTCODE)),
    (Kind.NAME, _names),
    (Kind.INITIALS, _initials),
)
