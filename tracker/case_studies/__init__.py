"""Case studies: drafted from a project, reviewed, published as a frozen copy, read by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages and who may see what."""
    from . import access, library_views, publishing_views, showing, views

    access.register_rules()
    for bp in (views.bp, publishing_views.bp, library_views.bp):
        app.register_blueprint(bp)
    app.jinja_env.filters.update(as_frozen=showing.as_frozen, drawn_on_paper=showing.drawn_on_paper)
