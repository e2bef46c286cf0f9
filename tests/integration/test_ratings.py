"""Three ratings side by side: declared, derived and assured; what follows where they differ; and the rules."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from programme.history import recorded
from programme.models import Person, User
from programme.refusals import Refused, Stale
from programme.roles import Role
from programme.status import Rag
from tests.factories import people, work
from tests.integration.markup import faults, markup
from workstreams.actions import asks, assuring, milestones, registers, risks, thresholds, updates
from workstreams.actions.declaring import NO_PATH, PathToGreen, needs_note, rating_before
from workstreams.derived import derived_ratings
from workstreams.models import Rating, RatingAnswer, RatingQuestion, RatingThresholds, UpdateRevision, thresholds_of
from workstreams.ratings import of_workstream, rolled_up, three_ratings

pytestmark = pytest.mark.django_db

WORKSTREAM = "/p/own/workstreams/crisis-care/"
NOW = datetime(2026, 11, 4, 12, tzinfo=UTC)
LATE = "A milestone, ‘Rota agreed’, is 35 days past its latest possible day with no new forecast"
RISKY = "A risk, ‘Nurses leave’, scores 16 and has no current action"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def workstream():
    return work.workstream(work.programme("Own"), "Crisis care")


@pytest.fixture
def assurer(workstream):
    return people.member(workstream.programme, Role.ASSURER, "Ann Assurer")


def recorded_as(row: Any) -> Any:
    """The one event of a row's history."""
    return type(row).history.rel.related_model.objects.get(pgh_obj=row.pk)


def derived(workstream, at=NOW):
    return derived_ratings(workstream.programme, at)[workstream.pk]


def reasons(workstream, at=NOW) -> list[str]:
    return [reason.words for reason in derived(workstream, at).reasons]


# -- what the rules know -----------------------------------------------------------------------------------------------


def test_a_workstream_without_its_update_is_not_reported_with_the_last_rating_known(workstream):
    work.sent_update(workstream, date(2026, 8, 1), rating=Rag.AMBER)
    said = derived(workstream)
    assert said.rating is Rag.NOT_REPORTED
    assert said.sentence == (
        "No update for September 2026 is in. The last rating known is Amber for August 2026, 58 days old."
    )


def test_green_needs_nothing_wrong_and_names_what_nobody_recorded(workstream):
    work.sent_update(workstream, work.SEPTEMBER)
    said = derived(workstream)
    assert (said.rating, said.not_known) == (Rag.GREEN, ("milestones", "issues", "risks", "measures"))
    assert said.sentence == "No rule for Red or Amber applies and the update for September 2026 is in."


def test_facts_of_every_kind_reach_the_rules(workstream):
    work.sent_update(workstream, work.SEPTEMBER)
    work.milestone(workstream, "Rota agreed", when="September 2026")
    work.milestone(workstream, "Line opens", when="December 2026", moved_to=["January 2027", "February 2027"])
    work.milestone(workstream, "Undated")
    work.risk(workstream, "Nurses leave", likelihood=4, impact=4)
    work.issue(workstream, "The line is down")
    work.ask(workstream, "Fund two nurses", wanted_by=date(2026, 10, 16), is_blocking=True)
    work.ask(workstream, "Not blocking", wanted_by=date(2026, 10, 16))
    said = derived(workstream)
    assert sorted(reasons(workstream)) == [
        "A blocking ask, ‘Fund two nurses’, is unanswered 13 working days after its day (Red: 10 working days or more)",
        "A milestone, ‘Line opens’, has been moved 2 times (Amber: 2 times or more)",
        "A milestone, ‘Line opens’, is forecast 59 days after its baseline (Amber: more than 30 days)",
        f"{LATE} (Red: more than 30 days)",
        f"{RISKY} (Amber: a score of 15 or more without a current action)",
        "An issue, ‘The line is down’, is open (Amber: an open issue rated high)",
    ]
    assert (said.rating, said.not_known) == (Rag.RED, ("measures", "the date of 1 milestone"))


