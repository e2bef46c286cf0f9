"""The value of a stated date: windows, words, order, lateness and slip."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.dates import FuzzyDate, Kind, Precision, slip

WORDS = [
    (FuzzyDate.day(date(2026, 12, 24)), "24 December 2026"),
    (FuzzyDate.month(2026, 10), "October 2026"),
    (FuzzyDate.months(date(2025, 2, 1), date(2025, 4, 1)), "February to April 2025"),
    (FuzzyDate.months(date(2025, 11, 1), date(2026, 4, 1)), "November 2025 to April 2026"),
    (FuzzyDate.months(date(2025, 11, 5), date(2025, 11, 9)), "November 2025"),
    (FuzzyDate.season(2025, "winter"), "Winter 2025 to 2026"),
    (FuzzyDate.season(2025, "spring"), "Spring 2025"),
    (FuzzyDate.year(2025), "2025"),
    (FuzzyDate.financial_year(2023), "financial year 2023 to 2024"),
    (FuzzyDate.week(date(2025, 3, 3)), "week commencing 3 March 2025"),
    (FuzzyDate.range(date(2025, 6, 4), date(2025, 6, 6)), "4 to 6 June 2025"),
    (FuzzyDate.range(date(2025, 3, 28), date(2025, 4, 4)), "28 March to 4 April 2025"),
    (FuzzyDate.range(date(2025, 12, 28), date(2026, 1, 4)), "28 December 2025 to 4 January 2026"),
    (FuzzyDate.open_from(date(2026, 7, 1)), "July 2026 onwards"),
    (FuzzyDate.open_from(date(2026, 7, 9)), "9 July 2026 onwards"),
    (FuzzyDate.open_until(date(2021, 3, 31)), "by 31 March 2021"),
    (FuzzyDate.ongoing(), "Ongoing"),
    (FuzzyDate.undated(), "To be confirmed"),
]


@pytest.mark.parametrize(("stated", "words"), WORDS)
def test_words_can_be_read_in_one_way_only(stated: FuzzyDate, words: str) -> None:
    assert stated.display() == words
    assert str(stated) == words


PARTS = [
    (date(2025, 1, 1), date(2025, 3, 31), Precision.PART_YEAR, "early 2025"),
    (date(2025, 5, 1), date(2025, 8, 31), Precision.PART_YEAR, "mid 2025"),
    (date(2025, 11, 1), date(2025, 11, 10), Precision.PART_MONTH, "early November 2025"),
    (date(2025, 3, 1), date(2025, 8, 31), Precision.SEASON_RANGE, "Spring to summer 2025"),
    (date(2025, 10, 1), date(2025, 12, 31), Precision.QUARTER, "October to December 2025"),
    (date(2025, 4, 1), date(2025, 9, 30), Precision.HALF_YEAR, "April to September 2025"),
    (date(2025, 9, 1), date(2026, 8, 31), Precision.ACADEMIC_YEAR, "academic year 2025 to 2026"),
    (date(2018, 1, 1), date(2019, 12, 31), Precision.YEAR_RANGE, "2018 to 2019"),
    (date(2019, 4, 1), date(2024, 3, 31), Precision.YEAR_RANGE, "April 2019 to March 2024"),
    (date(2025, 11, 3), date(2026, 2, 28), Precision.SEASON, "3 November 2025 to 28 February 2026"),
]


@pytest.mark.parametrize(("start", "end", "precision", "words"), PARTS)
def test_words_of_stored_parts(start: date, end: date, precision: Precision, words: str) -> None:
    assert FuzzyDate.from_parts(text="as typed", start=start, end=end, precision=precision).display() == words


@pytest.mark.parametrize("month", range(1, 13))
def test_no_short_month_names(month: int) -> None:
    assert len(FuzzyDate.month(2025, month).display().split()[0]) >= 3
    assert "." not in FuzzyDate.month(2025, month).display()


def test_overdue_only_after_the_last_possible_day() -> None:
    winter = FuzzyDate.season(2025, "winter")
    assert not winter.is_past(date(2026, 2, 28))
    assert winter.is_past(date(2026, 3, 1))


@pytest.mark.parametrize("stated", [FuzzyDate.ongoing(), FuzzyDate.undated(), FuzzyDate.open_from(date(2000, 1, 1))])
def test_never_overdue_without_a_last_day(stated: FuzzyDate) -> None:
    assert not stated.is_past(date(2099, 1, 1))


def test_dated_before_undated_before_ongoing() -> None:
    dates = [
        FuzzyDate.ongoing(),
        FuzzyDate.undated(),
        FuzzyDate.season(2025, "spring"),
        FuzzyDate.month(2025, 3),
        FuzzyDate.open_from(date(2025, 3, 1)),
        FuzzyDate.open_until(date(2025, 2, 1)),
    ]
    ordered = [stated.display() for stated in sorted(dates, key=FuzzyDate.sort_key)]
    assert ordered == [
        "by 1 February 2025",
        "March 2025",
        "Spring 2025",
        "March 2025 onwards",
        "To be confirmed",
        "Ongoing",
    ]


SLIPS = [
    (FuzzyDate.day(date(2025, 3, 1)), FuzzyDate.day(date(2025, 3, 1)), "no change"),
    (FuzzyDate.day(date(2025, 3, 1)), FuzzyDate.day(date(2025, 3, 2)), "1 day later"),
    (FuzzyDate.day(date(2025, 3, 2)), FuzzyDate.day(date(2025, 3, 1)), "1 day earlier"),
    (FuzzyDate.month(2022, 11), FuzzyDate.month(2023, 1), "61 to 62 days later"),
    (FuzzyDate.month(2023, 1), FuzzyDate.season(2023, "spring"), "59 to 120 days later"),
    (FuzzyDate.month(2023, 3), FuzzyDate.month(2023, 2), "28 to 31 days earlier"),
    (FuzzyDate.month(2025, 4), FuzzyDate.season(2025, "spring"), "31 days earlier to 31 days later"),
    (FuzzyDate.open_until(date(2025, 3, 31)), FuzzyDate.month(2025, 4), "30 days later"),
]


@pytest.mark.parametrize(("baseline", "forecast", "words"), SLIPS)
def test_slip_is_days_or_a_range_of_days(baseline: FuzzyDate, forecast: FuzzyDate, words: str) -> None:
    moved = slip(baseline, forecast)
    assert moved is not None
    assert moved.words == words
    assert moved.least <= moved.most


def test_no_slip_without_a_shared_end() -> None:
    assert slip(FuzzyDate.ongoing(), FuzzyDate.month(2025, 1)) is None
    assert slip(FuzzyDate.open_from(date(2025, 1, 1)), FuzzyDate.open_until(date(2025, 2, 1))) is None


def test_refuses_a_window_that_ends_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends"):
        FuzzyDate.range(date(2025, 2, 1), date(2025, 1, 1))


def test_kind_follows_from_parts() -> None:
    def kind(start: date | None, end: date | None, precision: Precision) -> Kind:
        return FuzzyDate.from_parts(text="x", start=start, end=end, precision=precision).kind

    day = date(2025, 1, 1)
    assert kind(day, day, Precision.DAY) is Kind.SINGLE
    assert kind(day, None, Precision.MONTH) is Kind.OPEN_FROM
    assert kind(None, day, Precision.FINANCIAL_YEAR) is Kind.OPEN_UNTIL
    assert kind(None, None, Precision.ONGOING) is Kind.ONGOING
    assert kind(None, None, Precision.NONE) is Kind.RECURRING
    assert kind(None, None, Precision.RELATIVE_UNANCHORED) is Kind.UNDATED


def test_contains_and_widened() -> None:
    winter = FuzzyDate.season(2025, "winter")
    wider = winter.widened(FuzzyDate.day(date(2025, 11, 3)))
    assert (wider.start, wider.end) == (date(2025, 11, 3), date(2026, 2, 28))
    assert wider.contains(date(2025, 11, 3))
    assert not winter.contains(date(2025, 11, 3))
    assert "widened" in wider.basis
    assert winter.widened(FuzzyDate.day(date(2026, 1, 1))) is winter
    assert winter.widened(FuzzyDate.ongoing()) is winter
    assert FuzzyDate.open_from(date(2025, 1, 1)).contains(date(2090, 1, 1))
    assert not FuzzyDate.undated().contains(date(2025, 1, 1))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_slip_there_and_back_is_the_same_distance(before: date, after: date) -> None:
    there, back = slip(FuzzyDate.day(before), FuzzyDate.day(after)), slip(FuzzyDate.day(after), FuzzyDate.day(before))
    assert there is not None
    assert back is not None
    assert there.least == -back.least
