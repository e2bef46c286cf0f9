"""Every date of the documents the product was asked to read, each in the context of its document.

The list and the documents are not part of the project: set TRACKER_DOCUMENTS to the documents' folder, with the list
(`date_expressions.json`) in it or in `domain` beside it.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from programme.dates import FuzzyDate
from workstreams import fuzzydates, narrative

DOCUMENTS = Path(os.environ.get("TRACKER_DOCUMENTS", Path(__file__).parents[2].parent / "shared" / "seeds"))
LISTS = (DOCUMENTS / "date_expressions.json", DOCUMENTS.parent / "domain" / "date_expressions.json")
EXPRESSIONS: list[dict[str, Any]] = next(
    (json.loads(path.read_text(encoding="utf-8"))["expressions"] for path in LISTS if path.is_file()), []
)


@cache
def lines(file: str) -> list[str]:
    """The lines of a document."""
    return (DOCUMENTS / file).read_text(encoding="utf-8").splitlines()


@cache
def page(file: str) -> narrative.ParsedPage:
    """The document, read."""
    return narrative.parse((DOCUMENTS / file).read_text(encoding="utf-8"))


def in_update(file: str, line: int) -> list[FuzzyDate]:
    """What an update's heading or its items say on a line."""
    found = []
    for workstream in page(file).workstreams:
        for update in workstream.updates:
            if update.line == line and update.month:
                stated = FuzzyDate.month(update.month.year, update.month.month)
                found.append(stated if not update.ambiguous else FuzzyDate.undated(update.heading))
        for (_, item), mentions in narrative.mentions_of(workstream.updates).items():
            found += [mention.date for mention in mentions if item == line]
    return found


def in_plan(file: str, line: int) -> list[FuzzyDate]:
    """What a plan, its phases or the gates say on a line; an axis of dates is read by the gates it dates."""
    found = []
    for workstream in page(file).workstreams:
        found += [told.date for told in workstream.milestones if line in {told.line, told.heading_line}]
        found += [phase.date for phase in workstream.phases if phase.date and phase.line == line]
        if page(file).placed.get(line) == "axis of dates":
            found += [gate.date for gate in workstream.gates if gate.date]
    return found


def in_sentence(expression: dict[str, Any]) -> list[FuzzyDate]:
    """What the words say, each counted from the date said before it in the line."""
    line = lines(expression["seed_file"])[expression["line"] - 1]
    found, leaning = [], None
    for mention in fuzzydates.find(line):
        read = fuzzydates.parse(mention.text, leaning) or mention.date
        found.append(read)
        leaning = read if read.has_window else leaning
    return found


def means(stated: FuzzyDate, expression: dict[str, Any]) -> bool:
    """Whether a reading is the expected one: its window, its precision and whether it is doubted."""
    window = [day.isoformat() if day else None for day in (stated.start, stated.end)]
    exact = stated.precision.value == expression["precision"]
    return exact and window == [expression["start"], expression["end"]] and stated.ambiguous == expression["ambiguous"]


@pytest.mark.skipif(not EXPRESSIONS, reason="the list of dates is not at hand; set TRACKER_DOCUMENTS")
def test_the_list_is_whole() -> None:
    assert len(EXPRESSIONS) == 177


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=[f"{each['id']} {each['text']}" for each in EXPRESSIONS])
def test_reads_every_date_of_the_documents_in_its_context(expression: dict[str, Any]) -> None:
    file, line = expression["seed_file"], expression["line"]
    if expression["precision"] in {"undated", "none"}:
        stated = fuzzydates.parse(expression["text"])
        assert stated is None or not stated.has_window
        return
    readings = [*in_update(file, line), *in_plan(file, line), *in_sentence(expression)]

    assert any(means(stated, expression) for stated in readings), [
        (stated.text, stated.start, stated.end, stated.precision.value, stated.ambiguous) for stated in readings
    ]
