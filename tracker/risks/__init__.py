"""The risk log of a project: what could go wrong, who looks after it, and when it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages and who may see what."""
    from tracker.comments import models as commented
    from tracker.projects import dates, steps
    from tracker.projects.access import register_part

    # Both add their pages to the one blueprint.
    from . import dates as own_dates
    from . import downloads, forms, views  # noqa: F401
    from .blueprint import bp
    from .models import Risk
    from .steps import RULES

    register_part(Risk, Risk.project)
    commented.subjects["risk"] = Risk
    commented.fields_of["risk"] = forms.fields_of
    app.register_blueprint(bp)
    steps.register(app, *RULES)
    dates.register(app, *own_dates.DATES)
