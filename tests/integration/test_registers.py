"""The registers of a workstream: risks, issues, actions and decisions, added, changed and ended on plain pages."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import groups, people, work
from tests.integration.markup import faults, markup
from workstreams.actions import registers
from workstreams.models import Action, Decision, Document, Issue, LaunchQuestion, Risk

pytestmark = pytest.mark.django_db

PAGE = "/p/own/workstreams/crisis-care/registers/"
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


def day(name: str, text: str) -> dict[str, str]:
    return dict(zip((f"{name}_day", f"{name}_month", f"{name}_year"), text.split(), strict=True))


def history(row) -> list[tuple[str, str]]:
    events = type(row).history.rel.related_model.objects.filter(pgh_obj=row.pk).order_by("pgh_id")
    return [(e.pgh_context.metadata["action"], e.pgh_context.metadata.get("reason", "")) for e in events]


RISK = {"text": "Nurses leave", "likelihood": "4", "impact": "4", **day("review_on", "1 12 2026")}
TYPED = {
    "risks": RISK,
    "issues": {"text": "The line is down", "severity": "high"},
    "actions": {"text": "Ring round", **day("due_on", "1 12 2026")},
    "decisions": {"text": "Open at night", "decided_by_words": "Board", **day("decided_on", "1 10 2026")},
    "links": {"text": "Access policy", "url": "https://example.nhs.uk/policy", "kind": "policy", "check_after": "6"},
    "questions": {"text": "Who answers at weekends?", "asked_by": "Staff at the launch"},
}
MODELS: dict[str, Any] = {"risks": Risk, "issues": Issue, "actions": Action, "decisions": Decision}
MODELS |= {"links": Document, "questions": LaunchQuestion}


@pytest.mark.parametrize("register", TYPED)
def test_an_entry_is_added_on_a_page_and_read_in_its_register(workstream, lead, client, register):
    assert faults(markup(client.get(f"{PAGE}{register}/add/"))) == []
    answer = client.post(f"{PAGE}{register}/add/", TYPED[register])
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    page = markup(client.get(PAGE))
    assert faults(page) == []
    assert TYPED[register]["text"] in page.words
    assert MODELS[register].objects.get().workstream == workstream


@pytest.mark.usefixtures("lead")
@pytest.mark.parametrize(
    ("register", "typed", "said"),
    [
        ("risks", RISK | {"text": ""}, "Enter what may happen"),
        ("risks", RISK | {"likelihood": "6"}, "Select a valid choice"),
        ("risks", RISK | day("review_on", "31 2 2026"), "Enter a real date"),
        ("issues", {"text": "The line is down"}, "Select how much it stands in the way"),
        ("actions", {"text": ""}, "Enter what is to be done"),
        ("links", TYPED["links"] | {"url": "javascript:alert(1)"}, "Enter a link that begins with https://"),
        ("questions", {"text": ""}, "Enter what was asked"),
        ("risks", RISK | {"text": "My daughter Ada waits"}, "looks like the name of a person"),
        ("decisions", TYPED["decisions"] | {"decided_by_words": ""}, "Select or enter who decided"),
        ("decisions", TYPED["decisions"] | day("decided_on", "5 11 2026"), "Enter a date that is not in the future"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_added(client, register, typed, said):
    answer = client.post(f"{PAGE}{register}/add/", typed)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert said in page.classed("nhsuk-error-summary")[0].text
    assert MODELS[register].objects.count() == 0


def test_a_risk_is_changed_and_closed_and_its_history_says_who_and_why(workstream, lead, client):
    risk = work.risk(workstream)
    address = f"{PAGE}risks/{risk.pk}/"
    assert markup(client.get(f"{address}edit/")).by_id("id_text").text.strip() == "Nurses leave"
    assert client.post(f"{address}edit/", RISK | {"version": 1, "owner": lead.person_id}).status_code == 302
    scored = {"version": 2, "likelihood": "4", "impact": "4", "reason": "A third nurse has asked for leave"}
    assert client.post(f"{address}score/", scored).status_code == 302
    risk.refresh_from_db()
    assert (risk.score, risk.who, risk.version) == (16, lead.person, 3)
    answer = client.post(f"{address}close/", {"version": 3, "how": "They stay", **day("on", "3 11 2026")})
    assert answer.status_code == 302
    risk.refresh_from_db()
    assert (risk.closed_on, risk.closed_how, risk.is_open) == (date(2026, 11, 3), "They stay", False)
    assert history(risk) == [
        ("Raised a risk", ""),
        ("Changed the risk", ""),
        ("Scored the risk", "A third nurse has asked for leave"),
        ("Closed the risk", "They stay"),
    ]
    words = markup(client.get(PAGE)).words
    assert "Closed 3 November 2026" in words
    assert "They stay" in words


def test_a_save_that_is_out_of_date_shows_both_texts(workstream, lead, client):
    risk = work.risk(workstream)
    registers.change(entry=risk, version=1, by=lead, text="Three nurses leave")
    answer = client.post(f"{PAGE}risks/{risk.pk}/edit/", RISK | {"version": 1, "text": "Mine"})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (409, [])
    for words in ("Somebody else changed this", "Three nurses leave"):
        assert words in page.words
    assert (page.by_id("id_text").text.strip(), page.by_id("id_version")["value"]) == ("Mine", "2")
    assert client.post(f"{PAGE}risks/{risk.pk}/edit/", RISK | {"version": 2, "text": "Mine"}).status_code == 302


def test_a_close_that_is_out_of_date_shows_what_was_changed(workstream, lead, client):
    risk = work.risk(workstream)
    registers.change(entry=risk, version=1, by=lead, text="Three nurses leave")
    answer = client.post(f"{PAGE}risks/{risk.pk}/close/", {"version": 1, "how": "Over", **day("on", "3 11 2026")})
    assert answer.status_code == 409
    assert "Three nurses leave" in markup(answer).words


def test_an_action_names_what_it_comes_from_and_ends_done_or_dropped(workstream, lead, client):
    risk = work.risk(workstream)
    client.post(f"{PAGE}actions/add/", TYPED["actions"] | {"source": f"risk-{risk.pk}"})
    action = Action.objects.get()
    assert (action.risk, action.issue, action.programme) == (risk, None, workstream.programme)
    assert "Against the risk: Nurses leave" in markup(client.get(PAGE)).words
    address = f"{PAGE}actions/{action.pk}/close/"
    missing = markup(client.post(address, {"version": 1, "how": "", **day("on", "3 11 2026")}))
    for words in ("Select whether it was done", "Enter what was done, or why it is dropped"):
        assert words in missing.classed("nhsuk-error-summary")[0].text
    ended = {"version": 1, "ending": "dropped", "how": "Nobody answers", **day("on", "4 11 2026")}
    assert client.post(address, ended).status_code == 302
    action.refresh_from_db()
    assert (action.ending, action.closed_how, history(action)[-1]) == (
        "dropped", "Nobody answers", ("Dropped the action", "Nobody answers"),
    )  # fmt: skip


def test_what_is_closed_stays_as_it_is(workstream, lead):
    issue = work.issue(workstream)
    with pytest.raises(Refused, match="Say how it ended"):
        registers.close(entry=issue, how=" ", version=1, by=lead)
    with pytest.raises(Refused, match="today or earlier"):
        registers.close(entry=issue, how="Mended", version=1, by=lead, on=date(2026, 11, 5), at=AT)
    with pytest.raises(Refused, match="before it was raised"):
        registers.close(entry=issue, how="Mended", version=1, by=lead, on=date(2026, 1, 5), at=AT)
    registers.close(entry=issue, how="Mended", version=1, by=lead)
    with pytest.raises(Stale):
        registers.close(entry=issue, how="Mended", version=1, by=lead)
    with pytest.raises(Refused, match="closed, so it stays as it is"):
        registers.change(entry=issue, version=2, by=lead, text="Again")
    with pytest.raises(TypeError):
        registers.change(entry=issue, version=2, by=lead, closed_on=None)


def test_a_decision_is_corrected_but_never_closed(workstream, lead, client):
    client.post(f"{PAGE}decisions/add/", TYPED["decisions"])
    decision = Decision.objects.get()
    typed = TYPED["decisions"] | {"version": 1, "text": "Open at night and at weekends"}
    assert client.post(f"{PAGE}decisions/{decision.pk}/edit/", typed).status_code == 302
    assert client.get(f"{PAGE}decisions/{decision.pk}/close/").status_code == 404
    assert client.get(f"{PAGE}nonsense/add/").status_code == 404
    with pytest.raises(Refused, match="Say who decided"):
        registers.record_decision(programme=workstream.programme, text="X", decided_on=work.TODAY, by=lead)


def test_staff_read_and_do_not_write(workstream, client):
    work.risk(workstream)
    client.force_login(people.member(workstream.programme, Role.READER))
    page = markup(client.get(PAGE))
    assert faults(page) == []
    assert "Nurses leave" in page.words
    assert [e for e in page.all("a") if "/add/" in e["href"] or "/edit/" in e["href"]] == []


def test_an_empty_register_says_that_none_recorded_is_not_none(workstream, lead, client):
    words = markup(client.get(PAGE)).words
    assert words.count("That is not the same as there being none.") == 2
    for each in ("Nothing has been asked for.", "No action has been recorded.", "No decision has been recorded."):
        assert each in words


def test_the_page_asks_the_database_as_often_for_three_entries_as_for_one(workstream, lead, client):
    def fill() -> None:
        source = work.risk(workstream)
        work.issue(workstream)
        common = {"programme": workstream.programme, "workstream": workstream, "by": lead}
        registers.add_action(text="Ring round", owner=lead.person, source=source, **common)
        registers.record_decision(text="Open", decided_on=work.TODAY, decided_by=lead.person, **common)
        groups.link(workstream)
        groups.question(workstream)
        groups.meeting(groups.group(workstream.programme, workstream=workstream))

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        return len(asked)

    fill()
    client.get(PAGE)
    first = count()
    fill()
    fill()
    assert count() == first
