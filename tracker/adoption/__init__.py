"""Adoption and progress: levels against a programme's rubrics, evidence, pathways, roll-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages."""
    # Each of these adds its pages to the one blueprint.
    from . import over_time, pairs, pathways, projects, rating, scope, training, views, wording  # noqa: F401
    from .blueprint import bp

    app.register_blueprint(bp)
    app.register_blueprint(projects.bp)
    wording.init_wording(app)
