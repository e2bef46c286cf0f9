"""From heard to told back: which step may follow which, and how long people have waited."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstreams.hearing import WEEKS_TO_TELL_BACK, Step, ledger_sentence, next_steps, waiting

TODAY = date(2026, 11, 4)


@pytest.mark.parametrize(
    ("state", "following"),
    [
        (Step.HEARD, "decided declined"),
        (Step.DECIDED, "done declined"),
        (Step.DECLINED, "told not_told decided"),
        (Step.DONE, "told not_told heard"),
        (Step.TOLD, "heard"),
        (Step.NOT_TOLD, "told heard"),
    ],
)
def test_what_may_follow_what(state, following):
    assert [step.value for step in next_steps(state)] == following.split()


def test_from_every_state_people_can_still_be_answered():
    reached = {Step.TOLD}
    for _ in Step:
        reached |= {step for step in Step if reached & set(next_steps(step))}
    assert reached == set(Step)


@pytest.mark.parametrize(
    ("heard", "answered", "words", "overdue"),
    [
        (date(2026, 11, 2), None, "Heard this week", False),
        (date(2026, 11, 30), None, "Heard this week", False),
        (date(2026, 10, 28), None, "Waiting for 1 week", False),
        (date(2026, 8, 12), None, "Waiting for 12 weeks", False),
        (date(2026, 8, 5), None, "Waiting for 13 weeks: overdue", True),
        (date(2026, 8, 5), date(2026, 8, 10), "Answered within a week", False),
        (date(2026, 1, 5), date(2026, 10, 30), "Answered after 42 weeks", False),
    ],
)
def test_how_long_people_have_waited(heard, answered, words, overdue):
    found = waiting(heard_until=heard, answered_on=answered, today=TODAY)
    assert (found.words, found.is_overdue) == (words, overdue)


@given(st.dates(date(2024, 1, 1), date(2027, 1, 1)), st.integers(0, 400))
def test_waiting_only_grows_and_an_answer_ends_it(heard, days):
    later = TODAY + timedelta(days=days)
    now, then = (waiting(heard_until=heard, answered_on=None, today=day) for day in (TODAY, later))
    assert 0 <= now.weeks <= then.weeks
    assert now.is_overdue <= then.is_overdue
    assert then.is_overdue is (then.weeks > WEEKS_TO_TELL_BACK)
    answered = {waiting(heard_until=heard, answered_on=TODAY, today=day) for day in (TODAY, later)}
    assert len(answered) == 1
    assert not answered.pop().is_overdue


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((0, 0, 0, 0), "Nothing has been recorded yet."),
        ((1, 0, 0, 0), "1 thing heard. Everybody has been told what became of it."),
        (
            (3, 1, 1, 25),
            (
                "3 things heard. 1 of them has been waiting for an answer for more than 12 weeks. "
                "The longest wait is 25 weeks."
            ),
        ),
        ((8, 1, 0, 3), "8 things heard. 1 of them has not been answered yet."),
        (
            (8, 3, 2, 16),
            (
                "8 things heard. 3 of them have not been answered yet, 2 for more than 12 weeks. "
                "The longest wait is 16 weeks."
            ),
        ),
    ],
)
def test_the_ledger_in_one_sentence(counts, sentence):
    heard, unanswered, overdue, longest = counts
    said = ledger_sentence(heard=heard, unanswered=unanswered, overdue=overdue, longest_weeks=longest)
    assert said == sentence
