"""Pages for staff, published by the real actions."""

from datetime import UTC, datetime
from typing import Any

from programme.models import Programme, User
from tests.factories import work
from workstreams import staff_pages
from workstreams.actions import staff_pages as actions
from workstreams.models import StaffPageVersion, Workstream
from workstreams.staff_content import OF_PROGRAMME, OF_WORKSTREAM, Content

WHEN = datetime(2026, 11, 2, 9, tzinfo=UTC)


def content(programme: Programme, workstream: Workstream | None, *keys: str) -> Content:
    """The page as it would stand now, with the named sections or all of them."""
    known = [key for key, *_ in (OF_WORKSTREAM if workstream else OF_PROGRAMME)]
    if workstream:
        return staff_pages.of_workstream(workstream, keys or known, work.TODAY)
    return staff_pages.of_programme(programme, keys or known, work.TODAY)


def published(
    programme: Programme, workstream: Workstream | None, *keys: str, by: User | None = None
) -> StaffPageVersion:
    """The page, frozen and published."""
    stored = actions.page_of(programme, workstream)
    return actions.publish(
        programme=programme,
        workstream=workstream,
        content=content(programme, workstream, *keys),
        version=stored.version if stored else 0,
        by=by,
        at=WHEN,
    )


def public_token(programme: Programme, workstream: Workstream | None = None) -> str:
    """The public link of a published page, switched on."""
    stored = actions.page_of(programme, workstream)
    assert stored is not None
    switched = actions.switch_link(page=stored, version=stored.version, kind="link_on", by=None, at=WHEN)
    assert switched.public_token is not None
    return switched.public_token


def typed(programme: Programme, workstream: Workstream | None, *keys: str, version: int = 0) -> dict[str, Any]:
    """The form that publishes exactly what its writer looked at."""
    seen = content(programme, workstream, *keys)
    chosen = keys or [key for key, *_ in (OF_WORKSTREAM if workstream else OF_PROGRAMME)]
    return {"version": version, "seen": seen.sha256, "sections": list(chosen)}
