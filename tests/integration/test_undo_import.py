"""An import can be taken back as a whole, and only while nothing builds on it."""

from datetime import date
from pathlib import Path

import pytest
from django.apps import apps

from programme.actions import programmes
from programme.dates import FuzzyDate
from programme.models import ImportBatch, Person, Programme, ReportingPeriod
from programme.refusals import Refused
from workstreams import narrative
from workstreams.actions import dependencies, milestones
from workstreams.actions.importing import import_page
from workstreams.actions.undoing import undo_import
from workstreams.models import Milestone, MilestoneDate, UpdateItem, Workstream

pytestmark = pytest.mark.django_db

PAGE = """The lead for this workstream is Jo Bramley.

  1. Shorten the wait for a first appointment
  2. One way in for families

March 2024 update:

  • The booking line opened on 4 March 2024

February 2024 update:

  • Two practitioners started

Key milestones

May 2024

  • Referral form agreed
"""


@pytest.fixture
def programme():
    return programmes.create(name="Riverside", slug="riverside", by=None)


@pytest.fixture
def batch(programme: Programme) -> ImportBatch:
    page = narrative.parse(PAGE, name="Front door", reference=date(2024, 4, 1))
    summary = import_page(programme=programme, parsed=page, source="page.txt", text=PAGE, by=None)
    assert summary.batch is not None
    return summary.batch


def test_undo_takes_back_everything_the_import_made(programme: Programme, batch: ImportBatch):
    assert Workstream.objects.filter(batch=batch).count() == 1
    assert UpdateItem.objects.filter(batch=batch).count() == 2

    undo_import(batch=batch, by=None)

    assert list(programme.workstreams.all()) == []
    assert list(UpdateItem.objects.all()) == []
    assert list(MilestoneDate.objects.all()) == []
    assert list(ReportingPeriod.objects.filter(programme=programme)) == []
    assert not Person.objects.filter(name="Jo Bramley").exists()
    assert not ImportBatch.objects.exists()


def test_what_was_taken_back_stays_in_history(batch: ImportBatch):
    workstream = Workstream.objects.get(batch=batch)
    events = apps.get_model("workstreams", "WorkstreamEvent")._default_manager
    undo_import(batch=batch, by=None)
    last = events.filter(pgh_obj_id=workstream.pk).order_by("-pgh_id").first()
    assert (last.pgh_label, last.name, last.pgh_context.metadata["action"]) == (
        "delete",
        "Front door",
        "Undid an import",
    )


def test_a_milestone_somebody_moved_stands_in_the_way_and_nothing_is_deleted(batch: ImportBatch):
    milestone = Milestone.objects.get(batch=batch)
    milestones.move(
        milestone=milestone, when=FuzzyDate.month(2024, 7), reason="Form not tested", version=milestone.version, by=None
    )
    with pytest.raises(Refused, match="somebody has changed the date of one of its milestones"):
        undo_import(batch=batch, by=None)
    assert UpdateItem.objects.filter(batch=batch).count() == 2
    assert Workstream.objects.filter(batch=batch).count() == 1


def test_a_milestone_that_something_waits_for_stands_in_the_way(batch: ImportBatch):
    milestone = Milestone.objects.get(batch=batch)
    later = milestones.add(workstream=milestone.workstream, title="Later", by=None)
    dependencies.add(milestone=later, needs=milestone, by=None)
    with pytest.raises(Refused, match=r"somebody has (said what|added a milestone)"):
        undo_import(batch=batch, by=None)
    assert Milestone.objects.filter(batch=batch).exists()


def test_a_file_on_disk_can_be_imported_and_undone_again_and_again(programme: Programme, tmp_path: Path):
    for _ in range(2):
        page = narrative.parse(PAGE, name="Front door", reference=date(2024, 4, 1))
        summary = import_page(programme=programme, parsed=page, source="page.txt", text=PAGE, by=None)
        assert summary.batch is not None
        undo_import(batch=summary.batch, by=None)
    assert list(programme.workstreams.all()) == []
