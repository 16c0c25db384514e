"""Accounts: signing in, access roles, passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Add sign-ins and the account pages to the app."""
    from . import account_views, views  # noqa: F401
    from .blueprint import bp
    from .session import init_auth

    init_auth(app)
    app.register_blueprint(bp)
