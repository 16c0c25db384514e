"""Reads of comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import joinedload

from tracker.auth.models import User
from tracker.db import Base, SoftDeleted, db, is_restorable

from .models import Comment, CommentReader, fields_of, subjects

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from tracker.projects.models import Project


def beside(subject: Base) -> Sequence[Comment]:
    """Comments beside one row, oldest first, with who wrote them."""
    return db.session.scalars(
        select(Comment)
        .where(
            Comment.subject_kind == subject.__tablename__,
            Comment.subject_id == subject.id,  # type: ignore[attr-defined]
            Comment.deleted_at.is_(None),
        )
        .options(
            joinedload(Comment.by).load_only(User.name),
            joinedload(Comment.resolved_by).load_only(User.name),
        )
        .order_by(Comment.at, Comment.id)
    ).all()


def field_names(subject: Base) -> dict[str, str]:
    """What each field of a row is called that can be commented on."""
    return dict(fields_of[subject.__tablename__](subject))


def read_until(user: User) -> datetime | None:
    """Up to when somebody has said that they read what others wrote."""
    return db.session.scalar(select(CommentReader.read_at).where(CommentReader.user_id == user.id))


def open_count(project: Project) -> int:
    """Comments of a project that nobody has resolved."""
    return (
        db.session.scalar(
            select(func.count(Comment.id)).where(
                Comment.project_id == project.id,
                Comment.deleted_at.is_(None),
                Comment.resolved_at.is_(None),
                *beside_what_is_there(),
            )
        )
        or 0
    )


def latest_for(user: User, project_ids: Collection[int], limit: int = 5) -> Sequence[Comment]:
    """What others wrote to these projects, the newest first."""
    return db.session.scalars(
        select(Comment)
        .where(
            Comment.project_id.in_(project_ids),
            Comment.by_id != user.id,
            Comment.deleted_at.is_(None),
            Comment.resolved_at.is_(None),
            *beside_what_is_there(),
        )
        .options(joinedload(Comment.by).load_only(User.name))
        .order_by(Comment.at.desc(), Comment.id.desc())
        .limit(limit)
    ).all()


def open_counts(project_ids: Collection[int], user: User) -> dict[int, tuple[int, int]]:
    """Comments that nobody resolved, by project: all, and those that somebody else wrote."""
    if not project_ids:
        return {}
    by_others = func.sum(case((Comment.by_id != user.id, 1), else_=0))
    rows = db.session.execute(
        select(Comment.project_id, func.count(), by_others)
        .where(
            Comment.project_id.in_(project_ids),
            Comment.deleted_at.is_(None),
            Comment.resolved_at.is_(None),
            *beside_what_is_there(),
        )
        .group_by(Comment.project_id)
    )
    return {project_id: (number, others) for project_id, number, others in rows}


def in_project(project: Project, limit: int) -> Sequence[Comment]:
    """The latest comments anywhere in a project, the newest first."""
    return db.session.scalars(
        select(Comment)
        .where(
            Comment.project_id == project.id,
            Comment.deleted_at.is_(None),
            *beside_what_is_there(),
        )
        .options(joinedload(Comment.by).load_only(User.name))
        .order_by(Comment.at.desc(), Comment.id.desc())
        .limit(limit)
    ).all()


def deleted(project_id: int, comment_id: int) -> Comment:
    """A comment of a project that was taken back. Aborts with 404 when there is none."""
    found: Comment = db.one_or_404(
        select(Comment).where(
            Comment.id == comment_id, Comment.project_id == project_id, is_restorable(Comment)
        )
    )
    return found


def beside_what_is_there() -> list[ColumnElement[bool]]:
    """Conditions: the row it stands beside has not been deleted, so it can be read there."""
    return [
        ~and_(
            Comment.subject_kind == kind,
            select(model.id)  # type: ignore[attr-defined]
            .where(model.id == Comment.subject_id, model.deleted_at.is_not(None))  # type: ignore[attr-defined]
            .exists(),
        )
        for kind, model in subjects.items()
        if issubclass(model, SoftDeleted) and kind != "project"
    ]
