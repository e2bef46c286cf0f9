"""What the lead's page asks beside the sections: promises, no change, help wanted, the rating; and corrections."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from programme.actions import periods
from programme.refusals import Refused, Stale
from programme.roles import Role
from programme.status import Rag
from tests.factories import people, work
from tests.integration.markup import faults, markup
from workstreams import promises
from workstreams.actions import updates
from workstreams.actions.updates import PromiseAnswer
from workstreams.changes import Outcome
from workstreams.models import (
    Ask,
    MonthlyUpdate,
    PromiseOutcome,
    RatingQuestion,
    UpdateDraft,
    UpdateEvent,
    UpdateItem,
    UpdateRevision,
)
from workstreams.sections import Section

pytestmark = pytest.mark.django_db

ROOT = "/p/own/workstreams/crisis-care/updates/2026-10"
PAGE = f"{ROOT}/"
EDIT, CHECK, SENT, NO_CHANGE, CORRECT, RECALL = (
    f"{ROOT}/{end}/" for end in ("edit", "check", "sent", "no-change", "correct", "recall")
)
STEPS = ["Agree the rota", "Move the base", "Train staff"]
TYPED = {"progress": "The rota is agreed", "next_steps": "Publish it", "rating": "green"}
SAID = {**work.WORDS, Section.NEXT_STEPS: STEPS}


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
def steps(workstream) -> list[UpdateItem]:
    """September's next steps."""
    sent = work.sent_update(workstream, work.SEPTEMBER, items=SAID)
    return list(sent.items.filter(section=Section.NEXT_STEPS))


def typed(**words: object) -> dict[str, object]:
    return {"version": 0, **TYPED} | words


def promise(item: UpdateItem, outcome: str, **more: str) -> dict[str, str]:
    return {f"promise-{item.pk}-outcome": outcome} | {f"promise-{item.pk}-{name}": text for name, text in more.items()}


def draft() -> UpdateDraft:
    return UpdateDraft.objects.get(update__period__month=work.OCTOBER)


def send(client, **words: object) -> UpdateRevision:
    answer = client.post(EDIT, typed(**words))
    assert (answer.status_code, answer.headers.get("Location")) == (302, CHECK), markup(answer).words
    client.post(CHECK, {"version": draft().version})
    return UpdateRevision.objects.get(update__period__month=work.OCTOBER)


def october(workstream) -> MonthlyUpdate:
    return MonthlyUpdate.objects.get(workstream=workstream, period__month=work.OCTOBER)


# -- promises ----------------------------------------------------------------------------------------------------------


def test_last_months_next_steps_are_asked_about_answered_and_shown_from_the_draft_to_the_next_month(
    workstream, steps, lead, client
):
    rota, base, train = steps
    page = markup(client.get(EDIT))
    assert faults(page) == []
    asked = [e.text.strip() for e in page.all("legend")][: len(STEPS)]
    assert asked == STEPS
    answers = promise(rota, "done") | promise(base, "moved", when="March 2027") | promise(train, "dropped", reason="No")
    revision = send(client, **answers)
    assert [(o.item, o.outcome, o.when_words, o.reason) for o in revision.outcomes.all()] == [
        (rota, "done", "", ""), (base, "moved", "March 2027", ""), (train, "dropped", "", "No"),
    ]  # fmt: skip
    moved = revision.outcomes.get(outcome="moved")
    assert (moved.when_start, moved.when_end) == (date(2027, 3, 1), date(2027, 3, 31))
    assert [i.text for i in revision.items.filter(section="next_steps")] == ["Publish it", "Move the base"]
    assert moved.carried_to == revision.items.get(text="Move the base")
    for address in (SENT, PAGE):
        words = markup(client.get(address)).words
        assert "Agree the rota Done" in words
        assert "Move the base Moved to March 2027" in words
        assert "Train staff Dropped because No" in words
    assert "Move the base (moved to March 2027)" in markup(client.get(PAGE)).words


def test_check_answers_shows_what_became_of_each_promise(steps, lead, client):
    client.post(EDIT, typed(**promise(steps[0], "done")))
    words = markup(client.get(CHECK)).words
    assert "Agree the rota Done" in words
    assert "Move the base Not answered, comes back next month" in words


