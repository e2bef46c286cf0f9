"""Importing a programme page: everything read is saved once, in one piece, and knows the line it came from."""

import json
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from programme.actions import periods, programmes
from programme.models import ImportBatch, Person, Programme, ReportingPeriod
from programme.refusals import Refused
from workstreams import narrative
from workstreams.actions import importing, milestones
from workstreams.actions import workstreams as work
from workstreams.models import (
    Assignment,
    Milestone,
    MilestoneDate,
    MonthlyUpdate,
    Objective,
    UpdateEvent,
    UpdateItem,
    UpdateRevision,
    Workstream,
    WorkstreamStatus,
)

pytestmark = pytest.mark.django_db

PAGES = Path(__file__).parent.parent / "data" / "pages"
ONE, SEVERAL = PAGES / "one_workstream.txt", PAGES / "several_workstreams.txt"
WHEN = datetime(2026, 11, 18, 15, tzinfo=UTC)
IMPORTED = (
    Person, Workstream, WorkstreamStatus, Assignment, Objective, Milestone, MilestoneDate, ReportingPeriod,
    MonthlyUpdate, UpdateRevision, UpdateItem, UpdateEvent,
)  # fmt: skip
KNOW_THEIR_LINE = (
    Workstream, WorkstreamStatus, Assignment, Objective, Milestone, MilestoneDate, MonthlyUpdate, UpdateItem
)  # fmt: skip


@pytest.fixture
def programme():
    return programmes.create(name="Greener Vale", slug="greener-vale", by=None)


def imported(programme, path, **options):
    text = path.read_text(encoding="utf-8")
    options = {"source": path.name, "by": None, "at": WHEN} | options
    return importing.import_page(programme=programme, parsed=narrative.parse(text), text=text, **options)


def rows():
    return {model.__name__: model.objects.count() for model in (*IMPORTED, ImportBatch, Programme)}


def test_a_page_of_one_workstream_is_saved_with_its_months(programme):
    summary = imported(programme, ONE)

    workstream = programme.workstreams.get()
    assert workstream.name == "Quiet rooms in schools"
    assert "calm down" in workstream.purpose
    assert [a.person.name for a in workstream.assignments.all()] == ["Marta Hollowell"]
    assert list(workstream.objectives.values_list("number", "is_priority")) == [(1, False), (2, False), (3, False)]
    months = workstream.updates.values_list("period__month", "period__kind").order_by("period__month")
    assert list(months) == [(date(2023, 11, 1), "history"), (date(2024, 2, 1), "history")]
    november = workstream.updates.get(period__month=date(2023, 11, 1)).revisions.get()
    assert [item.text for item in november.items.all()][2] == "Furniture has been ordered."
    assert not november.ratings.exists()
    assert summary.added == (
        "1 workstream, 1 person, 1 lead, 1 status, 3 objectives, 2 monthly updates, 5 bullets and 1 milestone"
    )
    assert summary.batch is not None
    assert summary.batch.counts == summary.counts


def test_a_page_of_several_is_saved_with_how_each_stands_and_its_milestones(programme):
    summary = imported(programme, SEVERAL)

    stands = {w.name: list(w.statuses.values_list("status", "since_words")) for w in programme.workstreams.all()}
    assert stands == {
        "Walking groups": [("current", "Not stated on the page")],
        "Letters in plain English": [("current", "Not stated on the page")],
        "Text reminders": [("current", "Not stated on the page"), ("completed", "January 2025")],
    }
    assert Person.objects.filter(name="Olumide Farrow").count() == 1
    walk = Milestone.objects.get(title="All neighbourhoods will have a weekly walk.")
    assert walk.tense == Milestone.Tense.PLANNED
    stated = walk.dates.get()
    assert (stated.statement, stated.start, stated.end) == ("forecast", date(2027, 9, 1), date(2027, 9, 30))
    assert not MilestoneDate.objects.filter(statement="baseline").exists()
    winter = MilestoneDate.objects.get(ambiguous=True)
    assert winter.words == "Winter 2025"
    assert any("Winter 2025" in sentence for sentence in summary.to_check)


def test_every_row_knows_its_import_and_its_line(programme):
    for path in (ONE, SEVERAL):
        batch = imported(programme, path).batch
        lines = path.read_text(encoding="utf-8").splitlines()
        for model in KNOW_THEIR_LINE:
            for row in model.objects.filter(batch=batch):
                assert row.source_line in range(1, len(lines) + 1), row
    for kind in IMPORTED:
        assert not kind.objects.filter(batch=None).exists(), kind
    item = UpdateItem.objects.get(text="Furniture has been ordered.")
    assert item.source_line is not None
    assert ONE.read_text(encoding="utf-8").splitlines()[item.source_line - 1] == "- Furniture has been ordered."


@pytest.mark.parametrize("path", [ONE, SEVERAL], ids=["one", "several"])
def test_the_same_page_again_adds_nothing_and_says_so(programme, path):
    imported(programme, path)
    before = rows()

    again = imported(programme, path)

    assert rows() == before
    assert (again.batch, again.added) == (None, "nothing")
    assert len(again.skipped) == MonthlyUpdate.objects.count() + Milestone.objects.count()


