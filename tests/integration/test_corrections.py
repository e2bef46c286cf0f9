"""Entering an update on behalf of a lead, moving one to its right month, merging duplicates: actions and pages."""

from datetime import UTC, datetime, timedelta
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.actions import periods, programmes
from programme.history import recorded
from programme.models import Person
from programme.names import may_be_same
from programme.refusals import Refused
from programme.roles import Role
from programme.status import Rag
from reporting.dashboard import picture
from tests.factories import people, work
from workstreams import access
from workstreams.actions import updates
from workstreams.actions import workstreams as actions
from workstreams.models import Assignment, MonthlyUpdate, UpdateEvent, Workstream, WorkstreamStatus
from workstreams.sections import Section

pytestmark = pytest.mark.django_db
NOVEMBER = work.OCTOBER.replace(month=11)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def world(client):
    own = work.programme("Own")
    office = people.member(own, Role.OFFICE, "Olu Office")
    lead = people.user("Dana Whitlock")
    crisis = work.workstream(own, "Crisis care", lead=lead)
    client.force_login(office)
    return SimpleNamespace(programme=own, office=office, lead=lead, crisis=crisis, client=client)


def told(world, **fields):
    given = {
        "workstream": world.crisis,
        "period": work.period(world.programme, work.OCTOBER),
        "items": work.WORDS,
        "rating": Rag.GREEN,
        "reason": "",
        "by": world.office,
        "on_behalf_of": world.lead.person,
        "source_note": "email, 3 November",
    }
    return updates.send(**(given | fields))


def address(name, world, **keys):
    return reverse(name, kwargs={"programme": world.programme.slug} | keys)


def text(answer):
    return unescape(answer.content.decode())


def line_of(world, workstream):
    seen = picture(world.programme, work.period(world.programme, work.OCTOBER), work.TODAY)
    return next((line for line in seen.lines if line.pk == workstream.pk), None)


# -- on behalf of a lead -----------------------------------------------------------------------------------------------


def test_an_update_on_behalf_stands_in_the_leads_name_and_says_who_typed_it(world):
    revision = told(world)
    assert (revision.by, revision.by_name, revision.on_behalf_of) == (world.office, "Dana Whitlock", world.lead.person)
    event = revision.update.events.get()
    assert (event.by, event.reason) == (world.office, "Entered on behalf of Dana Whitlock (from email, 3 November)")
    assert line_of(world, world.crisis).last_sent.by_name == "Dana Whitlock"


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"source_note": " "}, "Say who told you and when"), ({"on_behalf_of": "somebody"}, "does not lead Crisis care")],
)
def test_an_update_on_behalf_needs_its_source_and_somebody_who_leads(world, fields, why):
    if fields.get("on_behalf_of"):
        fields = {"on_behalf_of": people.person("Some Body")}
    with pytest.raises(Refused, match=why):
        told(world, **fields)
    assert not UpdateEvent.objects.exists()


def test_the_database_itself_wants_the_source(world):
    revision = work.sent_update(world.crisis, work.SEPTEMBER)
    with pytest.raises(DatabaseError, match="on_behalf_says_who_told"), transaction.atomic():
        type(revision).objects.create(
            update=revision.update, number=2, on_behalf_of=world.lead.person, at=datetime(2026, 10, 1, tzinfo=UTC)
        )


def test_the_office_writes_checks_and_sends_what_a_lead_told_it(world):
    keys = {"slug": "crisis-care", "month": "2026-10"}
    edit = address("update-edit", world, **keys)
    page = text(world.client.get(edit))
    assert "You are writing for <strong>Dana Whitlock</strong>" in page
    assert "Who told you and when?" in page
    typed = {"version": 0, "progress": "• Rota <b>agreed</b>\n• Two nurses", "rating": "green", "continue": "1"}
    typed["on_behalf_of"] = world.lead.person_id
    missing = world.client.post(edit, typed)
    assert missing.status_code == 422
    assert "Enter who told you and when" in text(missing)
    assert "Rota <b>agreed</b>" in text(missing)
    assert b"Rota <b>agreed</b>" not in missing.content, "escaped"
    again = world.client.post(edit, typed | {"version": 1, "source_note": "phone call, 3 November"})
    assert again.url == address("update-check", world, **keys)
    check = text(world.client.get(again.url))
    assert "Dana Whitlock" in check
    assert "From phone call, 3 November" in check
    sent = world.client.post(again.url, {"version": 2}, follow=True)
    line = "Entered by Olu Office on behalf of Dana Whitlock (from phone call, 3 November)."
    assert line in text(sent)
    for name, where in (
        ("update", keys),
        ("updates", {"slug": "crisis-care"}),
        ("workstream", {"slug": "crisis-care"}),
    ):
        assert line in text(world.client.get(address(name, world, **where))), name


