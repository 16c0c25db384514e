"""Tasks: who does what by when, of a project, of a cycle's plan, and one's own across projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Register the pages and who may see what."""
    from tracker.projects.access import register_part
    from tracker.projects.steps import register

    from . import domain, steps, views
    from .models import Task

    register_part(Task, Task.project)
    app.register_blueprint(views.bp)
    app.jinja_env.globals["due_words"] = domain.due_words
    register(app, *steps.RULES)
