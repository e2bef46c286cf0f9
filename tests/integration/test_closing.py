"""Closing a workstream well: its pack, the decision, the checks since, and opening it again."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import closing as made
from tests.factories import heard, people, work
from tests.integration.markup import faults, markup
from workstreams import closings
from workstreams.actions import closing, milestones
from workstreams.actions import workstreams as work_actions
from workstreams.models import ClosingPack, ClosingStep, MilestoneRehoming, SustainmentAnswer, Workstream

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
CRISIS = "/p/own/workstreams/crisis-care/"
CLOSING = f"{CRISIS}closing/"
LATER = datetime(2027, 2, 10, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def crisis(programme):
    return work.workstream(programme, "Crisis care", lead=people.user("Dana Whitlock"))


@pytest.fixture
def schools(programme):
    return work.workstream(programme, "Schools")


@pytest.fixture
def slt(programme):
    return people.member(programme, Role.SLT, "Sal Slater")


@pytest.fixture
def office(programme):
    return people.member(programme, Role.OFFICE, "Olu Office")


@pytest.fixture
def lead(crisis, client):
    account = work.lead_of(crisis)
    client.force_login(account)
    return account


def history(client, address=f"{CRISIS}history/") -> list[str]:
    page = markup(client.get(address))
    assert faults(page) == []
    return [" ".join(e.text.split()) for e in page.classed("app-history__entry")]


# -- actions -----------------------------------------------------------------------------------------------------------


def test_agreeing_closes_it_moves_and_drops_what_is_unfinished_and_names_what_follows_on(client, crisis, schools, slt):
    work_actions.add_objective(workstream=crisis, number=1, text="Answer at night", by=slt)
    moved, dropped = work.milestone(crisis, "Rota agreed", when="December 2026"), work.milestone(crisis, "Film made")
    stays = work.milestone(crisis, "Review after a year", when="November 2027")
    fates = {
        f"milestone-{moved.pk}-fate": "move",
        f"milestone-{moved.pk}-target": schools.pk,
        f"milestone-{stays.pk}-fate": "stay",
    }
    step = made.closed(crisis, by=slt, answers=made.answers(crisis, **fates), successor=schools)
    for row in (moved, dropped, stays, schools):
        row.refresh_from_db()
    assert (moved.workstream, moved.phase, moved.version) == (schools, None, 2)
    assert (dropped.dropped_on, dropped.dropped_why) == (date(2026, 11, 3), "No longer needed")
    assert (stays.workstream, stays.dropped_on) == (crisis, None)
    assert schools.predecessor == crisis
    assert MilestoneRehoming.objects.get().source == crisis
    newest = crisis.statuses.order_by("-pk")[0]
    assert (newest.status, newest.since, newest.reason) == ("completed", date(2026, 11, 3), "Its objectives are met.")
    assert step.content
    assert (step.closed_on, step.content["milestones"][0]["to"]["name"]) == (date(2026, 11, 3), "Schools")
    client.force_login(slt)
    told = "\n".join(history(client))
    assert "Sal Slater agreed that the workstream closes" in told
    assert "“Rota agreed” goes to Schools" in told
    assert "Dana Whitlock sent the closing pack to the senior leadership team" in told
    assert "from Crisis care to Schools" in "\n".join(history(client, "/p/own/workstreams/schools/history/"))


def test_a_pack_is_sent_whole_and_changed_by_nobody_while_it_waits(crisis, lead):
    with pytest.raises(Refused, match="who owns it from then on"):
        made.sent(crisis, owner="")
    pack = made.sent(crisis)
    with pytest.raises(Refused, match="Take it back"):
        made.saved(crisis)
    closing.take_back(pack=pack, number=1, by=lead)
    changed = made.saved(crisis, owner="The ward manager")
    with pytest.raises(Stale):
        closing.save(workstream=crisis, words=made.words(crisis), version=1, by=lead)
    closing.send(pack=changed, version=changed.version, by=lead)
    kinds = [step.kind for step in pack.steps.all()]
    assert kinds == ["sent", "taken_back", "sent"]
    assert [step.content["owner"] for step in pack.steps.all() if step.content] == [
        "Crisis service manager", "The ward manager"
    ]  # fmt: skip


def test_somebody_else_decides_once_and_says_why(crisis, lead, slt):
    pack = made.sent(crisis)
    with pytest.raises(Refused, match="somebody else has to decide"):
        closing.agree(pack=pack, number=1, sentence="Fine", by=lead)
    with pytest.raises(Refused, match="Say why"):
        closing.decline(pack=pack, number=1, sentence=" ", by=slt)
    closing.decline(pack=pack, number=1, sentence="The rota first", by=slt)
    with pytest.raises(Stale):
        closing.agree(pack=pack, number=1, sentence="Fine", by=slt)
    with pytest.raises(Refused, match="waits for a decision"):
        closing.agree(pack=pack, number=2, sentence="Fine", by=slt)
    assert closings.closing_of(crisis, work.TODAY).state == "not_yet"
    assert not crisis.statuses.filter(status="completed").exists()


def test_a_milestone_added_after_sending_has_to_be_looked_at_and_one_done_since_is_left_alone(crisis, lead, slt):
    done = work.milestone(crisis, "Film made", when="December 2026")
    pack = made.sent(crisis)
    new = work.milestone(crisis, "Rota agreed")
    with pytest.raises(Refused, match="“Rota agreed” has been added"):
        closing.agree(pack=pack, number=1, sentence="Fine", by=slt)
    for row in (done, new):
        milestones.complete(milestone=row, when=work.said("1 November 2026"), version=1, by=lead)
    closing.agree(pack=pack, number=1, sentence="Fine", by=slt)
    done.refresh_from_db()
    assert done.dropped_on is None


def test_a_dropped_milestone_is_neither_overdue_nor_counted_and_a_new_date_takes_it_up_again(client, crisis, slt):
    late = work.milestone(crisis, "Film made", when="September 2026")
    made.closed(crisis, by=slt)
    client.force_login(slt)
    plan = markup(client.get(f"{CRISIS}plan/"))
    assert "1 milestone: 1 dropped." in plan.words
    assert "Overdue" not in plan.words
    assert "Film made" not in markup(client.get("/p/own/roadmap/")).words
    late.refresh_from_db()
    milestones.move(milestone=late, when=work.said("March 2027"), reason="Money came", version=late.version, by=slt)
    late.refresh_from_db()
    assert (late.dropped_on, late.dropped_why) == (None, "")


def test_a_check_is_answered_and_put_right_and_both_answers_stay(client, crisis, slt, office):
    step = made.closed(crisis, by=slt)
    said = {"pack": step.pack, "months": 3, "evidence": "The February report", "by": office, "at": LATER}
    closing.answer_check(held="held", words="It runs", number=0, **said)
    with pytest.raises(Stale):
        closing.answer_check(held="not_held", words="It does not", number=0, **said)
    closing.answer_check(held="partly", words="It runs by day", number=1, **said)
    told = closings.closing_of(crisis, date(2027, 2, 11))
    assert [check.state_words for check in told.checks][:2] == ["Partly held", "Due on 3 May 2027"]
    assert [each.words for each in SustainmentAnswer.objects.all()] == ["It runs", "It runs by day"]
    client.force_login(office)
    assert any("put right what a check found" in line for line in history(client))


def test_reopening_keeps_what_was_decided_and_the_pack_can_be_sent_again(client, crisis, slt, office):
    made.closed(crisis, by=slt)
    closing.reopen(workstream=crisis, sentence="Calls have doubled", by=office)
    with pytest.raises(Refused, match="is not closed"):
        closing.reopen(workstream=crisis, sentence="Again", by=office)
    told = closings.closing_of(crisis, work.TODAY)
    assert ([step.kind for step in told.steps], told.checks) == (["sent", "agreed", "reopened"], ())
    assert told.pack
    closing.send(pack=told.pack, version=told.pack.version, by=work.lead_of(crisis))
    client.force_login(slt)
    page = markup(client.get(CLOSING))
    assert "Agreed: it closes by Sal Slater" in page.words
    assert any("opened the closed workstream again" in line for line in history(client))


# -- pages -------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("lead")
def test_a_lead_saves_a_draft_is_told_what_is_missing_and_sends_it(client, crisis, schools):
    work_actions.add_objective(workstream=crisis, number=1, text="Answer at night", by=None)
    rota = work.milestone(crisis, "Rota agreed", when="December 2026")
    heard.voice(crisis.programme, workstream=crisis)
    objective = crisis.objectives.get()
    address = f"{CLOSING}prepare/"
    assert faults(markup(client.get(address))) == []
    assert client.post(address, {"version": 0, "why": "Done"}).status_code == 302
    assert "Done" in client.get(address).content.decode()
    lacking = client.post(address, {"version": 1, "why": "Done", "send": "1"})
    page = markup(lacking)
    assert (lacking.status_code, faults(page)) == (422, [])
    assert "Select what became of “Answer at night”" in page.words
    whole = made.TYPED | {
        "version": 1, "send": "1", "voices": "By letter", "successor": schools.pk,
        f"objective-{objective.pk}-outcome": "met", f"objective-{objective.pk}-evidence": "The figures",
        f"milestone-{rota.pk}-fate": "move", f"milestone-{rota.pk}-target": schools.pk,
    }  # fmt: skip
    stale = client.post(address, whole | {"version": 0})
    assert (stale.status_code, faults(markup(stale))) == (409, [])
    assert client.post(address, whole).status_code == 302
    content = ClosingStep.objects.get().content
    assert content
    assert content["voices"] == "By letter"
    assert faults(markup(client.get(CLOSING))) == []
    waiting = markup(client.get(address))
    assert (faults(waiting), "waits for a decision" in waiting.words) == ([], True)
    assert client.post(address).status_code == 302
    assert ClosingPack.objects.get().steps.count() == 2


def test_slt_decides_on_the_page_and_an_older_page_says_so(client, crisis, slt):
    made.sent(crisis)
    client.force_login(slt)
    address = f"{CLOSING}decide/"
    page = markup(client.get(address))
    assert (faults(page), "Crisis service manager" in page.words) == ([], True)
    assert client.post(address, {"version": 1}).status_code == 422
    said = {"version": 1, "outcome": "agreed", "sentence": "Well done"}
    assert client.post(address, said | {"version": 0}).status_code == 409
    assert client.post(address, said).status_code == 302
    assert client.get(address).status_code == 302
    closed = markup(client.get(CRISIS))
    assert (
        "This workstream closed on 4 November 2026 because “Its objectives are met”; Crisis service manager owns it "
        "now, and the 3-month check is due on 4 February 2027." in closed.words
    )


def test_a_check_is_answered_on_its_page(client, crisis, slt, monkeypatch):
    made.closed(crisis, by=slt)
    monkeypatch.setenv("TRACKER_NOW", "2027-02-10T12:00:00")
    client.force_login(work.lead_of(crisis))
    assert "the 3-month check is overdue by 7 days" in markup(client.get(CRISIS)).words
    address = f"{CLOSING}checks/3/"
    assert faults(markup(client.get(address))) == []
    assert client.post(address, {"version": 0}).status_code == 422
    said = {"version": 0, "held": "partly", "words": "By day", "evidence": "https://example.org/report"}
    assert client.post(address, said).status_code == 302
    assert client.post(address, said).status_code == 409
    page = markup(client.get(CLOSING))
    assert (faults(page), "Partly held" in page.words) == ([], True)
    assert client.get(f"{CLOSING}checks/4/").status_code == 404


def test_who_may_not_prepare_decide_or_reopen_is_told_so(client, crisis, slt):
    made.closed(crisis, by=slt)
    client.force_login(people.member(crisis.programme, Role.READER))
    assert faults(markup(client.get(CLOSING))) == []
    for part in ("prepare/", "decide/", "checks/3/", "reopen/"):
        assert client.get(CLOSING + part).status_code == 403


def test_the_page_asks_as_often_for_three_of_everything_as_for_one(client, crisis, slt):
    def more(number: int) -> None:
        work_actions.add_objective(workstream=crisis, number=number, text=f"Aim {number}", by=None)
        work.milestone(crisis, f"Film {number}", when="December 2026")

    client.force_login(work.lead_of(crisis))
    costs: dict[str, list[int]] = {"": [], "prepare/": []}
    for number in (1, 2, 3):
        more(number)
        if number == 1:
            closing.take_back(pack=made.sent(crisis), number=1, by=slt)
        for part, seen in costs.items():
            with CaptureQueriesContext(connection) as queries:
                assert client.get(CLOSING + part).status_code == 200
            seen.append(len(queries))
    assert all(len(set(seen)) == 1 for seen in costs.values()), costs
    assert Workstream.objects.get(pk=crisis.pk).closing_pack.steps.count() == 2
