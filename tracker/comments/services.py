"""Writing and taking back comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from tracker import audit
from tracker.db import Base, db, utcnow
from tracker.permissions import Role
from tracker.permissions.access import roles_on
from tracker.projects.models import Project, ProjectMember

from .models import Comment, CommentReader

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.auth.models import User


def add(subject: Base, body: str, *, by: User, field: str = "") -> Comment:
    """Write to a team, beside a project, its aim, a measure or a cycle."""
    subject_id: int = subject.id  # type: ignore[attr-defined]
    comment = Comment(
        project_id=getattr(subject, "project_id", subject_id),
        subject_kind=subject.__tablename__,
        subject_id=subject_id,
        field=field,
        body=body,
        by_id=by.id,
        role=_role(getattr(subject, "project_id", subject_id), by),
    )
    db.session.add(comment)
    audit.record("comment.added", of=comment, by=by)
    db.session.flush()
    return comment


def resolve(comment: Comment, *, by: User) -> None:
    """Say that a comment has been dealt with; it stays readable."""
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by_id = utcnow(), by.id
        audit.record("comment.resolved", of=comment, by=by)
        db.session.flush()


def reopen(comment: Comment, *, by: User) -> None:
    """Say that a comment is not dealt with after all."""
    if comment.resolved_at is not None:
        comment.resolved_at = comment.resolved_by_id = None
        audit.record("comment.reopened", of=comment, by=by)
        db.session.flush()


def mark_read(user: User, *, until: datetime) -> None:
    """Note that somebody has read what others wrote up to then; never moves back."""
    reader = db.session.get(CommentReader, user.id)
    if reader is None:
        db.session.add(CommentReader(user_id=user.id, read_at=until))
    elif reader.read_at < until:
        reader.read_at = until
    db.session.flush()


def _role(project_id: int, by: User) -> str:
    """The part somebody plays in the team, else the access role they have on the project."""
    part = db.session.scalar(
        select(ProjectMember.team_role)
        .where(
            ProjectMember.project_id == project_id,
            ProjectMember.user_id == by.id,
            ProjectMember.left_on.is_(None),
        )
        .limit(1)
    )
    if part:
        return part
    roles = roles_on(by, db.session.get_one(Project, project_id))
    return next((role.label for role in reversed(Role) if role in roles), "")


def take_back(comment: Comment, *, by: User) -> None:
    """Take back one's own comment; the history keeps that it was there."""
    comment.deleted_at, comment.deleted_by_id = utcnow(), by.id
    audit.record("comment.deleted", of=comment, by=by)
    db.session.flush()


def restore(comment: Comment, *, by: User) -> None:
    """Put back what one took back."""
    comment.deleted_at = comment.deleted_by_id = None
    audit.record("comment.restored", of=comment, by=by)
    db.session.flush()
