"""Drafts and once-only creates: what keeps typed text and double presses from doing harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the autosave address."""
    from . import views

    app.register_blueprint(views.bp)
