"""Measures: what a team counts, the figures it holds, and the charts they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages and who may see what."""
    from tracker.comments import models as commented
    from tracker.projects.access import register_part
    from tracker.projects.steps import register

    # Each of these adds its pages to the one blueprint.
    from . import (  # noqa: F401  # noqa: F401
        downloads,
        drawing,
        entry,
        events,
        fields,
        importing_faults,
        importing_views,
        newer,
        signal_views,
        steps,
        views,
    )
    from .blueprint import bp
    from .models import Annotation, Measure, SignalExplanation

    register_part(Measure, Measure.project)
    register_part(Annotation, Annotation.project)
    register_part(SignalExplanation, SignalExplanation.project)
    commented.subjects["measure"] = Measure
    commented.fields_of["measure"] = fields.fields_of
    app.register_blueprint(bp)
    drawing.init_drawing(app)
    register(app, *steps.RULES)
