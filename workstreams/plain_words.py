"""The plain-language page of a workstream: its four questions, and the words that do not belong on it. Pure."""

from typing import Final

from programme.glossary import GLOSSARY
from programme.readability import Reading, check

# Field, question to the writer, heading for the reader, hint.
PARTS: Final = (
    ("doing", "What are you doing?", "What we are doing", "Two or three short sentences."),
    ("why", "Why are you doing it?", "Why we are doing it", "What is not good enough now, and for whom."),
    (
        "told",
        "What did young people and families tell you, and what did you do?",
        "What you told us, and what we did",
        "If you could not do something, say why.",
    ),
    ("next", "What happens next?", "What happens next", "Say when, and how people can have their say."),
)
# Terms of the glossary that mean to everybody what they mean to us.
_ORDINARY: Final = frozenset(
    {"Action", "Actual", "Ask", "Closed", "Decision", "Lead", "Not known", "Phase", "Place", "Risk", "Slip", "Window"}
)
JARGON: Final = tuple(entry.term for entry in GLOSSARY if entry.term not in _ORDINARY)


def reading_of(texts: list[str]) -> Reading:
    """How hard the page is to read, with the glossary's words pointed at."""
    return check("\n".join(texts), jargon=JARGON)