def test_with_joint_leads_the_office_says_whose_update_it_is(world):
    second = people.user("Ravi Joint")
    work.assign(world.crisis, second, Assignment.Role.LEAD)
    edit = address("update-edit", world, slug="crisis-care", month="2026-10")
    typed = {"version": 0, "progress": "Done", "rating": "green", "source_note": "email", "continue": "1"}
    assert "Select whose update it is" in text(world.client.post(edit, typed))
    assert world.client.post(edit, typed | {"version": 1, "on_behalf_of": second.person_id}).status_code == 302
    check = address("update-check", world, slug="crisis-care", month="2026-10")
    world.client.post(check, {"version": 2})
    assert MonthlyUpdate.objects.get().revisions.get().by_name == "Ravi Joint"


def test_nobody_else_can_be_named_and_a_lead_writes_only_as_themselves(world):
    edit = address("update-edit", world, slug="crisis-care", month="2026-10")
    typed = {"version": 0, "progress": "Done", "rating": "green", "source_note": "email", "continue": "1"}
    assert world.client.post(edit, typed | {"on_behalf_of": world.office.person_id}).status_code == 422
    world.client.force_login(world.lead)
    world.client.post(edit, typed | {"version": 1, "on_behalf_of": world.lead.person_id})
    draft = MonthlyUpdate.objects.get().draft
    assert (draft.on_behalf_of, draft.source_note) == (None, "")
    assert "You are writing for" not in text(world.client.get(edit))


def test_two_people_at_the_same_draft_see_both_texts_with_the_source(world):
    work.draft(world.crisis, work.OCTOBER)
    edit = address("update-edit", world, slug="crisis-care", month="2026-10")
    typed = {"version": 0, "progress": "Mine", "on_behalf_of": world.lead.person_id, "source_note": "told by phone"}
    conflict = world.client.post(edit, typed | {"continue": "1"})
    assert conflict.status_code == 409
    assert "told by phone" in text(conflict)
    assert "The rota is agreed" in text(conflict)


def test_a_workstream_without_a_lead_has_nobody_to_write_for(world):
    with recorded(by=None, action="Ended"):
        Assignment.objects.update(until=work.TODAY - timedelta(days=1))
    edit = address("update-edit", world, slug="crisis-care", month="2026-10")
    assert "has no lead" in text(world.client.get(edit, follow=True))


