"""What waits for a milestone and what it waits for, with dates and how they fit, in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from programme.dates import FuzzyDate
from programme.models import Programme
from programme.wording import counted
from workstreams.dependencies import Fit, Graph, as_graph, fit, waiting_for
from workstreams.models import Milestone, MilestoneDependency, statements_of
from workstreams.slippage import Standing, standing


@dataclass(frozen=True)
class Linked:
    """A milestone at the other end of a dependency."""

    milestone: Milestone
    standing: Standing
    fit: Fit | None  # None where it hangs on others between, whose dates stay as they are
    through: tuple[Milestone, ...] = ()

    @property
    def when_words(self) -> str:
        """The date that counts, in words."""
        return self.standing.when.display() if self.standing.when else "No date"

    @property
    def is_trouble(self) -> bool:
        """Whether the dates do not fit and somebody should look at it."""
        return self.fit is not None and self.fit.is_trouble

    @property
    def fit_words(self) -> str:
        """How it fits, as a sentence without its end."""
        if self.fit is None:
            return f"Waits for “{self.through[0].title}”"
        return self.fit.value[0].upper() + self.fit.value[1:]


def graph_of(programme: Programme) -> Graph:
    """Every dependency of a programme, in one query."""
    return as_graph(MilestoneDependency.objects.of_programme(programme).values_list("milestone_id", "needs_id"))


def dependants(milestone: Milestone, when: FuzzyDate | None, today: date) -> list[Linked]:
    """What waits for a milestone, directly or through others, and how it would fit if the milestone's date were `when`.

    What is done no longer waits. The nearest first.
    """
    waiting = waiting_for(graph_of(milestone.workstream.programme), milestone.pk)
    rows = _with_dates({each.milestone for each in waiting} | {pk for each in waiting for pk in each.through})
    found = []
    for each in waiting:
        row = rows[each.milestone]
        stands = standing(statements_of(row), today)
        if stands.state.is_finished:
            continue
        through = tuple(rows[pk] for pk in each.through)
        found.append(Linked(row, stands, None if through else fit(when, stands.when), through))
    return found


def needs(milestone: Milestone, when: FuzzyDate | None, today: date) -> list[Linked]:
    """What a milestone waits for, and how its own date, `when`, fits."""
    keys = milestone.needs.values_list("needs_id", flat=True)
    found = []
    for row in _with_dates(set(keys)).values():
        stands = standing(statements_of(row), today)
        found.append(Linked(row, stands, Fit.FITS if stands.state.is_finished else fit(stands.when, when)))
    return sorted(
        found, key=lambda each: (each.standing.when.sort_key() if each.standing.when else (3,), each.milestone.pk)
    )


def _with_dates(keys: set[int]) -> dict[int, Milestone]:
    found = Milestone.objects.filter(pk__in=keys).select_related("workstream").with_dates()
    return {row.pk: row for row in found}


def trouble_of_moves(programme: Programme, moves: Mapping[int, FuzzyDate], today: date) -> dict[int, list[str]]:
    """What waits for milestones that move and would no longer fit, in sentences by the milestone that moves.

    Where both move, both new dates count.
    """
    graph = graph_of(programme)
    waiting = {later for later, earlier in graph.items() if any(pk in moves for pk in earlier)}
    found: dict[int, list[str]] = {}
    for row in _with_dates(waiting).values():
        stands = standing(statements_of(row), today)
        when = moves.get(row.pk, stands.when)
        for pk in sorted(set(graph[row.pk]) & set(moves)):
            fits = fit(moves[pk], when)
            if fits.is_trouble and not stands.state.is_finished:
                sentence = (
                    f"“{row.title}” ({row.workstream.name}, {when.display() if when else 'no date'}) {fits.value}"
                )
                found.setdefault(pk, []).append(sentence)
    return found


def in_trouble(found: Sequence[Linked]) -> str:
    """'2 milestones would begin, or may begin, before this is done', or an empty text."""
    count = sum(each.is_trouble for each in found)
    return f"{counted(count, 'milestone')} would begin, or may begin, before this is done." if count else ""
