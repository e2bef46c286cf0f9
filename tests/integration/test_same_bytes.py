"""Rendering a frozen record again gives the same bytes: the JSON, and every format of every edition."""

import json
from pathlib import Path
from typing import Any

import pytest

from programme.roles import Role
from programme.status import Rag
from reporting import actions, documents, pdf, snapshots
from reporting.actions.building import marked
from reporting.authenticity import mark
from reporting.board_html import board_html
from reporting.editions import Edition
from tests.factories import people, reports, work

DATA = Path(__file__).parent.parent / "data" / "snapshot_v3.json"
EVERY = [(edition, kind) for edition in Edition for kind in edition.formats]


@pytest.fixture(scope="module")
def content() -> Any:
    """A record with a little of everything."""
    whole = json.loads(DATA.read_text())
    names = [each["slug"] for each in whole["workstreams"][:2]]
    of_them = ("milestones", "asks", "risks", "issues", "money")
    return whole | {
        "workstreams": whole["workstreams"][:2],
        **{part: [each for each in whole[part] if each["workstream"] in names][:8] for part in of_them},
    }


@pytest.mark.parametrize(("edition", "kind"), EVERY)
def test_the_same_record_gives_the_same_bytes_in_every_format(content, edition, kind):
    """The second time its fields come in another order, as they may from the database."""
    first = documents.made(content, edition, kind)
    again = documents.made(json.loads(json.dumps(content, sort_keys=True)), edition, kind)
    assert again.content == first.content
    assert len(first.content) > 1_000


@pytest.mark.django_db
@pytest.mark.parametrize("edition", Edition)
def test_a_stored_report_can_be_made_again_byte_by_byte(edition, settings, tmp_path, monkeypatch):
    """What was frozen is read from the database: its JSON has the fingerprint it was given, its PDF the file's."""
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    settings.MEDIA_ROOT = tmp_path
    own = work.programme("Own")
    work.sent_update(work.workstream(own, "Crisis care"), work.SEPTEMBER, rating=Rag.GREEN)
    september, office = work.period(own, work.SEPTEMBER), people.member(own, Role.OFFICE)
    made = reports.queued(september, office, edition)
    actions.build(report_id=made.pk)
    made.refresh_from_db()
    monkeypatch.setenv("TRACKER_NOW", "2027-02-01T08:00")
    work.sent_update(work.workstream(own, "Schools"), work.SEPTEMBER)  # what comes later changes nothing
    stored = made.snapshot.content
    assert snapshots.digest(stored) == made.snapshot.sha256
    again = pdf.render(marked(board_html(stored, edition), mark(made.snapshot.sha256, edition)))
    assert (again.sha256, again.content) == (made.sha256, actions.file_of(made))


@pytest.mark.django_db
def test_the_same_moment_is_frozen_into_the_same_json(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    own = work.programme("Own")
    work.sent_update(work.workstream(own, "Crisis care"), work.SEPTEMBER, rating=Rag.GREEN)
    asked: dict[str, Any] = {
        "period": work.period(own, work.SEPTEMBER),
        "by": people.member(own, Role.OFFICE),
        "at": reports.WHEN,
    }
    first, again = (snapshots.canonical(snapshots.compose(**asked)) for _ in range(2))
    assert first == again