def test_the_office_takes_back_what_it_typed_and_nothing_else(world):
    revision = told(world)
    recall = address("update-recall", world, slug="crisis-care", month="2026-10")
    assert world.client.post(recall).status_code == 302
    draft = revision.update.draft
    assert (draft.on_behalf_of, draft.source_note) == (world.lead.person, "email, 3 November")
    other = work.workstream(world.programme, "Other")
    work.sent_update(other, work.OCTOBER, at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    assert world.client.post(address("update-recall", world, slug="other", month="2026-10")).status_code == 403


# -- the wrong month ---------------------------------------------------------------------------------------------------


def moved(world, **fields):
    update = fields.pop("update", None) or work.sent_update(world.crisis, work.SEPTEMBER, rating=Rag.AMBER).update
    to = work.period(world.programme, fields.pop("to", work.OCTOBER))
    return updates.move_month(update=update, to=to, reason="It is about October", by=world.office, **fields)


def test_moving_changes_the_identity_and_nothing_that_was_sent(world):
    update = moved(world)
    revision = update.revisions.get()
    assert revision.items.all()[0].text == work.WORDS[Section.PROGRESS][0]
    event = update.events.last()
    assert (event.kind, event.by) == ("moved", world.office)
    assert event.reason == "From September 2026 to October 2026. It is about October"
    rating = revision.ratings.get()
    assert rating.period.month == work.SEPTEMBER, "what was declared stays as declared"
    assert rating.month_rated.month == work.OCTOBER
    assert str(rating) == "Amber, October 2026"
    recorded_with = update.history.order_by("pgh_id").last().pgh_context.metadata
    assert recorded_with["action"] == "Moved an update to another month"
    assert "It is about October" in recorded_with["reason"]


def test_dashboard_and_strip_follow_the_month_an_update_was_moved_to(world):
    moved(world)
    line = line_of(world, world.crisis)
    assert (line.rating, line.rated_month) == (Rag.AMBER, work.OCTOBER)
    assert {cell.month: cell.rating for cell in line.strip}[work.SEPTEMBER] is Rag.NOT_REPORTED


def test_a_month_is_moved_to_only_where_it_is_free_open_and_our_own(world):
    update = work.sent_update(world.crisis, work.SEPTEMBER).update
    work.draft(world.crisis, work.OCTOBER)
    with pytest.raises(Refused, match="Somebody has begun to write the October 2026 update"):
        moved(world, update=update)
    with pytest.raises(Refused, match="December 2026 has not opened yet"):
        moved(world, update=update, to=work.OCTOBER.replace(month=12))
    with pytest.raises(Refused, match="filed under September 2026 already"):
        moved(world, update=update, to=work.SEPTEMBER)
    august = work.sent_update(world.crisis, work.SEPTEMBER.replace(month=8)).update
    with pytest.raises(Refused, match="already has an update for September 2026"):
        moved(world, update=august, to=work.SEPTEMBER)
    elsewhere = work.period(work.programme("Elsewhere"), work.OCTOBER)
    with pytest.raises(Refused, match="another programme"):
        updates.move_month(update=update, to=elsewhere, reason="x", by=world.office)
    assert not UpdateEvent.objects.filter(kind=UpdateEvent.Kind.MOVED).exists()


@pytest.mark.parametrize("closed", [work.SEPTEMBER, work.OCTOBER])
def test_nothing_leaves_a_closed_month_or_comes_into_one(world, closed):
    update = work.sent_update(world.crisis, work.SEPTEMBER).update
    periods.close(period=work.period(world.programme, closed), by=world.office)
    with pytest.raises(Refused, match="is closed, so what was filed under it stays"):
        moved(world, update=update)
    october, round_it = work.period(world.programme, work.OCTOBER), recorded(by=world.office, action="Went round")
    with pytest.raises(DatabaseError, match="The month is closed"), transaction.atomic(), round_it:
        MonthlyUpdate.objects.filter(pk=update.pk).update(period=october)


def test_an_update_opened_and_never_written_gives_way_and_a_recalled_one_stays(world):
    update = work.sent_update(world.crisis, work.SEPTEMBER).update
    with recorded(by=None, action="Began"):
        MonthlyUpdate.objects.create(workstream=world.crisis, period=work.period(world.programme, work.OCTOBER))
    assert moved(world, update=update).period.month == work.OCTOBER
    updates.recall(update=MonthlyUpdate.objects.get(), by=world.lead)
    with pytest.raises(Refused, match="has not been sent"):
        moved(world, update=MonthlyUpdate.objects.get(), to=work.SEPTEMBER)


def test_the_office_moves_an_update_after_seeing_both_months(world):
    work.sent_update(world.crisis, work.SEPTEMBER)
    move = address("update-move", world, slug="crisis-care", month="2026-09")
    page = text(world.client.get(address("update", world, slug="crisis-care", month="2026-09")))
    assert move in page
    empty = world.client.post(move, {"to": "", "reason": "It says <October>"})
    assert (empty.status_code, "It says <October>" in text(empty)) == (422, True)
    assert "Select the month it is about" in text(empty)
    check = text(world.client.post(move, {"to": "2026-10", "reason": "It says October"}))
    for words in ("September 2026, which will have no update", "October 2026", "It says October"):
        assert words in check
    change = world.client.post(move, {"to": "2026-10", "reason": "It says October", "change": "1"})
    assert "It says October</textarea>" in text(change).replace("\n", "")
    done = world.client.post(move, {"to": "2026-10", "reason": "It says October", "confirm": "1"}, follow=True)
    assert "From September 2026 to October 2026. It says October" in text(done)
    assert world.client.get(move).status_code == 404


def test_an_imported_update_may_go_to_a_past_month_that_nobody_made(world):
    september, _ = periods.history_period(
        programme=world.programme, month=datetime(2023, 9, 1, tzinfo=UTC).date(), batch=None, by=None
    )
    updates.record_history(
        workstream=world.crisis, period=september, items=work.WORDS, lines={}, batch=None, by=world.office
    )
    move = address("update-move", world, slug="crisis-care", month="2023-09")
    assert 'value="2022-09"' in text(world.client.get(move))
    world.client.post(move, {"to": "2022-09", "reason": "The year was wrong", "confirm": "1"})
    assert MonthlyUpdate.objects.get().period.key == "2022-09"


# -- one person entered twice ------------------------------------------------------------------------------------------


def test_a_merged_persons_name_and_rights_are_the_survivors(world):
    double = people.person("D. Whitlock")
    schools = work.workstream(world.programme, "Schools", lead=world.office)
    work.assign(schools, double, Assignment.Role.LEAD)
    assert access.assignment_roles(world.lead, schools) == frozenset()
    programmes.merge_people(duplicate=double, into=world.lead.person, by=world.office, reason="The same person")
    assert access.assignment_roles(world.lead, schools) == {"lead"}
    assert schools in Workstream.objects.led_by(world.lead, work.TODAY)
    assert line_of(world, schools).leads == ("Olu Office", "Dana Whitlock")
    assert Assignment.objects.get(person=double).workstream == schools, "nothing is rewritten"
    assert list(Person.objects.named("d. whitlock")) == [world.lead.person]
    for name in ("workstream", "workstreams"):
        keys = {"slug": "schools"} if name == "workstream" else {}
        page = text(world.client.get(address(name, world, **keys)))
        assert "Dana Whitlock" in page
        assert "D. Whitlock" not in page


def test_a_merge_leads_on_to_the_end_makes_no_loop_and_can_be_undone(world):
    a, b, c = (people.person(name) for name in "ABC")
    merge = {"by": world.office, "reason": "The same"}
    programmes.merge_people(duplicate=a, into=b, **merge)
    programmes.merge_people(duplicate=b, into=c, **merge)
    assert set(Person.objects.filter(merged_into=c)) == {a, b}
    for other in (a, c):
        with pytest.raises(Refused, match="into the same person"):
            programmes.merge_people(duplicate=c, into=other, **merge)
    with pytest.raises(Refused, match="already"):
        programmes.merge_people(duplicate=a, into=c, **merge)
    d = people.person("D")
    assert programmes.merge_people(duplicate=d, into=a, **merge) == c
    programmes.unmerge_person(person=b, by=world.office, reason="Two after all")
    found = {person.name: person.merged_into for person in Person.objects.filter(name__in="ABCD")}
    assert found == {"A": b, "B": None, "C": None, "D": c}
    kept: Any = b
    actions_kept = [row.pgh_context.metadata["action"] for row in kept.history.order_by("pgh_id")]
    assert actions_kept[1:] == ["Merged two records of one person", "Undid the merging of two people"]
    with pytest.raises(Refused, match="has not been merged"):
        programmes.unmerge_person(person=b, by=world.office, reason="Again")


def test_who_signs_in_is_not_merged_away(world):
    nobody = people.person("Dana Whitlock")
    with pytest.raises(Refused, match="so keep that record and merge Dana Whitlock into it"):
        programmes.merge_people(duplicate=world.lead.person, into=nobody, by=world.office, reason="x")
    with pytest.raises(Refused, match="each sign in with an account"):
        programmes.merge_people(duplicate=world.lead.person, into=world.office.person, by=world.office, reason="x")


def test_the_office_finds_and_merges_a_duplicate(world):
    double = people.person("Whitlock, Dana")
    work.assign(world.crisis, double, Assignment.Role.SPONSOR)
    listed = text(world.client.get(address("people", world)))
    merge = address("person-merge", world, pk=double.pk)
    assert f"{merge}?into={world.lead.person_id}" in listed
    assert f'value="{world.lead.person_id}" selected' in text(world.client.get(f"{merge}?into={world.lead.person_id}"))
    empty = world.client.post(merge, {"into": world.lead.person_id, "reason": ""})
    assert (empty.status_code, "Enter the reason" in text(empty)) == (422, True)
    typed = {"into": world.lead.person_id, "reason": "One <person>"}
    check = text(world.client.post(merge, typed))
    assert "Sponsor: Crisis care" in check
    assert "Signs in with an account" in check
    done = text(world.client.post(merge, typed | {"confirm": "1"}, follow=True))
    assert "Whitlock, Dana has been merged into Dana Whitlock" in done
    assert "Merged: Whitlock, Dana" in done
    undo = address("person-unmerge", world, pk=double.pk)
    world.client.post(undo, {"reason": "Two people", "confirm": "1"})
    double.refresh_from_db()
    assert double.merged_into is None


def test_a_record_used_in_another_programme_is_not_merged_from_here(world):
    double = people.person("D Whitlock")
    work.assign(world.crisis, double, Assignment.Role.SPONSOR)
    work.assign(work.workstream(work.programme("Elsewhere"), "Theirs"), double, Assignment.Role.LEAD)
    merge = address("person-merge", world, pk=double.pk)
    answer = text(world.client.post(merge, {"into": world.lead.person_id, "reason": "x", "confirm": "1"}, follow=True))
    assert "used outside this programme" in answer
    assert "Theirs" not in answer
    assert Person.objects.get(pk=double.pk).merged_into is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dana Whitlock", "Whitlock, Dana", True),
        ("Dr Dana Whitlock", "dana whitlock (lead)", True),
        ("D. Whitlock", "Dana Whitlock", True),
        ("Dana Jane Whitlock", "Dana Whitlock", True),
        ("Siân O’Neil", "Sian O'Neil", False),
        ("S O’Neil", "Sam O'Neil", True),
        ("Ravi Whitlock", "Dana Whitlock", False),
        ("Dana", "Dana Whitlock", False),
        ("Dana", "dana", True),
        ("", "", False),
        ("CAMHS team 1", "CAMHS team 2", True),
    ],
)
def test_names_that_may_be_one_persons(one, other, same):
    assert may_be_same(one, other) is same
    assert may_be_same(other, one) is same


