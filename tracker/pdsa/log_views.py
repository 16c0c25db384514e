"""The quick log: what somebody saw after the shift, from a phone, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import db, unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.pages import Option, done
from tracker.permissions import Permission, can, requires, visible
from tracker.projects import queries as projects
from tracker.projects.models import Project, Status
from tracker.safe.dates import today
from tracker.safe.numbers import parse_id

from . import queries, services
from .blueprint import bp
from .domain import Stage
from .forms import LogForm
from .models import CycleNote, PdsaCycle


@dataclass(frozen=True, slots=True)
class Open:
    """A test that is not decided, of a project where this person may log."""

    project: Project
    cycle: PdsaCycle


@bp.route("/log", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def log() -> ResponseReturnValue:
    """Four fields: which test, what happened, what surprised, when.

    `?cycle=` or `?project=` chooses the test; else it is the one that runs.
    """
    mine = _mine()
    found = _open(mine)
    chosen = _chosen(found)
    form = open_form(
        LogForm,
        "log",
        initial=lambda: {"cycle_id": chosen.cycle.id if chosen else None, "on": today()},
    )
    many = len({each.project.id for each in found}) > 1
    form.cycle_id.options = [Option(str(each.cycle.id), _name(each, many)) for each in found]
    if form.accepted():

        def write() -> str:
            cycle = _may_log(form.cycle_id.filled)
            services.note(
                cycle,
                what=form.what.data,
                surprise=form.surprise.data,
                on=form.on.filled,
                by=current_user,
            )
            return url_for(".show", project_id=cycle.project_id, cycle_id=cycle.id) + "#notes"

        return done(form.create(write), announce="Saved. Your note is beside the test")
    return form_page("pdsa/log.html", form, found=found, mine=mine, chosen=chosen, many=many)


@bp.post("/projects/<id:project_id>/notes/<id:note_id>/remove")
@requires(Permission.PDSA_LOG, CycleNote)
def remove_note(note: CycleNote) -> ResponseReturnValue:
    """Take a note away; the banner that says so can undo it."""
    back = url_for(".show", project_id=note.project_id, cycle_id=note.cycle_id)
    undo = url_for(".restore_note", project_id=note.project_id, deleted_id=note.id)
    with unit_of_work():
        services.remove_note(note, by=current_user)
    return done(back, announce="Note removed", undo=undo)


@bp.post("/projects/<id:project_id>/notes/<id:deleted_id>/restore")
@requires(Permission.PDSA_LOG, Project, key="project_id")
def restore_note(project: Project, deleted_id: int) -> ResponseReturnValue:
    """Bring a note back."""
    with unit_of_work():
        note = queries.deleted_note(project.id, deleted_id)
        services.restore_note(note, by=current_user)
        url = url_for(".show", project_id=project.id, cycle_id=note.cycle_id) + "#notes"
    return done(url, announce="Note restored")


def _mine() -> list[Project]:
    """The active projects where this person may log: one's own, and the one that was asked for."""
    found = list(projects.my_projects(current_user))
    asked = parse_id(request.args.get("project", ""))
    cycle_id = parse_id(request.args.get("cycle", ""))
    if cycle_id is not None:
        cycle = db.session.scalars(
            visible(PdsaCycle, current_user).where(PdsaCycle.id == cycle_id)
        ).one_or_none()
        asked = cycle.project_id if cycle else asked
    if asked is not None and all(project.id != asked for project in found):
        found += db.session.scalars(visible(Project, current_user).where(Project.id == asked))
    return [
        project
        for project in found
        if project.status is Status.ACTIVE and can(current_user, Permission.PDSA_LOG, project)
    ]


def _open(mine: Sequence[Project]) -> list[Open]:
    """Their tests without a decision: those that run first, then the latest."""
    by_id = {project.id: project for project in mine}
    day = today()
    cycles = [c for c in queries.of_projects(by_id) if not c.is_decided]
    order = sorted(
        cycles, key=lambda c: (c.stage(day) is Stage.DO, c.starts_on, c.number), reverse=True
    )
    return [Open(by_id[c.project_id], c) for c in order]


def _chosen(found: Sequence[Open]) -> Open | None:
    cycle = parse_id(request.args.get("cycle", ""))
    project = parse_id(request.args.get("project", ""))
    asked = [e for e in found if e.cycle.id == cycle] or [
        e for e in found if e.project.id == project
    ]
    return next(iter([*asked, *found]), None)


def _name(each: Open, many: bool) -> str:
    name = f"Cycle {each.cycle.number}: {each.cycle.title}"
    return f"{name} ({each.project.title})" if many else name


def _may_log(cycle_id: int) -> PdsaCycle:
    """The cycle, asked for again inside the unit of work. Aborts where a role has just ended."""
    cycle = db.session.scalars(
        visible(PdsaCycle, current_user).where(PdsaCycle.id == cycle_id)
    ).one_or_none()
    if cycle is None or not can(current_user, Permission.PDSA_LOG, cycle.project):
        abort(403)
    return cycle