def test_facts_are_those_of_the_moment_asked_about(workstream):
    lead = work.lead_of(workstream)
    work.sent_update(workstream, work.SEPTEMBER)
    late = work.milestone(workstream, "Rota agreed", when="September 2026")
    ask = work.ask(workstream, wanted_by=date(2026, 10, 6), is_blocking=True)
    before = datetime(2026, 10, 31, 12, tzinfo=UTC)
    assert len(reasons(workstream, before)) == 2
    milestones.complete(milestone=late, when=work.said("1 November 2026"), version=1, by=lead, at=NOW)
    asks.withdraw(ask=ask, sentence="Filled", version=1, by=lead, at=NOW)
    assert (len(reasons(workstream, before)), reasons(workstream)) == (2, [])
    assert derived(workstream, datetime(2026, 3, 1, tzinfo=UTC)).rating is Rag.NOT_RATED


def test_an_issue_and_a_risk_count_as_they_stood_at_the_moment(workstream):
    lead, before = work.lead_of(workstream), NOW - timedelta(days=2)
    work.sent_update(workstream, work.SEPTEMBER)
    issue, risk = work.issue(workstream, "The line is down"), work.risk(workstream, likelihood=5, impact=5)
    assert len(reasons(workstream, before)) == 2
    with recorded(by=lead, action="Looked again", at=NOW - timedelta(days=1)):
        registers.change(entry=issue, severity="low", version=1, by=lead)
    risks.score(risk=risk, likelihood=2, impact=5, reason="Cover found", version=1, by=lead, at=NOW - timedelta(days=1))
    assert (len(reasons(workstream, before)), reasons(workstream)) == (2, [])


def test_a_risk_is_looked_after_while_an_action_against_it_is_open_and_not_late(workstream):
    lead = work.lead_of(workstream)
    work.sent_update(workstream, work.SEPTEMBER)
    risk = work.risk(workstream, likelihood=5, impact=5)
    assert len(reasons(workstream)) == 1
    action = registers.add_action(
        programme=workstream.programme, workstream=workstream, text="Talk", source=risk, due_on=work.TODAY, by=lead
    )
    assert reasons(workstream) == []
    assert len(reasons(workstream, NOW + timedelta(days=1))) == 1
    registers.end_action(action=action, ending="dropped", how="No use", version=1, by=lead)
    assert len(reasons(workstream)) == 1
    registers.close(entry=risk, how="They stay", version=1, by=lead)
    said = derived(workstream)
    assert (said.reasons, "risks" in said.not_known) == ((), False)


def test_gathering_asks_the_database_as_often_for_three_workstreams_as_for_one(workstream):
    def fill(one) -> None:
        work.sent_update(one, work.SEPTEMBER)
        work.milestone(one, when="September 2026")
        work.risk(one)
        work.issue(one)
        work.ask(one, is_blocking=True)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            three_ratings(workstream.programme, NOW)
        return len(asked)

    fill(workstream)
    first = count()
    for name in ("Schools", "Waiting lists"):
        fill(work.workstream(workstream.programme, name))
    assert count() == first
    assert first <= 10


# -- declared ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "missing"),
    [
        (NO_PATH, "what will be done, who will do it, by which day"),
        (PathToGreen("Hire", None, owner_words="The manager"), "by which day"),
        (PathToGreen("Hire", date(2026, 12, 1)), "who will do it"),
    ],
)
def test_a_red_says_the_way_back(workstream, path, missing):
    with pytest.raises(Refused, match=f"A Red rating needs a path to Green. Still to say: {missing}."):
        updates.send(
            workstream=workstream, period=work.period(workstream.programme, work.SEPTEMBER), items=work.WORDS,
            rating=Rag.RED, reason="Two posts are vacant", by=work.lead_of(workstream), path=path, at=NOW,
        )  # fmt: skip
    assert UpdateRevision.objects.count() == 0


def test_a_whole_path_and_the_confidence_are_kept_and_shown(workstream, client):
    rating = work.sent_update(workstream, work.SEPTEMBER, rating=Rag.RED).ratings.get()
    assert (rating.path_action, rating.path_owner_name, rating.path_by) == (
        "Two agency nurses start", "The service manager", date(2026, 12, 1),
    )  # fmt: skip
    client.force_login(work.lead_of(workstream))
    assert "Path to Green: Two agency nurses start (The service manager, by 1 December 2026)" in (
        markup(client.get(WORKSTREAM)).words
    )


