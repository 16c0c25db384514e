"""The history tab of a project."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.pages import page
from tracker.permissions import Permission, requires
from tracker.projects.access import is_outside
from tracker.projects.models import Project
from tracker.safe.numbers import parse_id

from . import queries
from .domain import details, sentence

bp = Blueprint("history", __name__, template_folder="templates")


@bp.get("/projects/<id:project_id>/history")
@requires(Permission.PROJECT_READ, Project)
def index(project: Project) -> ResponseReturnValue:
    """Who did what, newest first."""
    before = parse_id(request.args.get("before", ""))
    found = queries.events(project, before)
    shown = found[: queries.PAGE_SIZE]
    return page(
        "history/index.html",
        project=project,
        events=shown,
        older=shown[-1][0].id if len(found) > len(shown) else None,
        sentence=sentence,
        details=partial(details, outside=is_outside(project, current_user)),
    )
