"""The charter of a project, its equality impact assessment and its co-production record."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages and who may see what."""
    from tracker.projects import dates, steps
    from tracker.projects.access import register_part

    # All add their pages to the one blueprint.
    from . import downloads, equality_views, involvement_views, views  # noqa: F401
    from .blueprint import bp
    from .models import EqualityGroup, Involvement
    from .steps import DATES, RULES

    register_part(EqualityGroup, EqualityGroup.project)
    register_part(Involvement, Involvement.project)
    steps.register(app, *RULES)
    dates.register(app, *DATES)
    app.register_blueprint(bp)
