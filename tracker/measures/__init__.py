"""Measures: what a team counts, the figures it holds, and the charts they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages and who may see what."""
    from tracker.comments.models import subjects
    from tracker.projects.access import register_part

    # Each of these adds its pages to the one blueprint.
    from . import downloads, drawing, entry, events, importing_views, views  # noqa: F401
    from .blueprint import bp
    from .models import Annotation, Measure

    register_part(Measure, Measure.project)
    register_part(Annotation, Annotation.project)
    subjects["measure"] = Measure
    app.register_blueprint(bp)
    drawing.init_drawing(app)
