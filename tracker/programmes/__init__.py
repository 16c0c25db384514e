"""National programmes: what plugins define, the copies that projects use, and where each is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages, and compare plugins with stored copies before the first request."""
    from . import reconciling, views, wording

    app.register_blueprint(views.bp)
    wording.init_wording(app)
    reconciling.init_reconciling(app)
