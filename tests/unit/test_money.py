"""Money in whole pounds: read as people type it, compared with the budget, rolled up without inventing anything."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstreams.money import (
    HIGHEST,
    Amounts,
    Line,
    financial_year,
    has_ended,
    pounds,
    read_pounds,
    roll_up,
    spent_words,
    total,
    variance,
    year_to_lead_with,
)  # fmt: skip

TODAY = date(2026, 11, 4)


@pytest.mark.parametrize(
    ("day", "first"),
    [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 12, 31), 2026), (date(2027, 1, 1), 2026)],
)
def test_a_financial_year_begins_on_the_first_of_april(day, first):
    assert financial_year(day) == first
    assert has_ended(first, day) is False
    assert has_ended(first - 1, day) is True


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12000", 12_000), ("12,000", 12_000), ("£12,000", 12_000), (" £ 12 000 ", 12_000), ("12k", 12_000),
        ("12.5K", 12_500), ("1.2m", 1_200_000), ("0", 0), ("12000.00", 12_000), ("10,000,000,000", HIGHEST),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_type_them(text, amount):
    assert read_pounds(text) == amount


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-5", "less than £0"), ("\u22125", "less than £0"), ("(5)", "less than £0"), ("12.50", "without pence"),
        ("1.2345678m", "Enter an amount"), ("12.0005k", "without pence"), ("about 12k", "Enter an amount"),
        ("", "Enter an amount"), ("10,000,000,001", "£10 billion or less"), ("٣", "Enter an amount"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_said(text, said):
    with pytest.raises(ValueError, match=said):
        read_pounds(text)


@given(st.integers(0, HIGHEST))
def test_every_amount_that_is_printed_can_be_typed_again(amount):
    assert read_pounds(pounds(amount)) == amount


@pytest.mark.parametrize(
    ("amounts", "ended", "words", "over"),
    [
        (Amounts(100_000, 112_000, None), False, "£12,000 over budget", 12_000),
        (Amounts(100_000, 97_000, 20_000), False, "£3,000 under budget", -3_000),
        (Amounts(100_000, 100_000, None), False, "On budget", 0),
        (Amounts(100_000, None, 20_000), False, "No forecast yet", None),
        (Amounts(100_000, None, 120_000), True, "£20,000 over budget", 20_000),
        (Amounts(100_000, 90_000, 120_000), True, "£20,000 over budget", 20_000),
        (Amounts(100_000, 90_000, None), True, "£10,000 under budget", -10_000),
        (Amounts(None, 90_000, None), False, "No budget recorded", None),
        (Amounts(0, 0, 0), True, "On budget", 0),
    ],
)
def test_the_difference_is_said_in_words(amounts, ended, words, over):
    found = variance(amounts, ended=ended)
    assert (found.words, found.pounds_over, found.is_over) == (words, over, bool(over and over > 0))


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        (Amounts(100_000, None, 40_000), "£40,000 spent, 40% of the budget"),
        (Amounts(None, None, 40_000), "£40,000 spent"),
        (Amounts(0, None, 40_000), "£40,000 spent"),
        (Amounts(100_000, None, None), "Spending not recorded"),
    ],
)
def test_what_was_spent_is_said_in_words(amounts, words):
    assert spent_words(amounts) == words


def test_lines_are_rolled_up_by_year_and_source():
    lines = [
        Line("ICB growth", 2026, True, Amounts(100_000, 112_000, 40_000)),
        Line("ICB growth", 2026, False, Amounts(50_000, None, None)),
        Line("council", 2026, True, Amounts(20_000, 18_000, None)),
        Line("ICB growth", 2025, True, Amounts(90_000, 95_000, 91_000)),
    ]
    this, last = roll_up(lines, TODAY)
    assert (this.words, this.ended, last.words, last.ended) == ("2026 to 2027", False, "2025 to 2026", True)
    assert [(t.name, t.amounts.budget, t.words) for t in this.sources] == [
        ("council", 20_000, "£2,000 under budget"),
        ("ICB growth", 150_000, "£12,000 over budget, leaving out 1 line without a budget or a forecast"),
    ]
    assert [(t.name, t.lines) for t in this.kinds] == [("Recurrent", 2), ("One year only", 1)]
    assert this.sentence == (
        "The budget is £170,000. £10,000 over budget, leaving out 1 line without a budget or a forecast."
    )
    assert last.sentence == "The budget was £90,000. £1,000 over budget."
    assert roll_up([], TODAY) == []


@pytest.mark.parametrize(("firsts", "leading"), [([], None), ([2028, 2026, 2024], 2026), ([2028, 2024], 2028)])
def test_the_present_year_is_spoken_of_first(firsts, leading):
    lines = [Line("ICB", first, True, Amounts(1, 1, 1)) for first in firsts]
    found = year_to_lead_with(roll_up(lines, TODAY), TODAY)
    assert (found.first if found else None) == leading


AMOUNT = st.none() | st.integers(0, 10_000_000)
LINES = st.lists(
    st.builds(
        Line,
        st.sampled_from(["ICB", "Council", "Charity"]),
        st.integers(2024, 2027),
        st.booleans(),
        st.builds(Amounts, AMOUNT, AMOUNT, AMOUNT),
    ),
    max_size=12,
)


@given(LINES)
def test_parts_add_up_to_the_whole_however_they_are_cut(lines):
    for year in roll_up(lines, TODAY):
        for parts in (year.sources, year.kinds):
            assert sum(part.lines for part in parts) == year.whole.lines
            for name in ("budget", "forecast", "actual"):
                known = [getattr(part.amounts, name) for part in parts if getattr(part.amounts, name) is not None]
                assert (sum(known) if known else None) == getattr(year.whole.amounts, name)
            known = [part.variance.pounds_over for part in parts if part.variance.pounds_over is not None]
            assert (sum(known) if known else None) == year.whole.variance.pounds_over


@given(LINES)
def test_what_is_not_known_is_never_counted_as_nothing(lines):
    found = total("All", lines, ended=False)
    comparable = [line for line in lines if line.amounts.budget is not None and line.amounts.forecast is not None]
    assert found.left_out == len(lines) - len(comparable)
    assert (found.variance.pounds_over is None) is (not comparable)
