"""People: added, invited by e-mail, given roles, closed and reopened; nobody takes more than they may give."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programme.actions import invitations, programmes, roles
from programme.models import Invitation, Membership, Person, User
from programme.refusals import Refused
from programme.roles import Role
from tests.factories import people, work
from tests.integration.markup import faults, markup
from workstreams.models import Assignment

pytestmark = pytest.mark.django_db

PEOPLE = "/p/own/manage/people/"
HTMX = {"HX-Request": "true"}
AT = datetime(2026, 11, 4, 12, tzinfo=UTC)


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


def address(person: Person | None, rest: str = "") -> str:
    assert person is not None
    return f"{PEOPLE}{person.pk}/{rest}"


def link_in(letter) -> str:
    found = re.search(r"https?://\S+?(/invitation/\S+)", letter.body)
    assert found, letter.body
    return found.group(1)


def the_day(field: str, day: int = 4) -> dict[str, str]:
    return {f"{field}_day": str(day), f"{field}_month": "11", f"{field}_year": "2026"}


def changes(record) -> list[str]:
    return [event.pgh_context.metadata["action"] for event in record.history.order_by("pgh_id")]


def reads(answer) -> str:
    page = markup(answer)
    assert faults(page) == []
    return page.words


# -- adding ------------------------------------------------------------------------------------------------------------


def test_a_name_like_one_that_is_here_is_asked_about_and_can_be_added_anyway(programme, administrator, client):
    programme.people.add(people.person("Robin Hale"))
    assert "Add anyway" not in reads(client.get(f"{PEOPLE}add/"))
    asked = client.post(f"{PEOPLE}add/", {"name": "R. Hale"})
    assert asked.status_code == 422
    assert "Robin Hale may be the same person. Use their page, or say below that this is somebody else" in reads(asked)
    assert not Person.objects.filter(name="R. Hale").exists()
    assert client.post(f"{PEOPLE}add/", {"name": "R. Hale", "anyway": "on"}).status_code == 302
    assert Person.objects.filter(name="R. Hale").count() == 1
    assert client.post(f"{PEOPLE}add/", {"name": "Jo Marsh"}).status_code == 302


def test_the_list_says_who_gets_in_and_who_does_not(programme, administrator, client):
    programme.people.add(people.person("Robin Hale"), people.person("Jo Marsh"))
    assert "3 people: 1 signs in and 2 have no account." in reads(client.get(PEOPLE))


def test_with_scripts_a_form_opens_in_place_and_leads_back_to_the_page(programme, administrator, client):
    part = client.get(f"{PEOPLE}add/", headers=HTMX)
    assert faults(markup(part), part=True) == []
    assert "<html" not in part.content.decode()
    wrong = client.post(f"{PEOPLE}add/", {"name": ""}, headers=HTMX)
    assert (wrong.status_code, faults(markup(wrong), part=True)) == (422, [])
    assert "Enter the person’s name" in markup(wrong).words
    done = client.post(f"{PEOPLE}add/", {"name": "Jo Marsh"}, headers=HTMX)
    assert (done.status_code, done.headers["HX-Redirect"]) == (200, address(Person.objects.get(name="Jo Marsh")))
    boosted = client.get(f"{PEOPLE}add/", headers=HTMX | {"HX-Boosted": "true"})
    assert "<html" in boosted.content.decode()


# -- inviting ----------------------------------------------------------------------------------------------------------


def test_an_invitation_leads_from_the_form_through_the_mail_to_a_signed_in_account(programme, administrator, client):
    typed = {"name": "Robin Hale", "email": "Robin@Example.org", "role": "reader"}
    answer = client.post(f"{PEOPLE}add/", typed, follow=True)
    assert "An email with a link has been sent to robin@example.org." in reads(answer)
    (letter,) = mail.outbox
    assert letter.to == ["robin@example.org"]
    for said in ("Robin Hale", "Ada Admin", "Own"):
        assert said in letter.body
    assert "What the board asked for" not in letter.body

    stranger = Client()
    link = link_in(letter)
    assert "You are invited to Own" in reads(stranger.get(link))
    assert Invitation.objects.get().accepted_at is None, "looking uses nothing up"
    new = {"password1": "five calm green herons", "password2": "five calm green herons"}
    arrived = stranger.post(link, new, follow=True)
    assert "Welcome. Your account is ready, and you belong to Own." in reads(arrived)

    account = User.objects.get(email="robin@example.org")
    assert (account.name, [m.role for m in account.memberships.all()]) == ("Robin Hale", ["reader"])
    invitation: Any = Invitation.objects.get()
    taken = invitation.history.order_by("pgh_id").last()
    assert taken.pgh_context.metadata == {
        "user": account.pk,
        "action": "Took up the invitation",
        "reason": "Invited by Ada Admin as Reader",
        "at": invitation.accepted_at.isoformat(),
    }
    assert Client().get(link).status_code == 404
    assert Client().post(link, new).status_code == 404


def test_the_link_itself_is_kept_nowhere(programme, administrator):
    invitation, token = invitations.invite(
        programme=programme, person=people.person(), email="a@example.org", by=administrator
    )
    with connection.cursor() as cursor:
        for table in ("programme_invitation", "programme_invitationevent"):
            cursor.execute(f"SELECT {table}::text FROM {table}")
            assert token not in str(cursor.fetchall())
    assert invitations.find(token) == invitation


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "five calm green herons", "password2": "six calm green herons"}, "must be the same"),
        ({}, "Enter a password"),
    ],
)
def test_a_password_that_will_not_do_uses_nothing_up(programme, administrator, typed, said):
    _, token = invitations.invite(programme=programme, person=people.person(), email="a@example.org", by=administrator)
    answer = Client().post(f"/invitation/{token}/", typed)
    assert (answer.status_code, said in reads(answer)) == (422, True)
    assert invitations.find(token) is not None


def test_a_link_works_for_seven_days_and_not_a_moment_longer(programme, administrator):
    _, token = invitations.invite(
        programme=programme, person=people.person(), email="a@example.org", by=administrator, at=AT
    )
    week = AT + timedelta(days=invitations.LIFE_DAYS)
    assert invitations.find(token, at=week - timedelta(seconds=1)) is not None
    assert invitations.find(token, at=week) is None


def test_sent_again_the_old_link_stops_and_withdrawn_the_new_one_does(programme, administrator, client):
    invitation, first = invitations.invite(
        programme=programme, person=people.person("Robin"), email="a@example.org", by=administrator
    )
    letters = f"/p/own/manage/invitations/{invitation.pk}/"
    assert "Send the invitation to a@example.org again?" in reads(client.get(f"{letters}send-again/"))
    client.post(f"{letters}send-again/")
    second = link_in(mail.outbox[-1])
    assert (Client().get(f"/invitation/{first}/").status_code, Client().get(second).status_code) == (404, 200)

    client.post(f"{letters}withdraw/")
    assert Client().get(second).status_code == 404
    again = client.post(f"{letters}withdraw/")
    assert (again.status_code, "has been withdrawn already" in reads(again)) == (422, True)


def test_whoever_invites_never_learns_that_an_address_has_an_account(programme, administrator, client):
    elsewhere = people.member(work.programme("Other"), Role.READER, "Uma Elsewhere")
    said = []
    for email in (elsewhere.email, "nobody-yet@example.org"):
        answer = client.post(f"{PEOPLE}add/", {"name": "Robin", "email": email, "anyway": "on"}, follow=True)
        words = reads(answer).replace(email, "…")
        said.append(words)
    assert said[0] == said[1]
    assert "Uma" not in said[0] + reads(client.get(PEOPLE))


def test_who_has_an_account_joins_by_signing_in_and_is_one_person(programme, administrator):
    there = people.member(work.programme("Other"), Role.READER, "Uma Elsewhere")
    named = people.person("U. Elsewhere")
    workstream = work.workstream(programme, "Crisis care")
    work.assign(workstream, named, Assignment.Role.DEPUTY)
    _, token = invitations.invite(programme=programme, person=named, email=there.email, role=Role.SLT, by=administrator)
    browser, link = Client(), f"/invitation/{token}/"
    assert "Sign in to join" in reads(browser.get(link))
    assert browser.post(link, {"password1": "five calm green herons", "password2": "five calm green herons"})
    assert User.objects.get(pk=there.pk).password == there.password
    browser.force_login(people.user())
    assert "You are signed in with another account." in reads(browser.get(link))
    browser.force_login(there)
    assert browser.post(link).headers["Location"] == "/p/own/"
    named.refresh_from_db()
    assert (named.merged_into, [m.role for m in Membership.objects.filter(programme=programme, user=there)]) == (
        there.person,
        ["slt"],
    )


def test_a_mail_server_that_is_away_loses_nothing_and_is_said(programme, administrator, client, monkeypatch):
    def away(self: object, messages: object) -> int:
        raise OSError("no route")

    monkeypatch.setattr(EmailBackend, "send_messages", away)
    answer = client.post(f"{PEOPLE}add/", {"name": "Robin", "email": "r@example.org"}, follow=True)
    assert "The email could not be sent now. Send the invitation again later." in reads(answer)
    assert "Invited, but the email could not be sent" in reads(client.get(PEOPLE))


def test_the_office_cannot_invite_an_administrator(programme, client):
    office = people.member(programme, Role.OFFICE)
    client.force_login(office)
    answer = client.post(f"{PEOPLE}add/", {"name": "Robin", "email": "r@example.org", "role": "administrator"})
    assert answer.status_code == 422
    with pytest.raises(Refused, match="Only an administrator"):
        invitations.invite(
            programme=programme, person=people.person(), email="r@example.org", role=Role.ADMINISTRATOR, by=office
        )
    assert not Invitation.objects.exists()


# -- roles -------------------------------------------------------------------------------------------------------------


def test_a_role_is_given_and_ended_with_its_days_and_its_history(programme, administrator, client):
    account = people.user("Robin Hale")
    programme.people.add(account.person)
    client.post(address(account.person, "roles/add/"), {"role": "slt"} | the_day("since"))
    held = account.memberships.get()
    assert (held.role, held.since, held.until) == ("slt", date(2026, 11, 4), None)
    client.post(address(account.person, f"roles/{held.pk}/end/"), the_day("until"))
    held.refresh_from_db()
    assert held.until == date(2026, 11, 4)
    assert changes(held) == [
        "Gave the role Senior leadership team member",
        "Ended the role Senior leadership team member",
    ]
    assert "to 4 November 2026" in reads(client.get(address(account.person)))


def test_nobody_gives_themselves_the_right_to_judge(programme, administrator):
    for role in (Role.APPROVER, Role.ASSURER):
        with pytest.raises(Refused, match="Nobody gives themselves"):
            roles.give(programme=programme, user=administrator, role=role, since=work.TODAY, by=administrator)
    roles.give(programme=programme, user=administrator, role=Role.OFFICE, since=work.TODAY, by=administrator)


def test_the_office_gives_every_role_but_the_administrators(programme):
    office, other = people.member(programme, Role.OFFICE), people.user()
    for role in set(Role) - {Role.ADMINISTRATOR}:
        roles.give(programme=programme, user=other, role=role, since=work.TODAY, by=office)
    with pytest.raises(Refused, match="Only an administrator can give"):
        roles.give(programme=programme, user=office, role=Role.ADMINISTRATOR, since=work.TODAY, by=office)


def test_the_last_administrator_stays(programme, administrator, client):
    held = administrator.memberships.get()
    answer = client.post(address(administrator.person, f"roles/{held.pk}/end/"), the_day("until"))
    assert (answer.status_code, "is the only administrator of Own" in reads(answer)) == (422, True)
    other = people.member(programme, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="cannot close your own"):
        roles.close_account(user=administrator, by=administrator, reason="Left")
    roles.close_account(user=other, by=administrator, reason="Left")
    with pytest.raises(Refused, match="only administrator"):
        roles.end(membership=held, until=work.TODAY, by=administrator)
    roles.reopen_account(user=other, by=administrator, reason="Back")
    roles.end(membership=held, until=work.TODAY, by=administrator)


def test_a_role_of_another_programme_cannot_be_ended_from_here(programme, administrator, client):
    there = people.member(work.programme("Other"), Role.READER)
    programme.people.add(there.person)
    held = there.memberships.get()
    assert client.post(address(there.person, f"roles/{held.pk}/end/"), the_day("until")).status_code == 404


# -- accounts ----------------------------------------------------------------------------------------------------------


def test_closing_says_what_is_held_signs_out_for_good_and_ends_nothing_silently(programme, administrator, client):
    lead = people.user("Lena Lead")
    work.workstream(programme, "Crisis care", lead=lead)
    browser = Client()
    browser.force_login(lead)
    assert browser.get("/p/own/workstreams/").status_code == 200
    asked = reads(client.get(address(lead.person, "close/")))
    assert "Lead: Crisis care" in asked
    assert "Without them nobody leads Crisis care." in asked
    client.post(address(lead.person, "close/"), {"reason": "Moved on"})
    assert browser.get("/p/own/workstreams/").headers["Location"].startswith("/sign-in/")
    assert Assignment.objects.get().until is None
    client.post(address(lead.person, "reopen/"), {"reason": "Came back"})
    assert browser.get("/p/own/workstreams/").headers["Location"].startswith("/sign-in/"), "old sessions stay dead"
    lead.refresh_from_db()
    assert (lead.is_active, lead.has_usable_password()) == (True, False)
    assert changes(lead)[-2:] == ["Closed the account", "Reopened the account"]


def test_an_account_used_in_a_programme_one_does_not_manage_is_left_alone(programme, administrator, client):
    both = people.member(programme, Role.READER, "Bo Both")
    programmes.give_role(programme=work.programme("Other"), user=both, role=Role.READER, since=people.SINCE, by=None)
    for rest, typed in (("close/", {"reason": "x"}), ("address/", {"email": "n@example.org"}), ("edit/", {})):
        answer = client.post(address(both.person, rest), typed, follow=True)
        assert "also part of a programme that you do not manage" in reads(answer)
    both.refresh_from_db()
    assert both.is_active


def test_a_new_address_counts_once_its_holder_has_confirmed_it(programme, administrator, client):
    account = people.member(programme, Role.READER, "Robin Hale")
    before = account.email
    client.post(address(account.person, "address/"), {"email": "new@example.org"})
    account.refresh_from_db()
    assert account.email == before
    link = link_in(mail.outbox[-1])
    assert "Confirm your new address" in reads(Client().get(link))
    Client().post(link)
    account.refresh_from_db()
    assert account.email == "new@example.org"


def test_an_address_somebody_has_cannot_be_taken_and_only_its_holder_learns_so(programme, administrator, client):
    account, other = people.member(programme, Role.READER), people.user()
    client.post(address(account.person, "address/"), {"email": other.email})
    answer = Client().post(link_in(mail.outbox[-1]))
    assert (answer.status_code, "This address cannot be used" in reads(answer)) == (422, True)


# -- people ------------------------------------------------------------------------------------------------------------


def test_a_person_is_changed_and_the_old_name_still_finds_them(programme, administrator, client):
    person = people.person("Robin Hale")
    programme.people.add(person)
    typed = {"version": 1, "name": "Robin Hale-Moss", "aliases": "Rob\nRob\nR. Hale"}
    assert client.post(address(person, "edit/"), typed).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.aliases, person.version) == ("Robin Hale-Moss", ["Rob", "R. Hale", "Robin Hale"], 2)
    stale = client.post(address(person, "edit/"), typed | {"name": "Somebody"})
    assert (stale.status_code, "Robin Hale-Moss" in reads(stale)) == (409, True)


def test_the_list_costs_the_same_for_one_person_and_for_three(programme, administrator, client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert faults(markup(client.get(PEOPLE))) == []
        return len(seen)

    first = queries()
    for _ in range(3):
        member = people.member(programme, Role.READER)
        work.workstream(programme, lead=member)
        invitations.invite(programme=programme, person=people.person(), email="x@example.org", by=administrator)
    assert queries() == first


def test_somebody_of_another_programme_does_not_exist_here(programme, administrator, client):
    other = people.member(work.programme("Other"), Role.READER)
    for rest in ("", "edit/", "invite/", "close/", "roles/add/"):
        assert client.get(address(other.person, rest)).status_code == 404


def test_parts_of_pages_are_whole_pages_here(programme, administrator, client):
    assert markup(client.get(PEOPLE, headers=HTMX)).all("h1")