# -- one workstream entered twice --------------------------------------------------------------------------------------


def merged(world, name="Crisis line"):
    double = work.workstream(world.programme, name, lead=people.user("Lee Second"))
    work.sent_update(double, work.SEPTEMBER, rating=Rag.RED)
    work.milestone(double, "Line opened", when="December 2026")
    actions.merge(duplicate=double, into=world.crisis, by=world.office, reason="Entered twice")
    double.refresh_from_db()
    return double


def test_a_merged_workstream_leaves_every_list_and_owes_nothing(world):
    double = merged(world)
    assert line_of(world, double) is None
    assert line_of(world, world.crisis).leads == ("Dana Whitlock", "Lee Second")
    assert double not in Workstream.objects.reporting_on(work.TODAY)
    status = double.statuses.last()
    assert (status.status, status.reason) == (WorkstreamStatus.Status.MERGED, "Merged into Crisis care. Entered twice")
    assert access.assignment_roles(work.lead_of(double), world.crisis) == {"lead"}
    assert list(Workstream.objects.led_by(work.lead_of(double), work.TODAY)) == [world.crisis]
    for name in ("workstreams", "dashboard", "updates-due"):
        assert "Crisis line" not in text(world.client.get(address(name, world))), name


def test_a_merged_workstream_takes_no_new_words(world):
    double = merged(world)
    october = work.period(world.programme, work.OCTOBER)
    with pytest.raises(Refused, match="Write the update of Crisis care instead"):
        work.draft(double, work.OCTOBER)
    with pytest.raises(Refused, match="was merged into Crisis care"):
        told(world, workstream=double)
    with pytest.raises(Refused, match="was merged into"):
        updates.record_history(workstream=double, period=october, items={}, lines={}, batch=None, by=None)
    with pytest.raises(Refused, match="was merged into"):
        moved(world, update=double.updates.get())


