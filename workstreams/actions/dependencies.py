"""Saying which milestone waits for which, and taking it back."""

from django.db import transaction

from programme.history import recorded
from programme.models import Programme, User
from programme.refusals import Refused
from programme.wording import listed
from workstreams.dependants import graph_of
from workstreams.dependencies import would_close
from workstreams.models import Milestone, MilestoneDependency


@transaction.atomic
def add(*, milestone: Milestone, needs: Milestone, by: User | None) -> MilestoneDependency:
    """Say that a milestone waits for another of the same programme. Raises Refused, with the chain named.

    The programme is locked meanwhile, so that two people cannot close a ring from both sides at once.
    """
    programme = Programme.objects.select_for_update(no_key=True).get(pk=milestone.workstream.programme_id)
    if needs.workstream.programme_id != programme.pk:
        raise Refused("Both milestones have to be in the same programme.")
    if needs.pk == milestone.pk:
        raise Refused("A milestone cannot wait for itself.")
    graph = graph_of(programme)
    if needs.pk in graph.get(milestone.pk, ()):
        raise Refused(f"“{milestone.title}” already waits for “{needs.title}”.")
    ring = would_close(graph, milestone.pk, needs.pk)
    if ring:
        raise Refused(_ring_in_words(ring))
    with recorded(by=by, action="Said what the milestone waits for"):
        return MilestoneDependency.objects.create(milestone=milestone, needs=needs)


def _ring_in_words(ring: tuple[int, ...]) -> str:
    titles = Milestone.objects.in_bulk(ring)
    named = [f"“{titles[pk].title}”" for pk in ring]
    way = f"{named[0]} waits for {listed(named[1:])}" if len(named) == 2 else _long_way(named)  # noqa: PLR2004 - a pair
    return f"This would go round in a circle: {way} already, so it cannot be the other way round too."


def _long_way(named: list[str]) -> str:
    return f"{named[0]} waits for {', which waits for '.join(named[1:])}"


@transaction.atomic
def remove(*, milestone: Milestone, needs: Milestone, by: User | None) -> None:
    """Say that a milestone no longer waits for another. Nothing happens where it did not."""
    with recorded(by=by, action="Said that the milestone no longer waits"):
        MilestoneDependency.objects.filter(milestone=milestone, needs=needs).delete()