def test_what_is_not_answered_comes_back_with_its_age_and_what_moves_again_says_how_often(
    workstream, steps, lead, client, monkeypatch
):
    send(client, **promise(steps[0], "moved", when="December 2026"))
    monkeypatch.setenv("TRACKER_NOW", "2026-12-02T12:00:00")
    page = markup(client.get(EDIT.replace("2026-10", "2026-11")))
    assert "Promised in September 2026, moved once, now to December 2026." in page.words
    assert "Promised in September 2026, not answered in 1 update." in page.words
    asked = [e.text.strip() for e in page.all("legend")][:4]
    assert asked == ["Move the base", "Train staff", "Agree the rota", "Publish it"]
    waiting = [each.text for each in promises.open_now(workstream, date(2026, 11, 20))]
    assert waiting == ["Move the base", "Train staff", "Agree the rota", "Publish it"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("moved", {}), "Enter when it will be done"),
        (
            ("moved", {"when": "when the moon is full"}),
            "Enter a date such as 24 December 2026, March 2027 or Spring 2027",
        ),
        (("moved", {"when": "March 2020"}), "Enter a date that has not passed"),
        (("dropped", {"reason": "  "}), "Say why it was dropped"),
    ],
)
def test_an_answer_that_lacks_something_says_what_and_keeps_what_was_typed(steps, lead, client, given, said):
    outcome, more = given
    answer = client.post(EDIT, typed(**promise(steps[0], outcome, **more)))
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert said in page.classed("nhsuk-error-summary")[0].text
    for text in more.values():
        if text.strip():
            assert text in page.source
    assert draft().answers[f"promise-{steps[0].pk}-outcome"] == outcome


def test_what_belongs_to_another_answer_is_left_alone(steps, lead, client):
    revision = send(client, **promise(steps[0], "done", when="when the moon is full"))
    assert [(o.outcome, o.when_words) for o in revision.outcomes.all()] == [("done", "")]


def test_answering_a_promise_is_enough_to_send(steps, lead, client):
    revision = send(client, progress="", next_steps="", **promise(steps[0], "done"))
    assert (revision.items.count(), revision.outcomes.count()) == (0, 1)


def test_recalling_gives_the_answers_back_and_the_moved_promise_is_not_typed_twice(steps, lead, client):
    send(client, **promise(steps[1], "moved", when="March 2027"))
    client.post(RECALL)
    assert draft().sections["next_steps"] == "Publish it"
    assert draft().answers == {f"promise-{steps[1].pk}-outcome": "moved", f"promise-{steps[1].pk}-when": "March 2027"}
    page = markup(client.get(EDIT))
    assert "March 2027" in [e["value"] for e in page.all("input")]
    client.post(CHECK, {"version": draft().version})
    newest = UpdateRevision.objects.latest("number")
    assert (newest.number, newest.outcomes.count()) == (2, 1)


def test_a_promise_of_another_workstream_is_not_answered_here(workstream, steps, lead):
    other = work.workstream(workstream.programme, "Other")
    given = {
        "period": work.period(workstream.programme, work.OCTOBER), "items": work.WORDS, "rating": Rag.GREEN,
        "reason": "", "by": lead, "promises": [PromiseAnswer(steps[0].pk, Outcome.DONE)],
    }  # fmt: skip
    with pytest.raises(Refused, match="is not this workstream's"):
        updates.send(workstream=other, **given)
    with pytest.raises(Refused, match="Say when “Agree the rota” is to be done"):
        updates.send(workstream=workstream, **given | {"promises": [PromiseAnswer(steps[0].pk, Outcome.MOVED)]})
    with pytest.raises(Refused, match="Say why “Agree the rota” was dropped"):
        updates.send(workstream=workstream, **given | {"promises": [PromiseAnswer(steps[0].pk, Outcome.DROPPED)]})
    assert PromiseOutcome.objects.count() == 0


def test_two_people_answering_promises_are_both_shown(steps, lead, client):
    client.post(EDIT, typed(save="1", **promise(steps[0], "done")))
    answer = client.post(EDIT, typed(**promise(steps[0], "dropped", reason="The team has gone")))
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (409, [])
    assert {"Done", "Dropped", "The team has gone"} <= {e.text for e in page.classed("app-kept-lines")}
    again = {e["name"]: e["value"] for e in page.all("input") if e["type"] == "hidden"}
    client.post(EDIT, again | {"continue": "1"})
    assert draft().answers[f"promise-{steps[0].pk}-reason"] == "The team has gone"


