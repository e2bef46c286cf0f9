"""Reading fixtures/demo, and what its relative months and days mean on the day of the demo."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, TypeAlias

from django.conf import settings

from programme.calendar import nth_working_day
from programme.clock import LONDON
from programme.dates import FuzzyDate, day_words, month_window, month_words
from programme.periods import PeriodRule, add_months, first_of_month, period_days
from workstreams import fuzzydates

PROGRAMMES = ("mid_mersey", "community")
# As its source left it: nothing is told of it after it was made.
ON_RECORD = "camhs_redesign"
# Opening half a month before its end keeps a period open on every day of the year, so that there is always one to try.
RULE = PeriodRule(opens_before_month_end=15, due_working_day=5, closes_after_due=4)
SEASONS = ("winter", "spring", "summer", "autumn")
PLACEHOLDER = re.compile(r"\{(month|day|season):([+-]?\d+)\}")

Told: TypeAlias = dict[str, Any]  # a piece of a story as its file tells it
Event: TypeAlias = tuple[datetime, Callable[[], object]]


@cache
def read(name: str) -> Told:
    """One file of fixtures/demo."""
    told: Told = json.loads((settings.BASE_DIR / "fixtures" / "demo" / f"{name}.json").read_text(encoding="utf-8"))
    return told


def run(events: Iterable[Event], story: "StoryTime") -> None:
    """Let happen, in the order of their moments, what should have happened by now."""
    for moment, act in sorted(events, key=lambda event: event[0]):
        if moment <= story.now:
            act()


@dataclass(frozen=True)
class StoryTime:
    """Now, and the month the story stands in."""

    now: datetime
    month: date

    @property
    def today(self) -> date:
        """The day of the demo."""
        return self.now.astimezone(LONDON).date()

    def months_ago(self, count: int) -> date:
        """The first day of the month `count` months back; one month ago is the last month that was due."""
        return add_months(self.month, -count)

    def day(self, told: str | Told) -> date:
        """A stated day, or the first day of a month told by its distance."""
        return date.fromisoformat(told) if isinstance(told, str) else self.months_ago(told["months_ago"])

    def last_day(self, told: str | Told | None) -> date | None:
        """A stated day, or the last day of a month told by its distance."""
        if told is None or isinstance(told, str):
            return date.fromisoformat(told) if told else None
        month = self.day(told)
        return month_window(month.year, month.month)[1]

    def words(self, text: str) -> str:
        """The text with its placeholders written out: '{month:+1} onwards' becomes 'January 2027 onwards'."""
        return PLACEHOLDER.sub(lambda match: self._written_out(match[1], int(match[2])), text)

    def window(self, text: str) -> FuzzyDate:
        """The date a story states. A phrase the product cannot read is a mistake in the story."""
        words = self.words(text)
        read_as = fuzzydates.parse(words)
        if read_as is None:
            raise ValueError(f"The demo states the date “{words}”, which cannot be read.")
        return read_as

    def not_later(self, moment: datetime) -> datetime:
        """The moment, or now where it has not come yet."""
        return min(moment, self.now)

    def _written_out(self, unit: str, count: int) -> str:
        if unit == "day":
            return day_words(self.today + timedelta(days=count))
        return month_words(add_months(self.month, count)) if unit == "month" else self._season_words(count)

    def _season_words(self, count: int) -> str:
        first = add_months(self.month, 3 * count - self.month.month % 3)
        return FuzzyDate.season(first.year, SEASONS[first.month // 3 % 4]).display()


def story_time(now: datetime) -> StoryTime:
    """The story stands in the month after the newest one whose due day has passed.

    In the first days of a month that is still the month before, so that late and silent updates are never told away
    while there is nothing yet that could be late.
    """
    today = now.astimezone(LONDON).date()
    month = first_of_month(today)
    while period_days(add_months(month, -1), RULE).due_on >= today:
        month = add_months(month, -1)
    return StoryTime(now, month)


def working_day(month: date, number: int, hour: int, minute: int = 0) -> datetime:
    """A time of day, London's, on the `number`th working day of a month."""
    return datetime.combine(nth_working_day(month.year, month.month, number), time(hour, minute), tzinfo=LONDON)
