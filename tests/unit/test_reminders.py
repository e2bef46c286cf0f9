"""Who is reminded when: working days before, on the day, after grace the deputy, then the sponsor."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.calendar import is_working_day
from programme.clock import LONDON
from programme.mail_kinds import MailKind
from programme.periods import PeriodRule, add_months, period_days
from workstreams.reminders import Recipient, Team, is_time, recipients, step_on

FIRST = date(2026, 1, 1)
MONTHS = [add_months(FIRST, n) for n in range(120)]
OCTOBER = period_days(date(2026, 10, 1), PeriodRule())  # opens 26 October, due Friday 6 November
ORDER = [MailKind.SOON, MailKind.DUE, MailKind.STANDING_IN, MailKind.SPONSOR]


@pytest.mark.parametrize(
    ("today", "step"),
    [
        ("2026-10-26", None),
        ("2026-11-02", None),
        ("2026-11-03", MailKind.SOON),
        ("2026-11-05", MailKind.SOON),
        ("2026-11-06", MailKind.DUE),
        ("2026-11-07", None),  # Saturday and Sunday are grace
        ("2026-11-08", None),
        ("2026-11-09", MailKind.STANDING_IN),
        ("2026-11-12", MailKind.STANDING_IN),
        ("2026-11-13", MailKind.SPONSOR),
        ("2026-11-26", MailKind.SPONSOR),
        ("2026-11-27", None),  # from then on it is the office's to chase
    ],
)
def test_the_step_follows_from_the_day(today, step):
    assert step_on(OCTOBER, date.fromisoformat(today)) is step


@pytest.mark.parametrize("month", MONTHS, ids=lambda month: f"{month:%Y-%m}")
def test_over_ten_years_every_step_comes_once_and_in_order_whatever_the_calendar_does(month):
    days = period_days(month, PeriodRule())
    every = [days.opens_on + timedelta(days=n) for n in range(70)]
    seen = [step for step in (step_on(days, day) for day in every) if step]
    assert [step for step, before in zip(seen, [None, *seen], strict=False) if step is not before] == ORDER
    first = {step: next(day for day in every if step_on(days, day) is step) for step in ORDER}
    assert [is_working_day(day) for day in first.values()] == [True] * 4
    assert first[MailKind.SOON] >= days.opens_on
    assert first[MailKind.DUE] == days.due_on


@given(st.sampled_from(MONTHS), st.sets(st.integers(0, 69)))
def test_whenever_beat_was_stopped_the_steps_that_are_told_never_go_back(month, days_with_a_tick):
    days = period_days(month, PeriodRule())
    told = [step_on(days, days.opens_on + timedelta(days=n)) for n in sorted(days_with_a_tick)]
    order = [ORDER.index(step) for step in told if step]
    assert all(before <= after for before, after in pairwise(order))


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        ("2026-11-06T06:59", False),
        ("2026-11-06T07:00", True),
        ("2026-11-06T23:59", True),
        ("2026-11-07T09:00", False),
        ("2026-12-25T09:00", False),
        ("2026-10-26T07:00", True),
    ],
)
def test_digests_are_written_on_working_days_from_seven(moment, written):
    assert is_time(datetime.fromisoformat(moment).replace(tzinfo=LONDON)) is written


LEAD, JOINT, DEPUTY, SPONSOR = 1, 2, 3, 4
FOR_LEAD = Recipient(DEPUTY, LEAD)


@pytest.mark.parametrize(
    ("kind", "team", "told"),
    [
        (MailKind.SOON, Team((LEAD, JOINT), (DEPUTY,), (SPONSOR,)), [Recipient(LEAD), Recipient(JOINT)]),
        (MailKind.SOON, Team((LEAD,), (DEPUTY,), away=frozenset({LEAD})), [Recipient(DEPUTY, LEAD)]),
        (MailKind.SOON, Team((LEAD, JOINT), (DEPUTY,), away=frozenset({LEAD})), [Recipient(JOINT), FOR_LEAD]),
        (MailKind.SOON, Team((LEAD,), (), away=frozenset({LEAD})), [Recipient(LEAD)]),
        (MailKind.SOON, Team((LEAD,), (DEPUTY,), without_account=frozenset({LEAD})), [Recipient(DEPUTY, LEAD, True)]),
        (MailKind.SOON, Team((LEAD,), (DEPUTY,), without_account=frozenset({LEAD, DEPUTY})), [Recipient(LEAD)]),
        (MailKind.SOON, Team((LEAD,), (DEPUTY,), away=frozenset({LEAD, DEPUTY})), [Recipient(LEAD)]),
        (MailKind.DUE, Team((), (DEPUTY,)), [Recipient(DEPUTY)]),
        (MailKind.STANDING_IN, Team((LEAD,), (DEPUTY,), (SPONSOR,)), [Recipient(LEAD), Recipient(DEPUTY)]),
        (MailKind.STANDING_IN, Team((LEAD,), (DEPUTY,), away=frozenset({LEAD})), [Recipient(DEPUTY, LEAD)]),
        (MailKind.SPONSOR, Team((LEAD,), (DEPUTY,), (SPONSOR,)), [Recipient(SPONSOR)]),
        (MailKind.SPONSOR, Team((LEAD,), (DEPUTY,), (SPONSOR,), frozenset({SPONSOR})), [Recipient(SPONSOR)]),
        (MailKind.SPONSOR, Team((LEAD,), (DEPUTY,)), []),
        (MailKind.CHASED, Team(), []),
    ],
)  # fmt: skip
def test_who_is_told(kind, team, told):
    assert recipients(kind, team) == told


PEOPLE = st.lists(st.integers(1, 5), unique=True, max_size=3).map(tuple)


@given(st.sampled_from(list(MailKind)), st.builds(Team, PEOPLE, PEOPLE, PEOPLE, st.frozensets(st.integers(1, 5))))
def test_nobody_is_told_twice_and_somebody_is_told_where_there_is_anybody(kind, team):
    told = recipients(kind, team)
    assert len({each.person for each in told}) == len(told)
    asked = team.sponsors if kind is MailKind.SPONSOR else (*team.leads, *team.deputies)
    assert bool(told) == bool(asked)
    assert {each.person for each in told} <= set(asked)
    for each in told:
        if each.person in team.away:
            assert not [person for person in told if person.person not in team.away and person.covering]
        if each.covering:
            assert each.covering in team.away
