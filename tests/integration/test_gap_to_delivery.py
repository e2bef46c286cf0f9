"""From gap to delivery: what is refused, what history keeps, and the thread walked both ways."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import filling, mapped, people, work
from tests.integration.markup import faults, markup
from thrive.actions import delivery
from thrive.actions.delivery import Decision
from thrive.models import GapFinding, Recommendation

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
BASE = "/p/own/thrive/"
PAGES = ["targets/", "gaps/", "recommendations/", "plan/"]


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def town(programme):
    return mapped.place(programme, "Harbour", parent=mapped.place(None, "Coast", kind="system"))


@pytest.fixture
def hub(programme):
    return work.workstream(programme, "Hub")


@pytest.fixture
def told(town, hub):
    """A gap that is accepted, a recommendation for it that is accepted, and a milestone that shows it."""
    target = filling.target(town.parent, grouping="risk_support", ages=mapped.ages(11, 25))
    mapped.none(town, "risk_support", 11, 25)
    gap = filling.accepted_gap(filling.gap(town, target, grouping="risk_support", ages=mapped.ages(16, 25)))
    said = filling.recommendation(town, gap)
    filling.work_for(said, milestone=work.milestone(hub, "Panel meets", when="March 2027"))
    return gap, said


def enter(client, programme, role) -> None:
    client.force_login(people.member(programme, role))


def history(row) -> list[tuple[str, str]]:
    events = type(row).pgh_event_model.objects.filter(pgh_obj=row.pk).select_related("pgh_context").order_by("pgh_id")
    return [(e.pgh_label, e.pgh_context.metadata["action"]) for e in events]


# -- actions -----------------------------------------------------------------------------------------------------------


def test_not_known_is_no_gap_and_what_is_covered_is_none_either(town):
    ages = mapped.ages(11, 16)
    with pytest.raises(Refused, match="Not known is no gap"):
        filling.gap(town, grouping="help", ages=ages)
    mapped.row(mapped.service("Day team", town), town, "help", 11, 16)
    with pytest.raises(Refused, match="shows a core service"):
        filling.gap(town, grouping="help", ages=ages)
    assert not GapFinding.objects.exists()


def test_a_gap_is_recorded_once_decided_with_a_reason_and_filled_with_evidence(told, town):
    gap = told[0]
    gap.refresh_from_db()
    with pytest.raises(Refused, match="recorded already"):
        filling.gap(town, gap.target, grouping="risk_support", ages=gap.ages)
    with pytest.raises(Stale):
        delivery.fill_gap(gap=gap, evidence="Seen", version=1, by=None)
    with pytest.raises(Refused, match="Say what shows"):
        delivery.fill_gap(gap=gap, evidence=" ", version=2, by=None)
    delivery.fill_gap(gap=gap, evidence="The panel has met", version=2, by=None, at=filling.WHEN)
    with pytest.raises(Refused, match="has been filled"):
        delivery.decide_gap(gap=gap, accepted=False, reason="No", version=3, by=None)
    assert history(gap) == [
        ("insert", "Recorded a gap"), ("update", "Accepted the gap"), ("update", "Filled the gap"),
    ]  # fmt: skip


def test_accepting_takes_an_owner_and_a_day_and_closing_takes_evidence(told, town):
    said = told[1]
    said.refresh_from_db()
    with pytest.raises(Refused, match="who sees to it"):
        delivery.decide(recommendation=said, said=Decision("accepted", "Good"), version=2, by=None)
    adapted = Decision("adapted", "Good", owner=people.person("Ann Ray"), wanted_by=date(2027, 1, 1))
    with pytest.raises(Refused, match="in its place"):
        delivery.decide(recommendation=said, said=adapted, version=2, by=None)
    delivery.close(recommendation=said, evidence="Minutes of the panel", version=2, by=None, at=filling.WHEN)
    with pytest.raises(Refused, match="has been closed"):
        delivery.decide(recommendation=said, said=Decision("declined", "No"), version=3, by=None)
    assert [action for _, action in history(said)] == [
        "Wrote down a recommendation", "Accepted a recommendation", "Closed a recommendation",
    ]  # fmt: skip


def test_only_what_was_accepted_is_worked_on_and_with_a_milestone_of_that_workstream(told, town, hub, programme):
    with pytest.raises(Refused, match="was accepted"):
        delivery.put_to_work(recommendation=filling.recommendation(town), workstream=hub, by=None)
    other = work.milestone(work.workstream(programme, "Other"), when="May 2027")
    with pytest.raises(Refused, match="another workstream"):
        delivery.put_to_work(recommendation=told[1], workstream=hub, milestone=other, by=None)
    named = told[1].works.get()
    with pytest.raises(Refused, match="named already"):
        delivery.put_to_work(recommendation=told[1], workstream=hub, milestone=named.milestone, by=None)
    key = named.pk
    delivery.take_off_work(work=named, reason="Another one does it", by=None, at=filling.WHEN)
    named.pk = key
    assert history(named)[-1] == ("delete", "Took work off a recommendation")


def test_a_recommendation_that_stands_can_answer_another_gap(told, town):
    said = told[1]
    other = filling.gap(town, title="Nobody answers at night")
    with pytest.raises(Refused, match="said already"):
        delivery.answer_gap(recommendation=said, gap=told[0], by=None)
    made = delivery.answer_gap(recommendation=said, gap=other, by=None, at=filling.WHEN)
    assert history(made) == [("insert", "Said that a recommendation would fill a gap")]
    assert set(said.gaps.all()) == {told[0], other}
    accepted = filling.accepted_gap(filling.gap(town, title="No panel"))
    filled = delivery.fill_gap(gap=accepted, evidence="It met", version=accepted.version, by=None)
    with pytest.raises(Refused, match="has been filled"):
        delivery.answer_gap(recommendation=said, gap=filled, by=None)
    said.refresh_from_db()
    delivery.close(recommendation=said, evidence="Minutes", version=said.version, by=None)
    with pytest.raises(Refused, match="declined or closed"):
        delivery.answer_gap(recommendation=said, gap=filling.gap(town, title="One more"), by=None)


# -- pages -------------------------------------------------------------------------------------------------------------


def test_the_thread_is_walked_from_target_to_milestone_and_back(told, programme, hub, town, client):
    enter(client, programme, Role.READER)
    gap, said = told
    milestone = said.works.get().milestone
    targets = markup(client.get(f"{BASE}targets/?place={town.pk}"))
    assert faults(targets) == []
    assert f"{BASE}gaps/{gap.pk}/" in targets.links(BASE)
    page = markup(client.get(f"{BASE}gaps/{gap.pk}/"))
    assert faults(page) == []
    assert "Each agency has a plan of its own." in page.words
    assert "Confirmed none" in page.words
    assert f"{BASE}recommendations/{said.pk}/" in page.links(BASE)
    page = markup(client.get(f"{BASE}recommendations/{said.pk}/"))
    assert faults(page) == []
    assert "It was accepted, and a milestone ahead will bring it about." in page.words
    assert {f"/p/own/workstreams/hub/plan/{milestone.pk}/", f"{BASE}gaps/{gap.pk}/"} <= page.links(BASE)
    back = markup(client.get("/p/own/workstreams/hub/"))
    assert f"{BASE}answers/hub/" in back.links(BASE)
    answered = markup(client.get(f"{BASE}answers/hub/", headers=HTMX))
    assert f"{BASE}recommendations/{said.pk}/" in answered.links(BASE)
    assert "Shown by Panel meets" in answered.words


def test_the_plan_names_the_quarter_and_what_is_accepted_without_work(told, programme, town, client):
    enter(client, programme, Role.SLT)
    filling.accepted(filling.recommendation(town, text="Pay for interpreters"))
    page = markup(client.get(f"{BASE}plan/"))
    assert faults(page) == []
    assert "1 milestone brings about what was accepted. 1 accepted recommendation has no living work." in page.words
    assert "January to March 2027" in page.words
    lists = markup(client.get(f"{BASE}recommendations/?state=lacking"))
    assert "Pay for interpreters" in lists.words
    assert "Hold one panel each week" not in lists.words
    assert "1 accepted gap." in markup(client.get(f"{BASE}gaps/")).words


def test_slt_decides_with_a_reason_and_what_was_typed_stays(programme, town, client):
    enter(client, programme, Role.SLT)
    gap = filling.gap(town)
    address = f"{BASE}gaps/{gap.pk}/decide/"
    answer = client.post(address, {"version": 1, "accepted": "yes", "reason": ""})
    assert answer.status_code == 422
    assert "Enter why" in markup(answer).words
    assert client.post(address, {"version": 1, "accepted": "no", "reason": "Not now"}).status_code == 302
    stale = client.post(address, {"version": 1, "accepted": "yes", "reason": "It matters"})
    assert stale.status_code == 409
    assert "Not now" in markup(stale).words
    assert "It matters" in markup(stale).words
    gap.refresh_from_db()
    assert (gap.state, gap.reason) == ("not_accepted", "Not now")


def test_a_mapper_records_a_gap_against_a_target_and_recommends_something(programme, town, client):
    enter(client, programme, Role.MAPPER)
    target = filling.target(town)
    typed = {
        "place": town.pk,
        "target": target.pk,
        "title": "No plan",
        "now": "Nothing",
        "age_from": "0",
        "age_to": "25",
    }
    assert client.get(f"{BASE}gaps/add/?target={target.pk}&place={town.pk}").status_code == 200
    client.post(f"{BASE}gaps/add/", typed)
    gap = GapFinding.objects.get()
    assert (gap.target, gap.title) == (target, "No plan")
    client.post(
        f"{BASE}recommendations/add/",
        {"text": "Meet", "place": town.pk, "source_kind": "workshop", "gaps": [gap.pk]},
    )
    assert Recommendation.objects.get().gaps.get() == gap
    assert client.get(f"{BASE}gaps/{gap.pk}/decide/").status_code == 403


def test_gaps_of_other_places_do_not_exist(programme, town, client):
    elsewhere = mapped.place(work.programme("Elsewhere"), "Hill")
    gap, said = filling.gap(elsewhere), filling.recommendation(elsewhere)
    enter(client, programme, Role.OFFICE)
    assert client.get(f"{BASE}gaps/{gap.pk}/").status_code == 404
    assert client.get(f"{BASE}recommendations/{said.pk}/").status_code == 404


@pytest.mark.parametrize("path", [*PAGES, "answers/hub/"])
def test_a_page_asks_as_often_for_three_as_for_one(told, programme, hub, client, path):
    town = told[0].place
    enter(client, programme, Role.READER)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"{BASE}{path}")
        assert page.status_code == 200
        assert client.get(f"{BASE}{path}", headers=HTMX).status_code == 200
        counts.append(len(asked))
        for number in range(2):
            gap = filling.accepted_gap(filling.gap(town, title=f"Gap {number}"))
            made = filling.recommendation(town, gap, text=f"Do {number}")
            filling.work_for(made, milestone=work.milestone(hub, when="June 2027"))
    assert counts[0] == counts[1]


def test_a_mapper_adds_a_gap_to_a_recommendation_and_history_says_so(told, programme, town, client):
    enter(client, programme, Role.MAPPER)
    other = filling.gap(town, title="Nobody <b>answers</b> at night")
    page = f"{BASE}recommendations/{told[1].pk}/"
    assert f"{page}gap/" in markup(client.get(page)).links(BASE)
    form = markup(client.get(f"{page}gap/"))
    assert faults(form) == []
    assert [e.text for e in form.all("option")] == ["Select a gap", "Nobody <b>answers</b> at night, Harbour"]
    assert client.post(f"{page}gap/", {"gap": told[0].pk}).status_code == 422
    assert client.post(f"{page}gap/", {"gap": other.pk}).headers["Location"] == page
    after = markup(client.get(page))
    assert faults(after) == []
    assert f"{BASE}gaps/{other.pk}/" in after.links(BASE)
    assert "said that a recommendation would fill a gap" in after.words
    enter(client, programme, Role.READER)
    assert f"{page}gap/" not in markup(client.get(page)).links(BASE)


def test_a_milestone_leads_back_to_what_it_answers_and_to_what_opens_with_it(told, programme, hub, town, client):
    enter(client, programme, Role.READER)
    milestone = told[1].works.get().milestone
    other = work.milestone(hub, "Something else", when="May 2027")
    team = mapped.service("Panel office", town, status="planned", milestone=milestone)
    address = f"{BASE}answers/hub/?milestone={milestone.pk}"
    assert address in markup(client.get(f"/p/own/workstreams/hub/plan/{milestone.pk}/")).links(BASE)
    page = markup(client.get(address))
    assert faults(page) == []
    assert {f"{BASE}recommendations/{told[1].pk}/", f"{BASE}services/{team.pk}/"} <= page.links(BASE)
    empty = markup(client.get(f"{BASE}answers/hub/?milestone={other.pk}", headers=HTMX))
    assert "names this milestone" in " ".join(empty.source.split())


def test_a_cell_leads_to_its_gaps_and_a_confirmed_none_to_a_form_that_knows_the_cell(told, programme, town, client):
    enter(client, programme, Role.MAPPER)
    gap = told[0]
    young = f"{BASE}cells/{town.pk}/risk_support/132-192/"
    page = markup(client.get(young))
    assert faults(page) == []
    [link] = [each for each in page.links(BASE) if "gaps/add" in each]
    assert link == f"{BASE}gaps/add/?place={town.pk}&need=risk_support&ages=132-192"
    form = markup(client.get(link))
    chosen = [e["value"] for e in form.all("option") if "selected" in e.attributes]
    assert chosen[:1] == [str(town.pk)]
    assert "risk_support" in chosen
    assert [form.by_id(name)["value"] for name in ("id_age_from", "id_age_to")] == ["11", "16"]
    older = markup(client.get(f"{BASE}cells/{town.pk}/risk_support/192-216/"))
    assert f"{BASE}gaps/{gap.pk}/" in older.links(BASE)
    unseen = markup(client.get(f"{BASE}cells/{town.pk}/thriving/0-60/"))
    assert not [each for each in unseen.links(BASE) if "gaps/add" in each]
    assert "it is no gap yet" in unseen.words
    mapped.row(mapped.service("Day team", town), town, "help", 11, 16)
    covered = markup(client.get(f"{BASE}cells/{town.pk}/help/132-192/"))
    assert not [each for each in covered.links(BASE) if "gaps/add" in each]
