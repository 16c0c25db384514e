"""Deleted things: what can still be restored, by whom, and what is removed for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages."""
    from . import views

    app.register_blueprint(views.bp)
