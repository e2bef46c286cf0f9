"""The day's reminders from one tick that may run at any time, twice, or not for days."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox

from programme.actions import mail, notifications
from programme.history import recorded
from programme.mail_kinds import MailKind
from programme.models import Mail, User
from programme.refusals import Refused
from programme.roles import Role
from programme.status import Rag
from tests.factories import people, work
from workstreams.actions import asks, office, reminding, updates
from workstreams.models import Assignment, Reminder, UpdateEvent
from workstreams.sections import Section

# October is due on Friday 6 November 2026.
TUESDAY, DUE, SATURDAY, MONDAY, SPONSORS_DAY = 3, 6, 7, 9, 13


def at(day: int, hour: int = 8) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.fixture
def told(db, monkeypatch, settings):
    """Crisis care with lead, deputy and sponsor; September is closed, so that October alone is asked for."""
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    settings.PUBLIC_URL = "https://tracker.example"
    programme = work.programme("Harbour")
    crisis = work.workstream(programme, "Crisis care", lead=people.user("Ada Lead"))
    work.assign(crisis, people.user("Bo Deputy"), Assignment.Role.DEPUTY)
    work.assign(crisis, people.user("Cy Sponsor"), Assignment.Role.SPONSOR)
    with recorded(by=None, action="Closed months long past"):
        programme.periods.filter(month__lt=work.OCTOBER).update(closed_at=at(1))
    return crisis


def account(name: str) -> User:
    return User.objects.get(person__name=name)


def digests() -> list[tuple[str, str]]:
    """Who was written to, and the lines about updates."""
    return [
        (
            each.to.name if each.to else "",
            " | ".join(line for line in each.body.splitlines() if line.startswith("Harbour")),
        )
        for each in Mail.objects.order_by("pk")
    ]


SOON = "Harbour: the October 2026 update is due on 6 November 2026."
TODAY = "Harbour: the October 2026 update is due today."
SPONSORED = "Harbour: the October 2026 update of a workstream you sponsor was due on 6 November 2026 and is not in."
LATE = "Harbour: the October 2026 update was due on 6 November 2026 and is not in."


def test_a_month_is_asked_for_step_by_step(told):
    for day in range(1, 28):
        for hour in (3, 8, 12, 20):
            reminding.tick(at=at(day, hour))
    assert digests() == [
        ("Ada Lead", SOON),
        ("Ada Lead", TODAY),
        ("Ada Lead", LATE),
        ("Bo Deputy", LATE),
        ("Cy Sponsor", SPONSORED),
    ]  # fmt: skip
    assert [mailed.written_at.day for mailed in Mail.objects.order_by("pk")] == [3, 6, 9, 9, 13]


def test_the_link_leads_straight_to_the_form_and_the_mail_gives_nothing_away(told):
    work.draft(told, work.OCTOBER, progress="The rota is agreed with Dana")
    reminding.tick(at=at(TUESDAY))
    [mailed] = Mail.objects.all()
    assert "https://tracker.example/p/harbour/workstreams/crisis-care/updates/2026-10/edit/" in mailed.body
    assert "https://tracker.example/account/notifications/" in mailed.body
    for secret in ("rota", "Dana", "Red", "Amber", "Green", "Crisis care", "help sooner"):
        assert secret not in mailed.body + mailed.subject


def test_an_update_that_is_in_is_not_asked_for(told):
    work.sent_update(told, work.OCTOBER, at=at(2))
    for day in range(1, 28):
        reminding.tick(at=at(day))
    assert digests() == []


def test_no_change_checked_is_an_answer(told):
    draft = work.draft(told, work.OCTOBER)
    UpdateEvent.objects.create(update=draft.update, kind=UpdateEvent.Kind.NO_CHANGE, at=at(2))
    reminding.tick(at=at(TUESDAY))
    assert digests() == []


def test_after_three_days_without_beat_what_is_still_true_is_said_once(told):
    reminding.tick(at=at(MONDAY))
    reminding.tick(at=at(MONDAY, 9))
    assert digests() == [("Ada Lead", LATE), ("Bo Deputy", LATE)]


def test_one_email_a_day_over_all_programmes(told):
    other = work.programme("Beacon")
    work.workstream(other, "Schools", lead=account("Ada Lead"))
    with recorded(by=None, action="Closed months long past"):
        other.periods.filter(month__lt=work.OCTOBER).update(closed_at=at(1))
    reminding.tick(at=at(TUESDAY))
    reminding.tick(at=at(TUESDAY, 15))
    [mailed] = Mail.objects.all()
    said = sorted(line for line in mailed.body.splitlines() if "October 2026" in line)
    assert said == ["Beacon: the October 2026 update is due on 6 November 2026.", SOON]
    assert Reminder.objects.count() == 2


def test_the_hour_is_londons_when_the_clocks_change(told):
    """At seven in London, which is six in UTC until 25 October and seven after it."""
    with recorded(by=None, action="Moved the days"):
        told.programme.periods.filter(month=work.OCTOBER).update(opens_on=date(2026, 10, 1), due_on=date(2026, 10, 28))
    before = datetime(2026, 10, 23, 6, 59, tzinfo=ZoneInfo("Europe/London"))
    assert reminding.tick(at=before) == 0
    assert reminding.tick(at=before.replace(hour=7, minute=0)) == 1
    monday = datetime(2026, 10, 28, 6, 59, tzinfo=UTC)
    assert reminding.tick(at=monday) == 0
    assert reminding.tick(at=monday.replace(hour=7, minute=0)) == 1


def test_while_the_lead_is_away_the_deputy_is_asked_and_told_why(told):
    notifications.take_leave(
        user=account("Ada Lead"), since=date(2026, 11, 2), until=date(2026, 11, 5), today=work.TODAY
    )
    reminding.tick(at=at(TUESDAY))
    reminding.tick(at=at(DUE))
    assert digests() == [
        ("Bo Deputy", f"{SOON} The lead is away, so you are asked as deputy."),
        ("Ada Lead", TODAY),
    ]
    assert Reminder.objects.get(person__name="Bo Deputy").covering == account("Ada Lead").person


def test_what_somebody_turned_off_is_not_said_and_chasing_still_is(told):
    notifications.choose(user=account("Ada Lead"), off=list(MailKind))
    for day in range(1, 28):
        reminding.tick(at=at(day))
    assert [name for name, _ in digests()] == ["Bo Deputy", "Cy Sponsor"]
    period = work.period(told.programme, work.OCTOBER)
    chased = reminding.chase(period=period, by=people.member(told.programme, Role.OFFICE), at=at(27))
    assert chased.people == ["Ada Lead"]


def test_a_returned_update_is_told_once_instead_of_being_asked_for(told):
    sent = work.sent_update(told, work.OCTOBER, at=at(2))
    grace = people.member(told.programme, Role.OFFICE, "Grace Office")
    office.return_update(update=sent.update, reason="Say how many", by=grace, at=at(2, 15))
    reminding.tick(at=at(TUESDAY))
    reminding.tick(at=at(4))
    back = "Harbour: the October 2026 update has come back to you. The reason is beside the form."
    assert digests() == [("Ada Lead", back)]


def test_an_acknowledgement_is_told_to_its_lead(told):
    sent = work.sent_update(told, work.OCTOBER, at=at(2))
    office.acknowledge(update=sent.update, by=people.member(told.programme, Role.OFFICE), at=at(2, 15))
    reminding.tick(at=at(TUESDAY))
    assert digests() == [("Ada Lead", "Harbour: the October 2026 update has been read by the programme office.")]


def an_answered_ask(told, kind="yes"):
    lead = account("Ada Lead")
    asked = asks.ask(workstream=told, text="Fund two nurses", by=lead, at=at(2))
    senior = people.member(told.programme, Role.SLT, "Sol Senior")
    return asks.answer(
        ask=asked, kind=kind, sentence="From the reserve", day=date(2026, 11, 9), version=1, by=senior, at=at(2, 15)
    )


ANSWERED = "Harbour: there is an answer to something you asked for."


@pytest.mark.parametrize("kind", ["yes", "no", "more_needed"])
def test_an_answer_is_told_once_with_a_link_and_nothing_of_what_was_said(told, kind):
    event = an_answered_ask(told, kind)
    work.sent_update(told, work.OCTOBER, at=at(2))
    for day in (TUESDAY, 4, 5):
        reminding.tick(at=at(day))
    assert digests() == [("Ada Lead", ANSWERED)]
    body = Mail.objects.get().body
    assert f"https://tracker.example/p/harbour/asks/{event.ask_id}/" in body
    assert not [word for word in ("nurses", "reserve", "Sol", "yes", "Crisis") if word in body]


def test_an_answer_stands_in_the_days_one_digest_and_can_be_turned_off(told):
    an_answered_ask(told)
    reminding.tick(at=at(TUESDAY))
    assert digests() == [("Ada Lead", f"{SOON} | {ANSWERED}")]
    notifications.choose(user=account("Ada Lead"), off=[MailKind.ANSWERED])
    an_answered_ask(told)
    reminding.tick(at=at(4))
    assert len(digests()) == 1


def test_whoever_asked_is_told_beside_the_lead_and_whoever_answered_is_not(told):
    office_member = people.member(told.programme, Role.OFFICE, "Grace Office")
    work.sent_update(told, work.OCTOBER, at=at(2))
    asked = asks.ask(workstream=told, text="Fund two nurses", by=office_member, at=at(2))
    asks.answer(
        ask=asked, kind="no", sentence="No", day=date(2026, 11, 9), version=1, by=account("Cy Sponsor"), at=at(2, 15)
    )
    reminding.tick(at=at(TUESDAY))
    assert digests() == [("Grace Office", ANSWERED), ("Ada Lead", ANSWERED)]
    own = asks.ask(workstream=told, text="Fund a third", by=account("Ada Lead"), at=at(2))
    asks.answer(
        ask=own, kind="no", sentence="No", day=date(2026, 11, 9), version=1, by=account("Ada Lead"), at=at(3, 15)
    )
    reminding.tick(at=at(4))
    assert len(digests()) == 2


def test_what_the_lead_has_replied_to_since_is_no_news(told):
    event = an_answered_ask(told, "more_needed")
    asks.reply(ask=event.ask, sentence="Two", version=2, by=account("Ada Lead"), at=at(2, 16))
    work.sent_update(told, work.OCTOBER, at=at(2))
    reminding.tick(at=at(TUESDAY))
    assert digests() == []


def test_for_a_lead_without_an_account_the_deputy_is_asked_and_told_why(told):
    with recorded(by=None, action="Closed an account"):
        User.objects.filter(person__name="Ada Lead").update(is_active=False)
    reminding.tick(at=at(TUESDAY))
    why = "The lead has no account, so you are asked as deputy."
    assert digests() == [("Bo Deputy", f"{SOON} {why}")]
    [chase] = reminding.chases(period=work.period(told.programme, work.OCTOBER), day=date(2026, 11, 10))
    assert (chase.names, chase.without_account) == (["Bo Deputy (the lead has no account)"], [])


def test_a_closed_month_is_asked_for_no_more(told):
    with recorded(by=None, action="Closed"):
        told.programme.periods.update(closed_at=at(1))
    for day in range(1, 28):
        reminding.tick(at=at(day))
    assert digests() == []


def test_somebody_who_left_is_not_written_to(told):
    with recorded(by=None, action="Closed accounts"):
        User.objects.filter(person__name__in=["Ada Lead", "Bo Deputy"]).update(is_active=False)
    reminding.tick(at=at(TUESDAY))
    assert digests() == []


def test_the_number_of_queries_does_not_grow_with_the_workstreams(told, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        reminding.lines_on(at(TUESDAY))
    for _ in range(3):
        work.workstream(told.programme, lead=account("Ada Lead"))
    with django_assert_num_queries(len(one)):
        reminding.lines_on(at(TUESDAY))


# -- chasing -----------------------------------------------------------------------------------------------------------


def test_chasing_writes_to_each_person_once_a_day_and_says_who_could_not_be_reached(told):
    grace = people.member(told.programme, Role.OFFICE, "Grace Office")
    second = work.workstream(told.programme, "Waiting lists", lead=account("Ada Lead"))
    nobody = work.workstream(told.programme, "Schools")
    with recorded(by=None, action="Closed an account"):
        User.objects.filter(pk=work.lead_of(nobody).pk).update(is_active=False)
    period = work.period(told.programme, work.OCTOBER)
    first = reminding.chase(period=period, by=grace, only=second.slug, at=at(10))
    assert (first.people, first.unreached) == (["Ada Lead"], [])
    both = reminding.chase(period=period, by=grace, at=at(10, 9))
    assert (both.people, both.unreached) == (["Ada Lead"], ["Schools"])
    again = reminding.chase(period=period, by=grace, at=at(10, 10))
    assert (again.people, again.unreached) == ([], ["Schools"])
    assert [mailed.body.count("waiting for the October 2026 update") for mailed in Mail.objects.order_by("pk")] == [
        1,
        1,
    ]
    assert "Grace Office of the programme office asked for this email" in Mail.objects.latest("pk").body
    mail.deliver_waiting(at=at(10, 11))
    assert len(outbox.outbox) == 2
    assert reminding.chase(period=period, by=grace, at=at(11)).people == ["Ada Lead"]


def test_a_closed_month_is_not_chased(told):
    grace = people.member(told.programme, Role.OFFICE)
    with pytest.raises(Refused, match="September 2026 is closed"):
        reminding.chase(period=work.period(told.programme, work.SEPTEMBER), by=grace)


# -- returning and acknowledging ---------------------------------------------------------------------------------------


def test_a_returned_update_gives_its_words_back(told):
    sent = work.sent_update(told, work.OCTOBER, rating=Rag.AMBER, at=at(2))
    grace = people.member(told.programme, Role.OFFICE)
    draft = office.return_update(update=sent.update, reason="Say how many", by=grace)
    assert draft.sections["progress"].splitlines() == list(work.WORDS[Section.PROGRESS])
    assert (draft.rating, updates.standing_revision(sent.update)) == ("amber", None)
    event = sent.update.events.latest("at")
    assert (event.kind, event.reason, event.by) == ("returned", "Say how many", grace)


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_update_is_not_returned_without_a_reason(told, reason):
    sent = work.sent_update(told, work.OCTOBER, at=at(2))
    with pytest.raises(Refused, match="Say why"):
        office.return_update(update=sent.update, reason=reason, by=people.member(told.programme, Role.OFFICE))


def test_nobody_acknowledges_their_own_update(told):
    ada, grace = account("Ada Lead"), people.member(told.programme, Role.OFFICE, "Grace Office")
    typed = work.told_update(told, work.OCTOBER, by=grace)
    for own in (ada, grace):  # in whose name it stands, and who typed it
        with pytest.raises(Refused, match="This update is your own"):
            office.acknowledge(update=typed.update, by=own)
    other = people.member(told.programme, Role.OFFICE, "Second Office")
    first = office.acknowledge(update=typed.update, by=other)
    assert office.acknowledge(update=typed.update, by=other) == first
    assert typed.update.events.filter(kind="acknowledged").count() == 1


# -- choices and leave -------------------------------------------------------------------------------------------------


def test_leave_is_said_once_for_a_day_and_can_be_taken_back(told):
    ada = account("Ada Lead")
    leave = notifications.take_leave(user=ada, since=date(2026, 11, 9), until=date(2026, 11, 13), today=work.TODAY)
    for since, until, why in (
        (date(2026, 11, 13), date(2026, 11, 20), "said already"),
        (date(2026, 11, 20), date(2026, 11, 19), "cannot be before"),
        (date(2026, 11, 1), date(2026, 11, 3), "have passed"),
        (date(2026, 12, 1), date(2027, 12, 31), "up to a year"),
    ):
        with pytest.raises(Refused, match=why):
            notifications.take_leave(user=ada, since=since, until=until, today=work.TODAY)
    notifications.cancel_leave(leave=leave, by=ada)
    notifications.take_leave(user=ada, since=date(2026, 11, 9), until=date(2026, 11, 13), today=work.TODAY)
