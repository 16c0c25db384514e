"""Reads of the history."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import db
from tracker.projects.models import Project

PAGE_SIZE = 50


def events(project: Project, before: int | None = None) -> Sequence[tuple[AuditEvent, str | None]]:
    """Events of a project, newest first, with the name of who did it: one statement.

    `before` is the number of the last event of the page before. One more than a page tells whether
    another page follows.
    """
    query = (
        select(AuditEvent, User.name)
        .outerjoin(User, User.id == AuditEvent.user_id)
        .where(AuditEvent.project_id == project.id)
        .order_by(AuditEvent.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    if before is not None:
        query = query.where(AuditEvent.id < before)
    return [(event, name) for event, name in db.session.execute(query).all()]
