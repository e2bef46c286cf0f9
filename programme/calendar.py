"""Working days in England: Monday to Friday without bank holidays. Pure."""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether offices in England work on `day`."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after `day` (before it where negative); zero gives `day` itself."""
    step = timedelta(days=1 if count >= 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def nth_working_day(year: int, month: int, number: int) -> date:
    """The `number`th working day of a month; a month with fewer runs on into the next."""
    return add_working_days(date(year, month, 1) - timedelta(days=1), number)


def working_days_after(day: date, until: date) -> int:
    """How many working days have passed after `day`, `until` among them; zero where `until` is no later.

    Counts weeks at once, so that a day of years ago costs no more than one of last week.
    """
    if until <= day:
        return 0
    weeks, rest = divmod((until - day).days, 7)
    whole = day + timedelta(weeks=weeks)
    weekdays = weeks * SATURDAY + sum((whole + timedelta(days=n)).weekday() < SATURDAY for n in range(1, rest + 1))
    off = (holiday for year in range(day.year, until.year + 1) for holiday in _bank_holidays(year))
    return weekdays - sum(day < holiday <= until and holiday.weekday() < SATURDAY for holiday in off)
