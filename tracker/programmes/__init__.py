"""National programmes: what plugins define, the copies that projects use, and where each is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages, and compare plugins with stored copies before the first request."""
    # Each of the views adds its pages to the one blueprint.
    from . import own_views, reading_views, reconciling, views, wording  # noqa: F401
    from .blueprint import bp

    app.register_blueprint(bp)
    wording.init_wording(app)
    reconciling.init_reconciling(app)
