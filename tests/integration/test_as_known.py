"""A workstream as it was known on a day: nothing that was said later, and a day before it existed says so."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.models import Person
from programme.roles import Role
from programme.status import PlanState, Rag
from tests.factories import closing as made
from tests.factories import people, work
from tests.integration.markup import faults, markup
from workstreams.actions import assuring, closing, milestones, updates
from workstreams.actions import workstreams as work_actions
from workstreams.as_known import as_known
from workstreams.models import Assignment, Workstream
from workstreams.sections import Section

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
PAGE = "/p/own/workstreams/night-care/history/day/"


def on(day: int, month: int, year: int) -> dict[str, int]:
    return {"on_day": day, "on_month": month, "on_year": year}


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


def appoint(workstream: Workstream, person: Person, since: date, until: date | None, said: datetime) -> None:
    role = Assignment.Role.LEAD
    work_actions.assign(workstream=workstream, person=person, role=role, since=since, until=until, by=None, at=said)


@pytest.fixture
def night():
    """Added in March, renamed in November; its milestone moved in April and October; led by two people in turn."""
    programme = work.programme("Own")
    added = work_actions.add(programme=programme, name="Night care", by=None, purpose="To help.", at=at(2026, 3, 10))
    work_actions.set_status(workstream=added, status="current", since=date(2026, 4, 1), by=None, at=at(2026, 4, 1))
    first, second = people.person("Ada Lead"), people.person("Bo Lead")
    appoint(added, first, date(2026, 3, 10), date(2026, 8, 31), at(2026, 3, 10))
    appoint(added, second, date(2026, 9, 1), None, at(2026, 8, 20))
    rota = milestones.add(
        workstream=added, title="Rota agreed", when=work.said("September 2026"), by=None, at=at(2026, 4, 2)
    )
    milestones.move(
        milestone=rota, when=work.said("December 2026"), reason="Late", version=1, by=None, at=at(2026, 10, 5)
    )
    return added


def test_a_day_before_it_existed_says_so(night):
    known = as_known(night, date(2026, 3, 9))
    assert known.sentence == "On 9 March 2026 this workstream was not known here yet. It was added on 10 March 2026."
    assert not known.existed


def test_names_status_leads_and_dates_are_those_of_the_day(night):
    early, summer, late = (as_known(night, day) for day in (date(2026, 3, 10), date(2026, 8, 1), date(2026, 10, 5)))
    assert early.sentence == "On 10 March 2026 it was proposed, led by Ada Lead, with no milestones."
    assert (summer.status_words, summer.leads, summer.milestones[0].when_words) == (
        "Current", ("Ada Lead",), "September 2026"
    )  # fmt: skip
    assert summer.milestones[0].standing.movement == ""
    assert (late.leads, late.milestones[0].when_words) == (("Bo Lead",), "December 2026")
    assert late.milestones[0].standing.movement == "Moved once: was September 2026, now 91 to 92 days later"
    before = as_known(night, date(2026, 10, 4))
    assert before.milestones[0].standing.state is PlanState.OVERDUE
    assert before.sentence.endswith("with 1 of 1 milestone overdue.")


def test_updates_and_ratings_are_those_that_stood_then(night):
    lead = people.user("Lead")
    work.assign(night, lead, Assignment.Role.LEAD)
    period = work.period(night.programme, work.SEPTEMBER)
    sent = updates.send(
        workstream=night, period=period, items={Section.PROGRESS: ["The rota is written"]}, rating=Rag.GREEN, reason="",
        by=lead, at=at(2026, 10, 6),
    )  # fmt: skip
    reviewer = people.member(night.programme, Role.ASSURER)
    assuring.assure(update=sent.update, rating=Rag.AMBER, reason="Two gaps", by=reviewer, at=at(2026, 10, 8))
    before, after, assured = (as_known(night, date(2026, 10, day)) for day in (5, 6, 8))
    assert before.latest is None
    assert after.latest is not None
    assert after.latest.rating is Rag.GREEN
    assert after.three is not None
    assert (after.three.declared, after.three.assured) == (Rag.GREEN, None)
    assert assured.three is not None
    assert assured.three.assured is not None
    assert assured.three.assured.rag is Rag.AMBER


def test_a_milestone_that_went_elsewhere_stands_where_it_stood_then(night):
    other = work.workstream(night.programme, "Schools")
    rota = night.milestones.get()
    step_by = people.member(night.programme, Role.SLT)
    fates = {f"milestone-{rota.pk}-fate": "move", f"milestone-{rota.pk}-target": other.pk}
    pack = closing.save(
        workstream=night, words=made.words(night, answers=made.answers(night, **fates)), version=0, by=None
    )
    closing.send(pack=pack, version=1, by=people.user(), at=at(2026, 10, 19))
    closing.agree(pack=pack, number=1, sentence="Yes", by=step_by, at=at(2026, 10, 20))
    assert [m.title for m in as_known(night, date(2026, 10, 19)).milestones] == ["Rota agreed"]
    assert as_known(night, date(2026, 10, 20)).milestones == ()
    assert [m.title for m in as_known(other, work.TODAY).milestones] == ["Rota agreed"]


def test_the_page_takes_a_day_and_is_found_from_history(night, client):
    work_actions.edit(
        workstream=night, version=1, name="Night care and crisis", purpose="To help.", aliases=[], parent=None, by=None
    )
    client.force_login(people.member(night.programme, Role.READER))
    history = "/p/own/workstreams/night-care/history/"
    assert PAGE in markup(client.get(history)).links(history)
    assert faults(markup(client.get(PAGE))) == []
    page = markup(client.get(PAGE, on(5, 10, 2026)))
    assert (faults(page), "It was then called Night care." in page.words) == ([], True)
    assert "Moved once: was September 2026" in page.words
    part = client.get(PAGE, on(1, 8, 2026), headers=HTMX)
    assert (faults(markup(part), part=True), b"<html" in part.content) == ([], False)
    for wrong, words in ((on(5, 11, 2026), "today or earlier"), (on(31, 2, 2026), "Enter a real date")):
        page = markup(client.get(PAGE, wrong))
        assert (faults(page), words in page.words) == ([], True)


def test_the_page_asks_as_often_for_many_milestones_as_for_one(night, client):
    client.force_login(people.member(night.programme, Role.READER))
    costs = []
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE, on(4, 11, 2026)).status_code == 200
        costs.append(len(queries))
        for _ in range(number + 1):
            milestones.add(workstream=night, title="More", when=work.said("May 2027"), by=None, at=at(2026, 5, 1))
            appoint(night, people.person(), people.SINCE, None, at(2026, 5, 1))
    assert len(set(costs)) == 1, costs