def test_the_database_refuses_a_red_without_a_path_and_an_assured_rating_without_a_reason(workstream, assurer):
    revision = work.sent_update(workstream, work.SEPTEMBER)
    common = {"workstream": workstream, "period": revision.update.period, "revision": revision, "at": NOW}
    with pytest.raises(IntegrityError, match="red_says_the_way_back"), transaction.atomic():
        Rating.objects.create(rating="red", reason="Late", **common)
    with pytest.raises(IntegrityError, match="assured_rating_says_why"), transaction.atomic():
        Rating.objects.create(rating="green", kind="assured", by=assurer, **common)


def test_green_after_red_says_what_has_changed(workstream):
    work.sent_update(workstream, work.SEPTEMBER, rating=Rag.RED)
    october = work.period(workstream.programme, work.OCTOBER)
    assert needs_note(Rag.GREEN, rating_before(workstream, october))
    assert not needs_note(Rag.GREEN, Rag.AMBER)
    with pytest.raises(Refused, match=r"The last rating was Red. Say what has changed to make it Green."):
        work.sent_update(workstream, work.OCTOBER, at=NOW)
    work.sent_update(workstream, work.OCTOBER, reason="Both posts are filled", at=NOW)


# -- assured -----------------------------------------------------------------------------------------------------------


def test_a_second_opinion_stands_beside_the_leads_and_a_difference_becomes_a_question(workstream, assurer):
    revision = work.sent_update(workstream, work.SEPTEMBER)
    opinion = {"update": revision.update, "by": assurer}
    given = assuring.assure(rating=Rag.AMBER, reason="Two posts are vacant", at=NOW - timedelta(days=1), **opinion)
    assert [(r.kind, r.rating) for r in revision.ratings.all()] == [("declared", "green"), ("assured", "amber")]
    question = RatingQuestion.objects.get()
    assert (question.text, question.assured, question.by) == (
        "The assurance reviewer says Amber: Two posts are vacant. Why is it Green?", given, assurer,
    )  # fmt: skip
    again = assuring.assure(rating=Rag.GREEN, reason="Filled since", at=NOW, **opinion)
    three = of_workstream(workstream)
    assert (three.declared, three.assured, RatingQuestion.objects.count()) == (Rag.GREEN, again, 1)


def test_nobody_gives_a_second_opinion_on_their_own_update(workstream):
    lead, office = work.lead_of(workstream), people.member(workstream.programme, Role.OFFICE)
    own = work.sent_update(workstream, work.SEPTEMBER)
    told = work.told_update(workstream, work.OCTOBER, by=office)
    for update, by in ((own.update, lead), (told.update, office), (told.update, lead)):
        with pytest.raises(Refused, match="You wrote or sent this update"):
            assuring.assure(update=update, rating=Rag.RED, reason="Seen", by=by)
    assert Rating.objects.filter(kind="assured").count() == 0


def test_whether_an_update_is_ones_own_needs_no_database():
    writer, typist, other = (User(pk=n, person=Person(pk=n * 10, name=f"P{n}")) for n in (1, 2, 3))
    duplicate = Person(pk=40, name="P1 again", merged_into=writer.person)
    told = UpdateRevision(by=typist, on_behalf_of=duplicate)
    assert [assuring.wrote(each, told) for each in (writer, typist, other)] == [True, True, False]
    assert not assuring.wrote(User(pk=4), UpdateRevision())


def test_a_second_opinion_needs_a_sent_update_and_a_reason(workstream, assurer):
    update = work.draft(workstream, work.OCTOBER).update
    with pytest.raises(Refused, match="has not been sent"):
        assuring.assure(update=update, rating=Rag.RED, reason="Seen", by=assurer)
    sent = work.sent_update(workstream, work.SEPTEMBER).update
    with pytest.raises(Refused, match="from the evidence"):
        assuring.assure(update=sent, rating=Rag.RED, reason=" ", by=assurer)
    with pytest.raises(Refused, match="Choose Green, Amber or Red"):
        assuring.assure(update=sent, rating=Rag.COMPLETE, reason="Seen", by=assurer)


