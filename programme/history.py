"""Who changed what, when and why.

Database triggers copy every insert, update and delete of a tracked row into its event table, also for bulk and raw
SQL. The event's context (who, why) may not be null, so a write outside `recorded(...)` or a signed-in request fails
instead of leaving an anonymous trace.

Every action keeps its own words: one that another action calls is written down as itself, and as part of the other.
`at` is when it happened, which is what history tells; the moment the row was written is never shown.
"""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any

import pghistory
from django.contrib.auth.models import AnonymousUser
from pghistory import runtime

from programme.clock import now
from programme.models import User

Who = User | AnonymousUser | None


def recorded(*, by: Who, action: str, reason: str = "", at: datetime | None = None) -> AbstractContextManager[None]:
    """Attach who, what, when and why to every row written inside.

    `by` is None only for the system itself (the sweeper, a set-up command). `action` is a short phrase in words, such
    as "Moved the milestone". Without `at` it happened when the action around it did, else now.
    """
    return _own_words(_words(by, action, reason, at))


def during_request(*, by: Who, action: str) -> AbstractContextManager[None]:
    """What is written down where no action says more: Django's and allauth's own views. No action is part of it."""
    return _own_words({**_words(by, action, "", None), "request": True})


def _words(by: Who, action: str, reason: str, at: datetime | None) -> dict[str, Any]:
    around = _around()
    words: dict[str, Any] = {"user": by.pk if by is not None else None, "action": action}
    if reason:
        words["reason"] = reason
    words["at"] = at.isoformat() if at else (around["at"] if around else now().isoformat())
    if around:
        words["within"] = around.get("within") or {
            name: around[name] for name in ("action", "reason") if name in around
        }
    return words


def _held() -> runtime.Context | None:
    """What pghistory attaches to rows just now."""
    held: runtime.Context | None = getattr(runtime._tracker, "value", None)  # noqa: SLF001 - it has no public name
    return held


def _around() -> Mapping[str, Any] | None:
    """The words of the action that is going on; a request alone is none."""
    held = _held()
    return held.metadata if held and not held.metadata.get("request") else None


@contextmanager
def _own_words(words: dict[str, Any]) -> Iterator[None]:
    """Left alone, contexts inside each other share one row, whose last words would then stand for all of them."""
    outer = _held()
    if outer is None:
        with pghistory.context(**words):
            yield
        return
    runtime._tracker.value = runtime.Context(uuid.uuid4(), words)  # noqa: SLF001 - as above
    try:
        yield
    finally:
        runtime._tracker.value = outer  # noqa: SLF001 - as above