def test_answers_typed_before_the_session_ended_are_offered(workstream, steps, client):
    words = promise(steps[0], "moved", when="Spring 2027") | {"ask-1-text": "Fund a nurse"}
    client.post(EDIT, typed(**words))
    lead = work.lead_of(workstream)
    client.post("/sign-in/", {"login": lead.email, "password": people.PASSWORD, "next": EDIT})
    offered = markup(client.get(EDIT)).classed("app-offered")[0].text
    assert "Agree the rota" in offered
    assert "Moved to a later date" in offered
    assert "Spring 2027" in offered
    assert "Fund a nurse" in offered


# -- unchanged words ---------------------------------------------------------------------------------------------------


def test_words_that_stand_are_marked_for_readers_and_asked_about_in_the_form(workstream, lead, client):
    for month in (7, 8, 9):
        work.sent_update(
            workstream, date(2026, month, 1), items={Section.PROGRESS: ["The rota is agreed", f"Visit {month} made"]}
        )
    page = markup(client.get(EDIT))
    assert faults(page) == []
    beside = " ".join(page.classed("app-beside__before")[0].text.split())
    assert "The rota is agreed (unchanged since July 2026)Visit 9 made" in beside
    prompts = [" ".join(e.text.split()) for e in page.classed("app-prompt")]
    assert prompts == ["Some words here have stood unchanged in 3 updates. Is it still so?"]
    send(client)
    assert "The rota is agreed (unchanged since July 2026)" in markup(client.get(PAGE)).words


# -- no change ---------------------------------------------------------------------------------------------------------


def test_no_change_is_one_tap_that_keeps_the_words_and_declares_the_rating_again(workstream, lead, client):
    before = work.sent_update(workstream, work.SEPTEMBER, rating=Rag.AMBER)
    assert "No change, I have checked" in markup(client.get(EDIT)).words
    answer = client.post(NO_CHANGE, {"version": 0, "progress": "", "rating": ""})
    assert (answer.status_code, answer.headers["Location"]) == (302, SENT)
    revision = UpdateRevision.objects.get(update=october(workstream))
    assert (revision.carries, revision.items.count(), revision.by) == (before, 0, lead)
    rating = revision.ratings.get()
    assert (rating.rag, rating.reason, rating.by) == (Rag.AMBER, before.ratings.get().reason, lead)
    assert [e.kind for e in UpdateEvent.objects.filter(update=revision.update)] == ["no_change"]
    receipt, page = markup(client.get(SENT)), markup(client.get(PAGE))
    assert faults(receipt) + faults(page) == []
    assert "October 2026: no change" in receipt.words
    assert f"No change, checked by {lead.name} 4 November 2026" in page.words
    assert "Two nurses have started" in page.words  # the words that stand
    again = client.post(NO_CHANGE, {"version": 0})
    assert (again.status_code, UpdateRevision.objects.filter(update=october(workstream)).count()) == (302, 1)


def test_no_change_can_be_undone_until_the_due_day(workstream, lead, client):
    work.sent_update(workstream, work.SEPTEMBER)
    client.post(NO_CHANGE, {"version": 0})
    assert "Undo, I want to write an update" in markup(client.get(SENT)).words
    client.post(RECALL)
    assert not MonthlyUpdate.objects.filter(pk=october(workstream).pk).sent().exists()
    assert not any(draft().sections.values())


def test_words_typed_before_no_change_was_pressed_are_kept_and_nothing_is_sent(workstream, lead, client):
    work.sent_update(workstream, work.SEPTEMBER)
    page = markup(client.post(NO_CHANGE, typed(progress="Typed a moment ago"), follow=True))
    assert "There is a draft with words in it." in page.words
    assert draft().sections["progress"] == "Typed a moment ago"
    assert not UpdateRevision.objects.filter(update=october(workstream)).exists()
    answer = client.post(NO_CHANGE, typed(progress="In another tab"))
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("last", "why"),
    [
        ((8, Rag.GREEN), "There is no update for the month before that could still stand."),
        ((9, Rag.RED), "The last rating is Red. Say what has been done to get back on track."),
    ],
)
def test_no_change_is_not_offered_where_an_update_in_words_is_needed(workstream, lead, client, last, why):
    month, rating = last
    work.sent_update(workstream, date(2026, month, 1), rating=rating)
    page = markup(client.get(EDIT))
    assert why in page.words
    assert "No change, I have checked" not in page.words
    assert why in markup(client.post(NO_CHANGE, {"version": 0}, follow=True)).words
    assert not UpdateRevision.objects.filter(update__period__month=work.OCTOBER).exists()


