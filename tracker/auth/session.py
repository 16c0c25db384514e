"""Wires sign-ins into the app: the cookie, the user of a request, and what happens without one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    request,
    session,
    url_for,
)
from flask_login import LoginManager, login_user

from tracker.config import Settings, SettingsError
from tracker.db import utcnow
from tracker.pages import page

from . import kept, queries, services
from .domain import SignIn
from .forms import SignInForm
from .models import User

ACCOUNT = "account"
"""Key in the session cookie: the id of the account last signed in with from this browser."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What the sign-in page says of the form that met an ended sign-in."""

    keeps: bool
    too_long: bool
    loses_files: bool


def init_auth(app: Flask) -> None:
    """Set up the session cookie, the user of each request and the answers without one.

    Raises SettingsError for cookies without https anywhere but on the loopback address.
    """
    settings: Settings = app.extensions["tracker_settings"]
    if settings.dev and not _is_loopback(settings.base_url):
        raise SettingsError("TRACKER_DEV needs a TRACKER_BASE_URL on the loopback address")
    app.config.update(
        # Browsers take a __Host- cookie only with Secure, for the whole host and no other.
        SESSION_COOKIE_NAME="tracker-dev" if settings.dev else "__Host-tracker",
        SESSION_COOKIE_SECURE=not settings.dev,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_DOMAIN=None,
        SESSION_COOKIE_PATH="/",
        REMEMBER_COOKIE_NAME="tracker-never-remembers",
    )
    manager = LoginManager()
    # Sign-ins are rows; comparing browsers would end one whenever a browser updates itself.
    manager.session_protection = None
    manager.user_loader(load_user)
    manager.unauthorized_handler(ask_to_sign_in)
    manager.init_app(app)
    app.after_request(_note_seen)
    app.add_template_global(seconds_left, "sign_in_seconds")


def load_user(token: str) -> User | None:
    """The user of a request, by the token in its session cookie; one statement."""
    found = queries.signed_in(token)
    if found is None:
        return None
    user, sign_in = found
    user.came_with(token)
    g.sign_in = sign_in
    return user


def this_sign_in() -> int | None:
    """The id of the sign-in that this request came with."""
    sign_in: SignIn | None = g.get("sign_in")
    return sign_in.id if sign_in is not None else None


def seconds_left() -> int:
    """How long this sign-in lasts without another request; 0 when there is none."""
    sign_in: SignIn | None = g.get("sign_in")
    if sign_in is None:
        return 0
    held = queries.settings()
    left = sign_in.left(utcnow(), idle=held.idle_time, longest=held.longest_sign_in)
    return max(0, int(left.total_seconds()))


def begin(user: User, token: str) -> None:
    """Make this browser's session that of a new sign-in; nothing of the old session remains."""
    session.clear()
    g.pop("sign_in", None)
    session[ACCOUNT] = user.id
    user.came_with(token)
    login_user(user)


def end() -> None:
    """Empty this browser's session. The account's id stays, so that a form still open in another
    tab is kept for nobody else."""
    account = session.get(ACCOUNT)
    session.clear()
    if account is not None:
        session[ACCOUNT] = account
    g.pop("sign_in", None)


def ask_to_sign_in() -> Response:
    """The answer to a request that needs a sign-in: the sign-in page, then back."""
    back = kept.page_of_form()
    if "HX-Request" in request.headers:
        # Never a redirect: the sign-in page would be swapped into a part of the page.
        response = make_response("", 401)
        response.headers["HX-Redirect"] = url_for("auth.sign_in", next=back)
        return response
    if request.method in ("GET", "HEAD"):
        return make_response(redirect(url_for("auth.sign_in", next=back)))
    return _sign_in_with_form(back)


def _sign_in_with_form(back: str) -> Response:
    form = SignInForm(formdata=None, next=back)
    posted = kept.from_request(session.get(ACCOUNT))
    signed = posted.sign() if posted else None
    form.kept.data = signed or ""
    ended = Ended(
        keeps=signed is not None,
        too_long=posted is not None and signed is None,
        loses_files=any(file.filename for file in request.files.values()),
    )
    return page("auth/sign_in.html", status=401, form=form, ended=ended)


def _note_seen(response: Response) -> Response:
    sign_in: SignIn | None = g.get("sign_in")
    if sign_in is not None:
        # What htmx fetches keeps the sign-in alive too: the page learns by how much.
        response.headers["Qi-Sign-In"] = str(seconds_left())
    if sign_in is not None and sign_in.is_due(utcnow()):
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        response.call_on_close(partial(_in_context, app, sign_in))
    return response


def _in_context(app: Flask, sign_in: SignIn) -> None:
    with app.app_context():
        services.note_seen(sign_in)


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