def test_the_same_page_with_one_more_month_adds_that_month(programme):
    imported(programme, ONE)
    text = ONE.read_text(encoding="utf-8").replace(
        "February update:", "March update:\n- The tenth room opens in April 2024.\n\nFebruary update:"
    )

    summary = importing.import_page(
        programme=programme, parsed=narrative.parse(text), source="later.txt", text=text, by=None, at=WHEN
    )

    assert summary.counts == {"update": 1, "bullet": 1}
    assert programme.workstreams.get().updates.count() == 3


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(programme):
    before = rows()

    summary = imported(programme, SEVERAL, dry_run=True)

    assert rows() == before
    assert summary.batch is None
    assert summary.counts["workstream"] == 3


def test_a_failure_half_way_leaves_nothing(programme, monkeypatch):
    before, add = rows(), milestones.add

    def fails_at_the_last(**fields):
        if fields["title"].startswith("Reminders"):
            raise RuntimeError("the database went away")
        return add(**fields)

    monkeypatch.setattr(milestones, "add", fails_at_the_last)
    with pytest.raises(RuntimeError, match="went away"):
        imported(programme, SEVERAL)

    assert rows() == before


def test_people_and_workstreams_known_by_another_name_are_not_doubled(programme):
    marta = Person.objects.create(name="Dr M Hollowell", aliases=["Marta Hollowell"])
    rooms = work.add(programme=programme, name="Calm rooms", aliases=["Quiet rooms in schools"], by=None)

    imported(programme, ONE)

    assert list(programme.workstreams.all()) == [rooms]
    assert [a.person for a in rooms.assignments.all()] == [marta]


def test_a_month_that_is_closed_is_left_alone(programme):
    period, _ = periods.history_period(programme=programme, month=date(2024, 2, 1), batch=None, by=None)
    periods.close(period=period, by=None)

    summary = imported(programme, ONE)

    assert summary.counts["update"] == 1
    assert [s for s in summary.skipped if "closed" in s] == [
        "Quiet rooms in schools, February 2024: the month is closed and takes corrections only."
    ]


def test_a_month_without_a_year_is_listed_and_not_saved(programme):
    text = "Bike repair\nLead: Ines Marchbank\n\nMay update:\n- The workshop has new tools.\n"

    summary = importing.import_page(
        programme=programme, parsed=narrative.parse(text), source="bikes.txt", text=text, by=None, at=WHEN
    )

    assert not MonthlyUpdate.objects.exists()
    assert [s for s in summary.to_check if "year" in s] == [
        "Line 4: the year of “May update:” is not clear, so the month was left out."
    ]


def test_a_page_without_workstreams_or_with_too_many_is_refused(programme):
    mine = work.add(programme=programme, name="Mine", by=None)
    with pytest.raises(Refused, match="describes 3 workstreams"):
        imported(programme, SEVERAL, workstream=mine)
    with pytest.raises(Refused, match="No workstream was found"):
        importing.import_page(programme=programme, parsed=narrative.parse("Milk\n"), source="x", text="Milk\n", by=None)


# -- the commands ------------------------------------------------------------------------------------------------------


def command(*words):
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_the_command_says_what_was_understood_and_added(programme):
    said = command("import_page", str(ONE), "--programme", "greener-vale")

    assert "2 monthly updates, November 2023 to February 2024" in said
    assert said.splitlines()[-1].startswith("Added 1 workstream, 1 person")
    assert ImportBatch.objects.get().source == "one_workstream.txt"


def test_the_command_makes_the_programme_when_asked_but_not_in_a_dry_run():
    words = ("import_page", str(ONE), "--programme", "new-one", "--create", "A new one")

    assert "nothing was saved" in command(*words, "--dry-run")
    assert not Programme.objects.exists()

    command(*words)
    assert Programme.objects.get().periods.ordinary().count() == 4


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_page_saved_by_any_usual_program_is_read(programme, tmp_path, encoding):
    file = tmp_path / "page.txt"
    file.write_bytes(SEVERAL.read_text(encoding="utf-8").replace("\n", "\r\n").encode(encoding))

    command("import_page", str(file), "--programme", "greener-vale")

    assert programme.workstreams.count() == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, r"There is no file .*page\.txt\."),
        (b" \n\n", r".*page\.txt is empty\."),
        (b"\x89PNG\x00\x81\x8d", r".*page\.txt is not a text file in an encoding that can be read\."),
        (b"Milk\n", "No workstream was found in this text"),
    ],
    ids=["missing", "empty", "picture", "shopping list"],
)
def test_what_cannot_be_imported_is_refused_in_one_sentence(programme, tmp_path, content, sentence):
    file = tmp_path / "page.txt"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError, match=sentence):
        command("import_page", str(file), "--programme", "greener-vale")


def test_a_programme_that_does_not_exist_is_named(programme):
    with pytest.raises(CommandError, match=r"There is no programme “elsewhere” \(there are: greener-vale\)"):
        command("import_page", str(ONE), "--programme", "elsewhere")


def test_parse_page_prints_the_published_form():
    text = SEVERAL.read_text(encoding="utf-8")

    assert json.loads(command("parse_page", str(SEVERAL), "--json")) == narrative.parse(text).as_dict()


def test_parse_dates_prints_one_line_for_each(tmp_path):
    file = tmp_path / "dates.txt"
    file.write_text("14 October 2025\nend of March\t2026-01-01\nnothing here\n", encoding="utf-8")

    lines = [json.loads(line) for line in command("parse_dates", str(file)).splitlines()]

    assert [(line["start"], line["end"]) for line in lines] == [
        ("2025-10-14", "2025-10-14"),
        ("2026-03-21", "2026-03-31"),
        (None, None),
    ]
