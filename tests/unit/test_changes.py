"""Words that stay the same from month to month, and promises until they are answered."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstreams.changes import (
    ASKED_AT_MOST,
    Answer,
    LastMonths,
    MonthPromises,
    MonthWords,
    Outcome,
    Prompt,
    Stood,
    how_long,
    longest,
    often_moved,
    one_prompt,
    open_promises,
    past_their_day,
    same_words,
    still_so,
    why_not_no_change,
)

JULY, AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 1) for month in (7, 8, 9, 10))
RECRUITED = "Recruitment stands at 50–60% of the crisis team"
SENTENCES = st.text(alphabet="abc 12%.", max_size=30)
MONTHS = st.integers(1, 12).map(lambda month: date(2026, month, 1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The rota is agreed", "The rota is agreed"),
        ("The rota is agreed", "  the ROTA is agreed."),
        ("The lead’s rota is agreed", "The lead's rota is agreed"),
        (RECRUITED, "Recruitment stands at 50-60 % of the crisis team"),
        ("Visit planned for Sept 2026", "Visit planned for September 2026"),
        (
            "Work goes on with the partners in all four places to agree the shared crisis pathway",
            "Work continues with the partners in all four places to agree the shared crisis pathway",
        ),
    ],
)
def test_words_that_say_the_same_are_the_same(one, other):
    assert same_words(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (RECRUITED, "Recruitment stands at 60–70% of the crisis team"),
        ("Two nurses have started", "Three nurses have started"),
        ("The rota is agreed", "The rota is not agreed"),
        ("The room isn't ready at Harbour House for the team", "The room is ready at Harbour House for the team"),
        ("The team goes live in March", "The team goes live in April"),
        ("The team goes live by spring", "The team goes live by summer"),
        ("The panel meets on Monday to agree the plan", "The panel meets on Friday to agree the plan"),
        ("1 of 2 posts filled", "2 of 1 posts filled"),
        ("Budget of £1.5m agreed", "Budget of £15m agreed"),
        ("Waits are above the target", "Waits are below the target"),
        ("The rota is agreed", "The base has moved"),
        ("", ""),
        ("•", "–"),
    ],
)
def test_words_that_differ_in_what_matters_are_not_the_same(one, other):
    assert not same_words(one, other)


@given(SENTENCES, SENTENCES)
def test_it_does_not_matter_which_of_two_sentences_was_first(one, other):
    assert same_words(one, other) == same_words(other, one)


@given(st.text())
def test_a_sentence_is_the_same_as_itself_unless_it_says_nothing(text):
    assert same_words(text, text) or not any(character.isalnum() for character in text)


@given(SENTENCES, st.integers(0, 999), st.integers(0, 999))
def test_a_number_that_changed_is_never_the_same(text, one, other):
    assert same_words(f"{text} x {one}", f"{text} x {other}") == (one == other)


# -- how long words have stood -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "updates", "since"),
    [
        ([], 1, OCTOBER),
        ([MonthWords(SEPTEMBER, ("The rota is agreed",))], 2, SEPTEMBER),
        ([MonthWords(AUGUST, ("The rota is agreed",)), MonthWords(SEPTEMBER, ("The rota is agreed",))], 3, AUGUST),
        # July and August say something else in between: what stood before does not count.
        ([MonthWords(JULY, ("The rota is agreed",)), MonthWords(AUGUST, ("The base moved",))], 1, OCTOBER),
        # Nothing was sent for September: nobody said otherwise.
        ([MonthWords(JULY, ("A", "The rota is agreed")), MonthWords(AUGUST, ("The rota is agreed", "B"))], 3, JULY),
        ([MonthWords(SEPTEMBER, ())], 1, OCTOBER),
        # Later months are nobody's past.
        ([MonthWords(OCTOBER, ("The rota is agreed",))], 1, OCTOBER),
    ],
)
def test_how_long_words_have_stood(earlier, updates, since):
    assert how_long("The rota is agreed", OCTOBER, earlier) == Stood(updates, since)


@given(st.lists(st.tuples(MONTHS, st.lists(SENTENCES, max_size=3)), unique_by=lambda each: each[0]), SENTENCES)
def test_words_never_stand_longer_than_there_are_updates(months, text):
    earlier = [MonthWords(month, tuple(texts)) for month, texts in months]
    stood = how_long(text, date(2027, 1, 1), earlier)
    assert 1 <= stood.updates <= len(earlier) + 1
    assert (stood.updates == 1) == (stood.since == date(2027, 1, 1))


def test_a_reader_is_told_from_the_second_update_and_the_lead_is_asked_from_the_third():
    assert [(Stood(n, AUGUST).is_marked, Stood(n, AUGUST).is_asked) for n in (1, 2, 3)] == [
        (False, False), (True, False), (True, True),
    ]  # fmt: skip
    assert Stood(3, AUGUST).words == "unchanged since August 2026"


# -- promises ----------------------------------------------------------------------------------------------------------


def month(month: date, *given: tuple[int, str], answers: tuple[Answer, ...] = ()) -> MonthPromises:
    return MonthPromises(month, given, answers)


def moved(month: date, text: str, when: str = "March 2027") -> Answer:
    return Answer(month, text, Outcome.MOVED, when=when)


def told(months: list[MonthPromises]) -> list[tuple[int, str]]:
    return [(promise.key, promise.age_words) for promise in open_promises(months)]


ROTA, BASE = "Agree the rota", "Move the base"
FIRST = month(JULY, (1, ROTA), (2, BASE))


def test_a_next_step_comes_back_until_it_is_answered():
    assert told([FIRST]) == [(1, "Promised in July 2026"), (2, "Promised in July 2026")]
    done = Answer(JULY, ROTA, Outcome.DONE)
    assert told([FIRST, month(AUGUST, answers=(done,))]) == [
        (2, "Promised in July 2026, not answered in 1 update"),
    ]  # fmt: skip
    dropped = Answer(JULY, BASE, Outcome.DROPPED, reason="the building was sold")
    assert told([FIRST, month(AUGUST, answers=(done, dropped))]) == []


def test_what_was_moved_goes_on_as_the_same_promise_and_remembers_how_often():
    once = month(AUGUST, (3, ROTA), answers=(moved(JULY, ROTA, "October"), Answer(JULY, BASE, Outcome.DONE)))
    assert told([FIRST, once]) == [(3, "Promised in July 2026, moved once, now to October")]
    twice = month(SEPTEMBER, (4, ROTA), answers=(moved(AUGUST, ROTA),))
    assert told([FIRST, once, twice]) == [(4, "Promised in July 2026, moved twice, now to March 2027")]
    kept = month(OCTOBER, answers=(Answer(SEPTEMBER, ROTA, Outcome.DONE),))
    assert told([FIRST, once, twice, kept]) == []


def test_what_was_moved_stays_open_even_where_a_correction_took_it_from_the_next_steps():
    without = month(AUGUST, answers=(moved(JULY, ROTA), Answer(JULY, BASE, Outcome.DONE)))
    assert told([FIRST, without]) == [(1, "Promised in July 2026, moved once, now to March 2027")]


def test_the_same_next_step_given_again_is_the_same_promise():
    again = month(AUGUST, (5, "agree the rota."), answers=(Answer(JULY, BASE, Outcome.DONE),))
    assert told([FIRST, again]) == [(5, "Promised in July 2026")]
    assert told([FIRST, again, month(SEPTEMBER, answers=(Answer(AUGUST, "agree the rota.", Outcome.DONE),))]) == []


def test_a_promise_that_nobody_answers_is_asked_three_times_and_then_let_go():
    silent = [month(date(2026, 7 + n, 1)) for n in range(1, ASKED_AT_MOST + 1)]
    assert [len(open_promises([FIRST, *silent[:n]])) for n in range(ASKED_AT_MOST + 1)] == [2, 2, 2, 0]


def test_an_answer_about_something_else_changes_nothing():
    strange = Answer(date(2025, 1, 1), ROTA, Outcome.DONE)
    assert [p.key for p in open_promises([FIRST, month(AUGUST, answers=(strange,))])] == [1, 2]


@given(st.permutations([FIRST, month(AUGUST, (3, ROTA), answers=(moved(JULY, ROTA),)), month(SEPTEMBER, (4, "Train"))]))
def test_the_order_in_which_months_are_read_does_not_matter(months):
    assert [(p.key, p.moved) for p in open_promises(months)] == [(2, 0), (3, 1), (4, 0)]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(JULY, ROTA, Outcome.DONE), "Done"),
        (moved(JULY, ROTA), "Moved to March 2027"),
        (Answer(JULY, ROTA, Outcome.DROPPED, reason="the team has gone"), "Dropped because the team has gone"),
    ],
)
def test_an_answer_in_words(answer, words):
    assert answer.words == words


# -- prompts and no change ---------------------------------------------------------------------------------------------


def test_a_section_gets_one_prompt_at_most_and_the_most_important_one():
    assert one_prompt([None, None]) is None
    assert one_prompt([Prompt(3, "c"), None, Prompt(1, "a"), Prompt(1, "b")]) == Prompt(1, "a")


def test_prompts_say_what_they_lean_on():
    assert still_so(None) is None
    assert still_so(longest([])) is None
    assert still_so(Stood(2, AUGUST)) is None
    asked = still_so(longest([Stood(2, AUGUST), Stood(3, JULY)]))
    assert asked is not None
    assert asked.words == "Some words here have stood unchanged in 3 updates. Is it still so?"
    assert past_their_day(0) is None
    assert [past_their_day(n).words for n in (1, 2)] == [  # type: ignore[union-attr]
        "1 milestone is past its date. Give a new date, or record it as done.",
        "2 milestones are past their dates. Give a new date, or record it as done.",
    ]
    months = [FIRST, month(AUGUST, (3, ROTA), answers=(moved(JULY, ROTA),))]
    assert often_moved(open_promises(months)) is None
    months.append(month(SEPTEMBER, (4, ROTA), answers=(moved(AUGUST, ROTA),)))
    assert often_moved(open_promises(months)) == Prompt(
        2, "“Agree the rota” has been moved twice. What stands in its way?"
    )


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (LastMonths(True, True, False, 0), ""),
        (LastMonths(True, True, False, 1), ""),
        (LastMonths(True, True, False, 2), "“No change” was given twice in a row. Look afresh and write an update."),
        (LastMonths(False, True, False, 0), "There is no update for the month before that could still stand."),
        (
            LastMonths(True, False, False, 0),
            "The last update was not rated, so there is no rating that could still stand.",
        ),
        (LastMonths(True, True, True, 0), "The last rating is Red. Say what has been done to get back on track."),
        (
            LastMonths(True, True, False, 0, looks_worse=True),
            "Milestones, risks or measures suggest a worse rating than the last one. Say how it is.",
        ),
    ],
)
def test_when_no_change_can_be_said(last, why):
    assert why_not_no_change(last) == why
