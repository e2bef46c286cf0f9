"""Dates, times, counts and lists in the words of the NHS content style. Every template has these filters.

"24 December 2026", "2:14pm", "midday", "1 update", "A, B and C". Months are never shortened, times are London's.
Nothing given prints nothing, so that a template can say in its own words what is missing.
"""

from collections.abc import Iterable, Sized
from datetime import date, datetime
from decimal import Decimal

from django import template

from programme.clock import LONDON, today
from programme.dates import day_words, month_words
from programme.wording import counted, listed

register = template.Library()

NOON = 12


def _local_day(value: date) -> date:
    """The calendar day in London: a moment late on a summer evening in UTC is already the next day here."""
    if not isinstance(value, datetime):
        return value
    return value.astimezone(LONDON).date() if value.tzinfo else value.date()


@register.filter
def in_a_sentence(words: str) -> str:
    """Begin with a small letter, as in the middle of a sentence; initials such as THRIVE and SLT stay as they are."""
    first = words.split(" ", 1)[0]
    return words if first.isupper() else words[:1].lower() + words[1:]


@register.filter
def day(value: date | None) -> str:
    """24 December 2026."""
    return day_words(_local_day(value)) if value else ""


@register.filter
def month_name(value: date | None) -> str:
    """October 2026."""
    return month_words(_local_day(value)) if value else ""


@register.filter
def clock_time(value: datetime | None) -> str:
    """2:14pm, 9am, midday or midnight."""
    if not value:
        return ""
    local = value.astimezone(LONDON) if value.tzinfo else value
    if local.minute == 0 and local.hour in {0, NOON}:
        return "midday" if local.hour else "midnight"
    hour = local.hour % NOON or NOON
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minutes}{'am' if local.hour < NOON else 'pm'}"


@register.filter
def moment(value: datetime | None) -> str:
    """4 November 2026 at 2:14pm."""
    return f"{day(value)} at {clock_time(value)}" if value else ""


@register.filter
def days_from_today(value: date | None, on: date | None = None) -> str:
    """today, yesterday, tomorrow, 5 days ago, in 3 days. `on` stands for today where the page has its own as-at day."""
    if not value:
        return ""
    days = (_local_day(value) - (on or today())).days
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}
    if days in near:
        return near[days]
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"


@register.filter
def number(value: float | Decimal | None) -> str:
    """12,345 and 2.5: commas in thousands, at most one decimal, which is also how WTE is written."""
    if value is None:
        return ""
    text = f"{value:,.1f}"
    return text.removesuffix(".0") if isinstance(value, int) else text


@register.filter
def count_of(value: int | Sized | None, words: str) -> str:
    """1 update, 3 updates, 1,204 updates. `words` is the singular and the plural: "update,updates"."""
    if value is None:
        return ""
    count = value if isinstance(value, int) else len(value)
    one, many = words.split(",")
    return counted(count, one, many)


@register.filter
def sentence_list(items: Iterable[object] | None) -> str:
    """A, B and C. Plain text: what comes from people is escaped where it is printed."""
    return listed([_plain(item) for item in items or ()])


def _plain(item: object) -> str:
    """The item's text without a mark of safety, so that joining never makes text safe."""
    return str(item) + ""
