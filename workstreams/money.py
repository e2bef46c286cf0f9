"""Money of a programme in whole pounds: what a line is over or under by, and lines rolled up. Pure.

What is not known is None and is never counted as nothing: a total says how many lines it leaves out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from programme.wording import counted

APRIL: Final = 4
HIGHEST: Final = 10_000_000_000  # more than any trust spends in a year
PER_CENT: Final = 100


def financial_year(day: date) -> int:
    """The calendar year in which the financial year of `day` begins."""
    return day.year if day.month >= APRIL else day.year - 1


def year_words(first: int) -> str:
    """'2026 to 2027'."""
    return f"{first} to {first + 1}"


def has_ended(first: int, today: date) -> bool:
    """Whether the last day of a financial year has gone."""
    return financial_year(today) > first


def pounds(amount: int) -> str:
    """'£12,000'."""
    return f"£{amount:,}"


def read_pounds(text: str) -> int:
    """Whole pounds as people type them: '£12,000', '12 000', '12k', '1.2m'. Raises ValueError with a sentence."""
    plain = re.sub(r"[\s,£]", "", text.translate({0xA0: " "})).lower()
    if plain.startswith(("-", "\u2212", "(")):
        raise ValueError("An amount cannot be less than £0")
    found = re.fullmatch(r"([0-9]{1,12})(?:\.([0-9]{1,6}))?([km])?", plain)
    if found is None:
        raise ValueError("Enter an amount in pounds, such as 12,000")
    whole, part, unit = found[1], found[2] or "", {"k": 3, "m": 6}.get(found[3] or "", 0)
    if part[unit:].strip("0"):
        raise ValueError("Enter whole pounds, without pence")
    amount = int(whole + part[:unit].ljust(unit, "0"))
    if amount > HIGHEST:
        raise ValueError("Enter an amount of £10 billion or less")
    return amount


@dataclass(frozen=True)
class Amounts:
    """One line's money: what was agreed, what is expected by the year's end, what has been spent."""

    budget: int | None
    forecast: int | None
    actual: int | None


@dataclass(frozen=True)
class Variance:
    """How far the expected spending is from the budget. Positive is over; None where it cannot be said."""

    pounds_over: int | None
    words: str

    @property
    def is_over(self) -> bool:
        """Whether more is expected to be spent than was agreed."""
        return self.pounds_over is not None and self.pounds_over > 0


def expected(amounts: Amounts, *, ended: bool) -> int | None:
    """What the year comes to: spending where the year has ended and it is known, else the forecast."""
    return amounts.actual if ended and amounts.actual is not None else amounts.forecast


def variance(amounts: Amounts, *, ended: bool) -> Variance:
    """Budget against the forecast, or against what was spent once the year has ended."""
    outcome = expected(amounts, ended=ended)
    if amounts.budget is None:
        return Variance(None, "No budget recorded")
    if outcome is None:
        return Variance(None, "No forecast yet")
    over = outcome - amounts.budget
    if not over:
        return Variance(0, "On budget")
    return Variance(over, f"{pounds(abs(over))} {'over' if over > 0 else 'under'} budget")


def spent_words(amounts: Amounts) -> str:
    """'£40,000 spent, 40% of the budget'."""
    if amounts.actual is None:
        return "Spending not recorded"
    if not amounts.budget:
        return f"{pounds(amounts.actual)} spent"
    share = round(PER_CENT * amounts.actual / amounts.budget)
    return f"{pounds(amounts.actual)} spent, {share}% of the budget"


@dataclass(frozen=True)
class Line:
    """A funding line as the roll-up takes it."""

    source: str
    year: int
    recurrent: bool
    amounts: Amounts


@dataclass(frozen=True)
class Total:
    """Several lines as one. The variance compares only lines that have both a budget and an outcome."""

    name: str
    lines: int
    amounts: Amounts
    variance: Variance
    left_out: int

    @property
    def words(self) -> str:
        """The variance, and how many lines it leaves out."""
        if not self.left_out:
            return self.variance.words
        if self.variance.pounds_over is None:
            return "No forecast yet" if self.amounts.budget is not None else "No budget recorded"
        left_out = counted(self.left_out, "line")
        return f"{self.variance.words}, leaving out {left_out} without a budget or a forecast"


def total(name: str, lines: Sequence[Line], *, ended: bool) -> Total:
    """Lines added up. An amount is None only where no line has it."""
    comparable = [
        line.amounts for line in lines
        if line.amounts.budget is not None and expected(line.amounts, ended=ended) is not None
    ]  # fmt: skip
    compared = Amounts(_sum(a.budget for a in comparable), _sum(expected(a, ended=ended) for a in comparable), None)
    summed = Amounts(
        _sum(line.amounts.budget for line in lines),
        _sum(line.amounts.forecast for line in lines),
        _sum(line.amounts.actual for line in lines),
    )
    return Total(name, len(lines), summed, variance(compared, ended=False), len(lines) - len(comparable))


def _sum(amounts: Iterable[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


@dataclass(frozen=True)
class Year:
    """One financial year rolled up: by source, recurrent and not, and altogether."""

    first: int
    sources: list[Total]
    kinds: list[Total]
    whole: Total
    ended: bool

    @property
    def words(self) -> str:
        """'2026 to 2027'."""
        return year_words(self.first)

    @property
    def sentence(self) -> str:
        """The year in one sentence."""
        money = self.whole.amounts
        if money.budget is None:
            return f"{counted(self.whole.lines, 'line')}, no budget recorded."
        verb = "was" if self.ended else "is"
        return f"The budget {verb} {pounds(money.budget)}. {self.whole.words}."


def roll_up(lines: Iterable[Line], today: date) -> list[Year]:
    """Years, the newest first, each by source in the order of the alphabet."""
    every = list(lines)
    years = []
    for first in sorted({line.year for line in every}, reverse=True):
        own, ended = [line for line in every if line.year == first], has_ended(first, today)
        sources = sorted({line.source for line in own}, key=str.casefold)
        years.append(
            Year(
                first,
                [total(name, [line for line in own if line.source == name], ended=ended) for name in sources],
                [
                    total(name, kind, ended=ended)
                    for name, kind in (
                        ("Recurrent", [line for line in own if line.recurrent]),
                        ("One year only", [line for line in own if not line.recurrent]),
                    )
                    if kind
                ],
                total("Altogether", own, ended=ended),
                ended,
            )
        )
    return years


def year_to_lead_with(years: Sequence[Year], today: date) -> Year | None:
    """The present financial year, or the newest where there is none of it."""
    current = (year for year in years if year.first == financial_year(today))
    return next(current, years[0] if years else None)
