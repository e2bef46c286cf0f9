"""Names: who leads, and what a section without a title is called."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from workstreams.narrative.model import Lead
from workstreams.narrative.wording import CONTAINER_WORDS

# Leads

_ROLE_WORDS: Final = re.compile(
    r"\b(?:lead|director|manager|officer|head|nurse|consultant|chief|deputy|associate|assistant|sro|sponsor"
    r"|owner|psychologist|psychiatrist"
    r"|gp|matron|practitioner|coordinator|co-ordinator|commissioner|clinical|programme|project|operations"
    r"|service|chair|executive)\b",
    re.IGNORECASE,
)
_BETWEEN_LEADS: Final = re.compile(r"\s*(?:/|;|&|\band\b|\bwith\b|\n|\|)\s*", re.IGNORECASE)
_BRACKETED: Final = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<role>[^()]+)\)$")
_TEAM: Final = re.compile(r"\b(?:team|group|board|office|directorate|department|service|partnership)\b", re.IGNORECASE)


def leads_from(words: str, line: int) -> tuple[Lead, ...]:
    """Everyone a lead line names: 'A/B', 'A and B', 'A (clinical), B (nursing)', 'A, Director of B', 'X Team'."""
    words = words.strip().rstrip(".").strip()
    outside = re.sub(r"\([^()]*\)", "", words)
    if _TEAM.search(outside) and "/" not in words and "," not in words:
        return (Lead(_without_article(words), "", line),)
    leads: list[Lead] = []
    for part in _apart(words):
        lead = _lead(part, line)
        if lead is None:
            continue
        if lead.name == "" and leads:
            leads[-1] = Lead(leads[-1].name, ", ".join(filter(None, [leads[-1].role, lead.role])), line)
        elif lead.name:
            leads.append(lead)
    return tuple(leads)


def _without_article(words: str) -> str:
    return re.sub(r"^the\s+", "", words, flags=re.IGNORECASE)


def _apart(words: str) -> list[str]:
    """The pieces between separators, none inside brackets; a comma separates too, roles are told by their words."""
    pieces, depth, piece = [], 0, ""
    for character in words:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            pieces.append(piece)
            piece = ""
        else:
            piece += character
    pieces.append(piece)
    apart: list[str] = []
    for each in pieces:
        role = apart and _ROLE_WORDS.search(each) and not re.search(r"[(/;]", each) and " and " not in each
        apart.extend([each] if role else _split_outside_brackets(each))
    return apart


def _split_outside_brackets(text: str) -> list[str]:
    hidden = re.sub(r"\([^()]*\)", lambda match: "\0" * len(match.group()), text)
    cuts = [match.span() for match in _BETWEEN_LEADS.finditer(hidden)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _lead(part: str, line: int) -> Lead | None:
    part = part.strip(" .-\u2013")
    if not part or part.lower() in {"tbc", "tbd", "vacant", "n/a", "to be confirmed"}:
        return None
    bracketed = _BRACKETED.match(part)
    if bracketed:
        return Lead(bracketed["name"].strip(), bracketed["role"].strip(), line)
    dashed = re.split(r"\s+[-\u2013\u2014]\s+|:\s+", part, maxsplit=1)
    if len(dashed) == 2:  # noqa: PLR2004 - a name and a role, in either order
        role_first = bool(_ROLE_WORDS.search(dashed[0]))
        return Lead(dashed[role_first].strip(), dashed[not role_first].strip(), line)
    if _ROLE_WORDS.search(part) and not _TEAM.search(part):
        return Lead("", part, line)
    return Lead(_without_article(part), "", line)


# Names of sections without a title

_SUBJECT: Final = re.compile(
    r"^(?:the |our |this )?(?P<subject>\S.{0,90}?)\s+(?:"
    r"(?:was|were|is|are|has been|have been)\s+(?:being\s+)?(?:created|set up|established|developed|launched"
    r"|introduced|formed|designed|commissioned|initiated)\b"
    r"|(?:aims?|aimed|seeks?|sought|focus(?:es|ed)|looks?|looked|works?|exists?|existed)\s+(?:to|on|at)\b"
    r"|(?:is|was)\s+(?:about\b|responsible for\b|(?:a|an|the|one of)\b.{0,60}?\b(?:programme|work\s?stream"
    r"|project|initiative|component|part|piece|scheme|plan|pathway)\b)"
    r")",
    re.IGNORECASE,
)
_STRONG_SUBJECT: Final = re.compile(
    r"^(?:the |our )?(?P<subject>\S.{0,90}?)\s(?:work\s?stream|project|programme|initiative|intervention|scheme)\s+"
    r"(?:was|is|has|aims?|aimed|focus(?:es|ed)|seeks?|looks?|supports?|covers?|will|brings?)\b",
    re.IGNORECASE,
)
_PURPOSE_OF: Final = re.compile(
    r"\b(?:purpose|aim|goal|objective)s? of (?:the |a |an |this |our )?(?P<subject>\S.{1,70}?) (?:is|are|was|were)\b",
    re.IGNORECASE,
)
_PURPOSE_WAS: Final = re.compile(
    r"^(?:the |its |our )?(?:purpose|aim|goal) (?:is|was) to \w+ (?:the |a |an |our )?(?P<subject>(?:[\w'-]+"
    r" ){0,4}[\w'-]+?)"
    r"(?= \(| (?:with|to|by|for|in|on|so|that|and|who|through)\b|[,.;:]|$)",
    re.IGNORECASE,
)
_LINK_ABOUT: Final = re.compile(
    r"^(?:further|more|find out more|read more|information|additional)\b.{0,20}?\b(?:on|about)\s+(?:the |our"
    r" )?(?P<subject>[^.:]{3,70})\.?$",
    re.IGNORECASE,
)
_PRONOUNS: Final = re.compile(
    r"^(?:it|this|that|these|those|we|they|you|there|he|she|i|which|here|all|most|some|many|each|every|both|to"
    r"|from|in|during|following|after|before|with"
    r"|without|by|as|for|since|throughout|over|at|of|on|under|within|across|when|while|once|if|although|because"
    r"|why|how|what|who|where)\b",
    re.IGNORECASE,
)
_LEADING_PARTICIPLE: Final = re.compile(r"^(?:[A-Z][a-z]{2,}ed)\s+(?=[a-z])")
_GENERIC_SUBJECT: Final = frozenset(
    [
        "team",
        "teams",
        "group",
        "groups",
        "service",
        "services",
        "staff",
        "meeting",
        "meetings",
        "session",
        "sessions",
        "trust",
        "organisation",
        "organisations",
        "work",
        "people",
        "community",
        "mental",
        "health",
        "care",
        "task",
        "finish",
        "steering",
        "draft",
        "colleagues",
        "initiative",
        "model",
        "framework",
        "transformation",
        "feedback",
        "approach",
        "training",
    ]
)


def subject_of(sentence: str) -> str | None:
    """What an opening sentence is about: 'X' of 'X was created to …', 'The X workstream aims to …'. None if unclear."""
    if _PRONOUNS.match(sentence):
        return None
    opening = sentence[:240]
    found = _SUBJECT.match(opening) or _STRONG_SUBJECT.match(opening)
    subject = found["subject"] if found else None
    if subject and _PURPOSE_SUBJECT.match(subject):
        of = _PURPOSE_OF.search(sentence[:200])
        return _tidy(of["subject"]) if of else None
    if subject and not re.search(r"[.,;:!?](?:\s|$)", subject.replace(", ", " ", 3) if " and " in subject else subject):
        return _tidy(subject)
    of = _PURPOSE_OF.search(sentence[:200])
    if of:
        return _tidy(of["subject"])
    was = _PURPOSE_WAS.match(sentence[:200])
    return _tidy(was["subject"]) if was else None


_PURPOSE_SUBJECT: Final = re.compile(r"(?:the |its |our )?(?:purpose|aim|goal|objective)", re.IGNORECASE)


def opens_section(sentence: str) -> bool:
    """Whether a sentence introduces a piece of work."""
    return subject_of(sentence) is not None


def names_workstream(sentence: str) -> bool:
    """Whether a sentence introduces something it calls a workstream, project, programme or the like."""
    return bool(_STRONG_SUBJECT.match(sentence[:240])) and not _PRONOUNS.match(sentence)


def _tidy(subject: str) -> str:
    """Without articles, brackets and container words; the first letter a capital."""
    subject = re.sub(r"\s*\([^)]*\)", "", subject).strip(" ,;:-\u2013\"'\u2018\u2019\u201c\u201d")
    words = re.sub(r"^(?:the|a|an|our)\s+", "", subject, flags=re.IGNORECASE).split()
    while len(words) > 1 and words[-1].lower() in CONTAINER_WORDS:
        words.pop()
    tidy = " ".join(words)
    return tidy[:1].upper() + tidy[1:]


def title_name(title: str) -> str:
    """A title as a name: 'Supported new starters' without its leading participle, no final stop."""
    plain = title.strip().rstrip(":.").strip()
    without = _LEADING_PARTICIPLE.sub("", plain)
    return without[:1].upper() + without[1:]


def name_from_text(sentences: Iterable[str], links: Iterable[str], whole_page: str) -> tuple[str, str] | None:
    """A name and where it came from: the opening sentence, a 'purpose of X', or a link that says what it is about."""
    texts = list(sentences)
    if texts:
        subject = subject_of(texts[0])
        if subject and distinctive(subject):
            return subject, "from its first sentence"
    for text in texts:
        of = _PURPOSE_OF.search(text[:300])
        if of and distinctive(of["subject"]):
            return _tidy(of["subject"]), "from the sentence on its purpose"
    for link in links:
        about = _LINK_ABOUT.match(link)
        if about:
            return _spelled_out(_tidy(about["subject"]), whole_page), "from a link about it"
    subject = subject_of(texts[0]) if texts else None
    return (subject, "from its first sentence") if subject else None


def _spelled_out(name: str, page: str) -> str:
    """An abbreviation the page never explains is written out where the page has the words for it."""
    return re.sub(r"\b[A-Z]{3,6}\b", lambda match: _long_form(match.group(), page) or match.group(), name)


def _long_form(abbreviation: str, page: str) -> str | None:
    if f"({abbreviation})" in page:
        return None
    form = r"\b" + r"\s+".join(f"{letter}[a-z]{{2,20}}" for letter in abbreviation) + r"\b"
    found = re.search(form, page)
    return found.group() if found else None


# Shared words

_PLAIN_WORDS: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "or",
        "of",
        "to",
        "for",
        "in",
        "on",
        "at",
        "by",
        "with",
        "from",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "this",
        "that",
        "these",
        "those",
        "it",
        "its",
        "our",
        "their",
        "we",
        "has",
        "have",
        "will",
        "which",
        "who",
        "all",
        "new",
        "more",
        "most",
        "into",
        "across",
        "within",
        "through",
    ]
)


def distinctive(text: str) -> set[str]:
    """The words of a text that tell it from others, singular and in lower case."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {_singular(word) for word in words} - _PLAIN_WORDS - _GENERIC_SUBJECT - CONTAINER_WORDS


