"""The standing check: what was accepted has living work, or the product says that it has not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.status import PlanState
from thrive import thread
from thrive.thread import Life, Piece, Quarter, check_sentence, gaps_sentence, heading_of, life_of, quarters

AHEAD, DONE, DROPPED = PlanState.PLANNED, PlanState.DONE, PlanState.DROPPED
PIECES = st.lists(st.builds(Piece, st.booleans(), st.none() | st.sampled_from(PlanState)), max_size=5)


@pytest.mark.parametrize(
    ("decision", "pieces", "life"),
    [
        ("", [], Life.UNDECIDED),
        ("declined", [], Life.DECLINED),
        ("accepted", [], Life.NO_WORK),
        ("adapted", [], Life.NO_WORK),
        ("accepted", [Piece(is_running=True)], Life.UNPLANNED),
        ("accepted", [Piece(is_running=True, state=AHEAD)], Life.LIVING),
        ("accepted", [Piece(is_running=True, state=PlanState.OVERDUE)], Life.LIVING),
        ("accepted", [Piece(is_running=False, state=AHEAD)], Life.STOPPED),
        ("accepted", [Piece(is_running=True, state=DROPPED)], Life.UNPLANNED),
        ("accepted", [Piece(is_running=False, state=DONE)], Life.DONE),
        ("accepted", [Piece(is_running=True, state=DONE), Piece(is_running=True)], Life.UNPLANNED),
        ("accepted", [Piece(is_running=True, state=DONE), Piece(is_running=True, state=AHEAD)], Life.LIVING),
    ],
)
def test_a_recommendation_stands_as_its_work_does(decision, pieces, life):
    assert life_of(decision, pieces) is life


@given(st.sampled_from(["", "accepted", "adapted", "declined"]), PIECES)
def test_it_lives_only_where_a_running_workstream_has_something_ahead(decision, pieces):
    life = life_of(decision, pieces)
    living = any(p.is_running and p.state and not p.state.is_finished for p in pieces)
    assert (life is Life.LIVING) == (living and decision in {"accepted", "adapted"})
    assert not (life.lacks_work and decision in {"", "declined"})
    assert life_of(decision, pieces, is_closed=True) is Life.CLOSED
    assert thread.why(life)


def test_the_check_says_what_is_missing_and_what_waits():
    assert check_sentence([]) == ""
    assert check_sentence([Life.DECLINED]) == ""
    assert check_sentence([Life.LIVING]) == "1 accepted recommendation has living work or is done."
    assert check_sentence([Life.NO_WORK, Life.LIVING, Life.UNDECIDED]) == (
        "1 of 2 accepted recommendations has no living work and 1 recommendation waits for a decision."
    )


def test_gaps_are_said_in_one_sentence():
    assert gaps_sentence([], 0) == "No gap has been recorded."
    assert gaps_sentence(["accepted", "accepted", "found", "not_accepted", "filled"], 1) == (
        "2 accepted gaps, 1 of them with nothing to fill it, 1 not decided, 1 not accepted and 1 filled."
    )


def test_eight_quarters_follow_each_other_over_the_year():
    found = quarters(date(2026, 11, 22))
    assert [each.words for each in found[:2]] == ["October to December 2026", "January to March 2027"]
    assert (len(found), found[-1].words) == (8, "July to September 2028")


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_its_quarter(day):
    quarter = Quarter.of(day)
    assert quarter.first_month <= day.month <= quarter.first_month + 2
    assert quarter < quarter.next


def test_a_milestone_stands_under_its_quarter_or_says_why_not():
    ahead = quarters(date(2026, 11, 22))
    assert heading_of(AHEAD, date(2027, 3, 31), ahead) == "January to March 2027"
    assert heading_of(AHEAD, date(2030, 3, 31), ahead) == thread.AFTER
    assert heading_of(AHEAD, None, ahead) == thread.UNDATED
    assert heading_of(PlanState.OVERDUE, date(2026, 10, 1), ahead) == thread.BEFORE
    assert heading_of(DONE, date(2027, 1, 1), ahead) == thread.FINISHED
