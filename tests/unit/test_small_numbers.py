"""Counts under 5 are never shown exactly, and no total gives one away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.small_numbers import SMALLEST_SHOWN, is_hidden, shown, total_shown


@pytest.mark.parametrize(
    ("count", "words"),
    [(None, "not recorded"), (0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (1204, "1,204")],
)
def test_a_count_is_shown_or_hidden(count, words):
    assert shown(count) == words


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([], "not recorded"),
        ([None], "not recorded"),
        ([12, 30], "42"),
        ([12, None], "12"),
        ([0, 0], "0"),
        ([3], "fewer than 5"),
        ([3, 0], "fewer than 5"),
        ([3, 2], "at least 2"),
        ([12, 3], "at least 13"),
        ([12, 1, 4, None], "at least 14"),
    ],
)
def test_a_total_says_no_more_than_its_parts(counts, words):
    assert total_shown(counts) == words


COUNTS = st.lists(st.none() | st.integers(0, 60), max_size=8)


@given(COUNTS, st.integers(1, SMALLEST_SHOWN - 1))
def test_another_number_in_the_place_of_a_hidden_one_changes_nothing_a_reader_sees(counts, other):
    changed = [other if is_hidden(count) else count for count in counts]
    assert [shown(count) for count in changed] == [shown(count) for count in counts]
    assert total_shown(changed) == total_shown(counts)


@given(COUNTS)
def test_a_total_is_never_more_than_there_were(counts):
    words = total_shown(counts)
    if words.startswith("at least "):
        assert int(words.removeprefix("at least ").replace(",", "")) <= sum(count or 0 for count in counts)
