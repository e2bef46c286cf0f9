"""The pages of the ground: home, the programme's own page, the account, signing in and help."""

import pytest
from django.core import mail

from programme.actions import programmes
from programme.history import recorded
from programme.models import Programme, User
from programme.roles import ROLES, Role
from tests.factories import people, work
from tests.integration.markup import faults, markup

pytestmark = pytest.mark.django_db

EDIT = "/p/own/programme/edit/"


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


def test_the_programmes_page_is_changed_and_says_so(programme, office, client):
    answer = client.post(EDIT, {"version": 1, "mandate": "Help sooner", "scope": "Ages 0 to 25"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/p/own/programme/")
    page = markup(client.get("/p/own/programme/"))
    assert {"Help sooner", "Ages 0 to 25"} <= {e.text for e in page.all("p")}
    assert "The programme's page has been changed." in page.words


def test_a_mandate_is_needed_and_the_other_words_stay(programme, office, client):
    answer = client.post(EDIT, {"version": 1, "mandate": "", "scope": "Ages 0 to 25"})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert "Enter the programme's mandate" in page.classed("nhsuk-error-summary")[0].text
    assert page.by_id("id_scope").text.strip() == "Ages 0 to 25"


def test_two_people_changing_the_page_are_both_shown_and_nothing_is_overwritten(programme, office, client):
    programmes.edit(
        programme=programme, version=1, mandate="Theirs", scope="", governance="", partners=[], places=[], by=None
    )
    answer = client.post(EDIT, {"version": 1, "mandate": "Mine"})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (409, [])
    assert "Theirs" in [e.text for e in page.classed("app-kept-lines")]
    assert page.by_id("id_mandate").text.strip() == "Mine"
    assert Programme.objects.get().mandate == "Theirs"
    again = next(e["value"] for e in page.all("input") if e["name"] == "version")
    assert client.post(EDIT, {"version": again, "mandate": "Mine"}).status_code == 302
    assert Programme.objects.get().mandate == "Mine"


def test_home_leads_to_the_only_programme_and_lists_several(programme, office, client):
    assert client.get("/").headers["Location"] == "/p/own/"
    second = work.programme("Second")
    programmes.give_role(programme=second, user=office, role=Role.READER, since=people.SINCE, by=None)
    page = markup(client.get("/"))
    assert [e["href"] for e in page.all("a") if "h2" in e.parents] == ["/p/own/", "/p/second/"]
    assert faults(page) == []


def test_whoever_has_no_role_yet_is_told_so(client):
    client.force_login(people.user())
    assert "You are signed in, but you have no role in any programme yet." in markup(client.get("/")).words


def test_navigation_shows_what_the_reader_may_open_and_nothing_else(programme, client):
    wanted = {
        Role.OFFICE: [
            "Dashboard",
            "Programme",
            "Workstreams",
            "Updates",
            "THRIVE map",
            "Reports",
            "Manage",
            "Help",
        ],
        Role.SLT: ["Dashboard", "Programme", "Workstreams", "Updates", "THRIVE map", "Reports", "Help"],
        Role.READER: ["Programme", "Workstreams", "THRIVE map", "Co-production log", "Reports", "Help"],
        Role.COMMISSIONER: ["Programme", "Reports", "Help"],
    }
    for role, names in wanted.items():
        client.force_login(people.member(programme, role))
        page = markup(client.get("/p/own/"))
        assert [e.text.strip() for e in page.classed("nhsuk-header__navigation-link") if e.tag == "a"] == names


def test_a_facilitators_front_page_leads_to_the_reviews(programme, client):
    client.force_login(people.member(programme, Role.FACILITATOR))
    page = markup(client.get("/p/own/"))
    assert "/p/own/maturity/" in [e["href"] for e in page.all("a") if "main" in e.parents]


def test_who_can_do_what_prints_every_role_with_its_rights(client):
    words = markup(client.get("/help/who-can-do-what/")).words
    for description in ROLES.values():
        assert description.name in words
        assert description.description in words
        assert all(right in words for right in description.can)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client):
    known = people.user()
    answers = [
        markup(client.post("/sign-in/", {"login": login, "password": "not the right one"}))
        for login in (known.email, "stranger@example.org")
    ]
    said = {page.classed("nhsuk-error-summary")[0].text.strip() for page in answers}
    assert len(said) == 1
    assert "The email address or password is not right" in said.pop()
    assert [faults(page) for page in answers] == [[], []]


def test_the_right_password_leads_back_to_where_one_was_going(programme, client):
    reader = people.member(programme, Role.READER)
    typed = {"login": reader.email.upper(), "password": people.PASSWORD, "next": "/p/own/workstreams/"}
    answer = client.post("/sign-in/", typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/p/own/workstreams/")


def test_sign_in_never_leads_to_another_site(programme, client):
    reader = people.member(programme, Role.READER)
    for elsewhere in ("https://example.com/", "//example.com/", "javascript:alert(1)"):
        client.logout()
        typed = {"login": reader.email, "password": people.PASSWORD, "next": elsewhere}
        assert client.post("/sign-in/", typed).headers["Location"] == "/"


def test_a_closed_account_cannot_sign_in(client):
    closed = people.user()
    with recorded(by=None, action="Closed an account"):
        User.objects.filter(pk=closed.pk).update(is_active=False)
    client.post("/sign-in/", {"login": closed.email, "password": people.PASSWORD})
    assert client.get("/").headers["Location"] == "/sign-in/?next=/"


def test_nobody_signs_themselves_up(client):
    before = User.objects.count()
    typed = {"email": "me@example.org", "password1": people.PASSWORD, "password2": people.PASSWORD}
    assert "invitation" in markup(client.post("/sign-up/", typed)).all("h1")[0].text
    assert User.objects.count() == before


def test_a_password_reset_says_the_same_whether_or_not_there_is_an_account(client):
    known = people.user()
    answers = [client.post("/password/reset/", {"email": e}) for e in (known.email, "stranger@example.org")]
    assert {a.headers["Location"] for a in answers} == {"/password/reset/sent/"}
    assert [m.to for m in mail.outbox][:1] == [[known.email]]


def test_health_answers_before_hosts_are_checked_and_before_sign_in(client):
    answer = client.get("/health/", headers={"host": "not-ours.example"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")
