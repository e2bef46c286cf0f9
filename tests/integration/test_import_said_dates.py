"""Dates said in updates, through an import and its review: slips nobody announced show on the plan, and are undone."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.models import ImportBatch
from programme.refusals import Refused
from programme.roles import Role
from tests.conftest import ROOT
from tests.factories import people, work
from workstreams import narrative
from workstreams.actions import importing, milestones, reviewing, undoing
from workstreams.actions import workstreams as actions
from workstreams.models import ImportReview, Milestone, MilestoneDate, Workstream
from workstreams.views.plan import plan_rows

pytestmark = pytest.mark.django_db

PAGE = """Community orchard
Lead: Jo Fern

May 2025 update:
- The heritage bus will now launch in the summer.
- Planting was finished in April.

March 2025 update:
- The heritage bus is due to launch in May.
- The tool library opens in September 2025.

January 2025 update:
- Launch of the heritage bus planned for March 2025.
- Planting to finish by the end of March.
"""
JULY = "July 2025 update:\n- The heritage bus will launch in autumn 2025.\n\n"
BUS, SECOND, FIRST = "d5.0", "d9.0", "d13.0"
PLANTED, PLANTING = "d6.0", "d14.0"


@pytest.fixture
def programme(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    return work.programme("Greener Vale")


@pytest.fixture
def office(programme):
    return people.member(programme, Role.OFFICE, "Ife Marrow")


@pytest.fixture
def client(office):
    client = Client()
    client.force_login(office)
    return client


def url(programme, name, *keys):
    return reverse(name, args=[programme.slug, *keys])


@pytest.fixture
def review(programme, office):
    return reviewing.begin(programme=programme, source="Our page", text=PAGE, by=office)


def posted(client, review, **fields: Any):
    current = ImportReview.objects.get(pk=review.pk)
    return client.post(url(review.programme, "import-review", review.pk), {"version": current.version, **fields})


def moves(workstream):
    """Each milestone of a plan with how its date moved."""
    rows = plan_rows(workstream, work.TODAY)
    return {row.milestone.title: (row.when_words, row.standing.movement) for row in rows}


BUS_MOVED = ("Summer 2025", "Moved twice: was March 2025, now 92 to 153 days later")


def imported(programme, text=PAGE, **options: Any):
    return importing.import_page(
        programme=programme, parsed=narrative.parse(text), source="page.txt", text=text, by=None, **options
    )


# -- importing ---------------------------------------------------------------------------------------------------------


def test_a_date_said_again_in_later_months_shows_as_moved_on_the_plan(programme):
    summary = imported(programme)

    assert moves(programme.workstreams.get())["Launch of the heritage bus"] == BUS_MOVED
    assert summary.counts["move"] == 2
    assert "2 changed dates" in summary.added


def test_each_statement_stands_in_its_month_with_its_sentence_line_and_import(programme):
    batch = imported(programme).batch

    bus = Milestone.objects.get(title="Launch of the heritage bus")
    stated = [(d.statement, d.words, d.at.date(), d.source_line, d.batch) for d in bus.dates.order_by("at")]
    assert stated == [
        ("forecast", "March 2025", date(2025, 1, 31), 13, batch),
        ("forecast", "May", date(2025, 3, 31), 9, batch),
        ("forecast", "the summer", date(2025, 5, 31), 5, batch),
    ]
    reasons = [d.reason for d in bus.dates.order_by("at")]
    assert reasons[1] == "Said in the March 2025 update: “The heritage bus is due to launch in May.”"
    assert not MilestoneDate.objects.filter(statement="baseline").exists()


def test_what_is_said_once_and_is_past_is_left_to_a_person(programme):
    imported(programme)

    assert "Planting to finish" not in moves(programme.workstreams.get())
    assert not MilestoneDate.objects.filter(statement="actual").exists()


def test_the_same_page_again_states_nothing_twice(programme):
    imported(programme)
    before = MilestoneDate.objects.count()

    again = imported(programme)

    assert (again.added, MilestoneDate.objects.count()) == ("nothing", before)


def test_a_later_page_moves_the_milestone_an_earlier_page_began(programme):
    imported(programme)
    later = PAGE.replace(
        "May 2025 update", "July 2025 update:\n- The heritage bus will launch in autumn 2025.\n\nMay 2025 update"
    )

    summary = imported(programme, later)

    assert summary.counts == {"update": 1, "bullet": 1, "move": 1}
    assert moves(programme.workstreams.get())["Launch of the heritage bus"][0] == "Autumn 2025"


def test_a_milestone_of_the_programme_is_found_by_its_alias_and_keeps_its_baseline(programme):
    mine = actions.add(programme=programme, name="Community orchard", by=None)
    early = datetime(2024, 12, 1, 9, tzinfo=UTC)
    rolling = milestones.add(workstream=mine, title="Bus rolls", when=work.said("February 2025"), by=None, at=early)
    rolling.aliases = ["Heritage bus launch"]
    rolling.save()

    imported(programme)

    assert moves(mine)["Bus rolls"] == ("Summer 2025", "Moved 3 times: was February 2025, now 120 to 184 days later")
    assert rolling.dates.get(statement="baseline").words == "February 2025"
    assert Milestone.objects.get(pk=rolling.pk).version == rolling.version + 3


def test_what_a_page_said_before_the_baseline_was_set_does_not_count_against_it(programme):
    mine = actions.add(programme=programme, name="Community orchard", by=None)
    milestones.add(workstream=mine, title="Heritage bus launch", when=work.said("March 2027"), by=None)

    summary = imported(programme)

    assert moves(mine)["Heritage bus launch"] == ("March 2027", "")
    assert [s for s in summary.skipped if "baseline was set later" in s]


def test_undo_takes_back_the_dates_and_leaves_what_was_there(programme):
    mine = actions.add(programme=programme, name="Community orchard", by=None)
    early = datetime(2024, 12, 1, 9, tzinfo=UTC)
    launch = milestones.add(workstream=mine, title="Heritage bus launch", when=work.said("May 2025"), by=None, at=early)
    batch = imported(programme).batch
    assert batch is not None
    assert launch.dates.count() == 4

    undoing.undo_import(batch=batch, by=None)

    assert [d.words for d in launch.dates.all()] == ["May 2025"]
    assert [m.title for m in mine.milestones.all()] == ["Heritage bus launch"]


def test_an_import_whose_milestone_a_later_page_moved_cannot_be_undone_first(programme):
    first = imported(programme).batch
    later = PAGE.replace(
        "May 2025 update", "July 2025 update:\n- The heritage bus will launch in autumn 2025.\n\nMay 2025 update"
    )
    second = imported(programme, later).batch
    assert first is not None
    assert second is not None

    with pytest.raises(Refused, match="changed the date of one of its milestones"):
        undoing.undo_import(batch=first, by=None)
    undoing.undo_import(batch=second, by=None)
    undoing.undo_import(batch=first, by=None)

    assert not Milestone.objects.exists()


# -- the review --------------------------------------------------------------------------------------------------------


def test_the_review_offers_every_date_with_its_sentence_and_what_it_looks_like(client, programme, review):
    page = client.get(url(programme, "import-review", review.pk)).content.decode()

    assert "6 dates said in updates" in page
    assert "The heritage bus will now launch in the summer." in page
    assert "Looks like “Launch of the heritage bus”, which was May 2025." in page
    form = client.get(url(programme, "import-review", review.pk)).context["form"]
    chosen = {key: form.answers[key] for key in (FIRST, SECOND, BUS, PLANTED, PLANTING)}
    assert chosen == {FIRST: "new", SECOND: FIRST, BUS: FIRST, PLANTED: "out", PLANTING: "out"}


def test_what_the_review_would_add_is_what_it_adds(client, programme, review):
    would = client.get(url(programme, "import-review", review.pk)).context["summary"].counts

    posted(client, review, confirm="1")

    assert ImportBatch.objects.get().counts == would
    assert moves(programme.workstreams.get())["Launch of the heritage bus"] == BUS_MOVED


def test_a_date_is_left_out_or_confirmed_as_done_as_a_person_says(client, programme, review):
    posted(client, review, **{BUS: "out", PLANTING: "new", PLANTED: PLANTING, "confirm": "1"})

    plan = moves(programme.workstreams.get())
    assert plan["Launch of the heritage bus"] == ("May 2025", "Moved once: was March 2025, now 61 days later")
    planting = Milestone.objects.get(title="Planting to finish")
    assert [d.statement for d in planting.dates.order_by("at")] == ["forecast", "actual"]
    assert planting.dates.get(statement="actual").reason.startswith("Said in the May 2025 update: “Planting")


def test_a_date_cannot_follow_one_that_is_left_out(client, programme, review):
    answer = posted(client, review, **{FIRST: "out", "confirm": "1"})

    assert answer.status_code == 422
    assert "Choose a new milestone for what “Heritage bus" in answer.content.decode()
    assert not Workstream.objects.exists()


def test_what_is_still_to_come_cannot_be_confirmed_as_done(client, programme, office):
    text = PAGE.replace("September 2025", "September 2027")
    review = reviewing.begin(programme=programme, source="Our page", text=text, by=office)

    answer = posted(client, review, **{"d10.0": "new", "d10.0-tense": "done", "confirm": "1"})

    assert answer.status_code == 422
    assert "“September 2027” is still to come" in answer.content.decode()


def test_the_review_of_a_page_put_into_a_workstream_offers_its_milestones(client, programme, review):
    mine = actions.add(programme=programme, name="Growing", by=None)
    early = datetime(2024, 12, 1, 9, tzinfo=UTC)
    launch = milestones.add(workstream=mine, title="Heritage bus launch", when=work.said("May 2025"), by=None, at=early)

    posted(client, review, **{"w1-do": f"to:{mine.pk}", "save": "1"})
    form = client.get(url(programme, "import-review", review.pk)).context["form"]

    assert (f"p{launch.pk}", "Another date of “Heritage bus launch” in the plan") in form.fields[BUS].choices
    # What was chosen before stays chosen; a person picks the milestone there is.
    posted(client, review, **{FIRST: "out", SECOND: f"p{launch.pk}", BUS: f"p{launch.pk}", "confirm": "1"})
    assert moves(mine)["Heritage bus launch"][0] == "Summer 2025"


def test_dates_follow_the_month_that_was_chosen_for_their_update(client, programme, office):
    text = "Community orchard\nLead: Jo Fern\n\nMay update:\n- The heritage bus is due to launch in June.\n"
    review = reviewing.begin(programme=programme, source="Our page", text=text, by=office)

    posted(client, review, u4="May 2024", save="1")

    page = client.get(url(programme, "import-review", review.pk)).content.decode()
    assert "“June” was read as June 2024" in page


# -- milestones confirmed as done --------------------------------------------------------------------------------------

PLAN = """Community orchard
Lead: Jo Fern

