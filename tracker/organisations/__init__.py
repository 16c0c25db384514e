"""Organisations: who there is, who is part of whom on a day, and finding them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages and who may see what."""
    # Each of the last two adds its pages to the one blueprint.
    from . import access, confirming, views  # noqa: F401
    from .blueprint import bp
    from .queries import taken_over_by

    access.register_rules()
    app.register_blueprint(bp)
    app.jinja_env.globals["taken_over_by"] = taken_over_by
