"""Scores of risks in words, their bands and their matrix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstreams.risks import Band, band_of, matrix, moved, score_of, score_words, sentence

level = st.integers(1, 5)


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (1, "Low"), (3, "Low"), (4, "Moderate"), (6, "Moderate"), (8, "High"), (12, "High"), (15, "Extreme"),
        (25, "Extreme"),
    ],
)  # fmt: skip
def test_a_score_belongs_to_one_band_of_the_nhs_matrix(score, band):
    assert band_of(score).word == band


@pytest.mark.parametrize(
    ("likelihood", "impact", "words"),
    [
        (1, 1, "1 of 25, low: rare, with negligible impact"),
        (3, 4, "12 of 25, high: possible, with major impact"),
        (5, 5, "25 of 25, extreme: almost certain, with catastrophic impact"),
    ],
)
def test_a_score_is_said_in_words(likelihood, impact, words):
    assert score_words(likelihood, impact) == words


@pytest.mark.parametrize("pair", [(0, 3), (3, 0), (6, 1), (1, 6)])
def test_levels_go_from_1_to_5(pair):
    with pytest.raises(ValueError, match="from 1 to 5"):
        score_of(*pair)


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [(None, 9, "first score"), (9, 9, "looked at, unchanged"), (9, 12, "up from 9"), (12, 9, "down from 12")],
)
def test_a_score_is_compared_with_the_one_before(before, now, words):
    assert moved(before, now) == words


def test_the_matrix_says_all_its_numbers_in_a_sentence():
    assert sentence([]) == "No open risk has been recorded."
    assert matrix([(4, 4), (4, 4), (2, 2)]).title == (
        "3 open risks: 2 extreme and 1 moderate. 2 likely with major impact; 1 unlikely with minor impact."
    )


@given(st.lists(st.tuples(level, level), max_size=12))
def test_every_risk_stands_in_one_square_and_likely_grave_ones_stand_at_the_top_right(pairs):
    drawn = matrix(pairs)
    assert len(drawn.cells) == 25
    assert sum(int(cell.count or 0) for cell in drawn.cells) == len(pairs)
    worst = drawn.cells[4]  # rows run from almost certain to rare
    assert (worst.letter, worst.x, worst.y) == ("E", max(c.x for c in drawn.cells), min(c.y for c in drawn.cells))
    assert all(0 <= cell.x and cell.x + drawn.cell_width <= drawn.width for cell in drawn.cells)


@given(level, level, level)
def test_more_of_either_is_never_a_better_band(likelihood, impact, other):
    order = list(Band)
    low, high = sorted((impact, other))
    better, worse = band_of(score_of(likelihood, low)), band_of(score_of(likelihood, high))
    assert order.index(worse) <= order.index(better)