def test_its_addresses_lead_to_the_survivor_where_what_it_had_can_be_read(world):
    merged(world)
    survivor = address("workstream", world, slug="crisis-care")
    for name, keys in (
        ("workstream", {}),
        ("updates", {}),
        ("plan", {}),
        ("update", {"month": "2026-09"}),
        ("update-edit", {"month": "2026-10"}),
    ):
        answer = world.client.get(address(name, world, slug="crisis-line", **keys))
        assert (answer.status_code, answer.headers.get("Location")) == (302, survivor), name
    lost = world.client.post(address("update-edit", world, slug="crisis-line", month="2026-10"), follow=True)
    assert "Crisis line has been merged into Crisis care. Nothing was saved." in text(lost)
    had = address("workstream-merged", world, slug="crisis-line")
    for name in ("workstream", "updates", "plan"):
        page = text(world.client.get(address(name, world, slug="crisis-care")))
        assert "Merged from Crisis line" in page
        assert had in page
    page = text(world.client.get(had))
    for words in ("Line opened", "The crisis line is answered at night", "Red", "Lee Second", "Entered twice"):
        assert words in page


def test_workstreams_merge_without_chains_loops_or_strangers_and_come_back(world):
    merge = {"by": world.office, "reason": "The same"}
    a, b = (work.workstream(world.programme, name) for name in ("Alpha", "Beta"))
    actions.merge(duplicate=a, into=b, **merge)
    actions.merge(duplicate=b, into=world.crisis, **merge)
    assert set(Workstream.objects.filter(merged_into=world.crisis)) == {a, b}
    with pytest.raises(Refused, match="into itself"):
        actions.merge(duplicate=world.crisis, into=a, **merge)
    with pytest.raises(Refused, match="already"):
        actions.merge(duplicate=a, into=world.crisis, **merge)
    with pytest.raises(Refused, match="same programme"):
        actions.merge(duplicate=world.crisis, into=work.workstream(work.programme("Elsewhere"), "X"), **merge)
    child = actions.add(programme=world.programme, name="Child", by=None, parent=world.crisis)
    with pytest.raises(Refused, match="Child is part of Crisis care"):
        actions.merge(duplicate=world.crisis, into=child, **merge)
    back = actions.unmerge(workstream=b, by=world.office, reason="Two after all")
    assert Workstream.objects.get(pk=a.pk).merged_into == b
    assert back in Workstream.objects.reporting_on(work.TODAY)
    with pytest.raises(Refused, match="has not been merged"):
        actions.unmerge(workstream=b, by=world.office, reason="Again")


