"""What every answer says to the browser, and the requests that are refused unread."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, abort, current_app, request
from flask_wtf.csrf import CSRFProtect

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
A_YEAR: Final = "max-age=31536000; includeSubDomains"
SAFE: Final = {"GET", "HEAD", "OPTIONS"}

csrf = CSRFProtect()


def init_headers(app: Flask) -> None:
    """Put the headers on every answer, and the CSRF check before every form."""
    # The default of an hour throws away what somebody took longer than that to write.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.before_request(refuse_cross_site)
    app.before_request(limit_text)
    csrf.init_app(app)
    app.after_request(add_headers)


def refuse_cross_site() -> None:
    """A form on another site may not send anything here, whatever token it brings."""
    if request.method not in SAFE and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)


def limit_text() -> None:
    """A form without files is read at once, so Werkzeug's limit on its text does not reach it."""
    if request.mimetype == "application/x-www-form-urlencoded":
        limits = [
            current_app.config[name] for name in ("MAX_CONTENT_LENGTH", "MAX_FORM_MEMORY_SIZE")
        ]
        request.max_content_length = min(limit for limit in limits if limit is not None)


def add_headers(response: Response) -> Response:
    """Set the headers; a view that sets one of its own keeps it."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", A_YEAR)
    if response.mimetype == "text/html":
        response.vary.add("HX-Request")
    return response
