"""The page that staff read: frozen, proposed, published, withdrawn, and its public link."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import heard, pages, people, work
from tests.integration.markup import Markup, faults, markup
from workstreams.actions import milestones, plain, workstreams
from workstreams.actions import staff_pages as actions
from workstreams.hearing import Step
from workstreams.models import StaffPage, StaffPageStep, StaffPageVersion
from workstreams.sections import Section

pytestmark = pytest.mark.django_db

PAGE = "/p/own/workstreams/crisis-care/page/"
EVIL = "<script>alert(1)</script> & “quoted”"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def workstream(programme):
    made = work.workstream(programme, "Crisis care", lead=people.user("Ada Lead"))
    workstreams.add_objective(workstream=made, number=1, text="Answer at night", by=None)
    milestones.add_phase(workstream=made, name="Begin", order=1, by=None)
    work.milestone(made, "Rota agreed", when="December 2026")
    items = {Section.PROGRESS: ["Two nurses started"], Section.RISKS: ["A secret risk"], Section.NEXT_STEPS: ["Train"]}
    work.sent_update(made, work.SEPTEMBER, items=items)
    work.draft(made, work.OCTOBER, progress="A half-typed secret")
    done = heard.voice(programme, "Rooms are cold", workstream=made, quote="A secret quote", quote_consent=True)
    for step in (Step.DECIDED, Step.DONE, Step.TOLD):
        heard.step(done, step, f"We painted: {step.value}")
    heard.voice(programme, "An unanswered secret", workstream=made)
    plain.save(workstream=made, texts={"doing": "We open at night."}, version=0, by=None)
    return made


@pytest.fixture
def office(programme, client):
    account = people.member(programme, Role.OFFICE)
    client.force_login(account)
    return account


def hidden(page: Markup) -> dict[str, object]:
    """What the publishing form of the page would send."""
    fields = [e for e in page.all("input") if e["type"] == "hidden" and e["name"] in {"version", "seen", "sections"}]
    single = {e["name"]: e["value"] for e in fields if e["name"] != "sections"}
    return single | {"sections": [e["value"] for e in fields if e["name"] == "sections"]}


def happened() -> list[str]:
    return list(StaffPageStep.objects.order_by("pk").values_list("kind", flat=True))


# -- preparing and publishing ------------------------------------------------------------------------------------------


def test_the_office_publishes_what_it_looked_at_and_staff_read_it(office, client, programme, workstream):
    empty = markup(client.get(PAGE))
    assert (faults(empty), "No page has been published yet." in empty.words) == ([], True)
    look = markup(client.get(f"{PAGE}prepare/"))
    assert faults(look) == []
    answer = client.post(f"{PAGE}prepare/", hidden(look))
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert happened() == ["published"]
    client.force_login(people.member(programme, Role.READER))
    page = markup(client.get(PAGE))
    assert faults(page) == []
    for words in (
        "To help sooner.", "Answer at night", "Ada Lead", "Rota agreed", "December 2026", "Two nurses started", "Train",
        "Rooms are cold", "We painted: done", "We open at night.",
    ):  # fmt: skip
        assert words in page.words
    assert "secret" not in page.words
    assert "Keeping this page" not in page.words


def test_what_changes_later_is_not_read_until_it_is_published_again(office, client, programme, workstream):
    pages.published(programme, workstream, "people", "journey", by=office)
    work.milestone(workstream, "Line opens", when="March 2027")
    page = markup(client.get(PAGE))
    assert faults(page) == []
    assert "The journey so far and what comes next: now says “Line opens: March 2027”." in page.words
    assert "Line opens" not in [e.text.strip() for e in page.all("th")]
    look = markup(client.get(f"{PAGE}prepare/"))
    assert [e["value"] for e in look.all("input") if e["name"] == "sections" and "checked" in e.attributes] == [
        "people", "journey",
    ]  # fmt: skip
    assert client.post(f"{PAGE}prepare/", hidden(look)).status_code == 302
    again = markup(client.get(PAGE))
    assert "Nothing has changed since it was published." in again.words
    assert [version.number for version in StaffPageVersion.objects.all()] == [1, 2]


def test_only_the_chosen_sections_stand_on_the_page(office, client, workstream):
    look = markup(client.get(f"{PAGE}prepare/?sections=purpose"))
    assert (faults(look), "Rota agreed" in look.words, "To help sooner." in look.words) == ([], False, True)
    assert hidden(look)["sections"] == ["purpose"]
    answer = client.post(f"{PAGE}prepare/", {"version": 0, "seen": ""})
    assert (answer.status_code, "Choose at least one section" in answer.content.decode()) == (422, True)


def test_what_has_changed_since_it_was_looked_at_is_not_published(office, client, workstream):
    look = hidden(markup(client.get(f"{PAGE}prepare/")))
    work.milestone(workstream, "Line opens", when="March 2027")
    answer = client.post(f"{PAGE}prepare/", look)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (409, [])
    assert "Something has changed since you opened this page." in page.words
    assert StaffPageVersion.objects.count() == 0
    assert client.post(f"{PAGE}prepare/", hidden(page)).status_code == 302


def test_two_who_publish_at_once_do_not_overwrite_each_other(office, client, programme, workstream):
    look = hidden(markup(client.get(f"{PAGE}prepare/")))
    pages.published(programme, workstream, "purpose")
    answer = client.post(f"{PAGE}prepare/", look)
    assert (answer.status_code, StaffPageVersion.objects.count()) == (409, 1)
    assert client.post(f"{PAGE}prepare/", hidden(markup(answer))).status_code == 302
    with pytest.raises(Stale):
        actions.publish(
            programme=programme,
            workstream=workstream,
            content=pages.content(programme, workstream),
            version=0,
            by=None,
        )


# -- a lead's proposal -------------------------------------------------------------------------------------------------


def test_a_lead_proposes_and_the_office_publishes_exactly_that(client, programme, workstream):
    lead = work.lead_of(workstream)
    client.force_login(lead)
    look = markup(client.get(f"{PAGE}prepare/"))
    assert "Propose it to the office" in look.words
    assert client.post(f"{PAGE}prepare/", hidden(look)).status_code == 302
    page = markup(client.get(PAGE))
    assert (faults(page), "It waits for the programme office." in page.words) == ([], True)
    client.force_login(people.member(programme, Role.READER))
    assert "No page has been published yet." in markup(client.get(PAGE)).words
    work.milestone(workstream, "Said later", when="March 2027")
    client.force_login(people.member(programme, Role.OFFICE))
    confirm = markup(client.get(f"{PAGE}do/approve/"))
    assert (faults(confirm), "Rota agreed" in confirm.words, "Said later" in confirm.words) == ([], True, False)
    assert client.post(f"{PAGE}do/approve/", {"version": 1}).status_code == 302
    assert happened() == ["proposed", "published"]
    assert StaffPageVersion.objects.get().by == lead
    published = StaffPage.objects.get().published
    assert published is not None
    assert "Said later" not in str(published.content)


def test_a_proposal_is_sent_back_with_the_reason(office, client, programme, workstream):
    actions.propose(
        programme=programme, workstream=workstream, content=pages.content(programme, workstream), version=0, by=None
    )
    missing = client.post(f"{PAGE}do/decline/", {"version": 1, "reason": ""})
    assert (missing.status_code, faults(markup(missing))) == (422, [])
    assert client.post(f"{PAGE}do/decline/", {"version": 1, "reason": "Name the deputy"}).status_code == 302
    page = markup(client.get(PAGE))
    assert "Sent back by the office (version 1), 4 November 2026" in page.words
    assert "Name the deputy" in page.words
    with pytest.raises(Refused, match="No proposal is waiting"):
        actions.approve(page=StaffPage.objects.get(), version=2, by=None)


# -- the public link ---------------------------------------------------------------------------------------------------


def link_on_page(page: Markup) -> str:
    return next(e["href"] for e in page.all("a") if "/page/" in e["href"] and e["href"].startswith("http"))


def test_the_public_link_is_switched_on_renewed_and_off(office, client, programme, workstream, settings):
    settings.PUBLIC_URL = "http://testserver"
    pages.published(programme, workstream)
    assert client.post(f"{PAGE}do/link-on/", {"version": 1}).status_code == 302
    first = link_on_page(markup(client.get(PAGE)))
    client.post(f"{PAGE}do/link-renew/", {"version": 2})
    second = link_on_page(markup(client.get(PAGE)))
    assert first != second
    assert re.fullmatch(r"http://testserver/page/[\w-]{43}/", second)
    client.logout()
    answer = client.get(second)
    page = markup(answer)
    assert (answer.status_code, faults(page), client.get(first).status_code) == (200, [], 404)
    assert (answer.headers["X-Robots-Tag"], answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == (
        "noindex, nofollow, noarchive", "private, no-store", "no-referrer",
    )  # fmt: skip
    assert "Two nurses started" in page.words
    assert "secret" not in answer.content.decode()
    assert not [e["href"] for e in page.all("a") if "/p/" in e["href"]]
    client.force_login(office)
    client.post(f"{PAGE}do/link-off/", {"version": 3})
    client.logout()
    assert client.get(second).status_code == 404
    assert happened() == ["published", "link_on", "link_renewed", "link_off"]


def test_a_page_taken_off_takes_its_link_with_it(office, client, programme, workstream):
    pages.published(programme, workstream)
    address = f"/page/{pages.public_token(programme, workstream)}/"
    assert client.get(address).status_code == 200
    assert client.post(f"{PAGE}do/withdraw/", {"version": 2, "reason": "Out of date"}).status_code == 302
    assert client.get(address).status_code == 404
    assert "No page has been published yet." in markup(client.get(PAGE)).words
    assert client.get(f"{PAGE}html/").status_code == 404
    refused = client.post(f"{PAGE}do/link-on/", {"version": 4}, follow=True)
    assert "Nothing is published. Nothing was changed." in markup(refused).words


@pytest.mark.parametrize("token", ["no-such-token", "None", "0"])
def test_nobody_guesses_a_public_page(client, programme, workstream, token):
    pages.published(programme, workstream)
    assert client.get(f"/page/{token}/").status_code == 404


def test_history_does_not_keep_the_link(office, programme, workstream):
    pages.published(programme, workstream)
    token = pages.public_token(programme, workstream)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(e::text, '') FROM workstreams_staffpageevent e")
        assert token not in cursor.fetchone()[0]


def test_an_act_on_a_page_that_has_moved_on_changes_nothing(office, client, programme, workstream):
    pages.published(programme, workstream)
    answer = client.post(f"{PAGE}do/link-on/", {"version": 9}, follow=True)
    assert "Somebody else has saved since you opened this page. Nothing was changed." in markup(answer).words
    assert happened() == ["published"]
    assert client.get(f"{PAGE}do/burn/").status_code == 404
    assert client.get("/p/own/page/do/link-on/").status_code == 404


# -- clean HTML --------------------------------------------------------------------------------------------------------


def test_the_clean_html_carries_no_looks_and_no_scripts(office, client, programme, workstream):
    workstreams.add_objective(workstream=workstream, number=2, text=EVIL, by=None)
    pages.published(programme, workstream)
    page = markup(client.get(f"{PAGE}html/"))
    assert faults(page) == []
    box = page.by_id("clean-html")
    assert "readonly" in box.attributes
    clean = Markup(box.text)
    allowed = ["h2", "h3", "h4", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"]
    assert {e.tag for e in clean.elements} <= set(allowed)
    assert {name for e in clean.elements for name in e.attributes} == {"scope"}
    assert (clean.unbalanced, clean.open) == ([], [])
    assert EVIL in [e.text for e in clean.all("li")]
    assert "<script" not in box.text


# -- the programme's page, and what it costs ---------------------------------------------------------------------------


def test_a_programmes_page_names_its_workstreams_and_what_comes_next(office, client, programme, workstream):
    look = markup(client.get("/p/own/page/prepare/"))
    assert faults(look) == []
    assert client.post("/p/own/page/prepare/", hidden(look)).status_code == 302
    page = markup(client.get("/p/own/page/"))
    assert faults(page) == []
    for words in ("What the board asked for.", "Crisis care", "Ada Lead", "Rota agreed", "Two nurses started"):
        assert words in page.words
    assert "secret" not in page.words
    assert faults(markup(client.get("/p/own/page/html/"))) == []


@pytest.mark.parametrize("address", ["/p/own/page/prepare/", f"{PAGE}prepare/", PAGE, "/p/own/page/"])
def test_more_work_takes_no_more_queries(office, client, programme, workstream, address):
    pages.published(programme, workstream)
    pages.published(programme, None)
    counts = []
    for more in (1, 2):
        for number in range(more):
            other = work.workstream(programme, f"Other {more} {number}")
            work.sent_update(other, work.SEPTEMBER)
            work.milestone(other, when="March 2027")
            work.milestone(workstream, when="March 2027")
            heard.answered(programme, workstream=workstream)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
