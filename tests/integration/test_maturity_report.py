"""What a board report says of maturity: released reviews, in words, with their audience; nothing else."""

import io
import json
from dataclasses import fields, is_dataclass
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.roles import Role
from reporting import documents, snapshots
from reporting.board import compose, facts_of
from reporting.board_blocks import Cell
from reporting.board_html import board_web_page
from reporting.editions import Edition, Format
from tests.factories import filling, matured, people, work
from thrive.maturity import report_sections
from thrive.maturity.actions import noting
from thrive.maturity.scoring import Kind, State

pytestmark = pytest.mark.django_db

LATER = matured.WHEN + timedelta(days=20)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def place(programme):
    return matured.place_of(programme)


def frozen(programme):
    office = people.member(programme, Role.OFFICE)
    record = snapshots.compose(period=work.period(programme, work.SEPTEMBER), by=office, at=LATER, version=1)
    return json.loads(snapshots.canonical(record))


def section(content, edition=Edition.FULL):
    return next((each for each in compose(content, edition).sections if each.key == "maturity"), None)


def words(value) -> str:
    """Every text of a section, one after the other."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple | list):
        return " ".join(words(each) for each in value)
    if is_dataclass(value):
        return " ".join(words(getattr(value, each.name)) for each in fields(value))
    return ""


def test_nothing_of_a_review_is_frozen_before_it_is_released(place, programme):
    review = matured.scored(place, [1, 4])
    matured.move(review, State.WORKSHOP)
    matured.agreed(review, "ACC05", 2, rationale="Only for us")
    matured.move(review, State.AGREED)
    content = frozen(programme)
    assert content["maturity"] == {"reviews": []}
    assert "Harbour self-review" not in snapshots.canonical(content)
    assert "Only for us" not in snapshots.canonical(content)
    assert section(content) is None
    matured.move(review, State.RELEASED, at=LATER + timedelta(hours=1))
    assert frozen(programme)["maturity"] == {"reviews": []}, "released after the moment of the record"
    assert report_sections.maturity(programme, LATER + timedelta(days=1)).reviews


def test_a_released_review_is_told_in_words_with_who_was_absent_and_who_may_read_it(place, programme):
    first = matured.released(place, {"ACC05": 1, "ACC06": 3}, when=matured.EARLIER, title="First look")
    again = matured.released(
        place, {"ACC05": 3, "ACC06": 2}, follows=first, title="Second look",
        found=[("advice", "Join the lists"), ("strength", "One door")],
    )  # fmt: skip
    taken = matured.forward(again, finding=again.findings.get(kind="advice"))
    filling.accepted(taken.recommendation)
    content = frozen(programme)
    [told] = facts_of(content).maturity.reviews
    assert (told.title, told.before) == ("Second look", "First look, October 2025")
    assert told.audience == "Released to the programme: its staff and its commissioners."
    assert told.absent.startswith("Not at the table: Council, Schools and colleges")
    [access] = told.domains
    assert (access.middle, access.sentence, access.change) == (
        "Between Developing and Maturing", "1 Maturing and 1 Developing. 8 not agreed.", "1 higher and 1 lower",
    )  # fmt: skip
    assert told.changes == (
        "Waiting standards and milestones: From Emerging to Maturing",
        "Breach review and escalation: From Maturing to Developing",
    )
    full, outside = section(content), section(content, Edition.COMMISSIONER)
    assert "Agree one list of waits" in words(full)
    assert "No work" in words(full)
    assert "Agree one list of waits" not in words(outside)
    assert "Between Developing and Maturing" in words(outside)
    assert "Who may read this: Released to the programme" in words(outside)
    assert section(content, Edition.HIGHLIGHT) is None
    assert section(content, Edition.YOUNG_PEOPLE) is None


def test_the_workbook_has_a_row_for_each_domain_and_keeps_advice_inside(place, programme):
    review = matured.released(place, {"ACC05": 2}, title="First look", found=[("advice", "Join the lists")])
    filling.accepted(matured.forward(review, finding=review.findings.get(kind="advice")).recommendation)
    content = frozen(programme)
    inside, outside = (
        openpyxl.load_workbook(io.BytesIO(documents.made(content, edition, Format.XLSX).content))
        for edition in (Edition.FULL, Edition.COMMISSIONER)
    )
    for book in (inside, outside):
        rows = [[cell.value for cell in row] for row in book["Maturity"].iter_rows(min_row=2)]
        assert [(row[0], row[1], row[4]) for row in rows] == [("First look", place.name, "Developing")]
        assert rows[0][-1].startswith("Released to the programme")
    assert inside["Maturity advice"]["C2"].value == "Agree one list of waits"
    assert "Maturity advice" not in outside.sheetnames


def test_no_level_is_ever_a_rating_or_a_decimal(place, programme):
    matured.released(place, {f"ACC{n:02}": level for n, level in enumerate([1, 2, 2, 3], start=1)})
    made = section(frozen(programme))
    cells = [cell for block in made.blocks if hasattr(block, "rows") for row in block.rows for cell in row]
    assert cells
    assert all(isinstance(cell, Cell) and cell.rating is None for cell in cells)
    assert "1.5" not in words(made)
    assert "2." not in words(made).replace("2. ", "")


def test_somebody_elses_words_are_never_markup_in_the_report(place, programme):
    matured.released(place, {"ACC05": 1}, title="<script>alert(1)</script>", found=[("strength", "<b>bold</b>")])
    drawn = board_web_page(frozen(programme), Edition.FULL)
    assert "<script>alert(1)" not in drawn
    assert "<b>bold" not in drawn
    assert "&lt;b&gt;bold" in drawn


def test_a_visit_without_scores_is_told_without_a_table(place, programme):
    review = matured.begun(place, kind=Kind.VISIT, title="Visit")
    noting.find(review=review, findings=[noting.Found("advice", matured.domain(), "Join")], by=None)
    matured.move(review, State.RELEASED)
    [told] = report_sections.maturity(programme, LATER).reviews
    assert (told.domains, told.absent, [each.state for each in told.advice]) == ((), "", ["Not taken forward"])


def test_a_record_frozen_before_this_section_still_opens_and_has_none(programme):
    content = frozen(programme)
    del content["maturity"]
    assert facts_of(content).maturity.reviews == ()
    assert section(content) is None


def test_the_report_asks_as_often_however_much_was_scored(programme):
    def asked(many: int) -> int:
        own = work.programme(f"Of {many}")
        place = matured.place_of(own, f"Place {many}")
        codes = {f"ACC{n:02}": 2 for n in range(1, many + 1)}
        found = [("advice", f"Do {n}") for n in range(many)]
        review = matured.released(place, codes, title=f"Look {many}", found=found)
        for finding in review.findings.all():
            matured.forward(review, finding=finding)
        with CaptureQueriesContext(connection) as queries:
            report_sections.maturity(own, LATER)
        return len(queries)

    assert asked(1) == asked(3)
