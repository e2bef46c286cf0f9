"""Setting a programme up from nothing, its months, organisations and places, and its workstreams."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.actions import organisations, setting_up
from programme.history import recorded
from programme.models import Organisation, Place, Programme
from programme.periods import PeriodRule
from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import people, work
from tests.integration.markup import faults, markup
from workstreams.actions import teams
from workstreams.models import Assignment, Workstream

pytestmark = pytest.mark.django_db

MANAGE = "/p/own/manage/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def administrator(programme, client):
    account = people.member(programme, Role.ADMINISTRATOR, "Ada Admin")
    client.force_login(account)
    return account


def changes(record: Any) -> list[str]:
    return [event.pgh_context.metadata["action"] for event in record.history.order_by("pgh_id")]


def the_day(field: str, day: int = 4) -> dict[str, str]:
    return {f"{field}_day": str(day), f"{field}_month": "11", f"{field}_year": "2026"}


def reads(answer) -> str:
    page = markup(answer)
    assert faults(page) == []
    return page.words


# -- the journey -------------------------------------------------------------------------------------------------------


def test_a_programme_is_created_from_nothing_question_by_question(programme, administrator, client):
    steps: list[tuple[str, dict[str, Any], str]] = [
        ("/p/own/manage/new/", {"name": "Riverside CYP"}, "/p/riverside-cyp/manage/setup/places/"),
        ("/p/riverside-cyp/manage/setup/places/", {"new": "North\nSouth"}, "/p/riverside-cyp/manage/setup/partners/"),
        ("/p/riverside-cyp/manage/setup/partners/", {}, "/p/riverside-cyp/manage/setup/months/"),
        (
            "/p/riverside-cyp/manage/setup/months/",
            {"opens_before_month_end": 5, "due_working_day": 7, "closes_after_due": 2},
            "/p/riverside-cyp/manage/setup/workstreams/",
        ),
        (
            "/p/riverside-cyp/manage/setup/workstreams/",
            {"names": "Crisis care\nSchools"},
            "/p/riverside-cyp/manage/setup/people/",
        ),
        ("/p/riverside-cyp/manage/setup/people/", {"enough": "1"}, "/p/riverside-cyp/manage/setup/ready/"),
    ]
    for page, typed, on in steps:
        assert reads(client.get(page))
        version = {"version": Programme.objects.get(name="Riverside CYP").version} if "months" in page else {}
        assert client.post(page, typed | version).headers["Location"] == on
    made = Programme.objects.get(slug="riverside-cyp")
    assert [place.name for place in made.places.all()] == ["North", "South"]
    assert [m.role for m in administrator.memberships.filter(programme=made)] == ["administrator"]
    assert {w.name for w in Workstream.objects.filter(programme=made).reporting_on(work.TODAY)} == {
        "Crisis care",
        "Schools",
    }
    words = reads(client.get("/p/riverside-cyp/manage/setup/ready/"))
    for said in ("None for now", "2 places", "Name a lead for Crisis care.", "is due on 10 November 2026"):
        assert said in words
    client.post("/p/riverside-cyp/manage/setup/ready/")
    made.refresh_from_db()
    assert not made.setting_up


def test_the_journey_does_not_add_the_same_person_twice_by_accident(programme, administrator, client):
    client.post("/p/own/manage/new/", {"name": "Riverside"})
    page = "/p/riverside/manage/setup/people/"
    assert client.post(page, {"name": "Robin Hale"}).status_code == 302
    asked = client.post(page, {"name": "R. Hale"})
    assert asked.status_code == 422
    assert "Robin Hale may be the same person" in reads(asked)
    assert client.post(page, {"name": "R. Hale", "anyway": "on"}).status_code == 302
    assert sorted(person.name for person in Programme.objects.get(slug="riverside").people.all()) == [
        "R. Hale",
        "Robin Hale",
    ]


def test_who_may_create_programmes_finds_where_to_begin_the_next_one(programme, administrator, client):
    client.post("/p/own/manage/new/", {"name": "Riverside"})
    assert "Create another programme" in markup(client.get("/")).words


def test_the_journey_can_be_left_and_gone_on_with(programme, administrator, client):
    client.post("/p/own/manage/new/", {"name": "Riverside"})
    client.post("/p/riverside/manage/setup/places/", {})
    page = markup(client.get("/p/riverside/manage/"))
    assert "This programme is being set up" in page.words
    on = next(e["href"] for e in page.all("a") if e.text.strip() == "Go on setting up")
    assert on == "/p/riverside/manage/setup/partners/"
    back = markup(client.get(on)).classed("nhsuk-back-link")[0]["href"]
    assert back == "/p/riverside/manage/setup/places/"


def test_a_name_that_is_taken_is_refused_with_the_words_kept(programme, administrator, client):
    answer = client.post(f"{MANAGE}new/", {"name": "oWn", "mandate": "Sooner"})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert "This name is taken. Choose another one." in page.words
    assert page.by_id("id_mandate").text.strip() == "Sooner"


def test_a_stale_name_shows_both(programme, administrator, client):
    setting_up.rename(programme=programme, version=1, name="Their name", mandate="Theirs", by=administrator)
    answer = client.post(f"{MANAGE}setup/name/", {"version": 1, "name": "My name"})
    words = reads(answer)
    assert (answer.status_code, "Their name" in words) == (409, True)
    assert Programme.objects.get(pk=programme.pk).name == "Their name"


def test_the_first_programme_has_a_command_and_only_the_first(client):
    out = StringIO()
    arguments = ("Riverside", "--administrator=Ada Admin", "--email=ada@example.org")
    call_command("first_programme", *arguments, stdout=out)
    assert "/p/riverside/manage/" in out.getvalue()
    client.post("/password/reset/", {"email": "ada@example.org"})
    assert [m.to for m in mail.outbox] == [["ada@example.org"]]
    with pytest.raises(CommandError, match="has an administrator already"):
        call_command("first_programme", *arguments)


# -- months ------------------------------------------------------------------------------------------------------------


def test_a_new_rule_moves_months_that_have_not_opened_and_no_others(programme, administrator):
    own_days = work.period(programme, date(2027, 1, 1))
    with recorded(by=None, action="Gave a month its own day"):
        own_days.closes_on = date(2027, 3, 1)
        own_days.save()
    before = {p.month: p.due_on for p in programme.periods.all()}
    rule = PeriodRule(5, 8, 3)
    setting_up.set_rule(programme=programme, version=1, rule=rule, by=administrator, today=work.TODAY)
    moved = {p.month for p in programme.periods.all() if p.due_on != before[p.month]}
    assert moved == {date(2026, 11, 1), date(2026, 12, 1), date(2027, 2, 1)}
    with pytest.raises(Stale):
        setting_up.set_rule(programme=programme, version=1, rule=rule, by=administrator, today=work.TODAY)


def test_months_can_be_looked_at_before_they_are_saved(programme, administrator, client):
    typed = {"version": 1, "opens_before_month_end": 5, "due_working_day": 10, "closes_after_due": 0, "preview": "1"}
    words = reads(client.post(f"{MANAGE}setup/months/", typed))
    assert "not saved yet" in words
    assert "14 December 2026" in words
    assert Programme.objects.get(pk=programme.pk).due_working_day == 5
    wrong = client.post(f"{MANAGE}setup/months/", typed | {"due_working_day": "soon"})
    assert (wrong.status_code, "Enter a whole number from 1 to 15" in reads(wrong)) == (422, True)


# -- organisations and places ------------------------------------------------------------------------------------------


def test_a_renamed_organisation_keeps_its_old_name_and_a_stale_change_shows_both(programme, administrator, client):
    trust = organisations.add_organisation(name="Harbour Trust", kind="nhs_trust", by=administrator)
    typed = {"version": 1, "name": "Bay Trust", "kind": "nhs_trust"}
    assert client.post(f"{MANAGE}organisations/{trust.pk}/", typed).status_code == 302
    trust.refresh_from_db()
    assert (trust.name, trust.aliases) == ("Bay Trust", ["Harbour Trust"])
    stale = client.post(f"{MANAGE}organisations/{trust.pk}/", typed | {"name": "Cove Trust"})
    assert (stale.status_code, "Bay Trust" in reads(stale)) == (409, True)
    assert changes(trust) == [
        "Added an organisation",
        "Changed an organisation",
    ]


def test_what_replaces_what_and_what_is_part_of_what_never_goes_round_in_a_circle(administrator):
    one = organisations.add_place(name="One", kind="place", by=administrator)
    two = organisations.add_place(name="Two", kind="place", by=administrator, parent=one, successor=one)
    same = {"place": one, "version": 1, "name": "One", "kind": "place", "aliases": [], "by": administrator}
    with pytest.raises(Refused, match="part of a place inside it"):
        organisations.edit_place(**same, parent=two, successor=None)
    with pytest.raises(Refused, match="itself replaced"):
        organisations.edit_place(**same, parent=None, successor=two)
    with pytest.raises(Refused, match="already"):
        organisations.add_place(name="oNE", kind="place", by=administrator)


def test_an_organisation_of_a_programme_one_does_not_manage_is_left_alone(programme, administrator, client):
    trust = organisations.add_organisation(name="Harbour Trust", kind="nhs_trust", by=administrator)
    other = work.programme("Other")
    with recorded(by=None, action="Added a partner"):
        other.partners.add(trust)
    answer = client.post(f"{MANAGE}organisations/{trust.pk}/", {"version": 1, "name": "Mine"}, follow=True)
    assert "also used in a programme that you do not manage" in reads(answer)
    assert Organisation.objects.get().name == "Harbour Trust"


def test_a_place_is_found_by_its_other_name_instead_of_added_twice(programme, administrator, client):
    organisations.add_place(name="St Helens", kind="place", by=administrator, aliases=["Saint Helens"])
    client.post(f"{MANAGE}setup/places/", {"new": "saint helens"})
    assert [place.name for place in programme.places.all()] == ["St Helens"]
    assert Place.objects.count() == 1


# -- workstreams -------------------------------------------------------------------------------------------------------


def test_a_workstream_is_added_renamed_and_paused(programme, administrator, client):
    client.post(f"{MANAGE}new-workstream/", {"name": "Crisis care", "running": "on"})
    page = f"{MANAGE}workstreams/crisis-care/"
    assert "Nobody leads this workstream today." in reads(client.get(page))
    client.post(f"{page}edit/", {"version": 1, "name": "Crisis support", "purpose": "Sooner"})
    status = {"status": "paused", "reason": "No staff"} | the_day("since")
    client.post(f"{page}status/", status)
    made = Workstream.objects.with_status(work.TODAY).get()
    assert (made.name, made.slug, made.aliases, made.status_now) == (
        "Crisis support",
        "crisis-care",
        ["Crisis care"],
        "paused",
    )
    stale = client.post(f"{page}edit/", {"version": 1, "name": "Mine"})
    assert (stale.status_code, "Crisis support" in reads(stale)) == (409, True)
    twice = client.post(f"{MANAGE}new-workstream/", {"name": "crisis SUPPORT"})
    assert (twice.status_code, "already" in reads(twice)) == (422, True)


def test_handing_over_ends_one_and_begins_the_other_or_does_neither(programme, administrator, client):
    workstream = work.workstream(programme, "Crisis care")
    part, successor = workstream.assignments.get(), people.user("Sam Successor")
    programme.people.add(successor.person)
    page = f"{MANAGE}workstreams/crisis-care/parts/{part.pk}/replace/"
    assert "Replace" in reads(client.get(page))
    client.post(page, {"person": successor.person_id} | the_day("on", 10))
    held = {(a.person.name, a.since, a.until) for a in workstream.assignments.all()}
    assert held == {
        (part.person.name, people.SINCE, date(2026, 11, 9)),
        ("Sam Successor", date(2026, 11, 10), None),
    }
    with pytest.raises(Refused):
        teams.hand_over(assignment=part, to=people.person(), on=work.TODAY, by=administrator)
    assert workstream.assignments.count() == 2


def test_nobody_is_lead_twice_at_a_time(programme, administrator):
    workstream = work.workstream(programme)
    lead = workstream.assignments.get()
    with pytest.raises(Refused, match="already is lead"):
        teams.appoint(
            workstream=workstream, person=lead.person, role=Assignment.Role.LEAD, since=work.TODAY, by=administrator
        )
    with pytest.raises(Refused, match="before it began"):
        teams.end(assignment=lead, until=date(2020, 1, 1), by=administrator)


@pytest.mark.parametrize("rest", ["", "workstreams/", "places/", "organisations/", "setup/people/"])
def test_lists_cost_the_same_for_one_and_for_three(programme, administrator, client, rest):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert faults(markup(client.get(MANAGE + rest))) == []
        return len(seen)

    def more(number: int) -> None:
        work.workstream(programme)
        place = organisations.add_place(name=f"Place {number}", kind="place", by=administrator)
        organisations.add_place(name=f"Part {number}", kind="place", by=administrator, parent=place)
        organisations.add_organisation(name=f"Body {number}", kind="other", by=administrator)

    more(1)
    first = queries()
    more(2)
    more(3)
    assert queries() == first


def test_an_empty_programme_says_what_to_do_next(programme, administrator, client):
    words = reads(client.get(MANAGE))
    assert "Add the first workstream." in words
    assert "Give somebody the role Programme office" in words
    assert "No workstreams yet." in reads(client.get(f"{MANAGE}workstreams/"))