def test_the_third_no_change_in_a_row_asks_for_a_review(workstream, lead, client):
    first = work.sent_update(workstream, date(2026, 7, 1))
    for month in (8, 9):
        period = work.period(workstream.programme, date(2026, month, 1))
        at = datetime(2026, month + 1, 2, 9, tzinfo=UTC)
        carried = updates.confirm_no_change(workstream=workstream, period=period, by=lead, at=at)
        assert carried.carries == first
    assert "“No change” was given twice in a row." in markup(client.get(EDIT)).words
    with pytest.raises(Refused, match="twice in a row"):
        updates.confirm_no_change(
            workstream=workstream, period=work.period(workstream.programme, work.OCTOBER), by=lead
        )


def test_no_change_is_not_said_over_a_draft(workstream, lead):
    work.sent_update(workstream, work.SEPTEMBER)
    work.draft(workstream, work.OCTOBER)
    with pytest.raises(Stale):
        updates.confirm_no_change(
            workstream=workstream, period=work.period(workstream.programme, work.OCTOBER), by=lead
        )


def test_no_change_has_a_page_of_its_own_that_hands_typed_words_on_to_the_form(workstream, client):
    work.sent_update(workstream, work.SEPTEMBER)
    lead = work.lead_of(workstream)
    client.post(NO_CHANGE, typed(progress="Typed for an hour"))
    client.post("/sign-in/", {"login": lead.email, "password": people.PASSWORD, "next": NO_CHANGE})
    assert "Typed for an hour" in markup(client.get(NO_CHANGE, follow=True)).classed("app-offered")[0].text
    page = markup(client.get(NO_CHANGE))
    assert faults(page) == []
    assert "Has nothing changed since September 2026?" in page.words


def test_the_office_does_not_check_in_a_leads_name(workstream, client):
    work.sent_update(workstream, work.SEPTEMBER)
    client.force_login(people.member(workstream.programme, Role.OFFICE))
    assert "No change, I have checked" not in markup(client.get(EDIT)).words
    assert client.post(NO_CHANGE, {"version": 0}).status_code == 403


# -- help wanted and the rating ----------------------------------------------------------------------------------------


def test_help_wanted_is_asked_with_the_update_and_lives_on(workstream, lead, client):
    words = {"ask-1-text": "Fund two more nurses", "ask-1-by": "20 November 2026", "ask-1-blocking": "on"}
    answer = client.post(EDIT, typed(more_help="1", **words))
    assert answer.headers["Location"] == f"{EDIT}#part-risks"
    page = markup(client.get(EDIT))
    assert page.by_id("id_ask-2-text").text.strip() == ""
    revision = send(client, version=draft().version, **words, **{"ask-2-text": "Lend us a room"})
    asks = Ask.objects.order_by("pk")
    assert [(a.text, a.wanted_by, a.is_blocking, a.asked_in) for a in asks] == [
        ("Fund two more nurses", date(2026, 11, 20), True, revision), ("Lend us a room", None, False, revision),
    ]  # fmt: skip
    client.post(RECALL)
    page = markup(client.get(EDIT))
    assert "Fund two more nurses (wanted by 20 November 2026)" in page.words  # asked once, and not typed again
    assert page.by_id("id_ask-1-text").text.strip() == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"ask-1-by": "20 November 2026"}, "Say what help or decision you need"),
        (
            {"ask-1-text": "Fund a nurse", "ask-1-blocking": "on"},
            "Enter by which day you need the answer, since the work cannot go on without it",
        ),
        ({"rating": "red", "reason": "Stuck"}, "Say what will bring it back to Green"),
        ({"rating": "red", "reason": "Stuck", "path-action": "Hire"}, "Enter who will do it"),
        ({"rating": "red", "reason": "Stuck", "path-action": "Hire", "path-owner": "Jo"}, "Enter by which day"),
        (
            {"rating": "red", "reason": "Stuck", "path-action": "Hire", "path-owner": "Jo", "path-by": "ongoing"},
            "Enter a day, such as 24 December 2026",
        ),
    ],
)
def test_what_an_ask_or_a_red_rating_lacks_is_said(lead, client, words, said):
    answer = client.post(EDIT, typed(**words))
    assert (answer.status_code, faults(markup(answer))) == (422, [])
    assert said in markup(answer).classed("nhsuk-error-summary")[0].text


