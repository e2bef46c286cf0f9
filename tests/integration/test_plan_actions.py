"""What may be done to a plan: details, dependencies, new baselines and pilots, each with its history."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from programme.clock import today
from programme.history import recorded
from programme.models import Place
from programme.refusals import Refused, Stale
from programme.roles import Role
from tests.factories import people, work
from workstreams.actions import baselines, dependencies, milestones, pilots
from workstreams.actions.milestones import Details
from workstreams.dependants import graph_of
from workstreams.models import (
    BaselineDecision,
    BaselineRequest,
    Milestone,
    MilestoneDate,
    MilestoneDependency,
    Pilot,
    statements_of,
)
from workstreams.slippage import standing

pytestmark = pytest.mark.django_db


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
def lead(workstream):
    return work.lead_of(workstream)


@pytest.fixture
def slt(programme):
    return people.member(programme, Role.SLT)


@pytest.fixture
def rota(workstream):
    return work.milestone(workstream, "Rota agreed", when="December 2026", moved_to=["March 2027"])


def last_recorded(model=Milestone) -> tuple[int | None, str, str]:
    """Who did what and why, as the newest row of a model's history says."""
    told = model.history.rel.related_model.objects.order_by("pgh_id").last().pgh_context.metadata
    return told["user"], told["action"], told.get("reason", "")


def movement(milestone: Milestone) -> str:
    return standing(statements_of(milestone), today()).movement


# -- details -----------------------------------------------------------------------------------------------------------


def details(**changed) -> Details:
    return Details(**{"title": "Rota agreed", "phase": None, "owner": None, "is_critical": False} | changed)


def test_what_a_milestone_is_can_be_changed_and_says_who_did_it(rota, lead):
    with recorded(by=None, action="Added a place"):
        place = Place.objects.create(name="Harbour")
    milestones.edit(
        milestone=rota,
        details=details(
            title="Rota signed",
            owner=lead.person,
            is_critical=True,
            evidence_url=" https://example.nhs.uk/rota ",
            evidence_label="The rota",
            places=[place],
        ),
        version=rota.version,
        by=lead,
    )
    found = Milestone.objects.get()
    assert (found.title, found.owner, found.is_critical, found.version) == ("Rota signed", lead.person, True, 3)
    assert (found.evidence_url, found.evidence_label) == ("https://example.nhs.uk/rota", "The rota")
    assert list(found.places.all()) == [place]
    assert last_recorded() == (lead.pk, "Changed the milestone", "")


def test_a_link_that_is_no_web_address_is_refused_and_nothing_changes(rota, lead):
    with pytest.raises(Refused, match=r"begins with https:// or http://\."):
        milestones.edit(
            milestone=rota, details=details(title="New", evidence_url="javascript:x"), version=rota.version, by=lead
        )
    assert Milestone.objects.get().title == "Rota agreed"


def test_details_changed_on_an_old_page_are_refused_with_what_is_stored(rota, lead):
    with pytest.raises(Stale) as stale:
        milestones.edit(milestone=rota, details=details(), version=1, by=lead)
    assert stale.value.current == rota


# -- dependencies ------------------------------------------------------------------------------------------------------


def test_a_milestone_waits_for_another_of_any_workstream_of_its_programme(programme, workstream, rota, lead):
    training = work.milestone(work.workstream(programme, "Schools"), "Staff trained")
    dependencies.add(milestone=rota, needs=training, by=lead)
    assert graph_of(programme) == {rota.pk: {training.pk}}
    assert last_recorded(MilestoneDependency) == (lead.pk, "Said what the milestone waits for", "")
    dependencies.remove(milestone=rota, needs=training, by=lead)
    assert list(MilestoneDependency.objects.all()) == []
    assert last_recorded(MilestoneDependency) == (lead.pk, "Said that the milestone no longer waits", "")


