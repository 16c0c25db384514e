"""The product as its own command starts it, and people's browsers in front of it.

Nothing is sent twice here: what was answered was acknowledged, and the rest was not.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

TRACKER = Path(sys.executable).with_name("tracker")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
KEY = "only-for-faults-" * 3
PASSWORD = "thistle gravel canoe"

Form = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole."""

    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def made(self) -> int:
        """The id in the address that a form sends on to."""
        assert self.status == 303, f"{self.status}: {self.text[:2000]}"
        return int(self.headers["Location"].rstrip("/").rpartition("/")[2])

    def field(self, name: str) -> str:
        """The value of a hidden field."""
        found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', self.text)
        assert found is not None, f"no field {name} in {self.text[:2000]}"
        return unescape(found[1])


class Server:
    """gunicorn on a free port, in a process group of its own; started again on the same port."""

    def __init__(self, database_url: str, log: Path, *, workers: int = 2) -> None:
        self._url, self._log, self._workers = database_url, log, workers
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start, and wait until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                [
                    *(str(TRACKER), "run", "--port", str(self.port)),
                    *("--workers", str(self._workers)),
                ],
                env={
                    **os.environ,
                    "TRACKER_DATABASE_URL": self._url,
                    "TRACKER_SECRET_KEY": KEY,
                    "TRACKER_DEV": "1",
                },
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + 30
        while not self.answers():
            ended = self._process.poll() is not None
            assert not ended, self.log()[-4000:]
            assert time.monotonic() < until, self.log()[-4000:]
            time.sleep(0.05)

    def kill(self) -> None:
        """End every process of it at once, as a power cut does."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)
        # Its workers are nobody's children here, and listen until they are gone too.
        until = time.monotonic() + 10
        while self.answers():
            assert time.monotonic() < until, "a worker outlived its group"
            time.sleep(0.01)

    def ask_to_end(self) -> None:
        """What a service manager does first."""
        self._process.send_signal(signal.SIGTERM)

    def ended(self, seconds: float) -> int:
        """Its exit code, once it has ended."""
        return self._process.wait(seconds)

    def answers(self) -> bool:
        """Something listens."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def log(self) -> str:
        """All that it printed so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")


@dataclass(slots=True)
class Visitor:
    """One person's browser. Raises OSError or HTTPException when no answer comes."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def sign_in(self, email: str) -> None:
        """Through the page, with the one password of these tests."""
        self.token = self.get("/sign-in").field("csrf_token")
        answer = self.post("/sign-in", {"email": email, "password": PASSWORD})
        assert answer.status == 303, answer.text[:2000]
        self.token = self.get("/account/password").field("csrf_token")

    def get(self, path: str) -> Answer:
        """One page."""
        return self._sent("GET", path, None, {})

    def post(self, path: str, form: Form) -> Answer:
        """Send a form; a value of bytes is a file."""
        whole = {"csrf_token": self.token, **form}
        if any(isinstance(value, bytes) for value in whole.values()):
            parts = {
                name: FileStorage(BytesIO(value), "figures.csv")
                if isinstance(value, bytes)
                else str(value)
                for name, value in whole.items()
            }
            mark, body = encode_multipart(parts)
            kind = f'multipart/form-data; boundary="{mark}"'
        else:
            body = urlencode(whole).encode()
            kind = "application/x-www-form-urlencoded"
        return self._sent("POST", path, body, {"Content-Type": kind})

    def _sent(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        told = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Sec-Fetch-Site": "same-origin",
            **headers,
        }
        try:
            connection.request(method, path, body, told)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, text, dict(response.headers.items()))
