"""Pages of a risk log."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.pages import done, page
from tracker.permissions import Permission, requires
from tracker.projects.models import Project
from tracker.safe.dates import today

from . import queries, services
from .blueprint import BASE, ONE, bp, home, page_of
from .domain import IMPACTS, LIKELIHOODS, Band, RiskStatus, by_need, counted, is_overdue
from .forms import CloseForm, NewRiskForm, RiskForm, values_of
from .models import Risk

SHAPES = {Band.LOW: "ok", Band.MODERATE: "part", Band.HIGH: "bad", Band.EXTREME: "bad"}
"""The shape that stands beside the word of a band."""


@bp.get(BASE)
@requires(Permission.PROJECT_READ, Project)
def index(project: Project) -> ResponseReturnValue:
    """The log, what needs a look first."""
    day = today()
    going_on, closed = by_need(queries.risks(project), day)
    return page(
        "risks/index.html",
        project=project,
        going_on=going_on,
        closed=closed,
        overdue=[r for r in going_on if is_overdue(r, day)],
        counted=counted(going_on),
        shapes=SHAPES,
        likelihoods=LIKELIHOODS,
        impacts=IMPACTS,
        today=day,
    )


@bp.get(ONE)
@requires(Permission.PROJECT_READ, Risk)
def show(risk: Risk) -> ResponseReturnValue:
    """One risk, with what was written beside it."""
    return page(
        "risks/show.html",
        project=risk.project,
        risk=risk,
        overdue=is_overdue(risk, today()),
        shapes=SHAPES,
        likelihoods=LIKELIHOODS,
        impacts=IMPACTS,
    )


@bp.route(f"{BASE}/new", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Project)
def add(project: Project) -> ResponseReturnValue:
    """Put a risk on the log."""
    form = open_form(NewRiskForm, f"risk/new/{project.id}")
    if form.accepted():

        def write() -> str:
            services.add(project, form.said, by=current_user)
            return home(project.id)

        return done(form.create(write), announce="Risk added")
    return form_page("risks/edit.html", form, project=project, risk=None)


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Risk)
def edit(risk: Risk) -> ResponseReturnValue:
    """Look at a risk again: change it, or say that it is as it was."""
    form = open_form(RiskForm, f"risk/{risk.id}", initial=lambda: values_of(risk), record=risk)
    if form.accepted() and form.save(
        lambda: services.change(
            risk, form.said, status=form.status.data or RiskStatus.OPEN, by=current_user
        )
    ):
        return done(page_of(risk.project_id, risk.id), announce="Risk saved")
    return form_page("risks/edit.html", form, project=risk.project, risk=risk)


@bp.route(f"{ONE}/close", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Risk)
def close(risk: Risk) -> ResponseReturnValue:
    """Close a risk, saying how."""
    form = open_form(
        CloseForm,
        f"risk/{risk.id}/close",
        initial=lambda: {"how": risk.closing_note, "on": today(), "version": risk.version},
        record=risk,
    )
    if form.accepted() and form.save(
        lambda: services.close(risk, form.how.data, on=form.on.filled, by=current_user)
    ):
        return done(home(risk.project_id), announce="Risk closed")
    return form_page("risks/close.html", form, project=risk.project, risk=risk)


@bp.post(f"{ONE}/reopen")
@requires(Permission.PDSA_LOG, Risk)
def reopen(risk: Risk) -> ResponseReturnValue:
    """Watch a closed risk again."""
    url = page_of(risk.project_id, risk.id)
    with unit_of_work():
        services.reopen(risk, by=current_user)
    return done(url, announce="Risk open again")


@bp.post(f"{ONE}/delete")
@requires(Permission.PDSA_LOG, Risk)
def delete(risk: Risk) -> ResponseReturnValue:
    """Take a risk off the log, with a way back."""
    url, undo = (
        home(risk.project_id),
        url_for(".restore", project_id=risk.project_id, risk_id=risk.id),
    )
    with unit_of_work():
        services.delete(risk, by=current_user)
    return done(url, announce="Risk deleted", undo=undo)


@bp.post(f"{ONE}/restore")
@requires(Permission.PDSA_LOG, Project, key="project_id")
def restore(project: Project, risk_id: int) -> ResponseReturnValue:
    """Put a deleted risk back."""
    url = home(project.id)
    with unit_of_work():
        services.restore(queries.deleted(project.id, risk_id), by=current_user)
    return done(url, announce="The risk is back on the log")
