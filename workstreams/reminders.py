"""Who is reminded of a monthly update when. Pure: days and people in, steps and recipients out.

Working days before it is due and on the day: the lead. After a day of grace: the deputy, too. After a week: the
sponsor. Only the step the day has come to counts, so that after days without a tick each person is told once, what is
true now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from programme.calendar import add_working_days, is_working_day
from programme.mail_kinds import MailKind
from programme.periods import PeriodDays

FIRST_HOUR = 7  # London's; nobody is written to in the night


@dataclass(frozen=True)
class ReminderRule:
    """Working days before and after the due day."""

    soon_before: int = 3
    standing_in_after: int = 1
    sponsor_after: int = 5
    forgotten_after: int = 15


DEFAULT_RULE = ReminderRule()


def is_time(local: datetime) -> bool:
    """Whether digests are written at this moment in London: on a working day, from seven in the morning."""
    return is_working_day(local.date()) and local.hour >= FIRST_HOUR


def step_on(days: PeriodDays, today: date, rule: ReminderRule = DEFAULT_RULE) -> MailKind | None:
    """What is to be said about an update that is not in: the newest step whose day has come, or nothing."""
    due = days.due_on
    if today >= add_working_days(due, rule.forgotten_after):
        return None
    if today >= add_working_days(due, rule.sponsor_after):
        return MailKind.SPONSOR
    if today >= add_working_days(due, rule.standing_in_after):
        return MailKind.STANDING_IN
    if today == due:
        return MailKind.DUE
    begins = max(days.opens_on, add_working_days(due, -rule.soon_before))
    return MailKind.SOON if begins <= today < due else None


@dataclass(frozen=True)
class Team:
    """Who answers for a workstream, by key, and who of them is away today."""

    leads: tuple[int, ...] = ()
    deputies: tuple[int, ...] = ()
    sponsors: tuple[int, ...] = ()
    away: frozenset[int] = frozenset()
    without_account: frozenset[int] = frozenset()

    def here(self, people: Iterable[int]) -> list[int]:
        """Those of the people who are not away and can be written to."""
        return [person for person in people if person not in self.away | self.without_account]


@dataclass(frozen=True)
class Recipient:
    """Somebody to be told; in the place of `covering` where that lead is away or has no account to write to."""

    person: int
    covering: int | None = None
    has_no_account: bool = False  # the lead whose place it is


def recipients(kind: MailKind, team: Team) -> list[Recipient]:
    """Who is told, each once. Somebody away is told only where nobody is there in their place."""
    if kind is MailKind.SPONSOR:
        return [Recipient(person) for person in team.here(team.sponsors) or team.sponsors]
    writers = _writers(team)
    if kind is MailKind.STANDING_IN:
        known = {recipient.person for recipient in writers}
        writers += [Recipient(person) for person in team.here(team.deputies) if person not in known]
    return writers


def _writers(team: Team) -> list[Recipient]:
    """The leads; for one who is away or without an account the deputies; the deputies where there is no lead."""
    if not team.leads:
        return [Recipient(person) for person in team.here(team.deputies) or team.deputies]
    found: dict[int, Recipient] = {person: Recipient(person) for person in team.here(team.leads)}
    for lead in team.leads:
        if lead not in found:
            cover, silent = team.here(team.deputies), lead in team.without_account
            for person in cover or [lead]:
                found.setdefault(person, Recipient(person, lead, silent) if cover else Recipient(person))
    return list(found.values())
