"""The stakeholder map: who matters to a project, where they stand, and how the system hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages and who may see what."""
    from tracker.projects import steps
    from tracker.projects.access import register_part

    # All add their pages to the one blueprint.
    from . import downloads, suggestion_views, system_views, views  # noqa: F401
    from .blueprint import bp
    from .models import Stakeholder, StakeholderLink
    from .steps import RULES

    register_part(Stakeholder, Stakeholder.project)
    register_part(StakeholderLink, StakeholderLink.project)
    steps.register(app, *RULES)
    app.register_blueprint(bp)
