"""Writing e-mails into the queue and delivering them: delayed by a dead mail server, never lost, never doubled.

Whoever wants something said writes a row in their own transaction. A worker *claims* a row by a conditional UPDATE
that counts the attempt and takes a lease, hands it to the mail server outside any transaction, and appends what came
of it. See decision 0017 for the one moment in which nobody can know.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F

from programme.clock import now
from programme.models import Mail, MailAttempt, User
from programme.queue import wake
from programme.smtp import NotOurs, Outcome, hand_over

State, Result = Mail.State, MailAttempt.Result
LINK = "{link}"
DELIVER_TASK = "programme.deliver_mail"
LEASE = timedelta(minutes=3)  # longer than every step of SMTP may take together
BACK_OFF = (1, 2, 5, 10, 20, 40)  # looks at the queue (a minute apart, see SWEEP_SECONDS) after each failed attempt
FROM_THEN_ON = 60
ATTEMPTS = 78  # a little over three days: a mail server that died on Friday evening is back on Monday
A_PASS = 200  # e-mails; the next tick takes the rest


def back_off(attempt: int) -> timedelta:
    """How long to wait after the `attempt`th failure."""
    looks = BACK_OFF[attempt - 1] if attempt <= len(BACK_OFF) else FROM_THEN_ON
    return looks * timedelta(seconds=settings.SWEEP_SECONDS)


@transaction.atomic
def write(*, key: str, to: User, subject: str, body: str, at: datetime | None = None) -> tuple[Mail, bool]:
    """Queue an e-mail; the same key again is the same e-mail. Returns it and whether it is new."""
    return _queued(key, {"to": to, "address": to.email, "subject": subject, "body": body}, at or now())


@transaction.atomic
def write_outside(
    *, key: str, address: str, subject: str, body: str, link: str, at: datetime | None = None
) -> tuple[Mail, bool]:
    """The same to somebody who may have no account, with a secret link that replaces {link} in the body.

    The link is kept apart from the words, and only until the mail server has taken the letter or nobody tries again.
    """
    words = {"to": None, "address": address, "subject": subject, "body": body, "link": link}
    return _queued(key, words, at or now())


def _queued(key: str, words: dict[str, Any], moment: datetime) -> tuple[Mail, bool]:
    mail, is_new = Mail.objects.get_or_create(key=key, defaults=words | {"written_at": moment, "next_try_at": moment})
    if is_new:
        wake(DELIVER_TASK)
    return mail, is_new


@transaction.atomic
def call_back(*, key_begins: str, words: str, at: datetime | None = None) -> int:
    """Take back e-mails of that key that have not left yet, and say why. Returns how many."""
    moment, count = at or now(), 0
    for mail in Mail.objects.filter(key__startswith=key_begins, state=State.QUEUED):
        if Mail.objects.filter(pk=mail.pk, state=State.QUEUED).update(state=State.GIVEN_UP, link=""):
            result = Result.GIVEN_UP
            MailAttempt.objects.create(mail=mail, number=mail.attempt, at=moment, result=result, words=words)
            count += 1
    return count


def deliver_waiting(*, at: datetime | None = None) -> int:
    """Try every e-mail whose time has come; stop at the first sign that no server is there. Returns how many arrived.

    Safe to run at any time and by several workers at once.
    """
    _settle(at or now())
    arrived = 0
    for key in Mail.objects.waiting(at or now()).order_by("next_try_at", "pk").values_list("pk", flat=True)[:A_PASS]:
        mail = claim(mail_id=key, at=at)
        if mail is None:
            continue
        outcome = _try(mail, at)
        arrived += outcome is not None and outcome.result is Result.DELIVERED
        if outcome is not None and not outcome.server_up:
            break
    return arrived


def claim(*, mail_id: int, at: datetime | None = None) -> Mail | None:
    """Take an e-mail nobody is sending; None where somebody is, or it is done with."""
    moment = at or now()
    taken = (
        Mail.objects.filter(pk=mail_id)
        .waiting(moment)
        .update(state=State.SENDING, attempt=F("attempt") + 1, lease_until=moment + LEASE, handed_over_at=None)
    )
    return Mail.objects.select_related("to").get(pk=mail_id) if taken else None


def _try(mail: Mail, at: datetime | None) -> Outcome | None:
    """One attempt, recorded. None where the e-mail was no longer ours to send."""
    if mail.to is not None and not mail.to.is_active:
        outcome = Outcome(Result.GIVEN_UP, "The account was closed before it could be sent.")
    else:
        try:
            outcome = hand_over(_message(mail), before_text=lambda: _about_to_leave(mail, at or now()))
        except NotOurs:
            return None
    _record(mail, outcome, at or now())
    return outcome


def _message(mail: Mail) -> EmailMessage:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">") or "localhost"
    headers = {
        "Message-ID": f"<mail-{mail.pk}-{mail.written_at:%Y%m%d%H%M%S}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    body = mail.body.replace(LINK, mail.link) if mail.link else mail.body
    return EmailMessage(mail.subject, body, settings.DEFAULT_FROM_EMAIL, [mail.address], headers=headers)


def _about_to_leave(mail: Mail, moment: datetime) -> bool:
    """Say that from now on it may have arrived. No where another worker took it, because this one was too slow."""
    ours = Mail.objects.filter(pk=mail.pk, state=State.SENDING, attempt=mail.attempt, handed_over_at=None)
    return bool(ours.update(handed_over_at=moment))


@transaction.atomic
def _record(mail: Mail, outcome: Outcome, moment: datetime) -> None:
    result, words = outcome.result, outcome.words
    if result is Result.LATER and mail.attempt >= ATTEMPTS:
        result, words = Result.GIVEN_UP, f"Given up after {mail.attempt} attempts. {words}"
    # A worker that was thought dead may still learn that its e-mail arrived.
    ours = Mail.objects.filter(pk=mail.pk, attempt=mail.attempt, state__in=[State.SENDING, State.UNSURE])
    if result is Result.LATER:
        held = ours.update(
            state=State.QUEUED, next_try_at=moment + back_off(mail.attempt), lease_until=None, handed_over_at=None
        )
    else:
        held = ours.update(state=State(result.value), lease_until=None, link="")
    if held:
        MailAttempt.objects.create(mail=mail, number=mail.attempt, at=moment, result=result, words=words)


def _settle(moment: datetime) -> None:
    """E-mails whose worker died while the text was leaving: nobody knows, so they are not sent again."""
    for mail in Mail.objects.left_unsure(moment):
        words = "The service was stopped while it sent the email, so it may or may not have arrived."
        with transaction.atomic():
            if (
                Mail.objects.filter(pk=mail.pk)
                .left_unsure(moment)
                .update(state=State.UNSURE, lease_until=None, link="")
            ):
                MailAttempt.objects.create(mail=mail, number=mail.attempt, at=moment, result=Result.UNSURE, words=words)
