"""Error pages: what happened, what to do now, and the id that finds it in the log.

htmx gets a short fragment instead, put above the page's content, so that nothing a person typed is
swapped away. A refused form is handed back with what was typed where that is safe.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, Response, g, make_response, render_template, request
from flask_htmx import make_response as htmx_response
from flask_wtf.csrf import CSRFError, generate_csrf
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, SecurityError, ServiceUnavailable

from tracker.pages import wants_fragment
from tracker.permissions import HasEnded

from .headers import SAFE
from .requests import request_id

log = logging.getLogger("tracker.error")

TRY_AGAIN_AFTER: Final = 10
PASSING: Final = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
}
"""SQLite's own codes for what time or an operator puts right; "no such table" is not among them."""
NEVER_OFFERED: Final = ("csrf_token", "password", "secret", "token", "code")
MOST_TYPED: Final = 200


@dataclass(frozen=True, slots=True)
class Words:
    """What one kind of error page says."""

    title: str
    happened: str
    to_do: str


WORDS: Final = {
    400: Words(
        "We could not read that request",
        "Something in it was missing or not in a form we know.",
        "Go back, check what you entered and try again.",
    ),
    401: Words(
        "You are not signed in",
        "Your sign-in has ended, or you have not signed in yet.",
        "Sign in and try again.",
    ),
    403: Words(
        "You cannot do that here",
        "Your role does not allow it, or the request did not come from this site.",
        "If you should be able to, ask the project’s lead or your organisation’s administrator.",
    ),
    404: Words(
        "Page not found",
        "There is nothing at this address that you can see.",
        "Check the address, or start again from your work.",
    ),
    405: Words(
        "That does not work from here",
        "The page exists, but not for this kind of request.",
        "Go back and use the page’s own buttons and links.",
    ),
    409: Words(
        "Somebody else changed this first",
        "It is no longer as it was when you opened it.",
        "Go back, open it again and make your change on what is there now.",
    ),
    413: Words(
        "That is too large",
        "A file may have up to 8 MB, all text on a page together up to 2 MB.",
        "Make the file smaller, or send it in parts.",
    ),
    429: Words(
        "Too many attempts",
        "There have been more attempts than we allow in a short time.",
        "Wait a few minutes, then try again.",
    ),
    500: Words(
        "Something went wrong here",
        "The fault is ours. It has been recorded.",
        "Try again. If it happens again, tell us the reference below.",
    ),
    503: Words(
        "We are very busy",
        "Nothing was saved: the system did not answer in time.",
        "Wait a moment, then try again.",
    ),
}
ENDED: Final = Words(
    "This project has ended",
    "Nothing was changed: a closed project stays as it was, but for comments and case studies.",
    "Whoever leads it can open it again from its page, and says why.",
)
TOO_LONG: Final = Words(
    "This page was open too long",
    "Nothing was saved: your sign-in changed or ended after the page was opened.",
    "Your text is below. Check it, then send it again.",
)
TOO_LONG_GONE: Final = Words(
    TOO_LONG.title,
    TOO_LONG.happened,
    "Go back, copy what you typed, reload the page and send it again.",
)
TOO_LONG_THERE: Final = Words(
    TOO_LONG.title,
    TOO_LONG.happened,
    "What you typed is still on the page. Choose Save again.",
)


def init_errors(app: Flask) -> None:
    """Answer every error in our own words."""
    app.register_error_handler(CSRFError, open_too_long)
    app.register_error_handler(SecurityError, not_our_host)
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(OperationalError, database_busy)
    app.register_error_handler(NoConnection, database_busy)


def open_too_long(error: CSRFError) -> Response:
    """The form's token is no longer good: hand back what was typed, with a new token."""
    if wants_fragment():
        ours = _same_origin()
        response = answer(400, TOO_LONG_THERE if ours else TOO_LONG_GONE)
        if ours:
            response.headers["HX-Trigger"] = json.dumps({"qi:token": generate_csrf()})
        return response
    typed = typed_text()
    return answer(400, TOO_LONG if typed else TOO_LONG_GONE, typed=typed)


def not_our_host(error: SecurityError) -> Response:
    """A host that TRACKER_TRUSTED_HOSTS does not name: no page, for no link would be right."""
    return Response(
        f"This address is not one of ours. {request_id()}\n", 400, mimetype="text/plain"
    )


def refused(error: HTTPException) -> Response:
    """Any refusal by status; one that carries its own answer (a redirect, a view's) keeps it."""
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    if status not in WORDS and status < 400:
        return make_response(error.get_response())
    words = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    has_ended = isinstance(error, HasEnded)
    typed = typed_text() if status == 503 or has_ended else []
    response = answer(status, ENDED if has_ended else words, typed=typed)
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    return response


def database_busy(error: OperationalError | NoConnection) -> Response:
    """The database was locked, full or away: nothing was saved, and it may work in a moment.

    Raises any other database error again: it is a fault of ours.
    """
    cause = getattr(error, "orig", None)
    if isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode & 0xFF not in PASSING:
        raise error
    log.error("database unavailable", exc_info=error)
    return refused(ServiceUnavailable(retry_after=TRY_AGAIN_AFTER))


def answer(status: int, words: Words, *, typed: list[tuple[str, str]] | None = None) -> Response:
    """The error page, or for htmx the fragment that goes above the page's content."""
    context: dict[str, Any] = {
        "words": words,
        "status": status,
        "reference": request_id(),
        "typed": typed or [],
    }
    if status >= 500:
        # Flask-Login asks the database for every page who this is, and that may be what is broken.
        g.setdefault("_login_user", None)
    if wants_fragment():
        body = render_template("errors/_fragment.html", fragment=True, **context)
        response: Response = htmx_response(
            (body, status), retarget="#qi-notices", reswap="innerHTML"
        )
    else:
        if status >= 500:
            # The navigation asks the database who this is, which may be what is broken.
            context["nav"] = context["nav_end"] = list
        response = make_response(render_template("errors/error.html", **context), status)
    response.vary.add("HX-Request")
    return response


def typed_text() -> list[tuple[str, str]]:
    """What this request tried to save, to be offered again: no passwords, no files.

    Empty when the form may come from another site: offering that for sending would undo the
    protection that refused it.
    """
    if request.method in SAFE or not _same_origin():
        return []
    sent = [
        (name, value)
        for name, values in request.form.lists()
        if not any(word in name.lower() for word in NEVER_OFFERED)
        for value in values
    ]
    return sent if len(sent) <= MOST_TYPED else []


def _same_origin() -> bool:
    """The browser says that the form came from this site."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and origin == request.host_url.rstrip("/")
