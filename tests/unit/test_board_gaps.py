"""Gaps in a board report: what is missing first, what was accepted then, and how much of a long list was left out."""

import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reporting.board import compose, facts_of
from reporting.board_blocks import Block, Bullets, Heading, Table, Text
from reporting.board_facts import from_record, to_record
from reporting.board_parts.gaps import gaps
from reporting.board_parts.wording import MOST_ROWS
from reporting.documents.workbook import workbook
from reporting.editions import Edition
from thrive.reported import FilledTold, GapsTold, GapTold

SAMPLE: dict[str, Any] = json.loads((Path(__file__).parent.parent / "data/snapshot_v3.json").read_text())
TOLD = GapsTold(
    "2 accepted gaps, 1 of them with nothing to fill it.",
    (GapTold("No shared plan", "Harbour"), GapTold("No panel", "Hill", is_answered=True)),
    (
        FilledTold("Pay for interpreters", "Hill", "No work", lacks_work=True, owner="Ann Ray", wanted_by="1 May 2027"),
        FilledTold("Hold a panel", "Hill", "Work goes on", milestones=("Panel meets (Hub), March 2027", "Plan")),
    ),
)


def facts(told: GapsTold) -> Any:
    return facts_of(SAMPLE | {"gaps": asdict(told)})


def blocks(told: GapsTold) -> list[Block]:
    return [block for section in gaps(facts(told), Edition.FULL) for block in section.blocks]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text or cell.quiet for cell in row] for row in table.rows]


def test_nothing_is_printed_where_nothing_was_recorded():
    assert list(gaps(facts(GapsTold()), Edition.FULL)) == []
    assert list(gaps(facts_of(SAMPLE), Edition.FULL)) == []  # a report frozen before there were gaps


def test_what_nothing_fills_stands_first_and_then_what_was_accepted():
    lead, first, bare, second, table = blocks(TOLD)
    assert lead == Text(TOLD.sentence, "lead")
    assert (first, bare) == (Heading("Accepted gaps with nothing to fill them"), Bullets(("No shared plan, Harbour",)))
    assert second == Heading("What was accepted")
    assert isinstance(table, Table)
    assert cells(table) == [
        ["Pay for interpreters", "No work", "Ann Ray", "No milestone"],
        ["Hold a panel", "Work goes on", "No owner", "Panel meets (Hub), March 2027; Plan"],
    ]
    assert [(row[0].quiet, row[2].quiet) for row in table.rows] == [("Hill", "By 1 May 2027"), ("Hill", "No owner")]


def test_a_sentence_alone_is_printed_alone():
    assert blocks(GapsTold("No accepted gap and 1 not decided.")) == [
        Text("No accepted gap and 1 not decided.", "lead")
    ]


@pytest.mark.parametrize(("more", "said"), [(0, []), (1, ["1 more"]), (9, ["9 more"])])
def test_a_long_list_says_what_it_leaves_out_and_the_workbook_has_it_all(more, said):
    many = GapsTold("Many.", TOLD.gaps[:1] * (MOST_ROWS + more), TOLD.recommendations[:1] * (MOST_ROWS + more))
    made = blocks(many)
    assert [len(b.rows) for b in made if isinstance(b, Table)] == [MOST_ROWS]
    assert [len(b.items) for b in made if isinstance(b, Bullets)] == [MOST_ROWS]
    quiet = [b.text for b in made if isinstance(b, Text) and b.tone == "quiet"]
    assert [text[: len(said[0])] for text in quiet] == said * 2
    assert all(text.endswith("in the Excel workbook.") for text in quiet)


def test_the_record_is_read_back_as_it_was_written():
    assert from_record(json.loads(json.dumps(to_record(facts(TOLD))))).gaps == TOLD


@pytest.mark.parametrize("edition", Edition)
def test_only_the_full_pack_prints_gaps(edition):
    made = compose(SAMPLE | {"gaps": asdict(TOLD)}, edition)
    assert ("gaps" in {each.key for each in made.sections}) is (edition is Edition.FULL)


def test_the_workbook_has_a_row_for_each_and_none_outside_the_trust():
    content = SAMPLE | {"gaps": asdict(TOLD)}
    sheets: dict[Edition, Any] = {}
    for edition in (Edition.FULL, Edition.COMMISSIONER):
        made = workbook(compose(content, edition), facts_of(content), edition)
        sheets[edition] = openpyxl.load_workbook(io.BytesIO(made))
    rows = list(sheets[Edition.FULL]["Gaps"].iter_rows(values_only=True))[1:]
    assert rows == [("No shared plan", "Harbour", "Nothing fills it"), ("No panel", "Hill", "Answered")]
    assert len(list(sheets[Edition.FULL]["Accepted"].iter_rows())) == 3
    assert {"Gaps", "Accepted"} & set(sheets[Edition.COMMISSIONER].sheetnames) == set()
