"""The dashboard as it is now and as at a frozen month, and what stands first for each reader."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.clock import LONDON
from programme.models import Programme, ReportingPeriod
from programme.roles import Role
from programme.status import Rag
from reporting.models import Snapshot
from reporting.snapshots import compose, digest
from tests.factories import people, work
from tests.integration.markup import Markup, markup
from workstreams.actions import asks
from workstreams.models import Assignment

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
AUGUST = date(2026, 8, 1)
FROZEN_AT = datetime(2026, 9, 15, 10, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


def freeze(period: ReportingPeriod, at: datetime = FROZEN_AT) -> Snapshot:
    """The closing snapshot of a month."""
    by = people.member(period.programme, Role.OFFICE)
    content = compose(period=period, by=by, at=at)
    return Snapshot.objects.create(
        programme=period.programme,
        period=period,
        kind=Snapshot.Kind.CLOSE,
        schema_version=content["schema"],
        content=content,
        sha256=digest(content),
        by=by,
        at=at,
    )


@pytest.fixture
def own() -> Programme:
    """A programme whose August was frozen when Crisis care was still Green."""
    made = work.programme("Own")
    crisis = work.workstream(made, "Crisis care")
    work.sent_update(crisis, AUGUST)
    freeze(work.period(made, AUGUST))
    work.sent_update(crisis, work.SEPTEMBER, rating=Rag.RED)
    return made


def dashboard(client, query: str = "", **headers: str) -> Markup:
    return markup(client.get(reverse("dashboard", args=["own"]) + query, headers=headers))


def test_a_frozen_month_is_shown_as_it_was_whatever_happened_since(own, client):
    client.force_login(people.member(own, Role.SLT))
    assert "1 workstream is off track" in dashboard(client).words
    page = dashboard(client, "?as_at=2026-08")
    assert "The 1 workstream that gave a rating is on track." in page.words
    assert "This is August 2026 as it was frozen on 15 September 2026 at 10am." in page.words
    assert "off track" not in page.words


def test_the_dashboard_offers_the_months_that_were_frozen_and_no_others(own, client):
    client.force_login(people.member(own, Role.SLT))
    assert [a.text for a in dashboard(client).all("a") if a["href"].startswith("?as_at")] == ["August 2026"]
    for month in ("2026-09", "2026-13", "nonsense"):
        assert client.get(reverse("dashboard", args=["own"]) + f"?as_at={month}").status_code == 404


def test_filters_and_sorting_stay_in_the_frozen_month(own, client):
    client.force_login(people.member(own, Role.SLT))
    part = dashboard(client, "?as_at=2026-08&rating=green", **HTMX)
    assert "1 workstream shown." in part.words
    assert dashboard(client, "?as_at=2026-08&rating=red", **HTMX).words.startswith("0 workstreams shown.")
    sorts = [a["href"] for a in part.all("a") if "sort=" in a["href"]]
    assert sorts
    assert all("as_at=2026-08" in address for address in sorts)


def test_a_frozen_month_asks_for_nothing_and_offers_no_report(own, client):
    client.force_login(people.member(own, Role.OFFICE))
    assert "Create board report" in dashboard(client).words
    assert "Create board report" not in dashboard(client, "?as_at=2026-08").words


def test_a_lead_sees_first_what_is_due_what_arrived_and_what_is_late(own, client):
    crisis = own.workstreams.get()
    work.milestone(crisis, "Rota agreed", when="September 2026")
    work.draft(crisis, work.OCTOBER)
    client.force_login(work.lead_of(crisis))
    words = dashboard(client).words
    assert "Go on with the October 2026 update of Crisis care Due on 6 November 2026, in 2 days" in words
    assert "3 of 4 sections written" in words
    assert "Your September 2026 update arrived on 7 October 2026 at 10am." in words
    assert "1 milestone overdue: Rota agreed" in words


def test_who_writes_nothing_is_asked_for_nothing(own, client):
    crisis = own.workstreams.get()
    sponsor = people.user("Sponsor")
    work.assign(crisis, sponsor, Assignment.Role.SPONSOR)
    for reader in (sponsor, people.member(own, Role.SLT)):
        client.force_login(reader)
        assert "Your updates" not in dashboard(client).words


@pytest.mark.parametrize("query", ["", "?as_at=2026-08"])
def test_a_dashboard_asks_the_database_as_often_for_three_workstreams_as_for_one(own, client, query):
    client.force_login(people.member(own, Role.SLT))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            dashboard(client, query)
        return len(queries)

    asked()
    before = asked()
    for _ in range(2):
        work.sent_update(work.workstream(own), work.SEPTEMBER, rating=Rag.AMBER)
    assert asked() == before


# -- what others say, and what is asked --------------------------------------------------------------------------------


def test_what_is_asked_of_the_senior_team_stands_before_everything_else(own, client):
    crisis = own.workstreams.get()
    work.ask(crisis, "Approve two posts", wanted_by=date(2026, 10, 20), is_blocking=True)
    client.force_login(people.member(own, Role.SLT))
    page = dashboard(client)
    assert [h.text for h in page.all("h2")][:2] == ["Help and decisions wanted (1)", "What changed"]
    assert "Approve two posts Blocking Crisis care · 11 working days past 20 October 2026" in page.words


def test_where_nothing_is_asked_nothing_is_said(own, client):
    client.force_login(people.member(own, Role.SLT))
    assert "Help and decisions wanted" not in dashboard(client).words


def test_a_lead_who_is_brighter_than_the_rules_is_seen_and_asked(own, client):
    schools = work.workstream(own, "Schools")
    work.milestone(schools, "Rota agreed", when="March 2026")
    work.sent_update(schools, work.SEPTEMBER, rating=Rag.GREEN)
    client.force_login(people.member(own, Role.SLT))
    words = dashboard(client).words
    assert "1 workstream is rated better by the lead than by the rules or a reviewer." in words
    assert "Rules:" in words
    assert "Not explained yet" in words
    client.force_login(work.lead_of(schools))
    assert "The rules say Red because" in dashboard(client).words
    assert "A question about the rating of Schools" in dashboard(client).words


def test_a_frozen_month_keeps_what_was_asked_and_said_then(own, client):
    crisis = own.workstreams.get()
    made = work.ask(crisis, "Approve two posts", wanted_by=date(2026, 10, 20))
    freeze(work.period(own, work.SEPTEMBER), at=datetime(2026, 10, 28, 10, tzinfo=LONDON))
    asks.withdraw(ask=made, sentence="Found another way", version=1, by=work.lead_of(crisis))
    client.force_login(people.member(own, Role.SLT))
    assert "Approve two posts" not in dashboard(client).words
    assert "Approve two posts" in dashboard(client, "?as_at=2026-09").words