def test_a_red_rating_is_sent_with_its_path_and_comes_back_when_recalled(workstream, lead, client):
    path = {"path-action": "Two agency nurses start", "path-owner": lead.name.upper(), "path-by": "1 December 2026"}
    revision = send(client, rating="red", reason="Stuck", confidence="amber", **path)
    rating = revision.ratings.get()
    assert (rating.path_action, rating.path_owner, rating.path_by, rating.delivery_confidence) == (
        "Two agency nurses start", lead.person, date(2026, 12, 1), "amber",
    )  # fmt: skip
    client.post(RECALL)
    assert draft().answers == {
        "path-action": "Two agency nurses start", "path-owner": lead.name, "path-by": "1 December 2026",
        "confidence": "amber",
    }  # fmt: skip


def test_a_rating_better_than_the_rules_say_needs_a_reason_which_answers_the_question(workstream, lead, client):
    work.milestone(workstream, "Move the base", when="June 2026")
    page = markup(client.get(EDIT))
    assert faults(page) == []
    assert "Why is it not Red?" in page.words
    answer = client.post(EDIT, typed())
    assert "Say why the workstream is not Red" in markup(answer).classed("nhsuk-error-summary")[0].text
    revision = send(client, version=draft().version, **{"why-not": "The new date is agreed"})
    question = RatingQuestion.objects.get()
    assert (question.revision, [a.text for a in question.answers.all()]) == (revision, ["The new date is agreed"])
    assert "The new date is agreed" in markup(client.get(PAGE)).words


def test_no_change_is_not_offered_where_the_rules_say_worse(workstream, lead, client):
    work.sent_update(workstream, work.SEPTEMBER)
    work.milestone(workstream, "Move the base", when="June 2026")
    words = markup(client.get(EDIT)).words
    assert "Milestones, risks or measures suggest a worse rating than the last one." in words
    assert "No change, I have checked" not in words


def test_a_date_is_changed_from_the_form_which_keeps_what_was_typed(workstream, lead, client):
    milestone = work.milestone(workstream, "Move the base", when="June 2026")
    page = markup(client.get(EDIT))
    assert "1 milestone is past its date." in page.words
    answer = client.post(EDIT, typed(**{"milestone-move": str(milestone.pk)}))
    move = reverse("milestone-move", args=["own", "crisis-care", milestone.pk])
    assert answer.headers["Location"] == f"{move}?update=2026-10"
    assert draft().sections["progress"] == TYPED["progress"]
    answer = client.post(
        f"{move}?update=2026-10", {"version": milestone.version, "when": "March 2027", "reason": "The lease"}
    )
    assert answer.headers["Location"] == f"{EDIT}#part-milestones"
    elsewhere = client.get(f"{move}?update=//evil.example")
    assert "evil.example" not in [e["href"] for e in markup(elsewhere).all("a")]


def test_an_ordinary_month_needs_at_most_nine_answers(workstream, steps, lead, client):
    """Whatever is asked, these are the only answers without which an update is not taken; at worst, when it is Red."""
    work.milestone(workstream, "Move the base", when="June 2026")
    least = {"progress": "All went well", "rating": "green", "why-not": "The new date is agreed"}
    path = {"path-action": "Hire", "path-owner": "Jo", "path-by": "1 December 2026"}
    most = {"progress": "It went wrong", "rating": "red", "reason": "Stuck", **path}
    for words in (least, most):
        needed = 0
        for name in words:
            without = {key: text for key, text in words.items() if key != name}
            version = UpdateDraft.objects.values_list("version", flat=True).first() or 0
            needed += client.post(EDIT, {"version": version, **without}).status_code == 422
        assert needed == len(words) <= 9
        assert client.post(EDIT, {"version": draft().version, **words}).status_code == 302


