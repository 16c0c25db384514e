"""The co-production record: who had a part, in which cycles, and what it changed."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.pages import done, page
from tracker.pdsa import queries as pdsa
from tracker.permissions import Permission, requires
from tracker.projects.models import Project

from . import domain, queries, services
from .blueprint import PROJECT, bp
from .forms import AddInvolvementForm, EditInvolvementForm, involvement_of
from .models import Involvement

RECORD = f"{PROJECT}/co-production"
WHO = (
    "Patient Safety Partner",
    "Person with lived experience",
    "Parent or family member",
    "Carer",
    "Voluntary organisation",
    "Public voice partner",
)
"""Offered; a team may write its own."""


def home(project_id: int) -> str:
    """Address of a project's co-production record."""
    return url_for("charter.coproduction", project_id=project_id)


@bp.get(RECORD)
@requires(Permission.PROJECT_READ, Project)
def coproduction(project: Project) -> ResponseReturnValue:
    """Who had a part in the work, and in how many of its cycles."""
    entries = queries.involvements(project.id)
    cycles = {c.id: c for c in pdsa.cycles(project)}
    return page(
        "charter/coproduction.html",
        project=project,
        entries=entries,
        cycles=cycles,
        shares=domain.shares(entries, cycles),
    )


@bp.route(f"{RECORD}/new", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Project)
def add_involvement(project: Project) -> ResponseReturnValue:
    """Note that somebody had a part."""
    form = open_form(AddInvolvementForm, f"co-production/{project.id}/new")
    form.offer(pdsa.cycles(project))
    if form.accepted():

        def write() -> str:
            services.involve(project, form.said, by=current_user)
            return home(project.id)

        return done(form.create(write), announce="Noted")
    return form_page("charter/involvement.html", form, project=project, entry=None, names=WHO)


@bp.route(f"{RECORD}/<id:involvement_id>", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Involvement)
def edit_involvement(entry: Involvement) -> ResponseReturnValue:
    """Change an entry."""
    project = entry.project
    form = open_form(
        EditInvolvementForm,
        f"co-production/{entry.id}",
        initial=lambda: involvement_of(entry),
        record=entry,
    )
    form.offer(pdsa.cycles(project))
    if form.accepted() and form.save(lambda: services.correct(entry, form.said, by=current_user)):
        return done(home(project.id), announce="Saved")
    return form_page("charter/involvement.html", form, project=project, entry=entry, names=WHO)


@bp.post(f"{RECORD}/<id:involvement_id>/remove")
@requires(Permission.PDSA_LOG, Involvement)
def remove_involvement(entry: Involvement) -> ResponseReturnValue:
    """Take an entry out of the record."""
    with unit_of_work():
        services.remove(entry, by=current_user)
    return done(
        home(entry.project_id),
        announce="Taken out",
        undo=url_for(".restore_involvement", project_id=entry.project_id, involvement_id=entry.id),
    )


@bp.post(f"{RECORD}/<id:involvement_id>/restore")
@requires(Permission.PDSA_LOG, Project, key="project_id")
def restore_involvement(project: Project, involvement_id: int) -> ResponseReturnValue:
    """Put an entry back as it was."""
    with unit_of_work():
        entry = queries.removed(Involvement, project.id, involvement_id)
        services.restore(entry, by=current_user)
    return done(home(project.id), announce="Put back")
