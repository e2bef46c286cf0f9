"""The plan of a workstream: milestones added, moved and done in place, with HTMX and without."""

import re

import pytest

from programme.roles import Role
from tests.factories import people, work
from tests.integration.markup import faults, markup
from workstreams.actions import milestones
from workstreams.models import Milestone, MilestoneDate

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
PLAN = "/p/own/workstreams/crisis-care/plan/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def workstream():
    return work.workstream(work.programme("Own"), "Crisis care")


@pytest.fixture
def lead(workstream, client):
    account = work.lead_of(workstream)
    client.force_login(account)
    return account


@pytest.fixture
def milestone(workstream):
    return work.milestone(workstream, "Rota agreed", when="December 2026")


def stated() -> list[tuple[str, str, str]]:
    return [(d.statement, d.words, d.reason) for d in MilestoneDate.objects.order_by("pk")]


MOVE = {"version": 1, "when": "early March 2027", "reason": "The supplier is late"}


def test_a_milestone_is_added_with_its_baseline(lead, client):
    answer = client.post(f"{PLAN}add/", {"title": "Rota agreed", "when": "Spring 2027"})
    assert (answer.status_code, answer.headers["Location"]) == (302, PLAN)
    assert stated() == [("baseline", "Spring 2027", "")]
    assert "“Rota agreed” has been added to the plan." in markup(client.get(PLAN)).words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"title": "", "when": "March 2027"}, "Enter what will be delivered"),
        ({"title": "Rota agreed", "when": ""}, "Enter when it is due"),
        ({"title": "Rota agreed", "when": "as soon as we can"}, "Enter a date such as 24 December 2026"),
        ({"title": "Rota agreed", "when": "Winter 2026"}, "can be read in more than one way"),
    ],
)
def test_what_cannot_be_read_is_said_and_what_was_typed_stays(lead, client, words, said):
    answer = client.post(f"{PLAN}add/", words)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert said in page.classed("nhsuk-error-summary")[0].text
    assert {e["name"]: e["value"] for e in page.all("input") if e["name"] in words} == words
    assert Milestone.objects.count() == 0


@pytest.mark.parametrize("words", ["Winter 2026", "Q1 2027"])
def test_each_reading_that_is_offered_for_a_date_can_be_typed(lead, client, words):
    answer = client.post(f"{PLAN}add/", {"title": "Rota agreed", "when": words})
    said = markup(answer).classed("nhsuk-error-summary")[0].text
    offered = re.findall("“([^”]+)”", said)[1:]
    assert len(offered) == 2
    for reading in offered:
        assert client.post(f"{PLAN}add/", {"title": reading, "when": reading}).status_code == 302
    assert [words for _, words, _ in stated()] == offered


def test_the_form_comes_in_place_of_the_row_and_goes_away_again(lead, client, milestone):
    for end in ("date/", "done/", ""):
        part = markup(client.get(f"{PLAN}{milestone.pk}/{end}", headers=HTMX))
        assert faults(part, part=True) == []
        assert [e["id"] for e in part.all("tr")] == [f"milestone-{milestone.pk}"]
        assert part.all("html") == []
    whole = markup(client.get(f"{PLAN}{milestone.pk}/date/"))
    assert faults(whole) == []
    assert [e.text.strip() for e in whole.all("h1")] == ["Change the date"]


def test_a_date_changed_in_place_gives_the_row_and_the_plans_sentence_with_it(lead, client, milestone):
    answer = client.post(f"{PLAN}{milestone.pk}/date/", MOVE, headers=HTMX)
    part = markup(answer)
    assert (answer.status_code, answer.headers.get("Location")) == (200, None)
    assert [e["id"] for e in part.all("tr")] == [f"milestone-{milestone.pk}"]
    assert "Moved once: was December 2026" in part.source
    sentence = part.by_id("plan-sentence")
    assert (sentence["hx-swap-oob"], sentence.text) == ("true", "1 milestone: 1 planned.")
    assert sentence.text == markup(client.get(PLAN)).by_id("plan-sentence").text
    assert stated() == [("baseline", "December 2026", ""), ("forecast", "early March 2027", "The supplier is late")]


