"""Seeing the pages as another role would: rights shrink, never grow, and nothing can be written."""

import itertools

import pytest
from django.test import Client

from programme.actions import programmes
from programme.models import Membership, RoleViewing, User
from programme.permissions import TEAM, VIEWABLE, Rights, ViewingAs, programmes_allowing
from programme.roles import ROLES, Permission, Role
from reporting.editions import Edition
from reporting.models import Download
from tests.factories import people, reports, work
from tests.integration.markup import faults, markup
from workstreams import access
from workstreams.models import MonthlyUpdate, Workstream

pytestmark = pytest.mark.django_db

VIEW_AS = "/p/own/manage/view-as/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def office(programme, client):
    account = people.member(programme, Role.OFFICE, "Grace Office")
    client.force_login(account)
    return account


@pytest.mark.parametrize(("held", "chosen"), list(itertools.product(Role, VIEWABLE)))
def test_whatever_is_held_and_chosen_the_rights_are_in_both(held, chosen):
    own = Rights((held,), is_assigned=True)
    viewing = ViewingAs(1, "Own", "own", chosen)
    assert viewing.shrink(own).permissions == own.permissions & viewing.permissions


def test_a_commissioners_view_has_what_a_commissioner_has_and_stopping_gives_all_back(programme, office, client):
    work.workstream(programme, "Crisis care", lead=office)
    assert client.post(VIEW_AS, {"role": "commissioner"}).headers["Location"] == "/p/own/"
    page = markup(client.get("/p/own/"))
    assert faults(page) == []
    assert [e.text.strip() for e in page.classed("nhsuk-header__navigation-link") if e.tag == "a"] == [
        "Programme",
        "Reports",
        "Help",
    ]
    assert client.get("/p/own/workstreams/crisis-care/").status_code == 403
    for anywhere in ("/help/", "/account/", "/p/own/reports/", "/p/own/nowhere/"):
        assert "You are viewing Own as: Commissioner." in client.get(anywhere).content.decode()
    assert client.post("/p/own/manage/view-as/stop/").headers["Location"] == "/p/own/manage/"
    assert client.get("/p/own/workstreams/crisis-care/updates/2026-10/edit/").status_code == 200
    assert [(v.role, v.began, v.by) for v in RoleViewing.objects.order_by("pk")] == [
        ("commissioner", True, office),
        ("commissioner", False, office),
    ]


def test_ones_own_part_in_a_workstream_rests_meanwhile(programme, office, client):
    workstream = work.workstream(programme, "Crisis care", lead=office)
    office.viewing_as = ViewingAs(programme.pk, "Own", "own", Role.READER.value)
    assert access.assignment_roles(office, workstream) == frozenset()
    assert not Workstream.objects.led_by(office, work.TODAY).exists()
    assert not programmes_allowing(office, Permission.EDIT_PROGRAMME).exists()
    client.post(VIEW_AS, {"role": "reader"})
    assert "Write the October 2026 update" not in client.get("/p/own/workstreams/crisis-care/").content.decode()
    assert client.get("/p/own/workstreams/crisis-care/updates/2026-10/edit/").status_code == 403


@pytest.mark.parametrize("role", VIEWABLE)
def test_nothing_can_be_written_whoever_one_views_as(programme, office, client, role):
    workstream = work.workstream(programme, "Crisis care", lead=office)
    client.post(VIEW_AS, {"role": role})
    before = (User.objects.count(), Membership.objects.count(), workstream.milestones.count())
    attempts = {
        "/p/own/manage/people/add/": {"name": "Robin"},
        "/p/own/programme/edit/": {"version": 1, "mandate": "Mine"},
        "/p/own/workstreams/crisis-care/plan/add/": {"title": "Rota", "when": "March 2027"},
        "/p/own/workstreams/crisis-care/updates/2026-10/edit/": {"version": 0, "progress": "Mine"},
        "/p/own/workstreams/crisis-care/updates/2026-10/autosave/": {"version": 0, "progress": "Mine"},
        VIEW_AS: {"role": "administrator"},
        "/account/password/": {"oldpassword": people.PASSWORD},
        "/password/reset/": {"email": office.email},
        "/p/other/manage/view-as/stop/": {},
    }
    for address, typed in attempts.items():
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.post(address, typed, headers=headers)
            assert (address, answer.status_code) == (address, 403)
            assert "Nothing was saved" in markup(answer).words
    assert before == (User.objects.count(), Membership.objects.count(), workstream.milestones.count())
    assert not MonthlyUpdate.objects.exists()
    assert RoleViewing.objects.count() == 1


def test_another_programme_is_seen_as_oneself_and_still_nothing_is_saved(programme, office, client):
    other = work.programme("Other")
    programmes.give_role(programme=other, user=office, role=Role.OFFICE, since=people.SINCE, by=None)
    client.post(VIEW_AS, {"role": "commissioner"})
    assert client.get("/p/other/manage/").status_code == 200
    assert client.post("/p/other/manage/people/add/", {"name": "Robin"}).status_code == 403


def test_a_report_taken_meanwhile_is_recorded_under_the_viewers_own_name_and_the_page_says_so(
    programme, office, client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    approver = people.member(programme, Role.APPROVER)
    september = work.period(programme, work.SEPTEMBER)
    published = reports.published(september, office, approver, edition=Edition.COMMISSIONER)
    client.post(VIEW_AS, {"role": "commissioner"})
    said = "If you download the PDF, that is recorded under your own name"
    assert said in markup(client.get(f"/p/own/reports/{published.pk}/")).words
    assert client.get(f"/p/own/reports/{published.pk}/download/").status_code == 200
    assert Download.objects.get().user == office
    client.post("/p/own/manage/view-as/stop/")
    assert said not in markup(client.get(f"/p/own/reports/{published.pk}/")).words


def test_who_may_no_longer_view_as_is_themselves_again(programme, office, client):
    client.post(VIEW_AS, {"role": "slt"})
    programmes.give_role(programme=programme, user=office, role=Role.READER, since=people.SINCE, by=None)
    Membership.objects.filter(role="office").update(until=work.TODAY.replace(day=3))
    page = client.get("/p/own/")
    assert "You are viewing" not in page.content.decode()
    assert client.get("/p/own/manage/").status_code == 403


def test_logging_out_works_and_the_next_session_is_ones_own(programme, office, client):
    client.post(VIEW_AS, {"role": TEAM})
    assert client.post("/sign-out/").status_code == 302
    client.force_login(office)
    assert client.get("/p/own/manage/").status_code == 200


def test_only_keepers_view_as(programme):
    for role in set(Role) - {Role.OFFICE, Role.ADMINISTRATOR}:
        browser = Client()
        browser.force_login(people.member(programme, role))
        assert browser.post(VIEW_AS, {"role": "reader"}).status_code == 403
    assert {role for role, d in ROLES.items() if Permission.VIEW_AS in d.permissions} == {
        Role.OFFICE,
        Role.ADMINISTRATOR,
    }


def test_a_role_that_does_not_exist_is_refused_in_words(programme, office, client):
    answer = client.post(VIEW_AS, {"role": "owner"})
    assert (answer.status_code, "Select a role from the list" in markup(answer).words) == (422, True)
    assert "You are viewing" not in client.get("/p/own/").content.decode()
