"""Whom the programme suggests, to take over in one press."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import db, unit_of_work
from tracker.pages import done, page
from tracker.permissions import Permission, requires
from tracker.projects.models import Project
from tracker.safe.dates import today

from . import queries, services
from .blueprint import BASE, bp, home
from .forms import SuggestionsForm, suggestion_options


@bp.route(f"{BASE}/suggestions", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Project)
def suggestions(project: Project) -> ResponseReturnValue:
    """Tick those who matter here; nobody comes on the map twice."""
    project_id = project.id
    form = SuggestionsForm()
    # Pressed twice it asks for those that are there by now.
    form.chosen.options = suggestion_options(queries.suggested(project))
    if form.validate_on_submit():
        chosen = [one for one in queries.suggested(project) if one.key in form.chosen.data]
        with unit_of_work():
            count = services.take_over(
                db.session.get_one(Project, project_id), chosen, on=today(), by=current_user
            )
        said = f"{count} came on the map. Say where they stand" if count else "All are there"
        return done(home(project_id), announce=said)
    form.chosen.options = suggestion_options(queries.suggestions(project))
    return page(
        "stakeholders/suggestions.html",
        status=422 if form.is_submitted() else 200,
        project=project,
        form=form,
        home=home(project_id),
    )
