"""What changed since the last period, read from a programme; and the dashboard of a month, kept as JSON."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.models import Programme
from programme.status import Rag
from reporting.dashboard import picture
from reporting.frozen_dashboard import DashboardContent, from_record, to_record
from reporting.months import months_of
from reporting.recent import what_changed
from reporting.what_changed import Heading, WhatChanged
from tests.factories import work
from workstreams.actions import milestones
from workstreams.actions import workstreams as actions
from workstreams.gathering import Gathered, a_day
from workstreams.models import WorkstreamStatus

pytestmark = pytest.mark.django_db

AUGUST = date(2026, 8, 1)
# September was due on 7 October, so everything after 7 September (August's due day) counts for it.
BEFORE, AFTER = datetime(2026, 9, 1, 9, tzinfo=UTC), datetime(2026, 10, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)


def told(own: Programme) -> WhatChanged:
    period = work.period(own, work.SEPTEMBER)
    known = known_of(own)
    return what_changed(known, picture(own, period, work.TODAY, known=known))


def known_of(own: Programme) -> Gathered:
    since = months_of(own, work.TODAY).end_of_the_one_before(work.period(own, work.SEPTEMBER))
    return Gathered(own, a_day(work.TODAY), changed_since=since)


def in_words(changed: WhatChanged) -> dict[Heading, list[str]]:
    return {heading: [each.text for each in lines] for heading, lines in changed.headings}


def test_better_worse_silent_delivered_slipped_and_closed_are_told(clock):
    own = work.programme("Own")
    worse, better, silent, closed = (work.workstream(own, name) for name in ("Crisis", "Schools", "Data", "Advice"))
    work.sent_update(worse, AUGUST)
    work.sent_update(worse, work.SEPTEMBER, rating=Rag.RED)
    work.sent_update(better, AUGUST, rating=Rag.AMBER)
    work.sent_update(better, work.SEPTEMBER)
    work.sent_update(silent, AUGUST)
    actions.set_status(
        workstream=closed, status=WorkstreamStatus.Status.COMPLETED, since=date(2026, 10, 1), reason="Done", by=None
    )
    slipped = work.milestone(worse, "Line opens", when="March 2027")
    milestones.move(
        milestone=slipped, when=work.said("April 2027"), reason="Late", version=1, by=work.lead_of(worse), at=AFTER
    )
    work.milestone(worse, "Moved long ago", when="March 2027", moved_to=["April 2027"])
    delivered = work.milestone(better, "Survey shared", when="1 December 2026")
    milestones.complete(milestone=delivered, when=work.said("19 October 2026"), version=1, by=None, at=AFTER)
    work.milestone(better, "Leads trained", when="30 October 2026")
    assert in_words(told(own)) == {
        Heading.WORSE: ["Crisis: Green to Red"],
        Heading.NEWLY_OVERDUE: ["Leads trained (Schools): was due 30 October 2026"],
        Heading.SLIPPED: ["Line opens (Crisis): March 2027 to April 2027, 30 to 31 days later"],
        Heading.SILENT: ["Data: 28 days late"],
        Heading.BETTER: ["Schools: Amber to Green"],
        Heading.COMPLETED: ["Survey shared (Schools): done 19 October 2026"],
        Heading.CLOSED: ["Advice"],
    }


def test_a_programme_in_which_nothing_happened_says_so():
    own = work.programme("Own")
    stream = work.workstream(own)
    work.sent_update(stream, AUGUST)
    work.sent_update(stream, work.SEPTEMBER)
    assert told(own).sentence == "Nothing has changed since 7 September 2026."


def test_the_first_month_of_a_programme_is_compared_with_the_day_before_it_began():
    own = work.programme("Own")
    months = months_of(own, work.TODAY)
    assert months.end_of_the_one_before(work.period(own, work.FIRST_MONTH)) == date(2026, 2, 28)


@pytest.mark.parametrize("size", [1, 3])
def test_the_questions_to_the_database_do_not_grow_with_the_programme(size):
    own = work.programme("Own")
    for _ in range(size):
        stream = work.workstream(own)
        for _ in range(size):
            work.milestone(stream, when="30 October 2026")
    period, known = work.period(own, work.SEPTEMBER), known_of(own)
    seen = picture(own, period, work.TODAY, known=known)
    with CaptureQueriesContext(connection) as queries:
        what_changed(known, seen)
    assert len(queries) == 0


def test_the_dashboard_of_a_month_is_read_back_as_it_was_written():
    own = work.programme("Own")
    stream = work.workstream(own, "Crisis")
    work.sent_update(stream, work.SEPTEMBER, rating=Rag.AMBER)
    work.milestone(stream, "Line opens", when="early 2027", moved_to=["Summer 2027"])
    work.milestone(stream, "Rota agreed", when="October 2026")
    period = work.period(own, work.SEPTEMBER)
    before = DashboardContent(picture(own, period, work.TODAY, newest=False), told(own))
    assert from_record(json.loads(json.dumps(to_record(before)))) == before
