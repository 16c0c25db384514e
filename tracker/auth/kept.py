"""Keeps what was typed when a form meets a sign-in that has ended.

The fields travel through the sign-in page in one signed value that only the same account can
redeem. They come back as a draft of the form, or, when the form keeps no drafts, as a page that
shows them and can send them again; never as a save. Who the account was comes from the signed
session cookie, which other sites cannot make the browser send: what a stranger's page posts is
never kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tracker.db import unit_of_work
from tracker.drafts import services as drafts
from tracker.pages import safe_next

from . import queries
from .models import User

LARGEST = 1_900_000
"""Characters; the sign-in form that carries them is limited to 2 MB in all."""
LASTS = 12 * 3600
FORM_KEY = "form_key"
LONGEST_KEY = 200
NEVER_KEPT = frozenset(
    {
        "auth.sign_in",
        "auth.sign_out",
        "auth.forgotten",
        "auth.link_sent",
        "auth.set_password",
        "auth.change_password",
    }
)
"""Pages whose fields are secrets, and that nobody wants to come back to."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A form on its way through the sign-in page."""

    account: int
    path: str
    """Where it was sent to."""
    page: str
    """Where it stands."""
    fields: dict[str, list[str]]

    @property
    def form_key(self) -> str:
        """Names the form among drafts; empty for a form that keeps none."""
        key = next(iter(self.fields.get(FORM_KEY, ())), "")
        is_theirs = len(key) <= LONGEST_KEY and not key.startswith(drafts.OWN)
        return key if is_theirs else ""

    def sign(self) -> str | None:
        """As one value for a hidden field; None when it is too large to send."""
        text = _serializer().dumps([self.account, self.path, self.page, self.fields])
        return text if len(text) <= LARGEST else None

    def store(self, user: User) -> None:
        """Make it a draft of the account, to be offered where the form is."""
        with unit_of_work():
            drafts.keep(user, self.form_key, self.fields)


def from_request(account: int | None) -> Kept | None:
    """The form that was just posted, when it was a form of `account` and holds anything."""
    if account is None or request.method != "POST" or request.endpoint in NEVER_KEPT:
        return None
    fields = {
        name: texts
        for name, texts in request.form.lists()
        if name != "csrf_token" and "password" not in name
    }
    if not any(any(texts) for texts in fields.values()):
        return None
    return Kept(account, request.full_path.rstrip("?"), page_of_form(), fields)


def from_text(text: str | None) -> Kept | None:
    """A signed value that has come back; None when it is absent, changed or too old."""
    if not text:
        return None
    try:
        account, path, page, fields = _serializer().loads(text, max_age=LASTS)
    except (BadData, ValueError):
        return None
    return Kept(account, path, page, fields)


def page_of_form() -> str:
    """Where the form of this request stands: a page of this site that can be opened."""
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    here = request.full_path.rstrip("?")
    candidates = []
    if came_from.netloc == request.host:
        candidates.append(came_from.path + (f"?{came_from.query}" if came_from.query else ""))
    candidates.append(here)
    if request.method == "GET" and "HX-Request" not in request.headers:
        candidates.reverse()
    safe = (safe_next(path, otherwise="") for path in candidates)
    return next((path for path in safe if path and _opens(path)), "/")


def _opens(path: str) -> bool:
    parts = urlsplit(path)
    adapter: Any = current_app.create_url_adapter(request)
    try:
        endpoint, _ = adapter.match(parts.path, method="GET", query_args=parts.query)
    except (HTTPException, RequestRedirect):
        return False
    return endpoint not in NEVER_KEPT


def _serializer() -> URLSafeTimedSerializer:
    held = queries.settings()
    # The newest key signs and stands last.
    return URLSafeTimedSerializer([*held.secret_key_fallbacks, held.secret_key], salt="kept-form")