def test_a_returned_update_is_back_with_the_reason_above_it(workstream, lead, client):
    sent = work.sent_update(workstream, work.OCTOBER, at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    office = people.member(workstream.programme, Role.OFFICE)
    with pytest.raises(Refused, match="Say why the update goes back"):
        updates.reopen(update=sent.update, kind=UpdateEvent.Kind.RETURNED, by=office)
    updates.reopen(update=sent.update, kind=UpdateEvent.Kind.RETURNED, by=office, reason="Which four places?")
    page = markup(client.get(EDIT))
    assert faults(page) == []
    assert "Which four places?" in page.classed("app-returned")[0].text
    assert "Two nurses have started" in page.by_id("id_progress").text


# -- corrections -------------------------------------------------------------------------------------------------------


@pytest.fixture
def closed(workstream, steps, lead, client, monkeypatch):
    """October as sent, a month later."""
    send(client, **promise(steps[0], "moved", when="March 2027"))
    monkeypatch.setenv("TRACKER_NOW", "2026-12-15T12:00:00")
    periods.close(period=work.period(workstream.programme, work.OCTOBER), by=None)
    return october(workstream)


def correction(client, **words: object) -> dict[str, object]:
    form = markup(client.get(CORRECT))
    number = next(e["value"] for e in form.all("input") if e["name"] == "number")
    return {"number": number, **TYPED, "because": "The figure was last year's"} | words


def test_a_correction_stands_beside_what_was_sent_and_says_why(closed, lead, client):
    page = markup(client.get(CORRECT))
    assert faults(page) == []
    assert "The rota is agreed" in page.by_id("id_progress").text
    assert "Agree the rota" in page.by_id("id_next_steps").text
    words = correction(client, progress="The rota is agreed in two places", next_steps="Publish it\nAgree the rota")
    answer = client.post(CORRECT, words, follow=True)
    read = markup(answer)
    assert faults(read) == []
    assert "because: The figure was last year's" in read.words
    assert "The rota is agreed in two places" in read.words
    assert "The text as it was sent 4 November 2026" in read.words
    assert "appears in the next report" in read.words
    first, second = UpdateRevision.objects.filter(update=closed)
    assert (second.kind, second.reason, second.ratings.get().rag) == ("correction", words["because"], Rag.GREEN)
    carried = second.outcomes.get()
    assert (carried.item, carried.when_words) == (first.outcomes.get().item, "March 2027")
    assert carried.carried_to == second.items.get(text="Agree the rota")
    assert [e.kind for e in closed.events.all()] == ["submitted", "corrected"]


def test_a_correction_without_a_reason_keeps_what_was_typed(closed, lead, client):
    answer = client.post(CORRECT, correction(client, progress="Typed for an hour", because=" "))
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert "Say why the update is corrected" in page.classed("nhsuk-error-summary")[0].text
    assert "Typed for an hour" in page.by_id("id_progress").text


def test_two_corrections_at_once_are_both_shown(closed, lead, client):
    mine = correction(client, progress="Mine")
    client.post(CORRECT, correction(client, progress="Theirs"))
    answer = client.post(CORRECT, mine)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (409, [])
    assert "Theirs" in page.classed("app-offered")[0].text
    assert page.by_id("id_progress").text.strip() == "Mine"
    again = mine | {"number": next(e["value"] for e in page.all("input") if e["name"] == "number")}
    assert client.post(CORRECT, again).status_code == 302
    assert [r.number for r in closed.revisions.all()] == [1, 2, 3]


def test_a_correction_typed_before_the_session_ended_is_back_in_its_boxes(closed, lead, client):
    words = correction(client, progress="Typed for an hour")
    client.logout()
    client.post(CORRECT, words)
    client.post("/sign-in/", {"login": lead.email, "password": people.PASSWORD, "next": CORRECT})
    page = markup(client.get(CORRECT))
    assert "Typed for an hour" in page.by_id("id_progress").text
    assert "You typed this before you were signed out" in page.words


def test_the_office_corrects_too_and_readers_do_not(closed, workstream, client):
    for role, status in ((Role.OFFICE, 200), (Role.SLT, 403), (Role.READER, 403), (Role.ADMINISTRATOR, 403)):
        client.force_login(people.member(workstream.programme, role))
        assert (role, client.get(CORRECT).status_code) == (role, status)


def test_before_the_due_day_an_update_is_recalled_and_not_corrected(workstream, lead, client):
    sent = work.sent_update(workstream, work.OCTOBER, at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    assert client.get(CORRECT).headers["Location"] == PAGE
    given = {"items": work.WORDS, "rating": Rag.GREEN, "reason": "", "number": 1, "by": lead}
    with pytest.raises(Refused, match="Recall the update to change it"):
        updates.correct(update=sent.update, because="A slip", **given)
    late = datetime(2026, 11, 9, 9, tzinfo=UTC)
    with pytest.raises(Refused, match="Say why the update is corrected"):
        updates.correct(update=sent.update, because=" ", at=late, **given)
    with pytest.raises(Stale):
        updates.correct(update=sent.update, because="A slip", at=late, **given | {"number": 2})
