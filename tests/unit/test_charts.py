"""Chart geometry: every rating and every date lands where a reader expects it."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.charts import StripMonth, rating_mark, rating_strip
from programme.status import PlanState, Rag
from programme.timeline import PhaseBand, TimelineItem, timeline

SIX_MONTHS = [
    StripMonth("May 2026", Rag.GREEN),
    StripMonth("June 2026", Rag.AMBER),
    StripMonth("July 2026", Rag.RED),
    StripMonth("August 2026", Rag.NOT_REPORTED),
    StripMonth("September 2026", Rag.NOT_RATED),
    StripMonth("October 2026", Rag.COMPLETE),
]
TODAY = date(2026, 11, 22)
EXACT = TimelineItem("Team opens", "31 October 2026", PlanState.OVERDUE, date(2026, 10, 31), date(2026, 10, 31))
WINDOW = TimelineItem("Review", "Spring 2027", PlanState.PLANNED, date(2027, 3, 1), date(2027, 5, 31))
UNDATED = TimelineItem("Peer support", "", PlanState.UNDATED, None, None)


def test_strip_says_every_month_and_rating_in_one_sentence() -> None:
    assert rating_strip(SIX_MONTHS).title == (
        "Rating by month: May 2026 Green; June 2026 Amber; July 2026 Red; August 2026 Not reported; "
        "September 2026 Not rated; October 2026 Complete."
    )


def test_strip_shows_a_letter_for_each_month_and_marks_the_latest() -> None:
    strip = rating_strip(SIX_MONTHS)

    assert [cell.letter for cell in strip.cells] == ["G", "A", "R", "·", "–", "C"]
    assert [cell.border_width for cell in strip.cells] == [0.75, 0.75, 0.75, 0.75, 0.75, 1.5]


def test_narrow_strip_names_the_first_and_last_month_only_and_never_in_short_form() -> None:
    assert [label.text for label in rating_strip(SIX_MONTHS).labels] == ["May", "October"]


def test_wide_strip_names_every_month() -> None:
    labels = rating_strip(SIX_MONTHS, cell_width=78).labels

    assert [label.text for label in labels] == ["May", "June", "July", "August", "September", "October"]


def test_empty_strip_says_so() -> None:
    strip = rating_strip([])

    assert (strip.title, strip.cells, strip.labels) == ("No ratings yet.", (), ())


def test_each_rating_has_a_mark_of_its_own_without_colour() -> None:
    outlines = {(rating_mark(rag, 0, 0, 10).path, rating_mark(rag, 0, 0, 10).fill == "none") for rag in Rag}

    assert len(outlines) == len(Rag)


@given(st.lists(st.sampled_from(list(Rag)), min_size=1, max_size=24), st.integers(min_value=24, max_value=120))
def test_nothing_of_a_strip_is_drawn_outside_it(ratings: list[Rag], cell_width: int) -> None:
    strip = rating_strip([StripMonth("May 2026", rating) for rating in ratings], cell_width=cell_width)

    assert all(0 <= cell.x and cell.x + cell.width <= strip.width for cell in strip.cells)
    assert all(strip.cell_height < label.y <= strip.height for label in strip.labels)


def test_an_exact_day_is_a_point_and_a_window_is_a_bar() -> None:
    (phase,) = timeline([EXACT, WINDOW], today=TODAY).phases
    exact, window = phase.rows

    assert (exact.bar, exact.mark is not None) == (None, True)
    assert (window.mark, window.bar is not None) == (None, True)


def test_a_window_is_as_wide_as_it_is_long() -> None:
    longer = replace(WINDOW, end=date(2027, 11, 30))
    (phase,) = timeline([WINDOW, longer], today=TODAY).phases
    short, long = (row.bar for row in phase.rows)

    assert short is not None
    assert long is not None
    assert long[2] == pytest.approx(short[2] * 3, rel=0.03)


@pytest.mark.parametrize(
    ("start", "end", "arrows"),
    [(None, date(2027, 4, 30), (True, False)), (date(2027, 4, 1), None, (False, True))],
    ids=["by a day", "from a day"],
)
def test_an_open_side_points_outward(start: date | None, end: date | None, arrows: tuple[bool, bool]) -> None:
    ((row,),) = (phase.rows for phase in timeline([replace(WINDOW, start=start, end=end)], today=TODAY).phases)

    assert (bool(row.arrow_start), bool(row.arrow_end)) == arrows


def test_a_milestone_without_a_date_keeps_its_row_and_has_no_mark() -> None:
    (phase,) = timeline([UNDATED, EXACT], today=TODAY).phases

    assert [row.lines[0].text for row in phase.rows] == ["Team opens", "Peer support"]
    assert (phase.rows[1].bar, phase.rows[1].mark, phase.rows[1].note.text) == (None, None, "No date")


def test_milestones_stand_under_their_phase_in_the_order_given() -> None:
    drawn = timeline([replace(WINDOW, phase="Phase 2"), replace(EXACT, phase="Phase 1")], today=TODAY)

    assert [phase.label.text for phase in drawn.phases if phase.label] == ["Phase 2", "Phase 1"]


def test_timeline_says_every_milestone_in_one_sentence() -> None:
    assert timeline([EXACT, WINDOW, UNDATED], today=TODAY).title == (
        "3 milestones: Team opens, 31 October 2026, overdue; Review, Spring 2027, planned; "
        "Peer support, no date, no date."
    )


def test_empty_timeline_says_so_and_draws_nothing() -> None:
    drawn = timeline([], today=TODAY)

    assert (drawn.title, drawn.phases, drawn.ticks, drawn.today) == ("No milestones yet.", (), (), None)


def test_today_stands_between_past_and_future() -> None:
    drawn = timeline([EXACT, WINDOW], today=TODAY)
    (phase,) = drawn.phases
    exact, window = phase.rows

    assert drawn.today is not None
    assert exact.mark is not None
    assert window.bar is not None
    assert float(re.findall(r"[\d.]+", exact.mark.path)[0]) < drawn.today.x < window.bar[0]


def test_months_on_the_axis_have_their_full_names() -> None:
    assert [tick.text for tick in timeline([EXACT], today=TODAY).ticks] == [
        "October 2026",
        "November 2026",
        "December 2026",
    ]


def test_a_long_axis_names_years() -> None:
    far = replace(WINDOW, start=date(2040, 1, 1), end=date(2040, 12, 31))

    assert all(re.fullmatch(r"20\d\d", tick.text) for tick in timeline([EXACT, far], today=TODAY).ticks)


def test_a_long_title_takes_two_lines_and_ends_in_dots() -> None:
    ((row,),) = (phase.rows for phase in timeline([replace(EXACT, title="A very long name " * 9)], today=None).phases)

    assert len(row.lines) == 2
    assert row.lines[1].text.endswith("…")


DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2040, 12, 31))


@given(st.lists(st.tuples(DAYS, st.integers(min_value=0, max_value=900)), min_size=1, max_size=12), DAYS)
def test_nothing_of_a_timeline_is_drawn_outside_it(spans: list[tuple[date, int]], today: date) -> None:
    items = [replace(WINDOW, start=start, end=start + timedelta(days=days)) for start, days in spans]
    drawn = timeline(items, today=today)

    bars = [row.bar for phase in drawn.phases for row in phase.rows if row.bar]
    assert all(0 <= x and x + width <= drawn.width for x, _, width, _ in bars)
    assert all(row.y <= drawn.bottom for phase in drawn.phases for row in phase.rows)
    assert all(0 <= tick.x <= drawn.width for tick in drawn.ticks)


BAND = PhaseBand("Phase 1", "January to March 2027", date(2027, 1, 1), date(2027, 3, 31))


def test_a_phase_with_a_window_has_its_dates_as_written_and_a_band_as_wide_as_it_is() -> None:
    (phase,) = timeline([replace(WINDOW, phase="Phase 1")], today=TODAY, phases=[BAND]).phases

    assert phase.label is not None
    assert phase.label.text == "Phase 1 · January to March 2027"
    assert phase.band is not None
    assert phase.rows[0].bar is not None
    assert phase.band[2] == pytest.approx(phase.rows[0].bar[2], rel=0.05)


def test_a_phase_without_a_window_has_its_name_alone() -> None:
    (phase,) = timeline(
        [replace(WINDOW, phase="Phase 1")], today=TODAY, phases=[replace(BAND, start=None, end=None)]
    ).phases

    assert phase.label is not None
    assert (phase.label.text, phase.band) == ("Phase 1", None)


def test_on_a_window_what_is_done_or_overdue_has_a_mark_of_its_own() -> None:
    states = [PlanState.OVERDUE, PlanState.DONE, PlanState.SAID_DONE, PlanState.PLANNED]
    (phase,) = timeline([replace(WINDOW, state=state) for state in states], today=TODAY).phases

    assert [row.mark is not None for row in phase.rows] == [True, True, True, False]
    overdue, done, said_done, _ = phase.rows
    assert overdue.mark is not None
    assert done.mark is not None
    tops = [min(float(n) for n in re.findall(r"[\d.]+ ([\d.]+)", mark.path)) for mark in (overdue.mark, done.mark)]
    assert overdue.y - tops[0] != pytest.approx(done.y - tops[1])  # a diamond stands on its point, a square does not
    assert (done.bar_dash, said_done.bar_dash) == ("", "4 2")


def test_a_drawing_of_some_months_shows_what_reaches_beyond_with_an_arrow() -> None:
    span = (date(2026, 11, 1), date(2027, 4, 30))
    beyond = replace(WINDOW, start=date(2027, 5, 1))
    (phase,) = timeline([WINDOW, EXACT, beyond], today=TODAY, span=span).phases
    before, window, after = phase.rows

    assert (bool(window.arrow_start), bool(window.arrow_end)) == (False, True)
    assert (before.bar is not None, bool(before.arrow_start), bool(before.arrow_end)) == (True, True, False)
    assert (after.bar, after.mark) == (None, None)


@given(st.lists(st.tuples(DAYS, st.integers(min_value=0, max_value=900)), min_size=1, max_size=12), DAYS)
def test_nothing_of_a_drawing_of_some_months_is_drawn_outside_it(spans: list[tuple[date, int]], today: date) -> None:
    items = [replace(WINDOW, start=start, end=start + timedelta(days=days)) for start, days in spans]
    drawn = timeline(items, today=today, span=(today, today + timedelta(days=365)))

    bars = [row.bar for phase in drawn.phases for row in phase.rows if row.bar]
    assert all(0 <= x and x + width <= drawn.width for x, _, width, _ in bars)
    assert drawn.today is not None
    assert 0 <= drawn.today.x <= drawn.width
