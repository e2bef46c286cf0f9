"""What does not fit together: each rule with the facts it needs, and the facts that keep it quiet."""

from datetime import date
from typing import Any

import pytest

from programme.status import Rag
from workstreams.closing import Held, checks
from workstreams.inconsistency import Declared, Facts, Kind, Planned, Wanted, found
from workstreams.objectives import Said

TODAY = date(2026, 11, 4)
OCTOBER = date(2026, 10, 1)
GREEN, RED = Declared(Rag.GREEN, OCTOBER), Declared(Rag.RED, OCTOBER)
MOVED = Planned(1, "Rota agreed", moves=2)
QUIET = [Said(date(2026, month, 1), ("Two nurses have started",), ("Two nurses have started",)) for month in (10, 9, 8)]
OTHER = ", and 1 other milestone twice or more"
LINE = (1, "Answer the crisis line at night")


def told(**about: Any) -> list[tuple[Kind, str]]:
    return [(each.kind, each.sentence) for each in found(Facts(TODAY, **about))]


@pytest.mark.parametrize(
    ("about", "kind", "sentence"),
    [
        (
            {"declared": RED},
            Kind.RED_WITHOUT_PATH,
            "It is rated Red for October 2026, and no way back to Green is given.",
        ),
        (
            {"declared": Declared(Rag.RED, OCTOBER, has_path=True, path_by=date(2026, 11, 3))},
            Kind.RED_WITHOUT_PATH,
            "It is rated Red for October 2026, and the day it was to be Green again, 3 November 2026, has passed.",
        ),
        (
            {"asks": [Wanted(5, "Fund two more nurses.", date(2026, 10, 16))]},
            Kind.ASK_PAST,
            "“Fund two more nurses” was wanted by 16 October 2026 and has no answer.",
        ),
        (
            {"conditions": [Wanted(5, "Show the rota", date(2026, 10, 16))]},
            Kind.CONDITION_OVERDUE,
            "The condition of a gate, “Show the rota”, was due on 16 October 2026 and is open.",
        ),
        (
            {"checks": checks(date(2026, 8, 1), {}, TODAY), "is_running": False},
            Kind.CHECK_OVERDUE,
            "Its 3-month check was due on 1 November 2026 and nobody has answered it.",
        ),
        (
            {"voices_overdue": 1},
            Kind.VOICE_UNTOLD,
            "1 thing that was heard has waited for an answer for more than 12 weeks.",
        ),
        (
            {"closed_on": date(2026, 8, 1), "is_running": False, "milestones": [MOVED, Planned(2, "Film made")]},
            Kind.CLOSED_UNFINISHED,
            "It closed on 1 August 2026 with 2 unfinished milestones: “Rota agreed” and “Film made”.",
        ),
        (
            {"declared": GREEN, "milestones": [MOVED, Planned(2, "Film made", moves=3)]},
            Kind.GREEN_BUT_MOVED,
            f"It is rated Green for October 2026, and “Film made” has been moved 3 times{OTHER}.",
        ),
        (
            {"objectives": [LINE], "updates": [*QUIET[:1], *QUIET[1:]]},
            Kind.OBJECTIVE_SILENT,
            "Objective 1, “Answer the crisis line at night”: none of the last 3 updates mentions it.",
        ),
        (
            {"objectives": [LINE, (2, "Publish one dashboard"), (3, "Recruit nurses")], "updates": QUIET},
            Kind.OBJECTIVE_SILENT,
            f"2 of its 3 objectives go unmentioned in the last 3 updates: “{LINE[1]}” and “Publish one dashboard”.",
        ),
        (
            {"objectives": [LINE], "updates": [Said(date(2026, 10, 1), ("a b", "c d"), ("Films", "Rooms"))]},
            Kind.WORK_UNMATCHED,
            "None of the 2 points of progress for October 2026 speaks of an objective.",
        ),
        (
            {"milestones": [Planned(n, f"Step {n}", is_open=False, recorded_as_done=True) for n in (1, 2, 3, 4)]},
            Kind.DONE_UNSHOWN,
            "4 milestones are done without a link to what shows it: “Step 1”, “Step 2” and 2 more.",
        ),
        (
            {"objectives": [LINE], "updates": QUIET[:1]},
            Kind.WORK_UNMATCHED,
            "The only point of progress for October 2026 speaks of no objective.",
        ),
    ],
)
def test_each_rule_says_what_does_not_fit_and_why(about, kind, sentence):
    assert (kind, sentence) in told(**about)


@pytest.mark.parametrize(
    "about",
    [
        {},
        {"declared": RED, "is_running": False},
        {"declared": Declared(Rag.RED, OCTOBER, has_path=True, path_by=TODAY)},
        {"asks": [Wanted(5, "Fund", TODAY), Wanted(6, "Pay", None)]},
        {"conditions": [Wanted(5, "Show", TODAY)]},
        {"checks": checks(date(2026, 8, 4), {}, TODAY)},
        {"checks": checks(date(2026, 8, 1), {3: Held.NOT_HELD}, TODAY)},
        {"closed_on": TODAY, "milestones": [Planned(1, "Review", lies_after_closing=True)]},
        {"closed_on": TODAY, "milestones": [Planned(1, "Film", is_open=False)]},
        {"declared": GREEN, "milestones": [Planned(1, "Film", moves=1)]},
        {"declared": GREEN, "milestones": [Planned(1, "Film", moves=4, is_open=False)]},
        {"declared": Declared(Rag.AMBER, OCTOBER), "milestones": [MOVED]},
        {"declared": GREEN, "milestones": [MOVED], "is_running": False},
        {"objectives": [LINE], "updates": QUIET, "is_running": False},
        {"updates": QUIET},
        {"objectives": [LINE], "updates": [Said(date(2026, 10, 1), ("x",), ("The line is open", "Rooms"))]},
        {"milestones": [Planned(1, "Film", is_open=False, recorded_as_done=True, has_evidence=True)]},
        {"milestones": [Planned(1, "Film", is_open=False)]},
    ],
)
def test_facts_that_fit_say_nothing(about):
    assert told(**about) == []


def test_kinds_are_listed_once_each_and_the_rules_keep_their_order():
    milestones = [MOVED, Planned(9, "Film", recorded_as_done=True)]
    everything = Facts(
        TODAY, declared=RED, asks=[Wanted(5, "Fund", OCTOBER)], milestones=milestones, objectives=[LINE],
        updates=QUIET, voices_overdue=2, checks=checks(date(2026, 1, 1), {}, TODAY),
    )  # fmt: skip
    kinds = [each.kind for each in found(everything)]
    assert kinds == sorted(kinds, key=list(Kind).index)
    assert len({kind.words for kind in Kind}) == len(Kind)
