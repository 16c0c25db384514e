"""Search: one box over projects and all that is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Declare what can be found, and register the page."""
    from . import sources, views

    sources.declare()
    app.register_blueprint(views.bp)