Key milestones

April 2024
- Seeds were bought.

June 2024
- Beds were dug.

April 2027
- Greenhouse opens.
"""


@pytest.fixture
def plan(programme, office):
    return reviewing.begin(programme=programme, source="Our plan", text=PLAN, by=office)


def statements():
    return {m.title: [(d.statement, d.words) for d in m.dates.all()] for m in Milestone.objects.all()}


def test_a_milestone_confirmed_as_done_gets_its_window_as_the_actual_date(client, programme, plan):
    posted(client, plan, m7="done", confirm="1")

    assert statements()["Seeds were bought."] == [("actual", "April 2024")]
    assert statements()["Beds were dug."] == [("forecast", "June 2024")]
    seeds = Milestone.objects.get(title="Seeds were bought.")
    assert (seeds.tense, seeds.batch) == ("", ImportBatch.objects.get())
    assert "1 milestone recorded as done" in client.get(url(programme, "import")).content.decode()


def test_all_that_are_said_to_be_done_are_confirmed_with_one_box_and_it_can_be_unticked(client, programme, plan):
    posted(client, plan, **{"w1-confirm": "on", "save": "1"})
    assert ImportReview.objects.get().choices["w1-confirm"] == "on"
    posted(client, plan, save="1")
    assert ImportReview.objects.get().choices["w1-confirm"] == ""

    posted(client, plan, **{"w1-confirm": "on", "confirm": "1"})

    assert statements() == {
        "Seeds were bought.": [("actual", "April 2024")],
        "Beds were dug.": [("actual", "June 2024")],
        "Greenhouse opens.": [("forecast", "April 2027")],
    }


def test_what_has_not_come_yet_cannot_be_confirmed(client, programme, plan):
    answer = posted(client, plan, m13="done", confirm="1")

    assert answer.status_code == 422
    assert "has no date that has come, so it cannot be done yet" in answer.content.decode()


# -- a bounded number of questions to the database ---------------------------------------------------------------------


def section(number):
    return PAGE.replace("Community orchard", f"Community orchard {number}").replace("heritage", f"number {number}")


@pytest.mark.parametrize("known", [False, True], ids=["new", "imported before"])
def test_looking_at_a_review_asks_as_often_for_three_sections_as_for_one(client, programme, known):
    counts = []
    for sections in (1, 3):
        text = "Workstreams\n\n" + "\n".join(section(f"{sections}{n}") for n in range(sections))
        answer = client.post(url(programme, "import"), {"text": text})
        if known:
            client.post(answer["Location"], {"version": 1, "confirm": "1"})
            answer = client.post(url(programme, "import"), {"text": text + "\nThe end\n"})
        client.get(answer["Location"])
        with CaptureQueriesContext(connection) as queries:
            assert client.get(answer["Location"]).context["summary"] is not None
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 40


def test_a_review_notices_that_the_programme_has_changed_since(client, programme, office):
    answer = client.post(url(programme, "import"), {"text": PAGE})
    assert client.get(answer["Location"]).context["summary"].counts["workstream"] == 1

    imported(programme)

    assert client.get(answer["Location"]).context["summary"].added == "nothing"


# -- a real page -------------------------------------------------------------------------------------------------------


def documents() -> Path:
    return Path(os.environ.get("TRACKER_DOCUMENTS") or ROOT.parent / "shared" / "seeds")


def test_a_real_page_shows_its_silent_slips_without_any_help(client, programme):
    found = sorted(documents().glob("000_*.txt"))
    if not found:
        pytest.skip(f"There is no document 000 in {documents()}; TRACKER_DOCUMENTS names the folder.")
    answer = client.post(url(programme, "import"), {"text": found[0].read_text(encoding="utf-8")})
    client.post(answer["Location"], {"version": 1, "confirm": "1"})

    moved = {title: said for title, said in moves(programme.workstreams.get()).items() if "Moved" in said[1]}
    start = next(said for title, said in moved.items() if "0-25" in title)
    base = next(said for title, said in moved.items() if "base" in title)
    assert start[0] == "Spring 2023"
    assert start[1].startswith("Moved once: was January 2023")
    assert base[0] == "March 2023"
    assert base[1].startswith("Moved once: was February 2023")
