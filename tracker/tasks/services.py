"""What a team does with its tasks. Every function runs inside a unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker import audit
from tracker.db import db, utcnow
from tracker.projects.queries import accounts_by_name
from tracker.projects.services import touch

from .models import Task

if TYPE_CHECKING:
    from tracker.auth.models import User
    from tracker.pdsa.models import PdsaCycle
    from tracker.projects.models import Project


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What is to be done, by whom, where and when."""

    what: str
    who: str = ""
    where: str = ""
    due_on: date | None = None


def add(project: Project, asked: Asked, *, by: User, cycle: PdsaCycle | None = None) -> Task:
    """Add a task to a project, or to the plan of one of its cycles."""
    task = Task(project_id=project.id, done_on=None)
    _say(task, asked, cycle)
    db.session.add(task)
    db.session.flush()
    told = {"what": task.what, "due_on": audit.plain(task.due_on)}
    audit.record("task.added", of=task, by=by, detail=told)
    return _touched(task)


def change(task: Task, asked: Asked, *, by: User, cycle: PdsaCycle | None = None) -> Task:
    """Change a task, or give it to somebody else."""
    plans = {each for each in (task.cycle, cycle) if each is not None}
    _say(task, asked, cycle)
    told = audit.changes(task)
    told.pop("user_id", None)
    if told:
        for plan in plans:
            # A plan that is open in a form was drawn with the words of before.
            plan.changed()
        audit.record("task.changed", of=task, by=by, detail=told)
    return _touched(task)


def tick(task: Task, *, on: date, by: User) -> Task:
    """Say that a task is done. Said twice it was done once, by whoever was first."""
    if task.done_on is None:
        task.done_on, task.done_by_id = on, by.id
        audit.record("task.done", of=task, by=by, detail={"what": task.what})
    return _touched(task)


def untick(task: Task, *, by: User) -> Task:
    """Say that a task is still to do."""
    if task.done_on is not None:
        task.done_on = task.done_by_id = None
        audit.record("task.opened", of=task, by=by, detail={"what": task.what})
    return _touched(task)


def delete(task: Task, *, by: User) -> None:
    """Delete a task; it can be restored for 30 days."""
    task.deleted_at, task.deleted_by_id = utcnow(), by.id
    if task.cycle is not None:
        task.cycle.changed()
    audit.record("task.deleted", of=task, by=by, detail={"what": task.what})
    _touched(task)


def restore(task: Task, *, by: User) -> Task:
    """Bring a deleted task back."""
    task.deleted_at = task.deleted_by_id = None
    audit.record("task.restored", of=task, by=by, detail={"what": task.what})
    return _touched(task)


def _say(task: Task, asked: Asked, cycle: PdsaCycle | None) -> None:
    task.what, task.where, task.due_on = asked.what, asked.where, asked.due_on
    if task.who != asked.who or task.user_id is None:
        accounts = accounts_by_name(task.project_id, [asked.who])
        task.who, task.user_id = asked.who, accounts.get(asked.who)
    if cycle is None:
        task.cycle_id = None
    elif task.cycle_id != cycle.id:
        task.cycle_id = cycle.id
        task.position = max((t.position for t in cycle.tasks), default=0) + 1


def _touched(task: Task) -> Task:
    db.session.flush()
    touch(task.project_id)
    return task
