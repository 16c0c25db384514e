"""What is due when, brought to a person: the weekly message, and a calendar feed of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages."""
    from . import views

    app.register_blueprint(views.bp)
