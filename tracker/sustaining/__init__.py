"""What keeps an improvement going: the eight key enablers, and ten factors of sustainability."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages and who may see what."""
    from tracker.projects.access import register_part

    from . import views
    from .models import Round

    register_part(Round, Round.project)
    app.register_blueprint(views.bp)
