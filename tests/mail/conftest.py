"""A mail server on the loopback address that keeps what it is given."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_string, policy
from email.message import EmailMessage
from typing import cast

import pytest

from tracker.config import Protection, Smtp


@dataclass(slots=True)
class Sink:
    """What the server was given, and how it answers."""

    port: int = 0
    refuses: bool = False
    received: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    def smtp(self, protection: Protection = Protection.NONE) -> Smtp:
        """Settings that lead here."""
        return Smtp(
            host="127.0.0.1", port=self.port, sender="qi@example.nhs.uk", protection=protection
        )


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    sink: Sink


class _Conversation(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as one message takes."""

    def handle(self) -> None:
        sink = cast(_Server, self.server).sink
        self.say("220 sink")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                if sink.refuses:
                    self.say("451 not now")
                    continue
                sink.recipients.append(line.partition(":")[2].strip("<> "))
                self.say("250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                sink.received.append(self.read_message())
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def read_message(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline().decode()) not in (".\r\n", ""):
            lines.append(line[1:] if line.startswith("..") else line)
        return message_from_string("".join(lines), policy=policy.default)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A server that is there."""
    with _Server(("127.0.0.1", 0), _Conversation) as server:
        server.sink = Sink(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.sink
        server.shutdown()
        thread.join()


TextOf = Callable[[EmailMessage], str]


@pytest.fixture
def text_of() -> TextOf:
    """The words of a message."""
    return lambda message: message.get_content()


@pytest.fixture
def wait_for() -> Callable[[Callable[[], object]], None]:
    """Wait until something that another thread does is done."""

    def wait(holds: Callable[[], object]) -> None:
        end = time.monotonic() + 20
        while not holds():
            assert time.monotonic() < end, "it did not happen"
            time.sleep(0.02)

    return wait
