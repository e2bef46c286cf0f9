"""Two members of the senior leadership team answer the same ask at the same moment."""

import threading
from datetime import date
from typing import Any

from django.db import connection

from programme.refusals import Stale
from programme.roles import Role
from tests.factories import people, work
from workstreams.actions import asks
from workstreams.models import Decision


def test_of_two_answers_at_one_moment_the_database_takes_one(committed_db):
    """Each opens its own transaction; the second waits for the number the first took, and is told."""
    workstream = work.workstream(work.programme("Own"), "Crisis care")
    ask = work.ask(workstream)
    members = [people.member(workstream.programme, Role.SLT, f"Member {n}") for n in range(2)]
    start, found = threading.Barrier(2), []

    def press(by) -> None:
        start.wait()
        try:
            said: dict[str, Any] = {"sentence": "From the reserve", "day": date(2026, 11, 9), "version": 1}
            found.append(asks.answer(ask=ask, kind="yes", by=by, **said).kind)
        except Stale:
            found.append("stale")
        finally:
            connection.close()

    both = [threading.Thread(target=press, args=[by]) for by in members]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(found) == ["stale", "yes"]
    assert (ask.events.count(), Decision.objects.count()) == (2, 1)
