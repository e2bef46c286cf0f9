"""The only source of now and today.

`TRACKER_NOW` (an ISO moment) moves web, worker and beat together in the demo and the tests; time then runs on from
that moment. Production refuses the variable (see settings). Stored times are UTC, calendar days are London's.
"""

import os
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@cache
def _offset(moment: str) -> timedelta:
    """How far the clock is moved; fixed when a process first asks, so that time runs on from `moment`."""
    wanted = datetime.fromisoformat(moment)
    if wanted.tzinfo is None:
        wanted = wanted.replace(tzinfo=LONDON)
    return wanted - datetime.now(tz=UTC)


def now() -> datetime:
    """This moment, in UTC."""
    moment = os.environ.get("TRACKER_NOW", "")
    return datetime.now(tz=UTC) + (_offset(moment) if moment else timedelta())


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in London."""
    return moment.astimezone(LONDON).date()


def today() -> date:
    """Today in London, where the working days and the due days are."""
    return day_of(now())
