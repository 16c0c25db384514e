"""Pages about copies: beginning a project from a plan, and where one came from."""

from __future__ import annotations

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import db
from tracker.drafts.forms import form_page, open_form
from tracker.drivers import queries as drivers
from tracker.organisations.models import Organisation
from tracker.pages import Option, page
from tracker.pages.responses import done
from tracker.permissions import Permission, can, requires
from tracker.programmes import queries as programmes
from tracker.projects import services as projects
from tracker.projects.models import Project, Sharing
from tracker.safe.dates import today

from . import queries, services
from .domain import Part, differences
from .forms import CopyForm

bp = Blueprint("copying", __name__, template_folder="templates")


@bp.route("/projects/<id:project_id>/copy", methods=["GET", "POST"])
@requires(Permission.PROJECT_READ, Project)
def copy(project: Project) -> ResponseReturnValue:
    """Begin a project of one's own from the plan of one that may be read."""
    places = queries.places(current_user)
    offered = queries.parts_for(project, current_user)
    form = open_form(
        CopyForm,
        f"project/{project.id}/copy",
        initial=lambda: {
            "title": project.title,
            "organisation_id": places[0].id if len(places) == 1 else None,
            "parts": [part for part in offered if part is not Part.CYCLES],
        },
    )
    form.offer([Option(str(place.id), place.name) for place in places], offered)
    if form.accepted():
        if not form.parts.data:
            form.refuse("parts", "Choose what you take along")
        else:
            return done(form.create(lambda: _begin(project, form)), announce="Project started")
    return form_page("copying/copy.html", form, project=project, may_start_at=places)


def _begin(origin: Project, form: CopyForm) -> str:
    place = db.session.get_one(Organisation, form.organisation_id.filled)
    if not can(current_user, Permission.PROJECT_START, place):
        # A role may have ended since the form was read.
        abort(403)
    on_there = programmes.offered_programmes(place.id, on=today())
    new = projects.start(
        title=form.title.data,
        organisation=place,
        by=current_user,
        on=today(),
        programme=origin.programme if origin.programme in {p.key for p in on_there} else None,
        psc=queries.lead_psc(place, today()),
        sharing=Sharing.ORGANISATION,
        is_demo=place.is_demo,
    )
    services.copy_plan(origin, new, form.parts.data, on=today(), by=current_user)
    return url_for("copying.lineage", project_id=new.id)


@bp.get("/projects/<id:project_id>/lineage")
@requires(Permission.PROJECT_READ, Project)
def lineage(project: Project) -> ResponseReturnValue:
    """Where a plan was copied from, how the diagrams differ now, and what others made of it."""
    row = queries.origin_of(project)
    origin = queries.readable(row.origin_id, current_user) if row else None
    apart = (
        differences(drivers.board(origin.id).diagram, drivers.board(project.id).diagram)
        if origin is not None and row is not None and Part.DRIVERS in row.parts
        else []
    )
    return page(
        "copying/lineage.html",
        project=project,
        row=row,
        origin=origin,
        parts=[Part(name).label.lower() for name in row.parts] if row else [],
        took_drivers=row is not None and Part.DRIVERS in row.parts,
        here=[one for one in apart if one.is_here],
        there=[one for one in apart if not one.is_here],
        copies=queries.copies_of(project, current_user),
        may_start=can(current_user, Permission.PROJECT_START),
    )