def test_a_circle_is_refused_with_its_chain_in_words(workstream, lead):
    one, two, three = (work.milestone(workstream, title) for title in ("One", "Two", "Three"))
    dependencies.add(milestone=two, needs=one, by=lead)
    with pytest.raises(Refused, match="round in a circle: “Two” waits for “One” already"):
        dependencies.add(milestone=one, needs=two, by=lead)
    dependencies.add(milestone=three, needs=two, by=lead)
    with pytest.raises(Refused, match="“Three” waits for “Two”, which waits for “One” already"):
        dependencies.add(milestone=one, needs=three, by=lead)


def test_neither_itself_nor_twice_nor_another_programmes(workstream, rota, lead):
    with pytest.raises(Refused, match="cannot wait for itself"):
        dependencies.add(milestone=rota, needs=rota, by=lead)
    other = work.milestone(workstream, "Line opens")
    dependencies.add(milestone=rota, needs=other, by=lead)
    with pytest.raises(Refused, match="already waits for “Line opens”"):
        dependencies.add(milestone=rota, needs=other, by=lead)
    strange = work.milestone(work.workstream(work.programme("Other")))
    with pytest.raises(Refused, match="same programme"):
        dependencies.add(milestone=rota, needs=strange, by=lead)


# -- new baselines -----------------------------------------------------------------------------------------------------


def ask(milestone, by, **changed) -> BaselineRequest:
    said = {"when": work.said("April 2027"), "reason": "Scope grew", "version": milestone.version}
    return baselines.ask(milestone=milestone, by=by, **said | changed)


def test_an_agreed_baseline_counts_from_now_and_the_old_one_is_remembered(rota, lead, slt):
    request = ask(rota, lead)
    assert movement(rota) == "Moved once: was December 2026, now 90 days later"
    assert (request.by, request.reason, request.words) == (lead, "Scope grew", "April 2027")
    baselines.agree(request=request, version=rota.version, by=slt, at=datetime(2026, 11, 4, 13, tzinfo=UTC))
    assert last_recorded() == (slt.pk, "Agreed to a new baseline", "Scope grew")
    found = Milestone.objects.get()
    assert movement(found) == "New baseline agreed: first planned for December 2026, moved once before that"
    assert (found.version, found.dates.filter(statement="baseline").count()) == (3, 2)


def test_a_refused_baseline_changes_nothing_and_another_may_be_asked_for(rota, lead, slt):
    request = ask(rota, lead)
    baselines.refuse(request=request, version=rota.version, by=slt, reason="The first plan still holds")
    decided = BaselineDecision.objects.get()
    assert (decided.by, decided.outcome, decided.reason) == (slt, "refused", "The first plan still holds")
    assert MilestoneDate.objects.filter(statement="baseline").count() == 1
    ask(rota, lead)
    assert [r.pk for r in BaselineRequest.objects.waiting()] != [request.pk]


def test_who_asked_withdraws_the_request_until_somebody_has_decided(rota, lead, slt):
    request = ask(rota, lead)
    with pytest.raises(Refused, match="Only the person who asked"):
        baselines.withdraw(request=request, by=slt)
    with pytest.raises(IntegrityError, match="Only who asked"), transaction.atomic():
        BaselineDecision.objects.create(
            request=request, outcome="withdrawn", by=slt, at=datetime(2026, 11, 4, tzinfo=UTC)
        )
    withdrawn = baselines.withdraw(request=request, by=lead, reason="The scope is small again")
    assert (withdrawn.outcome, withdrawn.by, withdrawn.reason) == ("withdrawn", lead, "The scope is small again")
    with pytest.raises(Refused, match="has been withdrawn"):
        baselines.withdraw(request=request, by=lead)
    with pytest.raises(Refused, match="has been withdrawn"):
        baselines.agree(request=request, version=rota.version, by=slt)
    assert MilestoneDate.objects.filter(statement="baseline").count() == 1
    again = ask(rota, lead)
    baselines.agree(request=again, version=rota.version, by=slt)
    with pytest.raises(Refused, match="Somebody has already decided"):
        baselines.withdraw(request=again, by=lead)


