"""Finished reports in a folder and in a bucket: the same tests for both, the bucket on a server that speaks S3."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.conf import settings as current
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

from programme.refusals import Refused
from programme.roles import Role
from reporting import actions, pdf, storage
from reporting.actions import reading
from reporting.editions import Edition
from reporting.models import BoardReport
from tests.factories import people, reports, work
from tests.integration.markup import markup

pytestmark = pytest.mark.django_db

BUCKET = "reports-of-a-test"
KEYS = {"aws_access_key_id": "any", "aws_secret_access_key": "any", "region_name": "eu-west-2"}
GONE = "http://127.0.0.1:1"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An S3 server on this machine."""
    running = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


def in_bucket(address: str) -> dict[str, Any]:
    """The settings that REPORTS_BUCKET and its fellows make."""
    options = {
        "bucket_name": BUCKET,
        "endpoint_url": address,
        "region_name": "eu-west-2",
        "access_key": "any",
        "secret_key": "any",
        "file_overwrite": True,
        "default_acl": None,
    }
    return current.STORAGES | {"default": {"BACKEND": "reporting.bucket.ReportBucket", "OPTIONS": options}}


@pytest.fixture(params=["folder", "bucket"])
def kept(request, settings, tmp_path) -> Iterator[Callable[[], dict[str, bytes]]]:
    """Everything that the storage holds, by its name; half-made files, too."""
    settings.MEDIA_ROOT = tmp_path
    if request.param == "folder":

        def in_folder() -> dict[str, bytes]:
            return {
                str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()
            }

        yield in_folder
        return
    address = request.getfixturevalue("server")
    bucket = boto3.resource("s3", endpoint_url=address, **KEYS).Bucket(BUCKET)
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    settings.STORAGES = in_bucket(address)

    def in_it() -> dict[str, bytes]:
        return {each.key: each.get()["Body"].read() for each in bucket.objects.all()}

    yield in_it
    bucket.objects.all().delete()
    bucket.delete()


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def september():
    return work.period(work.programme("Own"), work.SEPTEMBER)


@pytest.fixture
def office(september, client):
    account = people.member(september.programme, Role.OFFICE)
    client.force_login(account)
    return account


def test_what_is_put_there_is_there_whole_found_by_its_beginning_and_gone_when_it_is_forgotten(kept):
    storage.put("7/12-1-aa.pdf", b"one")
    storage.put("7/12-2-bb.pdf", b"two" * 100_000)
    storage.put("7/120-1-cc.pdf", b"other")
    storage.put("7/12-1-aa.pdf", b"one")  # once more, by a worker that was thought dead
    assert kept() == {"7/12-1-aa.pdf": b"one", "7/12-2-bb.pdf": b"two" * 100_000, "7/120-1-cc.pdf": b"other"}
    assert storage.get("7/12-2-bb.pdf") == b"two" * 100_000
    assert sorted(storage.beginning_with("7", "12-")) == ["7/12-1-aa.pdf", "7/12-2-bb.pdf"]
    for _ in range(2):
        storage.forget("7/12-1-aa.pdf")
    assert sorted(kept()) == ["7/12-2-bb.pdf", "7/120-1-cc.pdf"]
    with pytest.raises(FileNotFoundError):
        storage.get("7/12-1-aa.pdf")


def test_a_finished_report_is_the_only_file_that_stays_of_it(kept, client, september, office):
    held = reports.building(september, office)
    storage.put(f"{held.programme_id}/{held.pk}-0-dead.pdf", b"left by an attempt that was killed")
    actions.finish(held, reports.rendered(), reports.WHEN)
    made = BoardReport.objects.get(pk=held.pk)
    assert kept() == {made.file: reports.TINY_PDF}
    assert actions.file_of(made) == reports.TINY_PDF
    assert client.get(f"/p/own/reports/{made.pk}/download/").content == reports.TINY_PDF


def test_who_lost_the_lease_leaves_nothing(kept, september, office):
    held = reports.building(september, office)
    actions.cancel(report=held, by=office)
    with pytest.raises(actions.LostLeaseError):
        actions.finish(held, reports.rendered(), reports.WHEN)
    assert kept() == {}


@pytest.mark.parametrize("damage", ["altered", "missing"])
def test_a_file_that_was_altered_or_lost_is_not_handed_out(kept, september, office, damage):
    made = reports.draft(september, office)
    if damage == "missing":
        storage.forget(made.file)
    else:
        storage.put(made.file, reports.TINY_PDF + b" ")
    with pytest.raises(Refused, match="altered on the server" if damage == "altered" else "missing from the server"):
        actions.file_of(made)


def test_a_link_hands_out_the_stored_bytes(kept, client, september, office):
    made = reports.published(
        september, office, people.member(september.programme, Role.APPROVER), edition=Edition.HIGHLIGHT
    )
    link = reading.make_link(report=made, for_whom="A governor", days=7, by=office, inside=True)
    client.logout()
    got = client.get(reading.address_of(link).removeprefix("http://127.0.0.1:8000") + "file/").content
    assert hashlib.sha256(got).hexdigest() == made.sha256


def test_a_real_report_is_drawn_and_kept(kept, september, office):
    made = reports.queued(september, office, Edition.YOUNG_PEOPLE)
    actions.build(report_id=made.pk)
    made.refresh_from_db()
    assert (made.state, list(kept())) == ("draft", [made.file])
    assert hashlib.sha256(kept()[made.file]).hexdigest() == made.sha256


# -- a bucket that does not answer -------------------------------------------------------------------------------------


def test_a_bucket_that_does_not_answer_is_tried_again_and_then_said(client, september, office, settings, monkeypatch):
    settings.STORAGES = in_bucket(GONE)
    monkeypatch.setattr(pdf, "render", lambda *_, **__: reports.rendered())
    made = reports.queued(september, office, Edition.YOUNG_PEOPLE)
    states = []
    for _ in range(actions.ATTEMPTS):
        actions.build(report_id=made.pk)
        made.refresh_from_db()
        states.append(made.state)
    assert states == ["queued", "queued", "failed"]
    assert made.failure == "The storage in which finished reports are kept cannot be reached."
    assert made.file == ""


def test_a_copy_that_cannot_be_fetched_now_is_said_so(client, september, office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = reports.draft(september, office)
    settings.STORAGES = in_bucket(GONE)
    answer = client.get(f"/p/own/reports/{made.pk}/download/", follow=True)
    assert "cannot be reached. Try again in a few minutes." in markup(answer).words


def test_half_a_file_stands_under_its_name_at_no_moment(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        storage.put("7/12-1-aa.pdf", b"one")
    assert [path for path in Path(tmp_path).rglob("*") if path.is_file()] == []
    assert not default_storage.exists("7/12-1-aa.pdf")
