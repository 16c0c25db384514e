"""Versions of a diagram: who left it how and when, what changed between two, and going back."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work
from tracker.measures import queries as measures
from tracker.pages import done, page
from tracker.permissions import Permission, requires
from tracker.projects.models import Project
from tracker.safe.numbers import parse_id

from . import bringing, queries
from .blueprint import BASE, bp, home
from .versions import (
    compare,
    from_json,
)


@bp.get(f"{BASE}/versions")
@requires(Permission.PROJECT_READ, Project)
def versions(project: Project) -> ResponseReturnValue:
    """All versions, and the differences of two: the last two unless others are asked for."""
    found = queries.versions(project)
    by_number = {version.number: version for version in found}
    newest = found[0].number if found else 0
    new = by_number.get(parse_id(request.args.get("new", "")) or newest)
    old = by_number.get(parse_id(request.args.get("old", "")) or (new.number - 1 if new else 0))
    changes = None
    if new is not None and old is not None:
        titles = {m.uid.hex: m.title for m in measures.of_projects([project.id])}
        changes = compare(from_json(old.body), from_json(new.body), titles)
    return page(
        "drivers/versions.html",
        project=project,
        versions=found,
        old=old,
        new=new,
        changes=changes,
        home=home(project.id),
    )


@bp.post(f"{BASE}/versions/<id:number>/restore")
@requires(Permission.PROJECT_EDIT, Project, key="project_id")
def restore_version(project: Project, number: int) -> ResponseReturnValue:
    """Go back to a version; the one before can be gone back to in the same way."""
    with unit_of_work():
        version = queries.version(project.id, number)
        if version is None:
            abort(404)
        count = bringing.restore_version(project, version, by=current_user)
    said = f"Version {number} is back" if count else f"It is as in version {number} already"
    return done(home(project.id), announce=said)
