"""A report from being asked for to its end: cancelled, superseded, withdrawn; who is told, who may read, who did."""

from datetime import UTC, datetime, timedelta

import pytest

from programme.actions import notifications
from programme.mail_kinds import MailKind
from programme.models import Mail
from programme.refusals import Refused
from programme.roles import Role
from programme.status import Rag
from reporting import actions, pdf, snapshots
from reporting.actions import building, reading
from reporting.editions import Edition
from reporting.models import BoardReport, Download, ReportLink
from tests.factories import people, reports, work
from tests.integration.markup import faults, markup

pytestmark = pytest.mark.django_db

PROGRAMME_AND_REPORT = "Own: September 2026, full pack, version 1"
NOW = datetime(2026, 11, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def programme():
    own = work.programme("Own")
    work.sent_update(work.workstream(own, "Crisis care"), work.SEPTEMBER, rating=Rag.GREEN)
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


@pytest.fixture
def commissioner(programme):
    return people.member(programme, Role.COMMISSIONER)


def fresh(report: BoardReport) -> BoardReport:
    return BoardReport.objects.get(pk=report.pk)


def mails(kind: MailKind) -> list[tuple[str, str]]:
    found = Mail.objects.filter(key__startswith=f"{kind.value}:").select_related("to__person").order_by("pk")
    return [(mail.to.name if mail.to else "", mail.body.split("\n\n")[1]) for mail in found]


# -- readiness ---------------------------------------------------------------------------------------------------------


def test_a_month_that_is_not_ready_is_reported_only_with_a_decision_which_is_kept(client, programme, office):
    work.workstream(programme, "Schools")
    address = "/p/own/reports/new/"
    page = markup(client.get(f"{address}?month=2026-09"))
    assert faults(page) == []
    assert "The month is not ready: 1 update of 2 is not in." in page.words
    without = client.post(address, {"month": "2026-09"})
    assert (without.status_code, faults(markup(without))) == (422, [])
    assert "Say why you report now, although something is missing" in markup(without).words
    assert BoardReport.objects.count() == 0
    client.post(address, {"month": "2026-09", "edition": "highlight", "decision": "The board meets tomorrow"})
    made = BoardReport.objects.get()
    kept = made.snapshot.content["readiness"]
    assert (made.edition, kept["reason"]) == ("highlight", "The board meets tomorrow")
    assert kept["decision"] == (
        "Programme office decided on 4 November 2026 at midday to report all the same: The board meets tomorrow"
    )
    shown = markup(client.get(f"/p/own/reports/{reports.draft(made.period, office).pk}/"))
    assert "What was missing, and what was decided" in shown.words


def test_versions_are_counted_for_each_edition(september, office):
    first = reports.draft(september, office)
    other = reports.draft(september, office, edition=Edition.HIGHLIGHT)
    second = reports.draft(september, office)
    assert [(each.edition, each.version) for each in (first, other, second)] == [
        ("full", 1), ("highlight", 1), ("full", 2),
    ]  # fmt: skip


# -- built, cancelled, failed ------------------------------------------------------------------------------------------


def test_a_cancelled_report_leaves_nothing_behind_and_its_worker_notices(client, september, office, settings):
    held = reports.building(september, office)
    page = markup(client.get(f"/p/own/reports/{held.pk}/"))
    assert faults(page) == []
    client.post(f"/p/own/reports/{held.pk}/cancel/")
    with pytest.raises(actions.LostLeaseError):
        actions.at_stage(held, pdf.Stage.DRAWING)
    with pytest.raises(actions.LostLeaseError):
        actions.finish(held, pdf.RenderedPdf(reports.TINY_PDF, "0" * 64, pages=1), NOW)
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    assert "Cancelled before it was made." in markup(client.get(f"/p/own/reports/{held.pk}/")).words
    assert fresh(held).state == "cancelled"
    again = client.post(f"/p/own/reports/{held.pk}/cancel/", follow=True)
    assert "there is nothing to cancel" in markup(again).words


def test_a_part_that_cannot_be_written_is_tried_again_then_named_and_the_office_is_told(september, office, monkeypatch):
    class PartError(Exception):
        section = "Crisis care"

    def broken(*_args: object, **_more: object) -> str:
        raise PartError("The section “Crisis care” could not be made: no words")

    monkeypatch.setattr(building, "board_html", broken)
    made = reports.queued(september, office)
    for attempt in range(1, actions.ATTEMPTS):
        actions.build(report_id=made.pk)
        assert (fresh(made).state, fresh(made).attempt, mails(MailKind.REPORT_FAILED)) == ("queued", attempt, [])
    actions.build(report_id=made.pk)
    assert fresh(made).state == "failed"
    assert fresh(made).failure == "The section “Crisis care” could not be made: no words"
    assert fresh(made).file == ""
    assert mails(MailKind.REPORT_FAILED) == [
        (
            "Programme office",
            f"{PROGRAMME_AND_REPORT}, could not be built. Its page says why.\nhttp://127.0.0.1:8000/p/own/reports/{made.pk}/",
        )
    ]


def test_the_page_says_which_part_is_being_written(client, september, office):
    held = reports.building(september, office)
    actions.at_section(held, "Crisis care")
    assert "Writing the words and tables: Crisis care" in markup(client.get(f"/p/own/reports/{held.pk}/")).words


# -- who is told -------------------------------------------------------------------------------------------------------


def test_every_approver_is_asked_but_never_who_built_it_and_readers_hear_only_when_it_is_published(
    client, september, office, approver
):
    commissioner = people.member(september.programme, Role.COMMISSIONER)
    made = reports.draft(september, office, edition=Edition.COMMISSIONER)
    assert [to for to, _ in mails(MailKind.REPORT_WAITS)] == ["Report approver"]
    actions.approve(report=made, by=approver)
    assert mails(MailKind.REPORT_PUBLISHED) == []
    page = markup(client.get(f"/p/own/reports/{made.pk}/publish/"))
    assert faults(page) == []
    assert [e["value"] for e in page.all("input") if "checked" in e.attributes] == ["commissioner"]
    client.post(f"/p/own/reports/{made.pk}/publish/", {"tell": ["commissioner"]})
    [(to, body)] = mails(MailKind.REPORT_PUBLISHED)
    assert to == commissioner.name
    assert body.startswith("Own: September 2026, commissioner report, version 1, has been published.")
    assert "Crisis care" not in Mail.objects.latest("pk").body


def test_who_turned_these_emails_off_gets_none(september, office, approver, commissioner):
    notifications.choose(user=commissioner, off=[MailKind.REPORT_PUBLISHED])
    made = reports.approved(september, office, approver, edition=Edition.COMMISSIONER)
    actions.publish(report=made, by=office, tell=["commissioner", "slt"])
    assert mails(MailKind.REPORT_PUBLISHED) == []


# -- superseded and withdrawn ------------------------------------------------------------------------------------------


def test_a_later_version_supersedes_the_one_that_stood_of_its_own_edition_only(
    client, september, office, approver, commissioner
):
    theirs = Edition.COMMISSIONER
    first = reports.published(september, office, approver, edition=theirs)
    other = reports.published(september, office, approver, edition=Edition.HIGHLIGHT)
    second = reports.published(september, office, approver, edition=theirs)
    assert [fresh(each).state for each in (first, other, second)] == ["superseded", "published", "published"]
    assert fresh(first).successor == second
    client.force_login(commissioner)
    page = markup(client.get(f"/p/own/reports/{first.pk}/"))
    assert faults(page) == []
    assert "Superseded by version 2 on 12 October 2026" in page.words
    assert client.get(f"/p/own/reports/{first.pk}/download/").content == reports.TINY_PDF


def test_an_earlier_version_is_not_published_after_a_later_one(september, office, approver):
    early, late = (reports.approved(september, office, approver) for _ in range(2))
    actions.publish(report=late, by=office)
    with pytest.raises(Refused, match="Version 2 has been published already"):
        actions.publish(report=early, by=office)


def test_a_withdrawn_report_keeps_its_page_and_reason_and_hands_out_nothing(
    client, september, office, approver, commissioner
):
    made = reports.approved(september, office, approver, edition=Edition.COMMISSIONER)
    actions.publish(report=made, by=office, tell=["commissioner"])
    link = reading.make_link(report=made, for_whom="The council", days=30, by=office)
    address = f"/p/own/reports/{made.pk}/"
    assert faults(markup(client.get(f"{address}withdraw/"))) == []
    silent = client.post(f"{address}withdraw/", {"reason": " "})
    assert (silent.status_code, faults(markup(silent))) == (422, [])
    client.post(f"{address}withdraw/", {"reason": "One team was counted twice"})
    assert client.get(reading.address_of(link)).status_code == 404
    assert client.get(f"{address}download/").status_code == 200  # the office keeps what it withdrew
    client.force_login(commissioner)
    page = markup(client.get(address))
    assert "Withdrawn on 4 November 2026 at midday: One team was counted twice" in page.words
    assert made.snapshot.content["summary"]["sentence"] not in page.words
    assert client.get(f"{address}download/").status_code == 404
    assert [body.splitlines()[0] for _, body in mails(MailKind.REPORT_PUBLISHED)] == [
        "Own: September 2026, commissioner report, version 1, has been published.",
        "Own: September 2026, commissioner report, version 1, has been withdrawn. Its page says why.",
    ]
    with pytest.raises(Refused, match="Only a published report can be withdrawn: this one is withdrawn"):
        actions.withdraw(report=made, reason="Again", by=office)


# -- links -------------------------------------------------------------------------------------------------------------


def test_a_link_opens_one_report_for_anybody_until_it_ends_and_each_use_is_written_down(
    client, september, office, approver
):
    made = reports.published(september, office, approver)
    links = f"/p/own/reports/{made.pk}/links/"
    assert faults(markup(client.get(links))) == []
    wrong = client.post(links, {"for_whom": "", "days": "7"})
    assert (wrong.status_code, faults(markup(wrong))) == (422, [])
    client.post(links, {"for_whom": "The council", "days": "7", "inside": "on"})
    link = ReportLink.objects.get()
    client.logout()
    address = reading.address_of(link).removeprefix("http://127.0.0.1:8000")
    opened = client.get(address)
    assert faults(markup(opened)) == []
    assert (opened.headers["Cache-Control"], opened.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert client.get(f"{address}file/").content == reports.TINY_PDF
    assert client.head(f"{address}file/").status_code == 200
    assert [(use.form, use.who) for use in Download.objects.order_by("pk")] == [
        ("opened", "The council, by link"), ("pdf", "The council, by link"),
    ]  # fmt: skip
    client.force_login(office)
    words = markup(client.get(links)).words
    assert "Opened 1 time, 1 copy taken, last used 4 November 2026 at midday." in words
    assert "The council, by link opened the page" in markup(client.get(f"/p/own/reports/{made.pk}/")).words
    assert faults(markup(client.get(f"/p/own/reports/links/{link.pk}/end/"))) == []
    client.post(f"/p/own/reports/links/{link.pk}/end/")
    client.logout()
    assert {client.get(each).status_code for each in (address, f"{address}file/")} == {404}


def test_a_link_ends_by_itself_and_cannot_be_made_up(september, office, approver, settings):
    made = reports.published(september, office, approver)
    link = reading.make_link(report=made, for_whom="The council", days=7, by=office, inside=True, at=NOW)
    token = reading.address_of(link).rstrip("/").rpartition("/")[2]
    assert reading.open_link(token, NOW + timedelta(days=7, seconds=-1)) == link
    assert reading.open_link(token, NOW + timedelta(days=7)) is None
    for invented in ("", "1", f"{link.pk}:x", token[:-1], token.replace(str(link.pk), str(link.pk + 1), 1)):
        assert reading.open_link(invented, NOW) is None
    with pytest.raises(Refused, match="Only a published report"):
        reading.make_link(report=reports.draft(september, office), for_whom="X", days=7, by=office)


# -- reading and comparing ---------------------------------------------------------------------------------------------


def test_readers_see_the_latest_first_then_earlier_ones_and_what_changed_between_two(
    client, september, office, approver, commissioner
):
    august = work.period(september.programme, work.FIRST_MONTH.replace(month=8))
    earlier, later = (
        reports.published(each, office, approver, edition=Edition.COMMISSIONER) for each in (august, september)
    )
    client.force_login(commissioner)
    page = markup(client.get("/p/own/reports/"))
    assert faults(page) == []
    assert "The 1 workstream that gave a rating is on track." in page.words
    assert page.words.index("September 2026: commissioner report") < page.words.index("August 2026, version 1")
    compared = client.get("/p/own/reports/compare/", {"earlier": later.pk, "later": earlier.pk})
    told = markup(compared)
    assert faults(told) == []
    assert "From August 2026, version 1, to September 2026, version 1: commissioner report." in told.words
    assert "Crisis care went from Not reported to Green." in told.words
    part = client.get("/p/own/reports/compare/", headers={"HX-Request": "true"})
    assert (faults(markup(part), part=True), b"<html" in part.content) == ([], False)


def test_who_took_a_copy_is_shown_to_the_office_alone(client, september, office, approver, commissioner):
    made = reports.published(september, office, approver, edition=Edition.COMMISSIONER)
    client.force_login(commissioner)
    client.get(f"/p/own/reports/{made.pk}/download/")
    assert "Who has taken a copy" not in markup(client.get(f"/p/own/reports/{made.pk}/")).words
    client.force_login(office)
    assert "Commissioner, 4 November 2026 at midday" in markup(client.get(f"/p/own/reports/{made.pk}/")).words


def test_a_report_is_had_as_a_web_page_and_as_office_files_each_written_down(client, september, office, approver):
    made = reports.published(september, office, approver, edition=Edition.HIGHLIGHT)
    address = f"/p/own/reports/{made.pk}/"
    kinds = [e["href"].split("/")[-2] for e in markup(client.get(address)).all("a") if "/as/" in e["href"]]
    assert kinds == ["html", "docx", "pptx"]
    web = client.get(f"{address}as/html/")
    assert web.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert (web.headers["Cache-Control"], b"September 2026" in web.content) == ("no-store", True)
    word = client.get(f"{address}as/docx/")
    assert word.content.startswith(b"PK")
    assert word.headers["Content-Disposition"] == 'attachment; filename="own-highlight-2026-09-v1.docx"'
    assert [use.form for use in Download.objects.order_by("pk")] == ["html", "docx"]
    assert {client.get(f"{address}as/{kind}/").status_code for kind in ("pdf", "xlsx", "exe")} == {404}


def test_a_section_that_cannot_be_read_is_named_where_the_report_is_asked_for(client, office, september, monkeypatch):
    def broken(**_asked: object) -> None:
        raise snapshots.SectionNotReadError("Risks", "no words")

    monkeypatch.setattr(snapshots, "compose", broken)
    answer = client.post("/p/own/reports/new/", {"month": "2026-09"})
    assert (answer.status_code, faults(markup(answer))) == (422, [])
    assert "The report could not be begun. The section “Risks” could not be read: no words" in markup(answer).words
    assert BoardReport.objects.count() == 0
