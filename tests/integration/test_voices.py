"""The co-production log: recorded, warned about, decided, done, told back, counted and downloaded."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import heard, people, work
from tests.integration.markup import faults, markup
from workstreams.actions import voices
from workstreams.hearing import Step
from workstreams.models import Voice, VoiceStep

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
LOG = "/p/own/coproduction/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def workstream(programme):
    return work.workstream(programme, "Crisis care")


@pytest.fixture
def keeper(programme, client):
    account = people.member(programme, Role.PARTICIPATION)
    client.force_login(account)
    return account


def last_context(model):
    return model.history.order_by("-pgh_id").first().pgh_context.metadata


def said_so_far(voice) -> list[str]:
    return list(voice.history.order_by("pgh_id").values_list("said", flat=True))


# -- recording ---------------------------------------------------------------------------------------------------------


def test_what_was_heard_is_recorded_with_who_recorded_it(keeper, client, workstream):
    answer = client.post(
        f"{LOG}new/", heard.TYPED | {"groups": ["send", "young_carers"], "took_part": "3", "workstream": workstream.pk}
    )
    made = Voice.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LOG}{made.pk}/")
    assert (made.said, made.heard_words, made.heard_from, made.heard_until) == (
        "Waiting rooms feel like a hospital", "October 2026", date(2026, 10, 1), date(2026, 10, 31),
    )  # fmt: skip
    assert (made.workstream, made.recorded_by, made.took_part) == (workstream, keeper, 3)
    happened = made.recorded_at.isoformat()
    assert last_context(made) == {"user": keeper.pk, "action": "Recorded what was heard", "at": happened}
    words = markup(client.get(f"{LOG}{made.pk}/")).words
    assert "Fewer than 5" in words
    assert "Young people: Young carers; Special educational needs and disability" in words
    assert "Heard. Heard this week." in words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"said": ""}, "Enter what they said"),
        ({"heard": ""}, "Enter when it was heard"),
        ({"heard": "December 2026"}, "Enter a date that is not in the future"),
        ({"heard": "by June 2026"}, "Enter a day, a month or a season"),
        ({"how": ""}, "Select how it was heard"),
        ({"audience": "robots"}, "Select a valid choice"),
        ({"took_part": "-2"}, "Enter 0 or more"),
        ({"quote": "It is cold there"}, "Confirm that they agreed to be quoted"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(keeper, client, typed, said):
    answer = client.post(f"{LOG}new/", heard.TYPED | typed)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert said in page.classed("nhsuk-error-summary")[0].text
    assert page.by_id("id_said").text.strip() == (heard.TYPED | typed)["said"]
    assert Voice.objects.count() == 0


NAMED = heard.TYPED | {"said": "my daughter Emily waited a year"}


def test_words_that_may_identify_somebody_are_warned_about_and_kept_on_the_page(keeper, client):
    answer = client.post(f"{LOG}new/", NAMED)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert "“Emily” looks like the name of a person" in page.by_id("privacy-warning").text
    assert page.by_id("id_said").text.strip() == NAMED["said"]
    assert Voice.objects.count() == 0


def test_a_writer_confirms_that_nobody_can_be_identified(keeper, client):
    page = markup(client.post(f"{LOG}new/", NAMED))
    key = next(e["value"] for e in page.all("input") if e["name"] == "findings_key")
    assert "Emily" not in key
    confirmed = {"findings_key": key, "nobody_identifiable": "on"}
    other = client.post(f"{LOG}new/", NAMED | confirmed | {"said": "my son Ben waited"})
    assert other.status_code == 422, "a confirmation counts for the words it was given for"
    assert client.post(f"{LOG}new/", NAMED | confirmed).status_code == 302
    made = Voice.objects.get()
    assert last_context(made)["reason"] == voices.CONFIRMED


def test_a_confirmation_out_of_the_blue_counts_for_nothing(keeper, client):
    assert client.post(f"{LOG}new/", NAMED | {"nobody_identifiable": "on", "findings_key": ""}).status_code == 422


def test_a_lead_records_for_the_own_workstream_only(client, programme, workstream):
    client.force_login(work.lead_of(workstream))
    other = work.workstream(programme, "Schools")
    for chosen, status in ((None, 422), (other.pk, 422), (workstream.pk, 302)):
        typed = heard.TYPED | ({"workstream": chosen} if chosen else {})
        assert (chosen, client.post(f"{LOG}new/", typed).status_code) == (chosen, status)
    assert [e["value"] for e in markup(client.get(f"{LOG}new/")).all("option")] == ["", str(workstream.pk)]
    anywhere = heard.voice(programme)
    assert client.get(f"{LOG}{anywhere.pk}/change/").status_code == 403
    assert client.get(f"{LOG}{anywhere.pk}/").status_code == 200


def test_a_quote_without_consent_is_refused_by_the_action_and_by_the_database(programme):
    with pytest.raises(Refused, match="consent"):
        heard.voice(programme, quote="It is cold there")
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.filter(pk=heard.voice(programme).pk).update(quote="It is cold there")


def test_a_workstream_of_another_programme_is_refused(programme):
    elsewhere = work.workstream(work.programme("Other"))
    with pytest.raises(Refused, match="another programme"):
        heard.voice(programme, workstream=elsewhere)


# -- changing ----------------------------------------------------------------------------------------------------------


def test_a_record_is_changed_and_history_keeps_what_it_said(keeper, client, programme):
    made = heard.voice(programme)
    assert (
        client.post(f"{LOG}{made.pk}/change/", heard.TYPED | {"version": 1, "said": "Quieter rooms"}).status_code == 302
    )
    made.refresh_from_db()
    assert (made.said, made.version) == ("Quieter rooms", 2)
    assert said_so_far(made) == ["Waiting rooms feel like a hospital", "Quieter rooms"]


def test_a_stale_change_shows_both_texts_and_overwrites_nothing(keeper, client, programme):
    made = heard.voice(programme)
    theirs = voices.Heard("Their words", "event", "staff", "informed", work.said("October 2026"))
    voices.change(voice=made, heard=theirs, version=1, by=None)
    answer = client.post(f"{LOG}{made.pk}/change/", heard.TYPED | {"version": 1, "said": "My words"})
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (409, [])
    assert "Their words" in page.words
    assert page.by_id("id_said").text.strip() == "My words"
    made.refresh_from_db()
    assert made.said == "Their words"
    version = next(e["value"] for e in page.all("input") if e["name"] == "version")
    again = client.post(f"{LOG}{made.pk}/change/", heard.TYPED | {"version": version, "said": "My words"})
    assert again.status_code == 302


# -- steps -------------------------------------------------------------------------------------------------------------


def test_from_heard_to_told_back(keeper, client, programme):
    made = heard.voice(programme)
    typed = {"who": "Programme board", **heard.day("on", 3, 11, 2026)}
    for version, (step, text) in enumerate(
        [("decided", "Paint the rooms"), ("done", "Rooms painted"), ("told", "At the group")], start=1
    ):
        page = markup(client.get(f"{LOG}{made.pk}/next/{step}/"))
        assert faults(page) == []
        answer = client.post(f"{LOG}{made.pk}/next/{step}/", typed | {"version": version, "text": text})
        assert (step, answer.status_code) == (step, 302)
    assert [(s.kind, s.text, s.by) for s in made.steps.all()] == [
        ("decided", "Paint the rooms", keeper),
        ("done", "Rooms painted", keeper),
        ("told", "At the group", keeper),
    ]
    page = markup(client.get(f"{LOG}{made.pk}/"))
    assert "Told back. Answered after 2 weeks." in page.words
    assert "Told back, 3 November 2026 (Programme board)" in page.words
    assert [e.text for e in page.all("a") if "/next/" in e["href"]] == ["Open it again"]
    happened = made.steps.latest("pk").at.isoformat()
    assert last_context(made) == {"user": keeper.pk, "action": "Record that people were told", "at": happened}


def test_why_it_will_not_be_done_is_told_back_too(programme):
    made = heard.voice(programme)
    heard.step(made, Step.DECLINED, "The building is let", who="Board")
    heard.step(made, Step.NOT_TOLD, "The survey had no names")
    assert list(Voice.objects.answered()) == [made]
    heard.step(made, Step.HEARD, "A new lease was signed")
    assert list(Voice.objects.unanswered()) == [made]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": ""}, "Answer: what will be done"),
        ({"who": ""}, "Enter who decided it"),
        (heard.day("on", 5, 11, 2026), "Enter a day that is not in the future"),
        (heard.day("on", 1, 10, 2026), "The day cannot be before it was heard."),
        ({"text": "my daughter Emily was rung"}, "looks like the name of a person"),
    ],
)
def test_a_step_that_cannot_be_taken_is_refused_beside_the_words(keeper, client, programme, typed, said):
    made = heard.voice(programme)
    right = {"version": 1, "text": "Open later", "who": "Board", **heard.day("on", 2, 11, 2026)}
    answer = client.post(f"{LOG}{made.pk}/next/decided/", right | typed)
    page = markup(answer)
    assert (answer.status_code, faults(page)) == (422, [])
    assert said in page.classed("nhsuk-error-summary")[0].text
    assert VoiceStep.objects.count() == 0


def test_steps_come_in_order_and_once(keeper, client, programme):
    made = heard.voice(programme)
    assert client.get(f"{LOG}{made.pk}/next/told/").headers["Location"] == f"{LOG}{made.pk}/"
    assert client.get(f"{LOG}{made.pk}/next/praised/").status_code == 404
    with pytest.raises(Refused, match="stands as “Heard”"):
        heard.step(made, Step.TOLD)
    right = {"version": 1, "text": "Open later", "who": "Board", **heard.day("on", 2, 11, 2026)}
    answers = [client.post(f"{LOG}{made.pk}/next/decided/", right).status_code for _ in range(2)]
    assert answers == [302, 409]
    assert VoiceStep.objects.count() == 1
    with pytest.raises(Stale):
        voices.take(voice=made, step=Step.DONE, text="Done", on=work.TODAY, version=1, by=None)


# -- the log -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def told(programme, workstream):
    heard.voice(programme, "Old and open", when="June 2026", took_part=12, groups=["send"])
    heard.voice(programme, "New and open", workstream=workstream, took_part=3)
    heard.voice(programme, "Parents ask", audience="parents_carers", took_part=2)
    heard.answered(programme, "Old and answered", when="May 2026", workstream=workstream)


def shown(page) -> list[str]:
    return [e.text for e in page.all("a") if e["href"].startswith(LOG) and e["href"][len(LOG) : -1].isdecimal()]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ["Old and open", "New and open", "Parents ask", "Old and answered"]),
        ("sort=-heard", ["New and open", "Parents ask", "Old and open", "Old and answered"]),
        ("sort=state", ["Old and open", "New and open", "Parents ask", "Old and answered"]),
        ("sort=nonsense", ["Old and open", "New and open", "Parents ask", "Old and answered"]),
        ("state=unanswered", ["Old and open", "New and open", "Parents ask"]),
        ("state=overdue", ["Old and open"]),
        ("state=told", ["Old and answered"]),
        ("audience=parents_carers", ["Parents ask"]),
        ("group=send", ["Old and open"]),
        ("workstream=crisis-care", ["New and open", "Old and answered"]),
        ("workstream=none&state=unanswered", ["Old and open", "Parents ask"]),
        ("state=nonsense", ["Old and open", "New and open", "Parents ask", "Old and answered"]),
        ("group=rural", []),
    ],
)
def test_the_log_is_filtered_and_sorted_by_its_address(told, client, programme, query, wanted):
    client.force_login(people.member(programme, Role.READER))
    page = markup(client.get(f"{LOG}?{query}"))
    assert (shown(page), faults(page)) == (wanted, [])
    part = markup(client.get(f"{LOG}?{query}", headers=HTMX))
    assert (shown(part), faults(part, part=True), part.all("html")) == (wanted, [], [])


def test_the_log_says_what_matters_in_one_sentence(told, client, programme):
    client.force_login(people.member(programme, Role.READER))
    words = markup(client.get(LOG)).words
    assert "4 things heard. 3 of them have not been answered yet, 1 for more than 12 weeks." in words
    assert "The longest wait is 18 weeks." in words
    assert "Waiting for 18 weeks: overdue" in words
    # 12 of one and 3 of another took part: the total must not give the 3 away.
    assert "Young people: 3 entries, at least 13 took part." in words
    assert "Parents and carers: 1 entry, fewer than 5 took part." in words
    assert not [e for e in markup(client.get(LOG)).all("a") if e["href"].endswith("/new/")]


def test_a_workstreams_page_shows_its_own_voices_and_those_of_its_duplicates(told, client, programme, workstream):
    client.force_login(people.member(programme, Role.READER))
    page = markup(client.get("/p/own/workstreams/crisis-care/voices/"))
    assert (shown(page), faults(page)) == (["New and open", "Old and answered"], [])
    said = "2 things heard. 1 of them has not been answered yet."
    assert said in page.words
    assert said in markup(client.get("/p/own/workstreams/crisis-care/")).words


def test_the_log_is_downloaded_as_it_is_filtered_and_runs_nothing(client, programme):
    heard.voice(programme, "=HYPERLINK(0)", took_part=3, quote="+1 from us", quote_consent=True)
    heard.voice(programme, "Parents ask", audience="parents_carers", took_part=12)
    client.force_login(people.member(programme, Role.READER))
    answer = client.get(f"{LOG}download/?audience=young_people")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="co-production-log-own.csv"'
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    line = dict(zip(*rows, strict=True))
    assert (line["What was said"], line["Quote"], line["How many took part"], line["Weeks"]) == (
        "'=HYPERLINK(0)", "'+1 from us", "fewer than 5", "3",
    )  # fmt: skip


def test_long_logs_come_in_pages(client, programme):
    for number in range(27):
        heard.voice(programme, f"Number {number}")
    client.force_login(people.member(programme, Role.READER))
    first, second = (markup(client.get(f"{LOG}?page={number}")) for number in (1, 2))
    assert (len(shown(first)), len(shown(second))) == (25, 2)
    assert (faults(first), faults(second)) == ([], [])
    assert "27 entries, page 1 of 2." in first.words


@pytest.mark.parametrize("address", [LOG, "/p/own/workstreams/crisis-care/voices/", f"{LOG}download/"])
def test_a_longer_log_takes_no_more_queries(client, programme, workstream, address):
    client.force_login(people.member(programme, Role.READER))
    counts = []
    for more in (1, 2):
        for _ in range(more):
            heard.step(heard.voice(programme, workstream=workstream, groups=["send"]))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_empty_log_says_what_it_is_for(client, programme):
    client.force_login(people.member(programme, Role.READER))
    page = markup(client.get(LOG))
    assert faults(page) == []
    assert "Nothing has been recorded yet." in page.words


def test_the_participation_leads_home_no_longer_says_that_their_work_is_missing(keeper, client, programme):
    page = markup(client.get("/p/own/"))
    assert "not part of this release" not in page.words
    assert LOG in {e["href"] for e in page.all("a")}
