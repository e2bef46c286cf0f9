"""The plan of a workstream: milestones added, moved and done in place, with HTMX and without."""

import re

import pytest

from programme.roles import Role
from tests.factories import people, work
from tests.integration.markup import faults, markup
from workstreams.actions import dependencies, milestones
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


# -- what depends on a milestone ---------------------------------------------------------------------------------------


@pytest.fixture
def training(workstream, milestone):
    """A milestone of another workstream that waits for the rota."""
    made = work.milestone(work.workstream(workstream.programme, "Schools"), "Staff trained", when="January 2027")
    dependencies.add(milestone=made, needs=milestone, by=None)
    return made


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "part"])
@pytest.mark.usefixtures("lead", "training")
def test_moving_a_milestone_shows_what_depends_on_it_before_it_is_saved(client, milestone, headers):
    address = f"{PLAN}{milestone.pk}/date/"
    answer = client.post(address, MOVE, headers=headers)
    page = markup(answer)
    assert (answer.status_code, faults(page, part=bool(headers))) == (200, [])
    assert (
        "Its date moves from December 2026 to <strong>early March 2027</strong>. Nothing is saved yet." in page.source
    )
    assert "1 milestone waits for it" in page.source
    assert "Staff trained</a>, Schools: January 2027" in page.source
    assert "Begins before this is done" in page.source
    assert len(stated()) == 2
    typed = {e["name"]: e["value"] for e in page.all("input", "textarea") if e["name"] in MOVE}
    assert typed | {"reason": "The supplier is late"} == {name: str(value) for name, value in MOVE.items()}
    again = client.post(address, MOVE | {"change": "1"}, headers=headers)
    assert (again.status_code, markup(again).by_id("id_when")["value"]) == (200, "early March 2027")
    saved = client.post(address, MOVE | {"confirm": "1"}, headers=headers)
    assert saved.status_code == (200 if headers else 302)
    assert [words for _, words, _ in stated()] == ["December 2026", "January 2027", "early March 2027"]


@pytest.mark.usefixtures("lead")
def test_what_is_done_no_longer_waits(client, milestone, training):
    milestones.complete(milestone=training, when=work.said("2 November 2026"), version=1, by=None)
    assert client.post(f"{PLAN}{milestone.pk}/date/", MOVE).status_code == 302


@pytest.mark.usefixtures("lead")
def test_a_milestones_page_shows_both_ends_of_what_waits(client, milestone, training):
    page = markup(client.get(f"{PLAN}{milestone.pk}/"))
    assert (faults(page), "Staff trained , Schools" in page.words.replace("trained,", "trained ,")) == ([], True)
    other = markup(client.get(f"/p/own/workstreams/schools/plan/{training.pk}/"))
    assert "Begins after this is done" in other.words


@pytest.mark.usefixtures("lead")
def test_what_a_milestone_waits_for_is_said_and_taken_back(client, workstream, milestone):
    other = work.milestone(work.workstream(workstream.programme, "Schools"), "Room found", when="May 2026")
    address = f"{PLAN}{milestone.pk}/waits/"
    page = markup(client.get(address, {"workstream": "schools"}))
    assert (faults(page), "Room found" in page.words) == ([], True)
    added = client.post(address, {"workstream": "schools", "needs": other.pk})
    assert (added.status_code, added.headers["Location"]) == (302, address)
    shown = markup(client.get(address))
    assert "“Rota agreed” waits for “Room found” now." in shown.words
    assert faults(shown) == []
    assert client.post(address, {"remove": other.pk}).status_code == 302
    assert "It waits for no other milestone." in markup(client.get(address)).words
    assert client.post(address, {"remove": other.pk}).status_code == 404


@pytest.mark.usefixtures("lead")
def test_a_circle_is_refused_on_the_page_with_its_chain(client, milestone, training):
    answer = client.post(f"{PLAN}{milestone.pk}/waits/", {"workstream": "schools", "needs": training.pk})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    said = page.classed("nhsuk-error-summary")[0].text
    assert "round in a circle: “Staff trained” waits for “Rota agreed” already" in said


