"""Writing and taking back comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import audit
from tracker.db import Base, db, utcnow

from .models import Comment

if TYPE_CHECKING:
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
    )
    db.session.add(comment)
    audit.record("comment.added", of=comment, by=by)
    db.session.flush()
    return comment


def take_back(comment: Comment, *, by: User) -> None:
    """Take back one's own comment; the history keeps that it was there."""
    comment.deleted_at, comment.deleted_by_id = utcnow(), by.id
    audit.record("comment.deleted", of=comment, by=by)
    db.session.flush()
