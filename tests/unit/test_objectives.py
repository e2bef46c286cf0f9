"""Which objectives updates speak of: tables of pairs, silence counted in updates and told in months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstreams.objectives import Heard, Said, heard, speaks_of, unmatched

LINE = "Answer nine in ten calls to the crisis line within one minute"
MONTHS = [date(2026, month, 1) for month in range(10, 4, -1)]


@pytest.mark.parametrize(
    ("point", "objective", "speaks"),
    [
        ("The crisis line is answered at night", LINE, True),
        ("Calls to the crisis line were answered in 70 seconds", LINE, True),
        ("Two nurses have started", LINE, False),
        ("The team agreed its new process", LINE, False),
        ("Waiting list for assessments fell to 210", "No child waits more than 52 weeks for an assessment", True),
        ("Assessments began in Halton", "No child waits more than 52 weeks for an assessment", True),
        ("Rooms were painted", "No child waits more than 52 weeks for an assessment", False),
        ("Supervision began", "Supervision", True),
        ("", LINE, False),
        ("Two nurses have started", "", False),
        ("In March and April", "The team will start in March", False),
    ],
)
def test_a_point_speaks_of_an_objective_with_which_it_shares_words(point, objective, speaks):
    assert speaks_of(point, objective) is speaks


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_does_not_matter_which_of_the_two_is_looked_at_first(one, other):
    assert speaks_of(one, other) is speaks_of(other, one)


def said(*spoken: bool) -> list[Said]:
    """Updates, the newest first, that speak of the line or do not."""
    words = {True: "The crisis line is answered", False: "Two nurses have started"}
    return [Said(month, (words[each],)) for month, each in zip(MONTHS, spoken, strict=False)]


@pytest.mark.parametrize(
    ("updates", "words", "silent"),
    [
        (said(), "No update has been sent yet", False),
        (said(True), "Mentioned in October 2026", False),
        (said(False), "The one update so far does not mention it", False),
        (said(False, True), "Not mentioned for 1 month, since September 2026", False),
        (said(False, False, False, True), "Not mentioned for 3 months, since July 2026", True),
        (said(False, False, False), "None of the last 3 updates mentions it", True),
        (said(True, False, False, False), "Mentioned in October 2026", False),
        ([said(False)[0], Said(date(2026, 5, 1), ("The crisis line is answered",))],
         "Not mentioned for 5 months, since May 2026", False),
    ],
)  # fmt: skip
def test_silence_is_counted_in_updates_and_told_in_months(updates, words, silent):
    told = heard(LINE, updates)
    assert (told.words, told.is_silent) == (words, silent)


def test_work_matches_no_objective_only_where_there_are_objectives():
    points = ("The crisis line is answered", "Two nurses have started")
    assert unmatched(points, [LINE, "Publish one dashboard"]) == ("Two nurses have started",)
    assert unmatched(points, []) == ()
    assert heard(LINE, []) == Heard(None, 0, 0)