def test_the_office_merges_a_workstream_after_seeing_both_and_undoes_it(world):
    double = work.workstream(world.programme, "Crisis line")
    merge = address("workstream-merge", world, slug="crisis-line")
    assert merge in text(world.client.get(address("workstream", world, slug="crisis-line")))
    empty = world.client.post(merge, {"reason": "Entered <twice>"})
    assert (empty.status_code, "Entered <twice>" in text(empty)) == (422, True)
    typed = {"into": world.crisis.pk, "reason": "Entered twice"}
    check = text(world.client.post(merge, typed))
    assert "Team: Dana Whitlock" in check
    assert "0 updates sent, 0 milestones" in check
    assert world.client.post(merge, typed | {"confirm": "1"}).url == address("workstream", world, slug="crisis-care")
    undo = address("workstream-unmerge", world, slug="crisis-line")
    assert undo in text(world.client.get(address("workstream-merged", world, slug="crisis-line")))
    world.client.post(undo, {"reason": "Two after all", "confirm": "1"})
    double.refresh_from_db()
    assert double.merged_into is None


# -- how many questions a page asks ------------------------------------------------------------------------------------


def queries(world, name, **keys):
    where = address(name, world, **keys)
    world.client.get(where)
    with CaptureQueriesContext(connection) as asked:
        assert world.client.get(where).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("people", {}),
        ("workstreams", {}),
        ("workstream", {"slug": "crisis-care"}),
        ("workstream-merged", {"slug": "crisis-line"}),
    ],
)
def test_a_page_asks_the_same_number_of_questions_however_much_there_is(world, name, keys):
    double = merged(world)
    once = people.person("Dana Once")
    programmes.merge_people(duplicate=once, into=world.lead.person, by=world.office, reason="x")
    before = queries(world, name, **keys)
    for number in range(4):
        extra = people.person(f"Extra {number}")
        work.assign(world.crisis, extra, Assignment.Role.SPONSOR)
        work.assign(double, people.person(f"More {number}"), Assignment.Role.SPONSOR)
        again = people.person(f"Extra {number} again")
        programmes.merge_people(duplicate=again, into=extra, by=world.office, reason="x")
        merged(world, f"Another {number}")
    assert queries(world, name, **keys) == before
