"""The sentences on the dashboard and in the board report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.status import Rag, count_ratings
from programme.wording import counted, listed
from reporting.sentences import on_track_sentence, overdue_sentence, updates_sentence, worse_sentence

R, A, G, N, S, C = Rag.RED, Rag.AMBER, Rag.GREEN, Rag.NOT_RATED, Rag.NOT_REPORTED, Rag.COMPLETE


@pytest.mark.parametrize(
    ("ratings", "sentence"),
    [
        ([], "No workstream has been rated yet."),
        ([N, S], "No workstream has been rated yet."),
        ([G], "The 1 workstream that gave a rating is on track."),
        ([G, G, S], "All 2 workstreams that gave a rating are on track."),
        ([R], "1 workstream is off track."),
        ([A, A, G], "2 workstreams are at risk."),
        ([R, A, A, G, S], "1 workstream is off track and 2 are at risk."),
        ([R, R, A], "2 workstreams are off track and 1 is at risk."),
    ],
)
def test_what_is_wrong_is_said_first_and_silence_is_never_good_news(ratings, sentence):
    assert on_track_sentence(count_ratings(ratings)) == sentence


@pytest.mark.parametrize(
    ("updates_in", "expected", "sentence"),
    [
        (0, 0, "No updates were expected for October 2026."),
        (8, 8, "Every update for October 2026 is in."),
        (7, 8, "1 of 8 updates for October 2026 is not in."),
        (0, 1, "1 of 1 update for October 2026 is not in."),
        (0, 1200, "1,200 of 1,200 updates for October 2026 are not in."),
    ],
)
def test_how_many_updates_are_missing(updates_in, expected, sentence):
    assert updates_sentence(updates_in, expected, "October 2026") == sentence


def test_overdue_milestones_are_counted_and_none_is_not_mentioned():
    assert [overdue_sentence(n) for n in (0, 1, 3)] == ["", "1 milestone is overdue.", "3 milestones are overdue."]


def test_what_got_worse_is_named_and_nothing_is_not_mentioned():
    assert worse_sentence([]) == ""
    assert worse_sentence(["Schools"]) == "Schools got worse since the month before."
    assert worse_sentence(["A", "B", "C"]) == "A, B and C got worse since the month before."


def test_counts_and_lists_in_words():
    assert [counted(n, "day") for n in (0, 1, 2, 1500)] == ["0 days", "1 day", "2 days", "1,500 days"]
    assert counted(2, "inquiry", "inquiries") == "2 inquiries"
    assert [listed(words) for words in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]


@given(st.lists(st.sampled_from(list(Rag)), max_size=40))
def test_a_programme_is_on_track_only_where_somebody_said_green_and_nobody_worse(ratings):
    on_track = "on track" in on_track_sentence(count_ratings(ratings)).replace("off track", "")
    assert on_track is (G in ratings and R not in ratings and A not in ratings)
