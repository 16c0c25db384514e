"""Reads of tasks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.auth.models import User
from tracker.db import db, is_restorable
from tracker.pdsa.models import PdsaCycle
from tracker.permissions import visible
from tracker.projects.models import Project, Status

from .models import Task

if TYPE_CHECKING:
    from tracker.auth.models import User as Account

MOST = 200
DONE_SHOWN_FOR = timedelta(days=30)
"""How long one's own list shows what is done."""


def of_project(project: Project) -> Sequence[Task]:
    """All tasks of a project, of its cycles too, with their cycle and who did them."""
    return db.session.scalars(
        _with_cycle(select(Task))
        .where(Task.project_id == project.id, Task.deleted_at.is_(None))
        .options(joinedload(Task.done_by).load_only(User.name))
        .order_by(Task.id)
    ).all()


def mine(user: Account, today: date, *, project_ids: Collection[int] | None = None) -> list[Task]:
    """A person's tasks in the active projects that they may read: one statement.

    Those done long ago are left out. `project_ids` are projects they may read as is known already.
    """
    query = _with_cycle(visible(Task, user) if project_ids is None else _of_known(project_ids))
    return list(
        db.session.scalars(
            query.where(
                Task.user_id == user.key,
                Project.status == Status.ACTIVE,
                or_(Task.done_on.is_not(None), PdsaCycle.decision.is_(None)),
                or_(Task.done_on.is_(None), Task.done_on > today - DONE_SHOWN_FOR),
            )
            .order_by(Task.done_on.is_not(None), Task.due_on.is_(None), Task.due_on, Task.id)
            .limit(MOST)
        )
    )


def _of_known(project_ids: Collection[int]) -> Select[Any]:
    return (
        select(Task)
        .join(Task.project)
        .where(Task.project_id.in_(project_ids), Task.deleted_at.is_(None))
        .options(contains_eager(Task.project))
    )


def _with_cycle(query: Select[Any]) -> Select[Any]:
    """The tasks of a cycle that was deleted are gone with it."""
    return (
        query.outerjoin(PdsaCycle, PdsaCycle.id == Task.cycle_id)
        .where(or_(Task.cycle_id.is_(None), PdsaCycle.deleted_at.is_(None)))
        .options(contains_eager(Task.cycle))
    )


def deleted(project_id: int, task_id: int) -> Task:
    """A deleted task of a project. Aborts with 404 when there is none."""
    task: Task = db.one_or_404(
        select(Task).where(Task.id == task_id, Task.project_id == project_id, is_restorable(Task))
    )
    return task
