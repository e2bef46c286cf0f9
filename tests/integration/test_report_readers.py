"""Who reads which edition, and who hears of it: what stays inside the trust does not exist for commissioners."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from programme.history import recorded
from programme.mail_kinds import MailKind
from programme.models import Mail, User
from programme.refusals import Refused
from programme.roles import Role
from programme.status import Rag
from reporting import actions, documents, pdf
from reporting.actions import reading, scheduling
from reporting.editions import Edition
from reporting.models import BoardReport, Download, ReportLink, ReportSchedule
from reporting.readers import readers_of
from tests.factories import people, reports, work
from tests.integration.markup import faults, markup
from workstreams.models import Assignment

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 4, 12, tzinfo=UTC)
INSIDE, OUTSIDE = (Edition.FULL, Edition.HIGHLIGHT), (Edition.COMMISSIONER, Edition.YOUNG_PEOPLE)
# Who reads which editions once they are published; everybody else in this table of roles has both.
ROLES = {role: Edition if role is not Role.COMMISSIONER else OUTSIDE for role in Role}


@pytest.fixture(autouse=True)
def clock(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def crisis(programme):
    stream = work.workstream(programme, "Crisis care")
    work.sent_update(stream, work.SEPTEMBER, rating=Rag.GREEN)
    return stream


@pytest.fixture
def september(programme, crisis):
    return work.period(programme, work.SEPTEMBER)


@pytest.fixture
def office(programme):
    return people.member(programme, Role.OFFICE)


@pytest.fixture
def approver(programme):
    return people.member(programme, Role.APPROVER)


@pytest.fixture
def every(september, office, approver) -> dict[Edition, BoardReport]:
    """One published report of each edition."""
    return {
        edition: reports.published(september, office, approver, reports.TINY_PDF + edition.encode(), edition)
        for edition in Edition
    }


def lead_of(crisis: Any) -> User:
    user = people.user("Ravi Shah")
    work.assign(crisis, user, Assignment.Role.LEAD)
    return user


def told() -> list[str]:
    found = Mail.objects.filter(key__startswith=f"{MailKind.REPORT_PUBLISHED.value}:")
    return sorted(mail.to.name for mail in found.select_related("to__person") if mail.to)


# -- who reads which edition -------------------------------------------------------------------------------------------


def test_each_role_finds_the_editions_that_are_made_for_it_and_no_other(client, programme, every):
    for role, editions in ROLES.items():
        client.force_login(people.member(programme, role))
        page = markup(client.get("/p/own/reports/"))
        assert faults(page) == [], role
        links = {e["href"] for e in page.all("a")} | {e["value"] for e in page.all("option")}
        for edition, made in every.items():
            address = f"/p/own/reports/{made.pk}/"
            reads = edition in editions
            parts = ("", "download/", *(["as/html/"] if role is Role.COMMISSIONER else []))
            got = {client.head(f"{address}{part}").status_code for part in parts}
            assert (role, edition, got) == (role, edition, {200 if reads else 404})
            assert (address in links) is reads, (role, edition)
            if not reads:
                assert str(made.pk) not in links, (role, edition)


def test_who_has_a_part_in_a_workstream_reads_what_stays_inside(client, crisis, every):
    client.force_login(lead_of(crisis))
    assert {client.head(f"/p/own/reports/{made.pk}/").status_code for made in every.values()} == {200}


def test_a_commissioner_is_told_what_stands_in_their_edition_and_nothing_of_the_offices_workings(
    client, programme, september, office, approver
):
    work.workstream(programme, "Schools")  # its update is missing, so the office says why it reports all the same
    made = actions.request_report(period=september, by=office, edition=Edition.COMMISSIONER, decision="It cannot wait")
    held = actions.claim(report_id=made.pk)
    assert held is not None
    actions.finish(held, reports.rendered(), reports.WHEN)
    made.refresh_from_db()
    actions.approve(report=made, by=approver)
    actions.publish(report=made, by=office)
    address = f"/p/own/reports/{made.pk}/"
    client.force_login(office)
    assert "It cannot wait" in markup(client.get(address)).words
    client.force_login(people.member(programme, Role.COMMISSIONER))
    words = markup(client.get(address)).words
    assert "The 1 workstream that gave a rating is on track." in words
    assert "It cannot wait" not in words
    assert "What was missing" not in words


def test_the_front_page_of_a_commissioner_leads_to_the_newest_that_is_theirs(client, programme, every, office):
    client.force_login(people.member(programme, Role.COMMISSIONER))
    page = markup(client.get("/p/own/"))
    assert faults(page) == []
    links = {e["href"] for e in page.all("a") if "/download/" in e["href"]}
    assert links == {f"/p/own/reports/{every[Edition.COMMISSIONER].pk}/download/"}
    actions.withdraw(report=every[Edition.COMMISSIONER], reason="A wrong figure", by=office)
    actions.withdraw(report=every[Edition.YOUNG_PEOPLE], reason="A wrong figure", by=office)
    page = markup(client.get("/p/own/"))
    assert faults(page) == []
    assert "No board report has been published yet. You will find it here when it is." in page.words


def test_only_what_one_may_read_can_be_laid_side_by_side(client, programme, every, office, approver):
    august = work.period(programme, work.FIRST_MONTH.replace(month=8))
    earlier = {
        edition: reports.published(august, office, approver, reports.TINY_PDF + b"8" + edition.encode(), edition)
        for edition in (Edition.FULL, Edition.COMMISSIONER)
    }
    client.force_login(people.member(programme, Role.COMMISSIONER))
    own = {str(earlier[Edition.COMMISSIONER].pk), str(every[Edition.COMMISSIONER].pk)}
    for asked in ({}, {"later": every[Edition.FULL].pk, "earlier": earlier[Edition.FULL].pk}):
        page = markup(client.get("/p/own/reports/compare/", asked))
        assert faults(page) == []
        assert {e["value"] for e in page.all("option")} == own
        assert "From August 2026, version 1, to September 2026, version 1: commissioner report." in page.words
    client.force_login(office)
    page = markup(client.get("/p/own/reports/compare/"))
    assert {e["value"] for e in page.all("option")} == {str(made.pk) for made in (*every.values(), *earlier.values())}
    chosen = [e["value"] for e in page.all("option") if "selected" in e.attributes]
    assert len({BoardReport.objects.get(pk=pk).edition for pk in chosen}) == 1  # two that belong together


def test_what_changed_is_told_since_the_last_report_of_the_same_edition(programme, september, office, approver):
    august = work.period(programme, work.FIRST_MONTH.replace(month=8))
    reports.published(august, office, approver)
    theirs, pack = (
        actions.request_report(period=september, by=office, edition=edition, at=NOW)
        for edition in (Edition.COMMISSIONER, Edition.FULL)
    )
    assert theirs.snapshot.content["since"]["report"] == ""
    assert pack.snapshot.content["since"]["report"] == "the report for August 2026, version 1"


# -- links -------------------------------------------------------------------------------------------------------------


def test_a_link_gives_every_form_of_its_report_and_each_copy_is_written_down(client, every, office):
    link = reading.make_link(report=every[Edition.YOUNG_PEOPLE], for_whom="The forum", days=7, by=office)
    address = reading.address_of(link).removeprefix("http://127.0.0.1:8000")
    page = markup(client.get(address))
    assert faults(page) == []
    files = [e["href"].removeprefix(address) for e in page.all("a") if e["href"].startswith(address)]
    assert files == ["file/", "as/html/", "as/docx/"]
    for part, begins in (("file/", b"%PDF"), ("as/html/", b"<!DOCTYPE"), ("as/docx/", b"PK")):
        answer = client.get(f"{address}{part}")
        assert (answer.status_code, answer.content[:9].startswith(begins)) == (200, True)
        assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert [use.form for use in Download.objects.order_by("pk")] == ["opened", "pdf", "html", "docx"]
    assert {client.get(f"{address}as/{kind}/").status_code for kind in ("xlsx", "pptx", "pdf", "exe")} == {404}
    reading.revoke_link(link=link, by=office)
    assert {client.get(f"{address}{part}").status_code for part in ("", "file/", "as/html/", "as/docx/")} == {404}


def test_a_form_that_cannot_be_made_now_is_said_on_the_links_page(client, every, office, monkeypatch):
    link = reading.make_link(report=every[Edition.COMMISSIONER], for_whom="The forum", days=7, by=office)
    address = reading.address_of(link).removeprefix("http://127.0.0.1:8000")

    def broken(*_: object, **__: object) -> None:
        raise pdf.RenderFailed(pdf.Reason.TIME, sentence="The Word document took too long.")

    monkeypatch.setattr(documents, "made", broken)
    answer = client.get(f"{address}as/docx/")
    assert (answer.status_code, faults(markup(answer))) == (503, [])
    assert "The Word document took too long." in markup(answer).words
    assert Download.objects.count() == 0


@pytest.mark.parametrize("edition", Edition)
def test_a_link_to_what_stays_inside_needs_a_word_that_they_may_read_it(client, every, office, edition):
    client.force_login(office)
    address = f"/p/own/reports/{every[edition].pk}/links/"
    page = markup(client.get(address))
    assert faults(page) == []
    inside = edition in INSIDE
    assert bool([e for e in page.all("input") if e["name"] == "inside"]) is inside
    answer = client.post(address, {"for_whom": "The council", "days": "7"})
    assert (answer.status_code, ReportLink.objects.count()) == ((422, 0) if inside else (302, 1))
    if inside:
        with pytest.raises(Refused, match="stays inside the trust"):
            reading.make_link(report=every[edition], for_whom="The council", days=7, by=office)
        client.post(address, {"for_whom": "A governor", "days": "7", "inside": "on"})
        assert ReportLink.objects.get().for_whom == "A governor"


# -- who hears of it ---------------------------------------------------------------------------------------------------


def test_those_who_may_read_an_edition_are_its_readers(programme, crisis, office, approver):
    first, lead, other = work.lead_of(crisis), lead_of(crisis), people.member(work.programme("Other"), Role.OFFICE)
    commissioner, gone = people.member(programme, Role.COMMISSIONER), people.member(programme, Role.READER)
    with recorded(by=None, action="Ended a role"):
        gone.memberships.update(until=work.TODAY - timedelta(days=1))
    inside = {office, approver, lead, first}
    for edition in Edition:
        found = set(readers_of(programme.pk, edition, NOW))
        assert found == (inside if edition in INSIDE else inside | {commissioner}), edition
        assert other not in found


def test_single_people_hear_of_a_report_beside_the_roles_and_each_once(client, september, crisis, office, approver):
    first, lead = work.lead_of(crisis), lead_of(crisis)
    senior = people.member(september.programme, Role.SLT, name="Senior leader")
    made = reports.approved(september, office, approver)
    client.force_login(office)
    address = f"/p/own/reports/{made.pk}/publish/"
    page = markup(client.get(address))
    assert faults(page) == []
    assert "Commissioners cannot: make the commissioner report for them." in page.words
    assert [e["value"] for e in page.all("input") if e["name"] == "tell"] == ["slt", "reader"]
    offered = {e["value"] for e in page.all("input") if e["name"] == "people"}
    assert offered == {str(user.pk) for user in (office, approver, lead, senior, first)}
    client.post(address, {"tell": ["slt"], "people": [lead.pk, senior.pk]})
    assert told() == ["Ravi Shah", "Senior leader"]


def test_an_edition_is_announced_to_nobody_who_may_not_read_it(client, september, office, approver):
    commissioner = people.member(september.programme, Role.COMMISSIONER)
    made = reports.approved(september, office, approver)
    with pytest.raises(Refused, match="The full pack stays inside the trust, so it is not for: Commissioner"):
        actions.publish(report=made, by=office, tell=["commissioner"])
    client.force_login(office)
    forged = client.post(f"/p/own/reports/{made.pk}/publish/", {"people": [commissioner.pk]})
    assert (forged.status_code, faults(markup(forged))) == (422, [])
    actions.publish(report=made, by=office, people=[commissioner.pk])
    assert told() == []


def test_who_left_is_skipped_and_it_is_said_where_the_office_looks(client, september, crisis, office, approver):
    lead, stays = lead_of(crisis), people.member(september.programme, Role.READER, name="Noor Aziz")
    plan = reports.schedule(september, office, approver, at=NOW, told_people=[lead.pk, stays.pk])
    made = scheduling.run_now(schedule=plan, by=office)
    held = actions.claim(report_id=made.pk)
    assert held is not None
    actions.finish(held, reports.rendered(), reports.WHEN)
    made.refresh_from_db()
    actions.approve(report=made, by=approver)
    with recorded(by=None, action="Ended a role"):
        Assignment.objects.of_user(lead).update(until=work.TODAY - timedelta(days=1))
    skipped = "Ravi Shah has left, or may not read this edition any more, and so is skipped."
    client.force_login(office)
    listed = markup(client.get("/p/own/reports/schedules/")).words
    assert skipped in listed
    assert "Once published, these get an email: Noor Aziz." in listed
    page = markup(client.get(f"/p/own/reports/{made.pk}/publish/"))
    assert (faults(page), skipped in page.words) == ([], True)
    assert [e["value"] for e in page.all("input") if "checked" in e.attributes] == [str(stays.pk)]
    left = actions.publish(report=made, by=office, people=plan.told_people)
    assert (told(), left.sentence) == (["Noor Aziz"], skipped)
    about = markup(client.get(f"/p/own/reports/{made.pk}/")).words
    assert "Who got an emailNoor Aziz" in about


def test_a_schedule_names_only_people_and_roles_that_may_read_its_edition(client, september, office, approver):
    commissioner = people.member(september.programme, Role.COMMISSIONER)
    with pytest.raises(Refused, match="Commissioner may not read the full pack"):
        reports.schedule(september, office, approver, told_people=[commissioner.pk])
    client.force_login(office)
    plan = {"edition": "full", "basis": "after_close", "working_days": "2", "hour": "7", "approver": approver.pk}
    address = "/p/own/reports/schedules/new/"
    for wrong in ({"told_roles": ["commissioner"]}, {"told_people": [commissioner.pk]}, {"told_people": ["0"]}):
        answer = client.post(address, plan | wrong)
        assert (answer.status_code, faults(markup(answer))) == (422, [])
    assert ReportSchedule.objects.count() == 0
    client.post(address, plan | {"edition": "commissioner", "told_people": [commissioner.pk, approver.pk]})
    assert ReportSchedule.objects.get().told_people == sorted([commissioner.pk, approver.pk])
