"""From single scores to a picture: median, split, completeness, what leaks, what can be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thrive.maturity import scoring, words
from thrive.maturity.scoring import Column, Kind, Median, NotComparable, Score, State

NAMES = {1: "Emerging", 2: "Developing", 3: "Maturing", 4: "Leading"}
LEVELS = st.lists(st.integers(1, 4), max_size=40)


def spread(*levels: int | None, asked: int = 0):
    scores = [Score(number, 1, level) for number, level in enumerate(levels)]
    return scoring.spread_of(scores, range(max(asked, len(levels))))


@pytest.mark.parametrize(
    ("levels", "median", "said"),
    [
        ([], None, "Not assessed"),
        ([3], Median(3, 3), "Maturing"),
        ([1, 4], Median(1, 4), "Between Emerging and Leading"),
        ([2, 3], Median(2, 3), "Between Developing and Maturing"),
        ([1, 2, 4], Median(2, 2), "Developing"),
        ([4, 1, 2, 2], Median(2, 2), "Developing"),
    ],
)
def test_a_median_is_a_level_or_between_two_and_never_a_decimal(levels, median, said):
    assert scoring.median_of(levels) == median
    assert words.level_words(median, NAMES) == said


@pytest.mark.parametrize(
    ("levels", "outside", "split"),
    [
        ([], 0, False),
        ([2, 2, 2], 0, False),
        ([1, 2, 3], 0, False),
        # Median 2: the 4s are outside. One of three is a third, and not more.
        ([2, 2, 4], 1, False),
        ([2, 2, 2, 4, 4], 2, True),
        # Median between 1 and 4: everybody is outside.
        ([1, 4], 2, True),
        ([1, 1, 4, 4], 4, True),
        # Median between 2 and 3: one level on either side is 1.5 to 3.5.
        ([1, 2, 3, 4], 2, True),
        ([2, 2, 3, 3], 0, False),
        ([1, 2, 2, 3, 3, 3], 1, False),
    ],
)
def test_scores_are_split_when_more_than_a_third_lie_outside_one_level_of_the_median(levels, outside, split):
    found = spread(*levels)
    assert (found.outside, found.is_split) == (outside, split)


def test_who_cannot_say_and_who_is_silent_count_apart_and_never_as_a_level():
    found = spread(3, 3, None, asked=5)
    assert (found.rated, found.cannot_say, found.silent, found.width) == (2, 1, 2, 0)
    assert words.spread_words(found, NAMES) == "2 Maturing. 1 person could not say. 2 people said nothing."


def test_the_workshop_begins_with_what_is_split_then_with_the_widest():
    found = {
        1: spread(2, 2, 2),
        2: spread(1, 2, 3),
        3: spread(1, 1, 4, 4),
        4: spread(2, 2, None),
    }
    assert scoring.widest_first(found) == [3, 2, 4, 1]


@pytest.mark.parametrize("state", list(State))
def test_before_the_round_closes_everybody_sees_their_own_scores_alone(state):
    scores = [Score(1, 1, 2), Score(2, 1, 4)]
    shown = scoring.shown_to(scores, state=state, participant=1)
    assert shown == (scores[:1] if state in {State.DRAFT, State.SCORING} else scores)
    assert (scoring.shown_to(scores, state=state, participant=None) == []) == (state in {State.DRAFT, State.SCORING})


@pytest.mark.parametrize(
    ("kind", "state", "following"),
    [
        (Kind.SELF, State.DRAFT, (State.SCORING,)),
        (Kind.SELF, State.SCORING, (State.WORKSHOP,)),
        (Kind.AGAIN, State.WORKSHOP, (State.AGREED,)),
        (Kind.SELF, State.AGREED, (State.RELEASED, State.WORKSHOP)),
        (Kind.SELF, State.RELEASED, ()),
        (Kind.VISIT, State.DRAFT, (State.RELEASED,)),
        (Kind.VISIT, State.RELEASED, ()),
    ],
)
def test_a_review_goes_forward_and_a_closed_round_never_opens_again(kind, state, following):
    assert scoring.next_states(kind, state) == following
    assert State.SCORING not in following or state is State.DRAFT


def test_a_domain_is_told_as_how_many_elements_stand_where():
    standing = scoring.standing_of([3, 3, 1, None])
    assert (standing.agreed, standing.not_agreed, standing.median) == (3, 1, Median(3, 3))
    assert words.standing_words(standing, NAMES) == "2 Maturing and 1 Emerging. 1 not agreed."
    assert words.standing_words(scoring.standing_of([None]), NAMES) == "None of its 1 elements is agreed."


@pytest.mark.parametrize(
    ("levels", "wanted"),
    [
        ({"A": 1, "B": 2, "C": 1}, ["A", "C"]),
        ({"A": None, "B": 2}, ["B"]),
        ({"A": 4, "B": 4}, []),
        ({"A": None}, []),
        ({}, []),
    ],
)
def test_what_lifts_a_domain_next_is_what_stands_lowest(levels, wanted):
    assert scoring.lifts_next(levels, 4) == wanted


def test_absent_sectors_are_named_in_their_order():
    absent = scoring.absent_sectors(words.SECTOR_WORDS, ["nhs", "parents", "schools", "council"])
    assert words.absent_words(absent) == "Not at the table: Voluntary sector, Primary care and Young people."
    assert words.absent_words([]) == "Every sector takes part."


# Side by side

CODES = ["A", "B", "C"]


def test_the_biggest_difference_comes_first_and_what_cannot_be_compared_last():
    columns = [Column(1, {"A": 2, "B": 1, "C": None}), Column(1, {"A": 2, "B": 4, "C": 3})]
    rows = scoring.compare(columns, CODES, 1, {})
    assert [(row.code, row.difference, row.change) for row in rows] == [("B", 3, 3), ("A", 0, 0), ("C", None, None)]


def test_another_version_is_not_compared_without_a_crosswalk():
    columns = [Column(2, {"A": 2}), Column(1, {"A": 2})]
    with pytest.raises(NotComparable):
        scoring.compare(columns, CODES, 2, {})


def test_a_crosswalk_carries_what_became_one_to_one_and_nothing_else():
    """Old A became B. Old C was split into A and C, so nothing of it is carried over."""
    columns = [Column(2, {"A": 1, "B": 1, "C": 1}), Column(1, {"A": 3, "C": 4})]
    pairs = {(1, 2): [("A", "B"), ("C", "A"), ("C", "C")]}
    rows = {row.code: row.levels for row in scoring.compare(columns, CODES, 2, pairs)}
    assert rows == {"A": (1, None), "B": (1, 3), "C": (1, None)}


# Whatever people score


@given(LEVELS)
def test_a_median_always_lies_among_the_levels_given(levels):
    median = scoring.median_of(levels)
    if median is None:
        assert levels == []
    else:
        assert {median.low, median.high} <= set(levels)
        assert sum(level < median.low for level in levels) * 2 <= len(levels)
        assert sum(level > median.high for level in levels) * 2 <= len(levels)


@given(LEVELS, st.integers(0, 5))
def test_a_split_is_more_than_a_third_outside_counted_by_hand(levels, silent):
    found = spread(*levels, asked=len(levels) + silent)
    middle = sum(sorted(levels)[(len(levels) - 1) // 2 : len(levels) // 2 + 1])
    twice = middle if len(levels) % 2 == 0 else 2 * middle
    by_hand = sum(abs(2 * level - twice) > 2 for level in levels)
    assert found.is_split == (by_hand > len(levels) / 3)
    assert (found.rated, found.silent) == (len(levels), silent)


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 3), st.none() | st.integers(1, 4)), max_size=30))
def test_nothing_of_others_leaks_before_the_round_closes(told):
    scores = [Score(*each) for each in told]
    for state in (State.DRAFT, State.SCORING):
        for who in range(1, 7):
            assert {s.participant for s in scoring.shown_to(scores, state=state, participant=who)} <= {who}


@given(st.dictionaries(st.sampled_from(CODES), st.none() | st.integers(1, 4)))
def test_comparing_never_makes_up_a_level(levels):
    columns = [Column(1, levels), Column(2, levels)]
    pairs = {(2, 1): [(code, code) for code in CODES]}
    for row in scoring.compare(columns, CODES, 1, pairs):
        assert set(row.levels) <= {levels.get(row.code)}
