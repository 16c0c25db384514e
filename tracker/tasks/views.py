"""Pages of tasks: those of a project, and one's own across projects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.pages import done, page
from tracker.pdsa import queries as pdsa
from tracker.pdsa.models import PdsaCycle
from tracker.permissions import Permission, requires
from tracker.projects import queries as projects
from tracker.projects.models import Project
from tracker.safe.dates import today

from . import queries, services
from .domain import by_need, counted, is_overdue
from .forms import NewTaskForm, TaskForm, values_of
from .models import Task

bp = Blueprint("tasks", __name__, template_folder="templates")

BASE = "/projects/<id:project_id>/tasks"
ONE = f"{BASE}/<id:task_id>"


@bp.get("/tasks")
@requires(Permission.SIGNED_IN)
def mine() -> ResponseReturnValue:
    """What I have said I will do, in all my projects."""
    day = today()
    left, ticked = by_need(queries.mine(current_user, day))
    return page(
        "tasks/mine.html",
        left=left,
        ticked=ticked,
        counted=counted(left, day),
        is_overdue=lambda task: is_overdue(task, day),
        today=day,
    )


@bp.get(BASE)
@requires(Permission.PROJECT_READ, Project)
def index(project: Project) -> ResponseReturnValue:
    """What is to be done in a project, what is due first on top."""
    cycles = pdsa.cycles(project)
    form = _new_form(project, cycles)
    return page(
        "tasks/index.html",
        form=form,
        people=projects.team(project, today()),
        **_listed(project),
    )


def _listed(project: Project) -> dict[str, Any]:
    day = today()
    left, ticked = by_need(queries.of_project(project))
    return {
        "project": project,
        "left": left,
        "ticked": ticked,
        "counted": counted(left, day),
        "is_overdue": lambda task: is_overdue(task, day),
        "today": day,
    }


def _new_form(project: Project, cycles: Sequence[PdsaCycle]) -> NewTaskForm:
    form = open_form(NewTaskForm, f"task/new/{project.id}")
    form.offer(cycles)
    return form


@bp.route(f"{BASE}/new", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Project)
def add(project: Project) -> ResponseReturnValue:
    """Add a task."""
    cycles = pdsa.cycles(project)
    form = _new_form(project, cycles)
    if form.accepted():
        cycle = _chosen(cycles, form.cycle_id.data)

        def write() -> str:
            services.add(project, form.asked, by=current_user, cycle=cycle)
            return url_for(".index", project_id=project.id)

        return done(form.create(write), announce="Task added")
    people = projects.team(project, today())
    return form_page("tasks/edit.html", form, project=project, task=None, people=people)


@bp.route(f"{ONE}/change", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Task)
def change(task: Task) -> ResponseReturnValue:
    """Change a task, or give it to somebody else."""
    project = task.project
    url, cycles = url_for(".index", project_id=project.id), pdsa.cycles(project)
    form = open_form(TaskForm, f"task/{task.id}", initial=lambda: values_of(task), record=task)
    form.offer(cycles)
    if form.accepted():
        cycle = _chosen(cycles, form.cycle_id.data)
        if form.save(lambda: services.change(task, form.asked, by=current_user, cycle=cycle)):
            return done(url, announce="Task saved")
    people = projects.team(project, today())
    return form_page("tasks/edit.html", form, project=project, task=task, people=people)


@bp.post(f"{ONE}/tick")
@requires(Permission.PDSA_LOG, Task)
def tick(task: Task) -> ResponseReturnValue:
    """Say that a task is done."""
    project, what = task.project, task.what
    back = request.values.get("back")
    undo = url_for(".untick", project_id=project.id, task_id=task.id, back=back)
    with unit_of_work():
        services.tick(task, on=today(), by=current_user)
    return _ticked(project, f"Done: {what}", undo=undo)


@bp.post(f"{ONE}/untick")
@requires(Permission.PDSA_LOG, Task)
def untick(task: Task) -> ResponseReturnValue:
    """Say that a task is still to do."""
    project, what = task.project, task.what
    with unit_of_work():
        services.untick(task, by=current_user)
    return _ticked(project, f"Still to do: {what}")


def _ticked(project: Project, announce: str, *, undo: str | None = None) -> ResponseReturnValue:
    """Back to the list that was pressed on: the project's, or one's own."""
    if request.values.get("back") == "mine":
        return done(url_for(".mine"), announce=announce, undo=undo)
    return done(
        url_for(".index", project_id=project.id),
        partial="tasks/_list.html",
        announce=announce,
        undo=undo,
        focus="tasks",
        **_listed(project),
    )


@bp.post(f"{ONE}/delete")
@requires(Permission.PDSA_LOG, Task)
def delete(task: Task) -> ResponseReturnValue:
    """Delete a task, with a way back."""
    url = url_for(".index", project_id=task.project_id)
    undo = url_for(".restore", project_id=task.project_id, task_id=task.id)
    with unit_of_work():
        services.delete(task, by=current_user)
    return done(url, announce="Task deleted", undo=undo)


@bp.post(f"{ONE}/restore")
@requires(Permission.PDSA_LOG, Project, key="project_id")
def restore(project: Project, task_id: int) -> ResponseReturnValue:
    """Bring a deleted task back."""
    url = url_for(".index", project_id=project.id)
    with unit_of_work():
        services.restore(queries.deleted(project.id, task_id), by=current_user)
    return done(url, announce="The task is back")


def _chosen(cycles: Sequence[PdsaCycle], cycle_id: int | None) -> PdsaCycle | None:
    return next((c for c in cycles if c.id == cycle_id), None)
