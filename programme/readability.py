"""How hard a text is to read: an estimated reading age, and the sentences and words that make it hard. Pure.

The reading age is the Flesch-Kincaid grade plus five, the usual way from a school grade to an age in England. It is an
estimate from the lengths of sentences and words alone, so it is said as 'about', and never decides anything.

Syllables are counted as groups of vowels with the common silent endings taken off. That is right for about nine words
in ten, and the errors go both ways.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

AIM: Final = 11  # years: what a plain-language page for young people should need
LONG_SENTENCE: Final = 20  # words; longer ones are pointed at
HARD_SYLLABLES: Final = 4
HARD_LETTERS: Final = 13
TOO_SHORT: Final = 25  # words; below that an estimate means nothing
YOUNGEST, OLDEST = 5, 25

_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|etc|Dr|Mr|Mrs|Ms|St|No|vs)\.", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”’')]))\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+){0,4}")
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are said one after the other: 'idea', 'create', 'science', 'being'.
_TWO = re.compile(
    r"(?<=[^q])ua(?=[lt])|(?<![cgtx])i[ao](?!n)|eo(?=s?$)|ie(?=t|nc|r$)|(?<=cr)ea(?=t)|(?<=[ai][dr])ea(?=s?$)"
    r"|(?<=[eou])i(?=ng)|y(?=i)|uou"
)
_SILENT_END = re.compile(
    r"(?<=[^aeiouyl])e$|(?<=[aeiouy])le$|(?<=[^aeioutd])ed$|(?<=[^aeiouscxzhg])es$|(?<=[aeiou]r)e$"
)
_SILENT_MIDDLE = re.compile(r"(?<=[aeiouy][^aeiouy])e(?=(?:ly|ment|ful|less|ness)s?$)")


@dataclass(frozen=True)
class LongSentence:
    """A sentence with its number of words."""

    text: str
    words: int


@dataclass(frozen=True)
class Reading:
    """What was found in a text. `age` is None where the text is too short to say."""

    words: int
    age: int | None
    long_sentences: tuple[LongSentence, ...]
    hard_words: tuple[str, ...]
    jargon: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """Whether nothing has to be said about it."""
        fits = self.age is None or self.age <= AIM
        return fits and not self.long_sentences and not self.jargon

    @property
    def sentence(self) -> str:
        """The reading age in words."""
        if self.age is None:
            return f"There are too few words to say how hard they are to read. {TOO_SHORT} or more are needed."
        if self.age >= OLDEST:
            return "These words need the reading of somebody who has studied. Aim for about 11."
        if self.age > AIM:
            return f"These words need a reading age of about {self.age}. Aim for about {AIM}."
        return f"These words need a reading age of about {self.age}, which is right for young people."


def check(text: str, *, jargon: Iterable[str] = ()) -> Reading:
    """Read a text. `jargon` are words that readers outside the programme do not know."""
    sentences = sentences_of(text)
    words = [word for sentence in sentences for word in words_of(sentence)]
    counted = [(sentence, len(words_of(sentence))) for sentence in sentences]
    found = (word for word in words if _is_hard(word))
    return Reading(
        len(words),
        _age(len(sentences), words),
        tuple(LongSentence(sentence, count) for sentence, count in counted if count > LONG_SENTENCE),
        tuple(dict.fromkeys(word.lower() for word in found)),
        tuple(term for term in dict.fromkeys(jargon) if _stands_in(term, text)),
    )


def sentences_of(text: str) -> list[str]:
    """Sentences; each line is at least one, as points of a list are."""
    kept = _ABBREVIATED.sub(lambda match: match[0].replace(".", "\u2024"), text)
    parts = (part.strip().replace("\u2024", ".") for part in _SENTENCE_END.split(kept))
    return [part for part in parts if _WORD.search(part)]


def words_of(text: str) -> list[str]:
    """The words of a text; numbers are not words."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """How many syllables a word has, about."""
    return sum(_syllables_of(part) for part in re.split(r"['’-]", word.lower()) if _VOWELS.search(part)) or 1


def _syllables_of(part: str) -> int:
    trimmed = _SILENT_MIDDLE.sub("", _SILENT_END.sub("", part))
    return max(1, len(_VOWELS.findall(trimmed)) + len(_TWO.findall(trimmed)))


def _is_hard(word: str) -> bool:
    return len(word) >= HARD_LETTERS or syllables(word) >= HARD_SYLLABLES


def _age(sentences: int, words: list[str]) -> int | None:
    if len(words) < TOO_SHORT:
        return None
    said = sum(syllables(word) for word in words)
    grade = 0.39 * len(words) / sentences + 11.8 * said / len(words) - 15.59
    return min(OLDEST, max(YOUNGEST, round(grade + 5)))


def _stands_in(term: str, text: str) -> bool:
    """Whether a term stands in a text as a word: shouted ones as they are, others whatever their capitals."""
    flags = re.NOFLAG if term.isupper() else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(term)}s?(?!\w)", text, flags) is not None
