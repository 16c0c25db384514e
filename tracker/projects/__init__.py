"""Projects: one team's improvement work, its aim statement and its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages and who may see what."""
    # Both add their pages to the one blueprint.
    from . import access, dates, downloads, own_steps, steps, views, wording  # noqa: F401

    access.register_rules()
    app.register_blueprint(views.bp)
    wording.init_wording(app)
    steps.register(app, *own_steps.RULES)
    dates.register(app, *own_steps.DATES)
