"""Dropping a PDF on a page: what it is, whether it is genuine, and nothing about what was never published."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from programme.roles import Role
from reporting import actions
from reporting.authenticity import mark
from reporting.editions import Edition
from reporting.models import BoardReport
from tests.factories import people, reports, work
from tests.integration.markup import faults, markup

pytestmark = pytest.mark.django_db

ADDRESS = "/verify/"


@pytest.fixture(autouse=True)
def clock(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def september():
    return work.period(work.programme("Own"), work.SEPTEMBER)


@pytest.fixture
def office(september):
    return people.member(september.programme, Role.OFFICE)


@pytest.fixture
def approver(september):
    return people.member(september.programme, Role.APPROVER)


def answered(client, content: bytes) -> str:
    answer = client.post(ADDRESS, {"file": SimpleUploadedFile("any.pdf", content, "application/pdf")})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (200, [])
    return page.words


def test_the_page_is_open_to_anybody(client):
    assert faults(markup(client.get(ADDRESS))) == []
    nothing = client.post(ADDRESS)
    assert (nothing.status_code, faults(markup(nothing))) == (422, [])


def test_a_published_file_is_named_with_all_that_was_printed_on_it(client, september, office, approver):
    reports.published(september, office, approver)
    words = answered(client, reports.TINY_PDF)
    for part in ("This file is genuine.", "Own", "September 2026, full pack, version 1", "12 October 2026 at 10am"):
        assert part in words
    assert "Published on 12 October 2026. It is the version that stands." in words


def test_a_file_that_no_longer_stands_is_genuine_and_says_so(client, september, office, approver):
    theirs = Edition.COMMISSIONER
    reports.published(september, office, approver, edition=theirs)
    second = reports.published(september, office, approver, content=reports.TINY_PDF + b"2", edition=theirs)
    commissioner = people.member(september.programme, Role.COMMISSIONER)
    words = answered(client, reports.TINY_PDF)
    assert "This file is genuine." in words
    assert "superseded by version 2 on 12 October 2026. Use the later version." in words
    actions.withdraw(report=second, reason="A wrong figure", by=office, at=reports.WHEN)
    assert "Withdrawn on 12 October 2026. Do not rely on it." in answered(client, reports.TINY_PDF + b"2")
    client.force_login(commissioner)
    assert "Withdrawn on 12 October 2026: A wrong figure" in answered(client, reports.TINY_PDF + b"2")


def test_why_a_report_was_withdrawn_is_told_to_its_readers_alone(client, september, office, approver):
    """Whoever holds the full pack learns that it is genuine and not for passing on; the reason stays inside."""
    made = reports.withdrawn(september, office, approver)
    changed = reports.TINY_PDF + mark(made.snapshot.sha256).encode()
    for who in (None, people.member(september.programme, Role.COMMISSIONER)):
        if who:
            client.force_login(who)
        for content, verdict in ((reports.TINY_PDF, "This file is genuine."), (changed, "This file has been changed.")):
            words = answered(client, content)
            assert verdict in words
            assert "Withdrawn on 12 October 2026. Do not rely on it." in words
            assert "This edition is made for people inside the trust." in words
            assert "The figures of one team were wrong" not in words
    client.force_login(people.member(september.programme, Role.READER))
    words = answered(client, reports.TINY_PDF)
    assert "Withdrawn on 12 October 2026: The figures of one team were wrong" in words
    assert "inside the trust" not in words


def test_a_changed_file_is_said_to_be_changed_in_words(client, september, office, approver):
    made = reports.published(september, office, approver)
    words = answered(client, reports.TINY_PDF + mark(made.snapshot.sha256).encode())
    assert "This file has been changed." in words
    assert "September 2026, full pack, version 1" in words


def test_a_changed_file_is_named_by_its_own_edition_although_another_was_made_at_the_same_moment(
    client, september, office, approver
):
    twins = {
        edition: reports.published(september, office, approver, reports.TINY_PDF + edition.encode(), edition)
        for edition in (Edition.COMMISSIONER, Edition.YOUNG_PEOPLE)
    }
    assert len({made.snapshot.sha256 for made in twins.values()}) == 1
    for edition, made in twins.items():
        words = answered(client, reports.TINY_PDF + mark(made.snapshot.sha256, edition).encode())
        assert f"September 2026, {edition.words.lower()}, version 1" in words


def test_a_draft_is_known_to_those_who_may_read_it_and_to_nobody_else(client, september, office):
    draft = reports.draft(september, office)
    changed = reports.TINY_PDF + mark(draft.snapshot.sha256).encode()
    stranger = people.member(work.programme("Other"), Role.OFFICE)
    for who in (None, people.member(september.programme, Role.COMMISSIONER), stranger):
        if who:
            client.force_login(who)
        for content in (reports.TINY_PDF, changed):
            words = answered(client, content)
            assert "We do not know this file." in words
            assert "September" not in words
    client.force_login(office)
    assert "A draft that has not been published. Do not pass it on." in answered(client, reports.TINY_PDF)


def test_what_is_no_pdf_and_what_is_too_large_is_said_so(client, monkeypatch):
    assert "This is not a PDF." in answered(client, b"PK\x03\x04")
    monkeypatch.setattr("reporting.forms.reports.LARGEST", 10)
    answer = client.post(ADDRESS, {"file": SimpleUploadedFile("big.pdf", b"%PDF-" * 10)})
    assert (answer.status_code, faults(markup(answer))) == (422, [])
    assert "so it is none of ours" in markup(answer).words


def test_nothing_is_stored_and_one_question_is_enough(
    client, september, office, approver, django_assert_max_num_queries
):
    reports.published(september, office, approver)
    with django_assert_max_num_queries(6):
        answered(client, reports.TINY_PDF)
    assert BoardReport.objects.count() == 1
