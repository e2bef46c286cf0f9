"""Board reports on their pages: asked for, watched, approved by another, published, downloaded."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from programme.actions import programmes
from programme.roles import Role
from reporting import actions, pdf
from reporting.editions import Edition
from reporting.models import BoardReport, Download, Snapshot
from tests.factories import people, reports, work
from tests.integration.markup import faults, markup

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def clock(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def programme():
    own = work.programme("Own")
    work.sent_update(work.workstream(own, "Crisis care"), work.SEPTEMBER)
    return own


@pytest.fixture
def september(programme):
    return work.period(programme, work.SEPTEMBER)


@pytest.fixture
def office(programme, client):
    account = people.member(programme, Role.OFFICE)
    client.force_login(account)
    return account


@pytest.fixture
def approver(programme):
    return people.member(programme, Role.APPROVER)


def test_a_report_is_asked_for_watched_approved_by_another_and_published(client, programme, office, approver):
    answer = client.post("/p/own/reports/new/", {"month": "2026-09"})
    made = BoardReport.objects.get()
    address = f"/p/own/reports/{made.pk}/"
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    watching = markup(client.get(address))
    assert faults(watching) == []
    assert watching.by_id("progress-label").text == "Waiting for a free worker"
    held = actions.claim(report_id=made.pk)
    assert held is not None
    actions.finish(held, pdf.RenderedPdf(reports.TINY_PDF, "0" * 64, pages=1), reports.WHEN)
    client.force_login(approver)
    assert faults(markup(client.get(f"{address}approve/"))) == []
    assert client.post(f"{address}approve/").headers["Location"] == address
    client.force_login(office)
    assert client.post(f"{address}publish/").headers["Location"] == address
    made.refresh_from_db()
    assert (made.state, made.built_by, made.approved_by, made.published_by) == ("published", office, approver, office)
    assert "It can no longer be changed." in markup(client.get(address)).words


def test_asking_twice_shows_the_report_that_is_being_built(client, office, september):
    asked = [client.post("/p/own/reports/new/", {"month": "2026-09"}).headers["Location"] for _ in range(2)]
    assert asked[0] == asked[1]
    assert (BoardReport.objects.count(), Snapshot.objects.count()) == (1, 1)


def test_progress_asks_for_itself_until_the_report_is_there(client, office, september, monkeypatch):
    held = actions.claim(report_id=actions.request_report(period=september, by=office).pk)
    assert held is not None
    address = f"/p/own/reports/{held.pk}/"
    part = markup(client.get(address, headers=HTMX))
    assert (faults(part, part=True), part.all("html")) == ([], [])
    asks = part.by_id("report-progress")
    assert (asks["hx-get"], asks["hx-trigger"]) == (address, "load delay:2s")
    assert [e["href"] for e in part.all("a")] == [address]
    monkeypatch.setenv("TRACKER_NOW", work.NOW.replace("12:00", "14:00"))
    assert markup(client.get(address, headers=HTMX)).by_id("report-progress")["hx-trigger"] == "load delay:5s"
    actions.fail(held, "The page was too long.")
    finished = client.get(address, headers=HTMX)
    assert (finished.status_code, finished.headers["HX-Redirect"], finished.content) == (200, address, b"")


def test_a_failure_says_what_happened_and_can_be_tried_again_by_the_office_alone(client, office, september, approver):
    made = reports.failed(september, office)
    address = f"/p/own/reports/{made.pk}/"
    page = markup(client.get(address))
    assert "The report took longer than 120 seconds to draw." in page.words
    assert [e["action"] for e in page.all("form") if "retry" in e["action"]] == [f"{address}retry/"]
    client.force_login(approver)
    assert [e for e in markup(client.get(address)).all("form") if "retry" in e["action"]] == []
    client.force_login(office)
    client.post(f"{address}retry/")
    made.refresh_from_db()
    assert (made.state, made.failure) == ("queued", "")
    held = actions.claim(report_id=made.pk)
    assert held is not None
    assert held.attempt == actions.ATTEMPTS + 1  # a new round; no number is used twice


def test_whoever_created_a_report_cannot_approve_it_even_with_the_right(client, programme, office, september):
    programmes.give_role(programme=programme, user=office, role=Role.APPROVER, since=people.SINCE, by=None)
    made = reports.draft(september, office)
    page = markup(client.get(f"/p/own/reports/{made.pk}/"))
    assert "You created this report, so somebody else has to approve it." in page.words
    assert [e["href"] for e in page.all("a") if e["href"].endswith("/approve/")] == []
    answer = client.post(f"/p/own/reports/{made.pk}/approve/", follow=True)
    assert "You created this report, so somebody else has to approve it." in markup(answer).words
    made.refresh_from_db()
    assert (made.state, made.approved_by) == ("draft", None)


def test_only_an_approved_report_is_published(client, office, september):
    made = reports.draft(september, office)
    answer = client.post(f"/p/own/reports/{made.pk}/publish/", follow=True)
    assert "Only an approved report can be published: this one is waiting for approval." in markup(answer).words
    made.refresh_from_db()
    assert made.state == "draft"


def test_a_report_that_was_approved_twice_keeps_its_first_approver(client, programme, office, september, approver):
    made = reports.approved(september, office, approver)
    second = people.member(programme, Role.APPROVER)
    client.force_login(second)
    answer = client.post(f"/p/own/reports/{made.pk}/approve/", follow=True)
    assert "This report is not waiting for approval: it is approved." in markup(answer).words
    made.refresh_from_db()
    assert made.approved_by == approver


@pytest.mark.parametrize("damage", ["altered", "missing"])
def test_a_file_that_was_altered_or_lost_is_not_handed_out(client, office, september, settings, damage):
    made = reports.draft(september, office)
    path = Path(settings.MEDIA_ROOT) / made.file
    path.unlink() if damage == "missing" else path.write_bytes(reports.TINY_PDF + b" ")
    answer = client.get(f"/p/own/reports/{made.pk}/download/", follow=True)
    said = {"altered": "has been altered on the server", "missing": "is missing from the server's storage"}
    assert said[damage] in markup(answer).words
    assert Download.objects.count() == 0


def test_a_later_version_stands_beside_the_published_one(client, office, september, approver):
    first = reports.published(september, office, approver, edition=Edition.COMMISSIONER)
    second = reports.draft(september, office, edition=Edition.COMMISSIONER)
    assert (first.version, second.version) == (1, 2)
    client.force_login(people.member(september.programme, Role.COMMISSIONER))
    assert client.get(f"/p/own/reports/{second.pk}/").status_code == 404
    assert client.get(f"/p/own/reports/{second.pk}/download/").status_code == 404
    links = {e["href"] for e in markup(client.get("/p/own/reports/")).all("a") if "/reports/" in e["href"]}
    assert f"/p/own/reports/{first.pk}/" in links
    assert f"/p/own/reports/{second.pk}/" not in links


def test_what_was_frozen_stays_when_an_update_comes_later(client, office, programme, september):
    made = reports.draft(september, office)
    late = work.workstream(programme, "Schools")
    work.sent_update(late, work.SEPTEMBER, at=datetime(2026, 10, 20, tzinfo=UTC))
    frozen = markup(client.get(f"/p/own/reports/{made.pk}/")).words
    assert made.snapshot.content["summary"]["sentence"] in frozen
    assert "Schools" not in str(made.snapshot.content)
