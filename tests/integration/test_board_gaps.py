"""What the map has to tell a board report: in a fixed number of queries, frozen, every name printed as text."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.clock import now
from reporting.board_html import board_html
from tests.factories import filling, mapped, work
from thrive import report_sections
from thrive.reported import FilledTold, GapsTold, GapTold

SNAPSHOT = Path(__file__).parent.parent / "data/snapshot_v3.json"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def town(programme):
    return mapped.place(programme, "Harbour")


def told(programme) -> GapsTold:
    return report_sections.gaps(programme, now())


def answered(programme, town, name="Hub", title="No shared plan"):
    gap = filling.accepted_gap(filling.gap(town, title=title))
    said = filling.recommendation(town, gap, text=f"Do what {name} needs")
    milestone = work.milestone(work.workstream(programme, name), "Panel meets", when="March 2027")
    filling.work_for(said, milestone=milestone)
    return gap


def test_a_programme_without_gaps_tells_nothing(programme, town):
    assert told(programme) == GapsTold()


def test_accepted_gaps_and_what_fills_them_are_told_and_what_lacks_work_comes_first(programme, town):
    answered(programme, town)
    filling.accepted_gap(filling.gap(town, title="No panel"))
    filling.gap(town, title="Not decided")
    filling.recommendation(town, text="Not decided either")
    filling.accepted(filling.recommendation(town, text="Pay for interpreters"))
    assert told(programme) == GapsTold(
        "2 accepted gaps, 1 of them with nothing to fill it and 1 not decided. 1 of 2 accepted recommendations has no "
        "living work and 1 recommendation waits for a decision.",
        (GapTold("No shared plan", "Harbour", is_answered=True), GapTold("No panel", "Harbour")),
        (
            FilledTold("Pay for interpreters", "Harbour", "No work", lacks_work=True, owner="Olu Ade",
                       wanted_by="30 June 2027"),
            FilledTold("Do what Hub needs", "Harbour", "Work goes on", owner="Olu Ade", wanted_by="30 June 2027",
                       milestones=("Panel meets (Hub), March 2027",)),
        ),
    )  # fmt: skip


def test_work_of_another_programme_is_counted_and_not_named(programme, town):
    other = work.programme("Other")
    other.places.add(town)
    answered(other, town, name="Their hub")
    [each] = told(programme).recommendations
    assert (each.state, each.milestones) == ("Work goes on", ())


def test_it_asks_as_often_for_three_as_for_one(programme, town):
    counts = []
    for names in (("One",), ("Two", "Three")):
        for name in names:
            answered(programme, town, name=name, title=name)
        with CaptureQueriesContext(connection) as asked:
            told(programme)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_names_with_markup_are_printed_as_text(programme, town):
    answered(programme, town, name="<b>Hub</b>", title="<script>alert(1)</script>")
    filling.accepted_gap(filling.gap(town, title="<img src=x>"))
    page = board_html(json.loads(SNAPSHOT.read_text(encoding="utf-8")) | {"gaps": asdict(told(programme))})
    assert "Gaps, and what will fill them" in page
    assert [tag for tag in ("<b>Hub", "<script>alert", "<img src=x") if tag in page] == []
    for wanted in ("&lt;img src=x&gt;", "&lt;b&gt;Hub&lt;/b&gt;"):
        assert wanted in page
