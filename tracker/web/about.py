"""Pages about the service that anyone may read: help, accessibility, cookies, privacy."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from tracker.config import Settings
from tracker.pages import page
from tracker.permissions import public

bp = Blueprint("about", __name__)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["tracker_settings"]
    return settings


@bp.get("/help")
@public
def help_() -> Response:
    """Whom to ask, and the words used here."""
    return page("about/help.html", contact=_settings().contact)


@bp.get("/accessibility")
@public
def accessibility() -> Response:
    """The accessibility statement."""
    return page("about/accessibility.html", contact=_settings().contact)


@bp.get("/cookies")
@public
def cookies() -> Response:
    """The one cookie."""
    settings = _settings()
    return page(
        "about/cookies.html",
        name=current_app.config["SESSION_COOKIE_NAME"],
        idle_minutes=int(settings.idle_time.total_seconds() // 60),
        longest_hours=int(settings.longest_sign_in.total_seconds() // 3600),
    )


@bp.get("/privacy")
@public
def privacy() -> Response:
    """What is kept about people, and what must never be entered."""
    return page("about/privacy.html", contact=_settings().contact)