def test_an_assurer_gives_an_opinion_on_a_page_and_sees_both(workstream, assurer, client):
    work.sent_update(workstream, work.SEPTEMBER)
    client.force_login(assurer)
    address = f"{WORKSTREAM}updates/2026-09/"
    assert "Give a second opinion" in markup(client.get(address)).words
    assert faults(markup(client.get(f"{address}assure/"))) == []
    wrong = client.post(f"{address}assure/", {"rating": "red"})
    assert (wrong.status_code, faults(markup(wrong))) == (422, [])
    assert "Enter why, from the evidence you have seen" in markup(wrong).words
    answer = client.post(f"{address}assure/", {"rating": "red", "reason": "I read the rota"})
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    page = markup(client.get(address))
    assert faults(page) == []
    assert "The assurance reviewer says Red" in page.words
    assert client.get(f"{WORKSTREAM}updates/2026-10/assure/").status_code == 404


# -- questions ---------------------------------------------------------------------------------------------------------


def test_a_rating_better_than_the_rules_say_is_asked_about_when_it_is_sent(workstream):
    work.milestone(workstream, "Rota agreed", when="August 2026")
    revision = work.sent_update(workstream, work.SEPTEMBER)
    question = RatingQuestion.objects.get()
    assert question.text == (
        "The rules say Red because a milestone, ‘Rota agreed’, is 37 days past its latest possible day with no new "
        "forecast (Red: more than 30 days). Why is it Green?"
    )
    assert (question.revision, question.declared, question.other, question.by) == (revision, "green", "red", None)


def test_a_rating_as_bad_as_the_rules_say_is_not_asked_about(workstream):
    work.milestone(workstream, "Rota agreed", when="August 2026")
    work.sent_update(workstream, work.SEPTEMBER, rating=Rag.RED)
    assert RatingQuestion.objects.count() == 0


def test_the_lead_answers_a_question_and_everybody_reads_the_answer(workstream, client):
    work.milestone(workstream, "Rota agreed", when="August 2026")
    work.sent_update(workstream, work.SEPTEMBER)
    question = RatingQuestion.objects.get()
    lead = work.lead_of(workstream)
    client.force_login(lead)
    assert "A question about the rating of Crisis care" in markup(client.get("/p/own/")).words
    address = f"{WORKSTREAM}ratings/{question.pk}/answer/"
    wrong = client.post(address, {"text": " "})
    assert (wrong.status_code, faults(markup(wrong))) == (422, [])
    assert client.post(address, {"text": "It was agreed today"}).headers["Location"] == f"{WORKSTREAM}ratings/"
    assert "A question about the rating" not in markup(client.get("/p/own/")).words
    client.force_login(people.member(workstream.programme, Role.SLT))
    for page in (markup(client.get(WORKSTREAM)), markup(client.get(f"{WORKSTREAM}ratings/"))):
        assert faults(page) == []
        assert f"{lead.name}: It was agreed today" in page.words
    assert client.get(address).status_code == 403


def test_what_the_rules_ask_today_can_be_answered_before_the_next_update(workstream, client):
    work.sent_update(workstream, work.SEPTEMBER)
    work.milestone(workstream, "Rota agreed", when="August 2026")
    assert RatingQuestion.objects.count() == 0
    client.force_login(work.lead_of(workstream))
    page = markup(client.get(WORKSTREAM))
    assert faults(page) == []
    assert "Asked by the rules today." in page.words
    answer = client.post(f"{WORKSTREAM}ratings/answer/", {"text": "It was agreed today"})
    assert answer.status_code == 302
    assert (RatingQuestion.objects.get().basis, RatingAnswer.objects.get().text) == ("derived", "It was agreed today")
    assert client.get(f"{WORKSTREAM}ratings/answer/").status_code == 404
    assert "Asked by the rules today." not in markup(client.get(WORKSTREAM)).words


def test_a_programmes_roll_up_is_counts_and_the_worst(workstream, assurer):
    other = work.workstream(workstream.programme, "Schools")
    work.workstream(workstream.programme, "Silent")
    revision = work.sent_update(workstream, work.SEPTEMBER)
    work.sent_update(other, work.SEPTEMBER, rating=Rag.AMBER)
    assuring.assure(update=revision.update, rating=Rag.RED, reason="Seen", by=assurer, at=NOW)
    rolled = rolled_up(three_ratings(workstream.programme, NOW).values())
    assert {kind: (each.worst, each.counts) for kind, each in rolled.items()} == {
        "declared": (Rag.NOT_REPORTED, ((Rag.NOT_REPORTED, 1), (Rag.AMBER, 1), (Rag.GREEN, 1))),
        "derived": (Rag.NOT_REPORTED, ((Rag.NOT_REPORTED, 1), (Rag.GREEN, 2))),
        "assured": (Rag.RED, ((Rag.RED, 1),)),
    }


