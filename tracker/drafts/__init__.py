"""Drafts and once-only creates: what keeps typed text and double presses from doing harm."""

from __future__ import annotations

from flask import Flask


def init(app: Flask) -> None:
    """Register the autosave address."""
    from . import views

    app.register_blueprint(views.bp)
