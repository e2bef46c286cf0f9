"""Saving the plain-language page of a workstream. Each save is a version of its own; none is ever changed."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from programme.clock import now
from programme.models import User
from programme.refusals import Refused, Stale
from workstreams.models import PlainPage, Workstream
from workstreams.plain_words import PARTS


@transaction.atomic
def save(
    *,
    workstream: Workstream,
    texts: Mapping[str, str],
    version: int,
    by: User | None,
    confirmed: bool = False,
    at: datetime | None = None,
) -> PlainPage:
    """Save the page as its next version. `version` is the one it was written on; raises Stale after a later one."""
    Workstream.objects.select_for_update().get(pk=workstream.pk)
    newest = PlainPage.objects.filter(workstream=workstream).aggregate(newest=Max("number"))["newest"] or 0
    if newest != version:
        raise Stale(PlainPage.objects.of_workstream(workstream).select_related("by__person").first())
    words = {name: texts.get(name, "").strip() for name, *_ in PARTS}
    if not words["doing"]:
        raise Refused("Say what the workstream is doing.")
    return PlainPage.objects.create(
        workstream=workstream, number=newest + 1, by=by, at=at or now(), confirmed=confirmed, **words
    )
