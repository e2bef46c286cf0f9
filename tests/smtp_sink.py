"""A real mail server on this machine that takes e-mails, or goes wrong in every way the real ones do."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage


class Mood(Enum):
    """What it does with the next e-mail."""

    TAKES = "takes it"
    NOT_OURS = "refuses to talk"
    HANGS = "accepts and never says a word"
    HANGS_AFTER_TEXT = "has the text and never answers"
    REFUSES_SENDER = "does not know us"
    REFUSES_RECIPIENT = "knows nobody of that name"
    BUSY = "asks to come later"
    DROPS_AT_DATA = "hangs up before the text"
    DROPS_AFTER_TEXT = "hangs up when it has the text"
    REFUSES_TEXT = "does not like the text"


@dataclass
class Sink:
    """The server as the test sees it."""

    port: int
    mood: Mood = Mood.TAKES
    taken: list[EmailMessage] = field(default_factory=list)
    visits: int = 0
    leaving: threading.Event = field(default_factory=threading.Event)


class _Visit(socketserver.StreamRequestHandler):
    """One connection."""

    sink: Sink

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def handle(self) -> None:
        self.sink.visits += 1
        if self.sink.mood is Mood.HANGS:
            self.sink.leaving.wait(20)
            return
        self.say("554 No service here" if self.sink.mood is Mood.NOT_OURS else "220 sink ESMTP")
        for line in self.rfile:
            verb = line.decode().upper().split()[0] if line.strip() else ""
            if not self.answer(verb):
                return

    def answer(self, verb: str) -> bool:
        """Whether to go on."""
        mood = self.sink.mood
        if verb == "QUIT":
            self.say("221 Bye")
            return False
        if verb == "DATA":
            return mood is not Mood.DROPS_AT_DATA and self.take()
        refusals = {
            ("MAIL", Mood.REFUSES_SENDER): "550 5.7.1 Sender not allowed",
            ("RCPT", Mood.REFUSES_RECIPIENT): "550 5.1.1 No such user here",
            ("RCPT", Mood.BUSY): "451 4.3.2 Try again later",
        }
        self.say(refusals.get((verb, mood), "250 OK"))
        return True

    def take(self) -> bool:
        self.say("354 Go ahead")
        text = b""
        for line in self.rfile:
            if line == b".\r\n":
                break
            text += line[1:] if line.startswith(b".") else line
        else:
            return False  # hung up in the middle: no server keeps that
        if self.sink.mood is Mood.REFUSES_TEXT:
            self.say("554 5.7.1 Looks like spam")
            return True
        self.sink.taken.append(email.message_from_bytes(text, policy=email.policy.default))
        if self.sink.mood is Mood.HANGS_AFTER_TEXT:
            self.sink.leaving.wait(20)
        if self.sink.mood in {Mood.DROPS_AFTER_TEXT, Mood.HANGS_AFTER_TEXT}:
            return False
        self.say("250 Taken")
        return True


@contextmanager
def smtp_sink(port: int = 0) -> Iterator[Sink]:
    """Listen on `port`, or on any that is free, until the block ends."""
    sink = Sink(port)
    visit = type("Visit", (_Visit,), {"sink": sink})
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", port), visit) as server:
        server.daemon_threads = True
        sink.port = server.server_address[1]
        listening = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        listening.start()
        try:
            yield sink
        finally:
            sink.leaving.set()
            server.shutdown()
            listening.join()
