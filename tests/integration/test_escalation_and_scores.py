"""Risks are scored again with a reason, and asks are passed from group to group; nothing of either is lost."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import groups, people, work
from tests.integration.markup import faults, markup
from workstreams.actions import asks, risks
from workstreams.models import AskEvent, Decision, RiskScore

pytestmark = pytest.mark.django_db

RISKS = "/p/own/workstreams/crisis-care/registers/risks/"
AT = datetime(2026, 11, 4, 12, tzinfo=UTC)


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


def sentences(client, address: str) -> list[str]:
    return [" ".join(e.text.split()) for e in markup(client.get(address)).classed("app-history__entry")]


# -- scores ------------------------------------------------------------------------------------------------------------


def test_every_score_is_kept_with_its_reason_and_day_and_history_says_it(workstream, lead, client):
    risk = work.risk(workstream)  # 3 x 4, in March
    risks.score(
        risk=risk, likelihood=4, impact=4, reason="Two have asked for leave", version=1, by=lead,
        review_on=date(2026, 12, 1), at=datetime(2026, 9, 1, 9, tzinfo=UTC),
    )  # fmt: skip
    page = markup(client.get(f"{RISKS}{risk.pk}/"))
    assert faults(page) == []
    for words in ("16 Extreme", "up from 12", "Two have asked for leave", "1 September 2026", "Scored when it was"):
        assert words in page.words
    assert [(s.score, s.reason) for s in RiskScore.objects.order_by("pk")] == [
        (12, "Scored when it was raised."), (16, "Two have asked for leave"),
    ]  # fmt: skip
    assert sentences(client, f"{RISKS}{risk.pk}/history/")[0].startswith("On 1 September 2026 at 10am")
    assert "likelihood from 3: possible to 4: likely" in sentences(client, f"{RISKS}{risk.pk}/history/")[0]


def test_a_risk_is_scored_on_a_page_and_its_overdue_review_is_said(workstream, lead, client):
    risk = work.risk(workstream)
    risks.score(
        risk=risk, likelihood=3, impact=4, reason="Looked", version=1, by=lead, review_on=date(2026, 11, 1),
        at=datetime(2026, 10, 1, 9, tzinfo=UTC),
    )  # fmt: skip
    for address in (f"{RISKS}{risk.pk}/", "/p/own/workstreams/crisis-care/registers/", "/p/own/registers/"):
        assert "1 November 2026" in markup(client.get(address)).classed("app-late")[0].text
    form = markup(client.get(f"{RISKS}{risk.pk}/score/"))
    assert (faults(form), form.by_id("id_review_on-day")["value"]) == ([], "")
    wrong = client.post(f"{RISKS}{risk.pk}/score/", {"version": 2, "likelihood": "2", "impact": "4", "reason": ""})
    assert wrong.status_code == 422
    assert "Enter why it is scored like this" in markup(wrong).words
    private = {"version": 2, "likelihood": "2", "impact": "4", "reason": "Her son Sam waits"}
    assert "These words may identify somebody" in markup(client.post(f"{RISKS}{risk.pk}/score/", private)).words
    kept = client.post(f"{RISKS}{risk.pk}/score/", private | {"reason": "The rota is full"})
    assert kept.status_code == 302
    stale = client.post(f"{RISKS}{risk.pk}/score/", private | {"reason": "The rota is not full"})
    page = markup(stale)
    assert (stale.status_code, faults(page)) == (409, [])
    assert "8 of 25, high: unlikely, with major impact" in page.words
    assert page.by_id("id_reason").text.strip() == "The rota is not full"


def test_a_closed_risk_and_a_score_without_a_reason_are_refused(workstream, lead):
    risk = work.risk(workstream)
    with pytest.raises(Refused, match="Say why"):
        risks.score(risk=risk, likelihood=1, impact=1, reason=" ", version=1, by=lead)
    with pytest.raises(Refused, match="past"):
        risks.score(
            risk=risk, likelihood=1, impact=1, reason="X", version=1, by=lead, review_on=date(2026, 11, 3), at=AT
        )
    with pytest.raises(Stale):
        risks.score(risk=risk, likelihood=1, impact=1, reason="X", version=2, by=lead)


def test_the_programmes_registers_ask_the_database_as_often_for_three_risks_as_for_one(workstream, lead, client):
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    risk = work.risk(workstream)
    pages = ("/p/own/registers/", "/p/own/registers/download/", f"{RISKS}{risk.pk}/")
    first = [count(page) for page in pages]
    for _ in range(2):
        work.risk(work.workstream(workstream.programme))
        risk.refresh_from_db()
        risks.score(risk=risk, likelihood=3, impact=3, reason="Looked", version=risk.version, by=lead)
    assert [count(page) for page in pages] == first
    page = markup(client.get("/p/own/registers/"))
    assert (faults(page), "3 risks are open" in page.words) == ([], True)


def test_commissioners_see_no_register(workstream, client):
    client.force_login(people.member(workstream.programme, Role.COMMISSIONER))
    assert {client.get(f"/p/own/{page}/").status_code for page in ("registers", "decisions", "groups", "actions")} == {
        403
    }


# -- asks --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def chain(workstream):
    steering = groups.group(workstream.programme, "Steering group", kind="steering")
    return groups.group(workstream.programme, "Rota group", workstream=workstream, reports_to=steering), steering


def test_an_ask_is_passed_up_and_back_down_and_each_step_is_in_its_trail(workstream, chain, lead, client):
    rota, steering = chain
    asked = work.ask(workstream)
    address = f"/p/own/asks/{asked.pk}/"
    form = markup(client.get(f"{address}up/"))
    assert (faults(form), "Rota group" in form.words, "Steering group" in form.words) == ([], True, True)
    first = {"version": 1, "group": rota.pk, "sentence": "The group knows the rota"}
    assert client.post(f"{address}up/", first).status_code == 302
    assert "Waiting for an answer from Rota group" in markup(client.get(address)).words
    second = {"version": 2, "group": steering.pk, "sentence": "It costs more than the group may spend"}
    assert client.post(f"{address}up/", second).status_code == 302
    assert client.post(f"{address}down/", {"version": 3, "sentence": "Spend it"}).status_code == 302
    page = markup(client.get(address))
    assert faults(page) == []
    for words in ("Passed up to Steering group", "Passed back down to Rota group", "It costs more than the group may"):
        assert words in page.words
    assert [(e.kind, e.group) for e in AskEvent.objects.order_by("number")][1:] == [
        ("passed_up", rota), ("passed_up", steering), ("passed_down", rota),
    ]  # fmt: skip
    told = sentences(client, "/p/own/workstreams/crisis-care/history/")[:2]
    assert "passed an ask back down" in told[0]
    assert "to Steering group" in told[1]


def test_an_answer_to_a_passed_ask_is_a_decision_of_that_group(workstream, chain, lead):
    rota, _ = chain
    asked = work.ask(workstream)
    asks.pass_up(ask=asked, group=rota, sentence="The group knows", version=1, by=lead)
    asks.answer(ask=asked, kind="yes", sentence="Do it", day=work.TODAY, version=2, by=lead, at=AT)
    assert Decision.objects.get().group == rota


def test_steps_that_the_groups_do_not_allow_are_refused(workstream, chain, lead, client):
    rota, steering = chain
    asked = work.ask(workstream)
    with pytest.raises(Refused, match="cannot go back down"):
        asks.pass_down(ask=asked, sentence="X", version=1, by=lead)
    asks.pass_up(ask=asked, group=rota, sentence="X", version=1, by=lead)
    with pytest.raises(Refused, match="cannot be passed up"):
        asks.pass_up(ask=asked, group=groups.group(workstream.programme), sentence="X", version=2, by=lead)
    with pytest.raises(Stale):
        asks.pass_up(ask=asked, group=steering, sentence="X", version=1, by=lead)
    late = client.post(f"/p/own/asks/{asked.pk}/up/", {"version": 1, "group": steering.pk, "sentence": "Mine"})
    assert (late.status_code, "Mine" in markup(late).words) == (409, True)
    asks.withdraw(ask=asked, sentence="Found", version=2, by=lead)
    with pytest.raises(Refused, match="cannot be changed that way"):
        asks.pass_up(ask=asked, group=steering, sentence="X", version=3, by=lead)


def test_an_ask_may_be_put_to_a_group_from_the_start(workstream, chain, lead, client):
    rota, _ = chain
    typed = {"text": "Two more nurses", "group": rota.pk}
    assert client.post("/p/own/workstreams/crisis-care/registers/asks/add/", typed).status_code == 302
    assert "Waiting for an answer from Rota group" in markup(client.get("/p/own/asks/")).words
