"""The vocabulary of ratings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.status import DECLARABLE, Change, PlanState, Rag, change_between, count_ratings

RATED = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.COMPLETE)


def test_every_rating_differs_from_every_other_without_its_colour():
    for feature in ("word", "meaning", "letter", "shape", "definition"):
        assert len({getattr(rag, feature) for rag in Rag}) == len(Rag), feature


def test_the_worst_comes_first_and_silence_stands_above_amber():
    assert sorted(Rag, key=lambda rag: rag.severity) == [
        Rag.RED, Rag.NOT_REPORTED, Rag.AMBER, Rag.NOT_RATED, Rag.GREEN, Rag.COMPLETE,
    ]  # fmt: skip


def test_a_lead_declares_green_amber_or_red_and_nothing_else():
    assert DECLARABLE == (Rag.GREEN, Rag.AMBER, Rag.RED)


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (Rag.GREEN, Rag.AMBER, Change.WORSE),
        (Rag.GREEN, Rag.RED, Change.WORSE),
        (Rag.RED, Rag.AMBER, Change.BETTER),
        (Rag.AMBER, Rag.COMPLETE, Change.BETTER),
        (Rag.RED, Rag.RED, Change.SAME),
        (None, Rag.RED, Change.FIRST),
        (Rag.NOT_REPORTED, Rag.GREEN, Change.UNKNOWN),
        (Rag.NOT_RATED, Rag.GREEN, Change.UNKNOWN),
        (Rag.RED, Rag.NOT_REPORTED, Change.UNKNOWN),
        (Rag.RED, None, Change.UNKNOWN),
        (None, None, Change.UNKNOWN),
    ],
)
def test_a_change_is_told_from_two_ratings_that_were_given(before, now, change):
    assert change_between(before, now) is change


@given(st.sampled_from(RATED), st.sampled_from(RATED))
def test_going_back_is_the_opposite_of_going(before, now):
    opposite = {Change.WORSE: Change.BETTER, Change.BETTER: Change.WORSE, Change.SAME: Change.SAME}
    assert change_between(now, before) is opposite[change_between(before, now)]


@given(st.sampled_from(list(Rag)), st.sampled_from([Rag.NOT_RATED, Rag.NOT_REPORTED]))
def test_silence_is_never_an_improvement(rating, silence):
    assert {change_between(rating, silence), change_between(silence, rating)} <= {Change.UNKNOWN}


@given(st.lists(st.sampled_from(list(Rag))))
def test_counting_loses_nobody_and_invents_nobody(ratings):
    counts = count_ratings(ratings)
    assert sorted(rag for rag, count in counts for _ in range(count)) == sorted(ratings)
    assert [rag.severity for rag, _ in counts] == sorted({rag.severity for rag in ratings})


def test_every_state_of_a_milestone_has_a_word_of_its_own():
    assert len({state.word for state in PlanState}) == len(PlanState)