@pytest.mark.usefixtures("lead")
def test_a_milestone_of_another_programme_cannot_be_waited_for(client, milestone):
    strange = work.milestone(work.workstream(work.programme("Other"), "Elsewhere"), "Hidden")
    answer = client.post(f"{PLAN}{milestone.pk}/waits/", {"workstream": "elsewhere", "needs": strange.pk})
    assert (answer.status_code, "Select a milestone from the list" in markup(answer).words) == (422, True)
    assert "Hidden" not in answer.content.decode()


# -- what a milestone is -----------------------------------------------------------------------------------------------

DETAILS = {"version": 1, "title": "Rota signed", "evidence_url": "https://example.nhs.uk/rota", "is_critical": "on"}


@pytest.mark.usefixtures("lead")
def test_what_a_milestone_is_is_changed_on_its_own_page(client, milestone):
    address = f"{PLAN}{milestone.pk}/edit/"
    assert faults(markup(client.get(address))) == []
    saved = client.post(address, DETAILS | {"evidence_label": "The rota"})
    assert (saved.status_code, saved.headers["Location"]) == (302, f"{PLAN}{milestone.pk}/")
    page = markup(client.get(f"{PLAN}{milestone.pk}/"))
    link = next(e for e in page.all("a") if e["href"] == "https://example.nhs.uk/rota")
    assert (link.text, link["rel"]) == ("The rota", "noopener noreferrer nofollow")
    assert faults(page) == []


@pytest.mark.usefixtures("lead")
def test_a_link_that_could_run_something_is_refused(client, milestone):
    answer = client.post(f"{PLAN}{milestone.pk}/edit/", DETAILS | {"evidence_url": "javascript:alert(1)"})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert "Enter a link that begins with https:// or http://" in page.classed("nhsuk-error-summary")[0].text
    assert Milestone.objects.get().evidence_url == ""


def test_details_saved_on_an_old_page_come_back_beside_what_is_stored(lead, client, milestone):
    milestones.move(milestone=milestone, when=work.said("June 2027"), reason="Theirs", version=1, by=lead)
    answer = client.post(f"{PLAN}{milestone.pk}/edit/", DETAILS)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (409, [])
    assert "Now stored: Rota agreed." in page.words
    assert page.by_id("id_title")["value"] == "Rota signed"
    version = next(e["value"] for e in page.all("input") if e["name"] == "version")
    assert client.post(f"{PLAN}{milestone.pk}/edit/", DETAILS | {"version": version}).status_code == 302


# -- pilots ------------------------------------------------------------------------------------------------------------

PILOT = {"name": "Text line", "pilot": "January to March 2027", "evaluation": "April 2027", "roll_out": "Summer 2027"}


@pytest.mark.usefixtures("lead")
def test_a_pilot_its_evaluation_and_its_roll_out_are_planned_on_one_page_and_shown_together(client):
    assert faults(markup(client.get(f"{PLAN}pilot/"))) == []
    saved = client.post(f"{PLAN}pilot/", PILOT | {"question": "Half are answered in an hour"})
    assert (saved.status_code, saved.headers["Location"]) == (302, PLAN)
    page = markup(client.get(PLAN))
    assert faults(page) == []
    assert "To be rolled out if: Half are answered in an hour" in page.words
    steps = [" ".join(e.text.split()) for e in page.all("li") if "of Text line" in e.text]
    assert steps == [
        "Pilot of Text line: January to March 2027 Planned",
        "Evaluation of Text line: April 2027 Planned",
        "Roll-out of Text line: Summer 2027 Planned",
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"evaluation": "December 2026"}, "The evaluation cannot be done before the pilot begins"),
        ({"roll_out": "March 2027"}, "The roll-out cannot be done before the evaluation begins"),
        ({"name": ""}, "Enter what will be tried"),
        ({"pilot": "Winter 2026"}, "can be read in more than one way"),
    ],
)
@pytest.mark.usefixtures("lead")
def test_a_pilot_that_cannot_happen_in_this_order_is_refused(client, changed, said):
    answer = client.post(f"{PLAN}pilot/", PILOT | changed)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert said in page.classed("nhsuk-error-summary")[0].text
    assert Milestone.objects.count() == 0
