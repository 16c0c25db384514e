"""Pages of the stakeholder map: grid and table of one set of people, and each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import db, unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.pages import Option, done, page, wants_fragment
from tracker.permissions import Permission, requires
from tracker.projects import queries as projects
from tracker.projects.models import Project
from tracker.projects.roles import wanted_roles
from tracker.safe.dates import today

from . import domain, drawing, queries, services
from .blueprint import BASE, bp, home
from .domain import Kind, Quadrant, Reach, by_quadrant, reading
from .forms import AddForm, ContactForm, EditForm, MoveForm, QuickForm, values_of
from .models import Stakeholder

DENSE = 16
"""From so many on, the grid shows names closer together."""


@bp.get(BASE)
@requires(Permission.STAKEHOLDERS_READ, Project)
def index(project: Project) -> ResponseReturnValue:
    """The map: a grid of influence and interest, and a table of the same people."""
    return page("stakeholders/index.html", **context(project))


def context(project: Project) -> dict[str, Any]:
    """What the grid and the table are drawn from: one list for both."""
    day = today()
    entries = queries.entries(project, day)
    form = MoveForm(formdata=None)
    form.stakeholder.options = [
        Option(str(e.id), e.name)
        for e in sorted(entries, key=lambda e: e.name.casefold())
        if e.id is not None
    ]
    return {
        "project": project,
        "entries": entries,
        "grid": by_quadrant(entries),
        "is_dense": len(entries) >= DENSE,
        "reading": reading(entries),
        "has_lived_experience": any(e.lived_experience for e in entries),
        "moving": form,
        "today": day,
        "Quadrant": Quadrant,
        "drawing": drawing,
        "home": home(project.id),
    }


@bp.route(f"{BASE}/new", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Project)
def add(project: Project) -> ResponseReturnValue:
    """Put somebody on the map."""
    form = open_form(AddForm, f"stakeholders/{project.id}/new", initial=lambda: _asked_for(project))
    form.offer(_roles(project))
    if form.accepted():

        def write() -> str:
            row = services.add(
                db.session.get_one(Project, project.id),
                form.details,
                on=today(),
                by=current_user,
            )
            return home(project.id, row.id)

        return done(form.create(write), announce=f"“{form.name.data}” is on the map")
    return form_page("stakeholders/add.html", form, project=project)


def _asked_for(project: Project) -> Mapping[str, Any]:
    """Where the form begins: with a vacant role, or with somebody who brings lived experience."""
    role = request.args.get("team_role", "")
    if role in _roles(project):
        return {
            "name": role,
            "team_role": role,
            "kind": Kind.PERSON,
            "influence": Reach.HIGH,
            "interest": Reach.HIGH,
        }
    return {"lived_experience": request.args.get("lived_experience") == "yes"}


@bp.post(f"{BASE}/move")
@requires(Permission.PDSA_LOG, Project)
def move(project: Project) -> ResponseReturnValue:
    """Put somebody in another quarter of the grid."""
    form = MoveForm()
    form.stakeholder.options = [
        Option(str(row.id), row.name) for row in queries.stakeholders(project.id)
    ]
    if not form.validate_on_submit():
        shown = context(project) | {"moving": form}
        return page("stakeholders/index.html", status=422, form=form, **shown)
    to, stakeholder_id, project_id = form.to.filled, form.stakeholder.filled, project.id
    with unit_of_work():
        row = queries.stakeholder(project_id, stakeholder_id)
        if row is None:
            abort(404)
        services.move(row, to, by=current_user)
        name = row.name
    return done(home(project_id), announce=f"“{name}” is under {to.label}")


@bp.get(f"{BASE}/<id:stakeholder_id>")
@requires(Permission.STAKEHOLDERS_READ, Stakeholder)
def show(stakeholder: Stakeholder) -> ResponseReturnValue:
    """One stakeholder: what is written, who spoke to them, and how their stance changed."""
    project = stakeholder.project
    day = today()
    members = projects.everybody(project)
    vacancy = queries.vacancy_of(stakeholder.team_role, project, members, day)
    return page(
        "stakeholders/show.html",
        project=project,
        row=stakeholder,
        entry=queries.entry(stakeholder, vacancy),
        contacts=queries.contacts(stakeholder),
        changes=domain.changes(queries.stances(project.id, stakeholder.id)),
        today=day,
        drawing=drawing,
        home=home(project.id, stakeholder.id),
    )


@bp.route(f"{BASE}/<id:stakeholder_id>/edit", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Stakeholder)
def edit(stakeholder: Stakeholder) -> ResponseReturnValue:
    """Change what is written about somebody."""
    row, project_id = stakeholder, stakeholder.project_id
    form = open_form(EditForm, f"stakeholder/{row.id}", initial=lambda: values_of(row), record=row)
    form.offer(_roles(row.project), row.team_role)
    url = url_for(".show", project_id=project_id, stakeholder_id=row.id)
    if form.accepted() and form.save(
        lambda: services.change(row, form.details, on=today(), by=current_user)
    ):
        return done(url, announce=f"“{form.name.data}” saved")
    return form_page("stakeholders/edit.html", form, project=row.project, row=row, back=url)


@bp.route(f"{BASE}/<id:stakeholder_id>/standing", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Stakeholder)
def quick(stakeholder: Stakeholder) -> ResponseReturnValue:
    """Change stance, action and next contact: in the table, or on a page without script."""
    row, row_id, project_id = stakeholder, stakeholder.id, stakeholder.project_id
    name = row.name
    form = open_form(
        QuickForm, f"stakeholder/{row_id}/standing", initial=lambda: values_of(row), record=row
    )
    for field in form:
        field.id = f"{field.id}-{row_id}"
        field.label.field_id = field.id
    url = home(project_id, row_id)
    if form.accepted() and form.save(
        lambda: services.set_standing(
            row,
            now=form.now.data,
            needed=form.needed.data,
            action=form.action.data,
            next_contact_on=form.next_contact_on.data,
            on=today(),
            by=current_user,
        )
    ):
        more = {}
        if wants_fragment():
            more = context(db.session.get_one(Project, project_id))
        return done(
            url,
            partial="stakeholders/_map.html",
            announce=f"“{name}” saved",
            focus=f"change-{row_id}",
            **more,
        )
    response = form_page(
        "stakeholders/quick.html",
        form,
        partial="stakeholders/_quick_row.html",
        project=row.project,
        row=row,
        home=url,
    )
    if wants_fragment():
        response.headers["HX-Retarget"] = f"#s{row_id}"
        response.headers["HX-Reswap"] = "outerHTML"
        if request.method == "GET":
            response.headers["HX-Trigger-After-Settle"] = f'{{"qi:focus": "now-{row_id}"}}'
    return response


@bp.post(f"{BASE}/<id:stakeholder_id>/remove")
@requires(Permission.PDSA_LOG, Stakeholder)
def remove(stakeholder: Stakeholder) -> ResponseReturnValue:
    """Take somebody off the map."""
    row, project_id, name = stakeholder, stakeholder.project_id, stakeholder.name
    undo = url_for(".restore", project_id=project_id, stakeholder_id=row.id)
    with unit_of_work():
        services.remove(row, by=current_user)
    return done(home(project_id), announce=f"“{name}” is off the map", undo=undo)


@bp.post(f"{BASE}/<id:stakeholder_id>/restore")
@requires(Permission.PDSA_LOG, Project, key="project_id")
def restore(project: Project, stakeholder_id: int) -> ResponseReturnValue:
    """Put somebody back on the map."""
    project_id = project.id
    with unit_of_work():
        row = services.restore(
            queries.removed_stakeholder(project_id, stakeholder_id), by=current_user
        )
        name = row.name
    return done(home(project_id, stakeholder_id), announce=f"“{name}” is back on the map")


@bp.route(f"{BASE}/<id:stakeholder_id>/contacts/new", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Stakeholder)
def log_contact(stakeholder: Stakeholder) -> ResponseReturnValue:
    """Write down that somebody was spoken to."""
    row, project = stakeholder, stakeholder.project
    form = open_form(
        ContactForm,
        f"stakeholder/{row.id}/contact",
        initial=lambda: {"on": today(), "who": current_user.name},
    )
    url = url_for(".show", project_id=project.id, stakeholder_id=row.id)
    if form.accepted():

        def write() -> str:
            services.log_contact(
                row,
                on=form.on.filled,
                who=form.who.data,
                way=form.way.filled,
                outcome=form.outcome.data,
                now=form.now.data,
                next_contact_on=form.next_contact_on.data,
                by=current_user,
            )
            return url

        return done(form.create(write), announce="The contact is kept")
    return form_page("stakeholders/contact.html", form, project=project, row=row, back=url)


@bp.get(f"{BASE}/changes")
@requires(Permission.STAKEHOLDERS_READ, Project)
def changes(project: Project) -> ResponseReturnValue:
    """How those on the map came to stand where they do, and what was said to them."""
    return page(
        "stakeholders/changes.html",
        project=project,
        changes=domain.changes(queries.stances(project.id)),
        contacts=queries.all_contacts(project.id),
        home=home(project.id),
    )


def _roles(project: Project) -> list[str]:
    """The parts that the team should have filled."""
    return [role.title for role in wanted_roles(project)]
