"""The monthly update from the first word to the receipt, as its lead meets it on the pages."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from programme.actions import periods
from programme.roles import Role
from programme.status import Rag
from tests.factories import people, work
from tests.integration.markup import faults, markup
from workstreams.models import Assignment, MonthlyUpdate, UpdateDraft, UpdateEvent, UpdateRevision
from workstreams.sections import Section

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/p/own/workstreams/crisis-care/updates/2026-10/edit/"}
ROOT = "/p/own/workstreams/crisis-care/updates/2026-10"
EDIT, AUTOSAVE, CHECK, SENT, RECALL = (f"{ROOT}/{end}/" for end in ("edit", "autosave", "check", "sent", "recall"))
TYPED = {"progress": "• The rota is agreed\n• Two nurses have started", "next_steps": "Train staff", "rating": "green"}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def workstream():
    return work.workstream(work.programme("Own"), "Crisis care")


@pytest.fixture
def lead(workstream, client):
    account = work.lead_of(workstream)
    client.force_login(account)
    return account


def draft() -> UpdateDraft:
    return UpdateDraft.objects.get()


def typed(**words: object) -> dict[str, object]:
    return {"version": 0, **TYPED} | words


def test_an_update_is_written_checked_sent_once_and_acknowledged(workstream, lead, client):
    answer = client.post(EDIT, typed())
    assert (answer.status_code, answer.headers["Location"]) == (302, CHECK)
    check = markup(client.get(CHECK))
    assert [e.text for e in check.all("li") if "main" in e.parents] == [
        "The rota is agreed", "Two nurses have started", "Train staff",
    ]  # fmt: skip
    answer = client.post(CHECK, {"version": check_version(check)})
    assert (answer.status_code, answer.headers["Location"]) == (302, SENT)
    receipt = markup(client.get(SENT))
    assert faults(receipt) == []
    assert "4 November 2026" in receipt.words
    revision = UpdateRevision.objects.get()
    assert [(i.section, i.text) for i in revision.items.all()] == [
        ("progress", "The rota is agreed"), ("progress", "Two nurses have started"), ("next_steps", "Train staff"),
    ]  # fmt: skip
    assert (revision.by, revision.by_name, revision.ratings.get().rag) == (lead, lead.name, Rag.GREEN)
    assert (draft().sections, draft().rating, draft().reason) == ({}, "", "")


def check_version(page):
    return next(e["value"] for e in page.all("input") if e["name"] == "version")


def test_sending_twice_makes_one_revision_and_shows_the_same_receipt(workstream, lead, client):
    client.post(EDIT, typed())
    version = {"version": draft().version}
    answers = [client.post(CHECK, version) for _ in range(3)]
    assert [(a.status_code, a.headers["Location"]) for a in answers] == [(302, SENT)] * 3
    assert UpdateRevision.objects.count() == 1
    assert [e.kind for e in UpdateEvent.objects.all()] == ["submitted"]


@pytest.mark.parametrize(
    ("words", "said", "kept"),
    [
        ({"progress": "", "next_steps": ""}, "Write at least one point", ""),
        ({"rating": ""}, "Select how the workstream is going", "Two nurses have started"),
        ({"rating": "red"}, "Say why the workstream is Red", "Train staff"),
        ({"rating": "amber", "reason": "  "}, "Say why the workstream is Amber", "Train staff"),
        ({"rating": "purple"}, "Select how the workstream is going", "Train staff"),
    ],
)
@pytest.mark.usefixtures("lead")
def test_what_is_missing_is_said_above_the_words_typed_so_far(client, words, said, kept):
    answer = client.post(EDIT, typed(**words))
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert page.all("title")[0].text.startswith("Error: ")
    summary = page.classed("nhsuk-error-summary")[0]
    assert said in summary.text
    targets = [e["href"][1:] for e in page.all("a") if e["href"].startswith("#") and "main" in e.parents]
    assert targets
    assert all(page.by_id(name) for name in targets)
    assert kept in "".join(e.text for e in page.all("textarea"))
    assert draft().sections["progress"] == typed(**words)["progress"]


def test_a_text_that_is_too_long_is_kept_and_refused_in_words(workstream, lead, client):
    long = "All is well. " * 900
    answer = client.post(EDIT, typed(progress=long))
    assert answer.status_code == 422
    assert long.strip() in markup(answer).by_id("id_progress").text


def test_save_draft_and_leave_keeps_an_unfinished_update(workstream, lead, client):
    answer = client.post(EDIT, {"version": 0, "progress": "Half a thou", "save": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/p/own/workstreams/crisis-care/")
    assert draft().sections == {"progress": "Half a thou", "risks": "", "next_steps": ""}
    assert markup(client.get(EDIT)).by_id("id_progress").text.strip() == "Half a thou"


def test_two_people_typing_are_both_shown_and_neither_text_is_lost(workstream, lead, client):
    client.post(EDIT, typed(progress="What the deputy wrote", save="1"))
    answer = client.post(EDIT, typed(progress="What the lead wrote"))
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (409, [])
    assert {"What the deputy wrote", "What the lead wrote"} <= {e.text for e in page.classed("app-kept-lines")}
    assert draft().sections["progress"] == "What the deputy wrote"
    again = {e["name"]: e["value"] for e in page.all("input") if e["type"] == "hidden"}
    answer = client.post(EDIT, again | {"continue": "1"})
    assert (answer.status_code, draft().sections["progress"]) == (302, "What the lead wrote")


def test_a_draft_that_moved_on_after_the_answers_were_checked_is_not_sent(workstream, lead, client):
    client.post(EDIT, typed())
    stale = draft().version
    client.post(EDIT, typed(version=stale, progress="Something else", save="1"))
    answer = client.post(CHECK, {"version": stale}, follow=True)
    assert "The draft was changed after you opened this page" in markup(answer).words
    assert UpdateRevision.objects.count() == 0


# -- autosave ----------------------------------------------------------------------------------------------------------


def test_autosave_answers_with_a_line_and_the_new_version_and_never_with_the_form(workstream, lead, client):
    answer = client.post(AUTOSAVE, typed(), headers=HTMX)
    part = markup(answer)
    assert (answer.status_code, faults(part, part=True)) == (200, [])
    assert "Draft saved 4 November 2026" in part.source
    assert (part.by_id("id_version")["value"], part.by_id("id_version")["hx-swap-oob"]) == ("1", "true")
    assert [e.tag for e in part.elements if e.tag in {"html", "form", "textarea"}] == []
    assert draft().sections["progress"] == TYPED["progress"]


def test_autosave_over_somebody_elses_words_saves_nothing_and_says_so(workstream, lead, client):
    client.post(EDIT, typed(save="1"))
    part = markup(client.post(AUTOSAVE, typed(progress="Mine"), headers=HTMX))
    assert "Not saved. Somebody else has saved since you opened this page." in part.source
    assert draft().sections["progress"] == TYPED["progress"]


def test_autosave_after_the_session_ended_leaves_the_page_and_its_words_alone(workstream, client):
    answer = client.post(AUTOSAVE, typed(), headers=HTMX)
    assert (answer.status_code, answer.headers.get("HX-Redirect")) == (200, None)
    assert "You have been signed out. Your text is still on this page." in answer.content.decode()
    assert UpdateDraft.objects.count() == 0


# -- words typed before sign-in ----------------------------------------------------------------------------------------


def test_words_typed_before_the_session_ended_are_offered_once_after_signing_in(workstream, client):
    lead = work.lead_of(workstream)
    answer = client.post(EDIT, typed(progress="Typed for an hour", reason="Because"))
    assert answer.headers["Location"] == f"/sign-in/?next={EDIT}"
    signed_in = {"login": lead.email, "password": people.PASSWORD, "next": EDIT}
    answer = client.post("/sign-in/", signed_in)
    assert (answer.status_code, answer.headers["Location"]) == (302, EDIT)
    page = markup(client.get(EDIT))
    assert "You typed this before you were signed out" in page.words
    assert "Typed for an hour" in [e.text for e in page.classed("app-kept-lines")]
    assert UpdateDraft.objects.count() == 0  # offered, never saved by itself
    assert "You typed this before" not in markup(client.get(EDIT)).words


def test_words_typed_before_sign_in_are_not_offered_on_another_page(workstream, client):
    client.post(EDIT, typed(progress="Typed for an hour"))
    client.force_login(work.lead_of(workstream))
    client.get("/p/own/workstreams/crisis-care/updates/2026-09/edit/")
    assert "Typed for an hour" not in markup(client.get("/p/own/workstreams/crisis-care/")).words


def test_a_form_whose_protection_ran_out_keeps_what_was_typed(workstream):
    client = Client(enforce_csrf_checks=True)
    client.force_login(work.lead_of(workstream))
    answer = client.post(EDIT, typed(progress="Typed for an hour"))
    assert (answer.status_code, faults(markup(answer))) == (403, [])
    assert "This page was open for too long" in markup(answer).words
    assert "Typed for an hour" in markup(client.get(EDIT)).words


# -- recall, months, rights --------------------------------------------------------------------------------------------


def test_a_sent_update_is_taken_back_with_its_words_until_its_due_day(workstream, lead, client, monkeypatch):
    work.sent_update(workstream, work.OCTOBER, rating=Rag.AMBER, at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    assert faults(markup(client.get(RECALL))) == []
    monkeypatch.setenv("TRACKER_NOW", "2026-11-06T23:00:00")
    answer = client.post(RECALL)
    assert (answer.status_code, answer.headers["Location"]) == (302, EDIT)
    assert draft().sections["progress"] == "\n".join(work.WORDS[Section.PROGRESS])
    assert (draft().rating, draft().reason) == ("amber", "Two posts are vacant. Interviews are on 20 November.")
    assert not MonthlyUpdate.objects.sent().exists()
    assert UpdateRevision.objects.count() == 1


def test_after_its_due_day_a_sent_update_stays_as_it_was_sent(workstream, lead, client, monkeypatch):
    work.sent_update(workstream, work.OCTOBER, at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    monkeypatch.setenv("TRACKER_NOW", "2026-11-07T00:30:00")
    page = markup(client.post(RECALL, follow=True))
    assert "The due day has passed, so the update stays as it was sent." in page.words
    assert MonthlyUpdate.objects.sent().count() == 1
    assert not [e for e in markup(client.get(f"{ROOT}/")).all("a") if e["href"] == RECALL]


def test_a_month_that_is_closed_or_not_open_yet_cannot_be_written(workstream, lead, client):
    november = EDIT.replace("2026-10", "2026-11")
    assert client.get(november).status_code == 404
    assert client.post(november, typed()).status_code == 404
    periods.close(period=work.period(workstream.programme, work.OCTOBER), by=None)
    page = markup(client.post(EDIT, typed(), follow=True))
    assert "October 2026 is closed. Ask the programme office for a correction." in page.words
    assert UpdateDraft.objects.count() == 0


def test_a_late_update_can_be_sent_and_says_how_late(workstream, lead, client):
    september = EDIT.replace("2026-10", "2026-09")
    client.post(september, typed())
    client.post(september.replace("edit", "check"), {"version": draft().version})
    assert "28 days" in markup(client.get(september.replace("edit", "sent"))).words  # due on 7 October


def test_a_draft_is_nobodys_business_until_it_is_sent(workstream, lead, client):
    client.post(EDIT, typed(progress="Not for others yet", save="1"))
    reader = people.member(workstream.programme, Role.READER)
    client.force_login(reader)
    for address in (
        f"{ROOT}/",
        "/p/own/workstreams/crisis-care/",
        "/p/own/workstreams/crisis-care/updates/",
        "/p/own/",
    ):
        assert "Not for others yet" not in client.get(address).content.decode()
    assert client.get(EDIT).status_code == 403


def test_a_deputy_writes_and_a_sponsor_does_not(workstream, client):
    for role, status in ((Assignment.Role.DEPUTY, 200), (Assignment.Role.SPONSOR, 403)):
        who = people.user()
        work.assign(workstream, who, role)
        client.force_login(who)
        assert (role, client.get(EDIT).status_code) == (role, status)


def test_last_months_words_stand_beside_this_months_boxes(workstream, lead, client):
    work.sent_update(workstream, work.SEPTEMBER)
    page = markup(client.get(EDIT))
    beside = [e for e in page.all("aside") if e["aria-label"] == "Next steps last time"]
    assert " ".join(beside[0].text.split()) == "You said in September 2026 Agree the rota"


def test_hostile_words_are_shown_as_words(workstream, lead, client):
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> {{ settings }}"
    client.post(EDIT, typed(progress=hostile))
    client.post(CHECK, {"version": draft().version})
    for address in (f"{ROOT}/", "/p/own/workstreams/crisis-care/", "/p/own/workstreams/crisis-care/updates/"):
        page = markup(client.get(address))
        assert faults(page) == []
        assert hostile in page.words
