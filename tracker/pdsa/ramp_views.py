"""Pages over all cycles: ramps, the same on a timeline, and how predictions turned out."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import db
from tracker.organisations.models import Organisation
from tracker.pages import page
from tracker.permissions import Permission, requires, visible
from tracker.projects.access import is_outside, outsiders
from tracker.projects.models import Project
from tracker.safe.dates import today

from . import timeline
from .blueprint import bp
from .domain import Size
from .predicting import history
from .showing import ramps_of


@bp.get("/projects/<id:project_id>/ramp")
@requires(Permission.PROJECT_READ, Project)
def ramp(project: Project) -> ResponseReturnValue:
    """The cycles of a project side by side under each idea; `?as=timeline` by their dates."""
    outside, day = is_outside(project, current_user), today()
    shown = ramps_of(project, outside=outside, on=day)
    if request.args.get("as") == "timeline":
        return page(
            "pdsa/timeline.html",
            project=project,
            shown=shown,
            drawn=timeline.drawn(project, shown, outside=outside, on=day),
        )
    return page("pdsa/ramp.html", project=project, shown=shown, sizes=tuple(Size))


@bp.get("/projects/<id:project_id>/predictions")
@requires(Permission.PROJECT_READ, Project)
def predictions(project: Project) -> ResponseReturnValue:
    """Every number a project predicted, with what was seen."""
    outside = {project.id} if is_outside(project, current_user) else set()
    return page(
        "pdsa/predictions.html", project=project, history=history([project], outside=outside)
    )


@bp.get("/organisations/<id:organisation_id>/predictions")
@requires(Permission.ORGANISATION_READ, Organisation)
def predictions_of(organisation: Organisation) -> ResponseReturnValue:
    """The same of an organisation's own projects, as far as this person may read them."""
    projects = db.session.scalars(
        visible(Project, current_user).where(Project.organisation_id == organisation.id)
    ).all()
    return page(
        "pdsa/predictions_of.html",
        organisation=organisation,
        history=history(projects, outside=outsiders(projects, current_user)),
    )
