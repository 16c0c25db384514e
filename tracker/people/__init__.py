"""The people of an organisation: inviting them, their roles, and their accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages."""
    from .views import bp

    app.register_blueprint(bp)