# -- the rules ---------------------------------------------------------------------------------------------------------

RULES = "/p/own/manage/thresholds/"


def typed(programme, **changed) -> dict[str, object]:
    rules = thresholds_of(programme)
    names = (*RatingThresholds.NUMBERS, *RatingThresholds.WORDS, "version")
    return {name: getattr(rules, name) for name in names} | changed


def test_the_defaults_hold_until_they_are_changed_and_a_change_is_kept_in_history(workstream, client):
    office = people.member(workstream.programme, Role.OFFICE)
    client.force_login(office)
    assert (thresholds_of(workstream.programme).version, RatingThresholds.objects.count()) == (0, 0)
    assert faults(markup(client.get(RULES))) == []
    data = typed(workstream.programme, amber_moves=4, green_definition="All is well here.")
    assert client.post(RULES, data).status_code == 302
    rules = RatingThresholds.objects.get()
    assert (rules.numbers.amber_moves, rules.version) == (4, 1)
    assert (rules.definition_of(Rag.GREEN), rules.meaning_of(Rag.RED)) == ("All is well here.", "off track")
    event = recorded_as(rules)
    assert event.pgh_context.metadata["user"] == office.pk
    work.sent_update(workstream, work.SEPTEMBER)
    work.milestone(workstream, when="March 2027", moved_to=["April 2027", "April 2027", "April 2027"])
    assert all("moved" not in words for words in reasons(workstream))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amber_overdue_days": 31}, "Amber must not start after Red"),
        ({"amber_moves": 0}, "Enter a whole number from 1 to 20"),
        ({"red_overdue_days": "soon"}, "Enter a whole number from 0 to 365"),
    ],
)
def test_rules_that_make_no_sense_are_refused_and_what_was_typed_stays(workstream, client, changed, said):
    client.force_login(people.member(workstream.programme, Role.ADMINISTRATOR))
    answer = client.post(RULES, typed(workstream.programme, **changed))
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert said in page.classed("nhsuk-error-summary")[0].text
    for name, value in changed.items():
        assert page.by_id(f"id_{name}")["value"] == str(value)


def test_rules_somebody_else_saved_first_are_shown_beside_what_was_typed(workstream, client):
    office = people.member(workstream.programme, Role.OFFICE)
    data = typed(workstream.programme, amber_moves=4)
    thresholds.change(programme=workstream.programme, version=0, by=office, amber_moves=7)
    client.force_login(office)
    answer = client.post(RULES, data)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (409, [])
    stored = dict(zip((e.text for e in page.all("dt")), (e.text for e in page.all("dd")), strict=True))
    assert (stored["A milestone has been moved at least"], stored["When to choose Red"]) == ("7", "Left empty")
    assert (page.by_id("id_amber_moves")["value"], page.by_id("id_version")["value"]) == ("4", "1")
    with pytest.raises(Stale):
        thresholds.change(programme=workstream.programme, version=0, by=office, amber_moves=4)
    with pytest.raises(Refused):
        thresholds.change(programme=workstream.programme, version=1, by=office, amber_overdue_days=99)
    with pytest.raises(TypeError):
        thresholds.change(programme=workstream.programme, version=1, by=office, nonsense=1)


@pytest.mark.parametrize("address", [WORKSTREAM, f"{WORKSTREAM}ratings/", f"{WORKSTREAM}updates/2026-09/"])
def test_pages_with_ratings_ask_the_database_as_often_for_three_questions_as_for_one(
    workstream, assurer, client, address
):
    revision = work.sent_update(workstream, work.SEPTEMBER)
    lead = work.lead_of(workstream)

    def opine() -> None:
        given = assuring.assure(update=revision.update, rating=Rag.RED, reason="Seen", by=assurer)
        assuring.answer(question=given.questions.get(), text="Filled", by=lead)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    client.force_login(lead)
    opine()
    client.get(address)
    first = count()
    opine()
    opine()
    assert count() == first
