"""Copying a project's plan into a new project, with where it came from kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages."""
    from . import views

    app.register_blueprint(views.bp)
