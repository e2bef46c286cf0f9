"""The demo's third programme as its source left it, told without the other two."""

from datetime import date

import pytest

from programme.models import Programme
from reporting.demo import record
from reporting.demo.people import gather
from reporting.demo.story import ON_RECORD, read, story_time, working_day
from workstreams.gate_rules import GateState
from workstreams.gates import gates_of_programme
from workstreams.models import Group, MonthlyUpdate, Workstream

pytestmark = pytest.mark.django_db
NOW = working_day(date(2026, 11, 1), 13, 18)


@pytest.fixture
def programme() -> Programme:
    return record.put(read(ON_RECORD), story_time(NOW), gather(read("people")))


def test_its_eight_gates_have_the_dates_the_source_gives_and_one_has_none(programme):
    lines = gates_of_programme(programme, NOW.date()).lines
    assert [line.when_words for line in lines] == [
        "October 2017", "April 2018", "August 2018", "no date recorded", "July 2019", "September 2019", "April 2020",
        "July 2020",
    ]  # fmt: skip
    assert [line.standing.state for line in lines] == [GateState.PASSED] * 5 + [GateState.OVERDUE] * 3
    assert lines[3].decided_by == "Transformation Programme Board"


def test_only_the_panel_of_the_seventh_gate_lacks_young_people_and_families(programme):
    lines = gates_of_programme(programme, NOW.date()).lines
    gaps = {line.number: line.panel.gap for line in lines if line.panel.is_recorded}
    assert gaps == {3: "", 5: "", 7: "No young people and no parents or carers are on this panel."}


def test_it_has_its_workstreams_and_participation_groups_and_owes_no_update(programme):
    assert programme.workstreams.count() == 4
    assert not Workstream.objects.filter(programme=programme).reporting_on(NOW.date()).exists()
    assert not MonthlyUpdate.objects.filter(workstream__programme=programme).exists()
    group = Group.objects.get(programme=programme)
    assert (group.kind, group.cadence, group.members.count()) == ("participation", "fortnightly", 3)
