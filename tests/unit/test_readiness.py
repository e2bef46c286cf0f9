"""What stands against reporting a month, in sentences, and what is kept of the decision to go on."""

import pytest

from reporting.readiness import Kind, Line, Odd, readiness_of, record_of


def line(name: str = "Crisis care", **changes: object) -> Line:
    usual = {"leads": ("Ada",), "owes": True, "is_in": True, "update_words": "Sent", "needs_reason": False}
    return Line(name=name, slug=name.lower().replace(" ", "-"), **(usual | {"reason": ""} | changes))  # type: ignore[arg-type]


def test_a_month_with_everything_is_ready_and_keeps_no_decision():
    found = readiness_of([line(), line("Schools", owes=False, is_in=False)])
    assert found.is_ready
    assert found.sentence == "The month is ready: the one update is in, and nothing stands against reporting it."
    assert record_of(found, who="Ada", when="today", reason="")["decision"] == ""


def test_everything_that_is_missing_is_named_and_counted():
    found = readiness_of(
        [
            line(is_in=False, update_words="3 days late"),
            line("Schools", needs_reason=True, reason=" "),
            line("Waiting lists", needs_reason=True, reason="Two posts are vacant"),
        ],
        [Odd("Schools", "schools", "its lead says Green, the rules say Red.")],
    )
    assert found.sentence == (
        "The month is not ready: 1 update of 3 is not in, 1 rating is without a reason, 1 thing does not fit together."
    )
    assert [(heading, [point.sentence for point in points]) for heading, points in found.groups] == [
        ("Not in", ["Crisis care: 3 days late (Ada)"]),
        ("Ratings without a reason", ["Schools: its rating has no reason."]),
        ("Does not fit together", ["Schools: its lead says Green, the rules say Red."]),
    ]
    assert [point.kind for point in found.points] == [Kind.NOT_IN, Kind.NO_REASON, Kind.INCONSISTENT]


def test_where_updates_are_in_but_something_else_stands_against_it_both_are_said():
    found = readiness_of([line(), line("Schools", needs_reason=True)])
    assert found.sentence == "The month is not ready: all 2 updates are in, 1 rating is without a reason."


def test_a_month_without_workstreams_owes_nothing():
    assert readiness_of([]).sentence == "No workstream owes an update for this month."


@pytest.mark.parametrize(
    ("schedule", "decision"),
    [
        ("", "Ada decided on 9 November to report all the same: The board meets tomorrow"),
        ("2 days after", "The report was made by its schedule (2 days after) on 9 November, without waiting."),
    ],
)
def test_the_decision_says_who_when_and_why(schedule, decision):
    found = readiness_of([line(is_in=False, update_words="Late", leads=())])
    kept = record_of(found, who="Ada", when="9 November", reason="The board meets tomorrow", schedule=schedule)
    assert kept["decision"] == decision
    assert kept["points"] == [{"kind": "not_in", "text": "Crisis care: Late"}]
