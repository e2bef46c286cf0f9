"""What was merged counts as what it became: in an import, its review, the last update and the dashboard's months."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from programme.actions import programmes
from programme.roles import Role
from programme.status import Rag
from reporting.dashboard import picture
from tests.factories import people, work
from workstreams import narrative, sent_updates
from workstreams.actions import importing, reviewing
from workstreams.actions import workstreams as actions

pytestmark = pytest.mark.django_db

PAGE = """Crisis line
Lead: Lee Second

September 2026 update:
- The line is open.

August 2026 update:
- The line was tested.
"""


@pytest.fixture
def programme(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    return work.programme("Own")


@pytest.fixture
def office(programme):
    return people.member(programme, Role.OFFICE, "Olu Office")


@pytest.fixture
def crisis(programme, office):
    """A workstream into which another was merged that had told September."""
    crisis = work.workstream(programme, "Crisis care", lead=people.user("Dana Whitlock"))
    double = work.workstream(programme, "Crisis line", lead=people.user("Lee Other"))
    work.sent_update(double, work.SEPTEMBER, rating=Rag.RED)
    actions.merge(duplicate=double, into=crisis, by=office, reason="Entered twice")
    return crisis


def strip_of(programme, workstream):
    seen = picture(programme, work.period(programme, work.OCTOBER), work.TODAY)
    line = next(line for line in seen.lines if line.pk == workstream.pk)
    return {cell.label: cell.rating for cell in line.strip}


def test_the_months_of_a_merged_workstream_are_there_already(programme, crisis):
    summary = importing.import_page(
        programme=programme, parsed=narrative.parse(PAGE), source="page", text=PAGE, by=None,
        at=datetime(2026, 11, 4, 12, tzinfo=UTC),
    )  # fmt: skip

    assert summary.skipped == ("Crisis care, September 2026: there is an update already.",)
    assert summary.counts["update"] == 1
    assert {str(update.period) for update in crisis.updates.all()} == {"August 2026"}


def test_the_review_puts_the_page_of_a_merged_workstream_into_what_it_became(programme, crisis, office):
    client = Client()
    client.force_login(office)
    double = people.person("Lee Second")
    programmes.merge_people(duplicate=double, into=people.person("L Second"), by=office, reason="Entered twice")
    review = reviewing.begin(programme=programme, source="Page", text=PAGE, by=office)

    shown = client.get(reverse("import-review", args=[programme.slug, review.pk])).context

    assert shown["form"].answers["w1-do"] == f"to:{crisis.pk}"
    assert [each.known for each in shown["rows"][0].settled] == [True, False]
    assert shown["rows"][0].people == [("Lee Second", True)]


def test_what_a_duplicate_told_is_the_last_update_until_something_newer_is_told(programme, crisis):
    told = sent_updates.latest(crisis)
    assert told is not None
    assert (str(told.update.period), told.rating) == ("September 2026", Rag.RED)
    assert strip_of(programme, crisis)["September 2026"] is Rag.RED

    work.sent_update(crisis, work.OCTOBER, rating=Rag.GREEN, reason="Both posts are filled.")
    newer = sent_updates.latest(crisis)
    assert newer is not None
    assert (str(newer.update.period), newer.rating) == ("October 2026", Rag.GREEN)


def test_where_both_told_a_month_the_workstreams_own_words_count(programme, crisis):
    work.sent_update(crisis, work.SEPTEMBER, rating=Rag.AMBER)

    told = sent_updates.latest(crisis)

    assert told is not None
    assert (told.update.workstream, told.rating) == (crisis, Rag.AMBER)
    assert strip_of(programme, crisis)["September 2026"] is Rag.AMBER
