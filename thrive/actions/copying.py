"""Levelling up: what is mapped in one place is copied to another, after somebody has looked at it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from programme.clock import now
from programme.history import recorded
from programme.models import Place, User
from programme.refusals import Refused
from thrive.models import Mapping, ServicePlace


@dataclass(frozen=True)
class Copyable:
    """A row of one place, as it would be in another."""

    row: Mapping
    is_served: bool  # the service serves the other place already
    in_the_way: str  # why it cannot be copied, in words


def look(*, source: Place, target: Place) -> list[Copyable]:
    """Every row of `source` and what would become of it in `target`. Three queries."""
    rows = Mapping.objects.filter(place=source).exclude(service__status="closed").select_related("service")
    there = list(Mapping.objects.filter(place=target))
    serving = set(ServicePlace.objects.filter(place=target).values_list("service_id", flat=True))
    return [Copyable(row, row.service_id in serving, _in_the_way(row, there)) for row in rows]


def _in_the_way(row: Mapping, there: Collection[Mapping]) -> str:
    for other in there:
        same = other.service_id == row.service_id and other.grouping == row.grouping
        if same and other.ages.overlaps(row.ages):
            return f"Mapped there already, for {other.ages.words}"
    return ""


@transaction.atomic
def copy(
    *, source: Place, target: Place, keys: Collection[int], by: User | None, at: datetime | None = None
) -> list[Mapping]:
    """Copy the rows of `source` with these keys to `target`, to be looked at there. Raises Refused."""
    chosen = [each for each in look(source=source, target=target) if each.row.pk in keys and not each.in_the_way]
    if not chosen:
        raise Refused("Select at least one row that is not there already.")
    newly = {each.row.service_id for each in chosen if not each.is_served}
    made = [
        Mapping(
            service=each.row.service, place=target, age_from=each.row.age_from, age_to=each.row.age_to,
            grouping=each.row.grouping, contribution=each.row.contribution, evidence_kind=each.row.evidence_kind,
            evidence=f"Copied from {source}. {each.row.evidence}".strip()[:300],
        )
        for each in chosen
    ]  # fmt: skip
    with recorded(by=by, action=f"Copied the mapping of {source}", at=at or now()):
        ServicePlace.objects.bulk_create(ServicePlace(service_id=key, place=target) for key in sorted(newly))
        return Mapping.objects.bulk_create(made)
