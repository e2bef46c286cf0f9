"""The derived rating: every rule on each side of its boundary, and what holds for any facts whatever."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.status import Rag
from workstreams.rag import (
    AskFact,
    Facts,
    IssueFact,
    LastKnown,
    MeasureFact,
    MilestoneFact,
    RiskFact,
    Thresholds,
    UpdateIn,
    derive,
    is_better,
    question,
)

LIMITS = Thresholds()
# Everything recorded, nothing wrong, the update in.
GOOD = Facts(
    milestones=(), asks=(), issues=(), risks=(), measures=(), update=UpdateIn.IN, month_words="October 2026",
    due_words="6 November 2026",
)  # fmt: skip
R, A, G = Rag.RED, Rag.AMBER, Rag.GREEN


def late(days: int, *, critical: bool = False) -> Facts:
    return replace(GOOD, milestones=[MilestoneFact("Rota agreed", is_critical=critical, days_overdue=days)])


def slipped(days: int, *, critical: bool = False) -> Facts:
    return replace(GOOD, milestones=[MilestoneFact("Rota agreed", is_critical=critical, slip_days=days)])


def moved(times: int) -> Facts:
    return replace(GOOD, milestones=[MilestoneFact("Rota agreed", moves=times)])


def waiting(days: int) -> Facts:
    return replace(GOOD, asks=[AskFact("Fund two nurses", days)])


def risky(score: int, *, action: bool = False) -> Facts:
    return replace(GOOD, risks=[RiskFact("Nurses leave", score, action)])


@pytest.mark.parametrize(
    ("facts", "rating", "fact", "threshold"),
    [
        (GOOD, G, "", ""),
        (late(0), G, "", ""),
        (late(1), A, "A milestone, ‘Rota agreed’, is 1 day past its latest possible day", "more than 0 days"),
        (late(30), A, "A milestone, ‘Rota agreed’, is 30 days past its latest possible day", "more than 0 days"),
        (
            late(31),
            R,
            "A milestone, ‘Rota agreed’, is 31 days past its latest possible day with no new forecast",
            "more than 30 days",
        ),
        (late(0, critical=True), G, "", ""),
        (
            late(1, critical=True),
            R,
            "A critical milestone, ‘Rota agreed’, is 1 day past its latest possible day",
            "critical, more than 0 days",
        ),
        (slipped(30), G, "", ""),
        (slipped(31), A, "A milestone, ‘Rota agreed’, is forecast 31 days after its baseline", "more than 30 days"),
        (slipped(91), A, "A milestone, ‘Rota agreed’, is forecast 91 days after its baseline", "more than 30 days"),
        (
            slipped(90, critical=True),
            A,
            "A milestone, ‘Rota agreed’, is forecast 90 days after its baseline",
            "more than 30 days",
        ),
        (
            slipped(91, critical=True),
            R,
            "A critical milestone, ‘Rota agreed’, is forecast 91 days after its baseline",
            "critical, more than 90 days",
        ),
        (slipped(-60, critical=True), G, "", ""),
        (moved(1), G, "", ""),
        (moved(2), A, "A milestone, ‘Rota agreed’, has been moved 2 times", "2 times or more"),
        (waiting(9), G, "", ""),
        (
            waiting(10),
            R,
            "A blocking ask, ‘Fund two nurses’, is unanswered 10 working days after its day",
            "10 working days or more",
        ),
        (risky(14), G, "", ""),
        (
            risky(15),
            A,
            "A risk, ‘Nurses leave’, scores 15 and has no current action",
            "a score of 15 or more without a current action",
        ),
        (risky(25, action=True), G, "", ""),
        (replace(GOOD, issues=[IssueFact("Line is down", is_high=False)]), G, "", ""),
        (
            replace(GOOD, issues=[IssueFact("Line is down", is_high=True)]),
            A,
            "An issue, ‘Line is down’, is open",
            "an open issue rated high",
        ),
        (replace(GOOD, measures=[MeasureFact("Waits")]), G, "", ""),
        (
            replace(GOOD, measures=[MeasureFact("Waits", is_concern=True)]),
            A,
            "A measure, ‘Waits’, gives cause for concern",
            "a latest point of special-cause concern",
        ),
        (
            replace(GOOD, measures=[MeasureFact("Waits", cannot_meet_target=True)]),
            A,
            "A measure, ‘Waits’, will not meet its target as things are",
            "a target the process cannot meet",
        ),
    ],
)
def test_each_rule_on_both_sides_of_its_boundary(facts, rating, fact, threshold):
    derived = derive(facts, LIMITS)
    wanted = [f"{fact} ({rating.word}: {threshold})"] if fact else []
    assert (derived.rating, [reason.words for reason in derived.reasons]) == (rating, wanted)


def test_reasons_come_worst_first_and_the_worst_is_the_rating():
    derived = derive(replace(late(31), risks=[RiskFact("Nurses leave", 20, has_current_action=False)]), LIMITS)
    assert ([reason.rating for reason in derived.reasons], derived.rating) == ([R, A], R)
    assert derived.sentence == "The rules say Red: 2 reasons."


def test_silence_is_shown_instead_of_a_colour_with_the_last_rating_known_and_its_age():
    known = LastKnown(A, "September 2026", 48)
    silent = replace(late(31), update=UpdateIn.MISSING, last_known=known)
    derived = derive(silent, LIMITS)
    assert (derived.rating, derived.facts_say) == (Rag.NOT_REPORTED, R)
    assert derived.sentence == (
        "No update for October 2026 is in. The last rating known is Amber for September 2026, 48 days old. "
        "The facts alone would say Red."
    )
    assert derived.reasons[0].words == "No update for October 2026 is in (Not reported: due on 6 November 2026)"


def test_nobody_is_silent_before_the_first_update_is_due_and_nobody_is_green_either():
    derived = derive(replace(GOOD, update=UpdateIn.NOT_EXPECTED), LIMITS)
    assert (derived.rating, derived.reasons) == (Rag.NOT_RATED, ())
    assert derive(replace(late(31), update=UpdateIn.NOT_EXPECTED), LIMITS).rating is R


def test_a_closed_workstream_is_complete_whatever_the_rest_says():
    assert derive(replace(late(400), is_closed=True), LIMITS).rating is Rag.COMPLETE


def test_what_nobody_recorded_is_named_and_not_counted_as_good():
    derived = derive(Facts(update=UpdateIn.IN, asks=(), month_words="October 2026", undated_milestones=2), LIMITS)
    assert derived.not_known == ("milestones", "issues", "risks", "measures", "the dates of 2 milestones")
    assert derived.not_known_sentence == (
        "Not known, and so not counted as good: milestones, issues, risks, measures and the dates of 2 milestones."
    )
    assert derive(GOOD, LIMITS).not_known_sentence == ""


def test_the_question_to_the_lead_names_the_reasons_of_the_rating_and_no_others():
    derived = derive(replace(late(31), issues=[IssueFact("Line is down", is_high=True)]), LIMITS)
    assert question(G, derived) == (
        "The rules say Red because a milestone, ‘Rota agreed’, is 31 days past its latest possible day with no new "
        "forecast (Red: more than 30 days). Why is it Green?"
    )
    assert question(R, derived) == ""
    assert question(Rag.NOT_RATED, derived) == ""


def test_a_question_with_many_reasons_names_three_and_counts_the_rest():
    many = replace(GOOD, issues=[IssueFact(f"Line {n} is down", is_high=True) for n in range(5)])
    asked = question(G, derive(many, LIMITS))
    assert asked.count("is open") == 3
    assert asked.endswith("; and 2 more reasons. Why is it Green?")


@pytest.mark.parametrize("silent", [Rag.NOT_REPORTED, Rag.NOT_RATED, Rag.COMPLETE])
def test_only_colours_are_compared(silent):
    assert not is_better(G, silent)
    assert not is_better(silent, R)
    assert (is_better(G, R), is_better(A, R), is_better(R, A), is_better(A, A)) == (True, True, False, False)


@pytest.mark.parametrize(
    ("limits", "wrong"),
    [
        (Thresholds(), []),
        (Thresholds(amber_overdue_days=30), []),
        (Thresholds(amber_overdue_days=31), ["amber_overdue_days"]),
        (Thresholds(amber_slip_days=91), ["amber_slip_days"]),
    ],
)
def test_an_amber_rule_that_would_start_after_red_is_a_problem(limits, wrong):
    assert list(limits.problems()) == wrong


# -- whatever the facts ------------------------------------------------------------------------------------------------

DAYS = st.integers(-5, 120)
MILESTONES = st.builds(
    MilestoneFact, title=st.just("M"), is_critical=st.booleans(), days_overdue=st.integers(0, 120),
    slip_days=st.none() | DAYS, moves=st.integers(0, 6),
)  # fmt: skip
ASKS = st.builds(AskFact, text=st.just("A"), working_days_past=st.integers(0, 40))
ISSUES = st.builds(IssueFact, text=st.just("I"), is_high=st.booleans())
RISKS = st.builds(RiskFact, text=st.just("R"), score=st.integers(1, 25), has_current_action=st.booleans())
MEASURES = st.builds(MeasureFact, name=st.just("W"), is_concern=st.booleans(), cannot_meet_target=st.booleans())


def some(facts):
    return st.none() | st.lists(facts, max_size=3)


FACTS = st.builds(
    Facts, milestones=some(MILESTONES), asks=some(ASKS), issues=some(ISSUES), risks=some(RISKS),
    measures=some(MEASURES), update=st.sampled_from(UpdateIn), month_words=st.just("October 2026"),
    due_words=st.just("6 November 2026"), undated_milestones=st.integers(0, 3),
)  # fmt: skip
MORE = {"milestones": MILESTONES, "asks": ASKS, "issues": ISSUES, "risks": RISKS, "measures": MEASURES}


@given(facts=FACTS, data=st.data(), what=st.sampled_from(sorted(MORE)))
def test_one_more_fact_never_makes_a_rating_better(facts, data, what):
    more = replace(facts, **{what: [*(getattr(facts, what) or ()), data.draw(MORE[what])]})
    before, after = derive(facts, LIMITS), derive(more, LIMITS)
    assert after.rating.severity <= before.rating.severity
    assert len(after.reasons) >= len(before.reasons)


@given(facts=FACTS, what=st.sampled_from(sorted(MORE)))
def test_forgetting_what_was_recorded_never_gives_green_without_saying_so(facts, what):
    derived = derive(replace(facts, **{what: None}), LIMITS)
    assert what in derived.not_known


@given(facts=FACTS)
def test_every_reason_has_its_threshold_in_words_and_the_rating_is_the_worst_of_them(facts):
    derived = derive(facts, LIMITS)
    for reason in derived.reasons:
        assert reason.threshold
        assert reason.words.endswith(f" ({reason.rating.word}: {reason.threshold})")
    if facts.update is UpdateIn.MISSING:
        assert derived.rating is Rag.NOT_REPORTED
    elif derived.reasons:
        assert derived.rating is min((r.rating for r in derived.reasons), key=lambda rag: rag.severity)
    else:
        assert derived.rating in {G, Rag.NOT_RATED}


@given(facts=FACTS, name=st.sampled_from([field.name for field in fields(Thresholds)]), by=st.integers(1, 50))
def test_a_laxer_threshold_never_makes_a_rating_worse(facts, name, by):
    laxer = replace(LIMITS, **{name: getattr(LIMITS, name) + by})
    assert derive(facts, laxer).rating.severity >= derive(facts, LIMITS).rating.severity


def test_green_needs_the_update_of_the_last_due_month():
    for update in UpdateIn:
        assert (derive(replace(GOOD, update=update), LIMITS).rating is G) == (update is UpdateIn.IN)