def _singular(word: str) -> str:
    longer_than = 3
    return word[:-1] if len(word) > longer_than and word.endswith("s") and not word.endswith("ss") else word


def key(name: str) -> tuple[str, ...]:
    """Two names with one key are one name."""
    return tuple(_singular(word) for word in re.findall(r"[a-z0-9]+", name.lower()) if word not in CONTAINER_WORDS)


def match_score(name: str, opening: str, prose: str) -> int:
    """How well prose fits a name.

    Most when the opening names it; else by how often it is named, more when with the very capitals of the name, and by
    how many of its distinctive words the prose says early.
    """
    wanted = key(name)
    if not wanted:
        return 0
    score = 10 * _phrase_in(wanted, opening) + min(_count_phrase(wanted, prose), 5)
    words = distinctive(name)
    if words and words <= distinctive(opening):
        score += 3
    if len(wanted) > 1 and name in prose and name != name.capitalize():
        score += 2
    if words:
        score += round(2 * len(words & distinctive(prose[:_EARLY])) / len(words))
    return score


_EARLY: Final = 400


def _phrase_in(wanted: tuple[str, ...], text: str) -> bool:
    return _count_phrase(wanted, text) > 0


def _count_phrase(wanted: tuple[str, ...], text: str) -> int:
    words = tuple(_singular(word) for word in re.findall(r"[a-z0-9]+", text.lower()))
    size = len(wanted)
    starts = Counter(words)
    if not starts[wanted[0]]:
        return 0
    return sum(words[at : at + size] == wanted for at in range(len(words) - size + 1))
