"""Documents and links of a project: logic model, system map, papers; each with its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages and who may see what."""
    from tracker.projects.access import register_part

    from . import views
    from .models import Attachment

    register_part(Attachment, Attachment.project)
    app.register_blueprint(views.bp)
