"""Which milestone waits for which: no chain ever comes back to where it began, and dates are compared fairly."""

from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.dates import FuzzyDate
from workstreams.dependencies import Fit, Waiting, as_graph, chain, fit, waiting_for, would_close

PAIRS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)).filter(lambda pair: pair[0] != pair[1]), max_size=40)


def is_ring_free(graph) -> bool:
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError:
        return False
    return True


def grown(pairs):
    """A graph to which only what is not refused was added."""
    graph: dict[int, set[int]] = {}
    for milestone, needed in pairs:
        if not would_close(graph, milestone, needed):
            graph.setdefault(milestone, set()).add(needed)
    return graph


@given(PAIRS)
def test_what_is_let_in_never_goes_round_in_a_circle(pairs):
    assert is_ring_free(grown(pairs))


@given(PAIRS, st.tuples(st.integers(1, 9), st.integers(1, 9)))
def test_a_step_is_refused_exactly_when_it_would_close_a_ring(pairs, step):
    graph, (milestone, needed) = grown(pairs), step
    with_step = {**graph, milestone: graph.get(milestone, set()) | {needed}}
    assert bool(would_close(graph, milestone, needed)) is not is_ring_free(with_step)


@given(PAIRS, st.integers(1, 9), st.integers(1, 9))
def test_the_chain_that_is_named_is_real_and_visits_nobody_twice(pairs, start, goal):
    graph = as_graph(pairs)
    way = chain(graph, start, goal)
    if way:
        assert (way[0], way[-1], len(set(way))) == (start, goal, len(way))
        assert all(later in graph[earlier] for earlier, later in pairwise(way))


@given(PAIRS, st.integers(1, 9))
def test_everything_that_waits_is_found_once_and_can_be_followed_back(pairs, milestone):
    graph = grown(pairs)
    found = waiting_for(graph, milestone)
    assert {each.milestone for each in found} == {m for m in graph if m != milestone and chain(graph, m, milestone)}
    assert len({each.milestone for each in found}) == len(found)
    for each in found:
        way = (each.milestone, *each.through, milestone)
        assert all(later in graph[earlier] for earlier, later in pairwise(way))
    assert [len(each.through) for each in found] == sorted(len(each.through) for each in found)


def test_a_chain_is_named_from_its_beginning_to_its_end():
    graph = as_graph([(3, 2), (2, 1)])
    assert would_close(graph, 1, 3) == (3, 2, 1)
    assert would_close(graph, 3, 1) == ()
    assert would_close(graph, 1, 1) == (1,)
    assert waiting_for(graph, 1) == [Waiting(2), Waiting(3, (2,))]


MARCH, APRIL = FuzzyDate.month(2027, 3), FuzzyDate.month(2027, 4)
TENTH, TWENTIETH = FuzzyDate.day(date(2027, 3, 10)), FuzzyDate.day(date(2027, 3, 20))


@pytest.mark.parametrize(
    ("needed", "waiting", "wanted"),
    [
        (MARCH, APRIL, Fit.FITS),
        (APRIL, MARCH, Fit.CLASHES),
        (MARCH, MARCH, Fit.MAY_CLASH),
        (TENTH, TWENTIETH, Fit.FITS),
        (TWENTIETH, TENTH, Fit.CLASHES),
        (TENTH, TENTH, Fit.FITS),
        (MARCH, TENTH, Fit.MAY_CLASH),
        (MARCH, FuzzyDate.day(date(2027, 3, 31)), Fit.FITS),
        (FuzzyDate.open_from(date(2027, 3, 1)), APRIL, Fit.UNKNOWN),
        (MARCH, FuzzyDate.open_until(date(2027, 4, 30)), Fit.UNKNOWN),
        (MARCH, FuzzyDate.open_until(date(2027, 2, 1)), Fit.CLASHES),
        (MARCH, FuzzyDate.open_from(date(2027, 4, 1)), Fit.FITS),
        (MARCH, FuzzyDate.undated(), Fit.UNKNOWN),
        (None, MARCH, Fit.UNKNOWN),
        (MARCH, None, Fit.UNKNOWN),
    ],
)
def test_what_waits_should_begin_after_what_it_waits_for_is_done(needed, waiting, wanted):
    assert fit(needed, waiting) is wanted


WINDOWS = st.builds(
    lambda start, length: FuzzyDate.range(start, start + timedelta(days=length)),
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    st.integers(0, 200),
)
SERIOUS = [Fit.FITS, Fit.MAY_CLASH, Fit.CLASHES]


@given(WINDOWS, WINDOWS, st.integers(0, 200), st.integers(0, 200))
def test_two_whole_windows_can_always_be_compared_and_every_pair_of_days_agrees(needed, waiting, one, other):
    found = fit(needed, waiting)
    done = min(needed.start + timedelta(days=one), needed.end)
    begins = min(waiting.start + timedelta(days=other), waiting.end)
    assert found in SERIOUS
    if found is Fit.FITS:
        assert begins >= done
    if found is Fit.CLASHES:
        assert begins < done


@given(WINDOWS, WINDOWS, st.integers(1, 400))
def test_moving_what_is_waited_for_to_a_later_day_never_makes_it_fit_better(needed, waiting, days):
    later = FuzzyDate.range(needed.start + timedelta(days=days), needed.end + timedelta(days=days))
    assert SERIOUS.index(fit(later, waiting)) >= SERIOUS.index(fit(needed, waiting))
