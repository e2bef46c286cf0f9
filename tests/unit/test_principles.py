"""The principles: scores are never averaged, a difference is never hidden, and only like is compared with like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thrive import principles
from thrive.principles import (
    NotComparableError,
    Standing,
    Step,
    Verdict,
    compared,
    difference_sentence,
    sentence,
    standings,
    step_of,
    verdict_of,
)

SCORES = st.lists(st.sampled_from(principles.SCORES), max_size=5)
GIVEN = st.lists(st.tuples(st.sampled_from(principles.asked()), st.sampled_from(principles.SCORES)), max_size=60)


def standing(macro=(), meso=(), micro=()) -> Standing:
    return Standing(principles.principles()[0], {"macro": macro, "meso": meso, "micro": micro})


def test_there_are_eight_principles_at_three_levels():
    assert len(principles.principles()) == 8
    assert [each.name for each in principles.levels()] == ["Macro", "Meso", "Micro"]
    assert len(set(principles.asked())) == 24
    assert len(principles.shipped_scale()) == principles.HIGHEST


@pytest.mark.parametrize(
    ("scores", "verdict"),
    [
        ([], Verdict.UNKNOWN),
        ([2], Verdict.NOT_YET),
        ([3], Verdict.LIKE),
        ([3, 4], Verdict.LIKE),
        ([1, 2], Verdict.NOT_YET),
        ([2, 3], Verdict.SPLIT),
        ([1, 4, 4, 4], Verdict.SPLIT),  # an average would have hidden the one
    ],
)
def test_a_statement_is_thrive_like_where_every_rater_gave_three_or_more(scores, verdict):
    assert verdict_of(scores) is verdict


@pytest.mark.parametrize(
    ("each", "verdict", "words"),
    [
        (standing(), Verdict.UNKNOWN, "Macro not answered, meso not answered, micro not answered"),
        (standing((3,), (4,), (3, 3)), Verdict.LIKE, "Macro 3, meso 4, micro 3"),
        (standing((3,), (4,)), Verdict.UNKNOWN, "Macro 3, meso 4, micro not answered"),
        (standing((3,), (2, 3)), Verdict.SPLIT, "Macro 3, meso 2 and 3, micro not answered"),
        (standing((3,), (2, 3), (1,)), Verdict.NOT_YET, "Macro 3, meso 2 and 3, micro 1"),
    ],
)
def test_a_principle_stands_as_the_least_of_its_levels(each, verdict, words):
    assert each.verdict is verdict
    assert each.words == words


@given(SCORES, st.sampled_from(principles.SCORES))
def test_one_more_score_never_settles_a_difference(scores, more):
    before, after = verdict_of(scores), verdict_of([*scores, more])
    assert after is Verdict.SPLIT if before is Verdict.SPLIT else after is not Verdict.UNKNOWN


@given(GIVEN)
def test_every_score_is_kept_and_none_is_added(given):
    kept = [
        ((s.principle.code, level), score)
        for s in standings(given)
        for level, found in s.by_level.items()
        for score in found
    ]
    assert sorted(kept) == sorted(given)


@given(GIVEN, st.randoms())
def test_the_order_of_raters_says_nothing(given, random):
    shuffled = list(given)
    random.shuffle(shuffled)
    assert standings(shuffled) == standings(given)


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        ([2], [3], Step.UP),
        ([2, 3], [3, 4], Step.UP),
        ([2, 3], [2, 3, 3], Step.SAME),
        ([2, 4], [3], Step.UNCLEAR),
        ([3, 4], [2], Step.DOWN),
        ([], [3], Step.UNKNOWN),
    ],
)
def test_a_level_went_up_only_where_nobody_is_below_where_anybody_was(before, after, step):
    assert step_of(before, after) is step


@given(SCORES, SCORES)
def test_up_one_way_is_down_the_other(before, after):
    turned = {Step.UP: Step.DOWN, Step.DOWN: Step.UP}
    step = step_of(before, after)
    assert step_of(after, before) is turned.get(step, step)


def test_what_was_asked_differently_is_not_compared():
    with pytest.raises(NotComparableError):
        compared([standing()], [standing()], sets=(1, 2))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (standing((2,), (2,), (3,)), standing((3,), (3,), (3,)), "Now THRIVE-like. Up at macro and meso"),
        (standing((3,), (3,), (3,)), standing((3,), (2,), (3,)),
         "No longer THRIVE-like for every rater and level. Down at meso"),
        (standing((2,), (2,), (2,)), standing((2,), (2,), (1, 3)), "Not clear, as raters differ, at micro"),
        (standing((2,), (2,), (2,)), standing((2,), (2,), (2,)), "The same"),
        (standing((2,), (2,), (2,)), standing((3,), (4,), (3,)), "Now THRIVE-like. Up at every level"),
        (standing((2,)), standing((2,)), "Cannot be said"),
    ],
)  # fmt: skip
def test_what_became_of_a_principle_is_said_in_words(before, after, words):
    [row] = compared([before], [after], sets=(1, 1))
    assert row.words == words


def test_the_sentence_counts_and_says_what_is_not_settled():
    like, split = standing((3,), (3,), (3,)), standing((2, 3), (3,), (3,))
    assert sentence("Harbour", [standing()], when="May 2026") == "Nobody has answered for Harbour yet."
    assert sentence("Harbour", [like, split, standing()], when="May 2026", before=[split, split, split]) == (
        "Harbour is THRIVE-like on 1 of 3 principles in May 2026, after 0 at the baseline; "
        "raters differ on 1 more and 1 cannot be said until every level is answered."
    )
    assert sentence("Harbour", [like], when="May 2026") == "Harbour is THRIVE-like on 1 of 1 principle in May 2026."


@pytest.mark.parametrize(
    ("now", "raters", "words"),
    [
        ([standing()], 0, "Nobody has answered yet."),
        ([standing((3,))], 1, "One rater has answered, so nothing can differ yet."),
        ([standing((3,), (2,))], 2, "2 raters take part, and no statement has been scored by two of them yet."),
        ([standing((3, 3))], 2, "2 raters agree on the one statement that two or more scored."),
        ([standing((3, 4), (2, 2))], 2, "2 raters differ on 1 of 2 statements."),
        ([standing((2, 3), (3, 4))], 2,
         "2 raters differ on 2 of 2 statements; on 1 of them some say THRIVE-like and some not yet."),
        ([standing((2, 3))], 3, "3 raters differ on 1 of 1 statement; some say THRIVE-like and some not yet."),
    ],
)  # fmt: skip
def test_how_far_raters_agree_is_said_in_words(now, raters, words):
    assert difference_sentence(now, raters) == words
