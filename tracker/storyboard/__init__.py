"""The storyboard: a whole project on one page, to read on a screen, print, and put on a wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages."""
    from . import views

    app.register_blueprint(views.bp)
