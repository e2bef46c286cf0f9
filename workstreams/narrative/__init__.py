"""Reads the narrative of a programme page into workstreams, monthly updates, milestones and gates.

    page = parse(text, name="Crisis pathway", reference=date(2025, 11, 3))
    page.workstreams[0].updates[0].month
    page.as_dict()      the published form

Pure: a text in, values out. Every line that is not blank is either placed (with its role) or listed as unused. Years
that a page leaves out come from its own dates and order, with the clue that decided; tense only suggests whether
something is done. General rules of English pages only; nothing is known of any particular page.
"""

from workstreams.narrative.model import (
    Closure,
    Gate,
    Item,
    Lead,
    Milestone,
    ParsedPage,
    Phase,
    SourceLine,
    Update,
    Warning,  # noqa: A004 - the word the published form uses
    Workstream,
)
from workstreams.narrative.page import parse
from workstreams.narrative.said import mentions_of

__all__ = [
    "Closure",
    "Gate",
    "Item",
    "Lead",
    "Milestone",
    "ParsedPage",
    "Phase",
    "SourceLine",
    "Update",
    "Warning",
    "Workstream",
    "mentions_of",
    "parse",
]
