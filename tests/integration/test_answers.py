"""What an answer says of itself: forms with mistakes, headers only, words kept over a sign-in, attempts of a round."""

import pytest
from django.urls import reverse

from programme.roles import Role
from reporting import actions
from reporting.models import BoardReport, Download
from tests.factories import people, reports, work
from tests.integration.markup import faults, markup
from workstreams.models import MilestoneDate

pytestmark = pytest.mark.django_db
PLAN = "/p/own/workstreams/crisis-care/plan/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


# -- signing in and passwords ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("account_login", {"login": "nobody@example.org", "password": "wrong"}, "is not right"),
        ("account_login", {}, "Enter your email address"),
        ("account_reset_password", {"email": "nobody"}, "Enter an email address in the correct format"),
    ],
)
def test_a_mistake_on_a_page_of_signing_in_is_refused_with_its_reason(client, name, typed, said):
    answer = client.post(reverse(name), typed)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert said in page.classed("nhsuk-error-summary")[0].text


def test_a_mistake_in_a_changed_password_is_refused_and_a_good_one_is_taken(client):
    account = people.user()
    client.force_login(account)
    wrong = {"oldpassword": "not this", "password1": "four quiet harbours", "password2": "four quiet harbours"}
    answer = client.post(reverse("account_change_password"), wrong)
    assert (answer.status_code, "The current password is not right" in answer.content.decode()) == (422, True)
    right = client.post(reverse("account_change_password"), wrong | {"oldpassword": people.PASSWORD})
    assert right.status_code == 302


def test_a_mistake_in_a_password_chosen_from_the_link_is_refused(client, mailoutbox):
    account = people.user()
    client.post(reverse("account_reset_password"), {"email": account.email})
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/" in word)
    form = client.get(link.partition("testserver")[2] or link, follow=True).redirect_chain[-1][0]
    answer = client.post(form, {"password1": "four quiet harbours", "password2": "five quiet harbours"})
    assert (answer.status_code, "The 2 passwords must be the same" in answer.content.decode()) == (422, True)


def test_an_account_without_a_password_is_led_to_choosing_one(client):
    account = people.user()
    account.set_unusable_password()
    from programme.history import recorded

    with recorded(by=None, action="Took a password away"):
        account.save()
    client.force_login(account)
    led = client.get(reverse("account_change_password"))
    assert (led.status_code, led.headers["Location"]) == (302, reverse("account_set_password"))
    page = markup(client.get(led.headers["Location"]))
    assert faults(page) == []
    short = client.post(led.headers["Location"], {"password1": "short", "password2": "short"})
    assert (short.status_code, faults(markup(short))) == (422, [])
    good = {"password1": "four quiet harbours", "password2": "four quiet harbours"}
    assert client.post(led.headers["Location"], good).status_code == 302
    account.refresh_from_db()
    assert account.check_password("four quiet harbours")


# -- headers only ------------------------------------------------------------------------------------------------------


def test_asking_for_headers_only_is_answered_as_the_page_is_without_its_body(client):
    programme = work.programme("Own")
    client.force_login(people.member(programme, Role.OFFICE))
    whole, headers = client.get("/p/own/"), client.head("/p/own/")
    assert (headers.status_code, headers.content) == (200, b"")
    assert headers.headers["Content-Type"] == whole.headers["Content-Type"]
    assert client.head("/p/own/import/").status_code == 200
    assert client.head("/p/own/reports/1/retry/").status_code == 405


def test_asking_for_the_headers_of_a_report_is_not_remembered_as_a_download(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    programme = work.programme("Own")
    office, approver = people.member(programme, Role.OFFICE), people.member(programme, Role.APPROVER)
    made = reports.published(work.period(programme, work.SEPTEMBER), office, approver)
    client.force_login(office)
    address = reverse("report-download", args=["own", made.pk])
    assert (client.head(address).status_code, Download.objects.count()) == (200, 0)
    assert (client.get(address).status_code, Download.objects.count()) == (200, 1)


# -- attempts ----------------------------------------------------------------------------------------------------------


def test_a_report_that_is_tried_again_counts_the_attempts_of_its_own_round(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    programme = work.programme("Own")
    office = people.member(programme, Role.OFFICE)
    made = reports.failed(work.period(programme, work.SEPTEMBER), office)
    client.force_login(office)
    address = reverse("report", args=["own", made.pk])
    actions.retry(report=made, by=office)
    assert "attempt" not in markup(client.get(address)).by_id("progress-label").text
    held = actions.claim(report_id=made.pk)
    assert held is not None
    assert held.attempt == actions.ATTEMPTS + 1
    assert "attempt" not in markup(client.get(address)).by_id("progress-label").text
    actions.again_or_fail(held, "It was stopped.")
    actions.claim(report_id=made.pk)
    assert "attempt 2" in markup(client.get(address)).by_id("progress-label").text
    assert BoardReport.objects.get().attempt == actions.ATTEMPTS + 2


# -- words typed before a sign-in --------------------------------------------------------------------------------------


@pytest.fixture
def milestone():
    return work.milestone(work.workstream(work.programme("Own"), "Crisis care"), "Rota agreed", when="December 2026")


TYPED = {"version": 1, "when": "early March 2027", "reason": "The <supplier> is late"}


def sign_in(client, account):
    client.post(reverse("account_login"), {"login": account.email, "password": people.PASSWORD})


def test_a_date_typed_in_the_plan_before_signing_in_again_is_offered_there_and_not_saved(client, milestone):
    lead = work.lead_of(milestone.workstream)
    form = f"{PLAN}{milestone.pk}/date/"
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{PLAN}"}
    assert client.post(form, TYPED, headers=headers).status_code == 200
    sign_in(client, lead)
    plan = markup(client.get(PLAN))
    assert faults(plan) == []
    assert form in plan.links(PLAN)
    assert "You typed something before you were signed out" in plan.words
    offered = markup(client.get(form))
    assert faults(offered) == []
    assert "You typed this before you were signed out. It has not been saved" in offered.words
    assert offered.by_id("id_when")["value"] == "early March 2027"
    assert offered.by_id("id_reason").text.strip() == "The <supplier> is late"
    assert MilestoneDate.objects.count() == 1
    assert "You typed" not in markup(client.get(PLAN)).words
    assert client.post(form, TYPED).status_code == 302


def test_what_was_typed_into_a_new_milestone_or_a_day_it_was_done_is_offered_too(client, milestone):
    lead = work.lead_of(milestone.workstream)
    for form, typed in (
        (f"{PLAN}add/", {"title": "Staff trained", "when": "Spring 2027"}),
        (f"{PLAN}{milestone.pk}/done/", {"version": 1, "when": "1 November 2026"}),
    ):
        client.logout()
        client.post(form, typed)
        sign_in(client, lead)
        page = markup(client.get(form))
        assert faults(page) == []
        assert {e["name"]: e["value"] for e in page.all("input") if e["name"] in typed} == {
            key: str(value) for key, value in typed.items()
        }
        assert "You typed this before" not in markup(client.get(form)).words
