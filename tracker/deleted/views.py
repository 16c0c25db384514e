"""Pages of what was deleted, and deleting and restoring a whole project."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work
from tracker.pages import done, page
from tracker.pages.forms import Form
from tracker.permissions import Permission, requires
from tracker.projects import services as projects
from tracker.projects.models import Project

from . import queries
from .queries import Thing

bp = Blueprint("deleted", __name__, template_folder="templates")

RESTORING = {
    "cycle": ("pdsa.restore", "cycle_id"),
    "task": ("tasks.restore", "task_id"),
    "measure": ("measures.restore", "deleted_id"),
    "driver": ("drivers.restore", "driver_id"),
    "idea": ("drivers.restore_idea", "idea_id"),
    "risk": ("risks.restore", "risk_id"),
    "document": ("attachments.restore", "attachment_id"),
    "stakeholder": ("stakeholders.restore", "stakeholder_id"),
    "flow": ("stakeholders.restore_link", "link_id"),
    "answers": ("sustaining.restore", "round_id"),
    "event": ("measures.restore_event", "deleted_id"),
    "group": ("charter.restore_group", "group_id"),
    "involvement": ("charter.restore_involvement", "involvement_id"),
    "case study": ("case_studies.restore", "deleted_id"),
    "explanation": ("measures.restore_explanation", "deleted_id"),
    "note": ("pdsa.restore_note", "deleted_id"),
    "comment": ("comments.restore", "deleted_id"),
}
"""Kind of thing to where it is restored, and the name of its id there."""


@bp.get("/projects/<id:project_id>/deleted")
@requires(Permission.PDSA_LOG, Project)
def index(project: Project) -> ResponseReturnValue:
    """What was deleted in a project, and can be restored."""

    def address(thing: Thing) -> str:
        endpoint, name = RESTORING[thing.kind]
        return url_for(endpoint, **{"project_id": project.id, name: thing.id})  # type: ignore[arg-type]

    return page(
        "deleted/index.html",
        project=project,
        things=queries.things(project, current_user),
        address=address,
    )


@bp.get("/projects/deleted")
@requires(Permission.SIGNED_IN)
def projects_index() -> ResponseReturnValue:
    """Deleted projects that this person may restore."""
    return page("deleted/projects.html", found=queries.projects(current_user))


@bp.route("/projects/<id:project_id>/delete", methods=["GET", "POST"])
@requires(Permission.PROJECT_DELETE, Project)
def delete_project(project: Project) -> ResponseReturnValue:
    """Ask, then delete the project with all that is in it."""
    form = Form()
    if form.validate_on_submit():
        undo, title = url_for(".restore_project", project_id=project.id), project.title
        with unit_of_work():
            projects.delete(project, by=current_user)
        return done(url_for("projects.index"), announce=f"“{title}” is deleted", undo=undo)
    return page("deleted/delete_project.html", project=project, form=form)


@bp.post("/projects/<id:project_id>/restore")
@requires(Permission.PROJECT_DELETE, Project, deleted=True)
def restore_project(project: Project) -> ResponseReturnValue:
    """Bring a deleted project back, whole."""
    url = url_for("overview.project", project_id=project.id)
    with unit_of_work():
        projects.restore(project, by=current_user)
    return done(url, announce="The project is back, with everything in it")
