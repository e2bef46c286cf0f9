"""Changing a programme's rules for the derived rating, and its words for each rating."""

from typing import Any

from django.db import transaction

from programme.history import recorded
from programme.models import Programme, User
from programme.refusals import Refused, Stale
from workstreams.models import RatingThresholds


@transaction.atomic
def change(*, programme: Programme, version: int, by: User | None, **rules: Any) -> RatingThresholds:
    """Put new numbers and words in force. Raises Stale where somebody saved after `version`, Refused where they clash.

    Version 0 stands for the defaults, which are stored when they are first changed.
    """
    unknown = set(rules) - {*RatingThresholds.NUMBERS, *RatingThresholds.WORDS}
    if unknown:
        raise TypeError(f"There is no rule called {', '.join(sorted(unknown))}.")
    # Held until the end, so that of two who change the defaults at the same moment one comes second.
    Programme.objects.select_for_update().get(pk=programme.pk)
    current = RatingThresholds.objects.filter(programme=programme).first() or RatingThresholds(
        programme=programme, version=0
    )
    if current.version != version:
        raise Stale(current)
    for name, value in rules.items():
        setattr(current, name, value)
    for problem in current.numbers.problems().values():
        raise Refused(problem)
    current.version += 1
    with recorded(by=by, action="Changed the rules of the derived rating"):
        current.save()
    return current