def test_nobody_agrees_to_what_they_asked_for_themselves(rota, slt):
    request = ask(rota, slt)
    for decide in (baselines.agree, baselines.refuse):
        with pytest.raises(Refused, match="somebody else has to decide"):
            decide(request=request, version=rota.version, by=slt, reason="Mine")
    with pytest.raises(IntegrityError, match="Somebody else"), transaction.atomic():
        BaselineDecision.objects.create(request=request, outcome="agreed", by=slt, at=datetime(2026, 11, 4, tzinfo=UTC))


def test_the_database_refuses_a_second_baseline_that_nobody_agreed_to(rota, lead):
    with pytest.raises(IntegrityError, match="has to be agreed"), transaction.atomic():
        milestones.state(rota, "baseline", work.said("May 2027"), by=lead, at=datetime(2026, 11, 4, tzinfo=UTC))


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"reason": " "}, "Say why"), ({"when": work.said("ongoing")}, "needs a date")],
)
def test_a_request_gives_a_reason_and_a_day(rota, lead, changed, said):
    with pytest.raises(Refused, match=said):
        ask(rota, lead, **changed)


def test_a_request_is_made_once_decided_once_and_never_for_what_is_done(rota, lead, slt):
    request = ask(rota, lead)
    with pytest.raises(Refused, match="already been asked for"):
        ask(rota, lead)
    with pytest.raises(Refused, match="Say why you refuse"):
        baselines.refuse(request=request, version=rota.version, by=slt, reason="")
    with pytest.raises(Stale):
        baselines.agree(request=request, version=1, by=slt)
    baselines.agree(request=request, version=rota.version, by=slt)
    with pytest.raises(Refused, match="already decided"):
        baselines.agree(request=request, version=rota.version + 1, by=slt)
    done = Milestone.objects.get()
    milestones.complete(milestone=done, when=work.said("2 November 2026"), version=done.version, by=lead)
    with pytest.raises(Refused, match="is done"):
        ask(Milestone.objects.get(), lead)


# -- pilots ------------------------------------------------------------------------------------------------------------


def dates(pilot: str, evaluation: str, roll_out: str) -> pilots.PilotDates:
    return pilots.PilotDates(work.said(pilot), work.said(evaluation), work.said(roll_out))


def test_a_pilot_is_three_milestones_each_waiting_for_the_one_before(workstream, lead):
    made = pilots.plan(
        workstream=workstream,
        name="Text line",
        question="Half of those who text are answered in an hour",
        dates=dates("January 2027", "February 2027", "Spring 2027"),
        by=lead,
    )
    steps = list(made.steps.order_by("pk"))
    assert [(m.title, m.pilot_step) for m in steps] == [
        ("Pilot: Text line", "pilot"),
        ("Evaluation: Text line", "evaluation"),
        ("Roll-out: Text line", "roll_out"),
    ]
    assert graph_of(workstream.programme) == {
        steps[1].pk: {steps[0].pk},
        steps[2].pk: {steps[1].pk},
    }
    assert set(MilestoneDate.objects.values_list("statement", flat=True)) == {"baseline"}


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (("March 2027", "February 2027", "April 2027"), "evaluation cannot be done before the pilot"),
        (("January 2027", "May 2027", "April 2027"), "roll-out cannot be done before the evaluation"),
    ],
)
def test_steps_that_cannot_follow_each_other_are_refused(workstream, lead, when, said):
    with pytest.raises(Refused, match=said):
        pilots.plan(workstream=workstream, name="Text line", dates=dates(*when), by=lead)
    assert (Pilot.objects.count(), Milestone.objects.count()) == (0, 0)


def test_two_pilots_of_a_workstream_have_two_names(workstream, lead):
    when = dates("January 2027", "February 2027", "Spring 2027")
    pilots.plan(workstream=workstream, name="Text line", dates=when, by=lead)
    with pytest.raises(Refused, match="already has a pilot called “text line”"):
        pilots.plan(workstream=workstream, name="text line", dates=when, by=lead)


def test_a_milestone_of_a_closed_workstream_may_still_be_added(workstream, lead):
    made = milestones.add(workstream=workstream, title="Follow-up", when=work.said("March 2027"), by=lead)
    assert made.dates.get().start == date(2027, 3, 1)
