"""Each action keeps its own words, and the moment it happened, also where several share a request or a transaction."""

from datetime import UTC, datetime
from typing import Any

import pghistory.models
import pytest
from django.db import transaction

from programme.actions import programmes
from programme.history import during_request, recorded
from programme.models import Organisation, Person, Place
from tests.factories import people, work
from workstreams import narrative
from workstreams.actions.importing import import_page

pytestmark = pytest.mark.django_db
WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


def words_of(row: Any) -> list[dict[str, Any]]:
    return [event.pgh_context.metadata for event in row.history.order_by("pgh_id").select_related("pgh_context")]


def test_two_actions_in_one_request_each_keep_their_own_words():
    by = people.user()
    with during_request(by=by, action="POST /somewhere/"):
        first = programmes.add_person(name="Dana Whitlock", by=by)
        with recorded(by=by, action="Renamed somebody", reason="She married"):
            first.name = "Dana Harbour"
            first.save()
        first.aliases = ["D. Harbour"]
        first.save()
    said = [(data["action"], data.get("reason", ""), "within" in data) for data in words_of(first)]
    assert said == [
        ("Added a person", "", False),
        ("Renamed somebody", "She married", False),
        ("POST /somewhere/", "", False),
    ]
    assert pghistory.models.Context.objects.filter(metadata__user=by.pk).count() == 3


def test_an_action_inside_another_is_itself_and_part_of_the_other():
    with transaction.atomic(), recorded(by=None, action="Took in a team", reason="They moved here", at=WHEN):
        inner = programmes.add_person(name="Jo Bramley", by=None)
        outer = Person.objects.create(name="Sam Poole")
    (inside,), (outside,) = words_of(inner), words_of(outer)
    assert inside == {
        "user": None, "action": "Added a person", "at": WHEN.isoformat(),
        "within": {"action": "Took in a team", "reason": "They moved here"},
    }  # fmt: skip
    assert outside == {"user": None, "action": "Took in a team", "reason": "They moved here", "at": WHEN.isoformat()}


def test_what_an_import_makes_is_part_of_the_import_however_deep():
    programme = work.programme("Own")
    text = "Night care\nLead: Jo Bramley\n\nMarch 2024 update:\n- Rota agreed.\n"
    import_page(programme=programme, parsed=narrative.parse(text), source="Our page", text=text, by=None, at=WHEN)
    (data,) = words_of(programme.workstreams.get())
    assert (data["action"], data["within"]) == (
        "Added the workstream", {"action": "Imported a page", "reason": "Our page"},
    )  # fmt: skip
    assert data["at"] == WHEN.isoformat()


def test_the_moment_of_an_action_is_kept_and_not_only_the_moment_it_was_written_down():
    workstream = work.workstream(work.programme("Own"))
    milestone = work.milestone(workstream, when="December 2026", moved_to=["March 2027"])
    assert [data["at"] for data in words_of(milestone)] == [
        stated.at.isoformat() for stated in milestone.dates.order_by("at")
    ]


def test_partners_and_places_that_come_and_go_are_kept_with_who_did_it():
    programme, by = work.programme("Own"), people.user()
    with recorded(by=None, action="Made partners"):
        trust, council = (Organisation.objects.create(name=name) for name in ("Harbour Trust", "Harbour Council"))
        place = Place.objects.create(name="Harbour")
    edit: dict[str, Any] = {"mandate": "", "scope": "", "governance": "", "programme": programme, "by": by}
    programmes.edit(version=1, partners=[trust], places=[place], **edit)
    programmes.edit(version=2, partners=[council], places=[place], **edit)
    from programme.models import ProgrammePartner, ProgrammePlace

    partners = ProgrammePartner.pgh_event_models["insert"].objects.order_by("pgh_id").select_related("pgh_context")
    said = [(e.pgh_label, e.organisation.name, e.pgh_context.metadata["user"]) for e in partners]
    assert said == [
        ("insert", "Harbour Trust", by.pk),
        ("delete", "Harbour Trust", by.pk),
        ("insert", "Harbour Council", by.pk),
    ]
    places = ProgrammePlace.pgh_event_models["insert"].objects.values_list("pgh_label", "place__name")
    assert list(places) == [("insert", "Harbour")]
