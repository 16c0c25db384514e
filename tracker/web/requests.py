"""An id for every request, and one JSON line about it on stdout.

No line holds a form's content, a query string, an e-mail address or a token: of an exception it
gives the kind and the places in the code, never the message, which may quote what was typed.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, TextIO

from flask import Flask, Response, g, has_request_context, request
from sqlalchemy import inspect

ROOT = Path(__file__).resolve().parents[2]
DEEPEST = 12

log = logging.getLogger("tracker.request")


class JsonLines(logging.Formatter):
    """One JSON object a record; `extra={"facts": {...}}` adds to it."""

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "utc": when.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            # Flask's own message about an exception quotes the path, which may hold a token.
            "event": str(record.msg) if record.exc_info else record.getMessage(),
        }
        if has_request_context():
            line["request_id"] = g.get("request_id")
            if "plugin" in g:
                line["plugin"] = g.plugin
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            line |= described(record.exc_info[1])
        return json.dumps(line, default=str)


class Stdout(logging.StreamHandler[TextIO]):
    """Writes to whatever stdout is now: it is exchanged under test and by servers."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)
        self.setFormatter(JsonLines())

    @property
    def stream(self) -> TextIO:
        return sys.stdout

    @stream.setter
    def stream(self, value: TextIO) -> None:
        raise AttributeError("follows sys.stdout")


def described(error: BaseException) -> dict[str, Any]:
    """Kind of the exception and where it came from, without a word of what it says."""
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    at = [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    facts: dict[str, Any] = {"error": type(error).__qualname__, "at": at}
    if error.__cause__ is not None:
        facts["cause"] = type(error.__cause__).__qualname__
    return facts


def init_requests(app: Flask) -> None:
    """Give each request its id, and log it when it is answered."""
    _log_to_stdout()
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """The id of this request: on the error page, in the answer's header and in the log."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(8)
    return str(g.request_id)


def _begin() -> None:
    request_id()
    g.began = perf_counter()


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = request_id()
    rule = request.url_rule
    if rule is not None and rule.endpoint in {"static", "health.healthz"}:
        return response
    facts = {
        "user_id": _user_id(),
        "method": request.method,
        "route": rule.rule if rule is not None else None,
        "status": response.status_code,
        "ms": round((perf_counter() - g.get("began", perf_counter())) * 1000, 1),
    }
    level = logging.ERROR if response.status_code >= 500 else logging.INFO
    log.log(level, "request", extra={"facts": facts})
    return response


def _user_id() -> int | None:
    """Who was signed in, if the request asked. After a save the row's own `id` would be read
    from the database again, so this takes the key it was loaded by."""
    state = inspect(g.get("_login_user"), raiseerr=False)
    identity = getattr(state, "identity", None)
    return identity[0] if identity else None


def _log_to_stdout() -> None:
    logger = logging.getLogger("tracker")
    if not any(isinstance(handler, Stdout) for handler in logger.handlers):
        logger.addHandler(Stdout())
    logger.setLevel(logging.INFO)


def _place(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(ROOT):
        return path.relative_to(ROOT).as_posix()
    return "/".join(path.parts[-2:])
