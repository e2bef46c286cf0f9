"""The list of what does not fit together, and objectives beside what updates say of them."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.roles import Role
from programme.status import Rag
from tests.factories import closing as made
from tests.factories import gates, heard, people, work
from tests.integration.markup import faults, markup
from workstreams.actions import milestones
from workstreams.actions import workstreams as work_actions
from workstreams.inconsistencies import inconsistencies_of
from workstreams.inconsistency import Kind
from workstreams.sections import Section

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
LIST = "/p/own/inconsistencies/"
CRISIS = "/p/own/workstreams/crisis-care/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


@pytest.fixture
def programme():
    return work.programme("Own")


@pytest.fixture
def crisis(programme):
    return work.workstream(programme, "Crisis care")


@pytest.fixture
def office(programme, client):
    account = people.member(programme, Role.OFFICE)
    client.force_login(account)
    return account


def fill(programme, number: int = 0) -> None:
    """A workstream in which much does not fit, and one that closed too early and was not looked at since."""
    running = work.workstream(programme, f"Running {number}")
    work_actions.add_objective(workstream=running, number=1, text="Publish one dashboard", by=None)
    for month in (7, 8, 9):
        work.sent_update(running, date(2026, month, 1))
    work.milestone(running, "Rota agreed", when="October 2026", moved_to=["November 2026", "December 2026"])
    done = work.milestone(running, "Film made", when="September 2026")
    milestones.complete(milestone=done, when=work.said("2 October 2026"), version=1, by=None)
    work.ask(running)
    gates.conditional(programme, workstream=running, name=f"Gate of {number}")
    heard.voice(programme, workstream=running, when="1 June 2026")
    gone = work.workstream(programme, f"Gone {number}")
    slt = people.member(programme, Role.SLT)
    made.closed(gone, by=slt, closes_on=date(2026, 5, 4), at=datetime(2026, 5, 4, 9, tzinfo=UTC))
    work.milestone(gone, "Left over", when="March 2026")


def test_everything_that_does_not_fit_is_listed_with_its_reason_and_a_page_that_exists(office, client, programme):
    fill(programme)
    heard.voice(programme, when="1 June 2026")
    every = inconsistencies_of(programme)
    assert [(each.kind, each.workstream) for each in every] == [
        (Kind.ASK_PAST, "Running 0"),
        (Kind.CONDITION_OVERDUE, "Running 0"),
        (Kind.CHECK_OVERDUE, "Gone 0"),
        (Kind.VOICE_UNTOLD, ""),
        (Kind.VOICE_UNTOLD, "Running 0"),
        (Kind.CLOSED_UNFINISHED, "Gone 0"),
        (Kind.GREEN_BUT_MOVED, "Running 0"),
        (Kind.OBJECTIVE_SILENT, "Running 0"),
        (Kind.DONE_UNSHOWN, "Running 0"),
        (Kind.WORK_UNMATCHED, "Running 0"),
    ]
    assert [client.get(each.href).status_code for each in every] == [200] * len(every)
    page = markup(client.get(LIST))
    assert (faults(page), len(page.all("tr"))) == ([], len(every) + 1)
    assert page.classed("nhsuk-lede-text")[0].text == "10 things do not fit together, in 2 workstreams."
    assert "10 things do not fit together" in markup(client.get("/p/own/updates/")).words


@pytest.mark.usefixtures("office")
def test_the_list_is_narrowed_to_a_workstream_and_a_kind_and_gives_htmx_the_list_alone(client, programme):
    fill(programme)
    heard.voice(programme, when="1 June 2026")

    def lines(**chosen: str) -> int:
        part = markup(client.get(LIST, chosen, headers=HTMX))
        assert (faults(part, part=True), part.all("html")) == ([], [])
        return max(0, len(part.all("tr")) - 1)

    assert lines(workstream="gone-0") == 2
    assert lines(kind="voice-untold") == 2
    assert lines(kind="voice-untold", workstream="none") == 1
    assert lines(kind="ask-past", workstream="gone-0") == 0
    assert lines(kind="nonsense") == 10


@pytest.mark.usefixtures("office", "crisis")
def test_a_programme_in_which_everything_fits_says_so(client):
    page = markup(client.get(LIST))
    assert (faults(page), page.classed("nhsuk-lede-text")[0].text) == ([], "Nothing contradicts anything else.")


def test_readers_of_published_things_have_no_such_list(client, programme):
    for role in (Role.READER, Role.COMMISSIONER):
        client.force_login(people.member(programme, role))
        assert client.get(LIST).status_code == 403


@pytest.mark.usefixtures("office")
def test_the_list_asks_as_often_for_three_programmes_full_as_for_one(client, programme):
    costs = []
    for number in range(3):
        fill(programme, number)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        costs.append(len(queries))
    assert costs == [3 + 13] * 3, costs


def test_what_a_merged_duplicate_has_counts_for_the_workstream_that_stands(office, programme, crisis):
    double = work.workstream(programme, "Crisis line")
    work.ask(double)
    work.sent_update(double, work.SEPTEMBER)
    work_actions.merge(duplicate=double, into=crisis, by=office, reason="Entered twice")
    work_actions.add_objective(workstream=crisis, number=1, text="Publish one dashboard", by=office)
    told = {(each.kind, each.workstream) for each in inconsistencies_of(programme)}
    assert told == {(Kind.ASK_PAST, "Crisis care"), (Kind.WORK_UNMATCHED, "Crisis care")}


def test_a_red_that_came_without_a_path_or_whose_day_has_passed_is_listed(programme, crisis):
    work.sent_update(crisis, work.SEPTEMBER, rating=Rag.RED)
    assert inconsistencies_of(programme) == ()
    later = datetime(2026, 12, 5, 9, tzinfo=UTC)
    assert [each.kind for each in inconsistencies_of(programme, later)] == [Kind.RED_WITHOUT_PATH]


# -- objectives --------------------------------------------------------------------------------------------------------


def test_a_silent_objective_and_work_without_one_are_shown_with_their_words(client, programme, crisis):
    client.force_login(people.member(programme, Role.READER))
    assert "No objectives have been recorded." in markup(client.get(f"{CRISIS}objectives/")).words
    for number, text in enumerate(("Answer the crisis line at night", "Publish one dashboard"), start=1):
        work_actions.add_objective(workstream=crisis, number=number, text=text, by=None)
    assert "No update has been sent yet" in markup(client.get(f"{CRISIS}objectives/")).words
    for month in (6, 7, 8, 9):
        words = {Section.PROGRESS: ["The crisis line is answered at night", f"Two nurses started on day {month}"]}
        work.sent_update(crisis, date(2026, month, 1), items=words)
    page = markup(client.get(f"{CRISIS}objectives/"))
    assert faults(page) == []
    assert "The last updates do not speak of 1 of its 2 objectives." in page.words
    assert "None of the last 4 updates mentions it" in page.words
    assert "Two nurses started on day 9" in page.words
    assert "None of the last 4 updates mentions it" in markup(client.get(CRISIS)).words


def test_the_objectives_page_asks_as_often_for_three_as_for_one(client, programme, crisis):
    client.force_login(people.member(programme, Role.READER))
    costs = []
    for number in (1, 2, 3):
        work_actions.add_objective(workstream=crisis, number=number, text=f"Publish {number} dashboards", by=None)
        work.sent_update(crisis, date(2026, 6 + number, 1))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{CRISIS}objectives/").status_code == 200
        costs.append(len(queries))
    assert len(set(costs)) == 1, costs
