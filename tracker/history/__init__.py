"""History: who did what to a project and when, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the page."""
    from . import views

    app.register_blueprint(views.bp)
