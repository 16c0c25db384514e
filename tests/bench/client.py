"""Small browsers in a closed loop: each sends its next request when it has its last answer."""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

CLIENTS = 4
TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')


class Unexpected(RuntimeError):
    """An answer that is not the page the bench means to measure."""


@dataclass(frozen=True, slots=True)
class File:
    """A file in a form."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """What to send, and how to tell that the answer is the right one."""

    path: str
    form: Mapping[str, str | File] | None = None
    """Fields to post, without the CSRF token; None gets the page."""
    status: int = 200
    holds: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    location: str


@dataclass(slots=True)
class Browser:
    """One person's browser: keeps its connection, its cookies and a CSRF token.

    Once signed in (`is_settled`) it takes no more cookies: a save puts the sentence for the next
    page in one, and with saves alone those sentences would pile up.
    """

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    is_settled: bool = False
    _connection: HTTPConnection | None = None

    def twin(self) -> Browser:
        """Another window of the same person, on a connection of its own."""
        return Browser(self.port, dict(self.cookies), self.token, self.is_settled)

    def sign_in(self, email: str, password: str) -> None:
        """Sign in by the page, and take a token from there."""
        self.read_token("/sign-in")
        self.send(Request("/sign-in", {"email": email, "password": password}, status=303))
        self.read_token("/account/password")
        self.is_settled = True

    def read_token(self, path: str) -> None:
        """Take the CSRF token out of a form."""
        found = TOKEN.search(self.send(Request(path)).body)
        if found is None:
            raise Unexpected(f"{path} has no form")
        self.token = found[1].decode()

    def send(self, request: Request) -> Answer:
        """Send and check. Raises Unexpected."""
        try:
            answer = self._sent(request)
        except (HTTPException, ConnectionError):
            # The server ends a connection that was idle for two seconds.
            self._connection = None
            answer = self._sent(request)
        if answer.status != request.status or request.holds not in answer.body:
            raise Unexpected(
                f"{request.path}: {answer.status} in place of {request.status}: "
                f"{answer.location or answer.body[:2000].decode(errors='replace')}"
            )
        return answer

    def _sent(self, request: Request) -> Answer:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if request.form is not None:
            headers["Sec-Fetch-Site"] = "same-origin"
            body, headers["Content-Type"] = encoded({**request.form, "csrf_token": self.token})
        self._connection.request("GET" if body is None else "POST", request.path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        if not self.is_settled:
            for cookie in response.headers.get_all("Set-Cookie") or ():
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
        return Answer(response.status, content, response.headers.get("Location", ""))


def encoded(form: Mapping[str, str | File]) -> tuple[bytes, str]:
    """A form as a browser sends it, with its content type."""
    if not any(isinstance(value, File) for value in form.values()):
        return urlencode(dict(form)).encode(), "application/x-www-form-urlencoded"
    mark = secrets.token_hex(16)
    lines = []
    for name, value in form.items():
        about = f'Content-Disposition: form-data; name="{name}"'
        if isinstance(value, File):
            about += f'; filename="{value.name}"\r\nContent-Type: text/csv'
            value = value.content
        lines.append(f"--{mark}\r\n{about}\r\n\r\n{value}\r\n")
    return f"{''.join(lines)}--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def closed_loop(
    browsers: Sequence[Browser],
    numbers: Iterator[int],
    turn: Callable[[Browser, int], None],
    *,
    seconds: float,
) -> list[float]:
    """Take a turn for every number, as many at once as there are browsers; stop after a while.

    Gives the seconds that each took. Raises what went wrong in any of them.
    """
    lock, until = threading.Lock(), time.monotonic() + seconds
    times: list[float] = []
    faults: list[BaseException] = []

    def browse(browser: Browser) -> None:
        try:
            while time.monotonic() < until and not faults:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                began = time.perf_counter()
                turn(browser, number)
                times.append(time.perf_counter() - began)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=browse, args=(each,)) for each in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return times
