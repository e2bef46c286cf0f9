"""The mail queue against a real mail server: delayed by a dead one, never lost, never doubled."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from programme.actions import mail
from programme.embedded import free_port
from programme.history import recorded
from programme.models import Mail, MailAttempt, User
from programme.roles import Role
from tests.factories import people, work
from tests.smtp_sink import Mood, Sink, smtp_sink
from workstreams.actions import asks, reminding

T0 = datetime(2026, 11, 4, 8, tzinfo=UTC)
State, Result = Mail.State, MailAttempt.Result


@pytest.fixture
def sink(settings):
    with smtp_sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 0.5
        yield server


@pytest.fixture
def reader(db) -> User:
    return people.user("Ada Lead")


def written(to: User, key: str = "digest:1", body: str = "Hello Ada\n.\n..two full stops\n") -> Mail:
    return mail.write(key=key, to=to, subject="Your updates – today", body=body, at=T0)[0]


def after(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


def became(row: Mail) -> tuple[str, int, list[tuple[str, str]]]:
    row.refresh_from_db()
    return row.state, row.attempt, list(row.attempts.values_list("result", "words"))


def test_an_email_is_taken_by_the_mail_server_once_with_its_words(sink, reader):
    row = written(reader)
    assert mail.deliver_waiting(at=T0) == 1
    assert mail.deliver_waiting(at=after(600)) == 0
    [taken] = sink.taken
    assert (taken["To"], taken["Subject"]) == (reader.email, "Your updates – today")
    assert taken.get_content().replace("\r\n", "\n") == "Hello Ada\n.\n..two full stops\n"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert became(row) == (State.DELIVERED, 1, [(Result.DELIVERED, "")])


def test_the_same_email_written_twice_is_one(sink, reader):
    assert written(reader) == written(reader, body="Other words")
    mail.deliver_waiting(at=T0)
    assert len(sink.taken) == 1


LATER = {
    Mood.NOT_OURS: "The mail server could not be reached: 554 No service here.",
    Mood.HANGS: "The mail server could not be reached: it did not answer in time.",
    Mood.REFUSES_SENDER: "The mail server does not take emails from us: 550 5.7.1 Sender not allowed.",
    Mood.BUSY: "The mail server asks to try later: 451 4.3.2 Try again later.",
    Mood.DROPS_AT_DATA: "The mail server broke off: Connection unexpectedly closed.",
}


@pytest.mark.parametrize("mood", LATER, ids=lambda mood: mood.value)
def test_what_the_server_has_not_taken_is_tried_again_until_it_has(sink, reader, mood):
    row, sink.mood = written(reader), mood
    mail.deliver_waiting(at=T0)
    assert became(row) == (State.QUEUED, 1, [(Result.LATER, LATER[mood])])
    assert mail.deliver_waiting(at=after(0.5)) == 0
    assert sink.visits == 1, "it waits before it tries again"
    sink.mood = Mood.TAKES
    assert mail.deliver_waiting(at=after(1)) == 1
    assert len(sink.taken) == 1
    assert became(row)[:2] == (State.DELIVERED, 2)


def test_a_server_that_is_down_delays_everything_and_is_asked_once_a_pass(settings, reader):
    port = free_port(0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.5
    rows = [written(reader, f"digest:{n}") for n in range(5)]
    for minute in range(120):
        assert mail.deliver_waiting(at=after(minute)) == 0
    assert {became(row)[0] for row in rows} == {State.QUEUED}
    assert MailAttempt.objects.count() <= 120
    assert {words for row in rows for _, words in became(row)[2]} == {
        "The mail server could not be reached: Connection refused."
    }
    with smtp_sink(port) as server:
        for minute in range(120, 300, 10):
            mail.deliver_waiting(at=after(minute))
        assert len(server.taken) == 5
    assert {became(row)[0] for row in rows} == {State.DELIVERED}


REFUSED = {
    Mood.REFUSES_RECIPIENT: "The mail server refused it: 550 5.1.1 No such user here.",
    Mood.REFUSES_TEXT: "The mail server refused it: 554 5.7.1 Looks like spam.",
}


@pytest.mark.parametrize("mood", REFUSED, ids=lambda mood: mood.value)
def test_a_refusal_is_kept_with_the_servers_words_and_not_tried_again(sink, reader, mood):
    row, sink.mood = written(reader), mood
    mail.deliver_waiting(at=T0)
    mail.deliver_waiting(at=after(10_000))
    assert became(row) == (State.REFUSED, 1, [(Result.REFUSED, REFUSED[mood])])
    assert sink.visits == 1


def test_a_refused_recipient_does_not_hold_up_the_others(sink, reader):
    sink.mood = Mood.REFUSES_RECIPIENT
    rows = [written(reader, f"digest:{n}") for n in range(3)]
    mail.deliver_waiting(at=T0)
    assert [became(row)[0] for row in rows] == [State.REFUSED] * 3


@pytest.mark.parametrize("mood", [Mood.DROPS_AFTER_TEXT, Mood.HANGS_AFTER_TEXT], ids=lambda mood: mood.value)
def test_a_server_that_breaks_off_when_it_has_the_text_is_not_given_it_twice(sink, reader, mood):
    row, sink.mood = written(reader), mood
    mail.deliver_waiting(at=T0)
    sink.mood = Mood.TAKES
    mail.deliver_waiting(at=after(10_000))
    assert len(sink.taken) == 1
    state, attempt, [(result, words)] = became(row)
    assert (state, attempt, result) == (State.UNSURE, 1, Result.UNSURE)
    assert words.startswith("The mail server broke off at the end, so it may or may not have arrived")


def test_after_three_days_it_is_given_up_and_says_so(sink, reader):
    row, sink.mood = written(reader), Mood.BUSY
    moment = T0
    while became(row)[0] == State.QUEUED:
        moment = row.next_try_at
        mail.deliver_waiting(at=moment)
    assert timedelta(days=3) < moment - T0 < timedelta(days=3, hours=4)
    state, attempt, said = became(row)
    assert (state, attempt, len(said)) == (State.GIVEN_UP, mail.ATTEMPTS, mail.ATTEMPTS)
    assert said[-1][1] == (
        f"Given up after {mail.ATTEMPTS} attempts. The mail server asks to try later: 451 4.3.2 Try again later."
    )


def test_a_closed_account_is_written_to_no_more(sink, reader):
    row = written(reader)
    with recorded(by=None, action="Closed an account"):
        User.objects.filter(pk=reader.pk).update(is_active=False)
    mail.deliver_waiting(at=T0)
    assert (sink.visits, became(row)[0]) == (0, State.GIVEN_UP)


# -- workers that die or are slow --------------------------------------------------------------------------------------


def test_an_email_whose_worker_died_before_the_text_left_is_sent_by_another(sink, reader):
    row = written(reader)
    assert mail.claim(mail_id=row.pk, at=T0)
    assert mail.claim(mail_id=row.pk, at=T0) is None
    assert mail.deliver_waiting(at=after(2)) == 0
    assert mail.deliver_waiting(at=after(4)) == 1
    assert (len(sink.taken), became(row)[:2]) == (1, (State.DELIVERED, 2))


def test_an_email_whose_worker_died_while_the_text_left_is_not_sent_again(sink, reader):
    row = written(reader)
    held = mail.claim(mail_id=row.pk, at=T0)
    assert held
    assert mail._about_to_leave(held, T0)
    assert mail.deliver_waiting(at=after(4)) == 0
    words = "The service was stopped while it sent the email, so it may or may not have arrived."
    assert became(row) == (State.UNSURE, 1, [(Result.UNSURE, words)])
    assert sink.taken == []


def test_a_slow_worker_that_lost_its_lease_sends_nothing(sink, reader):
    row = written(reader)
    slow = mail.claim(mail_id=row.pk, at=T0)
    assert slow
    mail.deliver_waiting(at=after(4))
    assert mail._try(slow, after(5)) is None
    assert (len(sink.taken), became(row)[:2]) == (1, (State.DELIVERED, 2))


def test_two_workers_at_once_send_each_email_once(committed_db, settings):
    from django.db import connection

    with smtp_sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
        reader = people.user("Ada Lead")
        rows = [written(reader, f"digest:{n}") for n in range(20)]

        def work() -> None:
            mail.deliver_waiting(at=T0)
            connection.close()

        workers = [threading.Thread(target=work) for _ in range(4)]
        for each in workers:
            each.start()
        for each in workers:
            each.join()
        subjects = [taken["Message-ID"] for taken in server.taken]
        assert (len(subjects), len(set(subjects))) == (20, 20)
        assert {became(row)[:2] for row in rows} == {(State.DELIVERED, 1)}


def test_an_answer_to_an_ask_reaches_the_lead_through_the_mail_server_once(sink, reader, monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    own = work.programme("Own")
    with recorded(by=None, action="Closed months long past"):
        own.periods.update(closed_at=T0)
    asked = work.ask(work.workstream(own, "Crisis care", lead=reader))
    slt = people.member(own, Role.SLT)
    asks.answer(ask=asked, kind="no", sentence="No money", day=T0.date(), version=1, by=slt, at=T0)
    for minutes in (1, 2, 60):
        reminding.tick(at=after(minutes))
        mail.deliver_waiting(at=after(minutes))
    [taken] = sink.taken
    said = taken.get_payload(decode=True).decode()
    assert "Own: there is an answer to something you asked for." in said
    assert "No money" not in said


def test_the_sink_is_a_mail_server_like_others():
    """So that what the tests above prove is about the product: Python's own client talks to it."""
    import smtplib

    with smtp_sink() as server, smtplib.SMTP("127.0.0.1", server.port) as client:
        client.sendmail("a@example.org", "b@example.org", "Subject: Hello\r\n\r\n.Words\r\n")
        assert isinstance(server, Sink)
        assert server.taken[0].get_content().split() == [".Words"]
