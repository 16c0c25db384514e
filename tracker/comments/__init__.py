"""Comments: what a coach and a team write to each other, beside what they write about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages and who may see what."""
    from tracker.projects.access import register_part

    from . import queries, views
    from .models import Comment

    register_part(Comment, Comment.project)
    app.register_blueprint(views.bp)
    app.jinja_env.globals.update(comments_beside=queries.beside, field_names=queries.field_names)
