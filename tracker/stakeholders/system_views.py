"""The system map: what flows between stakeholders and services, as a table and as a drawing."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import db, unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.pages import done, page
from tracker.permissions import Permission, requires
from tracker.projects.models import Project

from . import drawing, queries, services
from .blueprint import BASE, bp, home
from .forms import AddLinkForm, EditLinkForm, values_of_link
from .models import StakeholderLink
from .system import Flow


@bp.get(f"{BASE}/system")
@requires(Permission.STAKEHOLDERS_READ, Project)
def system(project: Project) -> ResponseReturnValue:
    """What flows between whom."""
    links = queries.links(project.id)
    flows = [Flow(link.source_called, link.target_called, link.flows) for link in links]
    return page(
        "stakeholders/system.html",
        project=project,
        links=links,
        picture=drawing.system(flows) if flows else None,
        home=home(project.id),
    )


@bp.route(f"{BASE}/system/new", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Project)
def add_link(project: Project) -> ResponseReturnValue:
    """Add a flow."""
    project_id = project.id
    url = url_for(".system", project_id=project_id)
    form = open_form(AddLinkForm, f"stakeholders/{project_id}/link")
    if form.accepted():

        def write() -> str:
            services.add_link(
                db.session.get_one(Project, project_id),
                source=form.source.data,
                target=form.target.data,
                flows=form.flows.data,
                by=current_user,
            )
            return url

        return done(form.create(write), announce="The flow is on the system map")
    return form_page("stakeholders/link.html", form, project=project, names=_names(project))


@bp.route(f"{BASE}/system/<id:link_id>/edit", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, StakeholderLink)
def edit_link(link: StakeholderLink) -> ResponseReturnValue:
    """Change a flow."""
    project = link.project
    url = url_for(".system", project_id=link.project_id)
    form = open_form(
        EditLinkForm,
        f"stakeholder_link/{link.id}",
        initial=lambda: values_of_link(link),
        record=link,
    )
    if form.accepted() and form.save(
        lambda: services.change_link(
            link,
            source=form.source.data,
            target=form.target.data,
            flows=form.flows.data,
            by=current_user,
        )
    ):
        return done(url, announce="The flow is saved")
    return form_page(
        "stakeholders/link.html", form, project=project, link=link, names=_names(project)
    )


@bp.post(f"{BASE}/system/<id:link_id>/remove")
@requires(Permission.PDSA_LOG, StakeholderLink)
def remove_link(link: StakeholderLink) -> ResponseReturnValue:
    """Take a flow off the system map."""
    url = url_for(".system", project_id=link.project_id)
    undo = url_for(".restore_link", project_id=link.project_id, link_id=link.id)
    with unit_of_work():
        services.remove_link(link, by=current_user)
    return done(url, announce="The flow is off the system map", undo=undo)


@bp.post(f"{BASE}/system/<id:link_id>/restore")
@requires(Permission.PDSA_LOG, Project, key="project_id")
def restore_link(project: Project, link_id: int) -> ResponseReturnValue:
    """Put a flow back on the system map."""
    project_id = project.id
    with unit_of_work():
        services.restore_link(queries.removed_link(project_id, link_id), by=current_user)
    url = url_for(".system", project_id=project_id)
    return done(url, announce="The flow is back on the system map")


def _names(project: Project) -> list[str]:
    """What the fields propose: all on the map, and the services named so far."""
    links = queries.links(project.id)
    named = [row.name for row in queries.stakeholders(project.id)]
    named += [name for link in links for name in (link.source_name, link.target_name) if name]
    return list(dict.fromkeys(named))
