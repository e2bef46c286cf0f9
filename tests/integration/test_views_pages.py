"""What every page promises, found by following every link as each kind of reader."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from programme.models import Programme, User
from programme.roles import Role
from programme.status import Rag
from reporting.editions import Edition
from reporting.models import Download
from tests.factories import people, reports, work
from tests.integration.markup import faults, markup
from workstreams.actions import milestones
from workstreams.models import Workstream

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
OURSELVES = ("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action", "manifest-src")
CSP = dict.fromkeys(OURSELVES, "'self'") | dict.fromkeys(("default-src", "base-uri", "frame-ancestors"), "'none'")


@dataclass
class Told:
    """A programme in which something of everything has happened."""

    programme: Programme
    crisis: Workstream
    waiting: Workstream
    readers: dict[str, User]
    published: int
    unpublished: int


@pytest.fixture(autouse=True)
def clock(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def told() -> Told:
    own = work.programme("Own")
    readers = {role.value: people.member(own, role) for role in Role}
    readers |= {"lead": people.user("Ada Lead"), "nobody": people.user("Nobody")}
    crisis = work.workstream(own, "Crisis care", lead=readers["lead"])
    waiting = work.workstream(own, "Waiting lists", lead=readers["lead"])
    silent = work.workstream(own, "Schools")
    for month in (work.FIRST_MONTH.replace(month=8), work.SEPTEMBER):
        work.sent_update(crisis, month, rating=Rag.AMBER)
    work.sent_update(waiting, work.SEPTEMBER)
    work.draft(crisis, work.OCTOBER, answers={"why-not": "The new date is agreed"})
    milestones.add_phase(workstream=crisis, name="Begin", order=1, window=work.said("Spring 2026"), by=None)
    work.milestone(crisis, "Rota agreed", when="September 2026", moved_to=["October 2026"])
    work.milestone(crisis, "Line opens", when="late November 2026")
    work.milestone(waiting, "Backlog cleared")
    done = work.milestone(silent, "Schools chosen", when="May 2026")
    milestones.complete(milestone=done, when=work.said("2 June 2026"), version=1, by=None)
    reported = work.period(own, work.SEPTEMBER)
    office, approver = readers["office"], readers["approver"]
    reports.published(reported, office, approver)
    published = reports.published(reported, office, approver, edition=Edition.COMMISSIONER)
    reports.failed(reported, office)
    reports.approved(reported, office, approver)
    unpublished = reports.draft(reported, office)
    return Told(own, crisis, waiting, readers, published.pk, unpublished.pk)


ALIKE = 3  # pages of one kind that are opened: a list of sixty milestones has sixty links to the same template


def kind(address: str) -> tuple[str, str]:
    """What an address shows: the same page, asked for with the same choices."""
    path, _, query = address.partition("?")
    return resolve(path).view_name, " ".join(sorted({part.partition("=")[0] for part in query.split("&")}))


def walk(client: Any) -> dict[str, HttpResponse]:
    """Every kind of page that can be reached by links from the front page, with its answers."""
    seen: dict[str, HttpResponse] = {}
    opened: Counter[tuple[str, str]] = Counter()
    waiting = ["/"]
    while waiting:
        address = waiting.pop()
        if address in seen or opened[kind(address)] == ALIKE:
            continue
        opened[kind(address)] += 1
        seen[address] = answer = client.get(address)
        if answer.status_code == 302:
            waiting.append(answer.headers["Location"])
        elif answer.headers["Content-Type"].startswith("text/html"):
            waiting += sorted(markup(answer).links(address) - set(seen))
    return seen


# -- every page --------------------------------------------------------------------------------------------------------


def pages_of(walked: dict[str, HttpResponse]) -> dict[str, HttpResponse]:
    """The pages of the product: a board report as a web page is a file with words and a content policy of its own."""
    return {
        address: answer
        for address, answer in walked.items()
        if answer.headers["Content-Type"].startswith("text/html") and kind(address)[0] != "report-as"
    }


def headers_say_what_a_page_may_do_and_who_may_keep_it(walked: dict[str, HttpResponse]) -> None:
    pages = list(pages_of(walked).values())
    assert pages
    kept = {
        (
            a.headers["X-Frame-Options"],
            a.headers["X-Content-Type-Options"],
            a.headers["Referrer-Policy"],
            a.headers["Cross-Origin-Opener-Policy"],
        )
        for a in pages
    }
    assert kept == {("DENY", "nosniff", "same-origin", "same-origin")}
    for answer in pages:
        said = (directive.partition(" ") for directive in answer.headers["Content-Security-Policy"].split("; "))
        assert {name: sources for name, _, sources in said} == CSP
    assert all(re.search(r"private|no-store|no-cache", a.headers["Cache-Control"]) for a in pages)
    varied = {address for address, answer in walked.items() if "HX-Request" in answer.headers.get("Vary", "")}
    sign_in_pages = {"/sign-in/", "/account/password/", "/password/reset/"}
    not_varied = {a for a in walked if walked[a] in pages and walked[a].status_code == 200} - varied
    assert {address.partition("?")[0] for address in not_varied} <= sign_in_pages


@pytest.mark.parametrize(
    "who", ["anonymous", "nobody", "administrator", "office", "slt", "approver", "commissioner", "mapper", "lead"]
)
def test_every_link_leads_somewhere_and_every_page_keeps_its_promises(told, client, who):
    if who != "anonymous":
        client.force_login(told.readers[who])
    pages = walk(client)
    assert {address: answer.status_code for address, answer in pages.items()} == {
        address: 302 if "Location" in answer.headers else 200 for address, answer in pages.items()
    }
    found = {}
    for address, answer in pages_of(pages).items():
        if answer.status_code == 200:
            found[address] = faults(markup(answer))
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
    headers_say_what_a_page_may_do_and_who_may_keep_it(pages)
    least = {"anonymous": 6, "nobody": 7, "commissioner": 10, "mapper": 18}.get(who, 25)
    assert len(found) >= least, sorted(found)


@pytest.mark.parametrize("who", ["office", "lead"])
def test_pages_no_link_leads_to_keep_their_promises_too(told, client, who):
    client.force_login(told.readers[who])
    own = told.programme.slug
    wrong = {
        reverse("dashboard", args=["no-such"]): 404,
        reverse("report-approve", args=[own, told.unpublished]): 403,
        reverse("workstream", args=[own, "no-such"]): 404,
        reverse("update", args=[own, "crisis-care", "not-a-month"]): 404,
        reverse("update", args=[own, "crisis-care", "2019-01"]): 404,
    }
    for address, status in wrong.items():
        answer = client.get(address)
        assert (address, answer.status_code, faults(markup(answer))) == (address, status, [])


def test_a_download_is_the_file_itself_and_kept_by_nobody(told, client):
    client.force_login(told.readers["commissioner"])
    answer = client.get(reverse("report-download", args=[told.programme.slug, told.published]))
    assert answer.content == reports.TINY_PDF
    assert {name: answer.headers[name] for name in ("Content-Type", "Cache-Control", "Content-Disposition")} == {
        "Content-Type": "application/pdf",
        "Cache-Control": "no-store",
        "Content-Disposition": 'attachment; filename="own-commissioner-2026-09-v1.pdf"',
    }
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert [(d.report_id, d.user) for d in Download.objects.all()] == [(told.published, told.readers["commissioner"])]


def without_token(answer: HttpResponse) -> str:
    text = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", answer.content.decode())
    return " ".join(text.split())


# -- parts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/p/own/?rating=amber", "Crisis care"),
        ("/p/own/workstreams/?show=paused", "No paused workstreams"),
        ("/p/own/workstreams/crisis-care/updates/?year=2026", "September 2026"),
        ("/p/own/updates/?month=2026-08", "Updates for August 2026"),
        ("/p/own/reports/new/?month=2026-08", "Create the August 2026 board report"),
    ],
)
def test_a_part_is_the_same_words_without_the_page_around_them(told, client, address, words):
    client.force_login(told.readers["office"])
    whole, part = client.get(address), client.get(address, headers=HTMX)
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert faults(markup(part), part=True) == []
    assert words in part.content.decode()
    assert without_token(part) in without_token(whole)


@pytest.mark.parametrize("header", ["HX-History-Restore-Request", "HX-Boosted"])
def test_going_back_and_boosted_links_get_the_whole_page(told, client, header):
    client.force_login(told.readers["office"])
    answer = client.get(reverse("dashboard", args=[told.programme.slug]), headers=HTMX | {header: "true"})
    assert "<html" in answer.content.decode()


def test_the_dashboards_filters_and_sorting_are_addresses(told, client):
    client.force_login(told.readers["slt"])

    def shown(query: str) -> list[str]:
        page = markup(client.get(reverse("dashboard", args=["own"]) + query, headers=HTMX))
        return [e.text.strip() for e in page.all("a") if "/workstreams/" in e["href"] and "td" not in e.parents]

    assert shown("") == ["Schools", "Crisis care", "Waiting lists"]  # silent, Amber, Green
    assert shown("?sort=-worst") == ["Waiting lists", "Crisis care", "Schools"]
    assert shown("?sort=name") == ["Crisis care", "Schools", "Waiting lists"]
    assert shown("?sort=-name") == ["Waiting lists", "Schools", "Crisis care"]
    assert shown("?rating=amber") == ["Crisis care"]
    assert shown("?update=late") == ["Schools"]
    assert shown("?rating=purple&sort=nonsense") == shown("")


def test_the_dashboard_answers_in_words_who_is_off_track_and_who_is_silent(told, client):
    client.force_login(told.readers["slt"])
    page = markup(client.get(reverse("dashboard", args=["own"])))
    assert page.classed("nhsuk-lede-text")[0].text.strip() == (
        "1 workstream is at risk. 1 of 3 updates for September 2026 is not in. 1 milestone is overdue."
    )


def test_a_commissioner_reads_what_is_published_and_hears_of_nothing_else(told, client):
    client.force_login(told.readers["commissioner"])
    words = " ".join(markup(a).words for a in pages_of(walk(client)).values() if b"<html" in a.content)
    assert [e.text for e in markup(client.get("/p/own/")).all("a") if "/reports/" in e["href"]]
    for hidden in ("Crisis care", "Waiting lists", "Rota agreed", "Waiting for approval", "Could not be built"):
        assert hidden not in words


# -- how many queries --------------------------------------------------------------------------------------------------


def more(told: Told, number: int) -> None:
    """Three times as much of everything that a page lists."""
    lead = told.readers["lead"]
    each = work.workstream(told.programme, f"More {number}", lead=lead)
    work.sent_update(each, work.FIRST_MONTH.replace(month=7), rating=Rag.RED)
    work.draft(each, work.OCTOBER)
    work.milestone(each, when="September 2026", moved_to=["October 2026"])
    work.milestone(each, when="late November 2026")
    work.milestone(told.crisis, when="September 2026", moved_to=["October 2026"])
    work.milestone(told.crisis, when="December 2026")
    milestones.add_phase(workstream=told.crisis, name=f"Phase {number}", order=number + 2, by=None)
    work.sent_update(told.crisis, work.FIRST_MONTH.replace(month=3 + number), rating=Rag.AMBER)
    office = told.readers["office"]
    reports.published(work.period(told.programme, work.SEPTEMBER), office, told.readers["approver"])
    reports.draft(work.period(told.programme, work.SEPTEMBER), office)


# How often each page asks the database. Three questions come before any page in a programme: the session, the account,
# and the programme with the reader's rights.
QUERIES = {
    ("office", "dashboard", ""): 3 + 16,
    ("lead", "dashboard", ""): 3 + 18,
    ("commissioner", "dashboard", ""): 3 + 1,
    ("office", "workstreams", ""): 3 + 4,
    ("lead", "workstream", "crisis-care"): 3 + 20,
    ("office", "updates", "crisis-care"): 3 + 9,
    ("office", "update", "crisis-care 2026-09"): 3 + 19,
    ("lead", "update-edit", "crisis-care 2026-10"): 3 + 16,
    ("lead", "update-check", "crisis-care 2026-10"): 3 + 15,
    ("office", "plan", "crisis-care"): 3 + 6,
    ("office", "updates-due", ""): 3 + 22,
    ("office", "reports", ""): 3 + 3,
    ("office", "report-new", ""): 3 + 25,
    ("office", "programme", ""): 3 + 2,
}


def asked(client: Any, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries.captured_queries]


@pytest.mark.parametrize(("who", "name", "keys"), QUERIES)
def test_a_page_asks_the_database_as_often_for_three_as_for_one(told, client, who, name, keys):
    client.force_login(told.readers[who])
    address = reverse(name, args=[told.programme.slug, *keys.split()])
    few = asked(client, address)
    for number in (1, 2):
        more(told, number)
    many = asked(client, address)
    assert (len(few), len(many)) == (QUERIES[who, name, keys],) * 2, "\n".join(many)
