"""Handing one e-mail to the mail server, step by step, so that it is known how far it got.

A mail server that breaks off before the text leaves has not got the e-mail: it is tried again. One that breaks off
after it may have it: that is never tried again by itself, because two of the same are worse than asking.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from programme.models import MailAttempt

Result = MailAttempt.Result
OK, FORWARDED, GO_AHEAD, PERMANENT = 250, 251, 354, 500


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt. Without `server_up` there is no point in trying the next e-mail now."""

    result: MailAttempt.Result
    words: str
    server_up: bool = True


class NotOurs(Exception):
    """Somebody else has taken the e-mail over in the meantime."""


def hand_over(message: EmailMessage, *, before_text: Callable[[], bool]) -> Outcome:
    """Give the e-mail to the mail server. `before_text` is called just before the text leaves, and may say no."""
    backend: Any = get_connection()
    if isinstance(backend, EmailBackend):
        return _by_smtp(backend, message, before_text)
    _ask(before_text)  # the demo's folder, or the tests' list
    backend.send_messages([message])
    return Outcome(Result.DELIVERED, "")


def _by_smtp(backend: Any, message: EmailMessage, before_text: Callable[[], bool]) -> Outcome:
    try:
        backend.open()
        server = backend.connection
        server.ehlo_or_helo_if_needed()
    except OSError as error:
        _leave(backend)
        return Outcome(Result.LATER, f"The mail server could not be reached: {_reason(error)}.", server_up=False)
    try:
        return _envelope(server, message) or _text(server, message, before_text)
    finally:
        _leave(backend)


def _envelope(server: Any, message: EmailMessage) -> Outcome | None:
    """Sender, recipient and the wish to send; an outcome where one of them was not taken."""
    try:
        code, said = server.mail(sanitize_address(message.from_email, "utf-8"))
        if code != OK:  # our own address, so nothing about the recipient
            return Outcome(Result.LATER, f"The mail server does not take emails from us: {_said(code, said)}.")
        code, said = server.rcpt(sanitize_address(message.to[0], "utf-8"))
        if code not in {OK, FORWARDED}:
            return _not_taken(code, said)
        code, said = server.docmd("DATA")
        return None if code == GO_AHEAD else _not_taken(code, said)
    except OSError as error:
        return Outcome(Result.LATER, f"The mail server broke off: {_reason(error)}.", server_up=False)


def _text(server: Any, message: EmailMessage, before_text: Callable[[], bool]) -> Outcome:
    try:
        _ask(before_text)
    except NotOurs:
        server.close()  # in the middle of the text, so that the server throws it away
        raise
    try:
        server.send(_on_the_wire(message))
        code, said = server.getreply()
    except OSError as error:
        words = f"The mail server broke off at the end, so it may or may not have arrived: {_reason(error)}."
        return Outcome(Result.UNSURE, words, server_up=False)
    return Outcome(Result.DELIVERED, "") if code == OK else _not_taken(code, said)


def _ask(before_text: Callable[[], bool]) -> None:
    if not before_text():
        raise NotOurs


def _not_taken(code: int, said: bytes) -> Outcome:
    if code >= PERMANENT:
        return Outcome(Result.REFUSED, f"The mail server refused it: {_said(code, said)}.")
    return Outcome(Result.LATER, f"The mail server asks to try later: {_said(code, said)}.")


def _on_the_wire(message: EmailMessage) -> bytes:
    """As SMTP wants it: CRLF, a full stop at the beginning of a line doubled, one alone at the end."""
    text = re.sub(rb"\r\n|\r|\n", b"\r\n", message.message().as_bytes())
    text = re.sub(rb"(?m)^\.", b"..", text)
    return text + (b"" if text.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _leave(backend: Any) -> None:
    with suppress(OSError):
        backend.close()


def _said(code: int, said: bytes) -> str:
    words = " ".join(said.decode("utf-8", "replace").split())
    return f"{code} {words}".strip().rstrip(".")


def _reason(error: OSError) -> str:
    """An error in words somebody of the office can pass on."""
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "it did not answer in time"
    code, said = getattr(error, "smtp_code", None), getattr(error, "smtp_error", b"")
    if code and code > 0:
        return _said(code, said if isinstance(said, bytes) else str(said).encode())
    return (error.strerror or str(error) or type(error).__name__).rstrip(".")
