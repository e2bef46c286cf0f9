"""Where an ask stands, and where it may go from there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstreams.escalation import Passed, above, below, way, would_go_round

PUT, UP, DOWN = Passed.PUT, Passed.UP, Passed.DOWN
TEAM, STEERING, BOARD, OTHER = 1, 2, 3, 4
LINES = {TEAM: STEERING, STEERING: BOARD, BOARD: None, OTHER: None}


@pytest.mark.parametrize(
    ("steps", "path"),
    [
        ([], ()),
        ([(PUT, TEAM)], (TEAM,)),
        ([(UP, TEAM)], (TEAM,)),
        ([(PUT, TEAM), (UP, STEERING)], (TEAM, STEERING)),
        ([(PUT, TEAM), (UP, STEERING), (UP, BOARD)], (TEAM, STEERING, BOARD)),
        ([(PUT, TEAM), (UP, STEERING), (DOWN, TEAM)], (TEAM,)),
        ([(PUT, TEAM), (UP, STEERING), (DOWN, TEAM), (UP, STEERING)], (TEAM, STEERING)),
        ([(DOWN, OTHER)], (OTHER,)),
    ],
)
def test_the_way_of_an_ask_is_read_from_its_steps(steps, path):
    assert way(steps) == path


def test_an_ask_goes_up_one_group_at_a_time():
    assert above((TEAM,), LINES) == (STEERING,)
    assert above((TEAM, STEERING), LINES) == (BOARD,)
    assert above((TEAM, STEERING, BOARD), LINES) == ()


def test_an_ask_that_no_group_has_may_go_to_any():
    assert above((), LINES) == (TEAM, STEERING, BOARD, OTHER)
    assert above((), {}) == ()


def test_an_ask_never_goes_to_a_group_that_has_ended_or_had_it_on_the_way():
    assert above((TEAM,), {TEAM: STEERING}) == ()
    assert above((TEAM, STEERING), {TEAM: STEERING, STEERING: TEAM}) == ()


def test_an_ask_comes_back_down_the_way_it_went():
    assert below((TEAM, STEERING, BOARD)) == STEERING
    assert below((TEAM,)) is None
    assert below(()) is None


@pytest.mark.parametrize(
    ("group", "upper", "round_"),
    [(BOARD, TEAM, True), (BOARD, STEERING, True), (TEAM, TEAM, True), (TEAM, BOARD, False), (OTHER, TEAM, False),
     (TEAM, None, False)],
)  # fmt: skip
def test_groups_never_report_in_a_circle(group, upper, round_):
    assert would_go_round(group, upper, LINES) is round_


@given(st.lists(st.sampled_from([UP, DOWN]), max_size=20))
def test_whatever_is_passed_on_an_ask_always_stands_with_one_group(moves):
    """Each step that the rules allow leaves a way without a group twice in it."""
    steps = [(PUT, TEAM)]
    for move in moves:
        path = way(steps)
        if move is UP:
            steps += [(UP, group) for group in above(path, LINES)]
        elif (back := below(path)) is not None:
            steps.append((DOWN, back))
        after = way(steps)
        assert after
        assert len(set(after)) == len(after)
        assert set(after) <= {TEAM, STEERING, BOARD}
