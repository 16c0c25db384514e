"""Driver diagrams: what the aim depends on, and the ideas for change that a team will test."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages and who may see what."""
    from tracker.projects.access import register_part
    from tracker.projects.steps import register

    # All add their pages to the one blueprint.
    from . import bringing_views, downloads, steps, version_views, views  # noqa: F401
    from .blueprint import bp
    from .models import ChangeIdea, Driver

    register_part(Driver, Driver.project)
    register_part(ChangeIdea, ChangeIdea.project)
    app.register_blueprint(bp)
    register(app, *steps.RULES)
