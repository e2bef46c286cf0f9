"""A workstream in plain language: written, checked for its reading age, kept in versions."""

import pytest

from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import people, work
from tests.integration.markup import faults, markup
from workstreams.actions import plain
from workstreams.models import PlainPage

pytestmark = pytest.mark.django_db

PLAIN = "/p/own/workstreams/crisis-care/plain/"
TYPED = {"version": 0, "doing": "We open the phone line at night.", "next": "We will ask you how it went."}
HARD = "The workstream facilitates collaborative transformation of multi-agency CYP pathways. " * 4


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def workstream():
    return work.workstream(work.programme("Own"), "Crisis care")


@pytest.fixture
def writer(workstream, client):
    account = people.member(workstream.programme, Role.PARTICIPATION)
    client.force_login(account)
    return account


def test_the_page_is_written_and_read(writer, client):
    empty = markup(client.get(PLAIN))
    assert (faults(empty), "Nothing has been written for young people" in empty.words) == ([], True)
    assert faults(markup(client.get(f"{PLAIN}edit/"))) == []
    answer = client.post(f"{PLAIN}edit/", TYPED)
    assert (answer.status_code, answer.headers["Location"]) == (302, PLAIN)
    saved = PlainPage.objects.get()
    assert (saved.number, saved.by, saved.doing, saved.why) == (1, writer, TYPED["doing"], "")
    page = markup(client.get(PLAIN))
    assert faults(page) == []
    headings = [e.text for e in page.all("h2")]
    assert headings.index("What happens next") == headings.index("What we are doing") + 1


def test_hard_words_are_pointed_at_and_saved_all_the_same(writer, client):
    assert client.post(f"{PLAIN}edit/", TYPED | {"doing": HARD}).status_code == 302
    page = markup(client.get(PLAIN))
    assert faults(page) == []
    assert "The page has been saved. These words need a reading age of about 22. Aim for about 11." in page.words
    assert "CYP and Workstream. The glossary says each in other words." in page.words


def test_the_reading_age_is_checked_without_saving(writer, client):
    answer = client.post(f"{PLAIN}edit/", TYPED | {"doing": HARD, "check": "1"})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (200, [])
    assert "These words need a reading age of about 22." in page.words
    assert page.by_id("id_doing").text.strip() == HARD.strip()
    assert PlainPage.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"doing": ""}, "Enter what you are doing"), ({"told": "my son Ben said so"}, "“Ben” looks like the name")],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(writer, client, typed, said):
    answer = client.post(f"{PLAIN}edit/", TYPED | typed)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert said in page.classed("nhsuk-error-summary")[0].text
    assert page.by_id("id_next").text.strip() == TYPED["next"]


def test_every_version_stays(writer, client, workstream):
    for version in range(2):
        plain.save(workstream=workstream, texts={"doing": f"Text {version + 1}"}, version=version, by=writer)
    assert "Text 2" in markup(client.get(PLAIN)).words
    older = markup(client.get(f"{PLAIN}?version=1"))
    assert (faults(older), "Text 1" in older.words, "This is version 1" in older.words) == ([], True, True)
    assert client.get(f"{PLAIN}?version=3").status_code == 404


def test_a_stale_save_shows_both_texts(writer, client, workstream):
    plain.save(workstream=workstream, texts={"doing": "Their text"}, version=0, by=None)
    answer = client.post(f"{PLAIN}edit/", TYPED)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (409, [])
    assert "Their text" in page.words
    assert page.by_id("id_doing").text.strip() == TYPED["doing"]
    version = next(e["value"] for e in page.all("input") if e["name"] == "version")
    assert client.post(f"{PLAIN}edit/", TYPED | {"version": version}).status_code == 302
    with pytest.raises(Stale):
        plain.save(workstream=workstream, texts={"doing": "Late"}, version=1, by=None)
    with pytest.raises(Refused):
        plain.save(workstream=workstream, texts={"why": "No more"}, version=2, by=None)


def test_staff_read_it_and_do_not_see_how_it_scores(client, workstream):
    plain.save(workstream=workstream, texts={"doing": HARD}, version=0, by=None)
    client.force_login(people.member(workstream.programme, Role.READER))
    page = markup(client.get(PLAIN))
    assert faults(page) == []
    assert "How easy it is to read" not in page.words
    assert client.get(f"{PLAIN}edit/").status_code == 403