def test_a_date_changed_without_htmx_leads_back_to_the_plan(lead, client, milestone):
    answer = client.post(f"{PLAN}{milestone.pk}/date/", MOVE)
    assert (answer.status_code, answer.headers["Location"]) == (302, PLAN)
    assert "“Rota agreed” has been saved." in markup(client.get(PLAN)).words


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "part"])
def test_a_date_without_a_reason_is_refused_beside_the_words_typed(lead, client, milestone, headers):
    answer = client.post(f"{PLAN}{milestone.pk}/date/", MOVE | {"reason": ""}, headers=headers)
    page = markup(answer)
    assert (answer.status_code, faults(page, part=bool(headers))) == (422, [])
    assert "Say why the date changes" in page.classed("nhsuk-error-summary")[0].text
    assert page.by_id("id_when")["value"] == "early March 2027"
    assert bool(page.all("html")) is not bool(headers)
    assert len(stated()) == 1


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "part"])
def test_a_stale_save_shows_the_date_as_it_stands_above_what_was_typed(lead, client, milestone, headers):
    milestones.move(milestone=milestone, when=work.said("June 2027"), reason="Theirs", version=1, by=lead)
    answer = client.post(f"{PLAN}{milestone.pk}/date/", MOVE, headers=headers)
    page = markup(answer)
    assert (answer.status_code, faults(page, part=bool(headers))) == (409, [])
    assert "Somebody else has changed this milestone since you opened it." in page.source
    assert "June 2027" in page.source
    assert page.by_id("id_when")["value"] == "early March 2027"
    assert page.by_id("id_reason").text.strip() == "The supplier is late"
    version = next(e["value"] for e in page.all("input") if e["name"] == "version")
    assert [words for _, words, _ in stated()] == ["December 2026", "June 2027"]
    assert client.post(f"{PLAN}{milestone.pk}/date/", MOVE | {"version": version}).status_code == 302


def test_the_same_change_sent_twice_is_stated_once(lead, client, milestone):
    answers = [client.post(f"{PLAN}{milestone.pk}/date/", MOVE).status_code for _ in range(2)]
    assert answers == [302, 409]
    assert len(stated()) == 2


def test_a_milestone_is_done_once_and_never_in_the_future(lead, client, milestone):
    address = f"{PLAN}{milestone.pk}/done/"
    future = client.post(address, {"version": 1, "when": "December 2026"}, headers=HTMX)
    assert (future.status_code, "Enter a date that is not in the future" in future.content.decode()) == (422, True)
    done = markup(client.post(address, {"version": 1, "when": "2 November 2026"}, headers=HTMX))
    assert "Planned for December 2026" in done.source
    again = client.post(address, {"version": 2, "when": "3 November 2026"})
    assert (again.status_code, "already been recorded as done" in again.content.decode()) == (422, True)
    moved = client.post(f"{PLAN}{milestone.pk}/date/", MOVE | {"version": 2})
    assert (moved.status_code, "Its date can no longer move" in moved.content.decode()) == (422, True)
    assert [kind for kind, _, _ in stated()] == ["baseline", "actual"]


def test_who_may_only_read_sees_the_plan_without_anything_to_change(workstream, client, milestone):
    client.force_login(people.member(workstream.programme, Role.READER))
    for address in (PLAN, f"{PLAN}{milestone.pk}/"):
        page = markup(client.get(address))
        assert [e["href"] for e in page.elements if e["href"].endswith(("/date/", "/done/", "/add/"))] == []
        assert [e for e in page.elements if e["hx-post"] or e["hx-get"].endswith("/date/")] == []


def test_every_date_ever_stated_is_shown_newest_first(lead, client, workstream):
    made = work.milestone(workstream, "Line opens", when="June 2026", moved_to=["July 2026", "December 2026"])
    page = markup(client.get(f"{PLAN}{made.pk}/"))
    rows = [" ".join(e.text.split()) for e in page.all("th") if e["scope"] == "row"]
    assert rows == ["Date December 2026", "Date July 2026", "Date June 2026"]
    assert "Moved twice: was June 2026" in page.words
