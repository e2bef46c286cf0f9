"""Who changed what, when and why.

Database triggers copy every insert, update and delete of a tracked row into its event table, also for bulk and raw
SQL. The event's context (who, why) may not be null, so a write outside `recorded(...)` or a signed-in request fails
instead of leaving an anonymous trace.
"""

from contextlib import AbstractContextManager

import pghistory
from django.contrib.auth.models import AnonymousUser

from programme.models import User


def recorded(*, by: User | AnonymousUser | None, action: str, reason: str = "") -> AbstractContextManager[object]:
    """Attach who, what and why to every row written inside.

    `by` is None only for the system itself (the sweeper, a set-up command). `action` is a short phrase in words.
    """
    metadata = {"user": by.pk if by is not None else None, "action": action}
    if reason:
        metadata["reason"] = reason
    return pghistory.context(**metadata)
