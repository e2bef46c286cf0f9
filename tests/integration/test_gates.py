"""Stage gates: set, ordered, dated, judged, decided on conditions, and each condition tracked until it is closed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from programme.models import Person
from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import gates, people, work
from tests.factories.heard import day
from tests.integration.markup import faults, markup
from workstreams.actions import gate_outcomes, gate_parts
from workstreams.actions import gates as actions
from workstreams.gate_rules import GateState, Outcome, Sector
from workstreams.gates import gates_of_programme
from workstreams.models import Assignment, Gate, GateCondition, GateSeat

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
GATES = "/p/own/gates/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def workstream(programme):
    return work.workstream(programme, "Crisis care", lead=people.user("Dana Whitlock"))


@pytest.fixture
def office(programme, client):
    account = people.member(programme, Role.OFFICE, "Olu Office")
    client.force_login(account)
    return account


def page(client, address: str):
    read = markup(client.get(address))
    assert faults(read) == []
    return read


def in_order(programme) -> list[str]:
    return list(Gate.objects.standing().filter(programme=programme).in_order().values_list("name", flat=True))


def person_of(workstream) -> Person:
    """Who leads it."""
    person = work.lead_of(workstream).person
    assert person is not None
    return person


def last_context(model):
    return model.history.order_by("-pgh_id").first().pgh_context.metadata


# -- setting gates -----------------------------------------------------------------------------------------------------


def test_the_office_adds_a_gate_with_a_window_behind_the_last_one(client, programme, office):
    gates.gate(programme, "Agreement to proceed", when="October 2025")
    first = Gate.objects.get()
    answer = client.post(
        f"{GATES}new/", {"name": "Sign off", "when": "Spring 2027", "decided_by": "Board", "after": first.pk}
    )
    made = Gate.objects.exclude(pk=first.pk).get()
    assert (answer.status_code, in_order(programme)) == (302, ["Agreement to proceed", "Sign off"])
    stated = made.dates.get()
    assert (stated.statement, stated.words, stated.start, stated.end, stated.by) == (
        "baseline", "Spring 2027", date(2027, 3, 1), date(2027, 5, 31), office,
    )  # fmt: skip
    assert last_context(made)["user"] == office.pk
    assert last_context(made)["action"] == "Added a stage gate"
    words = page(client, f"{GATES}{made.pk}/").words
    assert "Gate 2: Sign off" in words
    assert "Spring 2027 Planned" in words


def test_a_gate_may_have_no_date_yet_and_gets_its_baseline_later(client, programme, office):
    client.post(f"{GATES}new/", {"name": "Phase 2 plan agreed"})
    made = Gate.objects.get()
    assert "No date yet No date" in page(client, f"{GATES}{made.pk}/").words
    assert "Why does the date change?" not in page(client, f"{GATES}{made.pk}/date/").words
    client.post(f"{GATES}{made.pk}/date/", {"version": 1, "when": "March 2027"})
    client.post(f"{GATES}{made.pk}/date/", {"version": 2, "when": "May 2027", "reason": "The panel cannot meet"})
    assert list(made.dates.values_list("statement", "words", "reason")) == [
        ("baseline", "March 2027", ""), ("forecast", "May 2027", "The panel cannot meet"),
    ]  # fmt: skip
    words = page(client, f"{GATES}{made.pk}/").words
    assert "Moved once: was March 2027, now 61 days later." in words


def test_gates_are_put_in_another_order_and_numbered_by_their_place(client, programme, office, workstream):
    one, two, three = (gates.gate(programme, name) for name in ("One", "Two", "Three"))
    own = gates.gate(programme, "Of the strand", workstream=workstream)
    typed = {"version": three.version, "name": "Three", "after": one.pk}
    assert client.post(f"{GATES}{three.pk}/change/", typed).status_code == 302
    assert in_order(programme) == ["One", "Three", "Two", "Of the strand"]
    two.refresh_from_db()
    client.post(f"{GATES}{two.pk}/change/", {"version": two.version, "name": "Two"})
    assert in_order(programme) == ["Two", "One", "Three", "Of the strand"]
    read = gates_of_programme(programme, work.TODAY)
    assert [(line.number, line.workstream) for line in read.lines] == [(1, ""), (2, ""), (3, ""), (1, "Crisis care")]
    wrong = client.post(f"{GATES}{two.pk}/change/", {"version": 2, "name": "Two", "after": own.pk})
    assert (wrong.status_code, b"Select a gate of the same workstream" in wrong.content) == (422, True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Enter what the gate is called"),
        ({"name": "Sign off", "when": "some day"}, "Enter a date such as 24 December 2026"),
    ],
)
def test_mistakes_are_said_beside_what_was_typed(client, programme, office, typed, said):
    answer = client.post(f"{GATES}new/", typed | {"purpose": "Whether it goes on"})
    assert answer.status_code == 422
    read = markup(answer)
    assert faults(read) == []
    assert said in read.words
    assert "Whether it goes on" in read.words


def test_who_was_slower_sees_both_and_overwrites_nothing(client, programme, office):
    made = gates.gate(programme)
    facts = actions.GateFacts("Model agreed by all", "", "Board")
    actions.change(gate=made, facts=facts, version=1, by=None)
    answer = client.post(f"{GATES}{made.pk}/change/", {"version": 1, "name": "Model agreed by most"})
    assert answer.status_code == 409
    read = markup(answer)
    assert faults(read) == []
    assert "Model agreed by all" in read.words
    assert 'value="Model agreed by most"' in answer.content.decode()
    assert Gate.objects.get().name == "Model agreed by all"
    again = client.post(f"{GATES}{made.pk}/change/", {"version": 2, "name": "Model agreed by most"})
    assert (again.status_code, Gate.objects.get().name) == (302, "Model agreed by most")


def test_a_gate_is_taken_out_with_a_reason_unless_something_was_decided(client, programme, office):
    made = gates.gate(programme)
    assert client.post(f"{GATES}{made.pk}/remove/", {"version": 1}).status_code == 422
    assert client.post(f"{GATES}{made.pk}/remove/", {"version": 1, "reason": "Twice"}).status_code == 302
    assert client.get(f"{GATES}{made.pk}/").status_code == 404
    assert "No stage gates have been set." in page(client, GATES).words
    kept = gates.gate(programme)
    gates.decided(kept)
    with pytest.raises(Refused, match="it stays on record"):
        actions.remove(gate=kept, reason="Twice", version=2, by=office)


def test_a_gate_hangs_on_a_workstream_of_its_own_programme_only(programme, workstream):
    elsewhere = work.workstream(work.programme("Other"))
    with pytest.raises(Refused, match="another programme"):
        gates.gate(programme, workstream=elsewhere)


# -- panel, criteria, evidence -----------------------------------------------------------------------------------------


def test_a_panel_without_young_people_or_families_is_pointed_out_until_they_have_seats(client, programme, office):
    made = gates.gate(programme)
    gates.seats(made, Sector.COMMISSIONERS, Sector.COUNCIL, Sector.PUBLIC_HEALTH)
    gap = "No young people and no parents or carers are on this panel."
    assert gap in page(client, GATES).words
    assert gap in page(client, f"{GATES}{made.pk}/").words
    for sector in ("young_people", "parents_carers"):
        typed = {"sector": sector, "words": "Two members of the participation group"}
        assert client.post(f"{GATES}{made.pk}/panel/", typed).status_code == 302
    words = page(client, f"{GATES}{made.pk}/").words
    assert "on this panel" not in words
    assert "Young people: Two members of the participation group" in words
    assert "It has no seat for the NHS provider, schools and colleges, the voluntary sector and primary care." in words


def test_young_people_are_never_named(client, programme, office, workstream):
    made, lead = gates.gate(programme), person_of(workstream)
    answer = client.post(f"{GATES}{made.pk}/panel/", {"sector": "young_people", "person": lead.pk})
    assert (answer.status_code, b"are never named here" in answer.content) == (422, True)
    with pytest.raises(Refused, match="Young people are never named"):
        gate_parts.give_seat(gate=made, sector="young_people", person=lead, by=None)
    with pytest.raises(IntegrityError, match="gate_seat_names_no_family"), transaction.atomic():
        GateSeat.objects.create(gate=made, sector="parents_carers", person=lead)
    assert client.post(f"{GATES}{made.pk}/panel/", {"sector": "nhs", "person": lead.pk}).status_code == 302
    assert "NHS provider: Dana Whitlock" in page(client, f"{GATES}{made.pk}/").words


def test_the_team_offers_evidence_but_does_not_say_that_a_criterion_is_met(client, programme, workstream):
    made = gates.gate(programme, workstream=workstream)
    asked = gates.criterion(made, "The model is costed")
    sponsor = people.user("Sam Sponsor")
    work.assign(workstream, sponsor, Assignment.Role.SPONSOR)
    client.force_login(sponsor)
    assert "Is it met?" not in page(client, f"{GATES}{made.pk}/criteria/{asked.pk}/").words
    typed = {"version": 1, "evidence": "Signed by finance", "state": "met", "text": "Other words"}
    assert client.post(f"{GATES}{made.pk}/criteria/{asked.pk}/", typed).status_code == 302
    asked.refresh_from_db()
    assert (asked.text, asked.state, asked.evidence) == ("The model is costed", "not_known", "Signed by finance")
    assert last_context(asked)["user"] == sponsor.pk
    for link, status in (("javascript:alert(1)", 422), ("https://example.nhs.uk/plan", 302)):
        given = client.post(f"{GATES}{made.pk}/evidence/", {"label": "Plan", "url": link})
        assert given.status_code == status
    assert [each.url for each in made.pack.all()] == ["https://example.nhs.uk/plan"]
    words = page(client, f"{GATES}{made.pk}/").words
    assert "Offer evidence" in words
    assert "Take out" not in words


def test_the_team_of_any_workstream_offers_evidence_for_a_gate_of_the_programme(client, programme, workstream):
    whole = gates.gate(programme)
    other = gates.gate(programme, workstream=work.workstream(programme, "Schools"))
    client.force_login(work.lead_of(workstream))
    assert client.get(f"{GATES}{whole.pk}/evidence/").status_code == 200
    assert client.get(f"{GATES}{other.pk}/evidence/").status_code == 403


def test_the_office_says_whether_a_criterion_is_met(client, programme, office):
    made = gates.gate(programme)
    asked = gates.criterion(made)
    client.post(
        f"{GATES}{made.pk}/criteria/{asked.pk}/",
        {"version": 1, "text": asked.text, "state": "met", "evidence": "Minutes of 3 November"},
    )
    assert "The only criterion is met." in page(client, f"{GATES}{made.pk}/").words
    late = client.post(f"{GATES}{made.pk}/criteria/{asked.pk}/", {"version": 1, "text": "Old", "state": "not_met"})
    assert (late.status_code, b"Minutes of 3 November" in late.content) == (409, True)
    with pytest.raises(Stale):
        gate_parts.change_criterion(criterion=asked, facts=gate_parts.CriterionFacts("Old"), version=1, by=None)


@pytest.mark.parametrize("kind", ["seat", "criterion", "document"])
def test_what_is_taken_out_is_asked_about_first_and_stays_in_the_history(client, programme, office, kind):
    condition = gates.conditional(programme)
    gate = condition.gate
    parts: dict[str, Any] = {"seat": gate.seats, "criterion": gate.criteria, "document": gate.pack}
    part = parts[kind].get()
    address = f"{GATES}{gate.pk}/remove/{kind}/{part.pk}/"
    assert str(part) in page(client, address).words
    assert type(part).objects.count() == 1
    assert client.post(address).status_code == 302
    assert type(part).objects.count() == 0
    assert "Olu Office took something out of a stage gate" in page(client, f"{GATES}{gate.pk}/history/").words
    assert client.get(f"{GATES}{gate.pk}/remove/colour/{part.pk}/").status_code == 404


# -- outcomes ----------------------------------------------------------------------------------------------------------

DECIDED = {"version": 1, "decided_by": "Programme board", "kind": "passed", "on": "2 November 2026"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": ""}, "Select what was decided"),
        ({"decided_by": ""}, "Enter who decided it"),
        ({"kind": "deferred"}, "Say why it is deferred"),
        ({"kind": "conditions"}, "Give at least one condition, with its owner and its day"),
        ({"kind": "conditions", "text_2": "Agree the money"}, "Select who answers for the second condition"),
        ({"on": "5 November 2026"}, "Enter a date that is not in the future"),
        ({"on": "ongoing"}, "Enter a day or a month, such as 2 November 2026"),
        ({}, "Not every criterion is met. Say why the gate is passed all the same"),
    ],
)
def test_an_outcome_says_who_when_and_why(client, programme, office, typed, said):
    made = gates.gate(programme)
    gates.criterion(made)
    answer = client.post(f"{GATES}{made.pk}/outcome/", DECIDED | typed)
    read = markup(answer)
    assert (answer.status_code, faults(read)) == (422, [])
    assert said in read.words
    assert not made.outcomes.exists()


def test_the_senior_leadership_team_passes_a_gate_with_conditions(client, programme, workstream):
    slt = people.member(programme, Role.SLT)
    client.force_login(slt)
    made, owner = gates.gate(programme), person_of(workstream)
    rows = {"text_1": "Agree the money", "owner_1": owner.pk} | day("due_on_1", 30, 11, 2026)
    answer = client.post(f"{GATES}{made.pk}/outcome/", DECIDED | {"kind": "conditions"} | rows)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{GATES}{made.pk}/")
    outcome, condition = made.outcomes.get(), GateCondition.objects.get()
    assert (outcome.kind, outcome.on, outcome.by) == ("conditions", date(2026, 11, 2), slt)
    assert (condition.text, condition.owner, condition.due_on, condition.outcome) == (
        "Agree the money", owner, date(2026, 11, 30), outcome,
    )  # fmt: skip
    words = page(client, f"{GATES}{made.pk}/").words
    assert "Passed with conditions, 1 open" in words
    assert "decided by Programme board, 2 November 2026" in words
    more = {"version": 2, "text": "Train staff", "owner": owner.pk} | day("due_on", 1, 12, 2026)
    assert client.post(f"{GATES}{made.pk}/conditions/", more).status_code == 302
    assert "1 of 1 gate" not in page(client, GATES).words
    assert "The only gate has been decided. 2 conditions are open." in page(client, GATES).words


def test_an_outcome_of_which_only_the_month_is_known_says_the_month(client, programme, office):
    made = gates.gate(programme)
    assert client.post(f"{GATES}{made.pk}/outcome/", DECIDED | {"on": "October 2025"}).status_code == 302
    assert (made.outcomes.get().on, made.outcomes.get().on_words) == (date(2025, 10, 31), "October 2025")
    assert "Passed, decided by Programme board, October 2025." in page(client, f"{GATES}{made.pk}/").words


def test_a_deferred_gate_waits_for_a_new_date_and_is_decided_again_beside_the_first(client, programme, office):
    made = gates.gate(programme, when="October 2026")
    gates.decided(made, Outcome.DEFERRED)
    assert "Deferred, no new date yet" in page(client, f"{GATES}{made.pk}/").words
    made.refresh_from_db()
    actions.state_date(gate=made, when=work.said("February 2027"), reason="Next board", version=2, by=office)
    assert gates_of_programme(programme, work.TODAY).lines[0].standing.state is GateState.DEFERRED
    assert gates_of_programme(programme, date(2027, 3, 2)).lines[0].standing.state is GateState.OVERDUE
    gates.decided(made, at=datetime(2026, 11, 3, tzinfo=UTC))
    words = page(client, f"{GATES}{made.pk}/").words
    assert "Deferred, decided by Evaluation panel" in words
    assert "A later outcome stands in its place" in words
    with pytest.raises(Refused, match="decided again"):
        gates.decided(made)


def test_outcomes_cannot_be_changed_and_say_why(programme):
    made = gates.gate(programme)
    with pytest.raises(IntegrityError, match="gate_outcome_says_why"), transaction.atomic():
        made.outcomes.create(kind="stopped", decided_by="Board", on=work.TODAY, at=gates.WHEN)
    with pytest.raises(Stale):
        gate_outcomes.decide(
            gate=made, decided=gate_outcomes.Decided(Outcome.PASSED, "Board", work.TODAY), version=7, by=None
        )


def test_a_gate_passed_out_of_turn_is_a_doubt_on_the_page(client, programme, office):
    gates.gate(programme, "First")
    gates.decided(gates.gate(programme, "Second"))
    assert "“Second” was decided although “First” before it has no outcome." in page(client, GATES).words


# -- conditions --------------------------------------------------------------------------------------------------------


def test_conditions_overdue_are_found_by_day_in_one_query(programme, django_assert_num_queries):
    late = gates.conditional(programme)
    gates.conditional(programme, name="Later", owner=people.person())
    closed = GateCondition.objects.exclude(pk=late.pk).get()
    gate_outcomes.close_condition(condition=closed, how="Agreed", on=work.TODAY, version=1, by=None)
    with django_assert_num_queries(1):
        found = [
            (each.gate.name, each.who, each.due_on)
            for each in GateCondition.objects.of_programme(programme).overdue(work.TODAY)
        ]
    assert found == [("Clinical model agreed", late.owner, date(2026, 10, 30))]
    assert list(GateCondition.objects.overdue(date(2026, 10, 30))) == []


def test_its_owner_closes_a_condition_with_what_shows_that_it_is_met(client, programme, workstream):
    owner = work.lead_of(workstream)
    condition = gates.conditional(programme, owner=owner.person)
    client.force_login(owner)
    gate = f"{GATES}{condition.gate_id}/"
    address = f"{gate}conditions/{condition.pk}/close/"
    assert address in page(client, gate).links(gate)
    assert "You answer for a condition: Agree the money Overdue by 5 days." in page(client, gate).words
    assert "Overdue by 5 days" in page(client, address).words
    assert client.post(address, {"version": 1} | day("on", 3, 11, 2026)).status_code == 422
    early = client.post(address, {"version": 1, "how": "Agreed"} | day("on", 3, 10, 2026))
    assert b"Enter a day on or after the day on which the condition was made" in early.content
    link = "https://example.nhs.uk/minutes"
    typed = {"version": 1, "how": "The board agreed the money", "evidence_url": link} | day("on", 3, 11, 2026)
    assert client.post(address, typed).status_code == 302
    condition.refresh_from_db()
    assert (condition.closed_on, condition.closed_how, condition.evidence_url) == (
        date(2026, 11, 3), "The board agreed the money", link,
    )  # fmt: skip
    assert last_context(condition)["user"] == owner.pk
    assert "Passed with conditions, all closed" in page(client, gate).words
    assert client.get(address).status_code == 302
    twice = client.post(address, typed | {"how": "Again"})
    assert (twice.status_code, b"The board agreed the money" in twice.content) == (409, True)
    assert client.post(address, typed | {"version": 2}).status_code == 422


def test_nobody_else_closes_or_changes_a_condition(client, programme, workstream):
    condition = gates.conditional(programme)
    client.force_login(work.lead_of(workstream))
    address = f"{GATES}{condition.gate_id}/conditions/{condition.pk}/"
    assert [client.get(each).status_code for each in (address, f"{address}close/")] == [403, 403]


def test_a_condition_gets_another_owner_and_day_with_a_reason(client, programme, office, workstream):
    condition, lead = gates.conditional(programme), person_of(workstream)
    typed = {"version": 1, "text": condition.text, "owner": lead.pk, "reason": "On leave"} | day("due_on", 1, 12, 2026)
    address = f"{GATES}{condition.gate_id}/conditions/{condition.pk}/"
    assert client.post(address, typed).status_code == 302
    condition.refresh_from_db()
    assert (condition.owner, condition.due_on, last_context(condition)["reason"]) == (
        lead,
        date(2026, 12, 1),
        "On leave",
    )
    stale = client.post(address, typed | {"text": "Mine"})
    assert (stale.status_code, b"1 December 2026" in stale.content) == (409, True)


# -- reading -----------------------------------------------------------------------------------------------------------


def test_the_list_is_a_sentence_a_drawing_and_a_table(client, programme, office):
    assert "Add the first one" in page(client, GATES).words
    gates.decided(gates.gate(programme, "Agreement to proceed", when="October 2025"))
    gates.gate(programme, "Model agreed", when="March 2027")
    read = page(client, GATES)
    assert read.classed("nhsuk-lede-text")[0].text.strip() == (
        "1 of 2 gates has been decided. Next: “Model agreed”, March 2027 (planned)."
    )
    (title,) = [each.text for each in read.all("title") if "svg" in each.parents]
    assert title == "Gate 1, Agreement to proceed: October 2025, passed; Gate 2, Model agreed: March 2027, planned."


def test_a_workstreams_gates_are_an_address_and_a_part(client, programme, workstream):
    client.force_login(people.member(programme, Role.READER))
    gates.gate(programme, "Of the programme")
    gates.gate(programme, "Of the strand", workstream=workstream)
    mine = client.get(f"{GATES}?workstream=crisis-care", headers=HTMX)
    assert b"<html" not in mine.content
    assert faults(markup(mine), part=True) == []
    assert (b"Of the strand" in mine.content, b"Of the programme" in mine.content) == (True, False)
    whole = page(client, f"{GATES}?workstream=none")
    assert ("Of the strand" in whole.words, "Of the programme" in whole.words) == (False, True)
    assert "Add a stage gate" not in whole.words
    work.workstream(programme, "Schools")
    assert "Schools has no stage gates of its own." in page(client, f"{GATES}?workstream=schools").words
    assert f"{GATES}?workstream=crisis-care" in page(client, "/p/own/workstreams/crisis-care/").links(GATES)
    for where in ("/p/own/programme/", "/p/own/roadmap/"):
        assert GATES in page(client, where).links(where)


def test_what_happened_at_a_gate_is_told_in_words(client, programme, office, workstream):
    made = gates.gate(programme, workstream=workstream, by=office)
    actions.state_date(gate=made, when=work.said("May 2027"), reason="No panel", version=1, by=office)
    gates.decided(made, Outcome.STOPPED, by=office, at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    told = [" ".join(e.text.split()) for e in page(client, f"{GATES}{made.pk}/history/").classed("app-history__entry")]
    assert told == [
        (
            "On 4 November 2026 at midday Olu Office moved the stage gate “Clinical model agreed”: "
            "date from March 2027 to May 2027, because “No panel”."
        ),
        (
            "On 3 November 2026 at 9am Olu Office recorded the outcome of a stage gate “Clinical model agreed”: "
            "stopped, decided by Evaluation panel, 12 October 2026, because “No quorum”."
        ),
        "On 1 October 2026 at 10am Olu Office dated the stage gate “Clinical model agreed”: date: March 2027.",
        (
            "On 1 October 2026 at 10am Olu Office added a stage gate “Clinical model agreed”: what is decided: "
            "“Whether the work goes on”; decided by: Evaluation panel; workstream: Crisis care."
        ),
    ]
    for where in ("/p/own/history/?kind=gates", "/p/own/workstreams/crisis-care/history/"):
        assert "recorded the outcome of a stage gate" in page(client, where).words


def test_another_programme_never_hears_of_a_gate(client, programme, office):
    elsewhere = gates.conditional(work.programme("Other"))
    assert client.get(f"{GATES}{elsewhere.gate_id}/").status_code == 404
    own = gates.gate(programme)
    criterion = elsewhere.gate.criteria.get()
    assert client.get(f"{GATES}{own.pk}/criteria/{criterion.pk}/").status_code == 404
    assert client.get(f"{GATES}{own.pk}/remove/criterion/{criterion.pk}/").status_code == 404
    assert client.get(f"{GATES}{own.pk}/conditions/{elsewhere.pk}/close/").status_code == 404
    assert not GateCondition.objects.visible_to(office).exists()


def asked(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_ask_the_database_as_often_for_three_as_for_one(client, programme, office, workstream):
    first = gates.conditional(programme, workstream=workstream)
    addresses = [GATES, f"{GATES}{first.gate_id}/"]
    few = [asked(client, address) for address in addresses]
    for number in (1, 2):
        gates.conditional(programme, name=f"Gate {number}", workstream=workstream)
        gates.criterion(first.gate, f"Criterion {number}")
        gates.seats(first.gate, Sector.SCHOOLS)
        gates.decided(first.gate, Outcome.CONDITIONS, gates.condition(f"Condition {number}"), reason="Again")
    assert [asked(client, address) for address in addresses] == few


def test_reports_read_all_gates_in_a_fixed_number_of_queries(programme, workstream, django_assert_num_queries):
    for number in range(3):
        gates.conditional(programme, name=f"Gate {number}", workstream=workstream if number else None)
    with django_assert_num_queries(7):
        read = gates_of_programme(programme, work.TODAY)
    assert read.sentence == "All 3 gates have been decided. 3 conditions are open and overdue."
    assert [each.state_words for each in read.overdue_conditions] == ["Overdue by 5 days"] * 3
